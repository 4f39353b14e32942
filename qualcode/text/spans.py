"""A span: a stretch of a text, in code points, end-exclusive."""

from __future__ import annotations

import unicodedata
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


_JOINERS = {"\u200d", "\ufe0e", "\ufe0f"}


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def splits_cluster(text: str, position: int) -> bool:
    """Whether a cut at `position` would fall inside one visible character.

    Covers combining marks, variation selectors, emoji joined by U+200D, skin
    tones, keycaps and pairs of regional indicators (flags), after Unicode
    Standard Annex #29, sections 3.1 (rules GB9, GB11, GB12).
    """
    if position <= 0 or position >= len(text):
        return False
    left, right = text[position - 1], text[position]
    if right in _JOINERS or left == "\u200d" and unicodedata.category(right) == "So":
        return True
    if unicodedata.category(right) in ("Mn", "Me", "Mc"):
        return left not in "\n\r\t "
    if "\U0001f3fb" <= right <= "\U0001f3ff":
        return unicodedata.category(left) in ("So", "Mn")
    if _is_regional(left) and _is_regional(right):
        run = 0
        while run < position and _is_regional(text[position - 1 - run]):
            run += 1
        return run % 2 == 1
    return False
