"""Rounds: independent passes over the same interviews, sealed until all coders have finished.

While a round runs, nobody sees the codings of another on an interview of it. When all
coders of the round have marked an interview done, it is frozen: its codings are kept as
they were then, and stay as they are until a next round takes the interview up.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.errors import InputError, SealedError
from qualcode.i18n import Bilingual, _
from qualcode.model import Code, Coder, CoderKind, Coding, Transcript, new_id, now
from qualcode.store.file import rows
from qualcode.store.journal.relations import digest
from qualcode.store.records.base import OpenFile, Records
from qualcode.store.records.proofs import Freeze
from qualcode.store.records.seals import Round, Seals
from qualcode.store.records.unsealed import every_coding
from qualcode.text.normal import one_line

if TYPE_CHECKING:
    from qualcode.store.records.codebook import CodebookStore
    from qualcode.store.records.commitments import Commitments
    from qualcode.store.records.people import Keys
    from qualcode.store.records.proofs import Proofs
    from qualcode.store.records.transcripts import Transcripts

_READERS = (CoderKind.PRACTITIONER, CoderKind.RESEARCHER)
_WORDS = ("name", "definition", "use", "not_use", "example")


@dataclass(frozen=True, slots=True)
class Opening:
    """A seal that was opened before all had finished, and why."""

    id: str
    round_id: str
    transcript_id: str
    coder_id: str
    reason: str
    at: str


class Rounds(Seals):
    """Rounds by number: begun, frozen interview by interview, opened, closed."""

    def __init__(
        self,
        file: OpenFile,
        codebook: CodebookStore,
        transcripts: Transcripts,
        commitments: Commitments,
        proofs: Proofs,
        keys: Keys,
    ) -> None:
        super().__init__(file)
        self._codebook = codebook
        self._transcripts = transcripts
        self._commitments = commitments
        self._proofs = proofs
        self._keys = keys

    def start(self, transcripts: Sequence[Transcript], coders: Sequence[Coder], name: str = "") -> Round:
        """Start a round; the person at work becomes its owner, who alone may open a seal.

        What had been marked done for the first time, by who works on this machine, stays so; who works elsewhere says
        it again, in the round.
        Raises `InputError` if it lacks interviews or a second coder, `SealedError` if an
        interview is in a round that still runs.
        """
        name = one_line(name)
        self._refuse_start(transcripts, coders, name)
        owner = self._file.require_coder()
        known = self.all()
        frozen_before = {freeze.transcript_id for freeze in self.freezes()}
        one = Round(
            id=new_id(),
            number=1 + max((r.number for r in known), default=0),
            name=name,
            transcripts=tuple(t.id for t in transcripts),
            coders=tuple(coder.id for coder in coders),
            codebook=codebook_version(self._codebook.all(retired=True)),
            running=True,
            coder_id=owner.id,
            started_at=now(),
        )
        with self._file.transaction("round.start") as transaction:
            transaction.insert("rounds", _row(one))
            people = {coder.id: coder for coder in coders}
            for row in self._file.select("SELECT * FROM done"):
                key, who = row["transcript_id"], people.get(row["coder_id"])
                if who is None or key not in one.transcripts:
                    continue
                if key in frozen_before or self._keys.only_elsewhere(who):
                    transaction.delete("done", row["id"])
                else:
                    self._commitments.commit(one, self._transcripts.get(key), who)
            self.freeze_finished()
        return one

    def close(self, one: Round) -> None:
        """End a round; raises `SealedError` while an interview of it is sealed."""
        sealed = [key for key, of in self.sealed().items() if of.id == one.id]
        if sealed:
            raise SealedError(
                _("{round} is not finished: {names} still to be marked done by all.").format(
                    round=one.label, names=self.names(sealed)
                )
            )
        with self._file.transaction("round.close") as transaction:
            transaction.update("rounds", one.id, state="closed", closed_at=now())

    def freezes(self, one: Round | None = None) -> list[Freeze]:
        """The frozen interviews (of one round), in the order in which they froze."""
        return self._proofs.freezes(one)

    def text_then(self, transcript_id: str, text_hash: str) -> str | None:
        """The text an interview had when it froze; `None` if that version was wiped since."""
        from qualcode.store.journal.texts import versions_of

        versions = versions_of(self._file.db, transcript_id)
        return None if versions is None else versions.text(text_hash)

    def openings(self, one: Round | None = None) -> list[Opening]:
        """The seals (of one round) that were opened before all had finished."""
        where, values = ("WHERE round_id = ?", [one.id]) if one else ("", [])
        return [
            Opening(**row)
            for row in self._file.select(f"SELECT * FROM openings {where} ORDER BY at, id", values)
        ]

    def open_seal(self, one: Round, transcripts: Iterable[Transcript], reason: str) -> None:
        """Make interviews visible before all have finished; the reason is kept in the journal.

        Raises `SealedError` for anybody but the owner, `InputError` without a reason.
        """
        person = self._file.require_coder()
        if person.id != one.coder_id:
            raise SealedError(
                _("Only the one who started {round} may open a seal of it.").format(round=one.label)
            )
        if not reason.strip():
            raise InputError(_("Opening a seal takes a reason; it is kept in the journal."))
        sealed = self.sealed()
        with self._file.transaction("round.open-seal", reason.strip()) as transaction:
            for transcript in transcripts:
                if transcript.id not in sealed or sealed[transcript.id].id != one.id:
                    raise InputError(
                        _("{name} is not sealed in {round}.").format(name=transcript.name, round=one.label)
                    )
                opening = Opening(new_id(), one.id, transcript.id, person.id, reason.strip(), now())
                transaction.insert("openings", rows.of(opening))

    def freeze_finished(self) -> list[Freeze]:
        """Freeze every interview that all coders of a running round have marked done, and whose readings are here.

        What the person at work has marked done is fixed first, if it is not yet; and when all is fixed, what was
        fixed on this machine is shown.
        """
        self._fix_own()
        done = self.done()
        frozen = {
            (row["round_id"], row["transcript_id"]) for row in self._file.select("SELECT * FROM freezes")
        }
        ready = [
            (one, key)
            for one in self.all()
            for key in one.transcripts
            if one.running
            and (one.id, key) not in frozen
            and all((key, who) in done for who in one.coders)
            and (not one.commits or self._all_shown(one, key))
        ]
        if not ready:
            return []
        codebook = codebook_version(self._codebook.all(retired=True))
        with self._file.transaction("round.freeze") as transaction:
            for one, key in ready:
                transaction.insert("freezes", self._freeze_row(one, self._transcripts.get(key), codebook))
        return [freeze for freeze in self.freezes() if (freeze.round_id, freeze.transcript_id) not in frozen]

    def _fix_own(self) -> None:
        """Fix what the person at work has marked done in running rounds, and not fixed yet."""
        me = self._file.coder
        running = [one for one in self.all() if one.running and one.commits and me and me.id in one.coders]
        if me is None or not running:
            return
        done = {key for key, who in self.done() if who == me.id}
        fixed = {(c.round_id, c.transcript_id) for c in self._commitments.all() if c.coder_id == me.id}
        for one in running:
            for key in done.intersection(one.transcripts):
                if (one.id, key) not in fixed:
                    self._commitments.commit(one, self._transcripts.get(key), me)

    def fix(self, transcript: Transcript, coder: Coder) -> None:
        """Fix what a coder marked in an interview, in every running round that it is in."""
        for one in self.all():
            if one.running and one.commits and transcript.id in one.transcripts and coder.id in one.coders:
                self._commitments.commit(one, transcript, coder)

    def take_up_again(self, transcript_id: str, coder: Coder) -> None:
        """What a coder had fixed no longer counts."""
        for one in self.all():
            if one.running and transcript_id in one.transcripts:
                self._commitments.withdraw(one, transcript_id, coder)

    def _all_shown(self, one: Round, transcript_id: str) -> bool:
        fixed = self._commitments.of(one, transcript_id)
        if not set(one.coders) <= fixed.keys():
            return False
        self._commitments.reveal(fixed)
        return all(self._proofs.lacking(one, transcript_id, who) is None for who in one.coders)

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
                    names=self.names(busy)
                )
            )

    def _freeze_row(self, one: Round, transcript: Transcript, codebook: str) -> rows.Row:
        found = every_coding(self._file, transcript=transcript)
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


class Progress(Records):
    """Marks "done", per transcript and coder."""

    def __init__(self, file: OpenFile, rounds: Rounds, keys: Keys) -> None:
        super().__init__(file)
        self._rounds = rounds
        self._keys = keys

    def done(self) -> set[tuple[str, str]]:
        """(transcript id, coder id) of every transcript that its coder has finished."""
        return self._rounds.done()

    def mark(self, transcript: Transcript, coder: Coder, done: bool = True) -> None:
        """Say that a coder has finished a transcript, or has not after all.

        When all coders of a running round have, it is frozen; raises `SealedError` if it is
        to be taken up again after that.
        """
        found = self._file.select(
            "SELECT id FROM done WHERE transcript_id = ? AND coder_id = ?", [transcript.id, coder.id]
        )
        if bool(found) == done:
            return
        if not done:
            self._rounds.refuse_reopening(transcript.id, coder.id)
        if done and any(one.running and transcript.id in one.transcripts for one in self._rounds.all()):
            self._keys.for_signing(coder)  # before the act, so that undoing that leaves the key
        with self._file.transaction("transcript.done" if done else "transcript.reopen") as transaction:
            if done:
                row = {"id": new_id(), "transcript_id": transcript.id, "coder_id": coder.id, "at": now()}
                transaction.insert("done", row)
                self._rounds.fix(transcript, coder)
            else:
                self._rounds.take_up_again(transcript.id, coder)
            for row in found:
                transaction.delete("done", row["id"])
            self._rounds.freeze_finished()


def _row(one: Round) -> rows.Row:
    row = rows.of(one)
    row["state"] = "running" if row.pop("running") else "closed"
    return row


def packed(codings: Iterable[Coding]) -> str:
    """Codings as the JSON that is kept and sealed."""
    kept = sorted((c.coder_id, c.start, c.end, c.code_id, c.id, c.created_at) for c in codings)
    return json.dumps(kept)


def codebook_version(codes: Iterable[Code]) -> str:
    """SHA-256 of what the codebook says (not of its colours); equal words are one version."""
    return _sha256(
        sorted([code.slug, code.retired, *(_both(getattr(code, name)) for name in _WORDS)] for code in codes)
    )


def _both(text: Bilingual) -> list[str]:
    return [text.nl, text.en]


def _sha256(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()
