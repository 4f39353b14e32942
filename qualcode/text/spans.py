"""A span: a stretch of a text, in code points, end-exclusive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def torn(turns: Sequence[Sequence[int]], text: str) -> bool:
    """Whether turns (start, end …) overlap, cut a word, or leave out more of a text than white space."""
    at = 0
    for start, end, *_more in turns:
        if not at <= start <= end <= len(text) or text[at:start].strip():
            return True
        if 0 < start == at and text[start - 1].isalnum() and text[start : start + 1].isalnum():
            return True
        at = end
    return bool(text[at:].strip())
