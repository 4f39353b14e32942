"""`qualcode project import`: a whole project from another program."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import emit, json_option, project_argument, said_plainly
from qualcode.i18n import _


@click.group("project", help=_("Take in a whole project of another program."))
def command() -> None:
    """Group of verbs on whole projects."""


@command.command(
    "import",
    help=_(
        "Take FILE, a project of another program, into PROJECT; PROJECT is made if it is new. "
        "Says first what the file has and what cannot be kept. Kinds of file: .qdpx (REFI-QDA), .qda (QualCoder), "
        ".sqlite3 (Taguette)."
    ),
)
@project_argument
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--language",
    "language_",
    type=click.Choice(["nl", "en"]),
    help=_("The language of names and texts for which the file does not say it."),
)
@click.option("--title", default="", help=_("Which project, if the file holds several."))
@click.option("--dry-run", is_flag=True, help=_("Only say what would be taken in."))
@json_option
@said_plainly
def import_(
    project: Path, file: Path, language_: str | None, title: str, dry_run: bool, as_json: bool
) -> None:
    """Take a project in, with a report before and after."""
    from qualcode.tasks.project.bundle_in import report_before
    from qualcode.tasks.project.exchange import import_project, read_project_file

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
        emit(as_json, data, [*lines, _("Nothing was taken in (--dry-run).")])
        return
    taken = import_project(project, bundle)
    data |= {"taken": taken.counts, "left_out": dict(taken.notices.counts)}
    emit(as_json, data, [*lines, "", *taken.lines()])
