"""What goes with the top of a ranking against its bottom: codes in the best and the poorest third."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asin, comb, sqrt

FEW = 6  # interviews per side; below this a contrast is an impression


@dataclass(frozen=True, slots=True)
class Contrast:
    """One feature (a code, a criterion) in the top against the bottom.

    `top` and `bottom` are the interviews that have it, of `of_top` and `of_bottom`;
    `top_count` and `bottom_count` how often it stands there. `effect` is Cohen's h
    (positive: goes with the top) and `p` Fisher's exact two-sided probability.
    """

    feature: str
    top: int
    of_top: int
    bottom: int
    of_bottom: int
    top_count: int
    bottom_count: int
    effect: float
    p: float


def thirds(order: Sequence[Sequence[str]]) -> tuple[list[str], list[str]]:
    """The top and the bottom third of an order; ranks that tie over the border stay whole, outside.

    With fewer than three ranks apart, or fewer than two items a side, both come out smaller or empty.
    """
    size = max(1, sum(map(len, order)) // 3)
    return _from(order, size), _from(list(reversed(order)), size)


def _from(order: Sequence[Sequence[str]], size: int) -> list[str]:
    taken: list[str] = []
    for tied in order:
        if len(taken) + len(tied) > size:
            break
        taken += tied
    return taken


def contrast(
    top: Sequence[str], bottom: Sequence[str], counts: Mapping[str, Mapping[str, int]]
) -> list[Contrast]:
    """Each feature in the top against the bottom, the strongest effect first.

    `counts[feature][item]` is how often the feature stands in an item. Features that occur in
    neither are left out.
    """
    found = []
    for feature, per_item in counts.items():
        in_top = [per_item.get(item, 0) for item in top]
        in_bottom = [per_item.get(item, 0) for item in bottom]
        a, b = sum(map(bool, in_top)), sum(map(bool, in_bottom))
        if a or b:
            found.append(
                Contrast(
                    feature,
                    a,
                    len(top),
                    b,
                    len(bottom),
                    sum(in_top),
                    sum(in_bottom),
                    cohen_h(a, len(top), b, len(bottom)),
                    fisher_exact(a, len(top) - a, b, len(bottom) - b),
                )
            )
    return sorted(found, key=lambda c: (-abs(c.effect), c.p, c.feature))


def cohen_h(a: int, n: int, b: int, m: int) -> float:
    """Cohen's h = 2·asin(√p₁) − 2·asin(√p₂) of the shares a/n and b/m (Cohen 1988, chapter 6); 0 without items."""
    if not n or not m:
        return 0.0
    return 2 * asin(sqrt(a / n)) - 2 * asin(sqrt(b / m))


def fisher_exact(a: int, b: int, c: int, d: int) -> float:
    """Two-sided Fisher exact probability of the table ((a, b), (c, d)): tables no likelier than this one.

    Fisher 1935, Journal of the Royal Statistical Society 98:39.
    """
    row, column, total = a + b, a + c, a + b + c + d
    ways = comb(total, column)

    def likely(x: int) -> int:
        return comb(row, x) * comb(total - row, column - x)

    here = likely(a)
    lowest, highest = max(0, column - (total - row)), min(row, column)
    return sum(n for x in range(lowest, highest + 1) if (n := likely(x)) <= here) / ways
