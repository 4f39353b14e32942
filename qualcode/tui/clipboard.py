"""Copying text: the one way in which the program puts words on the clipboard.

A terminal escape (OSC 52) gives no answer and is unknown to some terminals, so at one's
own desk a program of the system goes first. Over SSH that program would write the
clipboard of the other computer, so there the escape is the only way.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from qualcode.text.normal import printable

if TYPE_CHECKING:
    from textual.app import App

_PROGRAMS = (
    ("pbcopy",),
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
    ("clip.exe",),
)


def copy(app: App[None], text: str) -> str:
    """Put `text` on the clipboard; returns the way taken: a program's name or "terminal"."""
    text = printable(text)
    program = None if os.environ.get("SSH_TTY") else _program()
    way = program[0] if program and _handed_over(program, text) else "terminal"
    app.copy_to_clipboard(text)
    return way


def program_found() -> str:
    """The name of the program of the system that would be used; empty if there is none."""
    program = _program()
    return program[0] if program else ""


def _program() -> tuple[str, ...] | None:
    wayland, x11 = bool(os.environ.get("WAYLAND_DISPLAY")), bool(os.environ.get("DISPLAY"))
    for program in _PROGRAMS:
        fits = {"wl-copy": wayland, "xclip": x11, "xsel": x11}.get(program[0], True)
        if fits and shutil.which(program[0]):
            return program
    return None


def _handed_over(program: tuple[str, ...], text: str) -> bool:
    try:
        done = subprocess.run(
            program, input=text.encode(), timeout=2, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
