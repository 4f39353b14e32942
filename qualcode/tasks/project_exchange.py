"""Whole projects out to and in from other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualcode.errors import InputError
from qualcode.exchange.bundle import Bundle
from qualcode.i18n import _, language
from qualcode.model import Coder
from qualcode.store.project import Project, create_project, open_project
from qualcode.tasks.bundle_in import Taken, take_bundle
from qualcode.tasks.bundle_out import bundle_of
from qualcode.tasks.saving import save

ENDINGS = (".qdpx", ".qda", ".sqlite3")


def export_project(
    project: Project,
    path: Path,
    *,
    coders: Sequence[Coder] = (),
    language_: str | None = None,
    crlf: bool = False,
) -> Bundle:
    """Write the project as .qdpx; returns what went into it, with what stayed behind in `lost`."""
    from qualcode.exchange.qdpx_write import write_qdpx

    bundle = bundle_of(project, coders)
    save(path, lambda temporary: write_qdpx(bundle, temporary, language=language_ or language(), crlf=crlf))
    return bundle


def read_project_file(path: Path, language_: str | None = None, title: str = "") -> Bundle:
    """The project in a file of another program; its ending says which. Raises `InputError`.

    `title` chooses a project in files that hold several.
    """
    chosen, ending = language_ or language(), path.suffix.casefold()
    if not path.exists():
        raise InputError(_("There is no file {file}.").format(file=path))
    if ending == ".qdpx":
        from qualcode.exchange.qdpx_read import read_qdpx

        return read_qdpx(path, chosen)
    if ending == ".qda":
        from qualcode.exchange.qualcoder import read_qualcoder

        return read_qualcoder(path, chosen)
    if ending == ".sqlite3":
        from qualcode.exchange.taguette import read_taguette

        return read_taguette(path, chosen, title)
    raise InputError(
        _("{file} is not a kind of project that is known. Known endings are {known}.").format(
            file=path.name, known=", ".join(ENDINGS)
        )
    )


def import_project(target: Path, bundle: Bundle) -> Taken:
    """Take a project in; the project file `target` is made if there is none, and taken away if that fails."""
    if target.exists():
        with open_project(target) as project:
            return take_bundle(project, bundle)
    project = create_project(target, bundle.title)
    try:
        with project:
            return take_bundle(project, bundle)
    except BaseException:
        project.path.unlink(missing_ok=True)
        raise
