"""The agenda of a pair: their differences, in the order in which talking about them pays, and how they settle them.

One difference is settled, or a group of them in the same way; afterwards the pair looks back on how it went.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from qualcode.agreement.agenda import ORDERS, Order, WeighedDifference, WhatIf, by_codes
from qualcode.agreement.agenda import agenda as points
from qualcode.agreement.kinds import Difference, DifferenceKind
from qualcode.agreement.table import CountTable, count_characters
from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.store.journal.state import carry_along
from qualcode.store.records.codings import span_problem
from qualcode.store.records.decisions import Decision, Outcome, Settling, Why
from qualcode.store.records.reflections import difference_key
from qualcode.text.spans import Span

if TYPE_CHECKING:
    from qualcode.model import Code, Coder, Coding, Transcript
    from qualcode.store.project import Project
    from qualcode.tasks.comparing.comparison import Comparison


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One difference on the agenda, or something agreed.

    `a` and `b` are the codings of both sides in the whole text. `point` says what settling it would
    do (`effect`: the largest change of alpha; `size`: the characters read differently; `meetings`: how
    often the same codes meet).
    """

    difference: Difference
    transcript: Transcript
    a: tuple[Coding, ...]
    b: tuple[Coding, ...]
    point: WeighedDifference

    @property
    def codings(self) -> tuple[str, ...]:
        """The ids of all codings in it."""
        return tuple(coding.id for coding in self.a + self.b)

    @property
    def key(self) -> str:
        """By what it is known on every laptop."""
        return difference_key(self.codings)

    @property
    def span(self) -> Span:
        """From the first to the last character of it, in the whole text."""
        return Span(min(c.start for c in self.a + self.b), max(c.end for c in self.a + self.b))


@dataclass
class Agenda:
    """The differences of one comparison, and which of them are settled.

    `agreed` are those without anything to talk about. `take` brings a new decision in without
    counting anything again.
    """

    comparison: Comparison
    items: list[AgendaItem]
    agreed: list[AgendaItem]
    _by_coding: dict[str, Decision] = field(default_factory=dict)

    def decision_on(self, item: AgendaItem) -> Decision | None:
        """The decision on a difference, if one stands for all of its codings."""
        found = [self._by_coding.get(key) for key in item.codings]
        return found[0] if found and all(decision is not None for decision in found) else None

    def open_items(self) -> list[AgendaItem]:
        """What is still to be talked about."""
        return [item for item in self.items if not self._settled(item)]

    def left_apart(self) -> list[tuple[AgendaItem, Decision | None]]:
        """Where two readings remain: not settled, or agreed to differ."""
        pairs = ((item, self.decision_on(item)) for item in self.items)
        return [
            (item, decision)
            for item, decision in pairs
            if decision is None or not decision.settled or decision.outcome == "differ"
        ]

    def groups(self) -> list[tuple[tuple[str, ...], list[AgendaItem]]]:
        """The open differences by the codes (ids) that meet in them, the most frequent first."""
        items = {id(item.difference): item for item in self.open_items()}
        found = by_codes([item.difference for item in items.values()])
        return [(codes, [items[id(difference)] for difference in group]) for codes, group in found]

    def ordered(self, by: Order = "effect") -> list[AgendaItem]:
        """All differences, settled or not: by effect on alpha, by size, by codes that meet most, by place."""
        return sorted(self.items, key=lambda item: ORDERS[by](item.point))

    def take(self, decisions: Iterable[Decision]) -> None:
        """Bring in decisions made, or reopened, since the agenda was made."""
        for decision in decisions:
            for key in decision.codings:
                if decision.stands:
                    self._by_coding[key] = decision
                elif key in self._by_coding and self._by_coding[key].id == decision.id:
                    del self._by_coding[key]

    def _settled(self, item: AgendaItem) -> bool:
        decision = self.decision_on(item)
        return decision is not None and decision.settled


def agenda(project: Project, comparison: Comparison, *, table: CountTable | None = None) -> Agenda:
    """The agenda of a comparison, with the decisions made so far.

    `table` holds the counts in characters of its readings, if they are known already.
    """
    counts = table if table is not None else count_characters(comparison.readings)
    what_if = WhatIf(comparison.readings, counts)
    transcripts = {transcript.id: transcript for transcript in comparison.transcripts}
    found = comparison.differences()

    def item(point: WeighedDifference) -> AgendaItem:
        difference = point.difference
        return AgendaItem(
            difference,
            transcripts[difference.document],
            tuple(comparison.codings[mark.id] for mark in difference.a),
            tuple(comparison.codings[mark.id] for mark in difference.b),
            point,
        )

    made = Agenda(
        comparison,
        [item(point) for point in points(found, what_if, "place")],
        [item(WeighedDifference(difference, 0.0, 0, 0)) for difference in found if difference.agreed],
    )
    made.take(project.decisions.all())
    return made


def chosen(items: Sequence[AgendaItem], keys: Sequence[str]) -> list[AgendaItem]:
    """The items with these keys (or the beginnings of keys), in the order asked for."""
    return [item for key in keys for item in items if item.key.startswith(key)]


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
    items: Sequence[AgendaItem],
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
    "widest" or the "shared" one), `code` the code for a new code. Where no reason is given and both wrote what they
    saw, their lines are the reason. Raises `InputError` if
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
    if not text and len(items) == 1:
        text = own_lines(project, items[0], pair)
    settlings = [_settling(item, outcome, edges, code) for item in items]
    with project.transaction("decision.make"):
        made = project.decisions.settle(settlings, pair, outcome, reason=reason, text=text, round_id=round_id)
        # a frozen interview may have been corrected since
        carry_along(project, {item.transcript.id for item in items})
    agenda.take(made)
    return made


def own_lines(project: Project, item: AgendaItem, pair: tuple[Coder, Coder]) -> str:
    """What each of the two wrote on a difference; "" unless both did, and both may be read."""
    said = project.own_reasons.of(item.key, pair)
    lines = [
        f"{coder.name}: {said[coder.id].text}" for coder in pair if coder.id in said and said[coder.id].text
    ]
    return " · ".join(lines) if len(lines) == len(pair) else ""


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
        if decision.kind == DifferenceKind.AGREED:
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


def _settling(item: AgendaItem, outcome: Outcome, edges: Edges | None, code: Code | None) -> Settling:
    return Settling(
        item.transcript,
        str(item.difference.kind),
        tuple(coding.id for coding in item.a),
        tuple(coding.id for coding in item.b),
        tuple(_stands(item, outcome, edges, code)),
    )


def _stands(
    item: AgendaItem, outcome: Outcome, edges: Edges | None, code: Code | None
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


def _place(item: AgendaItem, edges: Edges) -> Span:
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
