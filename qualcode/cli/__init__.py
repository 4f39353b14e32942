"""The command line: one file per verb, which parses, calls a task and prints text or JSON.

Imports neither the terminal program nor a language model before a verb needs it.
"""

from __future__ import annotations


def main() -> None:
    """Run the command line program `qualcode`."""
    from qualcode.cli.group import translate_click

    translate_click()
    from qualcode.cli.group import qualcode

    qualcode(prog_name="qualcode")
