"""Is everything in the project file sound? Every finding is one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.i18n import _
from qualcode.store.file import rows
from qualcode.store.file.files import plain_errors
from qualcode.store.journal.incoming import all_entries
from qualcode.store.journal.relations import tables
from qualcode.store.journal.replay import Replay, UnknownRecordError
from qualcode.store.journal.state import differing_rows, present_rows
from qualcode.store.records.codings import span_problem
from qualcode.store.records.rounds import digest
from qualcode.text.normal import normal, text_hash

if TYPE_CHECKING:
    from qualcode.store.project import Project


def problems(project: Project) -> list[str]:
    """What is wrong in the project, in words; empty if everything is sound."""
    with plain_errors(project.path):
        return [
            *_file(project),
            *_texts(project),
            *_turns(project),
            *_codings(project),
            *_seals(project),
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


def _seals(project: Project) -> list[str]:
    names = {t.id: t.name for t in project.transcripts.all()}
    return [
        _("The seal of {name} is broken: what was frozen was changed outside qualcode.").format(
            name=names.get(row["transcript_id"], "?")
        )
        for row in rows.select(project.db, "SELECT * FROM freezes ORDER BY id")
        if digest(row["text_hash"], row["codebook"], row["codings"], row["at"]) != row["digest"]
    ]


def _journal(project: Project) -> list[str]:
    """Every record must be as the journal, played from its beginning, leaves it."""
    known = tables(project.db)
    try:
        state = Replay(known).play(all_entries(project.db))
    except (UnknownRecordError, KeyError, TypeError, ValueError) as error:
        return [
            _("The journal is damaged: it speaks of things that were never made ({detail}).").format(
                detail=error
            )
        ]
    found = []
    for table in known:
        for _change in differing_rows(table, present_rows(project.db, table), state.rows(table)):
            found.append(
                _(
                    "A record in {table} is not as the journal left it: it was changed outside qualcode."
                ).format(table=table)
            )
    return found
