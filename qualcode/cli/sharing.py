"""`qualcode share|merge`: one's work to the other laptop, and the other's work here."""

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
from qualcode.tasks.project.sharing import (
    advice,
    begin_copy,
    compare_copies,
    copies_in_words,
    in_words,
    next_in_rounds,
    share_file,
    take,
)


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
