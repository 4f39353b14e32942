"""`qualcode check`: is everything in the project sound?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from qualcode.cli.common import emit, json_option, project_argument, said_plainly
from qualcode.i18n import _


@click.command("check", help=_("Look whether everything in PROJECT is sound."))
@project_argument
@json_option
@said_plainly
def command(project: Path, as_json: bool) -> None:
    """Check a project; exit code 1 if something is wrong."""
    from qualcode.store.file.check import problems
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        found = problems(opened)
    emit(as_json, {"sound": not found, "problems": found}, found or [_("Everything is sound.")])
    if found:
        sys.exit(1)
