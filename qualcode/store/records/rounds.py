"""Rounds: independent passes over the same interviews, sealed until all coders have finished.

While a round runs, nobody sees the codings of another on an interview of it. When all
coders of the round have marked an interview done, it is frozen: its codings are kept as
they were then, and stay as they are until a next round takes the interview up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualcode.errors import InputError, NotFoundError, SealedError
from qualcode.i18n import _
from qualcode.model import Coder, CoderKind, Coding, JournalEntry, Transcript, new_id, now
from qualcode.store.file import rows
from qualcode.store.journal.seals import Freeze, codebook_version, digest, packed, unpacked
from qualcode.store.records.base import Room

_READERS = (CoderKind.PRACTITIONER, CoderKind.RESEARCHER)


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

    @property
    def label(self) -> str:
        """How people call it."""
        label = _("round {n}").format(n=self.number)
        return f"{label} ({self.name})" if self.name else label


@dataclass(frozen=True, slots=True)
class Opening:
    """A seal that was opened before all had finished, and why."""

    id: str
    round_id: str
    transcript_id: str
    coder_id: str
    reason: str
    at: str


class Rounds(Room):
    """Rounds by number."""

    def all(self) -> list[Round]:
        """All rounds, first to last."""
        return [_round(row) for row in self._select("SELECT * FROM rounds ORDER BY number, id")]

    def get(self, name: str) -> Round:
        """The round with that number, name or id; raises `NotFoundError`."""
        for one in self.all():
            if name in (str(one.number), one.id) or (name and name == one.name):
                return one
        raise NotFoundError(_("There is no round “{name}” in this project.").format(name=name))

    def latest_with(self, transcript_id: str) -> Round | None:
        """The last round that an interview is in."""
        return next((r for r in reversed(self.all()) if transcript_id in r.transcripts), None)

    def start(self, transcripts: Sequence[Transcript], coders: Sequence[Coder], name: str = "") -> Round:
        """Start a round; the person at work becomes its owner, who alone may open a seal.

        Raises `InputError` if it lacks interviews or a second coder, `SealedError` if an
        interview is in a round that still runs.
        """
        name = " ".join(name.split())
        self._refuse_start(transcripts, coders, name)
        owner = self._project.require_coder()
        known = self.all()
        frozen_before = {freeze.transcript_id for freeze in self.freezes()}
        one = Round(
            id=new_id(),
            number=1 + max((r.number for r in known), default=0),
            name=name,
            transcripts=tuple(t.id for t in transcripts),
            coders=tuple(coder.id for coder in coders),
            codebook=codebook_version(self._project.codebook.all(retired=True)),
            running=True,
            coder_id=owner.id,
            started_at=now(),
        )
        with self._project.act("round.start") as act:
            act.insert("rounds", _row(one))
            for row in self._select("SELECT * FROM done"):
                if row["transcript_id"] in frozen_before.intersection(one.transcripts) and (
                    row["coder_id"] in one.coders
                ):
                    act.delete("done", row["id"])
            self.freeze_finished()
        return one

    def close(self, one: Round) -> None:
        """End a round; raises `SealedError` while an interview of it is sealed."""
        sealed = [key for key, of in self.sealed().items() if of.id == one.id]
        if sealed:
            raise SealedError(
                _("{round} is not finished: {names} still to be marked done by all.").format(
                    round=one.label, names=self._names(sealed)
                )
            )
        with self._project.act("round.close") as act:
            act.update("rounds", one.id, state="closed", closed_at=now())

    def freezes(self, one: Round | None = None) -> list[Freeze]:
        """The frozen interviews (of one round), in the order in which they froze."""
        where, values = ("WHERE round_id = ?", [one.id]) if one else ("", [])
        found = self._select(f"SELECT * FROM freezes {where} ORDER BY at, id", values)
        aliases = self._aliases() if found else {}
        return [_freeze(row, aliases) for row in found]

    def text_then(self, text_hash: str) -> str | None:
        """The text an interview had when it froze; `None` if that version was wiped since."""
        found = self._select("SELECT text FROM texts WHERE hash = ?", [text_hash])
        return found[0]["text"] if found else None

    def openings(self, one: Round | None = None) -> list[Opening]:
        """The seals (of one round) that were opened before all had finished."""
        where, values = ("WHERE round_id = ?", [one.id]) if one else ("", [])
        return [
            Opening(**row) for row in self._select(f"SELECT * FROM openings {where} ORDER BY at, id", values)
        ]

    def sealed(self) -> dict[str, Round]:
        """The interviews (ids) that are sealed now, each with the round that seals it."""
        free = {
            (row["round_id"], row["transcript_id"])
            for row in self._select(
                "SELECT round_id, transcript_id FROM freezes "
                "UNION SELECT round_id, transcript_id FROM openings"
            )
        }
        running = [_round(row) for row in self._select("SELECT * FROM rounds WHERE state = 'running'")]
        return {key: one for one in running for key in one.transcripts if (one.id, key) not in free}

    def open_seal(self, one: Round, transcripts: Iterable[Transcript], reason: str) -> None:
        """Make interviews visible before all have finished; the reason is kept in the journal.

        Raises `SealedError` for anybody but the owner, `InputError` without a reason.
        """
        person = self._project.require_coder()
        if person.id != one.coder_id:
            raise SealedError(
                _("Only the one who started {round} may open a seal of it.").format(round=one.label)
            )
        if not reason.strip():
            raise InputError(_("Opening a seal takes a reason; it is kept in the journal."))
        sealed = self.sealed()
        with self._project.act("round.open-seal", reason.strip()) as act:
            for transcript in transcripts:
                if transcript.id not in sealed or sealed[transcript.id].id != one.id:
                    raise InputError(
                        _("{name} is not sealed in {round}.").format(name=transcript.name, round=one.label)
                    )
                opening = Opening(new_id(), one.id, transcript.id, person.id, reason.strip(), now())
                act.insert("openings", {name: getattr(opening, name) for name in Opening.__slots__})

    def freeze_finished(self) -> list[Freeze]:
        """Freeze every interview that all coders of a running round have marked done."""
        done = self._project.progress.done()
        frozen = {(row["round_id"], row["transcript_id"]) for row in self._select("SELECT * FROM freezes")}
        ready = [
            (one, key)
            for one in self.all()
            for key in one.transcripts
            if one.running and (one.id, key) not in frozen and all((key, who) in done for who in one.coders)
        ]
        if not ready:
            return []
        codebook = codebook_version(self._project.codebook.all(retired=True))
        with self._project.act("round.freeze") as act:
            for one, key in ready:
                act.insert("freezes", self._freeze_row(one, self._project.transcripts.get(key), codebook))
        return [freeze for freeze in self.freezes() if (freeze.round_id, freeze.transcript_id) not in frozen]

    def visible(self, viewer: Coder | None, transcript: Transcript | None = None) -> list[Coding]:
        """The codings that somebody may see: of sealed interviews only their own."""
        sealed = self.sealed()
        shared = {c.id for c in self._project.coders.all() if c.kind is CoderKind.CONSENSUS}
        own = shared | ({viewer.id} if viewer else set())
        found = self._project.codings.all(transcript=transcript)
        return [c for c in found if c.transcript_id not in sealed or c.coder_id in own]

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
        """Raise `SealedError` if a coder's codings on an interview are fixed: frozen, or marked done."""
        one = self.latest_with(transcript_id)
        if one is None or coder_id not in one.coders:
            return
        self._refuse_frozen(one, transcript_id)
        if one.running and (transcript_id, coder_id) in self._project.progress.done():
            raise SealedError(
                _("{name} is marked done. Take it up again first (qualcode done --not).").format(
                    name=self._names([transcript_id])
                )
            )

    def refuse_reopening(self, transcript_id: str, coder_id: str) -> None:
        """Raise `SealedError` if an interview can no longer be taken up again in its round."""
        one = self.latest_with(transcript_id)
        if one is not None and coder_id in one.coders:
            self._refuse_frozen(one, transcript_id)

    def refuse_turning_back(self, entry: JournalEntry) -> None:
        """Raise `SealedError` if undoing an act would touch what is sealed or frozen."""
        for change in entry.changes:
            if change.table in ("freezes", "openings"):
                raise SealedError(_("This cannot be turned back: a seal was opened by it."))
            if change.table in ("codings", "done"):
                row = {**(change.before or {}), **(change.after or {})}
                row |= rows.read(self._project.db, change.table, change.id) or {}
                if "transcript_id" in row and "coder_id" in row:
                    self.refuse_reopening(row["transcript_id"], row["coder_id"])

    def _refuse_frozen(self, one: Round, transcript_id: str) -> None:
        found = self._select(
            "SELECT 1 FROM freezes WHERE round_id = ? AND transcript_id = ?", [one.id, transcript_id]
        )
        if found:
            raise SealedError(
                _("{name} is frozen as you both coded it in {round}. Changes belong to a next round.").format(
                    name=self._names([transcript_id]), round=one.label
                )
            )

    def _refuse_start(self, transcripts: Sequence[Transcript], coders: Sequence[Coder], name: str) -> None:
        if not transcripts:
            raise InputError(_("A round needs at least one interview."))
        if len({coder.id for coder in coders}) < 2:
            raise InputError(_("A round needs at least two coders."))
        for coder in coders:
            if coder.kind not in _READERS:
                raise InputError(
                    _("{name} does not code ({kind}), so cannot be in a round.").format(
                        name=coder.name, kind=coder.kind.label
                    )
                )
        if name and any(name == one.name for one in self.all()):
            raise InputError(_("There is a round “{name}” already. Choose another name.").format(name=name))
        running = {key for one in self.all() if one.running for key in one.transcripts}
        busy = running.intersection(t.id for t in transcripts)
        if busy:
            raise SealedError(
                _("{names} is in a round that is still running. Close that one first.").format(
                    names=self._names(busy)
                )
            )

    def _freeze_row(self, one: Round, transcript: Transcript, codebook: str) -> rows.Row:
        found = self._project.codings.all(transcript=transcript)
        codings = packed(coding for coding in found if coding.coder_id in one.coders)
        at = now()
        return {
            "id": new_id(),
            "round_id": one.id,
            "transcript_id": transcript.id,
            "text_hash": transcript.text_hash,
            "codebook": codebook,
            "codings": codings,
            "at": at,
            "digest": digest(transcript.text_hash, codebook, codings, at),
        }

    def _aliases(self) -> dict[str, str]:
        return {row["id"]: row["canonical"] for row in self._select("SELECT id, canonical FROM aliases")}

    def _names(self, transcript_ids: Iterable[str]) -> str:
        names = {t.id: t.name for t in self._project.transcripts.all()}
        return ", ".join(sorted(names[key] for key in transcript_ids))


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
    )


def _row(one: Round) -> rows.Row:
    return {
        "id": one.id,
        "number": one.number,
        "name": one.name,
        "transcripts": json.dumps(list(one.transcripts)),
        "coders": json.dumps(list(one.coders)),
        "codebook": one.codebook,
        "state": "running" if one.running else "closed",
        "coder_id": one.coder_id,
        "started_at": one.started_at,
        "closed_at": one.closed_at,
    }


def _freeze(row: rows.Row, aliases: dict[str, str]) -> Freeze:
    codings = tuple(
        Coding(
            c.id,
            c.transcript_id,
            c.start,
            c.end,
            aliases.get(c.code_id, c.code_id),
            aliases.get(c.coder_id, c.coder_id),
            c.created_at,
        )
        for c in unpacked(row["codings"], row["transcript_id"])
    )
    return Freeze(
        row["id"],
        row["round_id"],
        row["transcript_id"],
        row["text_hash"],
        row["codebook"],
        codings,
        row["at"],
    )
