"""The reader: a transcript with speakers, line numbers, codings in the margin, a caret and a selection.

It knows nothing of the store: the screen shows it a transcript and marks, and hears from it
what was selected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qualcode.model import Transcript
from qualcode.text.layout import Layout
from qualcode.text.spans import Span
from qualcode.text.words import SentenceStarts, TextUnit, TextUnits, simple_sentence_starts
from qualcode.tui.actions import bindings
from qualcode.tui.reader.caret import Caret, Drag
from qualcode.tui.reader.marks import ShownMarks, Stretches, TextMark, columns_for
from qualcode.tui.reader.painting import Canvas, Painter, widest_label
from qualcode.tui.reader.styles import COMPONENTS, STYLE, Palette, palette_of

_LINES_AROUND = 2  # kept in sight above and below the caret
_NOTHING = Transcript(id="", name="", text="", text_hash="")


class Reader(ScrollView):
    """Shows one transcript; repaints only lines that look different.

    `interactive=False`: no caret and no selection by key or mouse. `sentences` turns the text of one turn into
    sentence starts. `marks` are the codings on the text.
    """

    class CursorMoved(Message):
        """The caret stands at another `offset`."""

        def __init__(self, offset: int) -> None:
            super().__init__()
            self.offset = offset

    class SelectionChanged(Message):
        """Another passage is selected; `span` is `None` if nothing is.

        `adjusted`: the one before was widened, narrowed, or got another edge by key.
        """

        def __init__(self, span: Span | None, adjusted: bool) -> None:
            super().__init__()
            self.span = span
            self.adjusted = adjusted

    class MarkClicked(Message):
        """A bracket in the margin was clicked: these `marks` stand there (several behind a `+n`)."""

        def __init__(self, marks: Sequence[TextMark]) -> None:
            super().__init__()
            self.marks = tuple(marks)

    ALLOW_SELECT: ClassVar[bool] = False
    BINDINGS = bindings("reader")
    COMPONENT_CLASSES = COMPONENTS
    DEFAULT_CSS = STYLE

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
        self._sentence_starts = sentences
        self._spaced = spaced
        self._focus_mode = False
        self._announce = True
        self._styles: Palette | None = None
        self._canvas = Canvas()
        self._units = TextUnits("", (), sentences)
        self._caret = Caret(lambda: max(self.size.height - 1, 1), self._caret_moved)
        self._drag = Drag(self, self._caret)
        self.marks = ShownMarks(Layout("", (), 80), self._marks_changed)
        self._lay_out(80)

    # what is shown

    def show(self, transcript: Transcript, marks: Iterable[TextMark] = (), *, at: int = 0) -> None:
        """Show a transcript with its marks, the caret at `at`. Marks must lie within the text (`ValueError`)."""
        self.marks.load(marks, transcript.text)
        self._let_go()
        self._caret.begin()
        self.transcript = transcript
        spans = [turn.span for turn in transcript.turns]
        self._units = TextUnits(transcript.text, spans, self._sentence_starts)
        self._canvas = Canvas()
        self._lay_out(self._width())
        self._scroll_to_line(0)
        self.goto(at)
        self._draw_caret()

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
        text, turns = self.transcript.text, self.transcript.turns
        self.columns = columns_for(
            width,
            longest_number=len(str(text.count("\n") + 1)),
            longest_speaker=widest_label(turns),
            focus_mode=self._focus_mode,
        )
        self.text_layout = Layout(text, [turn.span for turn in turns], self.columns.line, spaced=self._spaced)
        """The transcript in lines, at the width in use."""
        self._laid_out_for = width
        self.virtual_size = Size(width, len(self.text_layout))
        self._caret.lay_out(self.text_layout, self._units)
        self.marks.lay_out(self.text_layout)

    def _lay_out_again(self) -> None:
        """Lay out for the width there is now; the line at the top stays at the top."""
        top = self.first_offset
        self._lay_out(self._width())
        self.scroll_to_offset(top)
        self._place_terminal_cursor()

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Lay out anew if the width is another one: here, so that no line is painted for the old one."""
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if self._width() != self._laid_out_for:
            self._lay_out_again()
        return changed

    # scrolling

    def follow(self, leader: Reader) -> None:
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

    def scroll_to_offset(self, offset: int) -> None:
        """Put the line of `offset` at the top."""
        self._scroll_to_line(self.text_layout.line(offset))

    def _scroll_to_line(self, line: int, *, announce: bool = True) -> None:
        """Put a line at the top; who follows another one does not `announce` it, or the two would go on for ever."""
        self._announce = announce
        try:
            self.scroll_to(y=line, animate=False, force=True)
        finally:
            self._announce = True

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep the terminal's cursor on the reading position."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._place_terminal_cursor()

    @on(events.Resize)
    @on(events.Focus)
    def _place_terminal_cursor(self) -> None:
        """Put the terminal's cursor on the reading position: screen readers and input methods look there."""
        caret = self._canvas.overlay.caret
        if caret is None or not self.has_focus:
            return
        line, cell = self.text_layout.position(caret)
        corner = self.content_region.offset
        self.app.cursor_position = corner + Offset(self.columns.text_x + cell, line - self.scroll_offset.y)

    # painting

    def render_line(self, y: int) -> Strip:
        """The strip of a row on the screen."""
        line = y + self.scroll_offset.y
        width = self.size.width
        if line >= len(self.text_layout):
            return Strip.blank(width, palette_of(self).base)
        return self._canvas.strip(line, width, self._new_painter, bare=self._focus_mode)

    def _new_painter(self) -> Painter:
        if self._styles is None:
            self._styles = palette_of(self)
        return Painter(self.text_layout, self.transcript.turns, self.columns, self.marks.shown, self._styles)

    def notify_style_update(self) -> None:
        """Another theme or style: make the styles anew."""
        super().notify_style_update()
        self._styles = None
        self._canvas.begin()

    def _damage(self, stretches: Stretches) -> None:
        """Paint these lines anew."""
        for first, last in stretches:
            self._canvas.damage(first, last)
            top = self.scroll_offset.y
            first, last = max(first, top), min(last, top + self.size.height - 1)
            if first <= last:
                self.refresh_lines(first, last - first + 1)

    def _marks_changed(self, stretches: Stretches | None) -> None:
        if stretches is None:
            self._canvas.begin()
            self.refresh()
        else:
            self._damage(stretches)
        self.marks_revision += 1

    # caret and selection

    @property
    def cursor_offset(self) -> int:
        """The reading position, an offset from 0 to the length of the text."""
        return self._caret.offset

    @property
    def selection(self) -> Span | None:
        """The selected passage; `None` if no character is selected."""
        return self._caret.selection

    def goto(self, offset: int) -> None:
        """Put the caret at `offset` (or the nearest place there is) and select nothing."""
        self._caret.goto(offset)

    def select(self, span: Span | None) -> None:
        """Select a passage, widened to whole visible characters; the caret goes to its end."""
        self._caret.select(span)

    def _caret_moved(self, before: int, selected: Span | None, keep_in_sight: bool) -> None:
        """Repaint the lines that differ, tell who listens."""
        self._draw_caret()
        if keep_in_sight:
            self._reveal(self.cursor_offset)
        if before != self.cursor_offset:
            self.post_message(self.CursorMoved(self.cursor_offset))
        if selected != self.selection:
            self.post_message(self.SelectionChanged(self.selection, self._caret.adjusting))

    def _draw_caret(self) -> None:
        caret = self.cursor_offset if self.interactive else None
        self._damage(self._canvas.move(self.text_layout, caret, self.selection))
        self._place_terminal_cursor()

    def _reveal(self, offset: int) -> None:
        """Scroll as little as needed to have the line of `offset` in sight."""
        line, height = self.text_layout.line(offset), self.size.height
        if not height:
            return
        around = min(_LINES_AROUND, (height - 1) // 4)
        top = self.scroll_offset.y
        if line < top + around:
            self._scroll_to_line(max(line - around, 0))
        elif line > top + height - 1 - around:
            self._scroll_to_line(line - height + 1 + around)

    # finding

    def uncoded_passage(self, *, forward: bool = True) -> Span | None:
        """The next (or previous) sentence of an informant in which no character is marked."""
        units, turns, span = self._units, self.transcript.turns, self._caret.place
        find = units.after if forward else units.before
        found = find(TextUnit.SENTENCE, span.end if forward else span.start)
        while found is not None:
            asked = turns and turns[units.turn_index(found.start)].interviewer
            if not asked and not self.marks.shown.covered(found):
                return found
            found = find(TextUnit.SENTENCE, found.end if forward else found.start)
        return None

    def show_hits(self, hits: Sequence[Span], now: int = -1) -> None:
        """Highlight search hits; `now` is the number of the one at hand. No hits: no highlight."""
        self._damage([self.text_layout.lines_of(hit) for hit in self._canvas.show_hits(hits, now)])

    def go_to_hit(self, *, forward: bool = True) -> Span | None:
        """Go to the next or previous search hit, round the ends, and select it; `None` without hits."""
        hits = self._canvas.overlay.hits
        if not hits:
            return None
        number = self._canvas.overlay.next_hit(self._caret.place.start, forward=forward)
        self.show_hits(hits, number)
        self.select(hits[number])
        return hits[number]

    # keys; the actions take the name of a step, so that one binding is one step

    def action_move(self, step: str) -> None:
        """Take a step; in mark mode this extends the selection."""
        self._caret.move(step)

    def action_extend(self, step: str) -> None:
        """Take a step with the edge of the selection at which the caret stands."""
        self._caret.extend(step)

    def action_edge(self, edge: str, step: str) -> None:
        """Move the "start" or the "end" of the selection by a step."""
        self._caret.edge(edge, step)

    def action_select_unit(self, unit: str) -> None:
        """Mark the sentence or turn at the caret; if that is marked already, the next one too."""
        self._caret.select_unit(TextUnit(unit))

    def action_mark(self, how: str) -> None:
        """Mark more or less, begin or end marking with the movement keys, or go to the other end."""
        caret = self._caret
        ways = {"more": caret.widen, "less": caret.narrow, "from the other end": caret.swap}
        ways.get(how, caret.toggle_marking)()

    def action_clear(self) -> None:
        """Mark nothing, and leave mark mode."""
        self.select(None)

    def action_jump(self, where: str) -> None:
        """Go to the next or previous coding (or hit, while hits are shown) or uncoded sentence."""
        forward = where.startswith("next")
        if where.endswith("uncoded"):
            if found := self.uncoded_passage(forward=forward):
                self._caret.select_again(found)
        elif self._canvas.overlay.hits:
            self.go_to_hit(forward=forward)
        else:
            marks = self.marks.shown
            place = (marks.next_start if forward else marks.previous_start)(self.cursor_offset)
            if place is not None:
                self.goto(place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape goes on to the screen when there is nothing to clear."""
        if action == "clear":
            return self._caret.marking or self.selection is not None
        return super().check_action(action, parameters)

    # mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a drag; on the margin, report the marks there."""
        if event.button not in (0, 1):
            return
        place = event.get_content_offset_capture(self)
        if place.x < self.columns.text_x:
            if marks := self._marks_beside(place):
                self.post_message(self.MarkClicked(marks))
        elif self.interactive:
            event.stop()
            self._drag.begin(place, extend=event.shift or event.ctrl or event.meta)
            self.capture_mouse()

    def glyph_at(self, place: Offset) -> Span:
        """The visible character at a place of the content (empty past a line's end)."""
        line = min(max(place.y + self.scroll_offset.y, 0), len(self.text_layout) - 1)
        return self.text_layout.row(line).glyph(max(place.x - self.columns.text_x, 0))

    def scroll_lines(self, lines: int) -> None:
        """Scroll so many lines, as far as there are any."""
        self._scroll_to_line(min(max(self.scroll_offset.y + lines, 0), len(self.text_layout) - 1))

    def _marks_beside(self, place: Offset) -> list[TextMark]:
        """The marks whose brackets stand at a place of the margin."""
        lane, last = self.columns.lane_at(place.x), self.columns.lanes - 1
        here = self.marks.shown.on_line(place.y + self.scroll_offset.y) if lane is not None else []
        return [mark for mark, _lines, at in here if at == lane or (lane == last and at > last)]

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Mark up to the pointer, during a drag."""
        if self._drag.held is not None:
            event.stop()
            self._drag.move(event.get_content_offset_capture(self))

    @on(events.MouseUp)
    @on(events.Hide)
    def _let_go(self) -> None:
        if self._drag.held is not None:
            self._drag.end()
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Mark the word (double click) or the turn (triple click) under the pointer."""
        place = event.get_content_offset_capture(self)
        if event.chain < 2 or not self.interactive or place.x < self.columns.text_x:
            return
        unit = TextUnit.WORD if event.chain == 2 else TextUnit.TURN
        self.select(self._units.at(unit, self.glyph_at(place).start))
