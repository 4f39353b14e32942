"""What comes from another laptop, looked over before it is used, and once it stands where it belongs."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from qualcode.errors import ConflictError, InputError
from qualcode.i18n import _
from qualcode.model import CoderKind
from qualcode.store.file.rows import all_turns
from qualcode.store.journal.columns import ENTRY, is_counted, is_id, is_setting, is_text, rules_of
from qualcode.store.journal.relations import PLACED, digest, lists
from qualcode.store.journal.texts import MASK, TextVersions, versions_of
from qualcode.text.graphemes import splits_cluster
from qualcode.text.history import Version
from qualcode.text.normal import text_hash
from qualcode.text.spans import torn

if TYPE_CHECKING:
    from sqlite_utils import Database

    from qualcode.model import Change, JournalEntry
    from qualcode.store.file.rows import Row
    from qualcode.store.journal.incoming import Incoming
    from qualcode.store.journal.relations import RecordTable
    from qualcode.store.journal.replay import Replay

_SHOWN = 40
_TOLD = 3
_READERS = (CoderKind.PRACTITIONER, CoderKind.RESEARCHER)


def look_over(incoming: Incoming, fresh: Iterable[JournalEntry], tables: Mapping[str, RecordTable]) -> None:
    """Refuse what no qualcode of this version can have written (`InputError`).

    `fresh` are the entries that are not here: the others cannot do any harm that is not done.
    """
    check = _Check(incoming.source, tables)
    try:
        uuid.UUID(incoming.project_id)
    except ValueError:
        raise check.unfit(_("the project has no proper number")) from None
    ticks = {entry.id: entry.tick for entry in incoming.entries}
    if len(ticks) < len(incoming.entries):
        raise check.unfit(_("an act stands in it twice"))
    for entry in fresh:
        check.entry(entry, ticks)
    for digest_, text in incoming.texts.items():
        check.text(digest_, text)


class _Check:
    """Holds entries, records and texts against the rules. `source` says where they come from."""

    def __init__(self, source: str, tables: Mapping[str, RecordTable]) -> None:
        self._source = source
        self._rules = {name: rules_of(table) for name, table in tables.items()}
        # without these a record cannot be made: what stands there by itself will not do
        self._needed = {
            name: {
                column for column, rule in self._rules[name].items() if not rule(table.defaults.get(column))
            }
            for name, table in tables.items()
        }

    def entry(self, entry: JournalEntry, ticks: Mapping[str, int]) -> None:
        """An act; `ticks` are those of all acts beside it."""
        for name, rule in ENTRY.items():
            if not rule(value := getattr(entry, name)):
                raise self._odd("journal", name, value)
        if entry.tick == 0 or not is_counted(entry.tick):
            raise self.unfit(
                _("its acts are counted further than anybody can have come: {n}").format(n=_cut(entry.tick))
            )
        undone = ticks.get(entry.undoes or "", 0)
        if entry.undoes == entry.id or (type(undone) is int and undone >= entry.tick):
            raise self._odd("journal", "undoes", entry.undoes)
        for change in entry.changes:
            self._change(change)

    def _change(self, change: Change) -> None:
        if not isinstance(change.table, str) or change.table not in self._rules:
            raise InputError(
                _(
                    "{source} holds things that this version of qualcode does not know. "
                    "Install the newest version on both laptops."
                ).format(source=self._source)
            )
        if not is_id(change.id):
            raise self._odd(change.table, "id", change.id)
        if change.table == "coders" and change.before and change.after:
            raise self._odd("coders", "id", change.id)  # who somebody is never changes
        for row in (change.before, change.after):
            if row is not None:
                self._record(change, row)
        if change.before is None and change.after:
            for name in self._needed[change.table] - change.after.keys():
                raise self._odd(change.table, name, None)

    def _record(self, change: Change, row: Mapping[str, Any]) -> None:
        if not isinstance(row, dict):
            raise self._odd(change.table, "id", row)
        rules = self._rules[change.table]
        for name, value in row.items():
            rule = rules.get(name)
            if rule is None or not rule(value):
                raise self._odd(change.table, name, value)
        if row.get("id", change.id) != change.id:
            raise self._odd(change.table, "id", row["id"])
        self._together(change, row)

    def _together(self, change: Change, row: Mapping[str, Any]) -> None:
        """What the columns of a record say together."""
        if change.table == "settings" and not is_setting(change.id, row.get("value")):
            raise self._odd("settings", change.id, row.get("value"))
        if row.keys() >= {"start", "end"} and row["start"] >= row["end"]:
            raise self._odd(change.table, "end", row["end"])

    def text(self, digest_: Any, text: Any) -> None:
        """The text of an interview, under its hash."""
        # a text with masked names is kept for its positions alone, under the hash it had
        if not is_text(text) or (text_hash(text) != digest_ and MASK not in text):
            raise self.unfit(_("a text is not as it was"))

    def _odd(self, table: str, column: str, value: Any) -> InputError:
        return self.unfit(
            _("{column} in {table} cannot be {value}").format(
                table=table, column=_cut(column), value=_cut(value)
            )
        )

    def unfit(self, what: str) -> InputError:
        """The error that says what is wrong with the source."""
        return InputError(
            _("{source} was changed or damaged on its way ({what}). Ask for it to be sent again.").format(
                source=self._source, what=what
            )
        )


def _cut(value: Any) -> str:
    """A value as it is told: on one line, and not for long."""
    told = ascii(value)
    return told if len(told) <= _SHOWN else told[:_SHOWN] + "…"


@contextmanager
def corrections_of(source: str) -> Iterator[None]:
    """Say in words that corrections cannot be followed, because they do not fit their text (`InputError`)."""
    try:
        yield
    except (KeyError, IndexError, ValueError) as error:
        raise _misfit(source, [_("a correction does not fit its text")]) from error


def torn_interviews(db: Database) -> set[str]:
    """The interviews, by name, whose turns do not make up their text."""
    turns = all_turns(db)
    every = db.execute("SELECT t.id, t.name, x.text FROM transcripts t JOIN texts x ON x.hash = t.text_hash")
    return {name for key, name, text in every.fetchall() if key in turns and torn(turns[key]["turns"], text)}


def refuse_other_texts(db: Database, source: str, torn_before: Collection[str]) -> None:
    """Refuse texts that are not what their hash says, and turns that do not make one up, once all corrections stand."""
    every = db.execute(
        "SELECT t.text_hash, x.text FROM transcripts t LEFT JOIN texts x ON x.hash = t.text_hash"
    )
    if any(text is None or text_hash(text) != digest for digest, text in every.fetchall()):
        raise _misfit(source, [_("a text is not as it was")])
    if found := sorted(torn_interviews(db) - set(torn_before)):
        raise _misfit(
            source, [_("the turns of {name} lie outside its text").format(name=name) for name in found]
        )


def refuse_circles(state: Replay, source: str) -> None:
    """Refuse corrections that rest on themselves, or on what came after them (`InputError`)."""
    revisions = state.rows("revisions")
    for row in revisions.values():
        for parent in json.loads(row["parents"]):
            if parent in revisions and revisions[parent]["depth"] >= row["depth"]:
                raise _misfit(source, [_("a correction rests on a later one")])


def refuse_misfits(db: Database, written: Sequence[Change], source: str) -> None:
    """Refuse records that do not fit the texts and people they belong to (`InputError`, `ConflictError`).

    They stand in the tables already, in the transaction that is open.
    """
    after: dict[str, dict[str, Row]] = {}
    for change in written:
        if change.after:
            after.setdefault(change.table, {})[change.id] = dict(change.after)
    checks = (_outside, _unsealed, _other_texts, _unknown)
    if misfits := [what for check in checks for what in check(db, after)]:
        raise _misfit(source, misfits)
    _refuse_other_kinds(db, written)


def _misfit(source: str, what: Sequence[str]) -> InputError:
    return InputError(
        _(
            "{source} does not fit together: {what}. The other can run qualcode repair and share again."
        ).format(source=source, what="; ".join(what[:_TOLD]))
    )


def _outside(db: Database, after: Mapping[str, Mapping[str, Row]]) -> Iterable[str]:
    """Passages that lie outside their text or cut a visible sign in two."""
    texts: dict[str, str | None] = {}
    for table in PLACED:
        for row in after.get(table, {}).values():
            text = _text(db, texts, row["text_hash"])
            if text is None or row["end"] > len(text) or _cuts(text, row["start"], row["end"]):
                yield _("a passage lies at {place}").format(place=f"{row['start']}–{row['end']}")


def _unsealed(db: Database, after: Mapping[str, Mapping[str, Row]]) -> Iterable[str]:
    """What was frozen and is not as it was, or lies outside its text (which may have been wiped since)."""
    texts: dict[str, str | None] = {}
    for row in after.get("freezes", {}).values():
        if digest(row["text_hash"], row["codebook"], row["codings"], row["at"]) != row["digest"]:
            yield _("a seal is broken")
        text = _text(db, texts, row["text_hash"])
        for _who, start, end, *_rest in json.loads(row["codings"]):
            if start >= end or (text is not None and end > len(text)):
                yield _("a passage lies at {place}").format(place=f"{start}–{end}")


def _cuts(text: str, *positions: int) -> bool:
    return any(splits_cluster(text, position) for position in positions)


def _text(db: Database, known: dict[str, str | None], text_hash_: str) -> str | None:
    if text_hash_ not in known:
        found = db.execute("SELECT text FROM texts WHERE hash = ?", [text_hash_]).fetchone()
        known[text_hash_] = found[0] if found else None
    return known[text_hash_]


def _other_texts(db: Database, after: Mapping[str, Mapping[str, Row]]) -> Iterable[str]:
    """Interviews whose text is not what its hash says, or not what its corrections make of it."""
    corrected = {row["transcript_id"] for row in after.get("revisions", {}).values()}
    for one in sorted({*after.get("transcripts", ()), *corrected}):
        versions = versions_of(db, one)
        if versions is not None and not _holds(versions):
            yield _("a text is not as it was")


def _holds(versions: TextVersions) -> bool:
    try:
        now = versions.version(versions.holds) or Version()
        made = versions.history.text(now, versions.first)
    except (KeyError, IndexError, ValueError):
        return False
    kept = versions.text(versions.holds) or ""
    # where a name was hidden meanwhile the text that is to come of both has not been made yet
    return all(MASK in text or text_hash(text) == versions.holds for text in (made, kept))


def _unknown(db: Database, after: Mapping[str, Mapping[str, Row]]) -> Iterable[str]:
    """Lists with what nobody ever made; what was taken out since may stand in them."""
    for table, found in after.items():
        for column, target in lists(table).items():
            for row in found.values():
                for one in json.loads(row[column]):
                    if not _was_made(db, target, one):
                        yield _("{column} in {table} cannot be {value}").format(
                            table=table, column=column, value=one
                        )


def _was_made(db: Database, table: str, row_id: str) -> bool:
    return (
        db.execute(
            "SELECT 1 FROM journal_rows WHERE tbl = ? AND row_id = ? UNION SELECT 1 FROM forgotten WHERE id = ?",
            [table, row_id, row_id],
        ).fetchone()
        is not None
    )


def _refuse_other_kinds(db: Database, written: Iterable[Change]) -> None:
    """Nobody who codes here becomes, by what comes in, somebody who does not."""
    for change in written:
        if change.table == "coders" and change.before and change.before["kind"] in _READERS:
            found = db.execute(
                "SELECT name, kind FROM coders WHERE id = ? OR id = (SELECT canonical FROM aliases "
                "WHERE tbl = 'coders' AND id = ?)",
                [change.id, change.id],
            ).fetchone()
            if found is not None and found[1] not in _READERS:
                raise ConflictError(
                    _(
                        "{name} codes here, and is {kind} there. Let who added them there undo that, and share again."
                    ).format(name=found[0], kind=CoderKind(found[1]).label)
                )
