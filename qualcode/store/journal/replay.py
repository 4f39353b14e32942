"""The state of a project as its journal tells it.

All entries are applied in one order (tick, then id), whatever the order in which they
came to this laptop: the state is a function of the set of entries alone, so that two
merged copies are the same. What one person does on one copy never meets the rules
below; they settle what people did apart:

- per field the last writer wins; where both changed a text of a code, a contest is noted;
- a record made twice (the same text, a code of the same name) is one record: the first in
  the order; the id of the other becomes an alias and what refers to it is led to the one;
- what somebody deleted and somebody else refers to comes back, a code as retired;
- of two records that got the same name, the later one gets a number behind it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qualcode.store.journal.relations import (
    CONTESTED,
    NAMES,
    POINTERS,
    PRIVATE,
    RecordTable,
    identity,
    lists,
    name_key,
    other_name,
    pointer,
)

if TYPE_CHECKING:
    from qualcode.model import Change, JournalEntry
    from qualcode.store.file.rows import Row

Key = tuple[str, str]


class UnknownRecordError(Exception):
    """A change to, or a reference to, a record that no entry ever made: the entries are incomplete."""


@dataclass(frozen=True, slots=True)
class Contest:
    """Two people changed one field without knowing of each other.

    `value` is the one that holds, by the coder `by`. `entry_id` and `tick` are those of the
    later of the two acts.
    """

    table: str
    row_id: str
    field: str
    entry_id: str
    tick: int
    value: Any
    by: str | None
    other_value: Any
    other_by: str | None

    @property
    def id(self) -> str:
        """The same on every laptop."""
        return f"{self.entry_id}:{self.row_id}:{self.field}"


@dataclass(slots=True)
class Record:
    """A record in the making. `makers`: the ids under which it was made and not deleted."""

    fields: Row
    live: bool = False
    makers: set[str] = field(default_factory=set)


class Replay:
    """Applies entries in order and holds what comes of them."""

    def __init__(self, tables: Mapping[str, RecordTable]) -> None:
        self._tables = tables
        self.records: dict[str, dict[str, Record]] = {name: {} for name in tables}
        self.aliases: dict[Key, str] = {}
        self.contests: dict[Key, dict[str, Contest]] = defaultdict(dict)
        self._writers: dict[tuple[str, str, str], str | None] = {}
        self._referrers: Counter[Key] = Counter()
        self._held: dict[tuple[str, Any], str] = {}
        self._names: dict[tuple[str, Any], str] = {}
        self._last_turns: dict[str, Any] = {}
        self._touched: dict[Key, None] = {}
        self._lists = {name: lists(name) for name in tables}

    def play(self, entries: Iterable[JournalEntry]) -> Replay:
        """Apply entries, which must come in the order of (tick, id) and all at once."""
        for entry in entries:
            for change in entry.changes:
                self._apply(entry, change)
            self._rescue()
        return self

    def rows(self, table: str) -> dict[str, Row]:
        """The records of a table as they must stand in the project file, by id."""
        defaults = self._tables[table].defaults
        if table == "turns":
            return {key: {"turns": turns} for key, turns in self._turns()}
        return {
            key: {**defaults, **record.fields}
            for key, record in self.records[table].items()
            if record.live and self._stands(table, record)
        }

    def _stands(self, table: str, record: Record) -> bool:
        """Whether what the record refers to is here; what is private may not have been shared yet."""
        return all(
            record.fields.get(column) is None or record.fields[column] in self.records[target]
            for column, target in self._tables[table].references.items()
            if target in PRIVATE
        )

    def canonical(self, table: str, row_id: str) -> str:
        """The id of the record that this id belongs to now."""
        table = "transcripts" if table == "turns" else table
        while (table, row_id) in self.aliases:
            row_id = self.aliases[table, row_id]
        return row_id

    def open_contests(self) -> list[Contest]:
        """The contests that nobody has settled."""
        settled = {key for key, record in self.records["settled"].items() if record.live}
        return [
            contest
            for (table, row_id), of_row in self.contests.items()
            if (record := self.records[table].get(row_id)) is not None and record.live
            for contest in of_row.values()
            if contest.id not in settled
        ]

    def _turns(self) -> Iterator[tuple[str, Any]]:
        transcripts = self.records["transcripts"]
        for key, record in self.records["turns"].items():
            if key in transcripts and transcripts[key].live:
                # an interview that was taken out and came back has its turns again
                turns = record.fields["turns"] or self._last_turns.get(key)
                if turns:
                    yield key, turns

    # one change

    def _apply(self, entry: JournalEntry, change: Change) -> None:
        if change.before is None and change.after is None:
            return  # kept back by the one who shared it
        if change.table not in self._tables:
            raise UnknownRecordError(change.table)
        key = self.canonical(change.table, change.id)
        if change.after is None:
            self._delete(change, key)
        elif change.before is None:
            self._insert(entry, change, key, self._led(change.table, change.after))
        else:
            self._update(entry, change, key, self._led(change.table, change.after))

    def _insert(self, entry: JournalEntry, change: Change, key: str, after: Row) -> None:
        table = change.table
        record = self.records[table].get(key)
        if record is None or not record.live:
            held = identity(table, after) if after else None
            holder = self._held.get((table, held)) if held is not None else None
            if holder is not None:
                self.records[table].pop(key, None)
                self.aliases[table, key] = key = holder
                record = self.records[table][key]
        if record is not None and record.live:
            record.makers.add(change.id)
            if table == "settings":
                record.fields.update(after)
            else:
                self._contest(entry, change, key, record, after)
            return
        if record is None:
            record = self.records[table][key] = Record({})
        record.makers = {change.id}
        if after:
            record.fields = after | {"id": key} if table != "turns" else after
        self._note_writers(entry, table, key, after)
        self._remember_turns(table, key, after)
        self._enliven(table, key, record)

    def _update(self, entry: JournalEntry, change: Change, key: str, after: Row) -> None:
        table = change.table
        record = self.records[table].get(key)
        if record is None and table in PRIVATE:
            return  # somebody changed what its owner has not shared with this copy yet
        if record is None:
            raise UnknownRecordError(f"{table} {key}")
        contested = CONTESTED.get(table, frozenset())
        for name in contested.intersection(after):
            held, known = record.fields.get(name), (change.before or {}).get(name)
            if held not in (known, after[name]):
                self._note_contest(entry, (table, key, name), after[name], held, holds=True)
            else:
                self.contests[table, key].pop(name, None)
        self._note_writers(entry, table, key, after)
        self._remember_turns(table, key, after)
        if not record.live:
            record.fields.update(after)
            return
        self._count(table, record, -1)
        self._forget(table, key, record)
        record.fields.update(after)
        self._count(table, record, 1)
        self._index(table, key, record)
        self._touch_references(table, key, record)

    def _delete(self, change: Change, key: str) -> None:
        record = self.records[change.table].get(key)
        if record is None and change.table in PRIVATE:
            return
        if record is None:
            raise UnknownRecordError(f"{change.table} {key}")
        record.makers.discard(change.id)
        if record.live and not record.makers:
            record.live = False
            self._count(change.table, record, -1)
            self._forget(change.table, key, record)
            self._touched[change.table, key] = None

    # after an entry

    def _rescue(self) -> None:
        """Bring back what is referred to, and break circles of codes."""
        while self._touched:
            (table, key), _none = self._touched.popitem()
            if key not in self.records[table]:
                if (table, key) in self.aliases or table in PRIVATE:
                    continue
                raise UnknownRecordError(f"{table} {key}")
            record = self.records[table][key]
            if not record.live and self._referrers[table, key]:
                self._bring_back(table, key, record)
            elif table == "codes" and record.live:
                self._break_circle(key, record)

    def _bring_back(self, table: str, key: str, record: Record) -> None:
        held = identity(table, record.fields)
        holder = self._held.get((table, held)) if held is not None else None
        if holder is not None:
            self._unify(table, key, holder)
            return
        record.makers = {key}
        if table == "codes":
            record.fields["retired"] = 1
        self._enliven(table, key, record)

    def _unify(self, table: str, key: str, holder: str) -> None:
        """Lead everything that refers to a deleted record to the one that took its place."""
        del self.records[table][key]
        self.aliases[table, key] = holder
        for name, of_table in self.records.items():
            columns = [c for c, target in self._tables[name].references.items() if target == table]
            if not columns and table not in self._lists[name].values() and name not in POINTERS:
                continue
            for other, record in of_table.items():
                if record.live:
                    self._count(name, record, -1)
                    self._forget(name, other, record)
                record.fields = self._led(name, record.fields)
                if record.live:
                    self._count(name, record, 1)
                    self._index(name, other, record)

    def _break_circle(self, key: str, record: Record) -> None:
        codes = self.records["codes"]
        above = record.fields["parent_id"]
        for _step in range(len(codes)):
            if above is None or above not in codes:
                return
            if above == key:
                self._count("codes", record, -1)
                record.fields["parent_id"] = None
                return
            above = codes[above].fields["parent_id"]

    # what is known of the records

    def _enliven(self, table: str, key: str, record: Record) -> None:
        record.live = True
        self._count(table, record, 1)
        self._index(table, key, record)
        self._touch_references(table, key, record)

    def _led(self, table: str, after: Mapping[str, Any]) -> Row:
        """The fields with every reference to an alias led to the record itself."""
        fields = dict(after)
        if not self.aliases:
            return fields
        for column, target in self._tables[table].references.items():
            if fields.get(column) is not None:
                fields[column] = self.canonical(target, fields[column])
        for column, target in self._lists[table].items():
            if column in fields:
                ids = [self.canonical(target, one) for one in json.loads(fields[column])]
                fields[column] = json.dumps(list(dict.fromkeys(ids)))
        if follows := pointer(table, fields):
            column, target = follows
            fields[column] = self.canonical(target, fields[column])
        return fields

    def _count(self, table: str, record: Record, step: int) -> None:
        for column, target in self._tables[table].references.items():
            other = record.fields.get(column)
            if other is not None:
                self._referrers[target, other] += step

    def _touch_references(self, table: str, key: str, record: Record) -> None:
        for column, target in self._tables[table].references.items():
            other = record.fields.get(column)
            if other is not None:
                known = self.records[target].get(other)
                if known is None or not known.live:
                    self._touched[target, other] = None
        if table == "codes":
            self._touched[table, key] = None

    def _index(self, table: str, key: str, record: Record) -> None:
        held = identity(table, record.fields)
        if held is not None:
            self._held.setdefault((table, held), key)
        column = NAMES.get(table)
        if column is None:
            return
        wanted, n = record.fields[column], 1
        while self._names.setdefault((table, name_key(table, record.fields[column])), key) != key:
            n += 1
            record.fields[column] = other_name(table, wanted, n)
            if held is not None and table in ("codes", "coders", "cases"):
                self._held.setdefault((table, identity(table, record.fields)), key)

    def _forget(self, table: str, key: str, record: Record) -> None:
        held = identity(table, record.fields)
        if held is not None and self._held.get((table, held)) == key:
            del self._held[table, held]
        column = NAMES.get(table)
        if column is not None:
            name = (table, name_key(table, record.fields[column]))
            if self._names.get(name) == key:
                del self._names[name]

    def _remember_turns(self, table: str, key: str, after: Row) -> None:
        if table == "turns" and after.get("turns"):
            self._last_turns[key] = after["turns"]

    # contests

    def _note_writers(self, entry: JournalEntry, table: str, key: str, after: Row) -> None:
        for name in CONTESTED.get(table, frozenset()).intersection(after):
            self._writers[table, key, name] = entry.coder_id

    def _contest(self, entry: JournalEntry, change: Change, key: str, record: Record, after: Row) -> None:
        """A record was made anew that is there already: texts that differ are to be decided."""
        for name in CONTESTED.get(change.table, frozenset()).intersection(after):
            if record.fields.get(name) != after[name]:
                place = (change.table, key, name)
                self._note_contest(entry, place, after[name], record.fields.get(name), holds=False)

    def _note_contest(
        self, entry: JournalEntry, place: tuple[str, str, str], new: Any, held: Any, *, holds: bool
    ) -> None:
        mine, theirs = (new, entry.coder_id), (held, self._writers.get(place))
        first, second = (mine, theirs) if holds else (theirs, mine)
        table, key, name = place
        self.contests[table, key][name] = Contest(*place, entry.id, entry.tick, *first, *second)
