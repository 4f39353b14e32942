"""What a pair writes down around a difference and after a round: reasons of one's own, and looking back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.i18n import N_, _
from qualcode.model import Coder, Transcript, new_id, now
from qualcode.store.records.base import OpenFile, Records

if TYPE_CHECKING:
    from qualcode.store.records.seals import Round
    from qualcode.store.records.settings import Settings

# Bronstein's five factors of collaborating (Social Work 48(3), 2003), asked of the pair itself
QUESTIONS = {
    "goals": N_("What do we want to reach together, and what is each one's part in it?"),
    "need": N_("What could neither of us have found without the other?"),
    "expertise": N_("How did each one's own knowledge get room in what we decided?"),
    "flexibility": N_("Was it feasible, and did we dare to do it otherwise than we were used to?"),
    "process": N_("How did it go, and what does each of us want to do differently next time?"),
}


@dataclass(frozen=True, slots=True)
class OwnReason:
    """A line that a coder wrote on a difference. `text` is `None` while it is hidden from the reader."""

    coder_id: str
    text: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Reflection:
    """An answer to one of the questions after a round."""

    id: str
    round_id: str
    question: str
    coder_id: str
    text: str
    at: str


def difference_key(codings: Iterable[str]) -> str:
    """By what a difference is known on every laptop: the codings it is about."""
    return hashlib.sha256("\n".join(sorted(codings)).encode()).hexdigest()[:32]


class OwnReasons(Records):
    """Each one's line on a difference, hidden until both have written."""

    def __init__(self, file: OpenFile, settings: Settings) -> None:
        super().__init__(file)
        self._settings = settings

    def write(self, key: str, transcript: Transcript, text: str) -> None:
        """Write, or rewrite, the line of the person at work; raises `InputError` if it is empty."""
        person = self._file.require_coder()
        if not text.strip():
            raise InputError(_("Write in a line why you read it so."))
        known = self._file.select(
            "SELECT id FROM rationales WHERE difference = ? AND coder_id = ? ORDER BY id", [key, person.id]
        )
        with self._file.transaction("reason.write") as transaction:
            if known:
                transaction.update("rationales", known[-1]["id"], text=text.strip(), at=now())
            else:
                row = {"id": new_id(), "transcript_id": transcript.id, "difference": key}
                transaction.insert(
                    "rationales", {**row, "coder_id": person.id, "text": text.strip(), "at": now()}
                )

    def of(self, key: str, pair: tuple[Coder, Coder]) -> dict[str, OwnReason]:
        """The lines on a difference by coder id, as the person at work may see them.

        Somebody else's line has no text until both of the pair have written, unless the
        project has switched that off.
        """
        found = self._file.select("SELECT * FROM rationales WHERE difference = ? ORDER BY id", [key])
        written = {row["coder_id"]: row for row in found}
        viewer = self._file.coder.id if self._file.coder else None
        shown = not self._settings.get("own_reasons") or all(c.id in written for c in pair)
        return {
            who: OwnReason(who, row["text"] if shown or who == viewer else None, row["at"])
            for who, row in written.items()
        }


class Reflections(Records):
    """Answers to the five questions, per round and coder."""

    def of(self, one: Round) -> list[Reflection]:
        """The answers after a round, in the order of the questions."""
        found = self._file.select("SELECT * FROM reflections WHERE round_id = ? ORDER BY at, id", [one.id])
        order = list(QUESTIONS)
        return sorted((Reflection(**row) for row in found), key=lambda r: order.index(r.question))

    def answer(self, one: Round, question: str, text: str) -> Reflection:
        """Answer a question after a round, or answer it anew; raises `InputError` if it is empty."""
        person = self._file.require_coder()
        if question not in QUESTIONS:
            raise ValueError(f"no such question: {question}")
        if not text.strip():
            raise InputError(_("An empty answer is not kept."))
        known = [r for r in self.of(one) if r.question == question and r.coder_id == person.id]
        with self._file.transaction("reflection.answer") as transaction:
            if known:
                transaction.update("reflections", known[-1].id, text=text.strip(), at=now())
            else:
                row = {"id": new_id(), "round_id": one.id, "question": question}
                transaction.insert(
                    "reflections", {**row, "coder_id": person.id, "text": text.strip(), "at": now()}
                )
        return next(r for r in reversed(self.of(one)) if r.question == question and r.coder_id == person.id)
