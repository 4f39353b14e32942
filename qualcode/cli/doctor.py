"""`qualcode doctor`: what this machine and this terminal can do."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version

import click

from qualcode import __version__
from qualcode.cli.common import emit, json_option, said_plainly
from qualcode.i18n import _, language


@click.command(
    "doctor", help=_("Say what this machine and this terminal can do; send this along with a question.")
)
@click.option("--keys", is_flag=True, help=_("Show which keys the terminal sends, and what they do."))
@json_option
@said_plainly
def command(keys: bool, as_json: bool) -> None:
    """Print what is known about the machine, or echo keys."""
    if keys:
        from qualcode.tui.key_echo import KeyEcho

        KeyEcho().run()
        return
    found = facts()
    width = max(map(len, found))
    emit(as_json, found, [f"{name:<{width}}  {value}" for name, value in found.items()])


def facts() -> dict[str, str]:
    """What there is here, by name; nothing of any project, and no name of a person or a file."""
    from qualcode.store.file.files import sqlite_version
    from qualcode.tui.clipboard import program_found

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
