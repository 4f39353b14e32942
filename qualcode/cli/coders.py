"""`qualcode coders|done`: the people who code, and what each has finished."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from qualcode.cli.verbs import (
    Told,
    as_required,
    table,
    verb,
)
from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.model import CoderKind
from qualcode.tasks.comparing.independence import next_in_rounds

if TYPE_CHECKING:
    from qualcode.store.project import Project

coders = click.Group("coders", help=_("List the people who code, or add one."))


@verb("list", _("List the people who code in PROJECT."), of=coders)
def list_(project: Project) -> Told:
    """List the coders with their number of codings."""
    found = [(coder, len(project.codings.all(coder=coder))) for coder in project.coders.all()]
    data = [{"id": c.id, "name": c.name, "kind": str(c.kind), "codings": n} for c, n in found]
    return Told({"coders": data}, table([c.name, c.kind.label, n] for c, n in found))


@verb("add", _("Add NAME to the people who code in PROJECT."), of=coders)
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice([str(kind) for kind in CoderKind if kind != CoderKind.CONSENSUS]),
    default=str(CoderKind.PRACTITIONER),
    show_default=True,
    help=_("What the coder is to the pair."),
)
def add(project: Project, name: str, kind: str) -> Told:
    """Add a coder."""
    coder = project.coders.add(name, CoderKind(kind))
    data = {"id": coder.id, "name": coder.name, "kind": str(coder.kind)}
    return Told(data, [_("Added {name} ({kind}).").format(name=coder.name, kind=coder.kind.label)])


@verb("pin", _("Give NAME a PIN on this laptop, so that nobody works under that name by mistake."), of=coders)
@click.argument("name")
@click.option("--off", is_flag=True, help=_("Take the PIN away."))
def pin(project: Project, name: str, off: bool) -> Told:
    """Set or clear a PIN; it is typed, never given on the command line."""
    coder = project.coders.get(name)
    old = click.prompt(_("PIN until now"), hide_input=True) if project.pins.has(coder) else ""
    if off:
        project.pins.clear(coder, old)
    else:
        new = click.prompt(_("New PIN"), hide_input=True, confirmation_prompt=_("Again"))
        project.pins.set(coder, new, old)
    line = _("{name} has no PIN now.") if off else _("{name} has a PIN on this laptop.")
    return Told({"coder": coder.name, "pin": not off}, [line.format(name=coder.name)])


@verb("here", _("Say that NAME works on this laptop as well; the others are asked to confirm it."), of=coders)
@click.argument("name")
def here(project: Project, name: str) -> Told:
    """Let somebody who works elsewhere sit down here: their work gets a key of this machine."""
    coder = project.coders.get(name)
    project.pins.ask(coder, os.environ.get("QUALCODE_PIN", ""))
    key = project.keys.here(coder) or project.keys.make(coder)
    if key is None:
        raise QualcodeError(_("The folder of settings cannot be written, so no key can be kept here."))
    line = _(
        "{name} works on this laptop now, with the key {key}. Who takes in their share file confirms it."
    )
    return Told({"coder": coder.name, "key": key.shown}, [line.format(name=coder.name, key=key.shown)])


@verb("done", _("Say that you have finished coding TRANSCRIPTS (without any: all) of PROJECT."))
@click.argument("transcripts", nargs=-1)
@as_required
@click.option("--not", "reopen", is_flag=True, help=_("Say that you have not finished after all."))
def done(project: Project, transcripts: tuple[str, ...], reopen: bool) -> Told:
    """Mark transcripts as finished by a coder."""
    person = project.require_coder()
    chosen = [project.transcripts.get(name) for name in transcripts] or project.transcripts.all()
    with project.transaction("transcript.reopen" if reopen else "transcript.done"):
        for transcript in chosen:
            project.progress.mark(transcript, person, not reopen)
    finished = {where for where, coder_id in project.progress.done() if coder_id == person.id}
    names = [t.name for t in project.transcripts.all() if t.id in finished]
    line = _("{coder} has finished: {names}").format(coder=person.name, names=", ".join(names) or "–")
    return Told({"coder": person.name, "done": names}, [line, *next_in_rounds(project, person)])
