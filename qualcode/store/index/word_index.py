"""The word index in the project file, as a search asks it (`language.index.WordIndex`).

A place is kept as two numbers, `2n + closes` and its start; its end follows from the form,
its turn and sentence from the document. Only documents that are up to date answer.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, groupby
from typing import Any

from qualcode.language.index import Form, Occurrence, pattern_of

_FOUR_BYTES = "I" if array("I").itemsize == 4 else "L"


def pack(numbers: Iterable[int]) -> bytes:
    """Numbers from 0 to 2³² as four bytes each, the lowest first."""
    return _in_file_order(array(_FOUR_BYTES, numbers)).tobytes()


def unpack(content: bytes) -> array[int]:
    """The numbers that `pack` packed."""
    found = array(_FOUR_BYTES)
    found.frombytes(content)
    return _in_file_order(found)


def _in_file_order(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def squeeze(ascending: Sequence[int], others: Iterable[int]) -> bytes:
    """Two rows of equal length, the first of which only rises."""
    steps = (now - before for before, now in zip((0, *ascending), ascending, strict=False))
    return zlib.compress(pack(steps) + pack(others), 1)


def unsqueeze(content: bytes) -> tuple[Sequence[int], Sequence[int]]:
    """The two rows that `squeeze` packed."""
    found = unpack(zlib.decompress(content))
    middle = len(found) // 2
    return array(_FOUR_BYTES, accumulate(found[:middle])), found[middle:]


class Runs:
    """A number for every word that stays the same for stretches of words, as the turn it is in."""

    def __init__(self, content: bytes) -> None:
        found = unpack(content)
        middle = len(found) // 2
        self._firsts, self._numbers = found[:middle], found[middle:]

    def __getitem__(self, n: int) -> int:
        return self._numbers[bisect_right(self._firsts, n) - 1]


def pack_runs(numbers: Iterable[int]) -> bytes:
    """The numbers of all words, packed for `Runs`."""
    firsts: list[int] = []
    kept: list[int] = []
    for n, number in enumerate(numbers):
        if not kept or kept[-1] != number:
            firsts.append(n)
            kept.append(number)
    return pack(firsts) + pack(kept)


Select = Callable[[str, Iterable[Any]], list[tuple[Any, ...]]]
_BYTES_PER_PLACE = 8
_LINES_KEPT = 32
_AMONG = "IN (SELECT value FROM json_each(?))"


class StoredIndex:
    """Words by form and by place. `documents` maps the numbers of documents to transcript ids."""

    def __init__(self, select: Select, documents: Mapping[int, str]) -> None:
        self._select = select
        self._documents = documents
        self._numbers = {transcript: number for number, transcript in documents.items()}
        self._surfaces: dict[int, str] = {}
        self._runs: dict[int, tuple[Runs, Runs]] = {}
        self._line = lru_cache(_LINES_KEPT)(self._read_line)
        self._text = lru_cache(_LINES_KEPT)(self._read_text)

    def __len__(self) -> int:
        """Number of words."""
        sizes = self._select("SELECT document, size FROM word_texts", [])
        return sum(size for document, size in sizes if document in self._documents)

    def with_keys(self, keys: Collection[str]) -> Sequence[Form]:
        """See `WordIndex`."""
        return self._forms(f"form IN (SELECT form FROM word_keys WHERE key {_AMONG})", _listed(keys))

    def spelled(self, surface: str) -> Sequence[Form]:
        """See `WordIndex`."""
        return self._forms("folded = ?", surface)

    def like(self, pattern: str) -> Sequence[Form]:
        """See `WordIndex`."""
        fits = pattern_of(pattern).fullmatch
        begins = pattern.partition("*")[0]
        some = self._select(
            "SELECT DISTINCT folded FROM word_forms WHERE folded >= ? AND folded < ?",
            [begins, begins + chr(0x10FFFF)],
        )
        return self._forms(f"folded {_AMONG}", _listed(folded for (folded,) in some if fits(folded)))

    def _forms(self, condition: str, value: str) -> list[Form]:
        rows = self._select(
            "SELECT f.form, f.surface, coalesce(sum(length(p.places)), 0) FROM word_forms f "
            f"LEFT JOIN word_places p ON p.form = f.form WHERE f.{condition} GROUP BY f.form ORDER BY f.form",
            [value],
        )
        self._surfaces.update((form, surface) for form, surface, _size in rows)
        return [Form(form, surface, size // _BYTES_PER_PLACE) for form, surface, size in rows]

    def occurrences(self, forms: Collection[int]) -> Iterable[Occurrence]:
        """See `WordIndex`."""
        rows = self._select(
            f"SELECT document, form, places FROM word_places WHERE form {_AMONG} ORDER BY document",
            [_listed(set(forms))],
        )
        for document, of_document in groupby(rows, lambda row: row[0]):
            if document in self._documents:
                yield from self._places(document, of_document)

    def _places(self, document: int, rows: Iterable[tuple[Any, ...]]) -> Iterator[Occurrence]:
        found = []
        for _document, form, places in rows:
            numbers = iter(unpack(places))
            size = len(self.surface(form))
            found += [
                (packed, start, start + size, form) for packed, start in zip(numbers, numbers, strict=True)
            ]
        found.sort()
        name = self._documents[document]
        turns, sentences = self._runs_of(document)
        for packed, start, end, form in found:
            n = packed >> 1
            yield Occurrence(name, n, turns[n], sentences[n], start, end, bool(packed & 1), form)

    def window(self, document: str, first: int, last: int) -> Sequence[Occurrence]:
        """See `WordIndex`."""
        number = self._numbers[document]
        starts, forms = self._line(number)
        turns, sentences = self._runs_of(number)
        found = []
        for n in range(max(first, 0), min(last + 1, len(forms))):
            start, form = starts[n] >> 1, forms[n]
            end = start + len(self.surface(form))
            found.append(
                Occurrence(document, n, turns[n], sentences[n], start, end, bool(starts[n] & 1), form)
            )
        return found

    def surface(self, form: int) -> str:
        """See `WordIndex`."""
        if form not in self._surfaces:
            rows = self._select("SELECT surface FROM word_forms WHERE form = ?", [form])
            self._surfaces[form] = rows[0][0]
        return self._surfaces[form]

    def excerpt(self, document: str, start: int, end: int) -> str:
        """See `WordIndex`."""
        return self._text(document)[max(start, 0) : end]

    def _runs_of(self, document: int) -> tuple[Runs, Runs]:
        if document not in self._runs:
            rows = self._select("SELECT turns, sentences FROM word_texts WHERE document = ?", [document])
            self._runs[document] = Runs(rows[0][0]), Runs(rows[0][1])
        return self._runs[document]

    def _read_line(self, document: int) -> tuple[Sequence[int], Sequence[int]]:
        """For every word its start (times two, and one more if a clause closes behind it) and its form."""
        rows = self._select("SELECT line FROM word_texts WHERE document = ?", [document])
        return unsqueeze(rows[0][0])

    def _read_text(self, document: str) -> str:
        rows = self._select(
            "SELECT text FROM texts JOIN word_texts ON hash = text_hash WHERE transcript_id = ?", [document]
        )
        return str(rows[0][0])


def _listed(values: Iterable[Any]) -> str:
    """Any number of values as one parameter."""
    return json.dumps(list(values))
