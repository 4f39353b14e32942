"""The command line: one file per noun with its verbs, each of which calls a task and tells what came of it.

Imports neither the terminal program nor a language model before a verb needs it.
"""

from __future__ import annotations


def main() -> None:
    """Run the command line program `qualcode`."""
    from qualcode.cli.group import qualcode, translate_click

    translate_click()
    qualcode(prog_name="qualcode")
