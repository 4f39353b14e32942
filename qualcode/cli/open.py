"""`qualcode open`, and `qualcode` with a file or with nothing: the workbench."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from qualcode.cli.common import as_option, project_argument, said_plainly
from qualcode.i18n import _


def open_workbench(project: Path | None, coder: str | None, *, demo: bool = False) -> None:
    """Run the terminal program on a project, or on its start screen."""
    gc.disable()  # the workbench enables it again once its first screen stands
    from qualcode.tui.app import run

    run(project, coder, demo=demo)


@click.command("open", help=_("Open PROJECT in the workbench."))
@project_argument
@as_option
@said_plainly
def command(project: Path, coder: str | None) -> None:
    """Open a project in the workbench, or say at once why it cannot be opened."""
    open_workbench(project, coder)
