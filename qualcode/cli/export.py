"""`qualcode export …`: documents of a project, for Word, the web, or a spreadsheet."""

from __future__ import annotations

import click

from qualcode.cli import exchanges
from qualcode.cli.exports import agreement, documents
from qualcode.cli.exports.guard import guarded
from qualcode.i18n import _

_WITHOUT_WORDS = ("respondents", "matrices", "checklist-form")  # of interviews


@click.group(
    "export", help=_("Write a document: theme table, chapter, matrices, ranking, checklist, or all in one.")
)
def command() -> None:
    """Group of verbs that write documents."""


command.add_command(agreement.command)
for made in (*documents.COMMANDS, *exchanges.COMMANDS):
    command.add_command(made if made.name in _WITHOUT_WORDS else guarded(made))
