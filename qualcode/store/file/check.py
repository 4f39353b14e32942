"""Is everything in the project file sound? Every finding is one sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

from qualcode.i18n import _, ngettext
from qualcode.model import Transcript
from qualcode.store.file import rows
from qualcode.store.file.schema import made_empty
from qualcode.store.journal.relations import PLACED, digest, tables
from qualcode.store.journal.replay import Replay, UnknownRecordError
from qualcode.store.journal.state import differing_rows, present_rows
from qualcode.store.records.base import OpenFile
from qualcode.store.records.codings import span_problem
from qualcode.text.normal import normal, text_hash
from qualcode.text.spans import torn

if TYPE_CHECKING:
    from sqlite_utils import Database

UNREADABLE = (
    *(UnknownRecordError, KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError),
    sqlite3.DatabaseError,
)
"""What reading raises where something was changed outside qualcode so that it makes no sense."""


def problems(file: OpenFile) -> list[str]:
    """What is wrong in the project, in words; empty if everything is sound."""
    found = damage(file)
    if found:
        return found  # whatever else is read now may be nonsense
    for look in (_numbers, _references, _texts, _turns, _places, _seals, _journal):
        try:
            found += look(file)
        except UNREADABLE as error:
            found.append(_("Something in the project cannot be read ({detail}).").format(detail=error))
    return found


def damage(file: OpenFile) -> list[str]:
    """Where the file is damaged as a file, whatever it is about."""
    try:
        lines = [str(row[0]) for row in file.db.execute("PRAGMA integrity_check").fetchall()]
        with closing(made_empty()) as wanted:
            lines += sorted(_columns(wanted) - _columns(file.db))
    except sqlite3.DatabaseError as error:
        lines = [str(error)]
    return [_("The file is damaged: {detail}").format(detail=line) for line in lines if line != "ok"]


def _columns(db: Database) -> set[str]:
    found = db.execute(
        "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'"
    ).fetchall()
    return {f"{table}.{column}" for table, column in found}


def _numbers(file: OpenFile) -> list[str]:
    """The project must know itself, and how far its journal has come."""
    kept = dict(file.db.execute("SELECT key, value FROM meta").fetchall())
    found = [] if kept.get("project_id") else [_("The file no longer says which project it is.")]
    last = file.db.execute("SELECT coalesce(max(tick), 0) FROM journal").fetchone()[0]
    if not str(kept.get("tick")).isdigit() or int(kept["tick"]) < last:
        found.append(_("The journal has gone further than the file says."))
    return found


def _references(file: OpenFile) -> list[str]:
    words = _("Something in {table} points to {parent} that is not there.")
    return [
        words.format(table=table, parent=parent)
        for table, _row, parent, _n in file.db.execute("PRAGMA foreign_key_check").fetchall()
    ]


def transcripts_with_text(file: OpenFile) -> list[Transcript]:
    """The interviews whose text is there, with no more than is looked at here."""
    found = file.db.execute(
        "SELECT t.id, t.name, x.text, t.text_hash FROM transcripts t JOIN texts x ON x.hash = t.text_hash "
        "WHERE typeof(x.text) = 'text' ORDER BY t.id"
    ).fetchall()
    return [Transcript(*row) for row in found]


def _texts(file: OpenFile) -> list[str]:
    here = transcripts_with_text(file)
    ids = {transcript.id for transcript in here}
    every = file.db.execute("SELECT id, name FROM transcripts ORDER BY name").fetchall()
    found = [_("The text of {name} is gone.").format(name=name) for key, name in every if key not in ids]
    for transcript in here:
        if text_hash(transcript.text) != transcript.text_hash:
            found.append(_("The text of {name} was changed outside qualcode.").format(name=transcript.name))
        if normal(transcript.text) != transcript.text:
            found.append(_("The text of {name} is not in its normal form.").format(name=transcript.name))
    return found


def _turns(file: OpenFile) -> list[str]:
    kept = rows.all_turns(file.db)
    words = _("The turns of {name} do not cover its text from first to last character, or cut a word.")
    return [
        words.format(name=transcript.name)
        for transcript in transcripts_with_text(file)
        if transcript.id in kept and torn(kept[transcript.id]["turns"], transcript.text)
    ]


def _places(file: OpenFile) -> list[str]:
    transcripts = {transcript.id: transcript for transcript in transcripts_with_text(file)}
    found = []
    for table in PLACED:
        for row in rows.select(file.db, f"SELECT transcript_id, text_hash, start, end FROM {table}"):
            transcript = transcripts.get(row["transcript_id"])
            if transcript is None:
                continue  # said by the references, or with the texts
            if problem := span_problem(transcript, row["start"], row["end"]):
                found.append(problem)
            if row["text_hash"] != transcript.text_hash:
                found.append(
                    _("A coding at {start} in {name} belongs to another version of the text.").format(
                        start=row["start"], name=transcript.name
                    )
                )
    return found


def _seals(file: OpenFile) -> list[str]:
    names = dict(file.db.execute("SELECT id, name FROM transcripts").fetchall())
    return [
        _("The seal of {name} is broken: what was frozen was changed outside qualcode.").format(
            name=names.get(row["transcript_id"], "?")
        )
        for row in rows.select(file.db, "SELECT * FROM freezes ORDER BY id")
        if digest(row["text_hash"], row["codebook"], row["codings"], row["at"]) != row["digest"]
    ]


def reads(at: object, changes: object) -> bool:
    """Whether the moment and the changes of an entry, as they are kept, can be read."""
    try:
        datetime.fromisoformat(str(at))
        rows.unpack(str(changes))
    except (ValueError, TypeError):
        return False
    return True


def _journal(file: OpenFile) -> list[str]:
    """Every record must be as the journal, played from its beginning, leaves it."""
    known = tables(file.db)
    kept = file.db.execute("SELECT at, changes FROM journal").fetchall()
    broken = sum(not reads(at, changes) for at, changes in kept)
    if broken:
        words = ngettext(
            "{n} entry of the journal cannot be read.", "{n} entries of the journal cannot be read.", broken
        )
        return [words.format(n=broken)]
    try:
        state = Replay(known).play(file.journal.entries())
        wanted = {table: state.rows(table) for table in known}
    except UNREADABLE as error:
        return [
            _("The journal is damaged: it speaks of things that were never made ({detail}).").format(
                detail=error
            )
        ]
    words = _("A record in {table} is not as the journal left it: it was changed outside qualcode.")
    return [
        words.format(table=table)
        for table in known
        for _change in differing_rows(table, present_rows(file.db, table), wanted[table])
    ]
