"""What is taken out for good: forgotten interviews, and names in what people wrote beside the texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qualcode.errors import ConflictError
from qualcode.i18n import N_, _
from qualcode.model import Transcript, now
from qualcode.store.file.backups import must_wipe, wipe_traces
from qualcode.store.journal.forgotten import WRITTEN, about, veiled, wipe_texts
from qualcode.store.journal.incoming import all_entries

if TYPE_CHECKING:
    from qualcode.store.project import Project


def forget(project: Project, transcript: Transcript) -> None:
    """Forget an interview that nobody has coded; raises `ConflictError` if someone has."""
    with project.unjournaled():
        with project.transaction("transcript.forget"):
            project.transcripts.remove(transcript)
        _forget(project, _gone(project))
    wipe_traces(project.db, project.path)


def forget_removed(project: Project) -> int:
    """Forget every interview that was taken in and is no longer there (undone, removed); returns how many.

    What was done to them can no longer be done again. Raises `ConflictError` if a coding of one of
    them still stands in the journal, because an undo could need its text.
    """
    gone = _gone(project)
    if gone:
        with project.unjournaled():
            _forget(project, gone)
        wipe_traces(project.db, project.path)
    return len(gone)


def _forget(project: Project, gone: set[str]) -> None:
    """Wipe all that the journal and the file say of these interviews, in the transaction that is open."""
    entries = all_entries(project.db)
    records = about(entries, gone)
    if any(table == "codings" for table, _id in records):
        raise ConflictError(
            _(
                "An interview that was removed had codings, so its text is still needed for undo "
                "and cannot be forgotten."
            )
        )
    with project.transaction("transcript.forget") as transaction:
        transaction.insert_all("forgotten", [{"id": key, "at": now()} for key in sorted(gone)])
    for entry in entries:
        left = veiled(entry, records)
        if left is not entry:
            project.journal.complete(left)
    wipe_texts(project.db, entries, records)
    must_wipe(project.db)
    for key in gone:
        project.db.execute("DELETE FROM revisions WHERE transcript_id = ?", [key])


def _gone(project: Project) -> set[str]:
    found = project.db.execute(
        "SELECT DISTINCT row_id FROM journal_rows WHERE tbl = 'transcripts' "
        "AND row_id NOT IN (SELECT id FROM transcripts)"
    )
    return {row[0] for row in found.fetchall()}


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


def written(project: Project) -> Iterator[tuple[str, str]]:
    """What people wrote with decisions, themes, rankings and ratings: what it is (a msgid), and the words.

    While anything is sealed, and for reasons written before both have (`_ALWAYS_OWN`), only what is not of others.
    """
    own, sealed = project.rounds.own(), bool(project.rounds.sealed())
    for table, called in _CALLED.items():
        for row in project.select(f"SELECT * FROM {table}"):
            if (sealed or table in _ALWAYS_OWN) and row.get("coder_id", None) not in {None, *own}:
                continue
            for column in WRITTEN[table]:
                if row[column]:
                    yield called, row[column]
