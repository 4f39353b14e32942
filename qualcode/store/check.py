"""Is everything in the project file sound? Every finding is one sentence."""

from __future__ import annotations

from qualcode.i18n import _
from qualcode.store import rows
from qualcode.store.codings import span_problem
from qualcode.store.files import plain_errors
from qualcode.store.project import Project
from qualcode.text.normal import normal, text_hash


def problems(project: Project) -> list[str]:
    """What is wrong in the project, in words; empty if everything is sound."""
    with plain_errors(project.path):
        return [
            *_file(project),
            *_texts(project),
            *_turns(project),
            *_codings(project),
            *_journal(project),
        ]


def _file(project: Project) -> list[str]:
    found = [row[0] for row in project.db.execute("PRAGMA integrity_check").fetchall()]
    broken = [_("The file is damaged: {detail}").format(detail=line) for line in found if line != "ok"]
    for table, _rowid, parent, _n in project.db.execute("PRAGMA foreign_key_check").fetchall():
        broken.append(
            _("Something in {table} points to {parent} that is not there.").format(table=table, parent=parent)
        )
    return broken


def _texts(project: Project) -> list[str]:
    found = []
    for transcript in project.transcripts.all():
        if text_hash(transcript.text) != transcript.text_hash:
            found.append(_("The text of {name} was changed outside qualcode.").format(name=transcript.name))
        if normal(transcript.text) != transcript.text:
            found.append(_("The text of {name} is not in its normal form.").format(name=transcript.name))
    return found


def _turns(project: Project) -> list[str]:
    found = []
    for transcript in project.transcripts.all():
        end = -1
        for turn in transcript.turns:
            if not end < turn.start <= turn.end <= len(transcript.text):
                found.append(_("Turn {n} of {name} is out of place.").format(n=turn.n, name=transcript.name))
            end = turn.end
    return found


def _codings(project: Project) -> list[str]:
    transcripts = {t.id: t for t in project.transcripts.all()}
    found = []
    for row in rows.select(project.db, "SELECT id, transcript_id, text_hash, start, end FROM codings"):
        transcript = transcripts.get(row["transcript_id"])
        if transcript is None:
            continue  # said by the foreign keys
        problem = span_problem(transcript, row["start"], row["end"])
        if problem:
            found.append(problem)
        if row["text_hash"] != transcript.text_hash:
            found.append(
                _("A coding at {start} in {name} belongs to another version of the text.").format(
                    start=row["start"], name=transcript.name
                )
            )
    return found


def _journal(project: Project) -> list[str]:
    """Every record must be as the journal last left it."""
    last: dict[tuple[str, str], dict[str, object] | None] = {}
    for entry in project.journal.entries():
        for change in entry.changes:
            key = (change.table, change.id)
            if change.after is None:
                last[key] = None
            else:
                last[key] = {**(last.get(key) or {}), **change.after}
    found = []
    for (table, row_id), expected in last.items():
        current = rows.read(project.db, table, row_id)
        if current != expected:
            found.append(
                _(
                    "A record in {table} is not as the journal left it: it was changed outside qualcode."
                ).format(table=table)
            )
    return found
