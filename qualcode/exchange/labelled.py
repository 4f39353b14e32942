"""An interview with its speakers written before their turns, and the way there and back for positions.

Our stored text has no labels; other programs know no turns. So speakers and times go into the
text that travels ("[00:01:05] I: …") and come out of it again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from qualcode.model import Turn
from qualcode.text.spans import Span


class LabelledText:
    """`text` with a label before each of `turns` that has a speaker or a time."""

    def __init__(self, text: str, turns: Sequence[Turn]) -> None:
        told = [(turn.start, label_of(turn)) for turn in turns if label_of(turn)]
        self._starts = [start for start, _label in told]
        self._lengths = [0, *accumulate(len(label) for _start, label in told)]
        edges = [0, *self._starts, len(text)]
        pieces = [text[edges[0] : edges[1]]]
        for n, (start, label) in enumerate(told):
            pieces += [label, text[start : edges[n + 2]]]
        self.text = "".join(pieces)

    def span(self, span: Span) -> Span:
        """Where a stretch of the stored text stands in the labelled one."""
        start = span.start + self._lengths[bisect_right(self._starts, span.start)]
        end = span.end + self._lengths[bisect_left(self._starts, span.end)]
        return Span(start, max(start, end))

    def label_spans(self) -> list[Span]:
        """Where the labels stand in the labelled text."""
        return [
            Span(start + self._lengths[n], start + self._lengths[n + 1])
            for n, start in enumerate(self._starts)
        ]


def label_of(turn: Turn) -> str:
    """What stands before a turn: its speaker and time, as far as they are known."""
    time = f"[{clock(turn.time_start)}] " if turn.time_start is not None else ""
    return time + (f"{turn.speaker}: " if turn.speaker else "")


def clock(milliseconds: int) -> str:
    """A moment of a recording as hh:mm:ss."""
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


class WithoutLabels:
    """`text` without the stretches in `labels`, and where positions of it come to stand."""

    def __init__(self, text: str, labels: Iterable[Span]) -> None:
        self._labels = sorted(labels)
        self._starts = [label.start for label in self._labels]
        self._removed = [0, *accumulate(label.length for label in self._labels)]
        edges = [0, *(place for label in self._labels for place in label), len(text)]
        self.text = "".join(text[edges[n] : edges[n + 1]] for n in range(0, len(edges), 2))

    def position(self, place: int) -> int:
        """Where a position of the labelled text comes to stand; within a label: behind it."""
        n = bisect_right(self._starts, place)
        if n and place < self._labels[n - 1].end:
            return self._labels[n - 1].start - self._removed[n - 1]
        return place - self._removed[n]

    def span(self, span: Span) -> Span:
        """Where a stretch of the labelled text comes to stand."""
        return Span(self.position(span.start), self.position(span.end))
