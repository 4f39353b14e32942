"""Begin a project: the file, a codebook, a checklist, the people who code."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qualcode import resources
from qualcode.errors import InputError
from qualcode.exchange.checklist_file import read_checklist
from qualcode.exchange.codebook_tables import read_any_codebook
from qualcode.i18n import _, language
from qualcode.model import Checklist, Codebook, CoderKind
from qualcode.store.project import Project, create_project

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
        with project.act("project.begin"):
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
