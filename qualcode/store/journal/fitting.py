"""Whether what comes in fits what is here: the common case of a merge, seen at once, and one text per interview.

Codings, memos and marks often only come on top. When nothing is changed or deleted and everything
referred to is there and always was, the records can be written as they are: playing the whole
journal would give the same. Otherwise two texts under one name are refused with what differs.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from qualcode.errors import ConflictError, InputError
from qualcode.i18n import _
from qualcode.store.file import rows
from qualcode.store.journal.entries import ENTRY_FIELDS, entry_of

if TYPE_CHECKING:
    from sqlite_utils import Database

    from qualcode.model import Change, JournalEntry
    from qualcode.store.file.rows import Row
    from qualcode.store.journal.incoming import Incoming
    from qualcode.store.journal.relations import RecordTable
    from qualcode.store.journal.replay import Replay

# nothing refers to these, and two of them are never one
_LEAVES = frozenset({"codings", "memos", "done", "rationales", "reviews"})
_AT_ONCE = 500


def only_add(db: Database, tables: Mapping[str, RecordTable], fresh: Iterable[JournalEntry]) -> bool:
    """Whether entries (`not_here`) only come on top; if not, more has to be looked at."""
    if _known(db, "journal", "id", (entry.id for entry in fresh)):
        return False
    changes = [change for entry in fresh for change in entry.changes]
    special = any(
        db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in ("aliases", "forgotten")
    )
    if special or not all(_adds(change) for change in changes):
        return False
    people = _ids(db, "coders")
    known_people = all(entry.coder_id is None or entry.coder_id in people for entry in fresh)
    return (
        known_people and _new(db, changes) and _firm(db, tables, changes) and _on_the_same_text(db, changes)
    )


def not_here(db: Database, incoming: Incoming) -> list[JournalEntry]:
    """The entries that are not here, or not word for word."""
    here = _known(db, "journal", "id", (entry.id for entry in incoming.entries))
    both = {entry.id: entry for entry in incoming.entries if entry.id in here}
    same = set()
    for ids in _chunks(both):
        found = rows.select(
            db, f"SELECT {ENTRY_FIELDS} FROM journal WHERE id IN ({', '.join('?' * len(ids))})", ids
        )
        same |= {row["id"] for row in found if entry_of(row) == both[row["id"]]}
    return [entry for entry in incoming.entries if entry.id not in same]


def _adds(change: Change) -> bool:
    return change.before is None and bool(change.after) and change.table in _LEAVES


def _new(db: Database, changes: list[Change]) -> bool:
    """Whether no entry here ever spoke of any of the records, and each is made once."""
    for table in {change.table for change in changes}:
        made = [change.id for change in changes if change.table == table]
        if len(set(made)) < len(made) or _known(db, "journal_rows", "row_id", made, table):
            return False
    return True


def _firm(db: Database, tables: Mapping[str, RecordTable], changes: Iterable[Change]) -> bool:
    """Whether all that is referred to is there, and was never deleted."""
    targets: dict[str, set[str]] = {}
    for change in changes:
        for column, table in tables[change.table].references.items():
            wanted = (change.after or {}).get(column)
            if wanted is not None:
                targets.setdefault(table, set()).add(wanted)
    return all(ids <= _ids(db, table) and not _ever_deleted(db, table, ids) for table, ids in targets.items())


def _ever_deleted(db: Database, table: str, ids: Collection[str]) -> bool:
    for some in _chunks(ids):
        found = db.execute(
            "SELECT DISTINCT e.id, e.changes FROM journal e JOIN journal_rows r ON r.entry_id = e.id "
            f"WHERE r.tbl = ? AND r.row_id IN ({', '.join('?' * len(some))})",
            [table, *some],
        ).fetchall()
        for _id, packed in found:
            for change in rows.unpack(packed):
                if change.table == table and change.id in ids and change.after is None:
                    return True
    return False


def _on_the_same_text(db: Database, changes: Iterable[Change]) -> bool:
    sizes = dict(db.execute("SELECT hash, length(text) FROM texts").fetchall())
    texts = dict(db.execute("SELECT id, text_hash FROM transcripts").fetchall())
    return all(
        row["text_hash"] == texts.get(row["transcript_id"]) and row["end"] <= sizes[row["text_hash"]]
        for change in changes
        if change.table == "codings" and (row := change.after) is not None
    )


def _known(
    db: Database, table: str, column: str, values: Iterable[str], about: str | None = None
) -> set[str]:
    """Those of the values that stand in a column; of `journal_rows`, of entries `about` a table."""
    where, more = ("", []) if about is None else ("tbl = ? AND ", [about])
    query = f"SELECT DISTINCT {column} FROM {table} WHERE {where}{column} IN (SELECT value FROM json_each(?))"
    return {row[0] for row in db.execute(query, [*more, json.dumps(list(values))]).fetchall()}


def _ids(db: Database, table: str) -> set[str]:
    return {row[0] for row in db.execute(f"SELECT id FROM {table}").fetchall()}


def _chunks(ids: Iterable[str]) -> Iterable[list[str]]:
    every = list(ids)
    return (every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE))


_EXCERPT = 30
_NAMED = 5


def refuse_other_versions(
    incoming: Incoming, state: Replay, mine: Iterable[JournalEntry], texts: Mapping[str, str]
) -> None:
    """Raise `ConflictError` if one interview came in two versions, `InputError` if a text is missing.

    `state` is that of both copies together, `mine` are the entries of this one, `texts` what is to be had.
    """
    transcripts = state.rows("transcripts")
    missing = [row["name"] for row in transcripts.values() if row["text_hash"] not in texts]
    if missing:
        raise InputError(
            _("{source} lacks the text of {names}. Ask the other to share again.").format(
                source=incoming.source, names=", ".join(sorted(missing))
            )
        )
    problems = [*_same_name(state, incoming, mine, texts), *_codings_on_other_text(state, transcripts, texts)]
    if problems:
        raise ConflictError("\n".join(problems))


def _same_name(
    state: Replay, incoming: Incoming, mine: Iterable[JournalEntry], texts: Mapping[str, str]
) -> list[str]:
    """Two interviews made apart that were given one name."""
    here, there = _named(mine), _named(incoming.entries)
    live = state.rows("transcripts")
    found = []
    for one, names in here.items():
        for other, other_names in there.items():
            if other in here:
                continue  # it was judged when it came
            first, second = (state.canonical("transcripts", key) for key in (one, other))
            if first == second or first not in live or second not in live or names[-1] != other_names[-1]:
                continue
            found.append(
                _two_texts(names[-1], texts[live[first]["text_hash"]], texts[live[second]["text_hash"]])
            )
    return sorted(set(found))


def _named(entries: Iterable[JournalEntry]) -> dict[str, list[str]]:
    """The names that each interview was given, by the entries of one copy, in their order."""
    found: dict[str, list[str]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.tick, entry.id)):
        for change in entry.changes:
            if change.table == "transcripts" and change.after and "name" in change.after:
                found.setdefault(change.id, []).append(change.after["name"])
    return found


def _two_texts(name: str, here: str, there: str) -> str:
    at = next((n for n, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), None)
    at = min(len(here), len(there)) if at is None else at
    return _(
        "“{name}” is not the same text here ({here_size} characters) and there ({there_size}). They part at "
        "character {at}: here “{here}”, there “{there}”. Keep one of the two versions on both laptops, or give "
        "one another name."
    ).format(
        name=name,
        here_size=len(here),
        there_size=len(there),
        at=at,
        here=_around(here, at),
        there=_around(there, at),
    )


def _around(text: str, at: int) -> str:
    return " ".join(text[max(0, at - _EXCERPT // 2) : at + _EXCERPT].split())


def _codings_on_other_text(
    state: Replay, transcripts: Mapping[str, Row], texts: Mapping[str, str]
) -> list[str]:
    odd: dict[str, int] = {}
    for row in state.rows("codings").values():
        name = transcripts[row["transcript_id"]]["name"]
        if row["text_hash"] not in texts or row["end"] > len(texts[row["text_hash"]]):
            odd[name] = odd.get(name, 0) + 1
    if not odd:
        return []
    names = sorted(odd)
    listed = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    return [
        _(
            "{n} codings in {names} belong to another version of the text, which is not here. Ask the other "
            "to share again."
        ).format(n=sum(odd.values()), names=listed)
    ]
