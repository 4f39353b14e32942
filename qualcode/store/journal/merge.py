"""Take in what was done on another copy of the project: a union of two journals.

The records are made anew from all entries (`replay`), so that any order of merging, any
number of times, gives the same project. All of it is one transaction: what does not
succeed has not happened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import Change, JournalEntry, new_id, now
from qualcode.store.file import files, rows
from qualcode.store.file.backups import must_wipe
from qualcode.store.journal.authors import Authors
from qualcode.store.journal.checked import (
    corrections_of,
    look_over,
    refuse_circles,
    refuse_misfits,
    refuse_other_texts,
    torn_interviews,
)
from qualcode.store.journal.fitting import not_here, only_add, refuse_other_versions
from qualcode.store.journal.forgotten import (
    about,
    cleaned,
    forgotten,
    stored_hider,
    told_hider,
    veiled,
    wipe_texts,
)
from qualcode.store.journal.hiding import hide_all, hide_in_texts
from qualcode.store.journal.incoming import Incoming, all_entries, from_the_future, joined, told_entries
from qualcode.store.journal.relations import tables
from qualcode.store.journal.replay import Contest, Replay, UnknownRecordError
from qualcode.store.journal.signing import keep_signatures
from qualcode.store.journal.state import carry_along, fingerprint, write_state
from qualcode.store.journal.texts import MASK, bring_together, masked_together, stored, texts_of
from qualcode.store.project import Project

if TYPE_CHECKING:
    from sqlite_utils import Database


_TEXTS = frozenset({"transcripts", "turns", "revisions"})


def empty_copy(path: Path, project_id: str) -> Project:
    """Make a project file with the identity of another copy and nothing in it."""
    db = files.create(path)
    with files.plain_errors(path), db.atomic():
        db.execute("INSERT INTO meta (key, value) VALUES ('project_id', ?), ('tick', '0')", [project_id])
    return Project(path, db)


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge brought, or would bring: records added, changed and taken away per table.

    `codings` counts the new codings per coder; `contests` are those that it brought to be decided,
    `clashes` the corrections that wait for it; `same` names the
    interviews that both had taken in; `future` counts acts dated after now; `repaired` records that were changed
    outside qualcode and are as the journal says again; `only_added`: nothing that was here was touched; `carried`
    codings that moved along with a correction of the text; `frozen` the interviews that all have finished now;
    `forgotten`, per coder, codings that went with an interview that somebody forgot. `state` and `their_state` are the
    fingerprints of both copies, `they_lack` and `we_lack` how many entries of each coder (by name) the one has and
    the other has not.
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
    clashes: int = 0
    only_added: bool = False
    carried: int = 0
    frozen: tuple[str, ...] = ()
    state: str = ""
    their_state: str = ""
    forgotten: Mapping[str, int] = field(default_factory=dict)
    they_lack: Mapping[str, int] = field(default_factory=dict)
    we_lack: Mapping[str, int] = field(default_factory=dict)


class _OnlyLooking(Exception):  # noqa: N818 - not an error: it turns a preview back
    """A preview ends by turning the transaction back."""

    def __init__(self, merged: Merged) -> None:
        self.merged = merged


def met_before(project: Project) -> bool:
    """Whether anything from another copy was ever taken in here, or somebody was invited to begin one."""
    return bool(
        project.select(
            "SELECT 1 FROM merges UNION SELECT 1 FROM journal WHERE action = 'coder.invite' LIMIT 1"
        )
    )


def merge(project: Project, incoming: Incoming, *, preview: bool = False, trust: str = "") -> Merged:
    """Take in the entries of another copy; with `preview` only say what that would bring.

    Raises `InputError` for another project or a damaged source, `ConflictError` when the
    two do not go together (a text in two versions, one act with two contents) or somebody
    did not sign what is in their name, `NewKeyError` when they signed with a key that is
    not the one (id) to `trust`, and `LockedError` while another program writes; the
    project then stays as it was.
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
            of_texts = any(c.table in _TEXTS for entry in incoming.entries for c in entry.changes)
            torn = torn_interviews(db) if of_texts else set[str]()
            opened = _opened(db)
            merged = _Merge(project, incoming, trust).run()
            with corrections_of(incoming.source):
                merged = _settled(project, merged, incoming, opened)
            if of_texts and merged.entries:
                refuse_other_texts(db, incoming.source, torn)
            if preview:
                raise _OnlyLooking(merged)
            db.conn.executemany(
                "INSERT OR IGNORE INTO taken_blocks (digest) VALUES (?)", [(one,) for one in incoming.blocks]
            )
    except _OnlyLooking as looked:
        return looked.merged
    return merged


def taken_blocks(project: Project) -> set[str]:
    """The blocks of share files (by their digests) that were taken in already."""
    return {row["digest"] for row in project.select("SELECT digest FROM taken_blocks")}


def _opened(db: Database) -> set[str]:
    """What opened interviews up to now: the ids of freezes and openings."""
    return {key for (key,) in db.execute("SELECT id FROM freezes UNION SELECT id FROM openings").fetchall()}


def _settled(project: Project, merged: Merged, incoming: Incoming, opened: Collection[str]) -> Merged:
    """What follows from the union by itself, in the same transaction; `opened` is what had opened seals before it."""
    if merged.only_added:
        return replace(_frozen(project, merged, incoming, opened), **_same_or_not(project, incoming))
    bring_together(project)
    hides = any(change.table == "hidden_names" for entry in incoming.entries for change in entry.changes)
    if merged.entries:
        (hide_all if hides else hide_in_texts)(project, stored_hider(project.db))
        if hides or any(
            change.table == "forgotten" for entry in incoming.entries for change in entry.changes
        ):
            must_wipe(project.db)
    if merged.forgotten:  # what is left of them is how many there were
        counted = ", ".join(f"{name} {n}" for name, n in sorted(merged.forgotten.items()))
        with project.transaction("transcript.forget_codings", counted):
            pass
    merged = replace(merged, carried=carry_along(project), clashes=len(project.conflicts.corrections()))
    return replace(_frozen(project, merged, incoming, opened), **_same_or_not(project, incoming))


def _frozen(project: Project, merged: Merged, incoming: Incoming, opened: Collection[str]) -> Merged:
    """What all have finished now is frozen; what came in as open must be so by what its coders fixed."""
    project.rounds.freeze_finished()
    project.proofs.refuse_broken_seals(incoming.source, opened)
    if incoming.signer is not None:
        shown = {c.id for entry in incoming.entries for c in entry.changes if c.table == "reveals"}
        project.proofs.refuse_other_readings(incoming.source, incoming.signer.coder_id, shown)
    found = project.select("SELECT f.id, t.name FROM freezes f JOIN transcripts t ON t.id = f.transcript_id")
    return replace(merged, frozen=tuple(sorted({row["name"] for row in found if row["id"] not in opened})))


def _same_or_not(project: Project, incoming: Incoming) -> dict[str, Any]:
    """The fingerprints of both copies, and what either lacks."""
    they_lack, we_lack = _lacking(project, incoming)
    return {
        "state": fingerprint(project.db),
        "their_state": incoming.fingerprint,
        "they_lack": they_lack,
        "we_lack": we_lack,
    }


def _lacking(project: Project, incoming: Incoming) -> tuple[dict[str, int], dict[str, int]]:
    """How many entries of each coder, by name, they lack of ours and we of theirs, as far as is known."""
    here = told_entries(project)
    known = dict(project.db.execute("SELECT id, canonical FROM aliases WHERE tbl = 'coders'").fetchall())
    ours, theirs = Counter[str](), Counter[str]()
    for coder in project.coders.all():
        ids = {coder.id, *(one for one, canonical in known.items() if canonical == coder.id)}
        more = sum(here.get(one, 0) - incoming.knows.get(one, 0) for one in ids)
        (ours if more > 0 else theirs)[coder.name] += abs(more)
    return dict(+ours), dict(+theirs)


class _Merge:
    """One merge, inside its transaction."""

    def __init__(self, project: Project, incoming: Incoming, trust: str) -> None:
        self._project = project
        self._trust = trust
        self._db = project.db
        self._incoming = incoming
        self._tables = tables(project.db)

    def run(self) -> Merged:
        fresh = not_here(self._db, self._incoming)
        look_over(self._incoming, fresh, self._tables)
        authors = Authors(self._project, self._incoming, self._trust)
        authors.refuse_forged(fresh)
        signed = authors.signed(fresh)
        self._hider = told_hider(self._db, self._incoming.entries)
        if self._hider:
            kept = tuple(cleaned(entry, self._hider) for entry in self._incoming.entries)
            self._incoming = replace(self._incoming, entries=kept)
            fresh = not_here(self._db, self._incoming)
        merged = self._added(fresh) if only_add(self._db, self._tables, fresh) else self._joined()
        stored_now = self._project.journal.some(signed)
        keep_signatures(self._db, (signed[entry.id].as_kept_with(entry) for entry in stored_now))
        return merged

    def _added(self, fresh: list[JournalEntry]) -> Merged:
        """What only comes on top is written as it is."""
        if not fresh:
            return Merged(0, {}, {}, {}, {}, (), (), 0, 0)
        self._write_journal(fresh, {})
        changes = [change for entry in fresh for change in entry.changes]
        rows.write(self._db, changes)
        refuse_misfits(self._db, changes, self._incoming.source)
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
            only_added=True,
        )

    def _joined(self) -> Merged:
        """Everything is made anew from both journals."""
        mine = all_entries(self._db)
        known = {entry.id: entry for entry in mine}
        hidden = self._forgotten(mine, known)
        union = {entry.id: veiled(cleaned(entry, self._hider), hidden) for entry in mine}
        for entry in (veiled(entry, hidden) for entry in self._incoming.entries):
            known_here = union.get(entry.id)
            union[entry.id] = entry if known_here is None else joined(known_here, entry, bool(self._hider))
        fresh = [entry for entry in union.values() if known.get(entry.id) != entry]
        if not fresh:
            return Merged(0, {}, {}, {}, {}, (), (), 0, 0)
        state = self._replayed(union.values())
        self._refuse_unknown_people(fresh, state)
        texts = self._texts(state)
        refuse_other_versions(self._incoming, state, mine, texts)
        before = _contests(self._db)
        self._write_journal(fresh, known)
        self._db.conn.executemany("INSERT OR IGNORE INTO texts (hash, text) VALUES (?, ?)", texts.items())
        written = write_state(self._db, self._tables, state)
        refuse_misfits(self._db, written, self._incoming.source)
        with corrections_of(self._incoming.source):
            self._mask_what_they_masked()
        wipe_texts(self._db, mine, hidden)
        return self._report(fresh, state, written, mine, before)

    def _forgotten(self, mine: Iterable[JournalEntry], known: Collection[str]) -> set[tuple[str, str]]:
        """The records that neither copy may speak of any longer; codings that were not yet forgotten are counted."""
        every = [*mine, *self._incoming.entries]
        records = about(every, forgotten(every))
        entries = [*mine, *(entry for entry in self._incoming.entries if entry.id not in known)]
        coders = {
            change.id: change.after["coder_id"]
            for entry in entries
            for change in entry.changes
            if change.table == "codings" and change.after and "coder_id" in change.after
        }
        self._forgotten_codings = Counter(
            coders[key] for table, key in records if key in coders and table == "codings"
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

    def _texts(self, state: Replay) -> dict[str, str]:
        refuse_circles(state, self._incoming.source)
        mine = stored(self._db)
        with corrections_of(self._incoming.source):
            return texts_of(state, lambda one: mine(one) or self._incoming.texts.get(one))

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

    def _mask_what_they_masked(self) -> None:
        """What the other wiped of a text that is kept for its positions alone is wiped here as well."""
        for text_hash, theirs in self._incoming.texts.items():
            mine = stored(self._db)(text_hash) if MASK in theirs else None
            if mine is not None and mine != theirs:
                self._db.execute(
                    "UPDATE texts SET text = ? WHERE hash = ? AND hash NOT IN (SELECT text_hash FROM transcripts)",
                    [masked_together(mine, theirs), text_hash],
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
            forgotten={
                people[state.canonical("coders", key)].fields["name"]: n
                for key, n in self._forgotten_codings.items()
            },
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
