"""The common case of a merge, seen at once: codings, memos and marks that only come on top.

When nothing is changed or deleted and everything referred to is there and always was, the
records can be written as they are: playing the whole journal would give the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlite_utils import Database

from qualcode.model import Change, JournalEntry
from qualcode.store.file import rows
from qualcode.store.journal.entries import ENTRY_FIELDS, entry_of
from qualcode.store.journal.incoming import Incoming
from qualcode.store.journal.relations import RecordTable

# nothing refers to these, and two of them are never one
_LEAVES = frozenset({"codings", "memos", "done", "rationales", "reviews"})
_AT_ONCE = 500


def additions(
    db: Database, tables: Mapping[str, RecordTable], incoming: Incoming
) -> list[JournalEntry] | None:
    """The entries that are not here yet, if they only add; `None` if more has to be looked at."""
    fresh = _not_here(db, incoming)
    if fresh is None:
        return None
    changes = [change for entry in fresh for change in entry.changes]
    special = any(
        db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in ("aliases", "forgotten")
    )
    if special or not all(_adds(change) for change in changes):
        return None
    people = _ids(db, "coders")
    known_people = all(entry.coder_id is None or entry.coder_id in people for entry in fresh)
    if known_people and _new(db, changes) and _firm(db, tables, changes) and _on_the_same_text(db, changes):
        return fresh
    return None


def _not_here(db: Database, incoming: Incoming) -> list[JournalEntry] | None:
    """The entries whose ids are not known here; `None` if a known one says something else here."""
    here = _ids(db, "journal")
    both = {entry.id: entry for entry in incoming.entries if entry.id in here}
    for ids in _chunks(both):
        found = rows.select(
            db, f"SELECT {ENTRY_FIELDS} FROM journal WHERE id IN ({', '.join('?' * len(ids))})", ids
        )
        if any(entry_of(row) != both[row["id"]] for row in found):
            return None
    fresh = {entry.id: entry for entry in incoming.entries if entry.id not in here}
    return list(fresh.values())


def _adds(change: Change) -> bool:
    return change.before is None and bool(change.after) and change.table in _LEAVES


def _new(db: Database, changes: list[Change]) -> bool:
    """Whether no entry here ever spoke of any of the records, and each is made once."""
    for table in {change.table for change in changes}:
        made = [change.id for change in changes if change.table == table]
        spoken_of = {
            row[0] for row in db.execute("SELECT row_id FROM journal_rows WHERE tbl = ?", [table]).fetchall()
        }
        if len(set(made)) < len(made) or not spoken_of.isdisjoint(made):
            return False
    return True


def _firm(db: Database, tables: Mapping[str, RecordTable], changes: Iterable[Change]) -> bool:
    """Whether all that is referred to is there, and was never deleted."""
    targets: dict[str, set[str]] = {}
    for change in changes:
        for column, table in tables[change.table].references.items():
            wanted = (change.after or {}).get(column)
            if wanted is not None:
                targets.setdefault(table, set()).add(wanted)
    return all(ids <= _ids(db, table) and not _ever_deleted(db, table, ids) for table, ids in targets.items())


def _ever_deleted(db: Database, table: str, ids: Collection[str]) -> bool:
    for some in _chunks(ids):
        found = db.execute(
            "SELECT DISTINCT e.id, e.changes FROM journal e JOIN journal_rows r ON r.entry_id = e.id "
            f"WHERE r.tbl = ? AND r.row_id IN ({', '.join('?' * len(some))})",
            [table, *some],
        ).fetchall()
        for _id, packed in found:
            for change in rows.unpack(packed):
                if change.table == table and change.id in ids and change.after is None:
                    return True
    return False


def _on_the_same_text(db: Database, changes: Iterable[Change]) -> bool:
    sizes = dict(db.execute("SELECT hash, length(text) FROM texts").fetchall())
    texts = dict(db.execute("SELECT id, text_hash FROM transcripts").fetchall())
    return all(
        row["text_hash"] == texts.get(row["transcript_id"]) and row["end"] <= sizes[row["text_hash"]]
        for change in changes
        if change.table == "codings" and (row := change.after) is not None
    )


def _ids(db: Database, table: str) -> set[str]:
    return {row[0] for row in db.execute(f"SELECT id FROM {table}").fetchall()}


def _chunks(ids: Iterable[str]) -> Iterable[list[str]]:
    every = list(ids)
    return (every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE))
