"""`qualcode journal`: who did what, and when."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import emit, json_option, project_argument, said_plainly
from qualcode.i18n import _


@click.command("journal", help=_("Show who did what in PROJECT, and when."))
@project_argument
@click.option("--as", "coder", metavar=_("CODER"), help=_("Only the acts of this coder."))
@click.option("--limit", type=click.IntRange(min=1), help=_("Only the last so many acts."))
@json_option
@said_plainly
def command(project: Path, coder: str | None, limit: int | None, as_json: bool) -> None:
    """Show the journal as prose, or as JSON with every change."""
    from qualcode.store.journal.incoming import readable
    from qualcode.store.project import open_project
    from qualcode.tasks.project.logbook import chronicle

    with open_project(project, coder) as opened:
        entries = opened.journal.entries(coder_id=opened.coder.id if opened.coder else None, limit=limit)
        names = {person.id: person.name for person in opened.coders.all()}
        lines = chronicle(opened, entries)
        entries = readable(opened, entries)
    data = [
        {
            "id": entry.id,
            "at": entry.at,
            "coder": names.get(entry.coder_id or ""),
            "action": entry.action,
            "note": entry.note,
            "undoes": entry.undoes,
            "changes": [
                {"table": c.table, "id": c.id, "before": c.before, "after": c.after} for c in entry.changes
            ],
        }
        for entry in entries
    ]
    emit(as_json, {"journal": data}, lines)
