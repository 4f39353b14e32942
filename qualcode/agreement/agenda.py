"""What to talk about first, and what would change if one difference were settled."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from qualcode.agreement.coefficients import alpha_parts, coefficient
from qualcode.agreement.counts import Counts, sweep
from qualcode.agreement.kinds import Difference
from qualcode.agreement.readings import Mark, TwoReadings
from qualcode.agreement.table import CountTable
from qualcode.agreement.value import Value
from qualcode.text.spans import Span

Order = Literal["effect", "size", "codes", "place"]


@dataclass(frozen=True, slots=True)
class WeighedDifference:
    """One difference on the agenda.

    `effect` is the largest change of alpha in one of its codes if it were settled, `size` the
    number of characters read differently, `meetings` how often the same codes meet.
    """

    difference: Difference
    effect: float
    size: int
    meetings: int

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return self.difference.to_dict() | {
            "effect": self.effect,
            "size": self.size,
            "meetings": self.meetings,
        }


ORDERS: dict[str, Callable[[WeighedDifference], Any]] = {
    "effect": lambda item: -item.effect,
    "size": lambda item: -item.size,
    "codes": lambda item: (-item.meetings, item.difference.codes),
    "place": lambda item: 0,
}


def agenda(found: Iterable[Difference], answers: WhatIf, order: Order = "effect") -> list[WeighedDifference]:
    """The differences (not what is agreed), by effect on alpha, size, codes that meet most, or place.

    Equals stay in order of document and place.
    """
    open_ = [difference for difference in found if not difference.agreed]
    meetings = Counter(difference.codes for difference in open_)
    items = [
        WeighedDifference(
            difference, answers.effect_size(difference), disputed(difference), meetings[difference.codes]
        )
        for difference in open_
    ]
    return sorted(items, key=ORDERS[order])


def by_codes(found: Sequence[Difference]) -> list[tuple[tuple[str, ...], list[Difference]]]:
    """The differences grouped by the codes they are about, the most frequent group first."""
    groups: defaultdict[tuple[str, ...], list[Difference]] = defaultdict(list)
    for difference in found:
        if not difference.agreed:
            groups[difference.codes].append(difference)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


Move = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Effect:
    """Alpha of one code now, and if a difference were settled this way or that.

    `if_a`: both read it as A did; `if_b`: as B did; `if_both`: all marks of either stand
    for both; `if_neither`: none stands.
    """

    code: str
    now: Value
    if_a: Value
    if_b: Value
    if_both: Value
    if_neither: Value

    def change(self, outcome: str) -> float:
        """How much alpha rises by `outcome` ("a", "b", "both", "neither"); 0 where it is undefined."""
        then: Value = getattr(self, f"if_{outcome}")
        if then.value is None or self.now.value is None:
            return 0.0
        return then.value - self.now.value

    @property
    def largest(self) -> float:
        """The largest change, up or down, of the four outcomes."""
        return max(abs(self.change(outcome)) for outcome in ("a", "b", "both", "neither"))

    def to_dict(self) -> dict[str, Any]:
        """Numbers by name, for JSON."""
        return {
            "code": self.code,
            "alpha": self.now.value,
            "if_a": self.if_a.value,
            "if_b": self.if_b.value,
            "if_both": self.if_both.value,
            "if_neither": self.if_neither.value,
        }


class WhatIf:
    """Answers "what if" for the differences of one comparison.

    The totals per code are taken once. A difference moves its characters between the
    four counts; only codings of the same code that touch it are looked at, so an answer
    takes the same time in a small and in a large project.
    """

    def __init__(self, readings: Sequence[TwoReadings], table: CountTable) -> None:
        self._totals = {code: table.total(code) for code in table.codes}
        self._now = {code: coefficient("alpha", total) for code, total in self._totals.items()}
        self._near = {(r.document, code): _Near(marks) for r in readings for code, marks in r.cells.items()}

    def effects(self, difference: Difference) -> list[Effect]:
        """One effect per code of the difference: two for another code, else one."""
        return [self._effect(difference, code) for code in _codes(difference)]

    def effect_size(self, difference: Difference) -> float:
        """The largest change of alpha in any of its codes; 0 for what is agreed exactly."""
        return max(self._largest(difference, code) for code in _codes(difference))

    def _effect(self, difference: Difference, code: str) -> Effect:
        total = self._totals[code]
        then = {
            outcome: coefficient("alpha", Counts(*_moved(total, move)))
            for outcome, move in self._moves(difference, code).items()
        }
        return Effect(code, self._now[code], then["a"], then["b"], then["both"], then["neither"])

    def _largest(self, difference: Difference, code: str) -> float:
        """As the `largest` of the effect, in plain numbers: a whole agenda is sorted by it."""
        now = self._now[code].value
        found = 0.0
        if now is None:
            return found
        for move in set(self._moves(difference, code).values()):
            numerator, denominator = alpha_parts(*_moved(self._totals[code], move))
            if denominator:
                found = max(found, abs(numerator / denominator - now))
        return found

    def _moves(self, difference: Difference, code: str) -> dict[str, Move]:
        """How many characters each outcome moves to "both", "only A" and "only B"."""
        a = [mark for mark in difference.a if mark.code == code]
        b = [mark for mark in difference.b if mark.code == code]
        rest_a, rest_b = self._near[difference.document, code].others(difference.span, a, b)
        before = sweep([*rest_a, *a], [*rest_b, *b])

        def move(agreed: list[Mark]) -> Move:
            after = sweep([*rest_a, *agreed], [*rest_b, *agreed])
            return after[0] - before[0], after[1] - before[1], after[2] - before[2]

        if_a, if_b = move(a), move(b)
        if not a or not b:  # one of them marked nothing: that is "neither", the other's reading "both"
            return {"a": if_a, "b": if_b, "both": if_a if a else if_b, "neither": if_b if a else if_a}
        return {"a": if_a, "b": if_b, "both": move(a + b), "neither": move([])}


def _codes(difference: Difference) -> list[str]:
    return sorted({mark.code for mark in difference.a + difference.b})


def _moved(total: Counts, move: Move) -> tuple[int, int, int, int]:
    both, only_a, only_b = move
    return (
        total.both + both,
        total.only_a + only_a,
        total.only_b + only_b,
        total.neither - both - only_a - only_b,
    )


class _Near:
    """The marks of one code in one document, to find those that touch a window."""

    def __init__(self, marks: tuple[Sequence[Mark], Sequence[Mark]]) -> None:
        self._sides = [sorted(side) for side in marks]
        self._longest = [max((mark.span.length for mark in side), default=0) for side in self._sides]

    def others(self, window: Span, a: list[Mark], b: list[Mark]) -> list[list[Span]]:
        """The stretches of A and of B in the window, cut to it, without those of `a` and `b`."""
        found = []
        for side, longest, own in zip(self._sides, self._longest, (a, b), strict=True):
            first = bisect_left(side, (window.start - longest, 0))
            last = bisect_left(side, (window.end, 0))
            here = [mark for mark in side[first:last] if mark.end > window.start]
            for mark in own:
                here.remove(mark)
            found.append([Span(max(m.start, window.start), min(m.end, window.end)) for m in here])
        return found


def disputed(difference: Difference) -> int:
    """How many characters the two read differently, each code apart."""
    codes = {mark.code for mark in difference.a + difference.b}

    def of(marks: tuple[Mark, ...], code: str) -> list[Mark]:
        return [mark for mark in marks if mark.code == code]

    return sum(sum(sweep(of(difference.a, code), of(difference.b, code))[1:]) for code in codes)
