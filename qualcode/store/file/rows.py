"""Rows of the record tables: read, and changed one `Change` at a time.

A record is a row with a text key that acts make, change and delete. The turns of a
transcript are one record together: its key is the transcript's id and its only
field is the list of turns.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from qualcode.model import Change, Turn

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from sqlite_utils import Database

Row = dict[str, Any]
_PACKER = json.JSONEncoder(ensure_ascii=False)
PLACE = frozenset({"start", "end", "text_hash"})
"""Where a passage stands: always changed together, since positions mean nothing without their text."""
_TURN_FIELDS = ("start", "end", "speaker", "interviewer", "time_start", "time_end", "part", "role")


def read(db: Database, table: str, row_id: str) -> Row | None:
    """The record, or `None` if there is none with that key."""
    if table == "turns":
        rows = db.execute(
            f"SELECT {', '.join(_TURN_FIELDS)} FROM turns WHERE transcript_id = ? ORDER BY n", [row_id]
        ).fetchall()
        return {"turns": [_turn(row) for row in rows]} if rows else None
    cursor = db.execute(f"SELECT * FROM {table} WHERE id = ?", [row_id])
    row = cursor.fetchone()
    return dict(zip((column[0] for column in cursor.description), row, strict=True)) if row else None


def all_turns(db: Database) -> dict[str, Row]:
    """The turns of every transcript that has any, as records, by the transcript's id."""
    found: dict[str, Row] = {}
    for transcript_id, *turn in db.execute(
        f"SELECT transcript_id, {', '.join(_TURN_FIELDS)} FROM turns ORDER BY transcript_id, n"
    ).fetchall():
        found.setdefault(transcript_id, {"turns": []})["turns"].append(_turn(turn))
    return found


def select(db: Database, sql: str, parameters: Iterable[Any] = ()) -> list[Row]:
    """The rows of a query as dicts."""
    cursor = db.execute(sql, list(parameters))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def write(db: Database, changes: Iterable[Change]) -> None:
    """Bring every changed record to its state after the change."""
    inserts: dict[tuple[str, tuple[str, ...]], list[list[Any]]] = {}
    for change in changes:
        if change.after == {}:
            continue  # an alias comes back: its record has a change of its own
        if change.before is None and change.after is not None and change.table != "turns":
            columns = tuple(change.after)
            inserts.setdefault((change.table, columns), []).append(list(change.after.values()))
            continue
        _flush(db, inserts)
        _write_one(db, change)
    _flush(db, inserts)


def _flush(db: Database, inserts: dict[tuple[str, tuple[str, ...]], list[list[Any]]]) -> None:
    for (table, columns), rows in inserts.items():
        db.conn.executemany(_insert_sql(table, columns), rows)
    inserts.clear()


@cache
def _insert_sql(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def _write_one(db: Database, change: Change) -> None:
    if change.table == "turns":
        _write_turns(db, change.id, (change.after or {}).get("turns", []))
    elif change.after is None:
        db.execute(f"DELETE FROM {change.table} WHERE id = ?", [change.id])
    else:
        fields = [name for name in change.after if name != "id"]
        if fields:
            pairs = ", ".join(f"{name} = ?" for name in fields)
            values = [change.after[name] for name in fields]
            db.execute(f"UPDATE {change.table} SET {pairs} WHERE id = ?", [*values, change.id])


def update_all(db: Database, table: str, changes: Iterable[Change]) -> None:
    """Bring changed records of one table, each of which stands there once, to their state after the change."""
    by_columns: dict[tuple[str, ...], list[list[Any]]] = {}
    for change in changes:
        after = change.after or {}
        by_columns.setdefault(tuple(after), []).append([*after.values(), change.id])
    for columns, values in by_columns.items():
        pairs = ", ".join(f"{name} = ?" for name in columns)
        db.conn.executemany(f"UPDATE {table} SET {pairs} WHERE id = ?", values)


def _write_turns(db: Database, transcript_id: str, turns: list[list[Any]]) -> None:
    db.execute("DELETE FROM turns WHERE transcript_id = ?", [transcript_id])
    names = ", ".join(("transcript_id", "n", *_TURN_FIELDS))
    marks = ", ".join("?" * (len(_TURN_FIELDS) + 2))
    db.conn.executemany(
        f"INSERT INTO turns ({names}) VALUES ({marks})",
        [
            (transcript_id, n, *turn, *("",) * (len(_TURN_FIELDS) - len(turn)))
            for n, turn in enumerate(turns, 1)
        ],
    )


def turns_record(turns: Iterable[Turn]) -> Row:
    """The record of a transcript's turns."""
    return {
        "turns": [
            _turn(
                (
                    t.start,
                    t.end,
                    t.speaker,
                    int(t.interviewer),
                    t.time_start,
                    t.time_end,
                    t.part,
                    str(t.role or ""),
                )
            )
            for t in turns
        ]
    }


def _turn(fields: Sequence[Any]) -> list[Any]:
    """A turn as records have it: its role only where it has one of its own."""
    return list(fields if fields[-1] else fields[:-1])


def of(noun: DataclassInstance) -> Row:
    """The record of a noun whose fields are its columns: lists as JSON, truth as 0 or 1, labels by their keys."""
    return {each.name: _as_kept(getattr(noun, each.name)) for each in fields(noun)}


def _as_kept(value: Any) -> Any:
    if isinstance(value, tuple):
        return json.dumps(list(value))
    if isinstance(value, StrEnum):
        return str(value)
    return int(value) if isinstance(value, bool) else value


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Row, Row]:
    """Only the fields of `after` that differ, as they were and as they become.

    A place in a text is always whole: its start, its end and the text they are counted in.
    """
    names = [name for name, value in after.items() if before.get(name) != value]
    if not PLACE.isdisjoint(names) and before.keys() >= PLACE:
        after = {**{name: before[name] for name in sorted(PLACE)}, **after}
        names = [name for name in after if name in names or name in PLACE]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def pack(changes: Iterable[Change]) -> str:
    """Changes as the JSON kept in the journal."""
    return _PACKER.encode([[c.table, c.id, c.before, c.after] for c in changes])


def unpack(text: str) -> tuple[Change, ...]:
    """Changes from the JSON kept in the journal."""
    return tuple(Change(*fields) for fields in json.loads(text))
