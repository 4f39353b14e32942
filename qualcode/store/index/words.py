"""Keeping the word index: what is in it, what is missing, and putting one interview in.

It belongs to this copy of the file: it is never journaled, shared or merged, and can be made
anew at any time. One interview is one transaction, so an interrupted run goes on where it
stopped, and two programs never do the same interview twice.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from qualcode.language.index import WordRow, keys_of
from qualcode.language.lemmas import folded
from qualcode.model import Transcript
from qualcode.store.file.files import plain_errors
from qualcode.store.index.plain import Plain
from qualcode.store.index.word_index import StoredIndex, pack, pack_runs, squeeze
from qualcode.store.records.base import Records

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
        forms = [ids[word.surface, word.lemma] for word in words]
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
                "INSERT INTO word_forms (surface, lemma, language, folded) VALUES (?, ?, ?, ?)",
                [(surface, lemma, language, folded(surface)) for surface, lemma in new],
            )
            known = self._known_forms(entry)
            self._file.db.conn.executemany(
                "INSERT INTO word_keys (key, form) VALUES (?, ?)",
                [(key, known[form]) for form in new for key in entry.keys[form]],
            )
        return known

    def _known_forms(self, entry: _Entry) -> dict[_FormKey, int]:
        rows = self._file.db.execute(
            "SELECT form, surface, lemma FROM word_forms WHERE language = ? "
            "AND surface IN (SELECT value FROM json_each(?))",
            [entry.transcript.language, entry.surfaces],
        )
        return {(surface, lemma): form for form, surface, lemma in rows.fetchall()}

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
        self.keys: dict[_FormKey, frozenset[str]] = {}
        for word in words:
            key = word.surface, word.lemma
            if key not in self.keys:
                self.keys[key] = keys_of(*key, transcript.language)
        self.surfaces = json.dumps(sorted({surface for surface, _lemma in self.keys}))


def shape(transcript: Transcript) -> str:
    """What the words of an interview depend on: its text, its turns and its language, as a hash."""
    turns = [(turn.n, turn.start, turn.end) for turn in transcript.turns]
    return hashlib.sha256(json.dumps([transcript.text_hash, transcript.language, turns]).encode()).hexdigest()
