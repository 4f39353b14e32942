"""The record tables brought to what a replay of the journal says."""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database

from qualcode.model import Change
from qualcode.store import rows
from qualcode.store.relations import Table
from qualcode.store.replay import Replay
from qualcode.store.rows import Row


def write_state(db: Database, known: Mapping[str, Table], state: Replay) -> list[Change]:
    """Bring every record table to the state of a replay; returns what had to be changed."""
    written: list[Change] = []
    for table in known:
        written += differences(table, present_rows(db, table), state.rows(table))
    # records that go make room first; the turns of an interview come after it
    written.sort(key=lambda change: (change.after is not None, change.table == "turns"))
    rows.write(db, written)
    _write_derived(db, state)
    return written


def differences(table: str, present: Mapping[str, Row], wanted: Mapping[str, Row]) -> list[Change]:
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
