"""No two records under one name: looked after when an act is turned back."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from qualcode.errors import ConflictError
from qualcode.i18n import _
from qualcode.model import Change
from qualcode.store.relations import NAMES, name_key

_ALSO_ONE_TEXT = {"transcripts": "text_hash"}


def refuse_twins(db: Database, changes: Iterable[Change]) -> None:
    """Raise `ConflictError` if a changed record now has the name or the text of another one."""
    changed = {(change.table, change.id) for change in changes if change.after}
    for table in sorted({table for table, _id in changed if table in NAMES}):
        for column in filter(None, (NAMES[table], _ALSO_ONE_TEXT.get(table))):
            named: dict[object, str] = {}
            for row_id, value in db.execute(f"SELECT id, {column} FROM {table} ORDER BY id").fetchall():
                other = named.setdefault(name_key(table, value), row_id)
                if other != row_id and {(table, other), (table, row_id)} & changed:
                    raise ConflictError(
                        _(
                            "This can no longer be undone: “{name}” has been given to something else since."
                        ).format(name=value)
                    )
