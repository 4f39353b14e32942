"""The record tables brought to what a replay of the journal says."""

from __future__ import annotations

import sqlite3
from base64 import b32encode
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING

from qualcode.model import Change
from qualcode.store.file import rows
from qualcode.store.journal.relations import PLACED, PRIVATE, RecordTable, tables
from qualcode.store.journal.texts import versions_of
from qualcode.store.records.seals import withheld
from qualcode.text.spans import Span

if TYPE_CHECKING:
    from sqlite_utils import Database

    from qualcode.store.file.rows import Row
    from qualcode.store.journal.replay import Replay
    from qualcode.store.records.base import OpenFile


def carry_along(file: OpenFile, transcript_ids: Collection[str] | None = None) -> int:
    """Carry what stands on an older text (of these interviews, or of all) as one act; returns how many codings moved.

    A coding whose words were all deleted stays on the word beside that place, to be looked at.
    """
    carriers: dict[tuple[str, str], Callable[[Span], Span]] = {}
    moved = 0
    ids = sorted(transcript_ids or ())
    only = f"AND p.transcript_id IN ({', '.join('?' * len(ids))})" if transcript_ids is not None else ""
    with file.transaction("codings.carry") as transaction:
        for table in PLACED:
            behind = rows.select(
                file.db,
                f"SELECT p.id, p.start, p.end, p.transcript_id, p.text_hash AS old, t.text_hash AS new FROM {table} p "
                f"JOIN transcripts t ON t.id = p.transcript_id WHERE p.text_hash <> t.text_hash {only} "
                "ORDER BY p.id",
                ids,
            )
            for row in behind:
                way = (row["transcript_id"], row["old"])
                if way not in carriers:
                    versions = versions_of(file.db, row["transcript_id"])
                    assert versions is not None  # joined to its interview
                    carriers[way] = versions.carrier(row["old"], row["new"])
                place = carriers[way](Span(row["start"], row["end"]))
                transaction.update(table, row["id"], start=place.start, end=place.end, text_hash=row["new"])
            moved += len(behind) if table == "codings" else 0
    return moved


def fingerprint(db: Database) -> str:
    """Eight characters that are the same on two copies when, and only when, their analyses are (blake2b, base 32).

    Everything that merging makes equal counts: all records, by whatever acts they came about. While readings are
    withheld, what only their coder can have does not count.
    """
    hashed = blake2b(digest_size=5)
    sealed = withheld(db)
    for table, known in tables(db).items():
        hashed.update(table.encode())
        if table == "codings":
            for key, part in sorted(_states_of_codings(db, known).items()):
                if key not in sealed:
                    hashed.update(f"{key} {part}".encode())
            continue
        if sealed and table in PRIVATE - {"done"}:
            continue
        by_id = table != "turns"
        columns = ", ".join(sorted(known.defaults)) if by_id else "*"
        order = "id" if by_id else "transcript_id, n"
        left_out = sorted(sealed) if table == "theme_quotes" else []
        where = f"WHERE transcript_id NOT IN ({', '.join('?' * len(left_out))})" if left_out else ""
        for row in db.execute(f"SELECT {columns} FROM {table} {where} ORDER BY {order}", left_out):
            hashed.update(repr(row).encode())
    told = b32encode(hashed.digest()).decode().lower()
    return f"{told[:4]}-{told[4:]}"


def _states_of_codings(db: Database, known: RecordTable) -> dict[str, str]:
    """The state of the codings of each interview that has any; what did not change since is not read again."""
    parts = dict(db.execute("SELECT transcript_id, hash FROM state_parts").fetchall())
    columns = ", ".join(sorted(known.defaults))
    query = f"SELECT {columns} FROM codings WHERE transcript_id = ? ORDER BY id"
    new = {}
    for (key,) in db.execute("SELECT id FROM transcripts").fetchall():
        if key not in parts:
            hashed = blake2b(digest_size=16)
            for row in db.execute(query, [key]):
                hashed.update(repr(row).encode())
            new[key] = hashed.hexdigest()
    if new:
        with suppress(sqlite3.OperationalError), db.atomic():  # not in a file that is open only to be read
            db.conn.executemany("INSERT OR REPLACE INTO state_parts VALUES (?, ?)", new.items())
    return parts | new


def write_state(db: Database, known: Mapping[str, RecordTable], state: Replay) -> list[Change]:
    """Bring every record table to the state of a replay; returns what had to be changed."""
    written: list[Change] = []
    for table in known:
        written += differing_rows(table, present_rows(db, table), state.rows(table))
    # records that go make room first; the turns of an interview come after it
    written.sort(key=lambda change: (change.after is not None, change.table == "turns"))
    rows.write(db, written)
    _write_derived(db, state)
    return written


def differing_rows(table: str, present: Mapping[str, Row], wanted: Mapping[str, Row]) -> list[Change]:
    """What has to change in a table to bring it from what is there to what is wanted."""
    changed = [Change(table, key, row, None) for key, row in present.items() if key not in wanted]
    for key, row in wanted.items():
        old = present.get(key)
        if old != row:
            changed.append(Change(table, key, old, row))
    return changed


def present_rows(db: Database, table: str) -> dict[str, Row]:
    """The records of a table as they stand in the file now, by id."""
    if table == "turns":
        return rows.all_turns(db)
    return {row["id"]: row for row in rows.select(db, f"SELECT * FROM {table}")}


def _write_derived(db: Database, state: Replay) -> None:
    db.execute("DELETE FROM aliases")
    db.conn.executemany(
        "INSERT INTO aliases (tbl, id, canonical) VALUES (?, ?, ?)",
        [(table, one, state.canonical(table, one)) for table, one in state.aliases],
    )
    for table, one in state.aliases:
        if table == "coders":
            db.execute(
                "UPDATE OR IGNORE pins SET coder_id = ? WHERE coder_id = ?",
                [state.canonical(table, one), one],
            )
    db.execute("DELETE FROM contests")
    db.conn.executemany(
        "INSERT INTO contests (id, tbl, row_id, field, entry_id, tick, value, coder_id, other_value, "
        "other_coder_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (c.id, c.table, c.row_id, c.field, c.entry_id, c.tick, c.value, c.by, c.other_value, c.other_by)
            for c in state.open_contests()
        ],
    )
