"""A corrected text, and where every position of the old one has gone.

A revision is a list of edits; what lies between them is untouched, and moves along as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from qualcode.text.graphemes import whole_clusters
from qualcode.text.spans import Span

_TOKEN = re.compile(r"\w+|\s|[^\w\s]")


class Edit(NamedTuple):
    """`old[start:end]` becomes `text`; `start == end` inserts, an empty `text` deletes."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Sequence[Edit]) -> str:
    """`text` with all edits done. Edits stand in order and do not overlap (`ValueError`)."""
    pieces, last = [], 0
    for edit in _checked(edits, len(text)):
        pieces += [text[last : edit.start], edit.text]
        last = edit.end
    return "".join(pieces) + text[last:]


def _checked(edits: Sequence[Edit], length: int) -> Sequence[Edit]:
    for edit in edits:
        if not 0 <= edit.start <= edit.end <= length:
            raise ValueError(f"{edit} lies outside a text of {length} characters")
    for before, after in pairwise(edits):
        if after.start < before.end or after.start == before.start == before.end:
            raise ValueError(f"{before} and {after} overlap or are out of order")
    return edits


def differences(old: str, new: str) -> list[Edit]:
    """The edits that make `new` of `old`: whole words, found line by line first.

    Deterministic; what both texts have at their beginning and end is never compared.
    """
    first = _common_prefix(old, new)
    last = _common_suffix(old[first:], new[first:])
    middle_old, middle_new = old[first : len(old) - last], new[first : len(new) - last]
    # both begin and end inside a word perhaps: give the word back whole, so that words are replaced
    while first and middle_old + middle_new and _inside_word(old, first):
        first -= 1
        middle_old, middle_new = old[first] + middle_old, new[first] + middle_new
    edits = []
    for a, b, c, d in _changed(middle_old.splitlines(keepends=True), middle_new.splitlines(keepends=True)):
        for e, f, g, h in _changed(_TOKEN.findall(middle_old[a:b]), _TOKEN.findall(middle_new[c:d])):
            edits.append(Edit(first + a + e, first + a + f, middle_new[c + g : c + h]))
    return _joined(edits)


def _inside_word(text: str, position: int) -> bool:
    return position < len(text) and text[position - 1].isalnum() and text[position].isalnum()


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterable[tuple[int, int, int, int]]:
    """Stretches (in characters) of `old` and `new` that differ, found piece by piece."""
    at_old, at_new = _offsets(old), _offsets(new)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield at_old[a], at_old[b], at_new[c], at_new[d]


def _offsets(pieces: Sequence[str]) -> list[int]:
    found = [0]
    for piece in pieces:
        found.append(found[-1] + len(piece))
    return found


def _joined(edits: Iterable[Edit]) -> list[Edit]:
    """Edits that touch made one."""
    joined: list[Edit] = []
    for edit in edits:
        if joined and joined[-1].end == edit.start:
            joined[-1] = Edit(joined[-1].start, edit.end, joined[-1].text + edit.text)
        else:
            joined.append(edit)
    return joined


def _common_prefix(a: str, b: str) -> int:
    low, high = 0, min(len(a), len(b))
    while low < high:  # by halving, because comparing slices is quick
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_suffix(a: str, b: str) -> int:
    return _common_prefix(a[::-1], b[::-1])


class Carrier:
    """Carries positions of the old text to the new one."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = list(edits)
        self._starts = [edit.start for edit in edits]
        shift, self._shifts = 0, [0]
        for edit in edits:
            shift += len(edit.text) - (edit.end - edit.start)
            self._shifts.append(shift)

    def span(self, span: Span) -> Span | None:
        """Where a span has gone: the same untouched characters, and what replaced those inside it.

        What is inserted at its very edges stays outside. A replacement over an edge comes inside, so
        that a word that was corrected stays coded. `None` if nothing of it is left.
        """
        start, end = self._start(span.start), self._end(span.end)
        if end <= start or self._gone(span):
            return None
        return Span(start, end)

    def _gone(self, span: Span) -> bool:
        """Whether all of it lies in stretches that were deleted and replaced by nothing."""
        i = max(0, bisect_right(self._starts, span.start) - 1)
        position = span.start
        for edit in self._edits[i:]:
            if edit.start > position or position >= span.end:
                break
            if edit.end > position and not edit.text:
                position = edit.end
        return position >= span.end

    def _start(self, position: int) -> int:
        """A start: behind what is inserted at it, before a replacement that it lies in."""
        i = bisect_right(self._starts, position)
        if i:
            edit = self._edits[i - 1]
            if position < edit.end:
                return edit.start + self._shifts[i - 1]
        return position + self._shifts[i]

    def _end(self, position: int) -> int:
        """An end: before what is inserted at it, behind a replacement that it lies in."""
        i = bisect_right(self._starts, position)
        while i and self._edits[i - 1].start == position:
            i -= 1
        if i:
            edit = self._edits[i - 1]
            if position < edit.end:
                return edit.start + self._shifts[i - 1] + len(edit.text)
        return position + self._shifts[i]

    def position(self, position: int) -> int:
        """Where a cursor at `position` has gone."""
        return self._start(position)


def beside(found: Span | None, position: int, text: str) -> Span:
    """The place of a passage in the corrected `text`, whole visible characters, never empty.

    If nothing of it was `found` it is the character at `position`, where it stood, so that somebody looks at it.
    """
    if found is None:
        position = min(position, len(text) - 1)
        found = Span(position, position + 1)
    return Span(*whole_clusters(text, found.start, found.end))
