"""The journal: everything people do as one transaction and one line, and undo and redo made from it.

Entries are only ever added. Their order is a Lamport clock (`tick`, Lamport 1978), so
that a laptop whose clock is wrong still puts what it does after what it had seen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import ConflictError, KeyElsewhereError, NotFoundError, ProjectError
from qualcode.i18n import _
from qualcode.model import Change, JournalEntry, new_id, now
from qualcode.store.file import keyring, rows
from qualcode.store.file.backups import keep_daily
from qualcode.store.file.files import identity, plain_errors
from qualcode.store.file.rows import PLACE
from qualcode.store.journal.forgotten import cleaned_change, stored_hider
from qualcode.store.journal.relations import NAMES, PLACED, PRIVATE, name_key
from qualcode.store.journal.signing import forget_salt

if TYPE_CHECKING:
    from sqlite_utils import Database

_ALSO_ONE_TEXT = {"transcripts": "text_hash"}


def refuse_same_names(db: Database, changes: Iterable[Change]) -> None:
    """Raise `ConflictError` if a changed record now has the name or the text of another one."""
    changed = {(change.table, change.id) for change in changes if change.after}
    for table in sorted({table for table, _id in changed if table in NAMES}):
        for column in filter(None, (NAMES[table], _ALSO_ONE_TEXT.get(table))):
            named: dict[object, str] = {}
            for row_id, value in db.execute(f"SELECT id, {column} FROM {table} ORDER BY id").fetchall():
                other = named.setdefault(name_key(table, value), row_id)
                if other != row_id and {(table, other), (table, row_id)} & changed:
                    raise ConflictError(
                        _(
                            "This can no longer be undone: “{name}” has been given to something else since."
                        ).format(name=value)
                    )


_BY_ITSELF = (
    "('codings.carry', 'transcript.bring_together', 'names.follow', "
    "'coder.key', 'coder.confirm-key', 'round.commit', 'round.reveal')"
)
"""What follows without anybody choosing it, or is to stay: nobody undoes it."""
_STAYS = ("keys",)
"""Made with an act, but no part of it: undoing that does not take it away."""
ENTRY_FIELDS = "id, at, coder_id, action, changes, undoes, note, tick"


class Transaction:
    """What is being done in one transaction; collects every changed record."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.note = ""
        self.changes: list[Change] = []

    def insert(self, table: str, row: dict[str, Any]) -> None:
        """Make a record; `row` holds its key under "id"."""
        self._apply(Change(table, row["id"], None, row))

    def insert_all(self, table: str, new: list[dict[str, Any]]) -> None:
        """Make many records of one table at once."""
        changes = [Change(table, row["id"], None, row) for row in new]
        rows.write(self._db, changes)
        self.changes += changes

    def update(self, table: str, row_id: str, **fields: Any) -> None:
        """Give a record new values; nothing is noted if they are the old ones."""
        before, after = rows.differing(self._existing(table, row_id), fields)
        if after:
            self._apply(Change(table, row_id, before, after))

    def update_all(self, table: str, fields: Mapping[str, rows.Row]) -> None:
        """Give many records of one table new values: fields by the key of the record."""
        found = rows.select(
            self._db,
            f"SELECT * FROM {table} WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(fields))],
        )
        existing = {row["id"]: row for row in found}
        changes = []
        for row_id, new in fields.items():
            before, after = rows.differing(existing.get(row_id) or self._existing(table, row_id), new)
            if after:
                changes.append(Change(table, row_id, before, after))
        rows.update_all(self._db, table, changes)
        self.changes += changes

    def delete(self, table: str, row_id: str) -> None:
        """Delete a record, also under the ids that others made it with."""
        self._apply(Change(table, row_id, self._existing(table, row_id), None))
        for (alias,) in self._db.execute(
            "SELECT id FROM aliases WHERE tbl = ? AND canonical = ? ORDER BY id", [table, row_id]
        ).fetchall():
            self.changes.append(Change(table, alias, {}, None))

    def set_turns(self, transcript_id: str, turns: rows.Row) -> None:
        """Give a transcript its turns (`rows.turns_record`), on the text that it has now."""
        before = rows.read(self._db, "turns", transcript_id)
        text = self._existing("transcripts", transcript_id)["text_hash"]
        if (before or {"turns": []})["turns"] != turns["turns"]:
            self._apply(Change("turns", transcript_id, before, {"turns": turns["turns"], "text": text}))

    def keep_text(self, text_hash: str, text: str) -> None:
        """Keep a text under its hash; texts are never changed, so they are not journaled."""
        self._db.execute("INSERT OR IGNORE INTO texts (hash, text) VALUES (?, ?)", [text_hash, text])

    def drop_spare_texts(self) -> None:
        """Keep of each interview the first text and the one that holds: the others follow from these."""
        self._db.execute(
            "DELETE FROM texts WHERE hash IN (SELECT text_hash FROM revisions) AND hash NOT IN "
            "(SELECT text_hash FROM transcripts UNION SELECT before_hash FROM revisions)"
        )

    def _existing(self, table: str, row_id: str) -> rows.Row:
        row = rows.read(self._db, table, row_id)
        if row is None:
            raise NotFoundError(_("This is no longer in the project; someone removed it meanwhile."))
        return row

    def _apply(self, change: Change) -> None:
        rows.write(self._db, [change])
        self.changes.append(change)


class Journal:
    """What was done on a project file, oldest first."""

    def __init__(self, db: Database, path: Path) -> None:
        self._db = db
        self._path = path
        self._open: Transaction | None = None
        self._identity = identity(path)
        self.kept_on: date | None = None
        """The day for which a backup was seen to."""
        self.read_only = ""
        """Why nothing may be written, in words; empty if it may."""
        self.written = 0
        """Entries that this program has written since it opened the file."""

    @contextmanager
    def transaction(
        self, action: str, coder_id: str | None, note: str = "", undoes: str | None = None
    ) -> Iterator[Transaction]:
        """Do something as one transaction and one journal entry.

        Inside another transaction it becomes part of that one. One that changes nothing
        leaves no entry.
        """
        if self._open is not None:
            yield self._open
            return
        self.before_writing()
        with plain_errors(self._path), self._db.atomic():
            self._db.execute("PRAGMA defer_foreign_keys = ON")
            # the first statement writes, so that the lock is ours before anything is read
            self._db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'tick'")
            self._open = transaction = Transaction(self._db)
            transaction.note = note
            try:
                yield transaction
            finally:
                self._open = None
            if transaction.changes or transaction.note:
                if undoes is None:
                    self._refuse_in_anothers_name(transaction, coder_id)
                self._hide_names(transaction)
                tick = int(self._db.execute("SELECT value FROM meta WHERE key = 'tick'").fetchone()[0])
                entry = JournalEntry(
                    new_id(),
                    now(),
                    coder_id,
                    action,
                    tuple(transaction.changes),
                    undoes,
                    transaction.note,
                    tick,
                )
                self.append(entry)

    def before_writing(self) -> None:
        """Whoever begins to write comes past here: it is refused in words (`ProjectError`) where it may not be.

        Before the first change of a day a backup is made.
        """
        if self.read_only:
            raise ProjectError(self.read_only)
        self.refuse_another_file()
        if self.kept_on != (today := datetime.now(UTC).date()):
            self.kept_on = today
            if not self._db.conn.in_transaction:  # else the project is being made
                with plain_errors(self._path):
                    keep_daily(self._db, self._path)

    def has_its_file(self) -> bool:
        """Whether the file that was opened still lies in its place; a copy in memory has no file to lose."""
        return bool(self.read_only) or identity(self._path) == self._identity

    def refuse_another_file(self) -> None:
        """Raise `ProjectError` if the file is no longer in its place, or another one is."""
        if self.has_its_file():
            return
        words = (
            _("{path} was replaced by another file while it was open, maybe by a cloud folder.")
            if self._path.exists()
            else _("{path} is no longer there: it was moved or deleted while it was open.")
        )
        advice = _("Nothing is written any more. Close it, and open it again from where it is now.")
        raise ProjectError(f"{words.format(path=self._path)} {advice}")

    def _refuse_in_anothers_name(self, transaction: Transaction, coder_id: str | None) -> None:
        """Raise `KeyElsewhereError` for work of somebody who works on another machine: it comes signed from there."""
        made = {
            change.after["coder_id"]
            for change in transaction.changes
            if change.table in PRIVATE and change.before is None and change.after
        } - {coder_id}
        if not made:
            return
        keys = rows.select(
            self._db, "SELECT k.id, k.coder_id, c.name FROM keys k JOIN coders c ON c.id = k.coder_id"
        )
        here = {key["coder_id"] for key in keys if keyring.holds(key["id"])}
        for key in keys:
            if key["coder_id"] in made - here:
                raise KeyElsewhereError(
                    _(
                        "{name} works on another laptop, so what is theirs is made there. Take it in with the share "
                        "file of {name}."
                    ).format(name=key["name"])
                )

    def _hide_names(self, transaction: Transaction) -> None:
        """What somebody writes goes without the names that were hidden, as what comes in from elsewhere does."""
        if not self._db.execute("SELECT 1 FROM hidden_names LIMIT 1").fetchone():
            return
        hider = stored_hider(self._db)
        transaction.note = hider.cleaned(transaction.note)
        last = {(change.table, change.id): n for n, change in enumerate(transaction.changes)}
        for n, change in enumerate(transaction.changes):
            clean = cleaned_change(change, hider)
            if change.table == "revisions" and change.after:  # a name in it may have been masked meanwhile
                kept = rows.read(self._db, "revisions", change.id) or {}
                clean = Change(change.table, change.id, change.before, {**change.after, **kept})
            transaction.changes[n] = clean
            if clean != change and clean.after and last[change.table, change.id] == n:
                rows.write(self._db, [Change(change.table, change.id, {}, clean.after)])

    def append(self, *entries: JournalEntry) -> None:
        """Add entries as they stand, without applying them (the caller holds the transaction)."""
        self.written += len(entries)
        self._db.conn.executemany(
            f"INSERT INTO journal ({ENTRY_FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (e.id, e.at, e.coder_id, e.action, rows.pack(e.changes), e.undoes, e.note, e.tick)
                for e in entries
            ],
        )
        self._note_rows(entries)

    def complete(self, entry: JournalEntry) -> None:
        """Give an entry that is there what was kept back from it, or take away what is to be forgotten.

        Where words go, the salt of its signature goes: nobody can try out what they were.
        """
        forget_salt(self._db, entry)
        self._db.execute(
            "UPDATE journal SET changes = ?, note = ? WHERE id = ?",
            [rows.pack(entry.changes), entry.note, entry.id],
        )
        self._db.execute("DELETE FROM journal_rows WHERE entry_id = ?", [entry.id])
        self._note_rows([entry])

    def _note_rows(self, entries: Iterable[JournalEntry]) -> None:
        self._db.conn.executemany(
            "INSERT OR IGNORE INTO journal_rows (tbl, row_id, entry_id) VALUES (?, ?, ?)",
            [
                (change.table, change.id, entry.id)
                for entry in entries
                for change in entry.changes
                if change.before is not None or change.after is not None
            ],
        )

    def entries(self, *, coder_id: str | None = None, limit: int | None = None) -> list[JournalEntry]:
        """Entries, oldest first; only a coder's own, only the last `limit`, if asked."""
        where, values = ("WHERE coder_id = ?", [coder_id]) if coder_id else ("", [])
        found = rows.select(
            self._db,
            f"SELECT {ENTRY_FIELDS} FROM journal {where} ORDER BY tick DESC, id DESC LIMIT ?",
            [*values, -1 if limit is None else limit],
        )
        return [entry_of(row) for row in reversed(found)]

    def some(self, ids: Iterable[str]) -> list[JournalEntry]:
        """Those of the entries with these ids that are here."""
        found = rows.select(
            self._db,
            f"SELECT {ENTRY_FIELDS} FROM journal WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(ids))],
        )
        return [entry_of(row) for row in found]

    def of_row(self, table: str, row_id: str) -> list[JournalEntry]:
        """Every entry that changed one record, oldest first."""
        found = rows.select(
            self._db,
            f"SELECT {ENTRY_FIELDS} FROM journal JOIN journal_rows ON entry_id = id "
            "WHERE tbl = ? AND row_id = ? ORDER BY tick, id",
            [table, row_id],
        )
        return [entry_of(row) for row in found]

    def to_undo(self, coder_id: str | None, passed_over: Collection[str] = ()) -> JournalEntry | None:
        """What this person (`None`: nobody in particular) would undo: their last entry not undone yet."""
        return self._first(
            f"undoes IS NULL AND changes <> '[]' AND action NOT IN {_BY_ITSELF} "
            "AND NOT EXISTS (SELECT 1 FROM journal u WHERE u.undoes = journal.id "
            "AND NOT EXISTS (SELECT 1 FROM journal r WHERE r.undoes = u.id))",
            coder_id,
            passed_over,
        )

    def to_redo(self, coder_id: str | None) -> JournalEntry | None:
        """The undo that `redo` would turn back: this person's last one, if they did nothing new since."""
        last_done = self._first("undoes IS NULL", coder_id)
        undo = self._first(
            "EXISTS (SELECT 1 FROM journal a WHERE a.id = journal.undoes AND a.undoes IS NULL) "
            "AND NOT EXISTS (SELECT 1 FROM journal r WHERE r.undoes = journal.id)",
            coder_id,
        )
        if undo is None or (last_done is not None and undo.tick < last_done.tick):
            return None
        return undo

    def entry(self, entry_id: str) -> JournalEntry:
        """One entry by its id."""
        found = rows.select(self._db, f"SELECT {ENTRY_FIELDS} FROM journal WHERE id = ?", [entry_id])
        if not found:
            raise NotFoundError(_("There is no journal entry {id}.").format(id=entry_id))
        return entry_of(found[0])

    def turn_back(
        self, entry: JournalEntry, action: str, coder_id: str | None, then: Callable[[JournalEntry], object]
    ) -> None:
        """Undo or redo an entry, in the name of `coder_id`; `then` does what follows, in the same transaction.

        Raises `ConflictError` if what it made was changed since. A passage that somebody moved since, and one whose
        text was corrected since, stays where it is. Texts and turns are left to `then`: others may have built on
        them, and what stands on them is carried to the text that holds after this.
        """
        with self.transaction(action, coder_id, undoes=entry.id) as transaction:
            touched = {(change.table, change.id) for change in entry.changes}
            of_texts = _of_texts(entry)
            for change in reversed(entry.changes):
                if (
                    change in of_texts
                    or change.table in _STAYS
                    or (only_carried(change) and not self._as_left(change))
                ):
                    continue
                self._expect(change, touched)
                self._expect_text(change)
                inverse = Change(change.table, change.id, change.after, change.before)
                rows.write(self._db, [inverse])
                transaction.changes.append(inverse)
            then(entry)
            refuse_same_names(self._db, transaction.changes)

    def _expect_text(self, change: Change) -> None:
        """What was hidden or forgotten stays so, and a text that was wiped because of it cannot come back."""
        if change.table in ("hidden_names", "forgotten"):
            raise ConflictError(_("What was hidden or forgotten stays so: this cannot be turned back."))
        wanted = (change.before or {}).get("text_hash") if change.table == "transcripts" else None
        if wanted and not self._db.execute("SELECT 1 FROM texts WHERE hash = ?", [wanted]).fetchone():
            raise ConflictError(
                _(
                    "The text as it was has been wiped, so that no name stays in the file: this cannot be turned back."
                )
            )

    def _aliases(self, change: Change) -> set[tuple[str, str]]:
        found = self._db.execute(
            "SELECT id FROM aliases WHERE tbl = ? AND canonical = ?", [change.table, change.id]
        ).fetchall()
        return {(change.table, row[0]) for row in found}

    def _expect(self, change: Change, touched: set[tuple[str, str]]) -> None:
        if change.after == {}:
            return  # an alias: it has no row of its own
        same = self._as_left(change)
        if change.before is None and not self._aliases(change) <= touched:
            same = False  # somebody else made it as well, and theirs is not to be taken away
        if not same:
            raise ConflictError(
                _("This can no longer be undone: what it made has been changed since, maybe by someone else.")
            )

    def _as_left(self, change: Change) -> bool:
        """Whether the record is still as this change left it."""
        current = rows.read(self._db, change.table, change.id)
        if change.after is None or current is None:
            return current is None and change.after is None
        fields = set(change.after) - ({"text"} if change.table == "turns" else set())
        if change.table in PLACED and change.after.get("text_hash") != current["text_hash"]:
            fields -= PLACE  # it went along with a correction meanwhile, which is no change of what it says
        return all(current.get(name) == change.after[name] for name in fields)

    def _first(
        self, condition: str, coder_id: str | None, passed_over: Collection[str] = ()
    ) -> JournalEntry | None:
        found = rows.select(
            self._db,
            f"SELECT {ENTRY_FIELDS} FROM journal WHERE {condition} AND coder_id IS ? "
            "AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY tick DESC, id DESC LIMIT 1",
            [coder_id, json.dumps(list(passed_over))],
        )
        return entry_of(found[0]) if found else None


def _of_texts(entry: JournalEntry) -> list[Change]:
    """The changes of an entry that correct texts, or arrange the turns of interviews that were there."""
    corrects = any(change.table == "revisions" for change in entry.changes)
    return [
        change
        for change in entry.changes
        if change.table == "revisions"
        or (change.table == "turns" and change.before and change.after)
        or (corrects and change.table == "transcripts" and {*(change.after or {})} == {"text_hash"})
    ]


def only_carried(change: Change) -> bool:
    """Whether a passage only went along with a correction of its text."""
    before, after = change.before or {}, change.after or {}
    return (
        change.table in PLACED
        and before.get("text_hash") != after.get("text_hash")
        and bool(before and after)
    )


def entry_of(row: rows.Row) -> JournalEntry:
    """An entry from its row in the journal."""
    return JournalEntry(**{**row, "changes": rows.unpack(row["changes"])})
