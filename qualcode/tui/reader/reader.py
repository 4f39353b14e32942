"""The reader: a transcript with speakers, line numbers, codings in the margin, a caret and a selection.

It knows nothing of the store: the screen shows it a transcript and marks, and hears from it
what was selected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from textual import events
from textual.geometry import Offset
from textual.timer import Timer

from qualcode.model import Transcript
from qualcode.text import words
from qualcode.text.spans import Span
from qualcode.tui.reader import passages as selecting
from qualcode.tui.reader import surface
from qualcode.tui.reader.bindings import READER_BINDINGS
from qualcode.tui.reader.caret import Caret
from qualcode.tui.reader.marks import Mark
from qualcode.tui.reader.passages import Unit

_VERTICAL = {"up", "down", "page_up", "page_down"}


class Keyboard(Caret):
    """A caret that listens to keys. The actions take the name of a step, so that one binding is one step."""

    BINDINGS = READER_BINDINGS

    def action_move(self, step: str) -> None:
        """Take a step; in mark mode this extends the selection."""
        self._move(self._step(step, self.cursor_offset), keep_goal=step in _VERTICAL)

    def action_extend(self, step: str) -> None:
        """Take a step with the edge of the selection at which the caret stands."""
        with self._adjusted():
            self._move(self._step(step, self.cursor_offset), extend=True, keep_goal=step in _VERTICAL)

    def action_edge(self, edge: str, step: str) -> None:
        """Move the "start" or the "end" of the selection by a step; the caret goes with the end."""
        if self.selection is None:
            return
        if step.startswith("word") and edge == "end":
            step = step.replace("word", "word_end")
        span = selecting.move_edge(self.selection, edge, lambda offset: self._step(step, offset))
        with self._adjusted():
            self._put(span.end, span.start)

    def action_select_unit(self, unit: str) -> None:
        """Mark the sentence or turn at the caret; if that is marked already, the next one too."""
        self._select_again(
            selecting.select_or_extend(self.passages, Unit(unit), self.selection, self.cursor_offset)
        )

    def action_widen(self) -> None:
        """Mark the next larger passage."""
        with self._adjusted():
            self._select_again(selecting.widen(self.passages, self.selection, self.cursor_offset))

    def action_narrow(self) -> None:
        """Mark the next smaller passage; after the smallest, nothing."""
        with self._adjusted():
            self._select_again(selecting.narrow(self.passages, self.selection, self._focus_offset))

    @contextmanager
    def _adjusted(self) -> Iterator[None]:
        """What is selected meanwhile is what was selected before, with other edges."""
        self._adjusting = True
        try:
            yield
        finally:
            self._adjusting = False

    def action_mark_mode(self) -> None:
        """Begin marking at the caret, or stop and keep what is marked."""
        self.mark_mode = not self.mark_mode
        if self.mark_mode and self.selection is None:
            self._put(self.cursor_offset, self.cursor_offset)

    def action_swap(self) -> None:
        """Put the caret at the other end of the selection."""
        span = self.selection
        if span is not None:
            self._put(*((span.start, span.end) if self.cursor_offset == span.end else (span.end, span.start)))

    def action_clear(self) -> None:
        """Mark nothing, and leave mark mode."""
        self.select(None)

    def action_jump(self, where: str) -> None:
        """Go to the next or previous coding (or hit, while hits are shown) or uncoded sentence."""
        forward = where.startswith("next")
        if where.endswith("uncoded"):
            found = self.uncoded_passage(forward=forward)
            if found is not None:
                self._select_again(found)
        elif self._overlay.hits:
            self.go_to_hit(forward=forward)
        else:
            marks, at = self.marks_shown, self.cursor_offset
            place = marks.next_start(at) if forward else marks.previous_start(at)
            if place is not None:
                self.goto(place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape goes on to the screen when there is nothing to clear."""
        if action == "clear":
            return self.mark_mode or self.selection is not None
        return super().check_action(action, parameters)

    def uncoded_passage(self, *, forward: bool = True) -> Span | None:
        """The next (or previous) sentence of an informant in which no character is marked."""
        passages = self.passages
        span = self.selection or Span(self.cursor_offset, self.cursor_offset)
        find = passages.after if forward else passages.before
        found = find(Unit.SENTENCE, span.end if forward else span.start)
        while found is not None:
            asked = passages.turns[passages.turn_index(found.start)].interviewer
            if not asked and not self.marks_shown.covered(found):
                return found
            found = find(Unit.SENTENCE, found.end if forward else found.start)
        return None

    def go_to_hit(self, *, forward: bool = True) -> Span | None:
        """Go to the next or previous search hit, round the ends, and select it; `None` without hits."""
        hits = self._overlay.hits
        if not hits:
            return None
        at = (self.selection or Span(self.cursor_offset, self.cursor_offset)).start
        if forward:
            number = next((number for number, hit in enumerate(hits) if hit.start > at), 0)
        else:
            number = next((number for number in range(len(hits) - 1, -1, -1) if hits[number].start < at), -1)
        number %= len(hits)
        self.show_hits(hits, number)
        self.select(hits[number])
        return hits[number]

    def _select_again(self, span: Span | None) -> None:
        """Select, but remember around which place."""
        if span != self.selection:
            self.select(span)

    def _step(self, step: str, offset: int) -> int:
        return self._steps[step](self, offset)

    def _lines(self, offset: int, count: int) -> int:
        return self.text_layout.moved(offset, count, self._goal_cell)

    def _page(self) -> int:
        return max(self.size.height - 1, 1)

    def _turn_start(self, offset: int, direction: int) -> int:
        turns, index = self.passages.turns, self.passages.turn_index(offset)
        if direction < 0 and offset > turns[index].start:
            return turns[index].start
        index += direction
        return (
            turns[index].start
            if 0 <= index < len(turns)
            else (0 if direction < 0 else len(self.transcript.text))
        )

    _steps: dict[str, Callable[[Keyboard, int], int]] = {
        "left": lambda reader, offset: reader.text_layout.before(offset),
        "right": lambda reader, offset: reader.text_layout.after(offset),
        "up": lambda reader, offset: reader._lines(offset, -1),
        "down": lambda reader, offset: reader._lines(offset, 1),
        "word_left": lambda reader, offset: words.previous_word(reader.transcript.text, offset),
        "word_right": lambda reader, offset: words.next_word(reader.transcript.text, offset),
        "word_end_left": lambda reader, offset: words.previous_word_end(reader.transcript.text, offset),
        "word_end_right": lambda reader, offset: words.next_word_end(reader.transcript.text, offset),
        "line_start": lambda reader, offset: reader.text_layout.start(reader.text_layout.line(offset)),
        "line_end": lambda reader, offset: reader.text_layout.last_offset(reader.text_layout.line(offset)),
        "page_up": lambda reader, offset: reader._lines(offset, -reader._page()),
        "page_down": lambda reader, offset: reader._lines(offset, reader._page()),
        "top": lambda _reader, _offset: 0,
        "bottom": lambda reader, _offset: len(reader.transcript.text),
        "turn_up": lambda reader, offset: reader._turn_start(offset, -1),
        "turn_down": lambda reader, offset: reader._turn_start(offset, 1),
    }


_SCROLL_EVERY = 1 / 30  # seconds, while the pointer is held above or below the text


class Mouse(Caret):
    """A caret that listens to the mouse. A drag takes in the characters under both its ends."""

    MarkClicked = surface.MarkClicked

    _held: Span | None = None  # where the drag began: the visible character pressed on
    _pointer = Offset(0, 0)
    _scroller: Timer | None = None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a drag; on the margin, report the marks there."""
        if event.button not in (0, 1):
            return
        place = event.get_content_offset_capture(self)
        if place.x < self._columns.text_x:
            self._click_margin(place)
            return
        if not self.interactive:
            return
        event.stop()
        self.mark_mode = False
        glyph = self._glyph(place)
        if event.shift or event.ctrl or event.meta:
            anchor = self.cursor_offset if self._anchor is None else self._anchor
            self._held = Span(anchor, anchor)
            self._drag_to(place)
        else:
            self._held = glyph
            self._focus_offset = glyph.start
            self._put(glyph.start, None, scroll=False)
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Mark up to the pointer; past the upper or lower edge, scroll as long as it stays there."""
        if self._held is None:
            return
        event.stop()
        self._pointer = event.get_content_offset_capture(self)
        self._drag_to(self._pointer)
        outside = not 0 <= self._pointer.y < self.size.height
        if outside and self._scroller is None:
            self._scroller = self.set_interval(_SCROLL_EVERY, self._scroll_on)
        elif not outside:
            self._stop_scrolling()

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        """End the drag."""
        self._let_go()

    def on_hide(self, _event: events.Hide) -> None:
        """End the drag."""
        self._let_go()

    def on_click(self, event: events.Click) -> None:
        """Mark the word (double click) or the turn (triple click) under the pointer."""
        place = event.get_content_offset_capture(self)
        if event.chain < 2 or not self.interactive or place.x < self._columns.text_x:
            return
        unit = Unit.WORD if event.chain == 2 else Unit.TURN
        self.select(self.passages.at(unit, self._glyph(place).start))

    def _let_go(self) -> None:
        if self._held is not None:
            self._held = None
            self._stop_scrolling()
            self.release_mouse()

    def _drag_to(self, place: Offset) -> None:
        held = self._held
        if held is None:
            return
        height = self.size.height
        glyph = self._glyph(Offset(place.x, min(max(place.y, 0), max(height - 1, 0))))
        if glyph == held:
            if self.selection is not None and held.length:
                self._put(held.end, held.start, scroll=False)
            return
        if glyph.start < held.start:
            self._put(glyph.start, held.end, scroll=False)
        else:
            self._put(max(glyph.end, held.start), held.start, scroll=False)

    def _scroll_on(self) -> None:
        """Scroll by the distance of the pointer to the edge, and mark on."""
        beyond = self._pointer.y if self._pointer.y < 0 else self._pointer.y - self.size.height + 1
        self._scroll_to_line(min(max(self.scroll_offset.y + beyond, 0), len(self.text_layout) - 1))
        self._drag_to(self._pointer)

    def _stop_scrolling(self) -> None:
        if self._scroller is not None:
            self._scroller.stop()
            self._scroller = None

    def _glyph(self, place: Offset) -> Span:
        """The visible character at a place of the content (empty past a line's end)."""
        line = min(max(place.y + self.scroll_offset.y, 0), len(self.text_layout) - 1)
        return self.text_layout.row(line).glyph(max(place.x - self._columns.text_x, 0))

    def _click_margin(self, place: Offset) -> None:
        line = place.y + self.scroll_offset.y
        lane = self._columns.lane_at(place.x)
        if lane is None or line >= len(self.text_layout):
            return
        last = self._columns.lanes - 1
        here = [(mark, at) for mark, _, at in self.marks_shown.on_line(line)]
        marks = [mark for mark, at in here if at == lane or (lane == last and at > last)]
        if marks:
            self.post_message(self.MarkClicked(self, marks))


class Reader(Keyboard, Mouse):
    """Shows one transcript. With `interactive=False` it has no caret and no selection by key or mouse.

    Messages: `CursorMoved`, `SelectionChanged`, `MarkClicked`, `Scrolled`; each has
    the `reader` it comes from. `sentences` turns the text of one turn into sentence starts.
    """

    COMPONENT_CLASSES = {
        "reader--number",
        "reader--speaker",
        "reader--interviewer",
        "reader--time",
        "reader--caret",
        "reader--hit",
        "reader--hit-now",
    }
    DEFAULT_CSS = """
    Reader {
        width: 1fr;
        height: 1fr;
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;

        & .reader--number { color: $text-muted; }
        & .reader--speaker { color: $text-primary; text-style: bold; }
        & .reader--interviewer { color: $text-muted; }
        & .reader--time { color: $text-muted; }
        & .reader--caret { background: $secondary; color: $background; }
        &:focus .reader--caret { background: $accent; color: $background; }
        & .reader--hit { background: $warning-muted; color: $text-warning; }
        & .reader--hit-now { background: $warning; color: $background; text-style: bold; }
    }
    """

    def show(self, transcript: Transcript, marks: Iterable[Mark] = (), *, at: int = 0) -> None:
        """Show a transcript with its marks, the caret at `at`. Marks must lie within the text (`ValueError`)."""
        marks = list(marks)
        for mark in marks:
            self._check(mark, transcript.text)
        self._let_go()
        self.mark_mode = False
        self._caret, self._anchor, self._focus_offset, self._goal_cell = 0, None, 0, 0
        self._load(transcript, marks)
        self._scroll_to_line(0)
        self.goto(at)
        self._draw(self.cursor_offset, None)
