"""What is taken out for good: forgotten interviews, and names in what people wrote beside the texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from qualcode.errors import ConflictError
from qualcode.i18n import N_, _
from qualcode.model import Change, Transcript, now
from qualcode.store.file import rows
from qualcode.store.file.backups import wipe_traces
from qualcode.store.file.files import plain_errors
from qualcode.store.journal.forgotten import about, veiled, wipe_texts
from qualcode.store.journal.incoming import all_entries

if TYPE_CHECKING:
    from qualcode.store.project import Project


def forget(project: Project, transcript: Transcript) -> None:
    """Forget an interview that nobody has coded; raises `ConflictError` if someone has."""
    with project.transaction("transcript.forget"):
        project.transcripts.remove(transcript)
    forget_removed(project)


def forget_removed(project: Project) -> int:
    """Forget every interview that was taken in and is no longer there (undone, removed); returns how many.

    What was done to them can no longer be done again. Raises `ConflictError` if a coding of one of
    them still stands in the journal, because an undo could need its text.
    """
    with plain_errors(project.path):
        gone = _gone(project)
        if not gone:
            return 0
        entries = all_entries(project.db)
        records = about(entries, gone)
        if any(table == "codings" for table, _id in records):
            raise ConflictError(
                _(
                    "An interview that was removed had codings, so its text is still needed for undo "
                    "and cannot be forgotten."
                )
            )
        with project.unjournaled():
            with project.transaction("transcript.forget") as transaction:
                transaction.insert_all("forgotten", [{"id": key, "at": now()} for key in sorted(gone)])
            for entry in entries:
                left = veiled(entry, records)
                if left is not entry:
                    project.journal.complete(left)
            wipe_texts(project.db, entries, records)
    wipe_traces(project.db, project.path)
    return len(gone)


def _gone(project: Project) -> set[str]:
    found = project.db.execute(
        "SELECT DISTINCT row_id FROM journal_rows WHERE tbl = 'transcripts' "
        "AND row_id NOT IN (SELECT id FROM transcripts)"
    )
    return {row[0] for row in found.fetchall()}


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
_ALWAYS_OWN = {"rationales"}
_SPEAKER = 2  # its place in a turn of the journal's records


def written(project: Project) -> Iterator[tuple[str, str]]:
    """What people wrote with decisions, themes, rankings and ratings: what it is (a msgid), and the words.

    While anything is sealed, and for reasons written before both have (`_ALWAYS_OWN`), only what is not of others.
    """
    own, sealed = project.rounds.own(), bool(project.rounds.sealed())
    for table, called in _CALLED.items():
        for row in project.select(f"SELECT * FROM {table}"):
            if (sealed or table in _ALWAYS_OWN) and row.get("coder_id", None) not in {None, *own}:
                continue
            for column in _WRITTEN[table]:
                if row[column]:
                    yield called, row[column]


def scrub(project: Project, clean: Clean) -> int:
    """Put every label, title, memo, reason and note through `clean`, in the records and in the journal.

    Returns how many of them changed as they are now. It is no act: nothing can bring the old words back.
    """
    db = project.db
    with project.unjournaled():
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
