"""Taking an interview out of the project file for good: its text, its turns, and every trace in the journal.

The one exception to a journal that only grows: personal data that slipped in has to go.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from qualcode.errors import ConflictError
from qualcode.i18n import _
from qualcode.model import Change, Transcript
from qualcode.store import rows
from qualcode.store.files import plain_errors

if TYPE_CHECKING:
    from qualcode.store.project import Project

_OF_TRANSCRIPT = ("turns", "transcripts")


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
        _refuse_coded(project, gone)
        with project.db.atomic():
            for text_hash in _forget_rows(project, gone):
                project.db.execute(
                    "DELETE FROM texts WHERE hash = ? AND hash NOT IN (SELECT text_hash FROM transcripts)",
                    [text_hash],
                )
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


def _refuse_coded(project: Project, gone: Collection[str]) -> None:
    for entry in project.journal.entries():
        for change in entry.changes:
            if change.table == "codings" and _held(change).get("transcript_id") in gone:
                raise ConflictError(
                    _(
                        "An interview that was removed had codings, so its text is still needed for undo "
                        "and cannot be forgotten."
                    )
                )


def _forget_rows(project: Project, gone: Collection[str]) -> set[str]:
    """Drop from the journal whatever was done to these interviews, and return the hashes of their texts.

    The acts stay, with what else they did.
    """
    hashes: set[str] = set()
    for entry in project.journal.entries():
        dropped = [change for change in entry.changes if _is_about(change, gone)]
        if not dropped:
            continue
        hashes.update(str(_held(change)["text_hash"]) for change in dropped if "text_hash" in _held(change))
        kept = [change for change in entry.changes if change not in dropped]
        project.db.execute(
            "UPDATE journal SET changes = ?, note = '' WHERE id = ?", [rows.pack(kept), entry.id]
        )
        for change in dropped:
            project.db.execute(
                "DELETE FROM journal_rows WHERE tbl = ? AND row_id = ? AND entry_id = ?",
                [change.table, change.id, entry.id],
            )
    return hashes


def _is_about(change: Change, gone: Collection[str]) -> bool:
    if change.table in _OF_TRANSCRIPT:
        return change.id in gone
    held = _held(change)
    return held.get("transcript_id") in gone or held.get("target_id") in gone


def _held(change: Change) -> Mapping[str, Any]:
    return {**(change.before or {}), **(change.after or {})}
