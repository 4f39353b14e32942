"""What the verbs share: a project argument, `--json`, errors as one clear message."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.model import Role

P = ParamSpec("P")
R = TypeVar("R")

project_argument = click.argument("project", type=click.Path(path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help=_("Print JSON for scripts."))
as_option = click.option("--as", "coder", metavar=_("CODER"), help=_("Who you are."))


def said_plainly(verb: Callable[P, R]) -> Callable[P, R]:
    """Let an error meant for people end the program with its message and exit code 1."""

    @wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return verb(*args, **kwargs)
        except QualcodeError as error:
            click.echo(str(error), err=True)
            sys.exit(1)

    return run


def emit(as_json: bool, data: Any, lines: Iterable[str]) -> None:
    """Print `data` as JSON, or `lines` for people."""
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for line in lines:
            click.echo(line)


def role_of(word: str | None) -> Role | None:
    """The informant named by a word in Dutch or English; raises a usage error."""
    if word is None:
        return None
    from qualcode.sources import guess_from_name

    role = guess_from_name(word)[1]
    if role is None:
        known = ", ".join(f"{role} ({role.label})" if role.label != role else str(role) for role in Role)
        raise click.BadParameter(_("no such informant; choose from: {known}").format(known=known))
    return role


def table(rows: Iterable[Iterable[object]]) -> list[str]:
    """Rows of cells as lines with aligned columns."""
    cells = [[str(cell) for cell in row] for row in rows]
    if not cells:
        return []
    widths = [max(len(row[n]) for row in cells) for n in range(len(cells[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
