"""Journal entries from elsewhere: read from another project file, and looked over before they are used."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import ConflictError, ProjectError
from qualcode.i18n import _
from qualcode.model import Change, CoderKind, JournalEntry
from qualcode.store.file import files
from qualcode.store.file.rows import select
from qualcode.store.journal.entries import ENTRY_FIELDS, entry_of
from qualcode.store.journal.forgotten import WRITTEN
from qualcode.store.journal.relations import PRIVATE, kept_back
from qualcode.store.journal.signing import signatures
from qualcode.store.journal.state import fingerprint
from qualcode.store.journal.texts import masked_together

if TYPE_CHECKING:
    from sqlite_utils import Database

    from qualcode.store.journal.forgotten import Key
    from qualcode.store.journal.signing import Signature
    from qualcode.store.project import Project


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose key signed a share file: the coder and the key (ids), and its public half (hex)."""

    coder_id: str
    key_id: str
    public: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """Entries and texts from another copy. `source` says where from, in words.

    `fingerprint` is that of its state; `knows` how many entries of each coder (by id) it has, sent along or not;
    `blocks` are the digests of what it sent, which need not be read another time. A share file names its `sender`
    and may be signed (`signer`); `signatures` are those of single entries.
    """

    source: str
    project_id: str
    entries: tuple[JournalEntry, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    knows: Mapping[str, int] = field(default_factory=dict)
    blocks: tuple[str, ...] = ()
    sender: str = ""
    signer: Signer | None = None
    signatures: Mapping[str, Signature] = field(default_factory=dict)


def read_project(path: Path, beside: Path | None = None) -> Incoming:
    """The whole journal of another copy of the project; that file is not changed.

    Of the entries only those that the project `beside` lacks, or tells in other words.

    Raises `ProjectError` if it is no project, newer, or in use.
    """
    from qualcode.store.file.schema import connect  # loads sqlite-utils

    files.refuse_what_is_no_project(path)
    with files.plain_errors(path):
        db = connect(path, read_only=True)
        try:
            files.refuse_foreign(db, path)
            db.execute("PRAGMA trusted_schema = OFF")
            if not {"meta", "journal", "texts"} <= set(db.table_names()):  # a view may ask for anything
                raise ValueError(path)
            if beside is not None:
                db.execute("ATTACH DATABASE ? AS mine", [f"{beside.resolve().as_uri()}?mode=ro"])
            with db.atomic():
                project_id = db.execute("SELECT value FROM main.meta WHERE key = 'project_id'").fetchone()[0]
                entries = all_entries(db) if beside is None else _unlike(db)
                texts = dict(db.execute("SELECT hash, text FROM texts").fetchall())
                newest = not files.behind(db)
                state = (fingerprint(db), entries_by_coder(db)) if newest else ("", {})
                signed = signatures(db) if newest else {}
        except (TypeError, ValueError, RecursionError) as error:
            raise ProjectError(
                _("The journal of {path} is damaged. Take an older copy of it.").format(path=path)
            ) from error
        finally:
            db.close()
    return Incoming(path.name, project_id, entries, texts, *state, signatures=signed)


def _unlike(db: Database) -> tuple[JournalEntry, ...]:
    """The entries that the attached file lacks, or tells in other words."""
    different = " OR ".join(f"o.{name} IS NOT m.{name}" for name in ENTRY_FIELDS.split(", "))
    fields = ", ".join(f"o.{name}" for name in ENTRY_FIELDS.split(", "))
    found = select(
        db,
        f"SELECT {fields} FROM main.journal o LEFT JOIN mine.journal m ON m.id = o.id WHERE {different} "
        "ORDER BY o.tick, o.id",
    )
    return tuple(entry_of(row) for row in found)


def entries_by_coder(db: Database) -> dict[str, int]:
    """How many entries of each coder, by id, a project file holds."""
    return dict(
        db.execute(
            "SELECT coder_id, count(*) FROM journal WHERE coder_id IS NOT NULL GROUP BY coder_id"
        ).fetchall()
    )


def all_entries(db: Database) -> tuple[JournalEntry, ...]:
    """Every entry of a project file, in the order in which entries count."""
    found = select(db, f"SELECT {ENTRY_FIELDS} FROM journal ORDER BY tick, id")
    return tuple(entry_of(row) for row in found)


def joined(known: JournalEntry, other: JournalEntry, names_hidden: bool = False) -> JournalEntry:
    """Two copies of one entry as one: what either kept back is taken from the other, what either masked is masked.

    Where names were hidden, apart and maybe by two people, the words in which copies differ are those of one of them,
    the same on both. Raises `ConflictError` if they tell two different things.
    """
    if known == other:
        return known
    try:
        note = _one_of(known.note, other.note, names_hidden)
        if replace(known, changes=(), note=note) != replace(other, changes=(), note=note):
            raise ValueError(known.id)
        both = zip(known.changes, other.changes, strict=True)
        changes = tuple(_one_change(mine, theirs, names_hidden) for mine, theirs in both)
    except ValueError as error:
        raise ConflictError(
            _(
                "The act of {at} says one thing here and another there: one of the copies was changed "
                "outside qualcode. Nothing was taken in; run qualcode check on both."
            ).format(at=known.at)
        ) from error
    return replace(known, changes=changes, note=note)


def _one_change(mine: Change, theirs: Change, names_hidden: bool) -> Change:
    if (mine.table, mine.id) != (theirs.table, theirs.id):
        raise ValueError(mine.id)
    if mine == theirs or kept_back(theirs):
        return mine
    if kept_back(mine):
        return theirs
    if mine.table == "revisions":
        return Change(
            mine.table, mine.id, *map(_masked_edits, (mine.before, mine.after), (theirs.before, theirs.after))
        )
    words = ("turns", *WRITTEN.get(mine.table, ())) if names_hidden else ()
    before, after = (
        _one_row(a, b, words) for a, b in ((mine.before, theirs.before), (mine.after, theirs.after))
    )
    return Change(mine.table, mine.id, before, after)


def _one_row(
    mine: Mapping[str, Any] | None, theirs: Mapping[str, Any] | None, words: Collection[str]
) -> Mapping[str, Any] | None:
    """Two copies of a record as one; they may differ only in these columns, where people write words of their own."""
    if mine is None or theirs is None or mine.keys() != theirs.keys():
        kept: Mapping[str, Any] | None = _one_of(mine, theirs, False)
        return kept
    return {name: _one_of(mine[name], theirs[name], name in words) for name in mine}


def _masked_edits(
    mine: Mapping[str, Any] | None, theirs: Mapping[str, Any] | None
) -> Mapping[str, Any] | None:
    if mine is None or theirs is None or "edits" not in mine or "edits" not in theirs:
        kept: Mapping[str, Any] | None = _one_of(mine, theirs, False)
        return kept
    pairs = zip(json.loads(mine["edits"]), json.loads(theirs["edits"]), strict=True)
    edits = [[*_one_of(a[:2], b[:2], False), masked_together(a[2], b[2])] for a, b in pairs]
    _one_of({**mine, "edits": ""}, {**theirs, "edits": ""}, False)
    return {**mine, "edits": json.dumps(edits, ensure_ascii=False)}


def _one_of(mine: Any, theirs: Any, names_hidden: bool) -> Any:
    """What two copies say alike; of words that differ, where names were hidden, the same ones on both."""
    if mine == theirs:
        return mine
    if names_hidden and isinstance(mine, str) and isinstance(theirs, str):
        return min(mine, theirs)
    if isinstance(mine, dict) and isinstance(theirs, dict) and mine.keys() == theirs.keys():
        return {name: _one_of(mine[name], theirs[name], names_hidden) for name in mine}
    if isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        return [_one_of(a, b, names_hidden) for a, b in zip(mine, theirs, strict=True)]
    raise ValueError("two different things")


def from_the_future(entries: Iterable[JournalEntry], moment: str) -> list[JournalEntry]:
    """Entries whose time lies after `moment` (ISO, UTC): the clock of a laptop is wrong."""
    return [entry for entry in entries if entry.at > moment]


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
        return self.owner(change) not in self._own

    def owner(self, change: Change) -> str | None:
        """Whose private record this is (coder id); remembers that, and the interview it is on."""
        key = (change.table, change.id)
        for row in (change.before, change.after):
            if row and row.get("coder_id"):
                self._owner[key] = self._names.get(row["coder_id"], row["coder_id"])
            if row and (place := self._place_of(change.table, row)):
                self._place[key] = place
        return self._owner.get(key)

    def _place_of(self, table: str, row: Mapping[str, Any]) -> str | None:
        on = row.get("target_id") if row.get("target_kind") in ("coding", "transcript") else None
        of_coding = self._place.get(("codings", on or row.get("coding_id") or ""))
        on_interview = on if row.get("target_kind") == "transcript" else None
        return row.get("transcript_id") or of_coding or on_interview

    def keeps_back(self, entry: JournalEntry, change: Change, sealed: Collection[str] | None) -> bool:
        """Whether a change stays behind. What travels (`sealed` is `None`) goes with who did it, whosever it was."""
        of_others = self.is_of_others(change)
        if sealed is None:
            return of_others and not self.is_by_own(entry)
        return of_others and self.place(change) in {None, *sealed}

    def is_set_apart_by_others(self, change: Change, entry: JournalEntry, sealed: Collection[str]) -> bool:
        """Whether somebody else handled a quote on a sealed interview: it tells what they read there."""
        row = {**(change.before or {}), **(change.after or {})}
        key = (change.table, change.id)
        if "transcript_id" in row:
            self._place[key] = row["transcript_id"]
        return change.table == "theme_quotes" and self._place.get(key) in sealed and not self.is_by_own(entry)

    def is_by_own(self, entry: JournalEntry) -> bool:
        """Whether an entry is of one of those whose work this is about."""
        return self._names.get(entry.coder_id or "", entry.coder_id) in self._own

    def is_withheld(self, change: Change, whose: str | None, withheld: Collection[str]) -> bool:
        """Whether a change tells what somebody (`None`: anybody) read in one of these interviews.

        What is on no interview, as an order or a rating, tells of all.
        """
        if change.table in PRIVATE - {"done"}:
            owner = self.owner(change)
            return (whose is None or owner == whose) and self.place(change) in {None, *withheld}
        if change.table == "theme_quotes":
            self.owner(change)
            return self.place(change) in withheld
        return False

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
    hidden = project.rounds.sealed().keys()
    for entry in entries:
        changes = tuple(
            Change(change.table, change.id, None, None)
            if owners.keeps_back(entry, change, sealed)
            or owners.is_set_apart_by_others(change, entry, hidden)
            else change
            for change in entry.changes
        )
        if changes == entry.changes:
            yield entry
        else:
            # the note of an entry that is read tells the same as its changes; one that travels is kept whole
            yield replace(entry, changes=changes, note=entry.note if sealed is None else "")


def without_sealed(
    project: Project, entries: Iterable[JournalEntry], whose: str | None
) -> Iterator[JournalEntry]:
    """The entries, given from the first one on, without what somebody (`None`: anybody) may not show of theirs yet."""
    withheld = project.seals.withheld()
    owners = Owners(project, ())
    for entry in entries:
        changes = entry.changes
        if withheld:
            changes = tuple(
                Change(c.table, c.id, None, None) if owners.is_withheld(c, whose, withheld) else c
                for c in changes
            )
        yield entry if changes == entry.changes else replace(entry, changes=changes)


def told_entries(project: Project) -> dict[str, int]:
    """How many entries of each coder, by id, a copy holds, those excepted that nobody may know of yet."""
    if not project.seals.withheld():
        return entries_by_coder(project.db)
    told = without_sealed(project, all_entries(project.db), None)
    return dict(Counter(e.coder_id for e in told if e.coder_id and not is_kept_back(e)))


def is_kept_back(entry: JournalEntry) -> bool:
    """Whether nothing is left of an entry to be told."""
    return bool(entry.changes) and all(map(kept_back, entry.changes))


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
