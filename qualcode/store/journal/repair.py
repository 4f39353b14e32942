"""Mending a project file from its journal: what was changed outside qualcode, and passages that fit no text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qualcode.errors import ProjectError
from qualcode.i18n import _, ngettext
from qualcode.store.file.files import plain_errors
from qualcode.store.journal.incoming import all_entries
from qualcode.store.journal.relations import PLACED, tables
from qualcode.store.journal.replay import Replay, UnknownRecordError
from qualcode.store.journal.state import carry_along, write_state
from qualcode.store.records.codings import span_problem
from qualcode.text.graphemes import whole_clusters

if TYPE_CHECKING:
    from qualcode.store.project import Project


def repair(project: Project) -> list[str]:
    """Mend what can be mended, and say in sentences what was done; empty if there was nothing to do.

    Records become what the journal says of them. Passages on another version of their text are carried to the one
    that holds, and one that lies outside its text is put on the last words of it, to be looked at: these are entries
    of their own. Raises `ProjectError` if the journal itself is damaged.
    """
    known = tables(project.db)
    with plain_errors(project.path), project.db.atomic():
        project.db.execute("PRAGMA defer_foreign_keys = ON")
        try:
            state = Replay(known).play(all_entries(project.db))
        except (UnknownRecordError, KeyError, TypeError, ValueError) as error:
            raise ProjectError(
                _(
                    "The journal is damaged ({detail}), so nothing can be mended from it. Take the copy of the other, "
                    "or an older one of your own."
                ).format(detail=error)
            ) from error
        restored = Counter(change.table for change in write_state(project.db, known, state))
        with project.transaction("project.repair"):
            carried = carry_along(project)
            placed = _put_inside(project)
    told = [
        ngettext(
            "{n} record in {table} is as the journal says again.",
            "{n} records in {table} are as the journal says again.",
            n,
        ).format(n=n, table=table)
        for table, n in sorted(restored.items())
    ]
    if carried:
        words = ngettext(
            "{n} coding was carried to its text.", "{n} codings were carried to their texts.", carried
        )
        told.append(words.format(n=carried))
    return told + placed


def _put_inside(project: Project) -> list[str]:
    """Put passages that lie outside their text on its last visible character."""
    told = []
    transcripts = {transcript.id: transcript for transcript in project.transcripts.all()}
    with project.transaction("project.repair") as transaction:
        for table in PLACED:
            for row in project.select(f"SELECT id, transcript_id, start, end FROM {table} ORDER BY id"):
                transcript = transcripts[row["transcript_id"]]
                if span_problem(transcript, row["start"], row["end"]) is None:
                    continue
                size = len(transcript.text)
                start = min(max(row["start"], 0), size - 1)
                start, end = whole_clusters(transcript.text, start, min(max(row["end"], start + 1), size))
                transaction.update(table, row["id"], start=start, end=end)
                told.append(
                    _("{name}: a passage lay at {old} and stands at {new} now; look at it.").format(
                        name=transcript.name, old=f"{row['start']}–{row['end']}", new=f"{start}–{end}"
                    )
                )
    return told
