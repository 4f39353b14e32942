"""Mending a project file from its journal: what was changed outside qualcode, and passages that fit no text."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from qualcode.errors import DamagedError, QualcodeError
from qualcode.i18n import _, ngettext
from qualcode.model import new_id
from qualcode.store.file import backups
from qualcode.store.file.check import UNREADABLE, damage, reads, transcripts_with_text
from qualcode.store.file.rows import all_turns
from qualcode.store.journal.entries import ENTRY_FIELDS
from qualcode.store.journal.relations import PLACED, tables
from qualcode.store.journal.replay import Replay, UnknownRecordError
from qualcode.store.journal.state import carry_along, present_rows, write_state
from qualcode.store.records.codings import span_problem
from qualcode.text.graphemes import whole_clusters
from qualcode.text.normal import text_hash
from qualcode.text.spans import torn

if TYPE_CHECKING:
    from sqlite_utils import Database

    from qualcode.store.records.base import OpenFile


def repair(file: OpenFile) -> list[str]:
    """Mend what can be mended, and say in sentences what was done; empty if there was nothing to do.

    Entries and texts that are gone come from the backups. Records become what the journal says of them. Passages on
    another version of their text are carried to the one that holds, one that lies outside its text is put on the last
    words of it, to be looked at, and torn turns are made whole: these are entries of their own.
    Raises `DamagedError` if the file or its journal is damaged beyond that.
    """
    if damage(file):
        with suppress(sqlite3.DatabaseError):
            file.db.execute("REINDEX")
        if damage(file):
            raise DamagedError(_nothing_to_mend_from(_("the file cannot be read")))
    with file.unjournaled():
        file.db.execute("PRAGMA defer_foreign_keys = ON")
        told = [*_numbers(file), *_records_as_the_journal_says(file)]
        with file.transaction("project.repair"):
            whole = {transcript.id for transcript in transcripts_with_text(file)}
            carried = carry_along(file, whole)
            placed = [*_put_inside(file), *_whole_turns(file)]
    if carried:
        words = ngettext(
            "{n} coding was carried to its text.", "{n} codings were carried to their texts.", carried
        )
        told.append(words.format(n=carried))
    return told + placed


def _nothing_to_mend_from(detail: object) -> str:
    return _(
        "The journal is damaged ({detail}), so nothing can be mended from it. Put a backup back (qualcode restore), "
        "or take the copy of the other."
    ).format(detail=detail)


def _numbers(file: OpenFile) -> list[str]:
    """Which project it is and how far its journal has come: known from elsewhere if the file has lost it."""
    kept = dict(file.db.execute("SELECT key, value FROM meta").fetchall())
    last = int(file.db.execute("SELECT coalesce(max(CAST(tick AS INTEGER)), 0) FROM journal").fetchone()[0])
    wanted = {
        "project_id": kept.get("project_id") or backups.remembered_id(file.path),
        "tick": kept["tick"] if str(kept.get("tick")).isdigit() and int(kept["tick"]) >= last else str(last),
    }
    if wanted == {key: kept.get(key) for key in wanted} or not wanted["project_id"]:
        return []
    file.db.conn.executemany("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", list(wanted.items()))
    return [_("Which project this is, and how far its journal has come, is in the file again.")]


def _records_as_the_journal_says(file: OpenFile) -> list[str]:
    try:
        told = [*_lost_texts(file), *_replayed(file)]
    except UNREADABLE:  # the journal has lost something
        told = [*_lost_entries(file), *_lost_texts(file)]
        try:
            told += _replayed(file)
        except UNREADABLE as error:
            raise DamagedError(_nothing_to_mend_from(error)) from error
    return told


def _replayed(file: OpenFile) -> list[str]:
    known = tables(file.db)
    state = Replay(known).play(file.journal.entries())
    if present_rows(file.db, "transcripts").keys() - state.records["transcripts"].keys():
        raise UnknownRecordError(_("it does not know of all interviews"))
    restored = Counter(change.table for change in write_state(file.db, known, state))
    return [
        ngettext(
            "{n} record in {table} is as the journal says again.",
            "{n} records in {table} are as the journal says again.",
            n,
        ).format(n=n, table=table)
        for table, n in sorted(restored.items())
    ]


def _older(file: OpenFile) -> Iterator[Database]:
    """The backups of this very file that can be read, the newest first; not those that a restore put aside."""
    for one in backups.of_project(file.path):
        if one.here and one.why is not backups.Occasion.RESTORE:
            with suppress(QualcodeError), closing(backups.sound_copy(one.path)) as older:
                yield older


def _lost_entries(file: OpenFile) -> list[str]:
    """Entries that are gone or cannot be read, from the backups that have them."""
    db, taken = file.db, 0
    kept = db.execute("SELECT id, at, changes FROM journal").fetchall()
    broken = {key for key, at, changes in kept if not reads(at, changes)}
    sound = {key for key, _at, _changes in kept} - broken
    place = f"INSERT OR REPLACE INTO journal ({ENTRY_FIELDS}) VALUES ({', '.join('?' * 8)})"
    for older in _older(file):
        for row in older.execute(f"SELECT {ENTRY_FIELDS} FROM journal").fetchall():
            entry = dict(zip(ENTRY_FIELDS.split(", "), row, strict=True))
            if entry["id"] not in sound and reads(entry["at"], entry["changes"]):
                db.execute(place, row)
                sound.add(entry["id"])
                taken += 1
        db.conn.executemany(
            "INSERT OR IGNORE INTO journal_rows (tbl, row_id, entry_id) VALUES (?, ?, ?)",
            older.execute("SELECT tbl, row_id, entry_id FROM journal_rows").fetchall(),
        )
    words = ngettext(
        "{n} entry of the journal came from a backup.",
        "{n} entries of the journal came from a backup.",
        taken,
    )
    return [words.format(n=taken)] if taken else []


def _lost_texts(file: OpenFile) -> list[str]:
    """Texts that something stands on and that are gone or changed, from the backups that have them."""
    db = file.db
    kept = dict(db.execute("SELECT hash, text FROM texts").fetchall())
    named = " UNION ".join(f"SELECT text_hash FROM {table}" for table in ("transcripts", *PLACED))
    lost = {key for (key,) in db.execute(named).fetchall() if not _is_text(kept.get(key), key)}
    found: dict[str, str] = {}
    for older in _older(file) if lost else ():
        every = older.execute("SELECT hash, text FROM texts").fetchall()
        found |= {key: text for key, text in every if key in lost and _is_text(text, key)}
    db.conn.executemany("INSERT OR REPLACE INTO texts (hash, text) VALUES (?, ?)", list(found.items()))
    n = len(found)
    words = ngettext("{n} text came from a backup.", "{n} texts came from a backup.", n)
    return [words.format(n=n)] if found else []


def _is_text(text: object, digest: str) -> bool:
    return isinstance(text, str) and text_hash(text) == digest


# what the journal itself says wrongly


def _put_inside(file: OpenFile) -> list[str]:
    """Put passages that lie outside their text on its last visible character."""
    told = []
    transcripts = {transcript.id: transcript for transcript in transcripts_with_text(file)}
    with file.transaction("project.repair") as transaction:
        for table in PLACED:
            for row in file.select(f"SELECT id, transcript_id, start, end FROM {table} ORDER BY id"):
                transcript = transcripts.get(row["transcript_id"])
                if transcript is None or span_problem(transcript, row["start"], row["end"]) is None:
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


def _whole_turns(file: OpenFile) -> list[str]:
    """Let torn turns begin at the line they began in, and last until the next one."""
    told, kept = [], all_turns(file.db)
    with file.transaction("project.repair") as transaction:
        for transcript in transcripts_with_text(file):
            turns, text = kept.get(transcript.id, {}).get("turns"), transcript.text
            if not turns or not torn(turns, text):
                continue
            lines = {
                text.rfind("\n", 0, max(0, min(turn[0], len(text) - 1))) + 1: turn for turn in reversed(turns)
            }
            starts = [0, *sorted(lines.keys() - {0})]
            lines.setdefault(0, turns[0])
            ends = [start - 1 for start in starts[1:]] + [len(text)]
            mended = [[start, end, *lines[start][2:]] for start, end in zip(starts, ends, strict=True)]
            transaction.set_turns(transcript.id, {"turns": mended})
            told.append(
                _("{name}: its turns were torn and are whole again; look at them.").format(
                    name=transcript.name
                )
            )
    return told


# a damaged project, to be read


def make_readable(copy: OpenFile) -> None:
    """Make of a copy in memory what can be read: mended if that can be, else without what makes no sense."""
    copy.journal.read_only, copy.journal.kept_on = "", datetime.now(UTC).date()
    try:
        repair(copy)
    except (QualcodeError, *UNREADABLE):
        with suppress(*UNREADABLE):
            _leave_out(copy.db)
    with suppress(*UNREADABLE):
        _leave_out_entries(copy.db)
        _leave_out_lost_texts(copy.db)
        copy.db.execute("INSERT OR IGNORE INTO meta VALUES ('project_id', ?), ('tick', '0')", [new_id()])


def _leave_out_entries(db: Database) -> None:
    """Take out the entries that cannot be read."""
    for entry_id, at, changes in db.execute("SELECT id, at, changes FROM journal").fetchall():
        if not reads(at, changes):
            db.execute("DELETE FROM journal_rows WHERE entry_id = ?", [entry_id])
            db.execute("DELETE FROM journal WHERE id = ?", [entry_id])


def _leave_out(db: Database) -> None:
    """Take out records that point to nothing or lie outside their text."""
    db.execute("UPDATE codes SET parent_id = NULL WHERE parent_id = id")
    for table in PLACED:
        db.execute(
            f"DELETE FROM {table} WHERE start < 0 OR end > (SELECT length(x.text) FROM texts x "
            f"JOIN transcripts t ON t.text_hash = x.hash WHERE t.id = {table}.transcript_id)"
        )
    _drop_loose_ends(db)


def _leave_out_lost_texts(db: Database) -> None:
    """Take out interviews whose text is gone, with all that is about them."""
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute(
        "DELETE FROM transcripts WHERE text_hash NOT IN (SELECT hash FROM texts WHERE typeof(text) = 'text')"
    )
    _drop_loose_ends(db)


def _drop_loose_ends(db: Database) -> None:
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("DELETE FROM turns WHERE transcript_id NOT IN (SELECT id FROM transcripts)")
    while loose := db.execute("PRAGMA foreign_key_check").fetchall():
        taken = 0
        for table, row, _parent, _n in loose:
            taken += db.execute(f"DELETE FROM {table} WHERE rowid = ?", [row]).rowcount if row else 0
        if not taken:
            return
