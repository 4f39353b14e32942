"""`qualcode open`, and `qualcode` with a file or with nothing: the workbench.

Nothing of weight is imported here, not even what other verbs share: a person waits for the first screen.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click

from qualcode.errors import QualcodeError
from qualcode.i18n import _


@click.command("open", help=_("Open PROJECT in the workbench."))
@click.argument("project", type=click.Path(path_type=Path))
@click.option("--as", "who", metavar=_("CODER"), help=_("Who you are."))
def open_(project: Path, who: str | None) -> None:
    """Open a project in the workbench, or say at once why it cannot be opened."""
    open_workbench(project, who)


def open_workbench(project: Path | None, coder: str | None, *, demo: bool = False) -> None:
    """Run the terminal program on a project, or on its start screen."""
    require_terminal()
    gc.disable()  # the workbench enables it again once its first screen stands
    from qualcode.tui.app import run

    run(project, coder, demo=demo)


def require_terminal() -> None:
    """Raise `QualcodeError` where there is no terminal to draw in, instead of waiting for keys for ever."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise QualcodeError(
            _(
                "The workbench needs a terminal window. Without one, use a verb: qualcode --help shows them, "
                "and qualcode demo --no-open makes the demo."
            )
        )
