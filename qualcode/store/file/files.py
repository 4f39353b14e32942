"""The project file as a file: its tables; made, opened and refused with a clear word."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import ConflictError, DamagedError, LockedError, ProjectError, QualcodeError
from qualcode.i18n import _

if TYPE_CHECKING:
    from sqlite_utils import Database

SUFFIX = ".qualcode"
SHARE_SUFFIX, INVITATION_SUFFIX = ".qcx", ".qci"
APPLICATION_ID = 0x51434F44  # "QCOD"
_SQLITE_HEADER = b"SQLite format 3\x00"


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say about `path` into words for people."""
    try:
        yield
    except QualcodeError:
        raise
    except sqlite3.IntegrityError as error:
        raise ConflictError(
            _("Other things in the project depend on this, so it cannot be done ({detail}).").format(
                detail=error
            )
        ) from error
    except (sqlite3.Error, OSError) as error:
        raise _in_words(path, error) from error


def _in_words(path: Path, error: Exception) -> ProjectError:
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LockedError(
            _("Another program is writing in {path}. Wait a moment, or close the other window.").format(
                path=path
            )
        )
    if primary == sqlite3.SQLITE_FULL or getattr(error, "errno", None) == 28:
        return ProjectError(
            _(
                "The disk is full: {path} could not be saved and stays as it was. Make room and try again."
            ).format(path=path)
        )
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM) or isinstance(
        error, PermissionError
    ):
        return ProjectError(
            _("You may not write in {path}. Copy the project to a folder of your own.").format(path=path)
        )
    if primary in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return damaged(path)
    return ProjectError(_("{path} could not be used: {detail}.").format(path=path, detail=error))


def damaged(path: Path) -> DamagedError:
    """The words for a file that cannot be read as a project."""
    return DamagedError(
        _(
            "{path} is damaged: it may have been copied while it was being written, or only in part. "
            "Take a backup, or another copy of the file."
        ).format(path=path)
    )


def create(path: Path) -> Database:
    """Make an empty project file, readable for its owner only.

    One that stands there unfinished, because making it was stopped half-way, gives way.
    Raises `ProjectError` if the file exists or its folder cannot be written.
    """
    from qualcode.store.file.schema import connect, migrations  # loads sqlite-utils

    if path.is_file() and is_free(path):
        path.unlink()
    if path.exists():
        raise ProjectError(_("{path} exists already. Choose another name, or open it.").format(path=path))
    if not path.parent.is_dir():
        raise ProjectError(_("There is no folder {path}. Make it first.").format(path=path.parent))
    with plain_errors(path):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        with plain_errors(path):
            db = connect(path)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migrations.apply(db)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return db


def open_file(path: Path, before_migrating: Callable[[Database], object]) -> Database:
    """Open an existing project file to write in, brought up to this version's schema.

    Raises `ProjectError` for a missing file, a file that is no project, one made by
    a newer version, or one that may not be written; `LockedError` if it is in use.
    """
    from qualcode.store.file.schema import connect, migrations  # loads sqlite-utils

    refuse_what_is_no_project(path)
    with plain_errors(path):
        db = connect(path)
        try:
            refuse_foreign(db, path)
            if not is_writable(path):
                raise PermissionError
            if migrations.pending(db):
                before_migrating(db)
                migrations.apply(db)
        except BaseException:
            db.close()
            raise
    return db


def behind(db: Database) -> bool:
    """Whether a project file was written by an earlier version, and has tables that are not as they are now."""
    from qualcode.store.file.schema import migrations

    return bool(migrations.pending(db))


def is_writable(path: Path) -> bool:
    """Whether the file may be written, and its folder: SQLite keeps a journal beside the file while it writes."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def copy_in_memory(path: Path) -> Database:
    """A copy of a project file as it is at this moment, in this version's schema; what is written in it is lost.

    Raises what `open_file` raises, save for a file that may not be written.
    """
    from qualcode.store.file.schema import connect, in_memory, migrations

    refuse_what_is_no_project(path)
    with plain_errors(path):
        # where the power went while it was being written, SQLite takes back what was half done
        source = connect(path, read_only=not is_writable(path))
        db = in_memory()
        try:
            refuse_foreign(source, path)
            source.conn.backup(db.conn)
            if migrations.pending(db):
                migrations.apply(db)
        except BaseException:
            db.close()
            raise
        finally:
            source.close()
    return db


def copy_to(path: Path, db: Database) -> None:
    """Write a copy of an open database to a file, with SQLite's online backup."""
    with closing(sqlite3.connect(path)) as into:
        db.conn.backup(into)


def project_id(path: Path) -> str:
    """Which project a file holds, without looking any further into it; "" if that cannot be read."""
    from qualcode.store.file.schema import connect

    try:
        with closing(connect(path, read_only=True)) as db:
            found = db.execute("SELECT value FROM meta WHERE key = 'project_id'").fetchone()
    except (OSError, sqlite3.Error):
        return ""
    return str(found[0]) if found else ""


def identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at a path now; `None` if there is none."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino


def sqlite_version() -> str:
    """The version of SQLite in use."""
    return sqlite3.sqlite_version


def refuse_what_is_no_project(path: Path) -> None:
    """Raise `ProjectError` if there is no file, or one that is no database at all."""
    if path.is_dir() or not path.exists():
        raise ProjectError(
            _("There is no project {path}. Make one with: qualcode new {path}").format(path=path)
            if not path.exists()
            else _("{path} is a folder, not a project file.").format(path=path)
        )
    with plain_errors(path), path.open("rb") as file:
        head = file.read(len(_SQLITE_HEADER))
    if not head:
        raise unfinished(path)
    if head != _SQLITE_HEADER:
        raise DamagedError(
            _("{path} is not a qualcode project (its contents are something else).").format(path=path)
        )


def unfinished(path: Path) -> DamagedError:
    """The words for a project in the making, in which nobody did anything yet."""
    return DamagedError(
        _("{path} holds nothing: making it was stopped half-way. Make it again, in the same place.").format(
            path=path
        )
    )


def is_free(path: Path) -> bool:
    """Whether a project can be made here: there is no file, or one whose making was stopped half-way."""
    if not path.exists() or (path.is_file() and not path.stat().st_size):
        return True
    from qualcode.store.file.schema import connect

    try:
        with closing(connect(path)) as db:
            mine = db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            return bool(mine) and is_empty(db)
    except (OSError, sqlite3.Error):
        return False


def is_empty(db: Database) -> bool:
    """Whether nothing was ever done in a project."""
    tables = {
        name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    }
    records = tables & {"journal", "codings", "texts", "coders"}
    try:
        return not any(db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in records)
    except sqlite3.DatabaseError:  # there is something, though it cannot be read
        return False


def refuse_foreign(db: Database, path: Path) -> None:
    """Raise `ProjectError` for a database of another program or of a newer version."""
    from qualcode.store.file.schema import TABLES, migrations

    tables = {
        name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    }
    if not tables - {"_sqlite_migrations"}:
        raise unfinished(path)
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ProjectError(
            _("{path} is a database of another program, not a qualcode project.").format(path=path)
        )
    if any(migration.name not in TABLES for migration in migrations.applied(db)):
        raise ProjectError(
            _("{path} was made by a newer version of qualcode. Install that version to open it.").format(
                path=path
            )
        )
