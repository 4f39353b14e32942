"""What the keys do in the reader: moving, marking, moving edges, jumping."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qualcode.text import words
from qualcode.text.spans import Span
from qualcode.tui.widgets.reader import selection as selecting
from qualcode.tui.widgets.reader.bindings import READER_BINDINGS
from qualcode.tui.widgets.reader.caret import Caret
from qualcode.tui.widgets.reader.passages import Unit

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
