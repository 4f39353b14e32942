"""`qualcode undo`."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly
from qualcode.i18n import _


@click.command("undo", help=_("Turn back the last act in PROJECT (with --as: your own last act)."))
@project_argument
@as_option
@json_option
@said_plainly
def command(project: Path, coder: str | None, as_json: bool) -> None:
    """Turn back the last act."""
    from qualcode.store.project import open_project
    from qualcode.tasks.project.logbook import action_in_words

    with open_project(project, coder) as opened:
        entry = opened.undo()
    data = {"undone": entry.action, "entry": entry.id, "at": entry.at}
    emit(as_json, data, [_("Turned back: {act}").format(act=action_in_words(entry.action))])
