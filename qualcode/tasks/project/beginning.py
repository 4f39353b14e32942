"""A demo project made of the interviews, codings and codebook that come with qualcode."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from qualcode import resources
from qualcode.errors import ProjectError
from qualcode.files.saving import make_folder
from qualcode.i18n import _
from qualcode.model import CoderKind
from qualcode.store.file import files
from qualcode.store.project import Project, create_project, open_project
from qualcode.tasks.coding.codebook import DEFAULT_CODEBOOK, checklist_for, find_codebook
from qualcode.tasks.coding.codings import import_codings
from qualcode.tasks.transcripts.intake import take_in


def begin(
    path: Path,
    *,
    title: str = "",
    codebook: str = DEFAULT_CODEBOOK,
    people: Iterable[tuple[str, CoderKind]] = (),
    then: Callable[[Project], object] = lambda _made: None,
) -> Project:
    """Make a project with a codebook ("" for none) and coders, and what `then` adds; returns it open.

    If anything is wrong with what is asked, or this is stopped half-way, no project is left behind.
    """
    book = find_codebook(codebook) if codebook else None
    checklist = checklist_for(codebook) if codebook else None

    def fill(project: Project) -> None:
        with project.transaction("project.begin"):
            if book:
                project.codebook.take(book)
            if checklist:
                project.checklist.take(checklist)
            for name, kind in people:
                project.coders.add(name, kind)
        then(project)

    return create_project(path, title, fill)


DEMO_FILE = "demo.qualcode"
PRACTITIONER, RESEARCHER = "marit", "joost"
_INTERVIEWS = (".docx", ".txt")
_UNFINISHED = {RESEARCHER: ("casus-05-ouder",)}  # so that there is something left to do


def default_folder() -> Path:
    """Where the demo is made when nobody says where."""
    return Path.home() / "qualcode-demo"


def make_demo(folder: Path | None = None) -> Project:
    """The demo project in `folder`, made if it is not there yet; returned open, as the practitioner.

    Raises `ProjectError` if the folder cannot be made or written.
    """
    folder = folder or default_folder()
    path = folder / DEMO_FILE
    if not files.is_free(path):
        return open_project(path, PRACTITIONER)
    try:
        make_folder(folder)
    except OSError as error:
        raise ProjectError(
            _("The folder {path} cannot be made: {detail}.").format(path=folder, detail=error.strerror)
        ) from error
    return _build(path)


def _build(path: Path) -> Project:
    material = resources.folder("transcripts")
    people = [(PRACTITIONER, CoderKind.PRACTITIONER), (RESEARCHER, CoderKind.RESEARCHER)]

    def fill(project: Project) -> None:
        with project.transaction("demo.make"):
            take_in(project, sorted(p for p in material.iterdir() if p.suffix in _INTERVIEWS))
            import_codings(project, material / "codings.csv")
            for coder in project.coders.all():
                for transcript in project.transcripts.all():
                    if transcript.name not in _UNFINISHED.get(coder.name, ()):
                        project.progress.mark(transcript, coder)

    project = begin(path, title=_("Demo: school and youth care"), people=people, then=fill)
    project.coder = project.coders.get(PRACTITIONER)
    return project
