"""What the journal no longer says: names that were hidden, and all about interviews that were forgotten on purpose.

The place of a change stays, its contents go, here and on every copy that is merged with this one.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qualcode.model import Change, JournalEntry
from qualcode.store.file import rows
from qualcode.store.journal.relations import digest
from qualcode.text.hidden_names import HiddenForm, HiddenName, Hider

if TYPE_CHECKING:
    from sqlite_utils import Database

    from qualcode.store.file.rows import Row

Key = tuple[str, str]

# where people write words of their own: table → columns
WRITTEN = {
    "memos": ("text",),
    "cases": ("label", "attributes"),
    "informants": ("label",),
    "surveys": ("name", "columns", "scales"),
    "respondents": ("label", "answers"),
    "roles": ("name_nl", "name_en"),
    "transcripts": ("name", "source"),
    "codes": ("name_nl", "name_en", "definition_nl", "definition_en", "use_nl", "use_en", "not_use_nl",
              "not_use_en", "example_nl", "example_en"),
    "decisions": ("reason", "text"),
    "rationales": ("text",),
    "openings": ("reason",),
    "reflections": ("text",),
    "rounds": ("name", "codebook"),
    "freezes": ("codebook",),
    "themes": ("title", "text", "question"),
    "theme_quotes": ("subgroup", "short"),
    "rankings": ("name",),
    "ranking_orders": ("reason",),
    "ratings": ("note",),
    "settings": ("value",),
}  # fmt: skip
_SPEAKER = 2  # its place in a turn of the journal's records


def forgotten(entries: Iterable[JournalEntry]) -> set[str]:
    """The interviews (ids) that any entry says are to be forgotten."""
    return {
        change.id
        for entry in entries
        for change in entry.changes
        if change.table == "forgotten" and change.after is not None
    }


def about(entries: Iterable[JournalEntry], transcripts: Collection[str]) -> set[Key]:
    """The records (table, id) that are these interviews or speak of them."""
    found = {(table, key) for table in ("transcripts", "turns") for key in transcripts}
    if not transcripts:
        return set()
    for entry in entries:
        for change in entry.changes:
            for row in (change.before, change.after):
                if row and (row.get("transcript_id") in transcripts or row.get("target_id") in transcripts):
                    found.add((change.table, change.id))
    return found


def veiled(entry: JournalEntry, records: Collection[Key]) -> JournalEntry:
    """An entry that no longer says anything about these records; its reason in words goes too."""
    if not any((change.table, change.id) in records for change in entry.changes):
        return entry
    kept = (
        Change(change.table, change.id, None, None) if (change.table, change.id) in records else change
        for change in entry.changes
    )
    return replace(entry, changes=tuple(kept), note="")


def wipe_texts(db: Database, entries: Iterable[JournalEntry], records: Collection[Key]) -> None:
    """Delete the texts that these records had, unless an interview has them now."""
    hashes = {
        row[name]
        for entry in entries
        for change in entry.changes
        if (change.table, change.id) in records
        for row in (change.before, change.after)
        for name in ("text_hash", "before_hash")
        if row and row.get(name)
    }
    db.conn.executemany(
        "DELETE FROM texts WHERE hash = ? AND hash NOT IN (SELECT text_hash FROM transcripts)",
        [(text_hash,) for text_hash in sorted(hashes)],
    )


def hider_of(names: Iterable[Row]) -> Hider:
    """What finds the names of these records, the first one hidden first."""
    ordered = sorted(names, key=lambda row: (row["at"], row["id"]))
    return Hider(
        [
            HiddenName(row["id"], row["salt"], tuple(HiddenForm(*form) for form in json.loads(row["forms"])))
            for row in ordered
        ]
    )


def stored_hider(db: Database) -> Hider:
    """What finds the names that were hidden in a project."""
    return hider_of(rows.select(db, "SELECT * FROM hidden_names"))


def told_hider(db: Database, entries: Iterable[JournalEntry]) -> Hider:
    """What finds the names that were hidden in a project, and those that entries from elsewhere hide."""
    told = [c.after for e in entries for c in e.changes if c.table == "hidden_names" and c.after]
    known = {row["id"]: row for row in (*rows.select(db, "SELECT * FROM hidden_names"), *map(dict, told))}
    return hider_of(known.values())


def cleaned(entry: JournalEntry, hider: Hider) -> JournalEntry:
    """An entry without hidden names in what people wrote; the edits of texts are masked apart (`hide_in_texts`)."""
    changes = tuple(cleaned_change(change, hider) for change in entry.changes)
    note = hider.cleaned(entry.note)
    return (
        entry
        if (changes, note) == (entry.changes, entry.note)
        else replace(entry, changes=changes, note=note)
    )


def cleaned_change(change: Change, hider: Hider) -> Change:
    """A change without hidden names in what people wrote."""
    if change.table not in WRITTEN and change.table != "turns":
        return change
    return Change(
        change.table,
        change.id,
        cleaned_row(change.table, change.before, hider),
        cleaned_row(change.table, change.after, hider),
    )


def cleaned_row(table: str, state: Mapping[str, Any] | None, hider: Hider) -> Mapping[str, Any] | None:
    """A record, or the fields of one that changed, without hidden names in what people wrote."""
    if not state:
        return state
    if table == "turns":
        return {**state, "turns": [_turn(turn, hider) for turn in state.get("turns", [])]}
    columns = WRITTEN.get(table, ())
    plain = {
        name: hider.cleaned(value) if name in columns and isinstance(value, str) else value
        for name, value in state.items()
    }
    if table == "freezes" and plain != state and "digest" in plain:
        plain["digest"] = digest(plain["text_hash"], plain["codebook"], plain["codings"], plain["at"])
    return plain


def _turn(turn: Sequence[Any], hider: Hider) -> list[Any]:
    return [*turn[:_SPEAKER], hider.cleaned(turn[_SPEAKER]), *turn[_SPEAKER + 1 :]]
