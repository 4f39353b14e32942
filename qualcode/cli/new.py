"""`qualcode new`: make a project."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import emit, json_option, project_argument, said_plainly
from qualcode.i18n import _
from qualcode.model import CoderKind


@click.command("new", help=_("Make the project file PROJECT (NAME.qualcode), with a codebook to begin with."))
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
@json_option
@said_plainly
def command(
    project: Path,
    title: str,
    codebook: str,
    practitioner: tuple[str, ...],
    researcher: tuple[str, ...],
    as_json: bool,
) -> None:
    """Make a project."""
    from qualcode.tasks.project.beginning import begin

    people = [(name, CoderKind.PRACTITIONER) for name in practitioner]
    people += [(name, CoderKind.RESEARCHER) for name in researcher]
    made = begin(project, title=title, codebook="" if codebook == "none" else codebook, people=people)
    with made:
        data = {
            "project": str(made.path),
            "codes": len(made.codebook.all()),
            "coders": [coder.name for coder in made.coders.all()],
        }
    lines = [_("Made {path} with {n} codes.").format(path=made.path, n=data["codes"])]
    emit(as_json, data, lines)
