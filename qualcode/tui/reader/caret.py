"""The reading position and the selection of a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from textual import events
from textual.reactive import reactive

from qualcode.text.graphemes import whole_clusters
from qualcode.text.spans import Span
from qualcode.tui.reader import surface
from qualcode.tui.reader.marks import Mark, MarkIndex
from qualcode.tui.reader.painting import Overlay
from qualcode.tui.reader.surface import Surface

_MANY = 100  # changes at once from which it is quicker to begin anew


class Marked(Surface):
    """A surface on which marks and hits come and go."""

    def add_mark(self, mark: Mark) -> None:
        """Show one more mark (it takes the place of one with the same id)."""
        self.remove_mark(mark.id)
        self._check(mark)
        self._marks[mark.id] = mark
        if self._is_kept(mark):
            self._damage_all(self._index.add(mark))

    def remove_mark(self, mark_id: str) -> None:
        """Show a mark no longer; nothing happens if there is none with that id."""
        mark = self._marks.pop(mark_id, None)
        if mark is not None and self._is_kept(mark):
            self._damage_all(self._index.remove(mark_id))

    def replace_mark(self, mark: Mark) -> None:
        """Show `mark` in place of the one with its id."""
        self.add_mark(mark)

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Show these marks and no others; where little changes, little is repainted."""
        wanted = {mark.id: mark for mark in marks}
        gone = [mark_id for mark_id, mark in self._marks.items() if wanted.get(mark_id) != mark]
        come = [mark for mark in wanted.values() if self._marks.get(mark.id) != mark]
        if len(gone) + len(come) > _MANY:
            for mark in come:
                self._check(mark)
            self._marks = wanted
            self._index_marks()
            return
        for mark_id in gone:
            self.remove_mark(mark_id)
        for mark in come:
            self.add_mark(mark)

    def filter_marks(self, keep: Callable[[Mark], bool] | None) -> None:
        """Show only the marks for which `keep` is true (`None`: all)."""
        self._keep = keep
        self._index_marks()

    def mark(self, mark_id: str) -> Mark | None:
        """The mark with an id, shown or filtered out."""
        return self._marks.get(mark_id)

    def marks_at(self, offset: int) -> list[Mark]:
        """The marks shown that hold the character at `offset`, the outer before the inner."""
        return self._index.at(offset)

    @property
    def marks_shown(self) -> MarkIndex:
        """The marks that are shown, by line."""
        return self._index

    def show_hits(self, hits: Sequence[Span], now: int = -1) -> None:
        """Highlight search hits; `now` is the number of the one at hand. No hits: no highlight."""
        old, new = self._overlay, replace(self._overlay, hits=tuple(sorted(hits)), hit_now=now)
        self._overlay = new
        for hit in {*old.hits, *new.hits} if old.hits != new.hits else _two_hits(old, new):
            self._damage(*self.text_layout.lines_of(hit))

    def _check(self, mark: Mark, text: str | None = None) -> None:
        if not 0 <= mark.start < mark.end <= len(self.transcript.text if text is None else text):
            raise ValueError(f"mark {mark.id} lies outside the text: {mark.start}-{mark.end}")

    def _damage_all(self, stretches: Iterable[tuple[int, int]]) -> None:
        for first, last in stretches:
            self._damage(first, last)
        self.marks_revision += 1


def _two_hits(old: Overlay, new: Overlay) -> list[Span]:
    """The hits that were and are at hand."""
    return [
        overlay.hits[overlay.hit_now] for overlay in (old, new) if 0 <= overlay.hit_now < len(overlay.hits)
    ]


_LINES_AROUND = 2  # kept in sight above and below the caret


class Caret(Marked):
    """A surface with a caret; the selection lies between the caret and an anchor."""

    CursorMoved = surface.CursorMoved
    SelectionChanged = surface.SelectionChanged

    _caret = 0
    _anchor: int | None = None
    _focus_offset = 0  # where the caret was last put by itself; widening and narrowing go around it
    _goal_cell = 0
    _adjusting = False  # while a key changes the edges of what is selected
    mark_mode: reactive[bool] = reactive(False, repaint=False)
    """Whether the movement keys mark."""

    @property
    def cursor_offset(self) -> int:
        """The reading position, an offset from 0 to the length of the text."""
        return self._caret

    @property
    def selection(self) -> Span | None:
        """The selected passage; `None` if no character is selected."""
        if self._anchor is None or self._anchor == self._caret:
            return None
        return Span(min(self._anchor, self._caret), max(self._anchor, self._caret))

    def goto(self, offset: int) -> None:
        """Put the caret at `offset` (or the nearest place there is) and select nothing."""
        self.mark_mode = False
        self._move(self._on_character(offset))

    def select(self, span: Span | None) -> None:
        """Select a passage, widened to whole visible characters; the caret goes to its end."""
        self.mark_mode = False
        if span is None or not span.length:
            self._put(self._caret, None)
            return
        text = self.transcript.text
        start, end = whole_clusters(text, max(span.start, 0), min(span.end, len(text)))
        self._put(end, start)

    def _on_character(self, offset: int) -> int:
        text = self.transcript.text
        return whole_clusters(text, min(max(offset, 0), len(text)), len(text))[0]

    def _move(self, caret: int, *, extend: bool = False, keep_goal: bool = False) -> None:
        """Put the caret elsewhere; with `extend`, or in mark mode, the anchor stays."""
        if extend or self.mark_mode:
            self._put(caret, self._caret if self._anchor is None else self._anchor, keep_goal=keep_goal)
        else:
            self._focus_offset = caret
            self._put(caret, None, keep_goal=keep_goal)

    def _put(self, caret: int, anchor: int | None, *, keep_goal: bool = False, scroll: bool = True) -> None:
        """Set caret and anchor, repaint the lines that differ, tell who listens."""
        old_caret, old_selection = self._caret, self.selection
        self._caret, self._anchor = caret, anchor
        if not keep_goal:
            self._goal_cell = self.text_layout.position(caret)[1]
        self._draw(old_caret, old_selection)
        if scroll:
            self._reveal(caret)
        if old_caret != caret:
            self.post_message(self.CursorMoved(self, caret))
        if old_selection != self.selection:
            self.post_message(self.SelectionChanged(self, self.selection, self._adjusting))

    def _draw(self, old_caret: int, old_selection: Span | None) -> None:
        shown = self._caret if self.interactive else None
        self._overlay = replace(self._overlay, selection=self.selection, caret=shown)
        lines = self.text_layout
        stretches = [lines.lines_of(span) for span in _difference(old_selection, self.selection)]
        if self.interactive and old_caret != self._caret:
            stretches += [(line, line) for line in {lines.line(old_caret), lines.line(self._caret)}]
        for first, last in _merged(stretches):
            self._damage(first, last)
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

    def on_focus(self, _event: events.Focus) -> None:
        """Put the terminal's cursor on the reading position."""
        self._place_terminal_cursor()


def _difference(old: Span | None, new: Span | None) -> list[Span]:
    """The stretches that are selected in one of the two only."""
    if old == new:
        return []
    if old is None or new is None or not old.overlaps(new):
        return [span for span in (old, new) if span is not None]
    starts, ends = sorted((old.start, new.start)), sorted((old.end, new.end))
    return [Span(low, high) for low, high in (starts, ends) if low < high]


def _merged(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same lines, each in one stretch only."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(stretches):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged
