"""What every noun of the project file stands on: the open file, and who is at work in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.store.file import rows
from qualcode.store.file.files import plain_errors
from qualcode.store.journal.entries import Journal, Transaction

if TYPE_CHECKING:
    from sqlite_utils import Database

    from qualcode.model import Coder


class OpenFile:
    """An open project file with its journal. `coder` is the person at work: who writes, and who looks."""

    def __init__(self, path: Path, db: Database) -> None:
        self.path = path
        self.db = db
        self.journal = Journal(db, path)
        self.coder: Coder | None = None

    @cached_property
    def id(self) -> str:
        """The project's identity, the same in every copy of the file."""
        return str(self.db.execute("SELECT value FROM meta WHERE key = 'project_id'").fetchone()[0])

    def select(self, sql: str, parameters: Iterable[Any] = ()) -> list[rows.Row]:
        """The rows of a query, with words for people if the file cannot be read."""
        with plain_errors(self.path):
            return rows.select(self.db, sql, parameters)

    def transaction(self, action: str, note: str = "") -> AbstractContextManager[Transaction]:
        """Do several things as one: one transaction, one journal entry, one undo."""
        return self.journal.transaction(action, self.coder.id if self.coder else None, note)

    @contextmanager
    def unjournaled(self, *, only_looking: bool = False) -> Iterator[Database]:
        """Write what the journal does not tell of (a PIN, what is wiped): one transaction without an entry.

        Who is `only_looking` turns all back, so that nobody need be refused.
        """
        if not only_looking:
            self.journal.before_writing()
        with plain_errors(self.path), self.db.atomic():
            yield self.db

    def require_coder(self) -> Coder:
        """The person at work; raises `QualcodeError` if nobody said who they are."""
        if self.coder is None:
            raise QualcodeError(_("Say who is coding first (F9; on the command line: --as NAME)."))
        return self.coder


class Records:
    """One noun of the project file."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file


class News:
    """Looks, as often as asked, whether somebody else wrote in the journal. Costs next to nothing."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file
        self._version = self._data_version()
        self._others = self._written_by_others()

    def any(self) -> bool:
        """Whether others wrote in the journal since this was asked last."""
        with plain_errors(self._file.path):
            version = self._data_version()
            if version == self._version:
                return False
            self._version = version
            before, self._others = self._others, self._written_by_others()
        return self._others != before

    def _data_version(self) -> int:
        """Another number after each change of the file by another connection (https://sqlite.org/pragma.html)."""
        return int(self._file.db.execute("PRAGMA data_version").fetchone()[0])

    def _written_by_others(self) -> int:
        total = int(self._file.db.execute("SELECT count(*) FROM journal").fetchone()[0])
        return total - self._file.journal.written
