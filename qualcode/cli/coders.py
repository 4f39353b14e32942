"""`qualcode coders list|add`."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import emit, json_option, project_argument, said_plainly, table
from qualcode.i18n import _
from qualcode.model import CoderKind


@click.group("coders", help=_("List the people who code, or add one."))
def command() -> None:
    """Group of verbs on coders."""


@command.command("list", help=_("List the people who code in PROJECT."))
@project_argument
@json_option
@said_plainly
def list_(project: Path, as_json: bool) -> None:
    """List the coders with their number of codings."""
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        found = [(coder, len(opened.codings.all(coder=coder))) for coder in opened.coders.all()]
    data = [{"id": c.id, "name": c.name, "kind": str(c.kind), "codings": n} for c, n in found]
    emit(as_json, {"coders": data}, table([c.name, c.kind.label, n] for c, n in found))


@command.command("add", help=_("Add NAME to the people who code in PROJECT."))
@project_argument
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice([str(kind) for kind in CoderKind if kind != CoderKind.CONSENSUS]),
    default=str(CoderKind.PRACTITIONER),
    show_default=True,
    help=_("What the coder is to the pair."),
)
@json_option
@said_plainly
def add(project: Path, name: str, kind: str, as_json: bool) -> None:
    """Add a coder."""
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        coder = opened.coders.add(name, CoderKind(kind))
    data = {"id": coder.id, "name": coder.name, "kind": str(coder.kind)}
    emit(as_json, data, [_("Added {name} ({kind}).").format(name=coder.name, kind=coder.kind.label)])


@command.command(
    "pin", help=_("Give NAME a PIN on this laptop, so that nobody works under that name by mistake.")
)
@project_argument
@click.argument("name")
@click.option("--off", is_flag=True, help=_("Take the PIN away."))
@json_option
@said_plainly
def pin(project: Path, name: str, off: bool, as_json: bool) -> None:
    """Set or clear a PIN; it is typed, never given on the command line."""
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        coder = opened.coders.get(name)
        old = click.prompt(_("PIN until now"), hide_input=True) if opened.pins.has(coder) else ""
        if off:
            opened.pins.clear(coder, old)
        else:
            new = click.prompt(_("New PIN"), hide_input=True, confirmation_prompt=_("Again"))
            opened.pins.set(coder, new, old)
    line = _("{name} has no PIN now.") if off else _("{name} has a PIN on this laptop.")
    emit(as_json, {"coder": coder.name, "pin": not off}, [line.format(name=coder.name)])
