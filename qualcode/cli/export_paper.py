"""`qualcode export paper`: an interview to mark with a pencil."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.verbs import emit, json_option, project_argument
from qualcode.i18n import _, language


@click.command(
    "paper",
    help=_(
        "Write TRANSCRIPT of PROJECT as a Word document to print: numbered lines, a wide margin, and the codes "
        "on one page. Type the pencil work in with: qualcode paper."
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
@click.option(
    "--language", "language_", type=click.Choice(["nl", "en"]), help=_("The language of the document.")
)
@json_option
def command(
    project: Path, transcript: str, output: Path | None, language_: str | None, as_json: bool
) -> None:
    """Write one interview to print."""
    from qualcode.files.saving import beside, save
    from qualcode.reports.documents.transcripts import write_paper
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        found = opened.transcripts.get(transcript)
        codes = opened.codebook.all()
    path = save(
        output or beside(project, f"{found.name.replace('/', '-')}-paper.docx"),
        lambda temporary: write_paper(found, codes, temporary, language_ or language()),
    )
    emit(as_json, {"file": str(path)}, [_("Saved: {path}").format(path=path)])
