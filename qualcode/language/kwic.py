"""What was found, in its context: keyword in context, the order of the lines, and the forms with their counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from qualcode.language.index import WordIndex
from qualcode.language.search import Hit
from qualcode.language.words import folded

_LINE_ENDS = str.maketrans("\n\t", "  ")


class Order(StrEnum):
    """By what the lines are sorted."""

    PLACE = "place"
    LEFT = "left"
    RIGHT = "right"
    FORM = "form"


class ContextLine(NamedTuple):
    """A hit in its context. `left` ends where the keyword begins; `right` begins where it ends."""

    hit: Hit
    left: str
    keyword: str
    right: str


def lines(index: WordIndex, hits: Sequence[Hit], width: int = 60) -> list[ContextLine]:
    """A line for each hit, with at most `width` characters on either side."""
    return [_line(index, hit, width) for hit in hits]


def arrange(
    index: WordIndex, hits: Sequence[Hit], order: Order = Order.PLACE, documents: Sequence[str] = ()
) -> list[Hit]:
    """The hits sorted; places follow `documents` in that order, others after them by name.

    Left sorts by the words before the hit, the nearest first; right by those behind it.
    """
    rank = {document: place for place, document in enumerate(documents)}
    by_place = sorted(hits, key=lambda hit: (rank.get(hit.document, len(rank)), hit.document, hit.start))
    if order is Order.LEFT:
        return sorted(by_place, key=lambda hit: _words(index, hit, hit.first - 3, hit.first - 1)[::-1])
    if order is Order.RIGHT:
        return sorted(by_place, key=lambda hit: _words(index, hit, hit.last + 1, hit.last + 3))
    if order is Order.FORM:
        return sorted(by_place, key=lambda hit: hit.form)
    return by_place


def forms_found(hits: Sequence[Hit]) -> list[tuple[str, int]]:
    """The forms that were found, with their reading and their number, the commonest first."""
    return sorted(Counter(hit.label for hit in hits).items(), key=lambda found: (-found[1], found[0]))


def _line(index: WordIndex, hit: Hit, width: int) -> ContextLine:
    begin = max(hit.start - width, 0)
    text = index.excerpt(hit.document, begin, hit.end + width).translate(_LINE_ENDS)
    keyword, behind = hit.start - begin, hit.end - begin
    return ContextLine(hit, text[:keyword], text[keyword:behind], text[behind:])


def _words(index: WordIndex, hit: Hit, first: int, last: int) -> list[str]:
    if last < 0:
        return []
    return [folded(index.surface(place.form)) for place in index.window(hit.document, first, last)]
