"""A span: a stretch of a text, in code points, end-exclusive."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open stretch `[start, end)` of a text, in Unicode code points."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Number of code points."""
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, position: int) -> bool:
        """Whether the character at `position` lies inside."""
        return self.start <= position < self.end

    def of(self, text: str) -> str:
        """The stretch itself."""
        return text[self.start : self.end]


class HasSpan:
    """What stands in a text, from `start` to `end`."""

    __slots__ = ()
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return Span(self.start, self.end)


def trim(text: str, span: Span) -> Span:
    """`span` without white space at its edges (empty at its start if nothing is left)."""
    part = text[span.start : span.end]
    start = span.start + len(part) - len(part.lstrip())
    stripped = part.strip()
    return Span(start, start + len(stripped)) if stripped else Span(span.start, span.start)


def union(spans: Iterable[Span]) -> list[Span]:
    """The same characters as disjoint, sorted spans; touching spans are joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if span.end <= span.start:
            continue
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(Span(*span))
    return joined
