"""Keeping the word index: what is in it, what is missing, and putting one interview in.

It belongs to this copy of the file: it is never journaled, shared or merged, and can be made
anew at any time. One interview is one transaction, so an interrupted run goes on where it
stopped, and two programs never do the same interview twice.

A place is kept as two numbers, `2n + closes` and its start; its end follows from the form, its turn and
sentence from the document. Only documents that are up to date answer a search (`language.index.WordIndex`).
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any

from qualcode.language.index import Form, Occurrence, WordRow, pattern_of
from qualcode.language.reading import WordKeys, keys_of
from qualcode.language.words import folded
from qualcode.store.file.files import plain_errors
from qualcode.store.index.plain import Plain
from qualcode.store.records.base import Records

if TYPE_CHECKING:
    from qualcode.model import Transcript

_FormKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class IndexState:
    """Which interviews can be searched now, and which are missing or out of date."""

    ready: tuple[Transcript, ...]
    missing: tuple[Transcript, ...]

    @property
    def complete(self) -> bool:
        """Whether every interview can be searched."""
        return not self.missing


class Words(Records):
    """The index of words. `bases` says per language what an index must be made with (`circumstances.basis`)."""

    @property
    def plain(self) -> Plain:
        """The index of plain text and memos."""
        return Plain(self._file)

    def state(self, transcripts: Iterable[Transcript], bases: Mapping[str, str]) -> IndexState:
        """What can be searched of these interviews."""
        found = {
            row["transcript_id"]: (row["shape"], row["basis"])
            for row in self._file.select("SELECT transcript_id, shape, basis FROM word_texts")
        }
        ready: list[Transcript] = []
        missing: list[Transcript] = []
        for transcript in transcripts:
            wanted = shape(transcript), bases[transcript.language]
            (ready if found.get(transcript.id) == wanted else missing).append(transcript)
        return IndexState(tuple(ready), tuple(missing))

    def index(self, state: IndexState) -> StoredIndex:
        """The index over the interviews that are ready."""
        ready = {transcript.id for transcript in state.ready}
        rows = self._file.select("SELECT document, transcript_id FROM word_texts")
        return StoredIndex(
            self._tuples,
            {row["document"]: row["transcript_id"] for row in rows if row["transcript_id"] in ready},
        )

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Ask several things of the index as it is at one moment, whatever others write."""
        with plain_errors(self._file.path), self._file.db.atomic():
            yield

    def put(self, transcript: Transcript, words: Sequence[WordRow], basis: str, pipeline: str) -> None:
        """Keep the words of an interview in place of what was there.

        `pipeline` names what they were made with. `LockedError` while another program writes.
        """
        entry = _Entry(transcript, words)
        db = self._file.db
        with plain_errors(self._file.path), db.atomic():
            # the first statement writes, so that the lock is ours before anything is read
            db.execute(
                "DELETE FROM word_texts WHERE transcript_id = ? AND basis <> ?", [transcript.id, basis]
            )
            present = db.execute("SELECT shape FROM word_texts WHERE transcript_id = ?", [transcript.id])
            row = present.fetchone()
            if row and row[0] == entry.shape:
                return  # another program was first
            if row:
                db.execute("DELETE FROM word_texts WHERE transcript_id = ?", [transcript.id])
            text = db.execute(
                "SELECT 1 FROM transcripts WHERE id = ? AND text_hash = ?",
                [transcript.id, transcript.text_hash],
            )
            if text.fetchone() is None:
                return  # corrected or taken out meanwhile: the next run sees to it
            self._write(entry, basis, pipeline)
            self.plain.put(transcript)
            self._drop_unused_forms()

    def clean(self, transcripts: Iterable[Transcript]) -> None:
        """Drop what belongs to interviews that are no longer there, and bring the memos up to date."""
        ids = json.dumps([transcript.id for transcript in transcripts])
        gone = self._file.select(
            "SELECT document FROM word_texts WHERE transcript_id NOT IN (SELECT value FROM json_each(?))",
            [ids],
        )
        if gone:
            with plain_errors(self._file.path), self._file.db.atomic():
                self._file.db.execute(
                    "DELETE FROM word_texts WHERE transcript_id NOT IN (SELECT value FROM json_each(?))",
                    [ids],
                )
                self.plain.drop_others(ids)
                self._drop_unused_forms()
        self.plain.refresh_memos()

    def _write(self, entry: _Entry, basis: str, pipeline: str) -> None:
        db, transcript, words = self._file.db, entry.transcript, entry.words
        ids = self._form_ids(entry)
        forms = [ids[word.surface, word.reading] for word in words]
        starts = [2 * word.start + word.closes for word in words]
        document = db.execute(
            "INSERT INTO word_texts (transcript_id, text_hash, shape, basis, pipeline, size, turns, sentences, "
            "line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING document",
            [
                transcript.id,
                transcript.text_hash,
                entry.shape,
                basis,
                pipeline,
                len(words),
                pack_runs(word.turn for word in words),
                pack_runs(word.sentence for word in words),
                squeeze(starts, forms),
            ],
        ).fetchone()[0]
        places: defaultdict[int, list[int]] = defaultdict(list)
        for form, word in zip(forms, words, strict=True):
            places[form] += (2 * word.n + word.closes, word.start)
        db.conn.executemany(
            "INSERT INTO word_places (document, form, places) VALUES (?, ?, ?)",
            [(document, form, pack(found)) for form, found in sorted(places.items())],
        )

    def _form_ids(self, entry: _Entry) -> dict[_FormKey, int]:
        """The numbers of all forms of an interview; new ones are made, with their keys."""
        known = self._known_forms(entry)
        new = [key for key in entry.keys if key not in known]
        if new:
            language = entry.transcript.language
            self._file.db.conn.executemany(
                "INSERT INTO word_forms (surface, reading, language, folded) VALUES (?, ?, ?, ?)",
                [(surface, reading, language, folded(surface)) for surface, reading in new],
            )
            known = self._known_forms(entry)
            self._file.db.conn.executemany(
                "INSERT INTO word_keys (key, form, sure) VALUES (?, ?, ?)",
                [
                    (key, known[form], sure)
                    for form in new
                    for sure, found in zip((True, False), entry.keys[form], strict=True)
                    for key in found
                ],
            )
        return known

    def _known_forms(self, entry: _Entry) -> dict[_FormKey, int]:
        rows = self._file.db.execute(
            "SELECT form, surface, reading FROM word_forms WHERE language = ? "
            "AND surface IN (SELECT value FROM json_each(?))",
            [entry.transcript.language, entry.surfaces],
        )
        return {(surface, reading): form for form, surface, reading in rows.fetchall()}

    def _drop_unused_forms(self) -> None:
        self._file.db.execute(
            "DELETE FROM word_forms WHERE NOT EXISTS "
            "(SELECT 1 FROM word_places p WHERE p.form = word_forms.form)"
        )

    def _tuples(self, sql: str, parameters: Iterable[Any]) -> list[tuple[Any, ...]]:
        with plain_errors(self._file.path):
            return self._file.db.execute(sql, list(parameters)).fetchall()


class _Entry:
    """An interview made ready before the file is locked: what takes time is done here."""

    def __init__(self, transcript: Transcript, words: Sequence[WordRow]) -> None:
        self.transcript = transcript
        self.words = words
        self.shape = shape(transcript)
        self.keys: dict[_FormKey, WordKeys] = {}
        for word in words:
            key = word.surface, word.reading
            if key not in self.keys:
                self.keys[key] = keys_of(*key, transcript.language)
        self.surfaces = json.dumps(sorted({surface for surface, _reading in self.keys}))


def shape(transcript: Transcript) -> str:
    """What the words of an interview depend on: its text, its turns and its language, as a hash."""
    turns = [(turn.n, turn.start, turn.end) for turn in transcript.turns]
    return hashlib.sha256(json.dumps([transcript.text_hash, transcript.language, turns]).encode()).hexdigest()


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

    @property
    def last(self) -> int:
        """The number of the last word, -1 if there is no word."""
        return self._numbers[-1] if self._numbers else -1

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

    @property
    def sentences(self) -> int:
        """Number of sentences."""
        rows = self._select("SELECT document, sentences FROM word_texts", [])
        return sum(Runs(runs).last + 1 for document, runs in rows if document in self._documents)

    def with_keys(self, keys: Collection[str]) -> Sequence[Form]:
        """See `WordIndex`."""
        sure: dict[int, int] = dict(
            self._select(
                f"SELECT form, max(sure) FROM word_keys WHERE key {_AMONG} GROUP BY form", [_listed(keys)]
            )
        )
        found = self._forms(f"form {_AMONG}", _listed(sure))
        return [form._replace(sure=bool(sure[form.id])) for form in found]

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
            "SELECT f.form, f.surface, f.reading, coalesce(sum(length(p.places)), 0) FROM word_forms f "
            f"LEFT JOIN word_places p ON p.form = f.form WHERE f.{condition} GROUP BY f.form ORDER BY f.form",
            [value],
        )
        self._surfaces.update((form, surface) for form, surface, _reading, _size in rows)
        return [
            Form(form, surface, size // _BYTES_PER_PLACE, reading) for form, surface, reading, size in rows
        ]

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
