"""The walk through the differences of a pair: what is open, what is at hand, what was said. Knows no widget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from qualcode.agreement.agenda import Effect, Order
from qualcode.model import Code, Coder, CoderKind, Coding
from qualcode.store.project import Project
from qualcode.store.records.decisions import Decision, Outcome, Why
from qualcode.store.records.reflections import OwnReason
from qualcode.tasks.coding.codebook import coded_before, look_again
from qualcode.tasks.comparing.agenda import (
    Agenda,
    AgendaItem,
    Balance,
    Edges,
    agenda,
    balance,
    decide,
    own_lines,
    reopen,
    take_agreed,
)
from qualcode.tasks.comparing.agreement import LiveComparison

ORDERS: tuple[Order, ...] = ("codes", "effect", "size", "place")


class Walk:
    """The agenda of a comparison in an order of one's choice, by default grouped by the codes that meet.

    `rows` are the open differences in that order, and the settled ones when they are asked for.
    `at` is the one at hand.
    """

    def __init__(self, project: Project, live: LiveComparison) -> None:
        self._project = project
        self._live = live
        self.agenda: Agenda = agenda(project, live.comparison, table=live.table)
        self.order: Order = "codes"
        self.settled_shown = False
        self.at: AgendaItem | None = None
        self.rows: list[AgendaItem] = []
        self.arrange()

    @property
    def pair(self) -> tuple[Coder, Coder]:
        """The two coders."""
        return self.agenda.comparison.a, self.agenda.comparison.b

    def arrange(self) -> None:
        """Put the rows in order; the one at hand stays, or else the first open one comes."""
        open_ = {id(item) for item in self.agenda.open_items()}
        shown = [
            item
            for item in self.agenda.ordered(self.order)
            if id(item) in open_ or (self.settled_shown and self.agenda.decision_on(item))
        ]
        if self.order == "codes":
            shown = [item for _codes, group in grouped(shown) for item in group]
        self.rows = shown
        if self.at is None or self.at.key not in {item.key for item in shown}:
            self.at = next((item for item in shown if id(item) in open_), shown[0] if shown else None)

    def go_on_from(self, before: Walk) -> None:
        """Go on as it was in another walk through the same differences, at the one at hand there."""
        self.order, self.settled_shown = before.order, before.settled_shown
        at = before.at.key if before.at else ""
        self.at = next((item for item in self.agenda.items if item.key == at), None)
        self.arrange()

    def skip(self, by: int) -> None:
        """Have the next row at hand, or one before, as far as there is one."""
        here = next((n for n, item in enumerate(self.rows) if self.at and item.key == self.at.key), 0)
        if self.rows:
            self.at = self.rows[min(max(here + by, 0), len(self.rows) - 1)]

    def says_why(self, item: AgendaItem) -> bool:
        """Whether both wrote what they saw, which is reason enough."""
        return bool(own_lines(self._project, item, self.pair))

    def next_order(self) -> None:
        """Take the next order there is."""
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.arrange()

    def group_of(self, item: AgendaItem) -> list[AgendaItem]:
        """The open differences about the same codes."""
        return [each for each in self.agenda.open_items() if each.difference.codes == item.difference.codes]

    def codes_of(self, item: AgendaItem) -> list[Code]:
        """The codes that meet in it."""
        known = {code.id: code for code in self.agenda.comparison.codes}
        return [known[code] for code in item.difference.codes]

    def effects(self, item: AgendaItem) -> list[Effect]:
        """What settling it would do to alpha; nothing with coefficients off."""
        return self._live.effects(item.difference)

    def reasons(self, item: AgendaItem) -> dict[str, OwnReason]:
        """Each one's own line on it, as the person at work may see it, by coder id."""
        return self._project.own_reasons.of(item.key, self.pair)

    def other(self, me: Coder | None) -> Coder | None:
        """The other one of the pair; `None` for somebody who is not of it."""
        a, b = self.pair
        return b if me and me.id == a.id else a if me and me.id == b.id else None

    def write_reason(self, item: AgendaItem, coder: Coder, text: str) -> None:
        """Write a coder's own line; the caller has asked for their PIN if they have one."""
        with self._as(coder):
            self._project.own_reasons.write(item.key, item.transcript, text)

    @contextmanager
    def _as(self, coder: Coder) -> Iterator[None]:
        before, self._project.coder = self._project.coder, coder
        try:
            yield
        finally:
            self._project.coder = before

    def settle(
        self,
        items: Sequence[AgendaItem],
        outcome: Outcome,
        *,
        reason: Why = Why.NONE,
        text: str = "",
        edges: Edges | None = None,
        code: Code | None = None,
    ) -> list[Decision]:
        """Settle differences in the same way, and go on to the next open one."""
        following = self._after(items)
        latest = self._project.rounds.latest_with(items[0].transcript.id)
        made = decide(
            self._project,
            self.agenda,
            items,
            outcome,
            reason=reason,
            text=text,
            edges=edges,
            code=code,
            round_id=latest.id if latest else None,
        )
        self.at = following
        self.arrange()
        return made

    def _after(self, items: Iterable[AgendaItem]) -> AgendaItem | None:
        """The row after the one at hand that stays open when these are settled."""
        gone = {item.key for item in items}
        here = next((n for n, item in enumerate(self.rows) if self.at and item.key == self.at.key), 0)
        for item in [*self.rows[here:], *self.rows[:here]]:
            decision = self.agenda.decision_on(item)
            if item.key not in gone and not (decision and decision.settled):
                return item
        return None

    def reopen(self, item: AgendaItem, why: str = "") -> bool:
        """Take a decision up again; returns whether there was one."""
        decision = self.agenda.decision_on(item)
        if decision is None:
            return False
        reopen(self._project, self.agenda, [decision], why)
        self.at = item
        self.arrange()
        return True

    def take_agreed(self) -> int:
        """Put what both agree on in the layer of decisions; returns how many are new."""
        return len(take_agreed(self._project, self.agenda))

    def agreed_waiting(self) -> int:
        """How many agreed places are not in the layer of decisions yet."""
        return sum(self.agenda.decision_on(item) is None for item in self.agenda.agreed)

    def balance(self) -> Balance:
        """Whose reading prevailed so far."""
        return balance(self._project.decisions.all(), *self.pair)

    def change_code(self, code: Code, item: AgendaItem) -> list[Coding]:
        """Bring a code to a new state, linked to the decisions of this group; codings to look at again."""
        group = [
            decision
            for each in self.agenda.items
            if each.difference.codes == item.difference.codes and (decision := self.agenda.decision_on(each))
        ]
        changed = self._project.code_history.change(code, group)
        return [
            coding
            for coding in self._project.code_history.coded_before(changed)
            if coding.coder_id in {coder.id for coder in self.pair}
        ]

    def older(self, item: AgendaItem) -> list[Coding]:
        """Codings of the codes that meet in it, made under older words of these and not looked at since."""
        return [coding for code in self.codes_of(item) for coding in coded_before(self._project, code)]

    def hold(self, item: AgendaItem, codings: Iterable[Coding]) -> int:
        """Note that such codings hold under the words of now, as one act; returns how many."""
        wanted, noted = {coding.id for coding in codings}, 0
        with self._project.transaction("coding.review"):
            for code in self.codes_of(item):
                waiting = coded_before(self._project, code)
                noted += len(look_again(self._project, code, [c for c in waiting if c.id in wanted]))
        return noted

    @property
    def may_decide(self) -> bool:
        """Whether the person at work may settle differences; an auditor may not."""
        me = self._project.coder
        return me is not None and me.kind in (CoderKind.PRACTITIONER, CoderKind.RESEARCHER)


def grouped(items: Iterable[AgendaItem]) -> list[tuple[tuple[str, ...], list[AgendaItem]]]:
    """Items by the codes (ids) they are about, the most frequent group first, each in the order given."""
    groups: dict[tuple[str, ...], list[AgendaItem]] = {}
    for item in items:
        groups.setdefault(item.difference.codes, []).append(item)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
