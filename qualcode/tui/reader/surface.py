"""The part of the reader that shows: layout, scrolling, repainting by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qualcode.model import Transcript
from qualcode.text.layout import Layout
from qualcode.text.spans import Span
from qualcode.tui.reader.marks import Columns, Mark, MarkIndex, columns_for
from qualcode.tui.reader.painting import Overlay, Painter, Palette, cells_of, turn_label
from qualcode.tui.reader.passages import Passages, SentenceStarts, simple_sentence_starts


class _ReaderMessage(Message, namespace="reader"):
    """A message and the `reader` it comes from."""

    def __init__(self, reader: Surface) -> None:
        super().__init__()
        self.reader = reader

    @property
    def control(self) -> Surface:
        """The reader."""
        return self.reader


class CursorMoved(_ReaderMessage, namespace="reader"):
    """The caret stands at another `offset`."""

    def __init__(self, reader: Surface, offset: int) -> None:
        super().__init__(reader)
        self.offset = offset


class SelectionChanged(_ReaderMessage, namespace="reader"):
    """Another passage is selected; `span` is `None` if nothing is.

    `adjusted`: the one before was widened, narrowed, or got another edge by key.
    """

    def __init__(self, reader: Surface, span: Span | None, adjusted: bool = False) -> None:
        super().__init__(reader)
        self.span = span
        self.adjusted = adjusted


class MarkClicked(_ReaderMessage, namespace="reader"):
    """A bracket in the margin was clicked: these `marks` stand there (several behind a `+n`)."""

    def __init__(self, reader: Surface, marks: Sequence[Mark]) -> None:
        super().__init__(reader)
        self.marks = tuple(marks)


class Scrolled(_ReaderMessage, namespace="reader"):
    """Another line stands at the top; `offset` is where it begins."""

    def __init__(self, reader: Surface, offset: int) -> None:
        super().__init__(reader)
        self.offset = offset


_STRIPS_KEPT = 600
_NOTHING = Transcript(id="", name="", text="", text_hash="")


class Surface(ScrollView):
    """Shows a transcript and its marks; repaints only lines that look different."""

    ALLOW_SELECT: ClassVar[bool] = False

    Scrolled = Scrolled

    marks_revision: reactive[int] = reactive(0, repaint=False)
    """Goes up when marks come, go or are laid out anew; for widgets that show them elsewhere."""

    def __init__(
        self,
        *,
        sentences: SentenceStarts = simple_sentence_starts,
        interactive: bool = True,
        spaced: bool = True,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.can_focus = interactive
        self.interactive = interactive
        self.transcript = _NOTHING
        self.passages = Passages("", (), sentences)
        self._sentence_starts = sentences
        self._spaced = spaced
        self._focus_mode = False
        self._marks: dict[str, Mark] = {}
        self._keep: Callable[[Mark], bool] | None = None
        self._overlay = Overlay()
        self._strips: dict[int, Strip] = {}
        self._palette: Palette | None = None
        self._announce = True
        self._lay_out(80)

    # what is shown

    def _load(self, transcript: Transcript, marks: Iterable[Mark]) -> None:
        self.transcript = transcript
        self.passages = Passages(transcript.text, transcript.turns, self._sentence_starts)
        self._marks = {mark.id: mark for mark in marks}
        self._overlay = Overlay()
        self._lay_out(self._width())

    @property
    def text_layout(self) -> Layout:
        """The transcript in lines, at the width in use."""
        return self._layout_in_use

    @property
    def focus_mode(self) -> bool:
        """Whether only speakers and text are shown."""
        return self._focus_mode

    @focus_mode.setter
    def focus_mode(self, on: bool) -> None:
        if on != self._focus_mode:
            self._focus_mode = on
            self._lay_out_again()

    # layout

    def _width(self) -> int:
        return self.scrollable_content_region.width or 80

    def _lay_out(self, width: int) -> None:
        turns = self.transcript.turns
        longest = max((cells_of(turn_label(turn)) for turn in turns), default=0)
        if any(turn.time_start is not None for turn in turns):
            longest = max(longest, 7)
        self._columns: Columns = columns_for(
            width,
            longest_number=len(str(self.transcript.text.count("\n") + 1)),
            longest_speaker=longest,
            focus_mode=self._focus_mode,
        )
        spans = [turn.span for turn in turns]
        self._layout_in_use = Layout(self.transcript.text, spans, self._columns.line, spaced=self._spaced)
        self._laid_out_for = width
        self.virtual_size = Size(width, len(self._layout_in_use))
        self._index_marks()

    def _lay_out_again(self) -> None:
        """Lay out for the width there is now; the line at the top stays at the top."""
        top = self.first_offset
        self._lay_out(self._width())
        self.scroll_to_offset(top)
        self._place_terminal_cursor()

    def _index_marks(self) -> None:
        self._index = MarkIndex(self._layout_in_use, filter(self._is_kept, self._marks.values()))
        self._painter: Painter | None = None
        self._repaint()
        self.marks_revision += 1

    def _is_kept(self, mark: Mark) -> bool:
        return self._keep is None or self._keep(mark)

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Lay out anew if the width is another one: here, so that no line is painted for the old one."""
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if self._width() != self._laid_out_for:
            self._lay_out_again()
        return changed

    def on_resize(self, _event: events.Resize) -> None:
        """Keep the terminal's cursor on the reading position."""
        self._place_terminal_cursor()

    # scrolling

    def follow(self, leader: Surface) -> None:
        """From now on scroll along with another reader, in the same frame. Two may follow each other."""

        def scroll_along() -> None:
            if not leader._announce:
                return
            here, there = self.text_layout, leader.text_layout
            alike = (here.text, here.width) == (there.text, there.width)
            line = leader.scroll_offset.y if alike else here.line(leader.first_offset)
            self._scroll_to_line(line, announce=False)

        self.watch(leader, "scroll_y", scroll_along, init=False)

    @property
    def first_offset(self) -> int:
        """Where the line at the top begins."""
        return self.text_layout.start(min(self.scroll_offset.y, len(self.text_layout) - 1))

    def scroll_to_offset(self, offset: int, *, announce: bool = True) -> None:
        """Put the line of `offset` at the top. Followers do not `announce` it."""
        self._scroll_to_line(self.text_layout.line(offset), announce=announce)

    def _scroll_to_line(self, line: int, *, announce: bool = True) -> None:
        self._announce = announce
        try:
            self.scroll_to(y=line, animate=False, force=True)
        finally:
            self._announce = True

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell followers, and keep the terminal's cursor on the reading position."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._place_terminal_cursor()
            if self._announce:
                self.post_message(self.Scrolled(self, self.first_offset))

    def _place_terminal_cursor(self) -> None:
        caret = self._overlay.caret
        if caret is None or not self.has_focus:
            return
        line, cell = self.text_layout.position(caret)
        corner = self.content_region.offset
        self.app.cursor_position = corner + Offset(self._columns.text_x + cell, line - self.scroll_offset.y)

    # painting

    def render_line(self, y: int) -> Strip:
        """The strip of a row on the screen."""
        line = y + self.scroll_offset.y
        width = self.size.width
        if line >= len(self.text_layout):
            return Strip.blank(width, self._styles_in_use().base)
        strip = self._strips.get(line)
        if strip is None:
            if len(self._strips) >= _STRIPS_KEPT:
                self._strips.pop(next(iter(self._strips)))
            strip = self._strips[line] = self._paint(line, width)
        return strip

    def _paint(self, line: int, width: int) -> Strip:
        if self._painter is None:
            self._painter = Painter(
                self._layout_in_use, self.transcript.turns, self._columns, self._index, self._styles_in_use()
            )
        return self._painter.strip(line, self._overlay, width, bare=self._focus_mode)

    def _styles_in_use(self) -> Palette:
        if self._palette is None:
            self._palette = self._make_palette()
        return self._palette

    def _make_palette(self) -> Palette:
        base = Style(color=self.rich_style.color, bgcolor=self.rich_style.bgcolor)
        if self.app.no_color:
            bold, plain = base + Style(bold=True), base + Style(italic=True)
            hit = Style(bold=True, italic=True)
            return Palette(
                base, base, bold, plain, base, Style(), hit, hit + Style(reverse=True), colours=False
            )
        part = self.get_component_rich_style
        return Palette(
            base=base,
            number=part("reader--number"),
            speaker=part("reader--speaker"),
            interviewer=part("reader--interviewer"),
            time=part("reader--time"),
            caret=Style(reverse=False) + part("reader--caret"),
            hit=part("reader--hit"),
            hit_now=part("reader--hit-now"),
        )

    def notify_style_update(self) -> None:
        """Another theme or style: make the styles anew."""
        super().notify_style_update()
        self._palette = None
        self._painter = None
        self._strips.clear()

    def _repaint(self) -> None:
        self._strips.clear()
        self.refresh()

    def _damage(self, first: int, last: int) -> None:
        """Paint the lines from `first` to `last` anew."""
        if last - first > len(self._strips):
            for line in [line for line in self._strips if first <= line <= last]:
                del self._strips[line]
        else:
            for line in range(first, last + 1):
                self._strips.pop(line, None)
        top = self.scroll_offset.y
        first, last = max(first, top), min(last, top + self.size.height - 1)
        if first <= last:
            self.refresh_lines(first, last - first + 1)
