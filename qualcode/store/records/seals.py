"""What nobody may see or change yet: the seals of running rounds, and what was frozen.

Whatever reads or writes the work of coders asks here first. While a round runs, nobody sees the codings, memos,
verdicts or orders of another on an interview of it. With nobody at work nothing sealed is shown at all.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.errors import NotFoundError, SealedError
from qualcode.i18n import _
from qualcode.model import Coder, CoderKind, Coding, JournalEntry, Memo, Transcript
from qualcode.store.file import rows
from qualcode.store.file.files import plain_errors
from qualcode.store.journal.entries import only_carried
from qualcode.store.records.base import Records

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Round:
    """An independent pass. `transcripts` and `coders` are ids; `coder_id` started it.

    `codebook` is the version of the codebook (`seals.codebook_version`) it began with.
    """

    id: str
    number: int
    name: str
    transcripts: tuple[str, ...]
    coders: tuple[str, ...]
    codebook: str
    running: bool
    coder_id: str | None
    started_at: str
    closed_at: str = ""
    commits: bool = True
    """Whether readings are fixed by commitments; rounds of before that have none."""

    @property
    def label(self) -> str:
        """How people call it."""
        label = _("round {n}").format(n=self.number)
        return f"{label} ({self.name})" if self.name else label


class Seals(Records):
    """Rounds as they bind people: what is hidden from whom, and what may no longer change."""

    def all(self) -> list[Round]:
        """All rounds, first to last."""
        return [_round(row) for row in self._file.select("SELECT * FROM rounds ORDER BY number, id")]

    def get(self, name: str) -> Round:
        """The round with that number, name or id; raises `NotFoundError`."""
        for one in self.all():
            if name in (str(one.number), one.id) or (name and name == one.name):
                return one
        raise NotFoundError(_("There is no round “{name}” in this project.").format(name=name))

    def latest_with(self, transcript_id: str) -> Round | None:
        """The last round that an interview is in."""
        return next((r for r in reversed(self.all()) if transcript_id in r.transcripts), None)

    def sealed(self) -> dict[str, Round]:
        """The interviews (ids) that are sealed now, each with the round that seals it."""
        with plain_errors(self._file.path):
            return _sealed(self._file.db)

    def withheld(self) -> set[str]:
        """The sealed interviews (ids) of which no reading travels yet, for not all coders have fixed theirs."""
        with plain_errors(self._file.path):
            return withheld(self._file.db)

    def visible(self, codings: Iterable[Coding]) -> list[Coding]:
        """Those of the codings that the person at work may see: of sealed interviews only their own."""
        sealed = self.sealed()
        if not sealed:
            return list(codings)
        own = self.own()
        return [c for c in codings if c.transcript_id not in sealed or c.coder_id in own]

    def visible_memos(self, memos: Iterable[Memo], codings: Collection[str]) -> list[Memo]:
        """Those of the memos that the person at work may read; `codings` are the ids of the codings they see.

        While anything is sealed, notes of others on codes, cases and the project wait as well: they may say how
        somebody reads it.
        """
        sealed = self.sealed()
        if not sealed:
            return list(memos)
        own = {None, self._file.coder.id if self._file.coder else None}
        return [
            memo
            for memo in memos
            if memo.coder_id in own
            or (memo.target_kind == "coding" and memo.target_id in codings)
            or (memo.target_kind == "transcript" and memo.target_id not in sealed)
        ]

    def hides(self, coder_id: str | None, transcripts: Collection[str]) -> bool:
        """Whether what a coder found of all these interviews together (ids) is hidden from the person at work."""
        return coder_id not in self.own() and not self.sealed().keys().isdisjoint(transcripts)

    def own(self) -> set[str]:
        """Whose work (coder ids) the person at work always sees: their own, and what the pair decided."""
        shared = self._file.select("SELECT id FROM coders WHERE kind = ?", [str(CoderKind.CONSENSUS)])
        return {row["id"] for row in shared} | ({self._file.coder.id} if self._file.coder else set())

    def done(self) -> set[tuple[str, str]]:
        """(transcript id, coder id) of every transcript that its coder has finished."""
        return {(row["transcript_id"], row["coder_id"]) for row in self._file.select("SELECT * FROM done")}

    def refuse_look(
        self, viewer: Coder | None, coders: Iterable[Coder], transcripts: Iterable[Transcript]
    ) -> None:
        """Raise `SealedError` if showing these coders' codings would break a seal for the viewer."""
        sealed = self.sealed()
        others = [
            c for c in coders if c.kind is not CoderKind.CONSENSUS and (viewer is None or c.id != viewer.id)
        ]
        hidden = [t for t in transcripts if t.id in sealed]
        if others and hidden:
            raise SealedError(
                _("{names}: sealed until all coders of {round} have marked it done.").format(
                    names=", ".join(t.name for t in hidden), round=sealed[hidden[0].id].label
                )
            )

    def refuse_edit(self, transcript_id: str, coder_id: str) -> None:
        """Raise `SealedError` if a coder's codings on an interview are fixed: frozen, done, or sealed for others."""
        if transcript_id in self.sealed() and coder_id not in self.own():
            raise SealedError(
                _("{name} is sealed: everybody codes it under their own name (--as NAME).").format(
                    name=self.names([transcript_id])
                )
            )
        one = self.latest_with(transcript_id)
        if one is None or coder_id not in one.coders:
            return
        self._refuse_frozen(one, transcript_id)
        if one.running and (transcript_id, coder_id) in self.done():
            raise SealedError(
                _("{name} is marked done. Take it up again first (qualcode done --not).").format(
                    name=self.names([transcript_id])
                )
            )

    def refuse_taking_out(self, transcript: Transcript) -> None:
        """Raise `SealedError` while an interview is sealed."""
        if transcript.id in self.sealed():
            raise SealedError(
                _("{names} is in a round that is still running. Close that one first.").format(
                    names=transcript.name
                )
            )

    def refuse_reopening(self, transcript_id: str, coder_id: str) -> None:
        """Raise `SealedError` if an interview can no longer be taken up again in its round."""
        one = self.latest_with(transcript_id)
        if one is not None and coder_id in one.coders:
            self._refuse_frozen(one, transcript_id)
            self._refuse_sent(one, transcript_id, coder_id)

    def refuse_turning_back(self, entry: JournalEntry) -> None:
        """Raise `SealedError` if undoing an act would touch what is sealed or frozen."""
        for change in entry.changes:
            if change.table in ("freezes", "openings"):
                raise SealedError(_("This cannot be turned back: a seal was opened by it."))
            takes_out = change.before is None and change.table in ("transcripts", "codes")
            sealed = self.sealed() if takes_out else {}
            if change.id in sealed or (sealed and change.table == "codes" and self._others_since(entry)):
                raise SealedError(
                    _("{names} is in a round that is still running. Close that one first.").format(
                        names=self.names(sealed)
                    )
                )
            if change.table == "rounds" and change.before is None and self._was_sent(entry.id):
                raise SealedError(
                    _(
                        "The round went to the other already. Open its seals with a reason, or let all finish it."
                    )
                )
            if change.table in ("codings", "done") and not only_carried(change):
                row = {**(change.before or {}), **(change.after or {})}
                row |= rows.read(self._file.db, change.table, change.id) or {}
                if "transcript_id" in row and "coder_id" in row:
                    self.refuse_reopening(row["transcript_id"], row["coder_id"])

    def _refuse_frozen(self, one: Round, transcript_id: str) -> None:
        found = self._file.select(
            "SELECT 1 FROM freezes WHERE round_id = ? AND transcript_id = ?", [one.id, transcript_id]
        )
        if found:
            raise SealedError(
                _("{name} is frozen as you both coded it in {round}. Changes belong to a next round.").format(
                    name=self.names([transcript_id]), round=one.label
                )
            )

    def _refuse_sent(self, one: Round, transcript_id: str, coder_id: str) -> None:
        """What went to others as fixed stays so: they may have shown their reading because of it."""
        if transcript_id not in self.sealed():
            return
        found = self._file.select(
            "SELECT r.entry_id FROM commitments c JOIN journal_rows r ON r.tbl = 'commitments' AND r.row_id = c.id "
            "WHERE c.round_id = ? AND c.transcript_id = ? AND c.coder_id = ?",
            [one.id, transcript_id, coder_id],
        )
        if any(self._was_sent(row["entry_id"]) for row in found):
            raise SealedError(
                _(
                    "{name} went to the other as done, so what was marked is fixed. Changes belong to a next round."
                ).format(name=self.names([transcript_id]))
            )

    def _others_since(self, entry: JournalEntry) -> bool:
        """Whether somebody else did anything here since, and so may have built on it."""
        return bool(
            self._file.select(
                "SELECT 1 FROM journal WHERE tick > ? AND coder_id IS NOT ? LIMIT 1",
                [entry.tick, entry.coder_id],
            )
        )

    def _was_sent(self, entry_id: str) -> bool:
        """Whether an entry was in a share file: that is when it is signed."""
        return bool(self._file.select("SELECT 1 FROM signatures WHERE entry_id = ?", [entry_id]))

    def names(self, transcript_ids: Iterable[str]) -> str:
        """The names of interviews as people read them, in a row."""
        names = {row["id"]: row["name"] for row in self._file.select("SELECT id, name FROM transcripts")}
        return ", ".join(sorted(names[key] for key in transcript_ids))


def withheld(db: Database) -> set[str]:
    """The interviews (ids) in a project file of which no reading travels yet.

    That hangs on what all coders of a round fixed, and on seals that were opened: not on what others say of it.
    """
    rounds = [_round(row) for row in rows.select(db, "SELECT * FROM rounds WHERE commits = 1")]
    if not rounds:
        return set()
    here = {key for (key,) in db.execute("SELECT id FROM transcripts").fetchall()}
    opened = set(db.execute("SELECT round_id, transcript_id FROM openings").fetchall())
    fixed = set(db.execute("SELECT round_id, transcript_id, coder_id FROM commitments").fetchall())
    return {
        key
        for one in rounds
        for key in here.intersection(one.transcripts)
        if (one.id, key) not in opened and not {(one.id, key, who) for who in one.coders} <= fixed
    }


def _sealed(db: Database) -> dict[str, Round]:
    running = [_round(row) for row in rows.select(db, "SELECT * FROM rounds WHERE state = 'running'")]
    if not running:
        return {}
    free = {
        tuple(row)
        for row in db.execute(
            "SELECT round_id, transcript_id FROM freezes UNION SELECT round_id, transcript_id FROM openings"
        ).fetchall()
    }
    return {key: one for one in running for key in one.transcripts if (one.id, key) not in free}


def _round(row: rows.Row) -> Round:
    return Round(
        id=row["id"],
        number=row["number"],
        name=row["name"],
        transcripts=tuple(json.loads(row["transcripts"])),
        coders=tuple(json.loads(row["coders"])),
        codebook=row["codebook"],
        running=row["state"] == "running",
        coder_id=row["coder_id"],
        started_at=row["started_at"],
        closed_at=row["closed_at"],
        commits=bool(row["commits"]),
    )
