"""`qualcode merge`: take in a share file, or another copy of the project."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly
from qualcode.i18n import _


@click.command(
    "merge",
    help=_(
        "Take FILE into PROJECT: a share file (.qcx) or a whole other copy (.qualcode). Any order, any number of "
        "times, gives the same. If there is no PROJECT yet, a copy is begun from FILE."
    ),
)
@project_argument
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help=_("Only say what it would bring."))
@as_option
@json_option
@said_plainly
def command(project: Path, file: Path, dry_run: bool, coder: str | None, as_json: bool) -> None:
    """Merge, or look what a merge would bring."""
    from qualcode.store.project import open_project
    from qualcode.tasks.project.sharing import advice, begin_copy, in_words, take

    begun = not project.exists() and not dry_run
    merged = begin_copy(project, file) if begun else None
    with open_project(project, coder) as opened:
        merged = merged if merged is not None else take(opened, file, preview=dry_run)
        open_conflicts = len(opened.conflicts.all())
        lines = in_words(merged)
    said = advice(project)
    head = [_("This is what it would bring; nothing was taken in.")] if dry_run else []
    data = {**asdict(merged), "dry_run": dry_run, "begun": begun, "to_decide": open_conflicts, "advice": said}
    emit(as_json, data, [*head, *lines, *([said] if said else [])])
