"""Two orders of the same interviews: how alike they are, and where they part.

An order is a list of ranks: groups of interviews that tie, the best first.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import asin, comb, sqrt
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)
Order = Sequence[Sequence[Item]]


def places(order: Order[Item]) -> dict[Item, float]:
    """The place of each item, counted from 1; items that tie share the mean of their places.

    Raises `ValueError` for an item that stands in the order twice.
    """
    found: dict[Item, float] = {}
    before = 0
    for tied in order:
        for item in tied:
            if item in found:
                raise ValueError(f"{item!r} stands in the order twice")
            found[item] = before + (len(tied) + 1) / 2
        before += len(tied)
    return found


def kendall_tau_b(a: Mapping[Item, float], b: Mapping[Item, float]) -> float | None:
    """Kendall's tau-b of two sets of places, over the items that both have.

    (C − D) / sqrt((N − T_a)(N − T_b)) with C concordant and D discordant pairs, N all pairs, T pairs
    tied in one order (Kendall 1945, Biometrika 33:239). `None` with fewer than two common items or when
    one order ties them all.
    """
    common = [item for item in a if item in b]
    agree = tied_a = tied_b = pairs = 0
    for x, y in combinations(common, 2):
        pairs += 1
        step_a, step_b = _sign(a[x] - a[y]), _sign(b[x] - b[y])
        tied_a += not step_a
        tied_b += not step_b
        agree += step_a * step_b
    below = (pairs - tied_a) * (pairs - tied_b)
    return agree / sqrt(below) if below else None


def spearman_rho(a: Mapping[Item, float], b: Mapping[Item, float]) -> float | None:
    """Spearman's rho: Pearson's correlation of the places among the items that both have.

    Spearman 1904, American Journal of Psychology 15:72; ties by mean places. `None` as for tau-b.
    """
    common = [item for item in a if item in b]
    if len(common) < 2:
        return None
    x, y = _ranked([a[item] for item in common]), _ranked([b[item] for item in common])
    mean = (len(common) + 1) / 2
    both = sum((p - mean) * (q - mean) for p, q in zip(x, y, strict=True))
    spread = sum((p - mean) ** 2 for p in x) * sum((q - mean) ** 2 for q in y)
    return both / sqrt(spread) if spread else None


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _ranked(values: Sequence[float]) -> list[float]:
    """The ranks of values among themselves, ties sharing their mean."""
    return [(1 + len(values) + sum(_sign(value - other) for other in values)) / 2 for value in values]


def most_moved(a: Mapping[Item, float], b: Mapping[Item, float]) -> list[tuple[Item, float]]:
    """Common items with the difference of their places (b − a), the largest first; those without are left out."""
    moved = [(item, b[item] - place) for item, place in a.items() if item in b and b[item] != place]
    return sorted(moved, key=lambda pair: -abs(pair[1]))


@dataclass(frozen=True, slots=True)
class PairwiseQuestion:
    """Which of two items went better? `left`: how many more such questions there are at most.

    `again`: it was answered before, the other way round, to see whether the answer stays.
    """

    first: object
    second: object
    left: int
    again: bool = False


def next_question(
    items: Sequence[Item], answers: Mapping[tuple[Item, Item], int]
) -> PairwiseQuestion | Order[Item]:
    """The next pairwise question on the way to an order, or the order when nothing is left to ask.

    Items are put into the order one by one, each by halving (binary insertion), so n items
    take at most about n·log2(n) questions. `answers[x, y]` is 1 if x went better, −1 if y did, 0 for a tie.
    """
    order: list[list[Item]] = []
    for n, item in enumerate(items):
        low, high = 0, len(order)
        while low < high:
            middle = (low + high) // 2
            answer = _answer(answers, item, order[middle][0])
            if answer is None:
                left = _questions(high - low) + sum(_questions(k) for k in range(n + 1, len(items)))
                return PairwiseQuestion(item, order[middle][0], left)
            if answer == 0:
                order[middle].append(item)
                break
            low, high = (low, middle) if answer > 0 else (middle + 1, high)
        else:
            order.insert(low, [item])
    return order


MOST_REPEATED = 4
_ONE_IN = 4  # so many answers per question that is asked again


def repeated_question(
    order: Order[Item], answers: Mapping[tuple[Item, Item], int]
) -> PairwiseQuestion | None:
    """A question to ask once more, the other way round; first of what stands near to each other in the order."""
    once = [(x, y) for x, y in answers if (y, x) not in answers]
    again = (len(answers) - len(once)) // 2
    left = min(MOST_REPEATED, (len(once) + again) // _ONE_IN) - again
    at = places(order)
    if left <= 0 or not once:
        return None
    first, second = min(once, key=lambda pair: abs(at[pair[0]] - at[pair[1]]))
    return PairwiseQuestion(second, first, left, again=True)


def contradictions(answers: Mapping[tuple[Item, Item], int]) -> tuple[list[tuple[Item, Item]], int]:
    """The pairs that were answered otherwise the second time, and how many were asked twice."""
    twice = [(x, y) for n, (x, y) in enumerate(answers) if (y, x) in [*answers][:n]]
    return [(y, x) for x, y in twice if answers[x, y] != -answers[y, x]], len(twice)


def _answer(answers: Mapping[tuple[Item, Item], int], x: Item, y: Item) -> int | None:
    if (x, y) in answers:
        return answers[x, y]
    return -answers[y, x] if (y, x) in answers else None


def _questions(places_left: int) -> int:
    """Questions that binary insertion among so many ranks takes at most."""
    return places_left.bit_length()


def mean_order(orders: Sequence[Order[Item]], key: Callable[[Item], object] = str) -> list[list[Item]]:
    """A first proposal for a shared order: by the mean of the places (Borda 1781), ties kept.

    Only items that all orders hold.
    """
    found = [places(order) for order in orders]
    common = [item for item in (found[0] if found else {}) if all(item in other for other in found)]
    means = {item: sum(other[item] for other in found) / len(found) for item in common}
    groups: dict[float, list[Item]] = {}
    for item in sorted(common, key=lambda item: (means[item], str(key(item)))):
        groups.setdefault(means[item], []).append(item)
    return list(groups.values())


FEW = 6  # interviews per side; below this a contrast is an impression
_RARE = 0.05


def could_be_chance(top: int, bottom: int) -> bool:
    """Whether with so many interviews a side even a complete difference could well be chance.

    Then an effect size says nothing: of one against one it is either none or the largest there is.
    """
    return fisher_exact(top, 0, 0, bottom) >= _RARE


@dataclass(frozen=True, slots=True)
class Contrast:
    """One feature (a code, a criterion) in the top against the bottom.

    `top` and `bottom` are the interviews that have it, of `of_top` and `of_bottom`;
    `top_count` and `bottom_count` how often it stands there. `effect` is Cohen's h
    (positive: goes with the top), `p` Fisher's exact two-sided probability, and `adjusted` the same
    corrected for the number of features that were looked at.
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
    adjusted: float = 1.0


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
    found = [replace(c, adjusted=p) for c, p in zip(found, holm([c.p for c in found]), strict=True)]
    return sorted(found, key=lambda c: (-abs(c.effect), c.p, c.feature))


def holm(probabilities: Sequence[float]) -> list[float]:
    """Probabilities corrected for many tests (Holm 1979, Scandinavian Journal of Statistics 6:65).

    The smallest of m is taken m times, the next m − 1 times, and none comes out below the one before.
    """
    adjusted = [0.0] * len(probabilities)
    highest = 0.0
    for n, place in enumerate(sorted(range(len(probabilities)), key=probabilities.__getitem__)):
        highest = max(highest, min(1.0, (len(probabilities) - n) * probabilities[place]))
        adjusted[place] = highest
    return adjusted


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
