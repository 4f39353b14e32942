"""What a pair decided about their differences, and the layer of codings that follows from it.

A decision never touches the codings it is about: what stands is written beside them, by the
coder of kind consensus, and leads back to the decision. A decision that is reopened stays
in the project with the moment on which it was; only its codings go.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import N_, Labelled, _
from qualcode.model import Coder, CoderKind, Transcript, new_id, now
from qualcode.store.file import rows
from qualcode.store.records.base import OpenFile, Records
from qualcode.store.records.unsealed import every_memo

if TYPE_CHECKING:
    from qualcode.store.records.people import Coders
    from qualcode.text.spans import Span


class Outcome(Labelled):
    """How a difference was settled. `DIFFER`: both readings stay; `LATER`: not settled yet."""

    A = "a", N_("as A read it")
    B = "b", N_("as B read it")
    BOTH = "both", N_("both")
    NEITHER = "neither", N_("neither")
    EDGES = "edges", N_("new edges")
    NEW_CODE = "new-code", N_("new code")
    DIFFER = "differ", N_("we agree to differ")
    LATER = "later", N_("later")


class Why(Labelled):
    """What the difference came from."""

    NONE = "", ""
    DEFINITION = "definition", N_("the definition was not clear")
    SLIP = "slip", N_("it slipped by")
    CONTEXT = "context", N_("one of you knew the context")
    BOUNDARY = "boundary", N_("where a passage begins or ends")
    GAP = "gap", N_("the codebook lacked something")


# whoever gives way, or nobody does, is owed a reason
ASKS_WHY = (Outcome.A, Outcome.B, Outcome.DIFFER)


@dataclass(frozen=True, slots=True)
class Decision:
    """One settled difference: `a` and `b` are the codings (ids) of both sides that it was about.

    `kind` is that of the difference; `reason` says where it came from, `text` why it was settled so.
    `reopened_at` is empty while the decision stands.
    """

    id: str
    round_id: str | None
    transcript_id: str
    kind: str
    coder_a: str
    coder_b: str
    a: tuple[str, ...]
    b: tuple[str, ...]
    outcome: Outcome
    reason: Why
    text: str
    coder_id: str
    at: str
    reopened_at: str = ""

    @property
    def stands(self) -> bool:
        """Whether it was not reopened."""
        return not self.reopened_at

    @property
    def settled(self) -> bool:
        """Whether nothing more has to be talked about."""
        return self.stands and self.outcome is not Outcome.LATER

    @property
    def codings(self) -> tuple[str, ...]:
        """The codings of both sides."""
        return self.a + self.b


@dataclass(frozen=True, slots=True)
class Settling:
    """One difference to be settled, and the codings (place and code id) that stand after it."""

    transcript: Transcript
    kind: str
    a: tuple[str, ...]
    b: tuple[str, ...]
    stands: tuple[tuple[Span, str], ...] = ()


class Decisions(Records):
    """Decisions in the order in which they were made."""

    def __init__(self, file: OpenFile, coders: Coders) -> None:
        super().__init__(file)
        self._coders = coders

    def all(self, *, reopened: bool = False) -> list[Decision]:
        """Those that stand; the reopened ones as well if asked."""
        where = "" if reopened else "WHERE reopened_at = ''"
        return [
            _decision(row) for row in self._file.select(f"SELECT * FROM decisions {where} ORDER BY at, id")
        ]

    def holding_on(self, transcript_id: str) -> list[Decision]:
        """The decisions on one interview that stand."""
        found = self._file.select(
            "SELECT * FROM decisions WHERE transcript_id = ? AND reopened_at = '' ORDER BY at, id",
            [transcript_id],
        )
        return [_decision(row) for row in found]

    def get(self, decision_id: str) -> Decision:
        """One decision; raises `NotFoundError`."""
        row = rows.read(self._file.db, "decisions", decision_id)
        if row is None:
            raise NotFoundError(_("There is no decision {id} in this project.").format(id=decision_id))
        return _decision(row)

    def settle(
        self,
        settlings: Sequence[Settling],
        coders: tuple[Coder, Coder],
        outcome: Outcome,
        *,
        reason: Why = Why.NONE,
        text: str = "",
        round_id: str | None = None,
    ) -> list[Decision]:
        """Settle differences in the same way, as one act.

        What was put off before is replaced. Raises `InputError` if a reason is owed, a difference
        is settled already, or the person at work may not decide.
        """
        person = self._may_decide()
        text = text.strip()
        if outcome in ASKS_WHY and not text and not reason:
            raise InputError(_("Say in a line why: the one who gives way will want to read it later."))
        places = dict.fromkeys(settling.transcript.id for settling in settlings)
        known = {key: one for place in places for one in self.holding_on(place) for key in one.codings}
        made = []
        with self._file.transaction("decision.make") as transaction:
            layer = self._coders.consensus() if any(s.stands for s in settlings) else None
            for settling in settlings:
                for old in {known[k] for k in settling.a + settling.b if k in known}:
                    if old.settled:
                        raise InputError(_("This difference is settled already. Reopen the decision first."))
                    transaction.update("decisions", old.id, reopened_at=now())
                decision = Decision(
                    new_id(),
                    round_id,
                    settling.transcript.id,
                    settling.kind,
                    coders[0].id,
                    coders[1].id,
                    settling.a,
                    settling.b,
                    outcome,
                    reason,
                    text,
                    person.id,
                    now(),
                )
                transaction.insert("decisions", rows.of(decision))
                if layer is not None:
                    transaction.insert_all("codings", list(_settled_rows(settling, decision, layer)))
                made.append(decision)
        return made

    def reopen(self, decision: Decision, why: str = "") -> Decision:
        """Take a decision up again; its codings go, the decision stays to be read. An auditor may."""
        self._file.require_coder()
        if not self.get(decision.id).stands:
            raise InputError(_("This decision was reopened already."))
        with self._file.transaction("decision.reopen", why.strip()) as transaction:
            for row in self._file.select(
                "SELECT id FROM codings WHERE decision_id = ? ORDER BY id", [decision.id]
            ):
                for memo in every_memo(self._file, "coding", row["id"]):
                    transaction.delete("memos", memo.id)
                transaction.delete("codings", row["id"])
            transaction.update("decisions", decision.id, reopened_at=now())
        return self.get(decision.id)

    def _may_decide(self) -> Coder:
        person = self._file.require_coder()
        if person.kind not in (CoderKind.PRACTITIONER, CoderKind.RESEARCHER):
            raise InputError(
                _("{name} reads along as auditor: comment, or reopen a decision, but do not decide.").format(
                    name=person.name
                )
            )
        return person


def _settled_rows(settling: Settling, decision: Decision, layer: Coder) -> Iterable[rows.Row]:
    for span, code_id in dict.fromkeys(settling.stands):
        yield {
            "id": new_id(),
            "transcript_id": settling.transcript.id,
            "text_hash": settling.transcript.text_hash,
            "start": span.start,
            "end": span.end,
            "code_id": code_id,
            "coder_id": layer.id,
            "created_at": decision.at,
            "decision_id": decision.id,
        }


def _decision(row: rows.Row) -> Decision:
    return Decision(
        **{
            **row,
            "a": tuple(json.loads(row["a"])),
            "b": tuple(json.loads(row["b"])),
            "outcome": Outcome(row["outcome"]),
            "reason": Why(row["reason"]),
        }
    )
