"""Whose a change is, and the journal without what belongs to others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from qualcode.model import Change, CoderKind, JournalEntry
from qualcode.store.project import Project
from qualcode.store.relations import PRIVATE
from qualcode.store.veil import Key


class Owners:
    """Finds out whose private records are: said where one is made, remembered where it is changed."""

    def __init__(self, project: Project, own: Collection[str]) -> None:
        self._names = dict(
            project.db.execute("SELECT id, canonical FROM aliases WHERE tbl = 'coders'").fetchall()
        )
        shared = {person.id for person in project.coders.all() if person.kind is CoderKind.CONSENSUS}
        self._own = set(own) | shared
        self._owner: dict[Key, str] = {}
        self._place: dict[Key, str] = {}

    def is_of_others(self, change: Change) -> bool:
        """Whether a change is of a record that somebody else keeps to themselves."""
        if change.table not in PRIVATE:
            return False
        key = (change.table, change.id)
        for row in (change.before, change.after):
            if row and row.get("coder_id"):
                self._owner[key] = self._names.get(row["coder_id"], row["coder_id"])
            if row and row.get("transcript_id"):
                self._place[key] = row["transcript_id"]
        return self._owner.get(key) not in self._own

    def place(self, change: Change) -> str | None:
        """The interview (id) that a change is on, if it is known."""
        return self._place.get((change.table, change.id))


def without_others(
    project: Project,
    entries: Iterable[JournalEntry],
    own: Collection[str],
    *,
    sealed: Collection[str] | None = None,
) -> Iterator[JournalEntry]:
    """The entries, given from the first one on, without the contents of what belongs to others.

    With `sealed` (interviews) only what is on these, or on no interview that is known, is left out.
    """
    owners = Owners(project, own)
    for entry in entries:
        changes = tuple(
            Change(change.table, change.id, None, None)
            if owners.is_of_others(change) and (sealed is None or owners.place(change) in {None, *sealed})
            else change
            for change in entry.changes
        )
        yield entry if changes == entry.changes else replace(entry, changes=changes)


def readable(project: Project, entries: Iterable[JournalEntry]) -> list[JournalEntry]:
    """The entries as the person at work may read them: of sealed interviews only their own."""
    chosen = list(entries)
    sealed = project.rounds.sealed()
    if not sealed:
        return chosen
    own = {project.coder.id} if project.coder else set()
    every = without_others(project, project.journal.entries(), own, sealed=sealed)
    wanted = {entry.id for entry in chosen}
    return [entry for entry in every if entry.id in wanted]
