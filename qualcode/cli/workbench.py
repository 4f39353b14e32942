"""`qualcode open|doctor`, and `qualcode` with a file or with nothing: the workbench and the terminal it runs in."""

from __future__ import annotations

import gc
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

import click

from qualcode import __version__
from qualcode.cli.verbs import Told, as_option, free_verb, project_argument
from qualcode.errors import QualcodeError
from qualcode.i18n import _, language
from qualcode.store.file.files import sqlite_version
from qualcode.tui.clipboard import program_found


@click.command("open", help=_("Open PROJECT in the workbench."))
@project_argument
@as_option
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


@free_verb("doctor", _("Say what this machine and this terminal can do; send this along with a question."))
@click.option("--keys", is_flag=True, help=_("Show which keys the terminal sends, and what they do."))
def doctor(keys: bool) -> Told | None:
    """Print what is known about the machine, or echo keys."""
    if keys:
        from qualcode.tui.key_echo import KeyEcho

        KeyEcho().run()
        return None
    found = facts()
    width = max(map(len, found))
    return Told(found, [f"{name:<{width}}  {value}" for name, value in found.items()])


def facts() -> dict[str, str]:
    """What there is here, by name; nothing of any project, and no name of a person or a file."""
    environment = os.environ
    colours = "NO_COLOR" if environment.get("NO_COLOR") else environment.get("COLORTERM") or "256"
    return {
        "qualcode": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "textual": version("textual"),
        "sqlite": sqlite_version(),
        "language": language(),
        "terminal": environment.get("TERM_PROGRAM") or environment.get("TERM") or "–",
        "colours": colours,
        "multiplexer": "tmux" if environment.get("TMUX") else "screen" if environment.get("STY") else "–",
        "clipboard": "terminal (OSC 52)"
        if environment.get("SSH_TTY")
        else program_found() or "terminal (OSC 52)",
    }
