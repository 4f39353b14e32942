"""The project: the way into the store for everything above it."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from sqlite_utils import Database

from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.model import Coder, Coding, JournalEntry, Transcript, new_id
from qualcode.store.file import files
from qualcode.store.journal.entries import Act, Journal
from qualcode.store.records.cases import Cases
from qualcode.store.records.codebook import CodebookStore
from qualcode.store.records.codings import Codings
from qualcode.store.records.memos import Memos
from qualcode.store.records.people import Coders, Progress
from qualcode.store.records.settings import Settings
from qualcode.store.records.transcripts import Transcripts

if TYPE_CHECKING:  # rooms that the first screen does without are loaded when they are entered
    from qualcode.store.index.words import Words
    from qualcode.store.journal.conflicts import Conflict
    from qualcode.store.records.checklist import ChecklistStore, Ratings
    from qualcode.store.records.code_history import Memory
    from qualcode.store.records.codings import Refusals
    from qualcode.store.records.decisions import Decisions
    from qualcode.store.records.people import Pins
    from qualcode.store.records.rankings import Rankings
    from qualcode.store.records.revisions import Revisions
    from qualcode.store.records.rounds import Rounds
    from qualcode.store.records.talk import OwnReasons, Reflections
    from qualcode.store.records.themes import Themes


class Project:
    """An open project file. Use it as a context manager, or close it.

    `coder` is the person at work: their name stands on every act. Acts that make a
    coding need one.
    """

    def __init__(self, path: Path, db: Database) -> None:
        self.path = path
        self.db = db
        self.journal = Journal(db, path)
        self.coder: Coder | None = None

    @cached_property
    def id(self) -> str:
        """The project's identity, the same in every copy of the file."""
        return str(self.db.execute("SELECT value FROM meta WHERE key = 'project_id'").fetchone()[0])

    @cached_property
    def settings(self) -> Settings:
        """What the pair chose for this project."""
        return Settings(self)

    @cached_property
    def coders(self) -> Coders:
        """The people who code."""
        return Coders(self)

    @cached_property
    def cases(self) -> Cases:
        """Cases and their informants."""
        return Cases(self)

    @cached_property
    def transcripts(self) -> Transcripts:
        """The interviews."""
        return Transcripts(self)

    @cached_property
    def revisions(self) -> Revisions:
        """Corrections of the interviews' texts."""
        from qualcode.store.records.revisions import Revisions

        return Revisions(self)

    @cached_property
    def codebook(self) -> CodebookStore:
        """The codes."""
        return CodebookStore(self)

    @cached_property
    def checklist(self) -> ChecklistStore:
        """The checklist of good against poor collaboration."""
        from qualcode.store.records.checklist import ChecklistStore

        return ChecklistStore(self)

    @cached_property
    def codings(self) -> Codings:
        """The coded fragments."""
        return Codings(self)

    @cached_property
    def memos(self) -> Memos:
        """Notes on anything."""
        return Memos(self)

    @cached_property
    def progress(self) -> Progress:
        """Who has finished which transcript."""
        return Progress(self)

    @cached_property
    def themes(self) -> Themes:
        """The themes, and what was done by hand with their fragments."""
        from qualcode.store.records.themes import Themes

        return Themes(self)

    @cached_property
    def rankings(self) -> Rankings:
        """Orders of interviews by how well the collaboration went."""
        from qualcode.store.records.rankings import Rankings

        return Rankings(self)

    @cached_property
    def ratings(self) -> Ratings:
        """Verdicts on the criteria of the checklist, per case and coder."""
        from qualcode.store.records.checklist import Ratings

        return Ratings(self)

    @cached_property
    def words(self) -> Words:
        """The index of the words of the interviews, and of memos."""
        from qualcode.store.index.words import Words

        return Words(self)

    @cached_property
    def refusals(self) -> Refusals:
        """Similar passages that were refused."""
        from qualcode.store.records.codings import Refusals

        return Refusals(self)

    @cached_property
    def rounds(self) -> Rounds:
        """Independent passes, sealed until all coders have finished."""
        from qualcode.store.records.rounds import Rounds

        return Rounds(self)

    @cached_property
    def decisions(self) -> Decisions:
        """What was decided about differences, and the layer of codings that follows from it."""
        from qualcode.store.records.decisions import Decisions

        return Decisions(self)

    @cached_property
    def own_reasons(self) -> OwnReasons:
        """Each coder's line on a difference, hidden until both have written."""
        from qualcode.store.records.talk import OwnReasons

        return OwnReasons(self)

    @cached_property
    def reflections(self) -> Reflections:
        """What the pair answered after a round."""
        from qualcode.store.records.talk import Reflections

        return Reflections(self)

    @cached_property
    def memory(self) -> Memory:
        """What codes said before, and why that was changed."""
        from qualcode.store.records.code_history import Memory

        return Memory(self)

    @cached_property
    def pins(self) -> Pins:
        """Who is asked for a PIN on this copy of the file."""
        from qualcode.store.records.people import Pins

        return Pins(self)

    def visible_codings(
        self, viewer: Coder | None = None, transcript: Transcript | None = None
    ) -> list[Coding]:
        """The codings that the person at work (or another) may see: of what is sealed only their own."""
        return self.rounds.visible(viewer or self.coder, transcript)

    def switch(self, name: str, pin: str = "") -> Coder:
        """Let somebody else sit down to work; raises `SealedError` if their PIN is another one."""
        coder = self.coders.get(name)
        self.pins.ask(coder, pin)
        self.coder = coder
        return coder

    def conflicts(self) -> list[Conflict]:
        """What people did apart that does not go together by itself, still to be decided."""
        from qualcode.store.journal.conflicts import Conflicts

        return Conflicts(self).all()

    def act(self, action: str, note: str = "") -> AbstractContextManager[Act]:
        """Do several things as one act: one transaction, one journal entry, one undo."""
        return self.journal.act(action, self.coder.id if self.coder else None, note)

    def require_coder(self) -> Coder:
        """The person at work; raises `QualcodeError` if nobody said who they are."""
        if self.coder is None:
            raise QualcodeError(_("Say who is coding first (on the command line: --as NAME)."))
        return self.coder

    def undo(self, *, anyone: bool = False) -> JournalEntry:
        """Turn back the last act of the person at work (or of anyone); returns it."""
        whose = self._whose(anyone)
        entry = self.journal.to_undo(whose)
        if entry is not None:
            self.rounds.refuse_turning_back(entry)
        return self.journal.undo(whose)

    def redo(self, *, anyone: bool = False) -> JournalEntry:
        """Do again what was undone last; returns the act."""
        whose = self._whose(anyone)
        undo = self.journal.to_redo(whose)
        if undo is not None:
            self.rounds.refuse_turning_back(undo)
        return self.journal.redo(whose)

    def _whose(self, anyone: bool) -> str | None:
        return None if anyone or self.coder is None else self.coder.id

    def close(self) -> None:
        """Let go of the file. Everything is saved already."""
        self.db.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def create_project(path: str | Path, title: str = "") -> Project:
    """Make a new project file at `path` (ending `.qualcode` added if it has none)."""
    path = Path(path)
    if not path.suffix:
        path = path.with_suffix(files.SUFFIX)
    db = files.create(path)
    try:
        with files.plain_errors(path), db.atomic():
            db.execute("INSERT INTO meta (key, value) VALUES ('project_id', ?), ('tick', '0')", [new_id()])
        project = Project(path, db)
        with project.act("project.create"):
            project.settings.set("title", title or path.stem)
    except BaseException:
        db.close()
        path.unlink(missing_ok=True)
        raise
    return project


def open_project(path: str | Path, coder: str | None = None, pin: str | None = None) -> Project:
    """Open an existing project; `coder` names the person at work, `pin` is theirs.

    Without `pin` the environment variable QUALCODE_PIN is taken. Raises `ProjectError` if the
    file is no project, newer, read-only or in use, `NotFoundError` if the project has no such
    coder, and `SealedError` if the coder has another PIN.
    """
    path = Path(path)
    project = Project(path, files.open_file(path))
    try:
        if coder is not None:
            project.switch(coder, os.environ.get("QUALCODE_PIN", "") if pin is None else pin)
    except BaseException:
        project.close()
        raise
    return project
