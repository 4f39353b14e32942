"""The codings as the reader sees them, found by line and by offset."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Literal, NamedTuple

from qualcode.model import Code, Coding
from qualcode.text.layout import Layout
from qualcode.text.spans import Span

Side = Literal["a", "b", "consensus"]


@dataclass(frozen=True, slots=True)
class TextMark:
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


def mark_of(coding: Coding, code: Code, side: Side, *, memo: bool = False) -> TextMark:
    """A coding as the reader shows it."""
    return TextMark(
        id=coding.id,
        start=coding.start,
        end=coding.end,
        mnemonic=code.mnemonic,
        colour=code.colour,
        side=side,
        code=code.id,
        coder=coding.coder_id,
        memo=memo,
    )


Stretches = list[tuple[int, int]]
"""Stretches of lines, each with its first and last line."""

_MANY = 100  # changes at once from which it is quicker to begin anew


class ShownMarks:
    """The marks on one text: they come and go, and a filter says which are `shown` on which lines.

    `changed` is called after each change with the stretches of lines that look different now, or with
    `None` if all of them may. A mark outside the text is refused (`ValueError`).
    """

    def __init__(self, layout: Layout, changed: Callable[[Stretches | None], None]) -> None:
        self._layout = layout
        self._changed = changed
        self._all: dict[str, TextMark] = {}
        self._keep: Callable[[TextMark], bool] | None = None
        self.shown = MarkIndex(layout, ())
        """The marks that are not filtered out, by line."""

    def load(self, marks: Iterable[TextMark], text: str) -> None:
        """Take other marks for another text, which has still to be laid out."""
        wanted = {mark.id: mark for mark in marks}
        for mark in wanted.values():
            _check(mark, text)
        self._all = wanted

    def lay_out(self, layout: Layout) -> None:
        """Find the marks on other lines."""
        self._layout = layout
        self._index()

    def add(self, mark: TextMark) -> None:
        """Show one more mark, in place of the one with the same id if there is one."""
        self.remove(mark.id)
        _check(mark, self._layout.text)
        self._all[mark.id] = mark
        if self._is_kept(mark):
            self._changed(self.shown.add(mark))

    def remove(self, mark_id: str) -> None:
        """Show a mark no longer; nothing happens if there is none with that id."""
        mark = self._all.pop(mark_id, None)
        if mark is not None and self._is_kept(mark):
            self._changed(self.shown.remove(mark_id))

    def set(self, marks: Iterable[TextMark]) -> None:
        """Show these marks and no others; where little changes, little is reported."""
        wanted = {mark.id: mark for mark in marks}
        gone = [mark_id for mark_id, mark in self._all.items() if wanted.get(mark_id) != mark]
        come = [mark for mark in wanted.values() if self._all.get(mark.id) != mark]
        if len(gone) + len(come) > _MANY:
            for mark in come:
                _check(mark, self._layout.text)
            self._all = wanted
            self._index()
            return
        for mark_id in gone:
            self.remove(mark_id)
        for mark in come:
            self.add(mark)

    def filter(self, keep: Callable[[TextMark], bool] | None) -> None:
        """Show only the marks for which `keep` is true (`None`: all)."""
        self._keep = keep
        self._index()

    def _is_kept(self, mark: TextMark) -> bool:
        return self._keep is None or self._keep(mark)

    def _index(self) -> None:
        self.shown = MarkIndex(self._layout, filter(self._is_kept, self._all.values()))
        self._changed(None)


def _check(mark: TextMark, text: str) -> None:
    if not 0 <= mark.start < mark.end <= len(text):
        raise ValueError(f"mark {mark.id} lies outside the text: {mark.start}-{mark.end}")


class MarkIndex:
    """The marks shown on one layout; a change touches only its own cluster of marks."""

    def __init__(self, layout: Layout, marks: Iterable[TextMark]) -> None:
        self._layout = layout
        self._marks = {mark.id: mark for mark in marks}
        self._starts = sorted(mark.start for mark in self._marks.values())
        self._lanes = Lanes(self._place(mark) for mark in self._marks.values())

    def __len__(self) -> int:
        return len(self._marks)

    def add(self, mark: TextMark) -> Stretches:
        """Show one more mark. Returns the stretches of lines (first, last) that look different now."""
        placed = self._place(mark)
        self._marks[mark.id] = mark
        insort(self._starts, mark.start)
        moved = self._lanes.add(placed)
        return [(placed.first, placed.last), *((other.first, other.last) for other in moved)]

    def remove(self, mark_id: str) -> Stretches:
        """Show one mark less. Returns the stretches of lines that look different now."""
        mark = self._marks.pop(mark_id)
        placed = self._place(mark)
        del self._starts[bisect_left(self._starts, mark.start)]
        moved = self._lanes.remove(placed)
        return [(placed.first, placed.last), *((other.first, other.last) for other in moved)]

    def on_line(self, line: int) -> list[tuple[TextMark, Placed, int]]:
        """The marks that cover a line, in reading order, each with its lines and its lane."""
        return [
            (self._marks[placed.id], placed, self._lanes.lane(placed.id))
            for placed in self._lanes.on_line(line)
        ]

    def between(self, first: int, last: int) -> list[TextMark]:
        """The marks that cover a line from `first` to `last`, in reading order."""
        return [self._marks[placed.id] for placed in self._lanes.between(first, last)]

    def at(self, offset: int) -> list[TextMark]:
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

    def _place(self, mark: TextMark) -> Placed:
        first, last = self._layout.lines_of(mark.span)
        return Placed(mark.start, -mark.end, mark.id, first, last)


class Placed(NamedTuple):
    """A mark on its lines, in an order that puts the outer mark before the inner one."""

    start: int
    minus_end: int
    id: str
    first: int
    last: int

    @property
    def end(self) -> int:
        """The offset after the mark."""
        return -self.minus_end


class Lanes:
    """Marks on lines, in clusters that share no line; lines and lanes count from 0."""

    def __init__(self, marks: Iterable[Placed]) -> None:
        self._lane: dict[str, int] = {}
        self._clusters = _split(sorted(marks))
        self._firsts = [cluster[0].first for cluster in self._clusters]
        self._lasts = [max(placed.last for placed in cluster) for cluster in self._clusters]
        for cluster in self._clusters:
            self._colour(cluster)

    def lane(self, mark_id: str) -> int:
        """The lane of a mark."""
        return self._lane[mark_id]

    def on_line(self, line: int) -> list[Placed]:
        """The marks that cover a line, in reading order."""
        return list(self.between(line, line))

    def between(self, first: int, last: int) -> Iterator[Placed]:
        """The marks that cover a line from `first` to `last`, in reading order."""
        low, high = self._touched(first, last)
        for cluster in self._clusters[low:high]:
            for placed in cluster:
                if placed.first > last:
                    break
                if placed.last >= first:
                    yield placed

    def add(self, mark: Placed) -> list[Placed]:
        """Take in a mark; returns the other marks that changed lane."""
        low, high = self._touched(mark.first, mark.last)
        members = [placed for cluster in self._clusters[low:high] for placed in cluster]
        return self._put(low, high, sorted([*members, mark]))

    def remove(self, mark: Placed) -> list[Placed]:
        """Let go of a mark; returns the other marks that changed lane."""
        low, high = self._touched(mark.first, mark.last)
        members = [placed for cluster in self._clusters[low:high] for placed in cluster if placed != mark]
        del self._lane[mark.id]
        return self._put(low, high, members)

    def _touched(self, first: int, last: int) -> tuple[int, int]:
        """The clusters that share a line with the stretch, as a range of their numbers."""
        return bisect_left(self._lasts, first), bisect_right(self._firsts, last)

    def _put(self, low: int, high: int, members: list[Placed]) -> list[Placed]:
        """Put `members`, in order, where the clusters `low` to `high` were."""
        clusters = _split(members)
        self._clusters[low:high] = clusters
        self._firsts[low:high] = [cluster[0].first for cluster in clusters]
        self._lasts[low:high] = [max(placed.last for placed in cluster) for cluster in clusters]
        return [placed for cluster in clusters for placed in self._colour(cluster)]

    def _colour(self, cluster: list[Placed]) -> list[Placed]:
        """Give each its lane; returns those that had another one before."""
        moved = []
        free: list[int] = []
        busy: list[tuple[int, int]] = []  # (last line, lane)
        for placed in cluster:
            while busy and busy[0][0] < placed.first:
                heappush(free, heappop(busy)[1])
            lane = heappop(free) if free else len(busy)
            heappush(busy, (placed.last, lane))
            if self._lane.get(placed.id, lane) != lane:
                moved.append(placed)
            self._lane[placed.id] = lane
        return moved


def _split(marks: list[Placed]) -> list[list[Placed]]:
    """Ordered marks in clusters that share no line."""
    clusters: list[list[Placed]] = []
    last = -1
    for placed in marks:
        if placed.first > last:
            clusters.append([])
        clusters[-1].append(placed)
        last = max(last, placed.last)
    return clusters


LANE_WIDTH = 3  # two letters and a bracket
MOST_LANES = 4
_LONGEST_LINE = 92  # longer lines are hard to read


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in cells; a column of 0 is not there. Between columns stands one blank.

    The last cell of `text` is kept free for a caret at the end of a full line.
    """

    number: int
    speaker: int
    lanes: int
    text: int

    @property
    def speaker_x(self) -> int:
        """The column in which speaker labels begin."""
        return self.number + 1 if self.number else 0

    @property
    def margin_x(self) -> int:
        """The column in which the margin begins, with its last lane; the first lane stands next to the text."""
        return self.speaker_x + (self.speaker + 1 if self.speaker else 0)

    @property
    def text_x(self) -> int:
        """The column in which the text begins."""
        return self.margin_x + (self.lanes * LANE_WIDTH + 1 if self.lanes else 0)

    @property
    def line(self) -> int:
        """The cells that a line of text may fill."""
        return max(self.text - 1, 2)

    def lane_at(self, x: int) -> int | None:
        """The lane at column `x`, if there is one."""
        lane = self.lanes - 1 - (x - self.margin_x) // LANE_WIDTH
        return lane if 0 <= lane < self.lanes else None


def columns_for(width: int, *, longest_number: int, longest_speaker: int, focus_mode: bool) -> Columns:
    """The columns for a reader of `width` cells. They depend on nothing that coding changes."""
    if width >= 92:
        lanes, most_speaker = MOST_LANES, 14
    elif width >= 68:
        lanes, most_speaker = 3, 10
    elif width >= 44:
        lanes, most_speaker = 2, 6
    else:
        lanes, most_speaker = (1, 3) if width >= 26 else (1, 0)
    if focus_mode:
        lanes = 0
    number = max(longest_number, 2) if width >= 56 and not focus_mode else 0
    speaker = min(longest_speaker, most_speaker)
    bare = Columns(number, speaker, lanes, 0)
    return Columns(number, speaker, lanes, max(2, min(width - bare.text_x, _LONGEST_LINE)))
