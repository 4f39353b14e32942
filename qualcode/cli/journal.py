"""`qualcode journal|undo|redo`: who did what, and when; and turning it back."""

from __future__ import annotations

import click

from qualcode.cli.verbs import Told, as_option, coder_names, verb
from qualcode.i18n import _
from qualcode.model import JournalEntry
from qualcode.store.journal.incoming import readable
from qualcode.store.project import Project
from qualcode.tasks.project.logbook import action_in_words, chronicle


@verb("journal", _("Show who did what in PROJECT, and when."))
@click.option("--as", "who", metavar=_("CODER"), help=_("Only the acts of this coder."))
@click.option("--limit", type=click.IntRange(min=1), help=_("Only the last so many acts."))
def journal(project: Project, limit: int | None) -> Told:
    """Show the journal as prose, or as JSON with every change."""
    entries = project.journal.entries(coder_id=project.coder.id if project.coder else None, limit=limit)
    names = coder_names(project)
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
        for entry in readable(project, entries)
    ]
    return Told({"journal": data}, chronicle(project, entries))


@verb("undo", _("Turn back the last act in PROJECT (with --as: your own last act)."))
@as_option
def undo(project: Project) -> Told:
    """Turn back the last act."""
    return _told("undone", project.undo(), _("Turned back: {act}"))


@verb("redo", _("Do again in PROJECT what was undone last (with --as: by you)."))
@as_option
def redo(project: Project) -> Told:
    """Do again what was undone last."""
    return _told("redone", project.redo(), _("Done again: {act}"))


def _told(done: str, entry: JournalEntry, words: str) -> Told:
    data = {done: entry.action, "entry": entry.id, "at": entry.at}
    return Told(data, [words.format(act=action_in_words(entry.action))])
