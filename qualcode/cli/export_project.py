"""`qualcode export project`: the whole project for another program."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.verbs import emit, json_option, project_argument
from qualcode.i18n import _, ngettext


@click.command(
    "project",
    help=_(
        "Write PROJECT as a REFI-QDA project (.qdpx) that ATLAS.ti, MAXQDA, NVivo, QualCoder and others read, "
        "and say what stays behind."
    ),
)
@project_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=_("The file; without it: in the folder exports beside the project."),
)
@click.option("--coder", multiple=True, help=_("Only the codings of this coder (may be repeated)."))
@click.option(
    "--language", "language_", type=click.Choice(["nl", "en"]), help=_("The language of the names of codes.")
)
@click.option("--maxqda", is_flag=True, help=_("Write line ends as MAXQDA expects them."))
@click.option(
    "--as", "viewer", metavar=_("CODER"), help=_("Who you are: in a sealed round you see your own codings.")
)
@json_option
def command(
    project: Path,
    output: Path | None,
    coder: tuple[str, ...],
    language_: str | None,
    maxqda: bool,
    viewer: str | None,
    as_json: bool,
) -> None:
    """Write the project, and report what stays behind."""
    from qualcode.files.saving import beside
    from qualcode.store.project import open_project
    from qualcode.tasks.project.exchange import export_project

    path = output or beside(project, f"{project.stem}.qdpx")
    with open_project(project, viewer) as opened:
        people = [opened.coders.get(name) for name in coder]
        bundle = export_project(opened, path, coders=people, language_=language_, crlf=maxqda)
    data = {
        "file": str(path),
        "texts": len(bundle.texts),
        "codes": len(bundle.codes),
        "codings": len(bundle.codings),
        "memos": len(bundle.memos),
        "left_behind": dict(bundle.lost.counts),
    }
    head = ngettext(
        "Saved with {n} coding: {path}", "Saved with {n} codings: {path}", len(bundle.codings)
    ).format(n=len(bundle.codings), path=path)
    rest = (
        [_("What such a file cannot hold stays behind:"), *bundle.lost.lines()] if bundle.lost.counts else []
    )
    emit(as_json, data, [head, *rest])
