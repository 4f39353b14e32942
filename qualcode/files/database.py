"""Databases of other programs (SQLite), read without changing them and without trusting them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qualcode.errors import InputError
from qualcode.i18n import _

Row = dict[str, Any]


class ForeignDatabase:
    """The tables of one file."""

    def __init__(self, connection: sqlite3.Connection, where: str) -> None:
        self._connection, self.where = connection, where
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        self.tables = frozenset(name for (name,) in found)

    def rows(self, table: str, order: str = "rowid") -> list[Row]:
        """Every row of a table, as mappings; nothing if this version of the program has no such table."""
        if table not in self.tables:
            return []
        cursor = self._connection.execute(f'SELECT * FROM "{table}" ORDER BY {order}')
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def foreign_database(path: Path) -> Iterator[ForeignDatabase]:
    """Open the file for reading; `InputError` if it is no such database or is damaged."""
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(uri, uri=True)
    except sqlite3.Error as error:
        raise _unreadable(path) from error
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        yield ForeignDatabase(connection, path.name)
    except sqlite3.Error as error:
        raise _unreadable(path) from error
    finally:
        connection.close()


def _unreadable(path: Path) -> InputError:
    return InputError(_("{file} is not a project database that can be read.").format(file=path.name))


def words(row: Row, name: str) -> str:
    """A field as text without white space around it; "" if it is missing or no text."""
    value = row.get(name)
    return value.strip() if isinstance(value, str) else "" if value is None else str(value)


def whole(row: Row, name: str) -> int | None:
    """A field as a whole number; `None` if it is none."""
    value = row.get(name)
    return value if isinstance(value, int) else None
