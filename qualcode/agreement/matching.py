"""Pairing the codings of two coders one to one, and the F1 that follows.

Character measures do not see where a coder cut, nor how many codings there are; these do.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualcode.agreement.counts import Stretch
from qualcode.agreement.value import Reason, Value, ratio, undefined
from qualcode.errors import InputError
from qualcode.i18n import _

# Above this number of overlapping pairs in one text, pairing one by one is refused.
MOST_PAIRS = 300_000
# Up to here trying all pairs is quicker than sorting.
FEW = 64


class TooDenseError(InputError):
    """So many codings lie over each other in one transcript that pairing them would take minutes."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "So many codings lie over each other in one transcript that they cannot be paired one by one. "
                "Look for a passage that was coded over and over; the counts in characters still hold."
            )
        )


def iou(a: Stretch, b: Stretch) -> float:
    """Intersection over union of two spans: 1 when equal, 0 when they share nothing."""
    common = min(a.end, b.end) - max(a.start, b.start)
    return common / (a.end - a.start + b.end - b.start - common) if common > 0 else 0.0


def overlapping(a: Sequence[Stretch], b: Sequence[Stretch]) -> Iterable[tuple[int, int]]:
    """The pairs (index in `a`, index in `b`) that share at least one character.

    Raises `TooDenseError` above `MOST_PAIRS` pairs.
    """
    if len(a) * len(b) <= FEW:
        return [
            (i, j) for i, x in enumerate(a) for j, y in enumerate(b) if x.start < y.end and y.start < x.end
        ]
    if _number_overlapping(a, b) > MOST_PAIRS:
        raise TooDenseError
    return _overlapping_by_sweep(a, b)


def _number_overlapping(a: Sequence[Stretch], b: Sequence[Stretch]) -> int:
    """How many pairs overlap: for each of A, those of B that start before its end and do not end before it."""
    starts, ends = sorted(span.start for span in b), sorted(span.end for span in b)
    return sum(bisect_left(starts, span.end) - bisect_right(ends, span.start) for span in a)


def _overlapping_by_sweep(a: Sequence[Stretch], b: Sequence[Stretch]) -> list[tuple[int, int]]:
    """In order of start, each span against those of the other coder that are still open."""
    events = sorted(
        [(span.start, span.end, 0, i) for i, span in enumerate(a)]
        + [(span.start, span.end, 1, i) for i, span in enumerate(b)]
    )
    open_: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    near: list[tuple[int, int]] = []
    for start, end, side, i in events:
        across = open_[1 - side]
        if across:
            across[:] = [(j, until) for j, until in across if until > start]
            near += [(j, i) if side else (i, j) for j, _until in across]
        open_[side].append((i, end))
    return near


def pair_up(a: Sequence[Stretch], b: Sequence[Stretch]) -> list[tuple[float, int, int]]:
    """Pair spans one to one, greedily by IoU, best first: (IoU, index in `a`, index in `b`).

    Pairs with IoU ≥ t are the ones that greedy pairing of those alone would give, so
    one pairing serves every threshold. Ties are broken by place, the same way when A and B
    are exchanged.
    """
    near = []
    for i, j in overlapping(a, b):
        low, high = sorted(((a[i].start, a[i].end), (b[j].start, b[j].end)))
        near.append((-iou(a[i], b[j]), low, high, i, j))
    near.sort()
    free_a, free_b = [True] * len(a), [True] * len(b)
    pairs = []
    for minus, _low, _high, i, j in near:
        if free_a[i] and free_b[j]:
            free_a[i] = free_b[j] = False
            pairs.append((-minus, i, j))
    return pairs


@dataclass(frozen=True, slots=True)
class Matches:
    """How many codings of A and B pair up, by how strict one is.

    `exact`: the same start and end; `close`: IoU of at least one half; `any`: sharing a character.
    """

    codings_a: int = 0
    codings_b: int = 0
    exact: int = 0
    close: int = 0
    any: int = 0

    def __add__(self, other: Matches) -> Matches:
        return Matches(
            self.codings_a + other.codings_a,
            self.codings_b + other.codings_b,
            self.exact + other.exact,
            self.close + other.close,
            self.any + other.any,
        )

    def f1(self, matched: int) -> Value:
        """2·matched / (codings of A + codings of B); undefined where neither coded."""
        return ratio(2 * matched, self.codings_a + self.codings_b, Reason.UNUSED)


def match(a: Sequence[Stretch], b: Sequence[Stretch]) -> Matches:
    """Pair the spans of one code in one text. Raises `TooDenseError`."""
    if not a or not b:
        return Matches(len(a), len(b))
    pairs = pair_up(a, b)
    exact = sum(score == 1 for score, _i, _j in pairs)
    close = sum(score >= 0.5 for score, _i, _j in pairs)
    return Matches(len(a), len(b), exact, close, len(pairs))


def match_each(cells: Iterable[tuple[Sequence[Stretch], Sequence[Stretch]]]) -> list[Matches] | None:
    """The matches of one code in each text; `None` when a text is too dense to pair."""
    try:
        return [match(a, b) for a, b in cells]
    except TooDenseError:
        return None


def span_f1(matches: Matches | None, at: str = "close") -> Value:
    """Span F1 (Holsti's measure on codings): "exact", "close" (IoU ≥ .5) or "any" overlap."""
    if matches is None:
        return undefined(Reason.TOO_DENSE)
    return matches.f1({"exact": matches.exact, "close": matches.close, "any": matches.any}[at])
