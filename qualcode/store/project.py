"""The project: the way into the store for everything above it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from qualcode.errors import ConflictError, DamagedError, NotFoundError, QualcodeError, SealedError
from qualcode.i18n import _
from qualcode.model import Coder, JournalEntry, new_id
from qualcode.store.file import backups, files, rows
from qualcode.store.journal.relations import PLACED
from qualcode.store.records.base import OpenFile
from qualcode.store.records.cases import Cases, Roles
from qualcode.store.records.codebook import CodebookStore
from qualcode.store.records.codings import Codings, Refusals
from qualcode.store.records.commitments import Commitments
from qualcode.store.records.memos import Memos
from qualcode.store.records.people import Coders, Keys, Pins
from qualcode.store.records.proofs import Proofs
from qualcode.store.records.rounds import Progress, Rounds
from qualcode.store.records.seals import Seals
from qualcode.store.records.settings import Settings
from qualcode.store.records.transcripts import Transcripts
from qualcode.text.normal import one_line

if TYPE_CHECKING:  # nouns that the first screen does without are loaded when they are asked for
    from qualcode.store.index.words import Words
    from qualcode.store.journal.conflicts import Conflicts
    from qualcode.store.records.checklist import ChecklistStore, Ratings
    from qualcode.store.records.code_history import CodeHistory
    from qualcode.store.records.decisions import Decisions
    from qualcode.store.records.pseudonyms import NameBook
    from qualcode.store.records.rankings import Rankings
    from qualcode.store.records.reflections import OwnReasons, Reflections
    from qualcode.store.records.revisions import Revisions
    from qualcode.store.records.surveys import Surveys
    from qualcode.store.records.themes import Themes


_OF_DAMAGE = (LookupError, TypeError, ValueError, AttributeError, RecursionError, sqlite3.Error)


class Project(OpenFile):
    """An open project file and the nouns in it. Use it as a context manager, or close it.

    `coder` is the person at work: their name stands on every change, and what is sealed for them is not shown.
    """

    _is_closed = False
    is_sound = True
    """Whether what the file holds was found sound when it was opened."""

    @property
    def read_only(self) -> str:
        """Why nothing may be written, in words; empty if it may."""
        return self.journal.read_only

    @cached_property
    def settings(self) -> Settings:
        """What the pair chose for this project."""
        return Settings(self)

    @cached_property
    def coders(self) -> Coders:
        """The people who code."""
        return Coders(self)

    @cached_property
    def pins(self) -> Pins:
        """Who is asked for a PIN on this copy of the file."""
        return Pins(self)

    @cached_property
    def keys(self) -> Keys:
        """What coders sign with."""
        return Keys(self)

    @cached_property
    def cases(self) -> Cases:
        """Cases and their informants."""
        return Cases(self)

    @cached_property
    def surveys(self) -> Surveys:
        """Surveys and who filled them in."""
        from qualcode.store.records.surveys import Surveys

        return Surveys(self)

    @cached_property
    def roles(self) -> Roles:
        """Who people can be to a case."""
        return Roles(self)

    @cached_property
    def transcripts(self) -> Transcripts:
        """The interviews."""
        return Transcripts(self, self.cases, self.seals)

    @cached_property
    def revisions(self) -> Revisions:
        """Corrections of the interviews' texts."""
        from qualcode.store.records.revisions import Revisions

        return Revisions(self, self.transcripts, self.seals)

    @cached_property
    def codebook(self) -> CodebookStore:
        """The codes."""
        return CodebookStore(self, self.settings, self.seals)

    @cached_property
    def code_history(self) -> CodeHistory:
        """What codes said before, and why that was changed."""
        from qualcode.store.records.code_history import CodeHistory

        return CodeHistory(self, self.codebook, self.codings)

    @cached_property
    def checklist(self) -> ChecklistStore:
        """The checklist of good against poor collaboration."""
        from qualcode.store.records.checklist import ChecklistStore

        return ChecklistStore(self, self.settings)

    @cached_property
    def ratings(self) -> Ratings:
        """Verdicts on the criteria of the checklist, per case and coder."""
        from qualcode.store.records.checklist import Ratings

        return Ratings(self, self.seals)

    @cached_property
    def seals(self) -> Seals:
        """What is hidden from the person at work, and what may no longer change."""
        return Seals(self)

    @cached_property
    def rounds(self) -> Rounds:
        """Independent passes, sealed until all coders have finished."""
        return Rounds(self, self.codebook, self.transcripts, self.commitments, self.proofs, self.keys)

    @cached_property
    def commitments(self) -> Commitments:
        """What coders fixed of what they read in sealed rounds, and what was shown of it."""
        return Commitments(self, self.keys)

    @cached_property
    def proofs(self) -> Proofs:
        """Readings of sealed rounds, held against what was fixed of them."""
        return Proofs(self, self.transcripts, self.commitments, self.keys)

    @cached_property
    def progress(self) -> Progress:
        """Who has finished which transcript."""
        return Progress(self, self.rounds, self.keys)

    @cached_property
    def codings(self) -> Codings:
        """The coded fragments."""
        return Codings(self, self.transcripts, self.codebook, self.coders, self.seals)

    @cached_property
    def memos(self) -> Memos:
        """Notes on anything."""
        return Memos(self, self.seals)

    @cached_property
    def refusals(self) -> Refusals:
        """Similar passages that were refused."""
        return Refusals(self)

    @cached_property
    def names(self) -> NameBook:
        """The pseudonyms in use, words that are no names, and how far the names of each interview were looked at."""
        from qualcode.store.records.pseudonyms import NameBook

        return NameBook(self)

    @cached_property
    def themes(self) -> Themes:
        """The themes, and what was done by hand with their fragments."""
        from qualcode.store.records.themes import Themes

        return Themes(self, self.id, self.codebook, self.seals)

    @cached_property
    def rankings(self) -> Rankings:
        """Orders of interviews by how well the collaboration went."""
        from qualcode.store.records.rankings import Rankings

        return Rankings(self, self.seals)

    @cached_property
    def decisions(self) -> Decisions:
        """What was decided about differences, and the layer of codings that follows from it."""
        from qualcode.store.records.decisions import Decisions

        return Decisions(self, self.coders)

    @cached_property
    def own_reasons(self) -> OwnReasons:
        """Each coder's line on a difference, hidden until both have written."""
        from qualcode.store.records.reflections import OwnReasons

        return OwnReasons(self, self.settings)

    @cached_property
    def reflections(self) -> Reflections:
        """What the pair answered after a round."""
        from qualcode.store.records.reflections import Reflections

        return Reflections(self)

    @cached_property
    def conflicts(self) -> Conflicts:
        """What people did apart that does not go together by itself, still to be decided."""
        from qualcode.store.journal.conflicts import Conflicts

        return Conflicts(self, self.codings, self.transcripts, self.revisions)

    @cached_property
    def words(self) -> Words:
        """The index of the words of the interviews, and of memos."""
        from qualcode.store.index.words import Words

        return Words(self)

    def switch(self, name: str, pin: str = "") -> Coder:
        """Let somebody else sit down to work.

        Raises `SealedError` if their PIN is another one, or if they work on another machine (`KeyElsewhereError`).
        """
        coder = self.coders.get(name)
        self.pins.ask(coder, pin)
        self.keys.refuse_elsewhere(coder)
        self.coder = coder
        return coder

    def undo(self, *, past: bool = False) -> JournalEntry:
        """Turn back the last entry of the person at work, or of nobody with nobody at work; returns it.

        What others coded since on a text that it corrected is carried back with it. Where something stands in the
        way the reason is raised (`ConflictError`, `SealedError`), and the next undo goes to the entry before;
        with `past` at once.
        """
        whose = self._whose()
        while (entry := self.journal.to_undo(whose, self._passed_over)) is not None:
            try:
                self.rounds.refuse_turning_back(entry)
                self.journal.turn_back(entry, "undo", whose, self._carry)
            except (ConflictError, SealedError):
                self._passed_over.add(entry.id)
                if not past:
                    raise
            else:
                return entry
        self._passed_over.clear()
        raise NotFoundError(_("There is nothing to undo."))

    def redo(self) -> JournalEntry:
        """Do again what the person at work undid last; returns the entry."""
        whose = self._whose()
        undo = self.journal.to_redo(whose)
        if undo is None:
            raise NotFoundError(_("There is nothing to redo."))
        self.rounds.refuse_turning_back(undo)
        self.journal.turn_back(undo, "redo", whose, self._carry)
        return self.journal.entry(undo.undoes or "")

    def _carry(self, entry: JournalEntry) -> None:
        """Take back what an entry did to texts; what stands on another version of one goes along to what holds."""
        if any(change.table in ("revisions", "turns") for change in entry.changes):
            from qualcode.store.journal.texts import take_back

            with self.journal.transaction("undo", self._whose()) as transaction:
                take_back(self, transaction, entry)
        texts = {c.id for c in entry.changes if c.table == "transcripts"}
        for change in entry.changes:
            row = rows.read(self.db, change.table, change.id) if change.table in PLACED else None
            texts |= {row["transcript_id"]} if row else set()
        if texts:
            from qualcode.store.journal.state import carry_along

            carry_along(self, texts)

    def _whose(self) -> str | None:
        if self.coder is None and any(entry.coder_id for entry in self.journal.entries(limit=1)):
            raise QualcodeError(
                _(
                    "Say who you are first (F9; on the command line: --as NAME): undo is of what you did yourself."
                )
            )
        return self.coder.id if self.coder else None

    @cached_property
    def _passed_over(self) -> set[str]:
        """Entries that could not be undone, so that the next undo goes to the one before."""
        return set()

    def close(self) -> None:
        """Let go of the file. Everything is saved already; a second time nothing happens."""
        if self._is_closed:
            return
        self._is_closed = True
        if (
            self.is_sound
            and not self.read_only
            and self.db.conn.total_changes
            and self.journal.has_its_file()
        ):
            backups.remember(self.path, self.db)
        self.db.close()

    def say_damage(self, error: BaseException | None) -> None:
        """Raise `DamagedError` if `error` comes of what is not sound in the file."""
        if not self.is_sound and isinstance(error, _OF_DAMAGE):
            raise DamagedError(self.read_only or _not_sound(self.path, str(error))) from error

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        self.say_damage(error)


def create_project(
    path: str | Path, title: str = "", fill: Callable[[Project], object] | None = None
) -> Project:
    """Make a new project file at `path` (ending `.qualcode` added if it has none).

    What `fill` does comes into it together with all the rest, or nothing does.
    """
    path = Path(path)
    if not path.suffix:
        path = path.with_suffix(files.SUFFIX)
    db = files.create(path)
    try:
        with files.plain_errors(path), db.atomic():
            db.execute("INSERT INTO meta (key, value) VALUES ('project_id', ?), ('tick', '0')", [new_id()])
            project = Project(path, db)
            with project.transaction("project.create"):
                project.settings.set("title", one_line(title or path.stem))
            if fill is not None:
                fill(project)
    except BaseException:
        db.close()
        path.unlink(missing_ok=True)
        raise
    return project


def open_project(path: str | Path, coder: str | None = None, pin: str | None = None) -> Project:
    """Open an existing project; `coder` names the person at work, `pin` is theirs.

    Without `pin` the environment variable QUALCODE_PIN is taken. A file that may not be written, and one in which
    something is not sound, opens for reading only (`Project.read_only` says why). Raises `ProjectError` if the file is
    no project, newer or in use, `DamagedError` if nothing can be read of it, `NotFoundError` if the project has no
    such coder, and `SealedError` if the coder has another PIN.
    """
    path = Path(path)
    with _offering_a_backup(path):
        trusted = backups.is_as_left(path) and files.is_writable(path)
        project = _to_write_in(path) if trusted else _looked_over(path)
    return _at_work(project, coder, pin)


def open_as_it_is(path: str | Path, coder: str | None = None, pin: str | None = None) -> Project:
    """Open a project that may be damaged, to look it over or to mend it; else like `open_project`."""
    path = Path(path)
    with _offering_a_backup(path):
        project = _to_write_in(path) if files.is_writable(path) else _to_read(path, _not_writable(path))
    _refuse_unfinished(project)
    project.is_sound = False
    return _at_work(project, coder, pin)


def _at_work(project: Project, coder: str | None, pin: str | None) -> Project:
    try:
        if coder is not None:
            project.switch(coder, os.environ.get("QUALCODE_PIN", "") if pin is None else pin)
    except BaseException as error:
        project.close()
        project.say_damage(error)
        raise
    return project


def _to_write_in(path: Path) -> Project:
    db = files.open_file(path, lambda db: backups.keep(db, path, backups.Occasion.MIGRATION))
    backups.finish_wiping(db, path)
    return Project(path, db)


def _to_read(path: Path, why: str) -> Project:
    project = Project(path, files.copy_in_memory(path))
    project.journal.read_only = why
    _refuse_unfinished(project)
    return project


def _refuse_unfinished(project: Project) -> None:
    if files.is_empty(project.db):
        project.close()
        raise files.unfinished(project.path)


def _looked_over(path: Path) -> Project:
    """Open a file that something else than qualcode on this machine may have touched."""
    from qualcode.store.file.check import damage, problems
    from qualcode.store.journal.repair import make_readable

    project = _to_read(path, _not_writable(path))
    if found := problems(project):
        if damage(project):
            project.close()
            raise files.damaged(path)
        make_readable(project)
        project.is_sound = False
        project.journal.read_only = _not_sound(path, found[0])
    elif files.is_writable(path):
        project.close()
        project = _to_write_in(path)
        backups.remember(path, project.db)
    return project


def _not_writable(path: Path) -> str:
    return _(
        "{path} may not be written, so it is open for reading only. To work in it, copy it to a folder of your own."
    ).format(path=path)


def _not_sound(path: Path, first: str) -> str:
    return _(
        "{path} is not sound ({first}), so it is open for reading only, as well as it can be read. "
        "qualcode check {path} says what is wrong, qualcode repair {path} mends what can be mended."
    ).format(path=path, first=first.rstrip("."))


@contextmanager
def _offering_a_backup(path: Path) -> Iterator[None]:
    """With a file that is damaged, say which backup there is."""
    try:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
                raise files.damaged(path) from error
            raise
    except DamagedError as error:
        newest = backups.newest_sound(path)
        if newest is None:
            raise
        n = backups.of_project(path).index(newest) + 1
        offer = _("The newest sound backup is of {moment}; put it back with: qualcode restore {path} {n}")
        raise DamagedError(f"{error} {offer.format(moment=newest.moment, path=path, n=n)}") from error
