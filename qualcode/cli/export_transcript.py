"""`qualcode export transcript`: an interview with its codings as a Word document."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.verbs import emit, json_option, project_argument
from qualcode.i18n import _


@click.command(
    "transcript",
    help=_(
        "Write TRANSCRIPT of PROJECT as a Word document with its codings in colour, and with --comments "
        "each coding as a comment. What somebody marks in it comes back with: qualcode import-codings."
    ),
)
@project_argument
@click.argument("transcript")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=_("The file; without it: in the folder exports beside the project."),
)
@click.option("--comments", is_flag=True, help=_("Write each coding as a comment on its words."))
@click.option("--coder", multiple=True, help=_("Only the codings of this coder (may be repeated)."))
@click.option(
    "--language", "language_", type=click.Choice(["nl", "en"]), help=_("The language of the document.")
)
@click.option(
    "--as", "viewer", metavar=_("CODER"), help=_("Who you are: in a sealed round you see your own codings.")
)
@json_option
def command(
    project: Path,
    transcript: str,
    output: Path | None,
    comments: bool,
    coder: tuple[str, ...],
    language_: str | None,
    viewer: str | None,
    as_json: bool,
) -> None:
    """Write one interview with its codings."""
    from qualcode.files.saving import beside
    from qualcode.store.project import open_project
    from qualcode.tasks.exporting.transcript import export_transcript

    with open_project(project, viewer) as opened:
        path = export_transcript(
            opened,
            (found := opened.transcripts.get(transcript)),
            output or beside(project, f"{found.name.replace('/', '-')}.docx"),
            coders=[opened.coders.get(name) for name in coder],
            comments=comments,
            language_=language_,
        )
    emit(as_json, {"file": str(path)}, [_("Saved: {path}").format(path=path)])
