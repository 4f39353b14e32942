"""Whether another program changed the project file meanwhile."""

from __future__ import annotations

from qualcode.store.files import plain_errors
from qualcode.store.project import Project


class News:
    """Looks, as often as asked, whether somebody else wrote in the journal. Costs next to nothing."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._version = self._data_version()
        self._others = self._written_by_others()

    def any(self) -> bool:
        """Whether others wrote in the journal since this was asked last."""
        with plain_errors(self._project.path):
            version = self._data_version()
            if version == self._version:
                return False
            self._version = version
            before, self._others = self._others, self._written_by_others()
        return self._others != before

    def _data_version(self) -> int:
        """Another number after each change of the file by another connection (https://sqlite.org/pragma.html)."""
        return int(self._project.db.execute("PRAGMA data_version").fetchone()[0])

    def _written_by_others(self) -> int:
        total = int(self._project.db.execute("SELECT count(*) FROM journal").fetchone()[0])
        return total - self._project.journal.written
