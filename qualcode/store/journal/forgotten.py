"""What the journal no longer says: everything about interviews that were forgotten on purpose.

The place of a change stays, its contents go, here and on every copy that is merged with this one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.model import Change, JournalEntry

if TYPE_CHECKING:
    from sqlite_utils import Database

Key = tuple[str, str]


def forgotten(entries: Iterable[JournalEntry]) -> set[str]:
    """The interviews (ids) that any entry says are to be forgotten."""
    return {
        change.id
        for entry in entries
        for change in entry.changes
        if change.table == "forgotten" and change.after is not None
    }


def about(entries: Iterable[JournalEntry], transcripts: Collection[str]) -> set[Key]:
    """The records (table, id) that are these interviews or speak of them."""
    found = {(table, key) for table in ("transcripts", "turns") for key in transcripts}
    if not transcripts:
        return set()
    for entry in entries:
        for change in entry.changes:
            for row in (change.before, change.after):
                if row and (row.get("transcript_id") in transcripts or row.get("target_id") in transcripts):
                    found.add((change.table, change.id))
    return found


def veiled(entry: JournalEntry, records: Collection[Key]) -> JournalEntry:
    """An entry that no longer says anything about these records; its reason in words goes too."""
    if not any((change.table, change.id) in records for change in entry.changes):
        return entry
    kept = (
        Change(change.table, change.id, None, None) if (change.table, change.id) in records else change
        for change in entry.changes
    )
    return replace(entry, changes=tuple(kept), note="")


def wipe_texts(db: Database, entries: Iterable[JournalEntry], records: Collection[Key]) -> None:
    """Delete the texts that these records had, unless an interview has them now."""
    hashes = {
        row["text_hash"]
        for entry in entries
        for change in entry.changes
        if (change.table, change.id) in records
        for row in (change.before, change.after)
        if row and "text_hash" in row
    } | {
        row["before_hash"]
        for entry in entries
        for change in entry.changes
        if change.table == "revisions" and (change.table, change.id) in records
        for row in (change.after,)
        if row
    }
    db.conn.executemany(
        "DELETE FROM texts WHERE hash = ? AND hash NOT IN (SELECT text_hash FROM transcripts)",
        [(text_hash,) for text_hash in sorted(hashes)],
    )
