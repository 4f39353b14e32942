"""The versions of an interview's text: kept as its first wording and the corrections of it (`text.history`).

Only the first text and the one that holds are stored whole. Every version between them, or that two people's
corrections make together, follows from the edits; so does where a passage of one version stands in another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from qualcode.errors import ConflictError
from qualcode.i18n import _
from qualcode.model import Change, new_id
from qualcode.store.file import rows
from qualcode.store.journal.relations import PLACED
from qualcode.text.history import Clash, Correction, Origin, TextHistory, Version
from qualcode.text.normal import text_hash
from qualcode.text.revisions import Edit, apply, beside, differences
from qualcode.text.spans import Span

if TYPE_CHECKING:
    from sqlite_utils import Database

    from qualcode.model import JournalEntry, Turn
    from qualcode.store.file.rows import Row
    from qualcode.store.journal.entries import Transaction
    from qualcode.store.journal.replay import Replay
    from qualcode.store.records.base import OpenFile

MASK = "█"
"""Stands for each character of a hidden name in texts that are kept for their positions alone."""

Texts = Callable[[str], str | None]


class TextVersions:
    """All versions of one interview's text.

    `revisions` are its records of that table; `holds` is the hash of the text that holds; `texts` finds a stored
    text by its hash.
    """

    def __init__(self, revisions: Iterable[Row], holds: str, texts: Texts) -> None:
        every = sorted(revisions, key=lambda row: (row["depth"], row["id"]))
        self.first_hash = _first_hash(every, holds)
        self.rows = _descending(every, self.first_hash)
        self.holds = holds
        self._texts = texts

    @cached_property
    def history(self) -> TextHistory:
        """The corrections as a history of the first text."""
        return TextHistory(len(self.first), [_correction(row) for row in self.rows])

    @cached_property
    def first(self) -> str:
        """The first text."""
        return self._texts(self.first_hash) or ""

    @cached_property
    def _known(self) -> dict[str, Version]:
        found = {self.first_hash: Version()}
        for row in self.rows:  # a wording that came back is that of the last correction which made it
            found[row["text_hash"]] = self.history.known_to([row["id"]])
        return found

    def version(self, digest: str) -> Version | None:
        """What a text, by its hash, is made of; `None` if it is no version of this one."""
        return self._known.get(digest)

    def text(self, digest: str) -> str | None:
        """A text by its hash: stored, or put together from the first one."""
        found = self._texts(digest)
        if found is None and (version := self.version(digest)) is not None:
            found = self.history.text(version, self.first)
        return found

    @property
    def heads(self) -> list[str]:
        """The corrections that no other one rests on."""
        under = {parent for row in self.rows for parent in json.loads(row["parents"])}
        return [row["id"] for row in self.rows if row["id"] not in under]

    @property
    def lacks(self) -> bool:
        """Whether the text that holds lacks corrections that were made apart from it."""
        now = self.version(self.holds)
        changing = {row["id"] for row in self.rows if row["edits"] != "[]"}
        return now is not None and not changing <= now

    def clashes(self) -> list[Clash]:
        """Corrections made apart on the same words."""
        return self.history.clashes(self.history.whole)

    def step(self, old: str, new: str) -> tuple[TextHistory, Version, Version]:
        """Two texts, by their hashes, as versions of one history; from what differs where none is known."""
        source, target = self.version(old), self.version(new)
        if source is not None and target is not None:
            return self.history, source, target
        before, after = self._texts(old) or "", self.text(new) or ""
        made = TextHistory(len(before), [Correction("", (), tuple(differences(before, after)))])
        return made, Version(), made.whole

    def carrier(self, old: str, new: str) -> Callable[[Span], Span]:
        """Where a passage of one text stands in another; on what is beside if nothing of it is left."""
        history, source, target = self.step(old, new)
        text = self.text(new) or ""
        return lambda span: beside(
            history.carried(span, source, target), history.position(span.start, source, target), text
        )


def _first_hash(revisions: list[Row], holds: str) -> str:
    """The hash of the text that the one that holds came from."""
    made_from = {row["text_hash"]: row for row in revisions}
    by_id = {row["id"]: row for row in revisions}
    row = made_from.get(holds)
    while row is not None:
        parents = [by_id[one] for one in json.loads(row["parents"]) if one in by_id]
        if not parents:
            return str(row["before_hash"])
        row = parents[0]
    return holds


def _descending(revisions: list[Row], first: str) -> list[Row]:
    """The revisions that go back to one first text."""
    found: dict[str, Row] = {}
    for row in revisions:
        parents = json.loads(row["parents"])
        if all(one in found for one in parents) and (parents or row["before_hash"] == first):
            found[row["id"]] = row
    return list(found.values())


def _correction(row: Row) -> Correction:
    edits = tuple(Edit(*edit) for edit in json.loads(row["edits"]))
    return Correction(row["id"], tuple(json.loads(row["parents"])), edits, bool(row["firm"]))


def stored(db: Database) -> Texts:
    """Finds the texts of a project file by their hash."""

    def text(digest: str) -> str | None:
        row = db.execute("SELECT text FROM texts WHERE hash = ?", [digest]).fetchone()
        return None if row is None else str(row[0])

    return text


def texts_of(state: Replay, texts: Texts) -> dict[str, str]:
    """The texts, by their hash, on which anything in a replayed state stands; those that can be told."""
    by_transcript: dict[str, list[Row]] = {}
    for row in state.rows("revisions").values():
        by_transcript.setdefault(row["transcript_id"], []).append(row)
    found: dict[str, str | None] = {}
    wanted: dict[str, set[str]] = {}
    for table in PLACED:
        for row in state.rows(table).values():
            wanted.setdefault(row["transcript_id"], set()).add(row["text_hash"])
    for key, row in state.rows("transcripts").items():
        versions = TextVersions(by_transcript.pop(key, ()), row["text_hash"], texts)
        found |= {one: versions.text(one) for one in (row["text_hash"], *wanted.get(key, ()))}
        found[versions.first_hash] = versions.first or None
    # of interviews that were taken out: they come back where somebody coded them
    firsts = {row["before_hash"] for rest in by_transcript.values() for row in rest if row["parents"] == "[]"}
    return {one: text for one, text in {**{h: texts(h) for h in firsts}, **found}.items() if text is not None}


def versions_of(db: Database, transcript_id: str) -> TextVersions | None:
    """The versions of the text of an interview; `None` if it was taken out."""
    transcript = rows.read(db, "transcripts", transcript_id)
    if transcript is None:
        return None
    found = rows.select(db, "SELECT * FROM revisions WHERE transcript_id = ?", [transcript_id])
    return TextVersions(found, transcript["text_hash"], stored(db))


def add_revision(
    transaction: Transaction,
    versions: TextVersions,
    transcript_id: str,
    edits: Iterable[Edit],
    text: str,
    *,
    firm: bool = False,
) -> None:
    """Give an interview the text that edits make of the one that holds; none: what was made apart comes together.

    Who brings the same together makes the same record.
    """
    parents = versions.heads
    told = [list(edit) for edit in edits]
    digest = text_hash(text)
    transaction.keep_text(digest, text)
    transaction.insert(
        "revisions",
        {
            "id": new_id()
            if told
            else "join-" + hashlib.sha256(json.dumps(parents).encode()).hexdigest()[:27],
            "transcript_id": transcript_id,
            "parents": json.dumps(parents),
            "edits": json.dumps(told, ensure_ascii=False),
            "before_hash": versions.holds if not parents else "",
            "text_hash": digest,
            "depth": 1 + max((row["depth"] for row in versions.rows if row["id"] in parents), default=0),
            "firm": int(firm),
        },
    )
    transaction.update("transcripts", transcript_id, text_hash=digest)
    transaction.drop_spare_texts()


def mask(file: OpenFile, versions: TextVersions, stretches: Iterable[Origin]) -> None:
    """Put `MASK` in the place of characters that do not stand in the text that holds, in all that is kept of them.

    It is no act: nothing can bring them back. Positions stay what they were.
    """
    first = list(versions.first)
    edits: dict[str, list[Edit]] = {row["id"]: list(_correction(row).edits) for row in versions.rows}
    masked: set[str] = set()
    for stretch in stretches:
        if not stretch.edits:
            first[stretch.start : stretch.end] = MASK * (stretch.end - stretch.start)
        for revision, n in stretch.edits:
            edit = edits[revision][n]
            words = (
                edit.text[: stretch.start] + MASK * (stretch.end - stretch.start) + edit.text[stretch.end :]
            )
            edits[revision][n] = edit._replace(text=words)
            masked.add(revision)
    if versions.first_hash != versions.holds:  # else the text that holds says the same
        file.db.execute("UPDATE texts SET text = ? WHERE hash = ?", ["".join(first), versions.first_hash])
    for revision in sorted(masked):
        told = json.dumps([list(edit) for edit in edits[revision]], ensure_ascii=False)
        file.db.execute("UPDATE revisions SET edits = ? WHERE id = ?", [told, revision])
        for entry in file.journal.of_row("revisions", revision):
            file.journal.complete(
                replace(entry, changes=tuple(_with_edits(c, revision, told) for c in entry.changes))
            )


def masked_together(one: str, other: str) -> str:
    """Two copies of a text, each masked somewhere, with the masks of both; raises `ValueError` if they differ else."""
    if len(one) != len(other) or any(a != b and MASK not in (a, b) for a, b in zip(one, other, strict=True)):
        raise ValueError("these are two texts")
    return "".join(MASK if MASK in (a, b) else a for a, b in zip(one, other, strict=True))


def _with_edits(change: Change, revision: str, edits: str) -> Change:
    if (change.table, change.id) != ("revisions", revision):
        return change
    before, after = (
        None if row is None else {**row, "edits": edits} for row in (change.before, change.after)
    )
    return Change(change.table, change.id, before, after)


def bring_together(file: OpenFile) -> int:
    """Let all corrections that people made apart stand in the text, as one act; returns in how many interviews."""
    done = 0
    with file.transaction("transcript.bring_together") as transaction:
        for (transcript_id,) in file.db.execute(
            "SELECT DISTINCT transcript_id FROM revisions ORDER BY 1"
        ).fetchall():
            versions = versions_of(file.db, transcript_id)
            if versions is None:
                continue
            text = versions.history.text(versions.history.whole, versions.first) if versions.lacks else ""
            if text.strip():  # else the last one holds: together they would leave nothing
                add_revision(transaction, versions, transcript_id, (), text)
                done += 1
            # of turns the last ones hold, which may be those of a text that does not
            transaction.set_turns(transcript_id, turns_now(file, transcript_id))
    return done


def take_back(file: OpenFile, transaction: Transaction, entry: JournalEntry) -> None:
    """Take back what an entry did to texts and turns, whatever was corrected elsewhere since.

    Raises `ConflictError` if the words themselves were changed since, or were wiped because a name stood in them.
    """
    if not any(change.table == "revisions" for change in entry.changes):
        _take_back_turns(file, transaction, entry)
    for change in entry.changes:
        if change.table != "revisions" or change.after is None:
            continue
        row = rows.read(file.db, "revisions", change.id)
        versions = None if row is None else versions_of(file.db, row["transcript_id"])
        if row is None or versions is None or versions.version(row["text_hash"]) is None:
            raise _changed_since()
        whole = versions.history.whole
        edits = versions.history.taken_back(row["id"], whole, versions.first)
        if not edits:
            raise _changed_since()
        if any(MASK in edit.text for edit in edits):
            raise ConflictError(
                _("A name was hidden in the words as they were, so this cannot be turned back.")
            )
        text = apply(versions.history.text(whole, versions.first), edits)
        if not text.strip():
            raise _changed_since()
        add_revision(transaction, versions, row["transcript_id"], edits, text)
        transaction.set_turns(row["transcript_id"], turns_now(file, row["transcript_id"], entry.id))


def _changed_since() -> ConflictError:
    return ConflictError(
        _("This can no longer be undone: what it made has been changed since, maybe by someone else.")
    )


def _take_back_turns(file: OpenFile, transaction: Transaction, entry: JournalEntry) -> None:
    """Give interviews the turns again that they had before, where these stand in the text that holds now."""
    for change in entry.changes:
        if change.table == "turns" and change.before and change.after:
            now = rows.read(file.db, "turns", change.id) or {"turns": []}
            if _arrangement(now) != _arrangement(change.after):
                raise _changed_since()
            transaction.set_turns(change.id, turns_now(file, change.id, entry.id))


def moved_turns(turns: Sequence[Turn], size: int, edits: Sequence[Edit]) -> list[Turn | None]:
    """Where the turns of a text of this size stand after edits; `None` for one that is empty, or joined to another."""
    history = TextHistory(size, [Correction("", (), tuple(edits))])
    places = history.lines([turn.span for turn in turns], Version(), history.whole)
    return [
        None if place is None else replace(turn, start=place.start, end=place.end)
        for turn, place in zip(turns, places, strict=True)
    ]


def turns_now(file: OpenFile, transcript_id: str, without: str = "") -> Row:
    """The turns that somebody arranged last (not by the entry `without`), where they stand in the text that holds."""
    versions = versions_of(file.db, transcript_id)
    found = next(_arranged(file, transcript_id, without), None)
    if versions is None or found is None:
        return rows.read(file.db, "turns", transcript_id) or {"turns": []}
    turns, digest = found
    history, old, new = versions.step(digest, versions.holds)
    places = history.lines([Span(turn[0], turn[1]) for turn in turns], old, new)
    return {
        "turns": [
            [place.start, place.end, *turn[2:]]
            for turn, place in zip(turns, places, strict=True)
            if place is not None
        ]
    }


def _arranged(file: OpenFile, transcript_id: str, without: str) -> Iterator[tuple[list[Any], str]]:
    """The turns as people arranged them, the last ones first, each with the hash of the text they were on."""
    found, digest = [], ""
    for entry, change in _history_of(file, transcript_id):
        after = change.after or {}
        if (
            change.table == "transcripts"
        ):  # entries of earlier versions do not say on which text their turns stand
            digest = after.get("text_hash", digest)
        elif (
            after.get("turns") and entry.id != without and _arrangement(change.before) != _arrangement(after)
        ):
            found.append((after["turns"], after.get("text", digest)))
    yield from reversed(found)


def _history_of(file: OpenFile, transcript_id: str) -> Iterator[tuple[JournalEntry, Change]]:
    """What was done to an interview and its turns, oldest first; within an entry the text before the turns."""
    aliases = "SELECT id FROM aliases WHERE tbl = 'transcripts' AND canonical = ?"
    ids = {transcript_id, *(row[0] for row in file.db.execute(aliases, [transcript_id]).fetchall())}
    tables = ("transcripts", "turns")
    entries = {e.id: e for one in ids for table in tables for e in file.journal.of_row(table, one)}
    for entry in sorted(entries.values(), key=lambda entry: (entry.tick, entry.id)):
        for table in tables:
            yield from ((entry, c) for c in entry.changes if c.table == table and c.id in ids)


def _arrangement(turns: Mapping[str, Any] | None) -> list[Any]:
    """Who speaks one after the other, and what else is said of each turn, wherever it stands."""
    return [turn[2:] for turn in (turns or {}).get("turns", [])]
