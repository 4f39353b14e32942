"""What writes words of interviews stops at interviews whose names nobody looked at."""

from __future__ import annotations

from functools import wraps
from typing import Any

import click

from qualcode.i18n import _


def guarded(command: click.Command) -> click.Command:
    """The command with an option `--unreviewed`, without which it stops at unreviewed interviews."""
    write = command.callback
    if write is None:
        raise ValueError("only a command that does something can be guarded")

    @wraps(write)
    def run(*, unreviewed: bool, **asked: Any) -> Any:
        if not unreviewed:
            _look(asked["project"], asked.get("transcript"))
        return write(**asked)

    command.callback = run
    command.params.append(
        click.Option(
            ["--unreviewed"],
            is_flag=True,
            help=_("Go on even if nobody looked at the names in an interview."),
        )
    )
    return command


def _look(project: Any, transcript: str | None) -> None:
    from qualcode.store.project import open_project
    from qualcode.tasks.exporting.names_gate import refuse_unreviewed

    with open_project(project) as opened:
        refuse_unreviewed(opened, [opened.transcripts.get(transcript)] if transcript else None)
