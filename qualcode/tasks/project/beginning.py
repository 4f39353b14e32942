"""A demo project made of the interviews, codings and codebook that come with qualcode."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qualcode import resources
from qualcode.errors import InputError, ProjectError
from qualcode.exchange.codebooks.checklist import read_checklist
from qualcode.exchange.codebooks.files import read_any_codebook
from qualcode.i18n import _, language
from qualcode.model import Checklist, Codebook, CoderKind
from qualcode.store.project import Project, create_project, open_project
from qualcode.tasks.coding.codings import import_codings
from qualcode.tasks.transcripts.intake import take_in

DEFAULT_CODEBOOK = "samenwerking"
_CHECKLIST_PREFIX = "checklist-"


def codebooks_at_hand() -> list[str]:
    """Names of the codebooks that come with qualcode, the default one first."""
    names = [
        path.stem
        for path in resources.folder("codebooks").glob("*.yaml")
        if not path.stem.startswith(_CHECKLIST_PREFIX)
    ]
    return sorted(names, key=lambda name: (name != DEFAULT_CODEBOOK, name))


def find_codebook(name: str, like: Codebook | None = None, language_: str | None = None) -> Codebook:
    """The codebook that comes with qualcode under that name, or the one in that file.

    With `like`, the codebook as it is now, codes that are in both keep what the file cannot
    hold. `language_` is that of texts of which the file does not say it.
    """
    shipped = resources.folder("codebooks") / f"{name}.yaml"
    if shipped.is_file():
        return read_any_codebook(shipped, like)
    if not Path(name).is_file():
        raise InputError(
            _("There is no codebook “{name}”. Choose from {known}, or give a file.").format(
                name=name, known=", ".join(codebooks_at_hand())
            )
        )
    return read_any_codebook(Path(name), like, language_ or language())


def checklist_for(codebook: str) -> Checklist | None:
    """The checklist that goes with a codebook that comes with qualcode, if there is one."""
    path = resources.folder("codebooks") / f"{_CHECKLIST_PREFIX}{codebook}.yaml"
    return read_checklist(path) if path.is_file() else None


def begin(
    path: Path,
    *,
    title: str = "",
    codebook: str = DEFAULT_CODEBOOK,
    people: Iterable[tuple[str, CoderKind]] = (),
) -> Project:
    """Make a project with a codebook ("" for none) and coders; returns it open.

    If anything is wrong with what is asked, no file is left behind.
    """
    book = find_codebook(codebook) if codebook else None
    checklist = checklist_for(codebook) if codebook else None
    project = create_project(path, title)
    try:
        with project.transaction("project.begin"):
            if book:
                project.codebook.take(book)
            if checklist:
                project.checklist.take(checklist)
            for name, kind in people:
                project.coders.add(name, kind)
    except BaseException:
        project.close()
        project.path.unlink()
        raise
    return project


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
    if path.exists():
        return open_project(path, PRACTITIONER)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError(
            _("The folder {path} cannot be made: {detail}.").format(path=folder, detail=error.strerror)
        ) from error
    return _build(path)


def _build(path: Path) -> Project:
    material = resources.folder("transcripts")
    people = [(PRACTITIONER, CoderKind.PRACTITIONER), (RESEARCHER, CoderKind.RESEARCHER)]
    project = begin(path, title=_("Demo: school and youth care"), codebook=DEFAULT_CODEBOOK, people=people)
    try:
        with project.transaction("demo.make"):
            take_in(project, sorted(p for p in material.iterdir() if p.suffix in _INTERVIEWS))
            import_codings(project, material / "codings.csv")
            for coder in project.coders.all():
                for transcript in project.transcripts.all():
                    if transcript.name not in _UNFINISHED.get(coder.name, ()):
                        project.progress.mark(transcript, coder)
        project.coder = project.coders.get(PRACTITIONER)
    except BaseException:
        project.close()
        path.unlink()
        raise
    return project
