"""The agenda of a pair: their differences, in the order in which talking about them pays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qualcode.agreement.agenda import ORDERS, Order, WhatIf, by_codes
from qualcode.agreement.agenda import Item as Point
from qualcode.agreement.agenda import agenda as points
from qualcode.agreement.kinds import Difference
from qualcode.agreement.table import CountTable, count_characters
from qualcode.model import Coding, Transcript
from qualcode.store.project import Project
from qualcode.store.records.decisions import Decision
from qualcode.store.records.reflections import difference_key
from qualcode.tasks.comparing.comparison import Comparison
from qualcode.text.spans import Span


@dataclass(frozen=True, slots=True)
class Item:
    """One difference on the agenda, or something agreed.

    `a` and `b` are the codings of both sides in the whole text. `point` says what settling it would
    do (`effect`: the largest change of alpha; `size`: the characters read differently; `meetings`: how
    often the same codes meet).
    """

    difference: Difference
    transcript: Transcript
    a: tuple[Coding, ...]
    b: tuple[Coding, ...]
    point: Point

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
    items: list[Item]
    agreed: list[Item]
    _by_coding: dict[str, Decision] = field(default_factory=dict)

    def decision_on(self, item: Item) -> Decision | None:
        """The decision on a difference, if one stands for all of its codings."""
        found = [self._by_coding.get(key) for key in item.codings]
        return found[0] if found and all(decision is not None for decision in found) else None

    def open_items(self) -> list[Item]:
        """What is still to be talked about."""
        return [item for item in self.items if not self._settled(item)]

    def left_apart(self) -> list[tuple[Item, Decision | None]]:
        """Where two readings remain: not settled, or agreed to differ."""
        pairs = ((item, self.decision_on(item)) for item in self.items)
        return [
            (item, decision)
            for item, decision in pairs
            if decision is None or not decision.settled or decision.outcome == "differ"
        ]

    def groups(self) -> list[tuple[tuple[str, ...], list[Item]]]:
        """The open differences by the codes (ids) that meet in them, the most frequent first."""
        items = {id(item.difference): item for item in self.open_items()}
        found = by_codes([item.difference for item in items.values()])
        return [(codes, [items[id(difference)] for difference in group]) for codes, group in found]

    def ordered(self, by: Order = "effect") -> list[Item]:
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

    def _settled(self, item: Item) -> bool:
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

    def item(point: Point) -> Item:
        difference = point.difference
        return Item(
            difference,
            transcripts[difference.document],
            tuple(comparison.codings[mark.id] for mark in difference.a),
            tuple(comparison.codings[mark.id] for mark in difference.b),
            point,
        )

    made = Agenda(
        comparison,
        [item(point) for point in points(found, what_if, "place")],
        [item(Point(difference, 0.0, 0, 0)) for difference in found if difference.agreed],
    )
    made.take(project.decisions.all())
    return made


def chosen(items: Sequence[Item], keys: Sequence[str]) -> list[Item]:
    """The items with these keys (or the beginnings of keys), in the order asked for."""
    return [item for key in keys for item in items if item.key.startswith(key)]
