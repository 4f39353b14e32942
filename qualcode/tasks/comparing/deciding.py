"""Settle differences: one, or a group of them in the same way; and look back on how it went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from qualcode.agreement.kinds import Kind
from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import Code, Coder, Coding
from qualcode.store.journal.state import carry_along
from qualcode.store.project import Project
from qualcode.store.records.codings import span_problem
from qualcode.store.records.decisions import Decision, Outcome, Settling, Why
from qualcode.tasks.comparing.agenda import Agenda, Item
from qualcode.text.spans import Span

Edges = Span | Literal["widest", "shared"]


@dataclass(frozen=True, slots=True)
class Balance:
    """Whose reading prevailed in what was settled: something to reflect on, never a score."""

    a: int
    b: int
    both: int
    neither: int
    new: int
    differ: int
    later: int

    @property
    def settled(self) -> int:
        """How many differences were settled, those left apart included."""
        return self.a + self.b + self.both + self.neither + self.new + self.differ

    def question(self, a: Coder, b: Coder) -> str:
        """What to ask oneself, in a sentence; empty while there is too little to say anything."""
        one, n = (a, self.a) if self.a >= self.b else (b, self.b)
        if self.a + self.b < _ENOUGH:
            return ""
        return _(
            "Of {total} differences in which one reading prevailed, {n} went to {name}. "
            "Does that fit how you both look at it?"
        ).format(total=self.a + self.b, n=n, name=one.name)


_ENOUGH = 5


def decide(
    project: Project,
    agenda: Agenda,
    items: Sequence[Item],
    outcome: Outcome,
    *,
    reason: Why = Why.NONE,
    text: str = "",
    edges: Edges | None = None,
    code: Code | None = None,
    round_id: str | None = None,
) -> list[Decision]:
    """Settle differences in the same way as one act, and bring the agenda up to it.

    `edges` are the place that stands (a span in the whole text; for several at once the
    "widest" or the "shared" one), `code` the code for a new code. Raises `InputError` if
    something is missing, `SealedError` if an interview is sealed.
    """
    comparison = agenda.comparison
    pair = (comparison.a, comparison.b)
    project.rounds.refuse_look(None, pair, [item.transcript for item in items])
    if outcome is Outcome.EDGES and edges is None:
        raise InputError(_("Say which edges stand: a start and an end, the widest or the shared ones."))
    if outcome is Outcome.NEW_CODE and code is None:
        raise InputError(_("Say which code stands."))
    if code is not None and code.retired:
        raise InputError(_("The code “{code}” is retired. Choose another one.").format(code=code.slug))
    settlings = [_settling(item, outcome, edges, code) for item in items]
    with project.transaction("decision.make"):
        made = project.decisions.settle(settlings, pair, outcome, reason=reason, text=text, round_id=round_id)
        # a frozen interview may have been corrected since
        carry_along(project, {item.transcript.id for item in items})
    agenda.take(made)
    return made


def take_agreed(project: Project, agenda: Agenda, round_id: str | None = None) -> list[Decision]:
    """Put what both agree on in the layer of decisions, at its widest edges; returns what is new.

    One decision per agreed pair, all in one act, so that each coding leads back to both originals.
    """
    todo = [item for item in agenda.agreed if agenda.decision_on(item) is None]
    if not todo:
        return []
    return decide(project, agenda, todo, Outcome.EDGES, edges="widest", round_id=round_id)


def reopen(
    project: Project, agenda: Agenda | None, decisions: Iterable[Decision], why: str = ""
) -> list[Decision]:
    """Take decisions up again as one act. An auditor may."""
    with project.transaction("decision.reopen", why.strip()):
        found = [project.decisions.reopen(decision, why) for decision in decisions]
    if agenda is not None:
        agenda.take(found)
    return found


def balance(decisions: Iterable[Decision], a: Coder, b: Coder) -> Balance:
    """Whose reading prevailed between two coders; what was agreed anyway does not count."""
    counts = dict.fromkeys(Outcome, 0)
    for decision in decisions:
        if {decision.coder_a, decision.coder_b} != {a.id, b.id} or not decision.stands:
            continue
        if decision.kind == Kind.AGREED:
            continue
        turned = {Outcome.A: Outcome.B, Outcome.B: Outcome.A} if decision.coder_a == b.id else {}
        counts[turned.get(decision.outcome, decision.outcome)] += 1
    return Balance(
        a=counts[Outcome.A],
        b=counts[Outcome.B],
        both=counts[Outcome.BOTH],
        neither=counts[Outcome.NEITHER],
        new=counts[Outcome.EDGES] + counts[Outcome.NEW_CODE],
        differ=counts[Outcome.DIFFER],
        later=counts[Outcome.LATER],
    )


def _settling(item: Item, outcome: Outcome, edges: Edges | None, code: Code | None) -> Settling:
    return Settling(
        item.transcript,
        str(item.difference.kind),
        tuple(coding.id for coding in item.a),
        tuple(coding.id for coding in item.b),
        tuple(_stands(item, outcome, edges, code)),
    )


def _stands(
    item: Item, outcome: Outcome, edges: Edges | None, code: Code | None
) -> Iterable[tuple[Span, str]]:
    match outcome:
        case Outcome.A:
            return _as_they_are(item.a)
        case Outcome.B:
            return _as_they_are(item.b)
        case Outcome.BOTH:
            return _as_they_are(item.a + item.b)
        case Outcome.EDGES:
            place = _place(item, edges or "widest")
            return [(place, code_id) for code_id in sorted({c.code_id for c in item.a + item.b})]
        case Outcome.NEW_CODE if code is not None:
            return [(_place(item, edges or "widest"), code.id)]
        case _:
            return []


def _as_they_are(codings: Iterable[Coding]) -> list[tuple[Span, str]]:
    return [(coding.span, coding.code_id) for coding in codings]


def _place(item: Item, edges: Edges) -> Span:
    codings = item.a + item.b
    if edges == "widest":
        return item.span
    if edges == "shared":
        shared = Span(max(c.start for c in codings), min(c.end for c in codings))
        if shared.end <= shared.start:
            raise InputError(
                _("In {name} at {start} the passages share nothing. Choose other edges there.").format(
                    name=item.transcript.name, start=item.span.start
                )
            )
        return shared
    problem = span_problem(item.transcript, edges.start, edges.end)
    if problem:
        raise InputError(problem)
    return Span(edges.start, edges.end)
