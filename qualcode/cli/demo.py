"""`qualcode demo`: a project to try things on."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import emit, json_option, said_plainly
from qualcode.i18n import _


@click.command(
    "demo",
    help=_(
        "Make a demo project of invented interviews in FOLDER (by default qualcode-demo in your home folder) "
        "and open it. A demo that is there already is opened as it is."
    ),
)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--no-open",
    is_flag=True,
    help=_("Do not open the workbench; write the theme table and the checklist to FOLDER/exports instead."),
)
@json_option
@said_plainly
def command(folder: Path | None, no_open: bool, as_json: bool) -> None:
    """Make the demo project; open it, or write its documents."""
    from qualcode.cli.open import open_workbench, require_terminal
    from qualcode.tasks.project.beginning import PRACTITIONER, make_demo

    if not no_open:
        require_terminal()
    project = make_demo(folder)
    if not no_open:
        project.close()
        open_workbench(project.path, PRACTITIONER, demo=True)
        return
    from qualcode.i18n import language
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
            "coders": [coder.name for coder in project.coders.all()],
            "exports": [str(path) for path in files],
        }
    lines = [
        _("Demo project: {path} ({transcripts} interviews, {codings} codings).").format(
            path=data["project"], transcripts=data["transcripts"], codings=data["codings"]
        )
    ]
    emit(as_json, data, lines + [_("Saved: {path}").format(path=path) for path in files])
