"""`qualcode export table`: codings, quotes, cases, differences or agreement for a spreadsheet or a script."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.verbs import emit, json_option, project_argument
from qualcode.i18n import _, language, ngettext

NAMES = ("codings", "quotes", "cases", "differences", "agreement")


@click.command(
    "table",
    help=_(
        "Write the table NAME of PROJECT: codings, quotes, cases, differences or agreement. The ending of the "
        "file says in which form: .csv, .xlsx, .json or .parquet."
    ),
)
@click.argument("name", type=click.Choice(NAMES))
@project_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=_("The file; without it: .csv in the folder exports beside the project."),
)
@click.option("--coder", multiple=True, help=_("Only this coder (may be repeated); two for differences."))
@click.option("--all", "everything", is_flag=True, help=_("Compare all interviews, done or not."))
@click.option("--excel", is_flag=True, help=_("Write .csv so that Excel opens it by a double click."))
@click.option(
    "--as", "viewer", metavar=_("CODER"), help=_("Who you are: in a sealed round you see your own codings.")
)
@json_option
def command(
    name: str,
    project: Path,
    output: Path | None,
    coder: tuple[str, ...],
    everything: bool,
    excel: bool,
    viewer: str | None,
    as_json: bool,
) -> None:
    """Write a table."""
    from qualcode.files.saving import beside, save
    from qualcode.files.tables import write_table
    from qualcode.store.project import open_project
    from qualcode.tasks.exporting.tables import Wanted, make_table

    with open_project(project, viewer) as opened:
        people = [opened.coders.get(each) for each in coder]
        table = make_table(opened, name, Wanted(people, everything))
    path = output or beside(project, f"{project.stem}-{name}.csv")
    save(path, lambda temporary: write_table(table, temporary, excel=language() if excel else ""))
    count = ngettext("Saved {n} row: {path}", "Saved {n} rows: {path}", len(table.rows))
    data = {"file": str(path), "table": name, "columns": table.columns, "rows": len(table.rows)}
    emit(as_json, data, [count.format(n=len(table.rows), path=path)])
