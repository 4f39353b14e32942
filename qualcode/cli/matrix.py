"""`qualcode matrix`: counts in two directions, and the passages behind a count."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import emit, json_option, project_argument, said_plainly, table
from qualcode.cli.options import coder_option, coders_of, consensus_option
from qualcode.errors import NotFoundError
from qualcode.i18n import _


@click.command(
    "matrix",
    help=_(
        "Count the codings of PROJECT in two directions. With --row and --column: the passages behind one count."
    ),
)
@project_argument
@click.option(
    "--kind",
    type=click.Choice(["case", "role", "themes", "position", "codes", "transcript"]),
    default="themes",
    show_default=True,
    help=_("What stands in the columns; themes: themes by case; codes: codes that stand together."),
)
@click.option("--row", help=_("A code or theme."))
@click.option("--column", help=_("A case, informant, place, interview or code."))
@coder_option
@consensus_option
@json_option
@said_plainly
def command(
    project: Path,
    kind: str,
    row: str | None,
    column: str | None,
    coder: tuple[str, ...],
    consensus: bool,
    as_json: bool,
) -> None:
    """Show a matrix, or open one of its cells."""
    from qualcode.store.project import open_project
    from qualcode.tasks.material import gather
    from qualcode.tasks.themes import matrix_of

    with open_project(project) as opened:
        material = gather(opened, coders_of(opened, coder, consensus))
    named = matrix_of(material, kind)
    matrix = named.matrix
    if row is None and column is None:
        counts = [[matrix.count(r, c) for c, _label in matrix.columns] for r, _label in matrix.rows]
        data = {
            "kind": kind,
            "rows": [label for _key, label in matrix.rows],
            "columns": [label for _key, label in matrix.columns],
            "counts": counts,
        }
        head = ["", *(label for _key, label in matrix.columns)]
        body = [[label, *map(str, line)] for (_key, label), line in zip(matrix.rows, counts, strict=True)]
        emit(as_json, data, [named.title, *table([head, *body])])
        return
    at = {transcript.id: transcript for transcript in material.transcripts}
    rows = [key for key, label in matrix.rows if row in (None, label, key)]
    columns = [key for key, label in matrix.columns if column in (None, label, key)]
    if not rows or not columns:
        raise NotFoundError(
            _("There is no such row or column; run it without --row and --column to see them.")
        )
    codings = [coding for r in rows for c in columns for coding in matrix.cells.get((r, c), ())]
    names = {coder.id: coder.name for coder in material.coders}
    passages = [
        {
            "transcript": at[coding.transcript_id].name,
            "start": coding.start,
            "end": coding.end,
            "coder": names[coding.coder_id],
            "text": coding.span.of(at[coding.transcript_id].text),
        }
        for coding in codings
    ]
    lines = [f"{p['transcript']} {p['start']}–{p['end']} ({p['coder']}): “{p['text']}”" for p in passages]
    emit(as_json, {"kind": kind, "passages": passages}, lines or [_("Nothing was coded here.")])
