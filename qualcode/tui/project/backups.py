"""The backups of a project in a list, and what is offered where a project is not sound."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual.content import Content

from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.store.file import backups
from qualcode.store.file.backups import Backup
from qualcode.store.project import open_as_it_is
from qualcode.tasks.project.mending import in_words, mend
from qualcode.tasks.project.sharing import other_copies
from qualcode.tui.common.dialog import Choose, TextPage
from qualcode.tui.program import Program

Do = Callable[[], object]


def show_backups(app: Program, path: Path, about: str = "") -> None:
    """Show what can be put back; a backup can be made from here too, if a project is open."""
    choices: list[tuple[str, Do]] = []
    if app.session is not None and app.session.project.is_sound:
        choices.append((_("Make a backup now"), lambda: _make(app)))
    choices += [(one.in_words(), partial(_ask, app, path, one)) for one in backups.of_project(path)]
    if not choices:
        about = "\n\n".join(filter(None, [about, _("There are no backups yet.")]))
        app.push_screen(TextPage(_("Backups"), Content(about)))
        return
    app.ask(Choose(_("Backups"), choices, about=about), lambda do: do())


def _make(app: Program) -> None:
    if app.session is not None:
        made = backups.make(app.session.project.db, app.session.project.path, backups.Occasion.ASKED)
        app.notify(_("Saved: {path}").format(path=made.path))


def _ask(app: Program, path: Path, one: Backup) -> None:
    choices: list[tuple[str, Do]] = [
        (_("Put it back: the project is again as it was then"), lambda: _put_back(app, path, one)),
        (_("Leave it"), lambda: None),
    ]
    about = _("{backup}\nWhat is in the project now is kept as a backup.").format(backup=one.in_words())
    app.ask(Choose(_("Put a backup back"), choices, about=about), lambda do: do())


def _put_back(app: Program, path: Path, one: Backup) -> None:
    if app.session is not None:
        app.session.project.close()
    try:
        backups.restore(path, one.path)
    finally:
        app.open_path(path)
    app.notify(_("The project is as it was on {moment}.").format(moment=one.moment))


def tell_of_the_file(app: Program) -> None:
    """Say which other copies lie beside a project, if it is open for reading only, and what can be done about that."""
    if app.session is None:
        return
    project = app.session.project
    if copies := other_copies(project.path):
        app.notify(copies, severity="warning", timeout=20)
    if not app.session.file_is_read_only:
        return
    if project.is_sound:
        app.push_screen(TextPage(_("For reading only"), Content(project.read_only)))
        return
    choices: list[tuple[str, Do]] = [
        (_("Mend what can be mended (a backup is made before)"), lambda: _mend(app, project.path)),
        (_("Put a backup back"), lambda: show_backups(app, project.path)),
        (_("Only read"), lambda: None),
    ]
    app.ask(Choose(_("This project is not sound"), choices, about=project.read_only), lambda do: do())


def _mend(app: Program, path: Path) -> None:
    with open_as_it_is(path) as project:
        said = in_words(*mend(project))

    def read(_answer: None) -> None:
        app.open_path(path)

    app.push_screen(TextPage(_("Mended"), Content("\n".join(said))), read)


def offer_backups(app: Program, path: Path, error: QualcodeError) -> None:
    """Where a project cannot be opened at all: say why, and show what can be put back."""
    if backups.of_project(path):
        show_backups(app, path, str(error))
    else:
        app.notify(str(error), severity="error", timeout=10)
