"""Krippendorff's alpha for any number of coders with values missing; and its kin.

Source: Krippendorff, Content Analysis (2019), chapter 12; Gwet, Handbook of
Inter-Rater Reliability (2014), chapter 2, for the others with more than two coders.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

from qualcode.agreement.counts import Stretch
from qualcode.agreement.value import Reason, Value, ratio, undefined
from qualcode.text.spans import Span, union

Codes = frozenset[object]
Distance = Callable[[Codes, Codes], float]
DistanceName = Literal["jaccard", "masi", "passonneau2004", "masi-dkpro"]


def jaccard_distance(x: Codes, y: Codes) -> float:
    """1 − |x ∩ y| / |x ∪ y|."""
    return 1 - len(x & y) / len(x | y) if x or y else 0.0


def masi_distance(x: Codes, y: Codes) -> float:
    """1 − J·M: Jaccard times 1 when equal, 2/3 when one holds the other, 1/3 on overlap, else 0.

    Passonneau 2006, "Measuring agreement on set-valued items (MASI)". A set and the
    empty set have nothing in common: distance 1.
    """
    if x == y:
        return 0.0
    common = len(x & y)
    inclusion = 2 / 3 if x <= y or y <= x else 1 / 3
    return 1 - common / len(x | y) * inclusion


def passonneau_2004_distance(x: Codes, y: Codes) -> float:
    """0 when equal, 1/3 when one holds the other (any set holds the empty one), 2/3 on overlap, else 1."""
    if x == y:
        return 0.0
    if x <= y or y <= x:
        return 1 / 3
    return 2 / 3 if x & y else 1.0


def masi_dkpro_distance(x: Codes, y: Codes) -> float:
    """What DKPro Statistics calls MASI: (1 − J) times the Passonneau 2004 distance."""
    return jaccard_distance(x, y) * passonneau_2004_distance(x, y)


def nominal_distance(x: object, y: object) -> float:
    """0 when the same, else 1."""
    return 0.0 if x == y else 1.0


DISTANCES: Mapping[str, Distance] = {
    "jaccard": jaccard_distance,
    "masi": masi_distance,
    "passonneau2004": passonneau_2004_distance,
    "masi-dkpro": masi_dkpro_distance,
}


Judgement = Hashable


@dataclass(frozen=True, slots=True)
class Alpha:
    """Alpha with its observed (Do) and expected (De) disagreement, and the judgements paired (N)."""

    alpha: Value
    observed: Value
    expected: Value
    paired: float


def alpha(
    units: Iterable[tuple[Sequence[Judgement], int]], distance: Callable[[Any, Any], float] = nominal_distance
) -> Alpha:
    """Alpha of units given as (the values they received, how often such a unit occurs).

    Do = Σ_units Σ_pairs δ / (u − 1) / N over the ordered pairs of the u values of a unit;
    De = Σ n_c n_k δ(c, k) / (N (N − 1)); alpha = 1 − Do / De. Units with fewer
    than two values are left out. N is the number of judgements that remain.
    Undefined when nothing is paired, or when De = 0 because nothing varies.
    """
    volumes: Counter[Judgement] = Counter()
    disagreement = 0.0
    known: dict[tuple[Judgement, Judgement], float] = {}

    def apart(x: Judgement, y: Judgement) -> float:
        if (x, y) not in known:
            known[x, y] = known[y, x] = distance(x, y)
        return known[x, y]

    for values, times in units:
        if len(values) < 2:
            continue
        for value in values:
            volumes[value] += times
        pairs = sum(apart(x, y) for x, y in combinations(values, 2))
        disagreement += times * 2 * pairs / (len(values) - 1)
    total = volumes.total()
    if not total:
        nothing = undefined(Reason.NOT_PAIRED)
        return Alpha(nothing, nothing, nothing, 0)
    observed = disagreement / total
    if distance is nominal_distance:  # the same sum without a step per pair of values
        chance: float = total * total - sum(n * n for n in volumes.values())
    else:
        chance = 2 * sum(n * m * apart(c, k) for (c, n), (k, m) in combinations(volumes.items(), 2))
    expected = chance / (total * (total - 1))
    value = Value(1 - observed / expected) if expected else undefined(Reason.NO_VARIATION)
    return Alpha(value, Value(observed), Value(expected), total)


@dataclass(frozen=True, slots=True)
class Reliability:
    """What `reliability` finds. `units` counts those with at least two values (paired); `distance` names how
    far apart two values are for alpha.
    """

    coders: int
    units: int
    distance: str
    alpha: Value
    observed: Value
    expected: Value
    percent: Value
    kappa: Value
    pi: Value
    brennan_prediger: Value
    ac1: Value

    def to_dict(self) -> dict[str, Any]:
        """Numbers by name (`None` where undefined) and the reasons, for JSON."""
        names = ["alpha", "observed", "expected", "percent", "kappa", "pi", "brennan_prediger", "ac1"]
        values: dict[str, Value] = {name: getattr(self, name) for name in names}
        return {
            "coders": self.coders,
            "units": self.units,
            "distance": self.distance,
            **{name: value.value for name, value in values.items()},
            "reasons": {name: value.words for name, value in values.items() if value.reason},
        }


def reliability(
    data: Sequence[Sequence[Any]],
    values: Literal["nominal", "sets"] = "nominal",
    distance: DistanceName | None = None,
) -> Reliability:
    """Agreement of any number of coders on units, values missing allowed.

    `data[coder][unit]` is a value, or `None` (or nan) where missing. With
    `values="sets"` each value is a collection of codes, and alpha weighs how far two sets
    are apart by `distance` ("jaccard", "masi", "passonneau2004", "masi-dkpro"; by default masi).
    The other coefficients treat values as equal or not:

    percent is the mean over paired units of the agreeing share of their pairs of values;
    pi is Fleiss 1971, Pe = Σ m_k²; brennan_prediger Pe = 1/q; ac1 Pe = Σ m_k (1 − m_k)/(q − 1);
    m_k is the mean over all judged units of the share of their values that is k (Gwet 2014);
    kappa is Conger 1980 (Cohen 1960 for two): Pe the mean over pairs of coders, defined
    only if, of the units with two or more values, none lacks a coder's.

    Raises `ValueError` when the rows differ in length, and for a `distance` without sets, which would
    change nothing.
    """
    if len({len(row) for row in data}) > 1:
        raise ValueError("every coder has one value per unit (None where missing)")
    if values not in ("nominal", "sets"):
        raise ValueError(f"values are 'nominal' or 'sets', not {values!r}")
    if distance is not None and values != "sets":
        raise ValueError("a distance is between sets: give values='sets' with it")
    if distance is not None and distance not in DISTANCES:
        raise ValueError(f"distance is one of {', '.join(DISTANCES)}, not {distance!r}")
    name = (distance or "masi") if values == "sets" else "nominal"
    rows = [[_judgement(value, values) for value in row] for row in data]
    units = [[value for value in column if value is not None] for column in zip(*rows, strict=True)]
    found = alpha(((unit, 1) for unit in units), DISTANCES.get(name, nominal_distance))
    judged = [unit for unit in units if unit]
    paired = [unit for unit in units if len(unit) > 1]
    return Reliability(
        coders=len(data),
        units=len(paired),
        distance=name,
        alpha=found.alpha,
        observed=found.observed,
        expected=found.expected,
        kappa=_conger(paired, len(data)),
        **_by_chance(judged, paired),
    )


def _judgement(value: Any, values: str) -> Judgement | None:
    if value is None or value != value:  # nan is the one value that differs from itself
        return None
    return frozenset(value) if values == "sets" else value


def _by_chance(judged: list[list[Judgement]], paired: list[list[Judgement]]) -> dict[str, Value]:
    """Percent, pi, Brennan–Prediger and AC1 (Gwet 2014, chapter 2)."""
    if not paired:
        return dict.fromkeys(("percent", "pi", "brennan_prediger", "ac1"), undefined(Reason.NOT_PAIRED))
    agreed = 0.0
    for unit in paired:
        pairs = sum(n * (n - 1) for n in Counter(unit).values())
        agreed += pairs / (len(unit) * (len(unit) - 1))
    percent = agreed / len(paired)
    means: defaultdict[Judgement, float] = defaultdict(float)
    for unit in judged:
        for value in unit:
            means[value] += 1 / len(unit)
    shares = [mean / len(judged) for mean in means.values()]
    q = len(shares)
    if q == 1:
        same = dict.fromkeys(("brennan_prediger", "ac1"), undefined(Reason.ONE_CATEGORY))
        return {"percent": Value(percent), "pi": undefined(Reason.NO_VARIATION), **same}
    squares = sum(share * share for share in shares)
    chances = {"pi": squares, "brennan_prediger": 1 / q, "ac1": (1 - squares) / (q - 1)}
    return {"percent": Value(percent)} | {
        name: Value((percent - chance) / (1 - chance)) for name, chance in chances.items()
    }


def _conger(paired: list[list[Judgement]], coders: int) -> Value:
    if not paired:
        return undefined(Reason.NOT_PAIRED)
    if any(len(unit) < coders for unit in paired):
        return undefined(Reason.MISSING_VALUES)
    columns = list(zip(*paired, strict=True))
    volumes = [Counter(column) for column in columns]
    agreed = chance = pairs = 0
    for i, j in combinations(range(coders), 2):
        agreed += sum(x == y for x, y in zip(columns[i], columns[j], strict=True))
        chance += sum(n * volumes[j][value] for value, n in volumes[i].items())
        pairs += 1
    n = len(paired)  # integers: Po = agreed / (pairs·n), Pe = chance / (pairs·n²)
    return ratio(n * agreed - chance, pairs * n * n - chance, Reason.NO_VARIATION)


Histogram = tuple[int, ...]


def count_coders(coders: Sequence[Collection[Stretch]], length: int) -> Histogram:
    """How many characters of a text 0, 1, … m of the m coders gave the code.

    One sweep over the ends of their spans; a coder's own overlaps count once.
    """
    ends: list[tuple[int, int]] = []
    for marks in coders:
        for start, end in union(Span(mark.start, mark.end) for mark in marks):
            ends += (start, 1), (end, -1)
    found = [0] * (len(coders) + 1)
    depth = last = 0
    for position, step in sorted(ends):
        found[depth] += position - last
        last = position
        depth += step
    found[0] += length - last
    return tuple(found)


def alpha_of_coders(histograms: Iterable[Histogram]) -> Alpha:
    """Krippendorff's alpha of one code for all coders together, over texts they all coded.

    Binary nominal alpha with characters as units; for two coders the alpha of `coefficients`.
    The histograms of all texts come from the same number of coders. Undefined when nobody,
    or everybody everywhere, used the code.
    """
    rows = list(histograms)
    if len({len(row) for row in rows}) > 1:
        raise ValueError("the texts were coded by different numbers of coders")
    sums = [sum(column) for column in zip(*rows, strict=True)]
    coders = len(sums) - 1
    return alpha(((True,) * k + (False,) * (coders - k), n) for k, n in enumerate(sums) if n)
