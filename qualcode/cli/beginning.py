"""`qualcode new|demo|project import`: where a project comes from."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.verbs import (
    A_PATH,
    Told,
    coder_names,
    dry_run_option,
    file_argument,
    free_verb,
    project_argument,
    saved,
)
from qualcode.cli.workbench import open_workbench, require_terminal
from qualcode.i18n import LANGUAGES, _, language
from qualcode.model import CoderKind
from qualcode.tasks.project.beginning import PRACTITIONER, begin, make_demo
from qualcode.tasks.project.bundle_in import report_before
from qualcode.tasks.project.exchange import import_project, read_project_file


@free_verb("new", _("Make the project file PROJECT (NAME.qualcode), with a codebook to begin with."))
@project_argument
@click.option("--title", default="", help=_("The title of the study."))
@click.option(
    "--codebook",
    default="samenwerking",
    show_default=True,
    help=_("A codebook that comes with qualcode, a codebook file, or: none."),
)
@click.option("--practitioner", multiple=True, metavar=_("NAME"), help=_("Someone from practice who codes."))
@click.option("--researcher", multiple=True, metavar=_("NAME"), help=_("A researcher who codes."))
def new(
    project: Path, title: str, codebook: str, practitioner: tuple[str, ...], researcher: tuple[str, ...]
) -> Told:
    """Make a project."""
    people = [(name, CoderKind.PRACTITIONER) for name in practitioner]
    people += [(name, CoderKind.RESEARCHER) for name in researcher]
    with begin(project, title=title, codebook="" if codebook == "none" else codebook, people=people) as made:
        data = {
            "project": str(made.path),
            "codes": len(made.codebook.all()),
            "coders": list(coder_names(made).values()),
        }
    return Told(data, [_("Made {path} with {n} codes.").format(path=made.path, n=data["codes"])])


@free_verb(
    "demo",
    _(
        "Make a demo project of invented interviews in FOLDER (by default qualcode-demo in your home folder) "
        "and open it. A demo that is there already is opened as it is."
    ),
)
@click.argument("folder", required=False, type=A_PATH)
@click.option(
    "--no-open",
    is_flag=True,
    help=_("Do not open the workbench; write the theme table and the checklist to FOLDER/exports instead."),
)
def demo(folder: Path | None, no_open: bool) -> Told | None:
    """Make the demo project; open it, or write its documents."""
    if not no_open:
        require_terminal()
    project = make_demo(folder)
    if not no_open:
        project.close()
        open_workbench(project.path, PRACTITIONER, demo=True)
        return None
    # all that documents are made of; a demo that opens the workbench does without
    from qualcode.reports.material import DocumentOptions
    from qualcode.tasks.exporting.documents import Request
    from qualcode.tasks.exporting.write import export

    request = Request(DocumentOptions(language=language()))
    with project:
        files = [export(project, kind, request=request).path for kind in ("themes", "checklist")]
        data = {
            "project": str(project.path),
            "transcripts": len(project.transcripts.all()),
            "codings": len(project.codings.all()),
            "coders": list(coder_names(project).values()),
            "exports": [str(path) for path in files],
        }
    line = _("Demo project: {path} ({transcripts} interviews, {codings} codings).").format(
        path=data["project"], transcripts=data["transcripts"], codings=data["codings"]
    )
    return Told(data, [line, *map(saved, files)])


projects = click.Group("project", help=_("Take in a whole project of another program."))


@free_verb(
    "import",
    _(
        "Take FILE, a project of another program, into PROJECT; PROJECT is made if it is new. "
        "Says first what the file has and what cannot be kept. Kinds of file: .qdpx (REFI-QDA), .qda (QualCoder), "
        ".sqlite3 (Taguette)."
    ),
    of=projects,
)
@project_argument
@file_argument
@click.option(
    "--language",
    "language_",
    type=click.Choice(LANGUAGES),
    help=_("The language of names and texts for which the file does not say it."),
)
@click.option("--title", default="", help=_("Which project, if the file holds several."))
@dry_run_option
def import_(project: Path, file: Path, language_: str | None, title: str, dry_run: bool) -> Told:
    """Take a project in, with a report before and after."""
    bundle = read_project_file(file, language_, title)
    lines = report_before(bundle)
    data = {
        "title": bundle.title,
        "origin": bundle.origin,
        "fit": bundle.fit,
        "lost": dict(bundle.lost.counts),
        "found": {
            "coders": len(bundle.coders),
            "codes": len(bundle.codes),
            "texts": len(bundle.texts),
            "codings": len(bundle.codings),
            "memos": len(bundle.memos),
        },
    }
    if dry_run:
        return Told(data, [*lines, _("Nothing was taken in (--dry-run).")])
    taken = import_project(project, bundle)
    data |= {"taken": taken.counts, "left_out": dict(taken.notices.counts)}
    return Told(data, [*lines, "", *taken.lines()])
