"""Taking an interview out of the project file for good: its text, its turns, and every trace in the journal.

The one exception to a journal that only grows: personal data that slipped in has to go. That it was
forgotten is itself an act, so that merging with an older copy does not bring it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors import ConflictError
from qualcode.i18n import _
from qualcode.model import Transcript, now
from qualcode.store.files import plain_errors
from qualcode.store.incoming import all_entries
from qualcode.store.veil import about, veiled, wipe_texts

if TYPE_CHECKING:
    from qualcode.store.project import Project


def forget(project: Project, transcript: Transcript) -> None:
    """Forget an interview that nobody has coded; raises `ConflictError` if someone has."""
    with project.act("transcript.forget"):
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
        with project.db.atomic():
            with project.act("transcript.forget") as act:
                act.insert_all("forgotten", [{"id": key, "at": now()} for key in sorted(gone)])
            for entry in entries:
                left = veiled(entry, records)
                if left is not entry:
                    project.journal.complete(left)
            wipe_texts(project.db, entries, records)
        project.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        project.db.execute("VACUUM")
        project.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return len(gone)


def _gone(project: Project) -> set[str]:
    found = project.db.execute(
        "SELECT DISTINCT row_id FROM journal_rows WHERE tbl = 'transcripts' "
        "AND row_id NOT IN (SELECT id FROM transcripts)"
    )
    return {row[0] for row in found.fetchall()}
