"""What every room of the store shares: the project it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from qualcode.store.file import rows
from qualcode.store.file.files import plain_errors

if TYPE_CHECKING:
    from qualcode.store.project import Project


class Room:
    """One noun of the project file."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def _select(self, sql: str, parameters: Iterable[Any] = ()) -> list[rows.Row]:
        with plain_errors(self._project.path):
            return rows.select(self._project.db, sql, parameters)
