"""Names in what people wrote beside the interviews: found there, and wiped there and in the journal.

Like forgetting, an exception to a journal that only grows. The journal's values are changed the same way as the
records, so that records remain what their journal makes of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from qualcode.i18n import N_
from qualcode.model import Change
from qualcode.store import rows
from qualcode.store.files import plain_errors

if TYPE_CHECKING:
    from qualcode.store.project import Project

Clean = Callable[[str], str]

# where people write words of their own: table → columns
_WRITTEN = {
    "memos": ("text",),
    "cases": ("label", "attributes"),
    "informants": ("label",),
    "transcripts": ("name", "source"),
    "codes": ("name_nl", "name_en", "definition_nl", "definition_en", "use_nl", "use_en", "not_use_nl",
              "not_use_en", "example_nl", "example_en"),
    "decisions": ("reason", "text"),
    "rationales": ("text",),
    "openings": ("reason",),
    "reflections": ("text",),
    "rounds": ("name",),
    "themes": ("title", "text"),
    "theme_quotes": ("subgroup", "short"),
    "rankings": ("name",),
    "ranking_orders": ("reason",),
    "ratings": ("note",),
    "settings": ("value",),
}  # fmt: skip
# those that `written` gives: the others are gone through with their interviews and cases, or hold no stories
_CALLED = {
    "decisions": N_("decision"),
    "rationales": N_("reason"),
    "openings": N_("reason"),
    "reflections": N_("reflection"),
    "themes": N_("theme"),
    "theme_quotes": N_("quote"),
    "rankings": N_("ranking"),
    "ranking_orders": N_("ranking"),
    "ratings": N_("checklist"),
}
_SPEAKER = 2  # its place in a turn of the journal's records


def written(project: Project) -> Iterator[tuple[str, str]]:
    """What people wrote with decisions, themes, rankings and ratings: what it is (a msgid), and the words."""
    for table, called in _CALLED.items():
        for row in rows.select(project.db, f"SELECT {', '.join(_WRITTEN[table])} FROM {table}"):
            for words in row.values():
                if words:
                    yield called, words


def scrub(project: Project, clean: Clean) -> int:
    """Put every label, title, memo, reason and note through `clean`, in the records and in the journal.

    Returns how many of them changed as they are now. It is no act: nothing can bring the old words back.
    """
    db = project.db
    with plain_errors(project.path), db.atomic():
        changed = _scrub_records(project, clean)
        for entry in project.journal.entries():
            changes = [_cleaned(change, clean) for change in entry.changes]
            note = clean(entry.note)
            if changes != list(entry.changes) or note != entry.note:
                db.execute(
                    "UPDATE journal SET changes = ?, note = ? WHERE id = ?",
                    [rows.pack(changes), note, entry.id],
                )
    return changed


def _scrub_records(project: Project, clean: Clean) -> int:
    db, changed = project.db, 0
    for table, columns in _WRITTEN.items():
        for row in rows.select(db, f"SELECT id, {', '.join(columns)} FROM {table}"):
            row_id = row.pop("id")
            for column, words in row.items():
                if (plain := clean(words)) != words:
                    db.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", [plain, row_id])
                    changed += 1
    for (label,) in db.execute("SELECT DISTINCT speaker FROM turns").fetchall():
        if (plain := clean(label)) != label:
            db.execute("UPDATE turns SET speaker = ? WHERE speaker = ?", [plain, label])
            changed += 1
    if changed:
        project.words.plain.forget_memos()
    return changed


def _cleaned(change: Change, clean: Clean) -> Change:
    return Change(
        change.table,
        change.id,
        _state(change.table, change.before, clean),
        _state(change.table, change.after, clean),
    )


def _state(table: str, state: Mapping[str, Any] | None, clean: Clean) -> Mapping[str, Any] | None:
    if not state:
        return state
    if table == "turns":
        return {**state, "turns": [_turn(turn, clean) for turn in state.get("turns", [])]}
    columns = _WRITTEN.get(table, ())
    return {
        name: clean(value) if name in columns and isinstance(value, str) else value
        for name, value in state.items()
    }


def _turn(turn: list[Any], clean: Clean) -> list[Any]:
    return [*turn[:_SPEAKER], clean(turn[_SPEAKER]), *turn[_SPEAKER + 1 :]]
