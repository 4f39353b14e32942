"""Which lane of the margin each mark gets: the first one free on all its lines.

Marks whose lines touch form a cluster; a change recolours its own cluster and no other. Taking
intervals by their start and giving each the first free colour needs no more colours than
overlap somewhere (Kleinberg and Tardos, Algorithm Design, 2006, section 4.1).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from typing import NamedTuple


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
