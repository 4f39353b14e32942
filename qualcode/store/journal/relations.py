"""Which tables hold records, what they refer to, and by what a record is recognised.

Columns and references are read from the schema; only what a schema cannot say (ids in
lists of JSON, records that two laptops make twice, private ones) is written down here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database

    from qualcode.model import Change
    from qualcode.store.file.rows import Row

# tables that belong to this copy of the file: they are not made of the journal and never travel
LOCAL = frozenset(
    {
        "meta",
        "journal",
        "journal_rows",
        "texts",
        "aliases",
        "contests",
        "merges",
        "pins",
        "word_texts",
        "word_forms",
        "word_keys",
        "word_places",
        "plain_texts",
        "plain_places",
        "plain_words",
        *(f"plain_words_{part}" for part in ("data", "idx", "content", "docsize", "config")),
        "refusals",
        "taken_blocks",
        "state_parts",
        "salts",
        "signatures",
        "_sqlite_migrations",
    }
)
# what a coder keeps to oneself in a share file of somebody else
PRIVATE = frozenset(
    {
        "codings",
        "memos",
        "done",
        "rationales",
        "reviews",
        "ranking_orders",
        "ranking_answers",
        "ratings",
    }
)
# tables of records that hold a place in a text
PLACED = ("codings", "theme_quotes")
# fields whose changes by two people at once are shown to be decided
CONTESTED: Mapping[str, frozenset[str]] = {
    "codes": frozenset(
        f"{name}_{language}"
        for name in ("name", "definition", "use", "not_use", "example")
        for language in ("nl", "en")
    )
    | {"slug"},
    "checklist": frozenset({"good_nl", "good_en", "poor_nl", "poor_en"}),
}


def kept_back(change: Change) -> bool:
    """Whether the one who shared an entry kept this change to themselves, or it is to be forgotten."""
    return change.before is None and change.after is None


# lists of ids kept as JSON: table, column, the table the ids are of
_LISTS: Mapping[str, Mapping[str, str]] = {
    "rounds": {"transcripts": "transcripts", "coders": "coders"},
    "themes": {"codes": "codes"},
    "rankings": {"transcripts": "transcripts"},
}
# memos point to a record of the table that goes with their kind
_MEMO_TARGETS = {"transcript": "transcripts", "code": "codes", "case": "cases"}
POINTERS = ("memos", "revisions")
"""Tables whose records follow another one that is unified, but do not keep it in the project."""


@dataclass(frozen=True, slots=True)
class RecordTable:
    """A record table: its columns with their defaults and types, and those that refer to other records."""

    name: str
    defaults: Mapping[str, Any]
    references: Mapping[str, str]
    kinds: Mapping[str, tuple[type, ...]]


def tables(db: Database) -> dict[str, RecordTable]:
    """All record tables of the project file, by name."""
    names = [
        row[0]
        for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    ]
    found = {}
    for name in names:
        columns = db.execute(f"PRAGMA table_info({name})").fetchall()
        keyed = [column[1] for column in columns if column[5]] == ["id"]
        if name in LOCAL or name.startswith("sqlite_") or not keyed:
            continue
        found[name] = RecordTable(
            name,
            {column[1]: _default(db, column[4]) for column in columns},
            {
                row[3]: row[2]
                for row in db.execute(f"PRAGMA foreign_key_list({name})").fetchall()
                if row[2] not in LOCAL
            },
            {column[1]: _kind(column[2], required=bool(column[3] or column[5])) for column in columns},
        )
    found["turns"] = RecordTable("turns", {"turns": None}, {}, {"turns": (list,), "text": (str, type(None))})
    return found


def referring_to(db: Database, target: str) -> dict[str, list[str]]:
    """The record tables that refer to another one, each with the columns that do."""
    found = {
        name: [column for column, table in known.references.items() if table == target]
        for name, known in tables(db).items()
    }
    return {name: columns for name, columns in found.items() if columns}


def _kind(declared: str, *, required: bool) -> tuple[type, ...]:
    kinds: dict[str, tuple[type, ...]] = {"INTEGER": (int,), "REAL": (int, float)}
    return kinds.get(declared, (str,)) + (() if required else (type(None),))


def _default(db: Database, literal: str | None) -> Any:
    return None if literal is None else db.execute(f"SELECT {literal}").fetchone()[0]


def lists(table: str) -> Mapping[str, str]:
    """The columns of a table that hold lists of ids, with the table these are of."""
    return _LISTS.get(table, {})


def pointer(table: str, row: Mapping[str, Any]) -> tuple[str, str] | None:
    """The column in which a record follows another one without keeping it there, and the table of that one."""
    if table == "revisions" and "transcript_id" in row:
        return "transcript_id", "transcripts"
    target = _MEMO_TARGETS.get(row.get("target_kind", "")) if table == "memos" else None
    return None if target is None else ("target_id", target)


# records of the products that are one by the values of these columns
_BY_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "theme_quotes": ("theme_id", "transcript_id", "text_hash", "start", "end"),
    "ranking_orders": ("ranking_id", "coder_id"),
    "ratings": ("criterion_id", "case_id", "coder_id"),
    "respondents": ("survey_id", "label"),
    "respondent_interviews": ("respondent_id", "transcript_id"),
}
_MADE_TWICE = frozenset(
    {
        "transcripts",
        "codes",
        "coders",
        "cases",
        "informants",
        "freezes",
        "roles",
        "rounds",
        "rankings",
        "surveys",
        *_BY_COLUMNS,
    }
)


def identity(table: str, row: Row) -> tuple[Any, ...] | None:
    """By what two records made apart are known to be the same; `None` if by their ids alone."""
    if table not in _MADE_TWICE:
        return None
    match table:
        case "transcripts":
            return (row["text_hash"],)
        case "codes":
            return (row["slug"],)
        case "coders":
            return (row["name"].casefold(),)
        case "roles":
            return (row["key"],)
        case "cases":
            return (row["label"],)
        case "rankings" | "surveys":
            return (row["name"].casefold(),)
        case _ if table in _BY_COLUMNS:
            return tuple(row[column] for column in _BY_COLUMNS[table])
        case "informants":
            return (row["case_id"], row["role"], row["label"])
        case "freezes":
            return (row["round_id"], row["transcript_id"])
        case _:
            people, texts = (sorted(json.loads(row[name])) for name in ("coders", "transcripts"))
            return (row["name"], *people, *texts, row["state"])


# the name by which people call a record; no two records of a table share one
NAMES: Mapping[str, str] = {
    "transcripts": "name",
    "codes": "slug",
    "coders": "name",
    "cases": "label",
    "rounds": "number",
}


def name_key(table: str, value: Any) -> Any:
    """A name as it is compared with others."""
    return value.casefold() if table == "coders" else value


def other_name(table: str, value: Any, n: int) -> Any:
    """A name for the `n`th (from 2) record of that name."""
    return value + n - 1 if table == "rounds" else f"{value}-{n}"


def digest(text_hash: str, codebook: str, codings: str, at: str) -> str:
    """SHA-256 of what is sealed when an interview is frozen."""
    sealed = json.dumps([text_hash, codebook, codings, at], ensure_ascii=False)
    return hashlib.sha256(sealed.encode()).hexdigest()
