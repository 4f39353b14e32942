"""Who did what, signed: what an act of somebody with a key says travels with their signature (Ed25519).

A signature is over the parts of an entry, each as a digest, so that a part which was kept back or forgotten does
not break it. The words that people wrote are under a digest of their own, with a salt: where a name was hidden in
them the salt goes, and nobody can try out which name it was. Codings, memos and the like (`UNSIGNED`) come with the
share file of whose they are, which is signed as a whole.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from qualcode.store.file import keyring, rows
from qualcode.store.journal.forgotten import WRITTEN
from qualcode.store.journal.relations import PRIVATE, kept_back

if TYPE_CHECKING:
    from sqlite_utils import Database

    from qualcode.model import Change, JournalEntry

UNSIGNED = PRIVATE | {"theme_quotes"}
# what is rewritten where a name is hidden, beside `WRITTEN`
_REWRITTEN: Mapping[str, Sequence[str]] = {
    "turns": ("turns",),
    "revisions": ("edits",),
    "freezes": ("digest",),
}


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature of an entry: over its head, the digests of its `parts` and that of its `words` (with `salt`)."""

    entry_id: str
    key_id: str
    parts: tuple[str, ...]
    words: str
    salt: str
    signature: str

    def fits(self, project_id: str, entry: JournalEntry, public: str) -> bool:
        """Whether this is the signature, by the key with that public half, of the entry as it is told here."""
        told = _parts(entry)
        whole = not any(kept_back(c) and c.table not in UNSIGNED for c in entry.changes)
        return (
            len(self.parts) == len(told)
            and all(one in ("", kept) for one, kept in zip(told, self.parts, strict=True))
            and (not whole or not self.salt or _words(entry, self.salt) == self.words)
            and keyring.fits(public, _message(project_id, entry, self.parts, self.words), self.signature)
        )

    def as_kept_with(self, entry: JournalEntry) -> Signature:
        """The signature as it is kept with an entry: without its salt where words were taken out of that."""
        stands = self.salt and _words(entry, self.salt) == self.words
        return self if stands else replace(self, salt="")


def sign(project_id: str, entry: JournalEntry, key_id: str) -> Signature:
    """The signature of an entry by a key that is on this machine."""
    salt = secrets.token_hex(16)
    parts, words = _parts(entry), _words(entry, salt)
    message = _message(project_id, entry, parts, words)
    return Signature(entry.id, key_id, parts, words, salt, keyring.sign(key_id, message))


def signatures(db: Database, of: str | None = None) -> dict[str, Signature]:
    """The signatures that are here, by the id of the entry; only that `of` one entry, if asked."""
    where, values = ("", []) if of is None else ("WHERE entry_id = ?", [of])
    found = rows.select(db, f"SELECT * FROM signatures {where}", values)
    return {row["entry_id"]: Signature(**{**row, "parts": tuple(json.loads(row["parts"]))}) for row in found}


def forget_salt(db: Database, entry: JournalEntry) -> None:
    """Where words go from an entry that is here, nothing is left to try out what they were."""
    kept = signatures(db, entry.id).get(entry.id)
    if kept is not None and kept.as_kept_with(entry) != kept:
        db.execute("UPDATE signatures SET salt = '' WHERE entry_id = ?", [entry.id])


def keep_signatures(db: Database, kept: Iterable[Signature]) -> None:
    """Keep signatures, those that are here already excepted."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO signatures (entry_id, key_id, parts, words, salt, signature) VALUES (?, ?, ?, ?, ?, ?)",
        [(s.entry_id, s.key_id, json.dumps(s.parts), s.words, s.salt, s.signature) for s in kept],
    )


def _parts(entry: JournalEntry) -> tuple[str, ...]:
    """For each change the digest of what it does, without the words in it; empty where it is not signed or not told."""
    return tuple(
        ""
        if change.table in UNSIGNED or kept_back(change)
        else _digest([change.table, change.id, *(_structure(change, row) for row in _sides(change))])
        for change in entry.changes
    )


def _words(entry: JournalEntry, salt: str) -> str:
    told = [
        [{name: row[name] for name in _written(change) if name in row} for row in _sides(change) if row]
        for change in entry.changes
        if change.table not in UNSIGNED
    ]
    return _digest([salt, entry.note, told])


def _structure(change: Change, row: Mapping[str, Any] | None) -> Any:
    written = _written(change)
    return None if row is None else {name: value for name, value in row.items() if name not in written}


def _sides(change: Change) -> tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]:
    return change.before, change.after


def _written(change: Change) -> set[str]:
    return {*WRITTEN.get(change.table, ()), *_REWRITTEN.get(change.table, ())}


def _message(project_id: str, entry: JournalEntry, parts: Sequence[str], words: str) -> bytes:
    head = [project_id, entry.id, entry.tick, entry.at, entry.coder_id, entry.action, entry.undoes]
    return _digest(["qualcode entry", *head, list(parts), words]).encode()


def _digest(value: Any) -> str:
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
