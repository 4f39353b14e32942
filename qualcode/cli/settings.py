"""`qualcode settings`: what the pair chose for its project."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly, table
from qualcode.i18n import _


@click.command(
    "settings",
    help=_("Show the settings of PROJECT and what they mean, or give the setting NAME the value VALUE."),
)
@project_argument
@click.argument("name", required=False)
@click.argument("value", required=False)
@as_option
@json_option
@said_plainly
def command(project: Path, name: str | None, value: str | None, coder: str | None, as_json: bool) -> None:
    """List settings, show one, or change it."""
    from qualcode.store.project import open_project
    from qualcode.tasks.project.settings import CHOICES, choice, choose, in_words, value_of

    with open_project(project, coder) as opened:
        if name is not None and value is not None:
            choose(opened, name, value)
        shown = CHOICES if name is None else (choice(name),)
        found = [(one, value_of(opened, one)) for one in shown]
    rows = [[one.name, in_words(now), _(one.does)] for one, now in found]
    data = [{"name": one.name, "value": now, "does": _(one.does)} for one, now in found]
    emit(as_json, data if name is None else data[0], table(rows))
