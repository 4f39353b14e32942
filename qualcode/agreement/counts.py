"""Four character counts of one code in one text, by one sweep over the ends of its spans.

Two coders either cover a character with the code or do not. Both are constant
between neighbouring span ends, so with the ends sorted the text is walked in at
most 2n steps: O(n log n) in the number of spans, whatever the length of the text.
The results are integers, equal to those of a walk over every character.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import gt
from typing import Literal, Protocol

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.text.spans import Span, union

UnitRule = Literal["touched", "majority"]


class Stretch(Protocol):
    """Anything that runs from `start` to `end` (exclusive): a span, a mark."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Counts:
    """How many units (characters, sentences, turns) both, one or neither coder gave a code."""

    both: int = 0
    only_a: int = 0
    only_b: int = 0
    neither: int = 0

    def __post_init__(self) -> None:
        if min(self.both, self.only_a, self.only_b, self.neither) < 0:
            raise ValueError(f"counts cannot be negative: {self}")

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.both + other.both,
            self.only_a + other.only_a,
            self.only_b + other.only_b,
            self.neither + other.neither,
        )

    @property
    def total(self) -> int:
        """All units."""
        return self.both + self.only_a + self.only_b + self.neither

    @property
    def a(self) -> int:
        """Units that A gave the code."""
        return self.both + self.only_a

    @property
    def b(self) -> int:
        """Units that B gave the code."""
        return self.both + self.only_b

    @property
    def coded(self) -> int:
        """Units that at least one of the two gave the code."""
        return self.both + self.only_a + self.only_b

    def swapped(self) -> Counts:
        """The same with A and B exchanged."""
        return Counts(self.both, self.only_b, self.only_a, self.neither)


def check_spans(spans: Iterable[Sequence[int]], length: int) -> None:
    """Refuse spans that are empty, reversed or reach outside a text of `length` characters.

    Raises `InputError` with all of them listed; nothing is clipped.
    """
    bad = [(span[0], span[1]) for span in spans if not 0 <= span[0] < span[1] <= length]
    if bad:
        raise InputError(
            _(
                "These fragments do not lie in the text, which has {length} characters. "
                "Check their start and end; nothing was counted."
            ).format(length=length),
            [f"{start}–{end}" for start, end in bad[:20]] + (["…"] if len(bad) > 20 else []),
        )


def count(a: Collection[Stretch], b: Collection[Stretch], length: int) -> Counts:
    """Count the characters of one text that A, B, both or neither gave one code.

    `a` and `b` are spans in code points, in any order; a coder's own
    overlaps count once. `length` is that of the text. Spans must lie in it
    (`check_spans`).
    """
    both, only_a, only_b = sweep(a, b)
    return Counts(both, only_a, only_b, length - both - only_a - only_b)


def counts_from_spans(
    a: Iterable[Sequence[int]],
    b: Iterable[Sequence[int]],
    length: int,
    *,
    excluded: Iterable[Sequence[int]] = (),
) -> Counts:
    """The character counts of one code in one text, from the spans of two coders.

    Spans are (start, end) in code points, end-exclusive, in any order. `excluded`
    stretches are cut out of the text and of the spans. Raises `InputError` for spans that
    are empty, reversed or reach outside the text.
    """
    sides = ([*a], [*b])
    check_spans([span for side in sides for span in side], length)
    cutting = Cutting(length, excluded)
    moved = [[cutting.span(span) for span in side] for side in sides]
    return count(moved[0], moved[1], cutting.length)


def sweep(a: Collection[Stretch], b: Collection[Stretch]) -> tuple[int, int, int]:
    """Characters covered by both, only A, only B. See `count`."""
    events = [(span.start, 1, 0) for span in a] + [(span.end, -1, 0) for span in a]
    events += [(span.start, 0, 1) for span in b] + [(span.end, 0, -1) for span in b]
    events.sort()
    both = only_a = only_b = 0
    depth_a = depth_b = last = 0
    for position, step_a, step_b in events:
        if depth_a:
            if depth_b:
                both += position - last
            else:
                only_a += position - last
        elif depth_b:
            only_b += position - last
        last = position
        depth_a += step_a
        depth_b += step_b
    return both, only_a, only_b


class Units:
    """Sentences or turns to count by; empty ones are left out. Raises `ValueError` where they overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        units = sorted((start, end) for start, end in spans if end > start)
        self._starts, self._ends = [start for start, _end in units], [end for _start, end in units]
        if any(map(gt, self._ends, self._starts[1:])):
            raise ValueError("the units to count overlap")

    def __len__(self) -> int:
        return len(self._starts)

    def holding(self, spans: Iterable[Stretch], rule: UnitRule) -> list[Span]:
        """Which units have the code, as spans of unit numbers: those touched, or covered for more than half."""
        starts, ends = self._starts, self._ends
        if rule == "touched":
            return [
                Span(first, after)
                for span in spans
                if (first := bisect_right(ends, span.start)) < (after := bisect_left(starts, span.end))
            ]
        found: list[Span] = []
        covered: Counter[int] = Counter()  # characters of the units in which a span begins or ends
        for part in union(Span(span.start, span.end) for span in spans):
            first, after = bisect_right(ends, part.start), bisect_left(starts, part.end)
            if first + 1 < after - 1:
                found.append(Span(first + 1, after - 1))
            for n in {first, after - 1} if first < after else ():
                covered[n] += min(part.end, ends[n]) - max(part.start, starts[n])
        found += [Span(n, n + 1) for n, size in covered.items() if 2 * size > ends[n] - starts[n]]
        return found


def count_units(
    a: Iterable[Stretch], b: Iterable[Stretch], units: Iterable[Span], rule: UnitRule = "touched"
) -> Counts:
    """Count whole units (sentences, turns) instead of characters.

    A unit has the code if a span touches it (`"touched"`), or covers more than half
    of its characters (`"majority"`). Empty units are left out.
    """
    among = Units(units)
    return count(among.holding(a, rule), among.holding(b, rule), len(among))


class Cutting:
    """Leaves stretches out of a text, for instance the interviewer's turns.

    What remains closes up, as if it had been cut with scissors: every position has
    its place in the shorter text, so a coding that runs on over a cut stays one.
    """

    def __init__(self, length: int, excluded: Iterable[Sequence[int]] = ()) -> None:
        spans = [Span(span[0], span[1]) for span in excluded]
        check_spans(spans, length)
        self._cuts = union(spans)
        self._ends = [cut.end for cut in self._cuts]
        self._before = [0, *accumulate(cut.length for cut in self._cuts)]
        self.length = length - self._before[-1]

    def position(self, position: int) -> int:
        """Where `position` comes to lie."""
        i = bisect_left(self._ends, position)
        inside = max(0, position - self._cuts[i].start) if i < len(self._cuts) else 0
        return position - self._before[i] - inside

    def span(self, span: Sequence[int]) -> Span:
        """Where `span` comes to lie; empty if all of it is cut out."""
        return Span(self.position(span[0]), self.position(span[1])) if self._cuts else Span(span[0], span[1])
