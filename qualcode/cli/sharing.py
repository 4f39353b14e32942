"""`qualcode share|merge|invite|accept`: one's work to the other laptop, and the other's work here."""

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
    verb,
)
from qualcode.i18n import _
from qualcode.store.file.files import is_free
from qualcode.store.journal.state import fingerprint
from qualcode.store.project import Project, open_project
from qualcode.tasks.comparing.independence import next_in_rounds
from qualcode.tasks.project.invitations import accept as accept_invitation
from qualcode.tasks.project.invitations import invite as write_invitation
from qualcode.tasks.project.sharing import (
    advice,
    begin_copy,
    compare_copies,
    copies_in_words,
    in_words,
    share_file,
    take,
)
from qualcode.tui.preferences import load_preferences


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
    state = fingerprint(project.db)
    data = {"file": str(path), "bytes": size, "coder": person.name, "state": state, "advice": said}
    stands = _("The analysis here is {state}: if the other sees the same after merging, both are alike.")
    sealed = next_in_rounds(project, person)
    return Told(data, [line, stands.format(state=state), *sealed, *([said] if said else [])])


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
@click.option(
    "--confirm", metavar=_("KEY"), default="", help=_("Confirm a new key of the other (with --as).")
)
@as_option
def merge(project: Path, file: Path, dry_run: bool, confirm: str, who: str | None) -> Told:
    """Merge, or look what a merge would bring."""
    begun = is_free(project) and not dry_run
    merged = begin_copy(project, file) if begun else None
    with open_project(project, who) as opened:
        merged = merged if merged is not None else take(opened, file, preview=dry_run, trust=confirm)
        open_conflicts = len(opened.conflicts.all())
        lines = in_words(merged)
        lines += next_in_rounds(opened, opened.coder) if opened.coder else []
    said = advice(project)
    head = [_("This is what it would bring; nothing was taken in.")] if dry_run else []
    data = {**asdict(merged), "dry_run": dry_run, "begun": begun, "to_decide": open_conflicts, "advice": said}
    return Told(data, [*head, *lines, *([said] if said else [])])


@verb(
    "invite",
    _(
        "Invite NAME, who codes in PROJECT too, to begin on their own laptop: writes one small file for them to "
        "open there, with the interviews and your work in it."
    ),
)
@click.argument("name")
@click.option("-o", "--output", type=A_PATH, help=_("The file; without it: beside the project."))
@as_required
def invite(project: Project, name: str, output: Path | None) -> Told:
    """Write an invitation."""
    invited = project.coders.get(name)
    host, preferences = project.require_coder(), load_preferences()
    path = write_invitation(project, invited, output)
    if not preferences.coder_of(project.path):
        preferences.opened(project.path, host.name)
    line = _("Saved: {path}. {name} begins with: qualcode {file}").format(
        path=path, name=invited.name, file=path.name
    )
    data = {"file": str(path), "invited": invited.name, "by": host.name}
    return Told(data, [line])


@free_verb(
    "accept",
    _(
        "Begin your copy PROJECT from FILE, an invitation (.qci); from then on this machine knows that you are who "
        "is invited. If PROJECT is there already, what FILE brings is taken in."
    ),
)
@file_argument
@project_argument
def accept(file: Path, project: Path) -> Told:
    """Begin a copy, and note who sits here."""
    preferences = load_preferences()
    with accept_invitation(file, project, preferences.coder_of) as opened:
        person = opened.require_coder()
        preferences.opened(opened.path, person.name)
    line = _("You are {name} in {path}. Begin with: qualcode {path}").format(
        name=person.name, path=opened.path
    )
    said = advice(opened.path)
    data = {"project": str(opened.path), "coder": person.name, "advice": said}
    return Told(data, [line, *([said] if said else [])])


@free_verb(
    "compare-copies", _("Say whether two copies of a project, ONE and OTHER, are the same, and what differs.")
)
@click.argument("one", type=A_PATH)
@click.argument("other", type=A_PATH)
def compare(one: Path, other: Path) -> Told:
    """Lay two copies side by side."""
    with open_project(one) as first, open_project(other) as second:
        copies = compare_copies(first, second)
    kinds = ("only_in_one", "only_in_other", "not_alike")
    data = {
        "same": copies.same,
        "states": list(copies.states),
        "differing": {
            table: dict(zip(kinds, counts, strict=True)) for table, counts in copies.differing.items()
        },
        "sealed": copies.sealed,
    }
    return Told(data, copies_in_words(copies, (one.name, other.name)), exit_code=0 if copies.same else 1)
