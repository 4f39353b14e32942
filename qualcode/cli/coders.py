"""`qualcode coders|done|share|merge`: the people who code, what each has finished, and sharing it with each other."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from qualcode.cli.verbs import (
    A_PATH,
    Told,
    as_option,
    as_required,
    file_argument,
    free_verb,
    project_argument,
    table,
    verb,
)
from qualcode.i18n import _
from qualcode.model import CoderKind
from qualcode.store.project import Project, open_project
from qualcode.tasks.project.sharing import advice, begin_copy, in_words, share_file, take

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
    return Told({"coder": person.name, "done": names}, [line])


@verb("share", _("Write your own work in PROJECT to one small file, to be merged on the other laptop."))
@click.option("-o", "--output", type=A_PATH, help=_("The file; without it: beside the project."))
@as_required
def share(project: Project, output: Path | None) -> Told:
    """Write a share file."""
    person = project.require_coder()
    path = share_file(project, person, output)
    size = path.stat().st_size
    said = advice(project.path)
    line = _("Saved: {path} ({size} kB). The other merges it with: qualcode merge PROJECT {name}").format(
        path=path, size=max(1, size // 1000), name=path.name
    )
    data = {"file": str(path), "bytes": size, "coder": person.name, "advice": said}
    return Told(data, [line, *([said] if said else [])])


@free_verb(
    "merge",
    _(
        "Take FILE into PROJECT: a share file (.qcx) or a whole other copy (.qualcode). Any order, any number of "
        "times, gives the same. If there is no PROJECT yet, a copy is begun from FILE."
    ),
)
@project_argument
@file_argument
@click.option("--dry-run", is_flag=True, help=_("Only say what it would bring."))
@as_option
def merge(project: Path, file: Path, dry_run: bool, who: str | None) -> Told:
    """Merge, or look what a merge would bring."""
    begun = not project.exists() and not dry_run
    merged = begin_copy(project, file) if begun else None
    with open_project(project, who) as opened:
        merged = merged if merged is not None else take(opened, file, preview=dry_run)
        open_conflicts = len(opened.conflicts.all())
        lines = in_words(merged)
    said = advice(project)
    head = [_("This is what it would bring; nothing was taken in.")] if dry_run else []
    data = {**asdict(merged), "dry_run": dry_run, "begun": begun, "to_decide": open_conflicts, "advice": said}
    return Told(data, [*head, *lines, *([said] if said else [])])
