"""The command line: one file per noun with its verbs, each of which calls a task and tells what came of it.

Imports neither the terminal program nor a language model before a verb needs it.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper


def main() -> None:
    """Run the command line program `qualcode`."""
    from qualcode.cli.group import qualcode, translate_click

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a folder may have a name that cannot be printed
            stream.reconfigure(errors="backslashreplace")
    translate_click()
    qualcode(prog_name="qualcode")
