"""The codings as the reader sees them, found by line and by offset."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from qualcode.text.layout import Layout
from qualcode.text.spans import Span
from qualcode.tui.widgets.reader.lanes import Lanes, Placed

Side = Literal["a", "b", "consensus"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A coded fragment as it is shown.

    `mnemonic` is one or two letters; `colour` "#RRGGBB" or empty; `side` says whose bracket it
    gets: thin for coder A, heavy for coder B, double for what the pair decided. `code` and
    `coder` are for filters; `memo` puts a sign on the bracket.
    """

    id: str
    start: int
    end: int
    mnemonic: str = ""
    colour: str = ""
    side: Side = "a"
    code: str = ""
    coder: str = ""
    memo: bool = False

    @property
    def span(self) -> Span:
        """Where the fragment stands."""
        return Span(self.start, self.end)


class MarkIndex:
    """The marks shown on one layout; a change touches only its own cluster of marks."""

    def __init__(self, layout: Layout, marks: Iterable[Mark]) -> None:
        self._layout = layout
        self._marks = {mark.id: mark for mark in marks}
        self._starts = sorted(mark.start for mark in self._marks.values())
        self._lanes = Lanes(self._place(mark) for mark in self._marks.values())

    def __len__(self) -> int:
        return len(self._marks)

    def add(self, mark: Mark) -> list[tuple[int, int]]:
        """Show one more mark. Returns the stretches of lines (first, last) that look different now."""
        placed = self._place(mark)
        self._marks[mark.id] = mark
        insort(self._starts, mark.start)
        moved = self._lanes.add(placed)
        return [(placed.first, placed.last), *((other.first, other.last) for other in moved)]

    def remove(self, mark_id: str) -> list[tuple[int, int]]:
        """Show one mark less. Returns the stretches of lines that look different now."""
        mark = self._marks.pop(mark_id)
        placed = self._place(mark)
        del self._starts[bisect_left(self._starts, mark.start)]
        moved = self._lanes.remove(placed)
        return [(placed.first, placed.last), *((other.first, other.last) for other in moved)]

    def on_line(self, line: int) -> list[tuple[Mark, Placed, int]]:
        """The marks that cover a line, in reading order, each with its lines and its lane."""
        return [
            (self._marks[placed.id], placed, self._lanes.lane(placed.id))
            for placed in self._lanes.on_line(line)
        ]

    def between(self, first: int, last: int) -> list[Mark]:
        """The marks that cover a line from `first` to `last`, in reading order."""
        return [self._marks[placed.id] for placed in self._lanes.between(first, last)]

    def at(self, offset: int) -> list[Mark]:
        """The marks that hold the character at `offset`, in reading order."""
        found = self._lanes.on_line(self._layout.line(offset))
        return [self._marks[placed.id] for placed in found if placed.start <= offset < placed.end]

    def covered(self, span: Span) -> bool:
        """Whether a character of `span` is marked."""
        first, last = self._layout.lines_of(span)
        return any(
            placed.start < span.end and span.start < placed.end for placed in self._lanes.between(first, last)
        )

    def next_start(self, offset: int) -> int | None:
        """Where the first mark after `offset` begins."""
        index = bisect_right(self._starts, offset)
        return self._starts[index] if index < len(self._starts) else None

    def previous_start(self, offset: int) -> int | None:
        """Where the last mark before `offset` begins."""
        index = bisect_left(self._starts, offset)
        return self._starts[index - 1] if index else None

    def _place(self, mark: Mark) -> Placed:
        first, last = self._layout.lines_of(mark.span)
        return Placed(mark.start, -mark.end, mark.id, first, last)
