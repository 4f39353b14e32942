"""Take in what was done on another copy of the project: a union of two journals.

The records are made anew from all entries (`replay`), so that any order of merging, any
number of times, gives the same project. All of it is one transaction: what does not
succeed has not happened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import ConflictError, InputError
from qualcode.i18n import _
from qualcode.model import Change, JournalEntry, new_id, now
from qualcode.store.file import files, rows
from qualcode.store.journal.fitting import additions, refuse_other_versions
from qualcode.store.journal.forgotten import about, forgotten, veiled, wipe_texts
from qualcode.store.journal.incoming import Incoming, all_entries, from_the_future, joined, look_over
from qualcode.store.journal.relations import PLACED, tables
from qualcode.store.journal.replay import Contest, Replay, UnknownRecordError
from qualcode.store.journal.state import carry_along, write_state
from qualcode.store.project import Project

if TYPE_CHECKING:
    from sqlite_utils import Database


def empty_copy(path: Path, project_id: str) -> Project:
    """Make a project file with the identity of another copy and nothing in it."""
    db = files.create(path)
    with files.plain_errors(path), db.atomic():
        db.execute("INSERT INTO meta (key, value) VALUES ('project_id', ?), ('tick', '0')", [project_id])
    return Project(path, db)


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge brought, or would bring: records added, changed and taken away per table.

    `codings` counts the new codings per coder; `contests` are those that it brought to be
    decided; `same` names the interviews that both had taken in; `future` counts
    acts dated after now; `repaired` records that were changed outside qualcode and are as the
    journal says again; `carried` codings that moved along with a correction of the text;
    `frozen` the interviews that all have finished now.
    """

    entries: int
    added: Mapping[str, int]
    changed: Mapping[str, int]
    removed: Mapping[str, int]
    codings: Mapping[str, int]
    contests: tuple[Contest, ...]
    same: tuple[str, ...]
    future: int
    repaired: int
    carried: int = 0
    frozen: tuple[str, ...] = ()


class _OnlyLooking(Exception):  # noqa: N818 - not an error: it turns a preview back
    """A preview ends by turning the transaction back."""

    def __init__(self, merged: Merged) -> None:
        self.merged = merged


def merge(project: Project, incoming: Incoming, *, preview: bool = False) -> Merged:
    """Take in the entries of another copy; with `preview` only say what that would bring.

    Raises `InputError` for another project or a damaged source, `ConflictError` when the
    two do not go together (a text in two versions, one act with two contents), and
    `LockedError` while another program writes; the project then stays as it was.
    """
    if incoming.project_id != project.id:
        raise InputError(
            _("{source} belongs to another project. Ask for the share file of this one.").format(
                source=incoming.source
            )
        )
    db = project.db
    try:
        with project.unjournaled(only_looking=preview):
            db.execute("PRAGMA defer_foreign_keys = ON")
            # the first statement writes, so that the lock is ours before anything is read
            db.execute("UPDATE meta SET value = value WHERE key = 'tick'")
            merged = _settled(project, _Merge(project, incoming).run())
            if preview:
                raise _OnlyLooking(merged)
    except _OnlyLooking as looked:
        return looked.merged
    return merged


def _settled(project: Project, merged: Merged) -> Merged:
    """What follows from the union by itself, in the same transaction."""
    carried = carry_along(project)
    names = (
        project.transcripts.get(freeze.transcript_id).name for freeze in project.rounds.freeze_finished()
    )
    return replace(merged, carried=carried, frozen=tuple(sorted(names)))


class _Merge:
    """One merge, inside its transaction."""

    def __init__(self, project: Project, incoming: Incoming) -> None:
        self._project = project
        self._db = project.db
        self._incoming = incoming
        self._tables = tables(project.db)

    def run(self) -> Merged:
        look_over(self._incoming, self._tables)
        only_new = additions(self._db, self._tables, self._incoming)
        return self._joined() if only_new is None else self._added(only_new)

    def _added(self, fresh: list[JournalEntry]) -> Merged:
        """What only comes on top is written as it is."""
        if not fresh:
            return Merged(0, {}, {}, {}, {}, (), (), 0, 0)
        self._write_journal(fresh, {})
        changes = [change for entry in fresh for change in entry.changes]
        rows.write(self._db, changes)
        names = {coder.id: coder.name for coder in self._project.coders.all()}
        codings = Counter(names[(c.after or {})["coder_id"]] for c in changes if c.table == "codings")
        return Merged(
            entries=len(fresh),
            added=dict(Counter(change.table for change in changes)),
            changed={},
            removed={},
            codings=dict(codings),
            contests=(),
            same=(),
            future=len(from_the_future(fresh, now())),
            repaired=0,
        )

    def _joined(self) -> Merged:
        """Everything is made anew from both journals."""
        mine = all_entries(self._db)
        known = {entry.id: entry for entry in mine}
        hidden = self._forgotten([*mine, *self._incoming.entries])
        union = {entry.id: veiled(entry, hidden) for entry in mine}
        for entry in (veiled(entry, hidden) for entry in self._incoming.entries):
            union[entry.id] = joined(union[entry.id], entry) if entry.id in union else entry
        fresh = [entry for entry in union.values() if known.get(entry.id) != entry]
        if not fresh:
            return Merged(0, {}, {}, {}, {}, (), (), 0, 0)
        state = self._replayed(union.values())
        self._refuse_unknown_people(fresh, state)
        refuse_other_versions(self._db, self._incoming, state, mine)
        before = _contests(self._db)
        self._write_journal(fresh, known)
        self._write_texts(state)
        written = write_state(self._db, self._tables, state)
        wipe_texts(self._db, mine, hidden)
        return self._report(fresh, state, written, mine, before)

    def _forgotten(self, entries: list[JournalEntry]) -> set[tuple[str, str]]:
        """The records that neither copy may speak of any longer."""
        records = about(entries, forgotten(entries))
        if any(table == "codings" for table, _id in records):
            raise ConflictError(
                _(
                    "An interview was forgotten on one laptop and coded on the other. Take it out on both, or on "
                    "neither, before you merge."
                )
            )
        return records

    def _replayed(self, entries: Iterable[JournalEntry]) -> Replay:
        ordered = sorted(entries, key=lambda entry: (entry.tick, entry.id))
        try:
            return Replay(self._tables).play(ordered)
        except (UnknownRecordError, KeyError, TypeError) as error:
            raise InputError(
                _(
                    "{source} is not complete: it builds on things that neither copy has. "
                    "Ask the other to share again, with everything in it."
                ).format(source=self._incoming.source)
            ) from error

    def _refuse_unknown_people(self, fresh: Iterable[JournalEntry], state: Replay) -> None:
        people = state.records["coders"]
        for entry in fresh:
            if entry.coder_id is not None and state.canonical("coders", entry.coder_id) not in people:
                raise InputError(
                    _(
                        "{source} holds work of somebody this project does not know. Ask to share again."
                    ).format(source=self._incoming.source)
                )

    def _write_journal(self, fresh: list[JournalEntry], known: Mapping[str, JournalEntry]) -> None:
        journal = self._project.journal
        journal.append(*(entry for entry in fresh if entry.id not in known))
        for entry in fresh:
            if entry.id in known:
                journal.complete(entry)
        self._db.execute(
            "UPDATE meta SET value = max(CAST(value AS INTEGER), ?) WHERE key = 'tick'",
            [max(entry.tick for entry in fresh)],
        )
        self._db.execute(
            "INSERT INTO merges (id, at, source, entries) VALUES (?, ?, ?, ?)",
            [new_id(), now(), self._incoming.source, len(fresh)],
        )

    def _write_texts(self, state: Replay) -> None:
        """Take in the texts that something stands on, and only those: old ones may hold names."""
        needed = {
            row["text_hash"] for table in ("transcripts", *PLACED) for row in state.rows(table).values()
        }
        self._db.conn.executemany(
            "INSERT OR IGNORE INTO texts (hash, text) VALUES (?, ?)",
            [(digest, text) for digest, text in self._incoming.texts.items() if digest in needed],
        )

    def _report(
        self,
        fresh: list[JournalEntry],
        state: Replay,
        written: list[Change],
        mine: tuple[JournalEntry, ...],
        before: set[str],
    ) -> Merged:
        counts = {"added": Counter[str](), "changed": Counter[str](), "removed": Counter[str]()}
        codings: Counter[str] = Counter()
        people = state.records["coders"]
        for change in written:
            how = "removed" if change.after is None else "changed" if change.before is not None else "added"
            counts[how][change.table] += 1
            if how == "added" and change.table == "codings":
                codings[people[(change.after or {})["coder_id"]].fields["name"]] += 1
        transcripts = state.records["transcripts"]
        new_ids = {change.id for entry in fresh for change in entry.changes if change.table == "transcripts"}
        same = {
            transcripts[state.canonical("transcripts", one)].fields["name"]
            for one in new_ids
            if ("transcripts", one) in state.aliases
        }
        return Merged(
            entries=len(fresh),
            added=dict(counts["added"]),
            changed=dict(counts["changed"]),
            removed=dict(counts["removed"]),
            codings=dict(codings),
            contests=tuple(c for c in state.open_contests() if c.id not in before),
            same=tuple(sorted(same)),
            future=len(from_the_future(fresh, now())),
            repaired=self._repaired(fresh, written, mine),
        )

    def _repaired(
        self, fresh: list[JournalEntry], written: list[Change], mine: tuple[JournalEntry, ...]
    ) -> int:
        """How many records were, before this, not as the own journal left them."""
        touched = {(change.table, change.id) for entry in fresh for change in entry.changes}
        odd = [change for change in written if (change.table, change.id) not in touched]
        if not odd:
            return 0
        own = self._replayed(mine)
        expected = {table: own.rows(table) for table in {change.table for change in odd}}
        return sum(expected[c.table].get(c.id) != c.before for c in odd)


def _contests(db: Database) -> set[str]:
    return {row[0] for row in db.execute("SELECT id FROM contests").fetchall()}
