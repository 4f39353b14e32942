"""Older copies of a project, and what this machine remembers of the file as it left it.

They lie with the data of this person on this machine, for their owner only, in a folder per project (by its id): not
beside the project, where a cloud folder or a colleague would get them too.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from qualcode.errors import DamagedError, InputError, NotFoundError, ProjectError, QualcodeError
from qualcode.files.saving import save, save_bytes
from qualcode.i18n import N_, _, date
from qualcode.store.file import files

if TYPE_CHECKING:
    from sqlite_utils import Database

KEPT = 10
_DAMAGED = ".damaged"
_MOMENT = "%Y%m%dT%H%M%S%f"
_BESIDE = ("-journal", "-wal", "-shm")


class Occasion(StrEnum):
    """What a backup was made for."""

    DAY = "day"
    MERGE = "merge"
    HIDE = "hide"
    MIGRATION = "migration"
    REPAIR = "repair"
    RESTORE = "restore"
    ASKED = "asked"

    @property
    def label(self) -> str:
        """In words."""
        return _(_LABELS[self])


_LABELS = {
    Occasion.DAY: N_("before the first change of that day"),
    Occasion.MERGE: N_("before a merge"),
    Occasion.HIDE: N_("after a name or an interview was taken out"),
    Occasion.MIGRATION: N_("before a newer version of qualcode changed the file"),
    Occasion.REPAIR: N_("before a repair"),
    Occasion.RESTORE: N_("the file that was replaced by a backup"),
    Occasion.ASKED: N_("made by hand"),
}


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy. `here`: of the file in the place that was asked for, and not of another copy of the project."""

    path: Path
    at: datetime
    why: Occasion
    here: bool

    @property
    def damaged(self) -> bool:
        """Whether it is a damaged file, kept as it was."""
        return self.path.suffix == _DAMAGED

    @property
    def moment(self) -> str:
        """When it was made, for people."""
        return date(self.at.astimezone(), time=True)

    def in_words(self) -> str:
        """When it was made and what for."""
        words = [self.moment, self.why.label]
        if self.damaged:
            words.append(_("damaged"))
        if not self.here:
            words.append(_("of a copy in another place"))
        return " · ".join(words)


def folder() -> Path:
    """Where all backups of this person on this machine are."""
    return user_data_path("qualcode", appauthor=False) / "backups"


def can_be_made() -> bool:
    """Whether the folder can be written on this machine."""
    there = next(each for each in (folder(), *folder().parents) if each.exists())
    return os.access(there, os.W_OK)


# what is remembered of a project file: its id, and how it was left


def is_as_left(path: Path) -> bool:
    """Whether a file is just as qualcode left it on this machine, and so need not be looked over again."""
    try:
        return _remembered(path)[1:] == [_fingerprint(path)]
    except (OSError, ValueError):
        return False


def remember(path: Path, db: Database) -> None:
    """Note how a sound file is left; where that cannot be kept it is looked over once more next time."""
    with suppress(OSError, sqlite3.Error, ProjectError):
        note = _note(path)
        _own_folder(note.parent)
        note.write_text(f"{_id_in(db)}\n{_fingerprint(path)}\n", encoding="ascii")


def _note(path: Path) -> Path:
    return folder() / "files" / _place(path)


def _place(path: Path) -> str:
    return _short(str(path.resolve()))


def _short(words: str) -> str:
    """A name that is safe in any folder."""
    return sha256(words.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _fingerprint(path: Path) -> str:
    about = path.stat()
    return f"{about.st_ino} {about.st_size} {about.st_mtime_ns} {about.st_ctime_ns}"


def _remembered(path: Path) -> list[str]:
    return _note(path).read_text(encoding="ascii").splitlines()


def _id_in(db: Database) -> str:
    found = db.execute("SELECT value FROM meta WHERE key = 'project_id'").fetchone()
    if found is None:
        raise ProjectError(_("The file no longer says which project it is."))
    return str(found[0])


def remembered_id(path: Path) -> str:
    """The id of the project that was seen in this place before; "" if none was."""
    with suppress(OSError, ValueError, IndexError):
        return _remembered(path)[0]
    return ""


def _id_of(path: Path) -> str:
    """The id of a project file: from the file itself, else as it was seen in this place before ("" if neither)."""
    return files.project_id(path) or remembered_id(path)


# making, finding and taking away


def make(db: Database, path: Path, why: Occasion) -> Backup:
    """Copy an open project file; of those of its place the newest ten stay. Raises `ProjectError` if it cannot be."""
    with _words_for_the_folder():
        project_id = _id_in(db)
        made = _new_name(path, project_id, why, files.SUFFIX)
        save(made, lambda temporary: files.copy_to(temporary, db))
        return _keep_newest(path, project_id)


def keep(db: Database, path: Path, why: Occasion) -> None:
    """Make a backup that nobody asked for: that it cannot be made stands in nobody's way."""
    with suppress(ProjectError):
        make(db, path, why)


def keep_daily(db: Database, path: Path) -> None:
    """Make a backup if this is the first change today of a project in which something was done before."""
    if not db.execute("SELECT 1 FROM journal LIMIT 1").fetchone():
        return
    today = datetime.now(UTC).date()
    with suppress(ProjectError):
        if not any(one.here and one.at.date() == today for one in _of(path, _id_in(db))):
            make(db, path, Occasion.DAY)


def must_wipe(db: Database) -> None:
    """Note, in the transaction that takes something out, that its traces are to be wiped (`finish_wiping`)."""
    db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('to_wipe', '1')")


def finish_wiping(db: Database, path: Path) -> None:
    """Wipe what was taken out, if that was not done yet: the program may have been killed before it came to it."""
    if db.execute("SELECT 1 FROM meta WHERE key = 'to_wipe'").fetchone():
        wipe_traces(db, path)


def sweep(db: Database, path: Path) -> None:
    """Rewrite the file without free pages, and empty its write-ahead log: nothing lingers there."""
    with files.plain_errors(path):
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.execute("VACUUM")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def wipe_traces(db: Database, path: Path) -> None:
    """Leave nothing of a name or an interview that was taken out: no free page, no log, no backup made before."""
    sweep(db, path)
    with _words_for_the_folder():
        for file in _own_folder(_folder_of(_id_in(db))).iterdir():
            file.unlink(missing_ok=True)
    with files.plain_errors(path), db.atomic():
        db.execute("DELETE FROM meta WHERE key = 'to_wipe'")
    keep(db, path, Occasion.HIDE)


def of_project(path: Path) -> list[Backup]:
    """The backups of a project file, the newest first; also if the file is damaged or gone."""
    project_id = _id_of(path)
    return _of(path, project_id) if project_id else []


def newest_sound(path: Path) -> Backup | None:
    """The newest backup that can be put back."""
    for one in of_project(path):
        with suppress(QualcodeError), closing(sound_copy(one.path)):
            return one
    return None


def sound_copy(path: Path) -> Database:
    """A copy in memory of a file that can be put back; raises `DamagedError` if it cannot."""
    db = files.copy_in_memory(path)
    with files.plain_errors(path):
        if [row[0] for row in db.execute("PRAGMA integrity_check").fetchall()] != ["ok"]:
            db.close()
            raise files.damaged(path)
    return db


def restore(path: Path, source: Path) -> Backup | None:
    """Put a copy in the place of a project file; returns the backup in which the replaced file is kept.

    Raises `DamagedError` if the copy is damaged, and `InputError` if it is of another project.
    """
    with closing(sound_copy(source)) as db:
        known = _id_of(path)
        if known and known != _id_in(db):
            raise InputError(_("{file} is a copy of another project.").format(file=source))
        replaced = _keep_replaced(path, _id_in(db)) if path.exists() else None

        def write(temporary: Path) -> None:
            files.copy_to(temporary, db)
            for ending in _BESIDE:  # they belong to the file that goes, and would spoil this one
                path.with_name(path.name + ending).unlink(missing_ok=True)

        save(path, write)
        remember(path, db)
    return replaced


def _keep_replaced(path: Path, project_id: str) -> Backup:
    try:
        with closing(sound_copy(path)) as db:
            return make(db, path, Occasion.RESTORE)
    except DamagedError:
        with _words_for_the_folder():
            as_it_is = _new_name(path, project_id, Occasion.RESTORE, _DAMAGED)
            save_bytes(as_it_is, path.read_bytes())
            return _keep_newest(path, project_id)


def _new_name(path: Path, project_id: str, why: Occasion, ending: str) -> Path:
    place = _own_folder(_folder_of(project_id))
    return place / f"{datetime.now(UTC).strftime(_MOMENT)}-{why}-{_place(path)}{ending}"


def _folder_of(project_id: str) -> Path:
    return folder() / _short(project_id)


def _own_folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for each in (path, path.parent):
        each.chmod(0o700)
    return path


def _keep_newest(path: Path, project_id: str) -> Backup:
    """Take away the oldest of one place; returns the newest."""
    of_here = [one for one in _of(path, project_id) if one.here]
    for old in of_here[KEPT:]:
        old.path.unlink(missing_ok=True)
    return of_here[0]


def _of(path: Path, project_id: str) -> list[Backup]:
    place = _place(path)
    found = [_read_name(file, place) for file in _folder_of(project_id).glob("*-*-*.*")]
    return sorted((one for one in found if one), key=lambda one: one.at, reverse=True)


def _read_name(file: Path, place: str) -> Backup | None:
    moment, why, of = file.stem.split("-", 2)
    try:
        return Backup(
            file, datetime.strptime(moment, _MOMENT).replace(tzinfo=UTC), Occasion(why), of == place
        )
    except ValueError:
        return None


def chosen(path: Path, which: str) -> Path:
    """The backup of that number (1 is the newest), or a file by its name; raises `NotFoundError`."""
    if Path(which).is_file():
        return Path(which)
    found = of_project(path)
    if which.isascii() and which.isdigit() and 1 <= int(which) <= len(found):
        return found[int(which) - 1].path
    raise NotFoundError(
        _("There is no backup {which} of {path}. See them with: qualcode restore {path}").format(
            which=which, path=path
        )
    )


@contextmanager
def _words_for_the_folder() -> Iterator[None]:
    try:
        yield
    except (OSError, InputError, sqlite3.Error) as error:
        raise ProjectError(
            _("The backups in {folder} cannot be written: {detail}").format(folder=folder(), detail=error)
        ) from error
