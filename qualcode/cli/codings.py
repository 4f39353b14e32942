"""`qualcode codings export|import`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly
from qualcode.cli.exports.guard import guarded
from qualcode.i18n import _, ngettext


@click.group("codings", help=_("Write the codings to a table, or take them in from one."))
def command() -> None:
    """Group of verbs on codings."""


@command.command("export", help=_("Write the codings of PROJECT as a CSV table."))
@project_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help=_("The file; without it: on the screen.")
)
@click.option("--coder", help=_("Only the codings of this coder."))
@click.option("--transcript", help=_("Only the codings in this interview."))
@json_option
@said_plainly
def export(
    project: Path, output: Path | None, coder: str | None, transcript: str | None, as_json: bool
) -> None:
    """Write codings as a table: transcript,start,end,code,coder,text,memo."""
    from qualcode.exchange import codings
    from qualcode.files.saving import save_text
    from qualcode.store.project import open_project
    from qualcode.tasks.coding.codings import export_codings

    with open_project(project) as opened:
        rows = export_codings(
            opened,
            coder=opened.coders.get(coder) if coder else None,
            transcript=opened.transcripts.get(transcript) if transcript else None,
        )
    content = codings.write(rows)
    if output is not None:
        save_text(output, content)
        line = ngettext("Saved {n} coding: {path}", "Saved {n} codings: {path}", len(rows))
        emit(as_json, {"file": str(output), "codings": len(rows)}, [line.format(n=len(rows), path=output)])
        return
    data = [{name: value for name, value in asdict(row).items() if name != "line"} for row in rows]
    emit(as_json, {"codings": data}, content.splitlines())


@command.command(
    "import",
    help=_(
        "Take in the codings of the CSV table FILE (columns: transcript,start,end,code,coder). "
        "All rows are taken in, or none."
    ),
)
@project_argument
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--create", is_flag=True, help=_("Make codes and coders that are not there yet."))
@click.option("--skip-known", is_flag=True, help=_("Pass over rows that are in the project already."))
@as_option
@json_option
@said_plainly
def import_(
    project: Path, file: Path, create: bool, skip_known: bool, coder: str | None, as_json: bool
) -> None:
    """Take codings in from a table."""
    from qualcode.store.project import open_project
    from qualcode.tasks.coding.codings import import_codings

    with open_project(project, coder) as opened:
        made = import_codings(opened, file, create=create, skip_known=skip_known)
    line = ngettext("Took in {n} coding.", "Took in {n} codings.", len(made)).format(n=len(made))
    emit(as_json, {"codings": len(made)}, [line])


guarded(export)
