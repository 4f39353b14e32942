"""`qualcode codings export|import`."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly
from qualcode.cli.options import output_option, unreviewed_option, viewer_option
from qualcode.exchange.codings import COLUMNS
from qualcode.files.saving import save_text
from qualcode.files.tables import csv_text
from qualcode.i18n import _, ngettext
from qualcode.store.project import open_project
from qualcode.tasks.coding.codings import import_codings
from qualcode.tasks.exporting.names_gate import refuse_unreviewed
from qualcode.tasks.exporting.tables import TableRequest, make_table


@click.group("codings", help=_("Write the codings to a table, or take them in from one."))
def command() -> None:
    """Group of verbs on codings."""


@command.command("export", help=_("Write the codings of PROJECT as a CSV table."))
@project_argument
@output_option(_("The file; without it: on the screen."))
@click.option("--coder", help=_("Only the codings of this coder."))
@click.option("--transcript", help=_("Only the codings in this interview."))
@viewer_option
@unreviewed_option
@json_option
@said_plainly
def export(
    project: Path,
    output: Path | None,
    coder: str | None,
    transcript: str | None,
    viewer: str | None,
    unreviewed: bool,
    as_json: bool,
) -> None:
    """Write of the table of codings (`export table codings`) the columns that can be taken in again."""
    with open_project(project, viewer) as opened:
        about = opened.transcripts.get(transcript) if transcript else None
        if not unreviewed:
            refuse_unreviewed(opened, [about] if about else None)
        coders = [opened.coders.get(coder)] if coder else []
        request = TableRequest(coders, transcript=about, columns=COLUMNS)
        found = make_table(opened, "codings", request)
    content, n = csv_text(found), len(found.rows)
    if output is not None:
        save_text(output, content)
        line = ngettext("Saved {n} coding: {path}", "Saved {n} codings: {path}", n)
        emit(as_json, {"file": str(output), "codings": n}, [line.format(n=n, path=output)])
        return
    data = [record | {"memo": record["memo"] or ""} for record in found.records()]
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
    with open_project(project, coder) as opened:
        made = import_codings(opened, file, create=create, skip_known=skip_known)
    line = ngettext("Took in {n} coding.", "Took in {n} codings.", len(made)).format(n=len(made))
    emit(as_json, {"codings": len(made)}, [line])
