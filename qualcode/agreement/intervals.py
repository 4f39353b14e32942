"""How sure a coefficient is: worked out by leaving out whole interviews or cases, never characters.

Neighbouring characters, and neighbouring passages, are not independent: with characters as n an
interval comes out more than ten times too narrow. Interviews of one case have something in common as
well. So the clusters are cases wherever a case has more than one interview, else interviews.

The jackknife (Efron & Tibshirani 1993, chapter 11) leaves out one cluster at a time, and Student's t, with
the clusters that hold the code minus one as degrees of freedom, makes the interval of it. Two things
make it cover in small samples what it says (`python -m benchmarks.coverage`; docs/agreement.md):

- it is worked out on ln((θ + 1/3) / (1 − θ)), on which a coefficient is spread evenly, not on θ itself;
- one pretended cluster of average size is added, in which the coders share half of what either marked,
  as Agresti & Coull (1998) do for a share: a few clusters that happen to agree do not pass for certainty.
  It weighs less where the clusters hardly differ, for then each of them is worth many.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import atan, cos, erf, exp, lgamma, log, pi, sin, sqrt
from statistics import NormalDist
from typing import Any

from qualcode.agreement.coefficients import BINARY, why_undefined
from qualcode.agreement.counts import Counts
from qualcode.agreement.value import Reason

FEWEST = 5  # clusters that hold the code; below that an interval does not cover what it says
EVEN_ENOUGH = 5.0  # as if so many equal clusters held the code: from here on a chance can be stated
LEVEL = 0.95
TENTATIVE = 0.667
RELIABLE = 0.800
_OFFSET = 1 / 3
_FULL_WEIGHT = 0.25  # variance from cluster to cluster, on the scale of `stretched`

Cell = tuple[int, int, int, int]
_NOTHING: Cell = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Interval:
    """Between what a coefficient lies with probability `level`; or, without `low` and `high`, the `reason` why not.

    `below` is the chance that the true value is under the threshold asked for; `None` where such a chance
    would not be right within a few points. `error` is the standard error, `clusters` how many
    interviews (`by_case`: cases) held the code. `one_sided`: agreement was perfect, so only the
    lower bound says something and `high` is 1.
    """

    low: float | None = None
    high: float | None = None
    below: float | None = None
    reason: Reason | None = None
    error: float = 0.0
    clusters: int = 0
    by_case: bool = False
    one_sided: bool = False
    level: float = LEVEL

    @property
    def ends(self) -> tuple[float, float] | None:
        """Lower and upper bound; `None` where there is no interval."""
        return None if self.low is None or self.high is None else (self.low, self.high)

    def to_dict(self) -> dict[str, Any] | None:
        """All of it, for JSON; `None` where there is no interval."""
        if self.ends is None:
            return None
        return {
            "low": self.low,
            "high": self.high,
            "below_667": self.below,
            "level": self.level,
            "one_sided": self.one_sided,
            "standard_error": self.error,
            "method": "jackknife",
            "clusters": self.clusters,
            "by_case": self.by_case,
        }


@dataclass(frozen=True, slots=True)
class Terms:
    """Whether the clusters are cases, how sure an interval is to be, and under what `below` is asked for."""

    by_case: bool = False
    level: float = LEVEL
    threshold: float = TENTATIVE


CUSTOMARY = Terms()


def too_few(clusters: int, holding: int, terms: Terms) -> Reason | None:
    """Why there can be no interval with so many clusters, of which so many hold the code."""
    if clusters < FEWEST:
        return Reason.FEW_CASES if terms.by_case else Reason.FEW_DOCUMENTS
    if holding < FEWEST:
        return Reason.RARE_IN_CASES if terms.by_case else Reason.RARE_CODE
    return None


def without_interval(reason: Reason) -> Interval:
    """No interval, for this reason."""
    return Interval(reason=reason)


def interval(
    documents: Sequence[Counts | Sequence[int]],
    clusters: Sequence[Hashable] | None = None,
    measure: str = "alpha",
    level: float = LEVEL,
    threshold: float = TENTATIVE,
) -> Interval:
    """The interval of one coefficient of one code.

    `documents` holds per interview four counts: both, only A, only B, neither. `clusters` names the
    case of each interview, or is `None` when every interview stands alone. `measure` is one of
    `coefficients.BINARY`; `level` lies between 0 and 1; `below` in what comes back is the chance that the
    true value is under `threshold`. Raises `ValueError` for what cannot be meant.
    """
    if measure not in BINARY:
        raise ValueError(f"measure is one of {', '.join(BINARY)}, not {measure!r}")
    if not 0 < level < 1:
        raise ValueError(f"level lies between 0 and 1, not {level!r}")
    if not -1 < threshold < 1:
        raise ValueError(f"threshold lies between -1 and 1, not {threshold!r}")
    cells = [_cell(counts) for counts in documents]
    if clusters is not None and len(clusters) != len(cells):
        raise ValueError(f"{len(cells)} interviews, but {len(clusters)} clusters: name the case of each")
    by_case = clusters is not None and len(set(clusters)) < len(clusters)
    grouped = added_up(cells, clusters) if clusters is not None and by_case else cells
    return of_counts(grouped, measure, Terms(by_case, level, threshold))


def _cell(counts: Counts | Sequence[int]) -> Cell:
    if not isinstance(counts, Counts):
        if len(counts) != 4:
            raise ValueError(f"four counts per interview (both, only A, only B, neither), not {counts!r}")
        counts = Counts(*counts)
    return counts.both, counts.only_a, counts.only_b, counts.neither


def added_up(cells: Sequence[Cell], clusters: Sequence[Hashable]) -> list[Cell]:
    """The counts per cluster, in order of first appearance."""
    sums: dict[Hashable, Cell] = {}
    for cluster, (a, b, c, d) in zip(clusters, cells, strict=True):
        w, x, y, z = sums.get(cluster, _NOTHING)
        sums[cluster] = (a + w, b + x, c + y, d + z)
    return list(sums.values())


def of_counts(cells: Sequence[Cell], measure: str = "alpha", terms: Terms = CUSTOMARY) -> Interval:
    """The interval of one coefficient from the counts per cluster."""
    total = added(cells)
    a, b, c, d = total
    if not a + b + c:
        return without_interval(why_undefined(Counts(*total)))
    if not (a + b and a + c):
        return without_interval(Reason.ONE_CODER)
    holding = [cell for cell in cells if cell[0] + cell[1] + cell[2]]
    if (reason := too_few(len(cells), len(holding), terms)) is not None:
        return without_interval(reason)
    parts = BINARY[measure]

    def value(a: float, b: float, c: float, d: float) -> float | None:
        numerator, denominator = parts(a, b, c, d)
        return numerator / denominator if denominator else None

    return jackknife(
        value(a, b, c, d),
        [value(a - w, b - x, c - y, d - z) for w, x, y, z in holding],
        [w + x + y for w, x, y, _z in holding],
        lambda share: value(*sharing(share, total)),
        terms,
        floor=0.0 if measure in _SHARES else -1.0,
    )


_SHARES = ("shared", "dice", "percent")  # these are never below zero


def sharing(share: float, cell: Cell) -> tuple[float, float, float, float]:
    """The same text marked, of which the coders share the part `share`."""
    a, b, c, d = cell
    alone = (a + b + c) * (1 - share) / 2
    return (a + b + c) * share, alone, alone, d


def added(cells: Iterable[Cell]) -> Cell:
    """All counts together."""
    a = b = c = d = 0
    for w, x, y, z in cells:
        a, b, c, d = a + w, b + x, c + y, d + z
    return a, b, c, d


def jackknife(
    value: float | None,
    without: Sequence[float | None],
    volumes: Sequence[float],
    shared_by: Callable[[float], float | None],
    terms: Terms = CUSTOMARY,
    *,
    floor: float = -1.0,
) -> Interval:
    """The interval of any coefficient that is 1 for perfect agreement.

    `value` is the coefficient, `without[i]` the same without cluster i, for every cluster that holds
    the code; `volumes[i]` how much was marked there. `shared_by(s)` is what the coefficient would be if
    the coders shared the part s of what either marked. `floor` is the least it can be.
    """
    pretended = shared_by(0.5)
    left_out = [theta for theta in without if theta is not None]
    if value is None or pretended is None or len(left_out) < len(without):
        return without_interval(Reason.RARE_IN_CASES if terms.by_case else Reason.RARE_CODE)
    k = len(left_out)
    even = sum(volumes) ** 2 / sum(volume * volume for volume in volumes)
    if value > 1 - 1e-12:
        # were the part u of the marked text disputed, all clusters would agree with a chance of (1 − u)^k
        worst = shared_by((1 - terms.level) ** (1 / even))
        return Interval(worst, 1.0, clusters=k, by_case=terms.by_case, one_sided=True, level=terms.level)
    weight = _weight_of_pretended(left_out, value)
    centre = (k * value + weight * pretended) / (k + weight)
    middle = stretched(centre)
    spread = [stretched(((k - 1) * theta + weight * pretended) / (k - 1 + weight)) for theta in left_out]
    error = jackknife_error(spread, (stretched(value), weight))
    margin = student_quantile((1 + terms.level) / 2, k - 1) * error
    below = None
    if even >= EVEN_ENOUGH and error:
        below = student_cdf((stretched(terms.threshold) - middle) / error, k - 1)
    return Interval(
        low=max(floor, min(value, shrunk(middle - margin))),
        high=max(value, shrunk(middle + margin)),
        below=below,
        error=error / (1 / (1 - centre) + 1 / max(centre + _OFFSET, _LEAST)),
        clusters=k,
        by_case=terms.by_case,
        level=terms.level,
    )


def _weight_of_pretended(left_out: Sequence[float], value: float) -> float:
    """1, and less where the clusters hardly differ."""
    spread = [stretched(min(theta, (1 + value) / 2)) for theta in left_out]
    return min(1.0, len(left_out) * jackknife_error(spread) ** 2 / _FULL_WEIGHT)


def jackknife_error(left_out: Sequence[float], pretended: tuple[float, float] = (0.0, 0.0)) -> float:
    """SE² = (n − 1)/n · Σ(θ₍₋ᵢ₎ − mean)²; `pretended` is one more value with its weight."""
    value, weight = pretended
    n = len(left_out) + weight
    mean = (sum(left_out) + weight * value) / n
    squares = sum((theta - mean) ** 2 for theta in left_out) + weight * (value - mean) ** 2
    return sqrt((n - 1) / n * squares)


_LEAST = 1e-3


def stretched(theta: float) -> float:
    """ln((θ + 1/3) / (1 − θ)); what lies under −1/3 counts as just above it."""
    return log(max(theta + _OFFSET, _LEAST) / (1 - theta))


def shrunk(z: float) -> float:
    """The θ of which `stretched` makes `z`."""
    odds = exp(min(z, 700.0))
    return (odds - _OFFSET) / (1 + odds)


def student_cdf(t: float, degrees: int) -> float:
    """P(T ≤ t) of Student's t with whole degrees of freedom (Abramowitz & Stegun 26.7.3–4)."""
    theta = atan(t / sqrt(degrees))
    cosine, sine = cos(theta), sin(theta)
    odd = degrees % 2 == 1
    term = cosine if odd else 1.0
    series = term if degrees > 1 else 0.0
    for k in range(2 if odd else 1, degrees - 1, 2):
        term *= cosine * cosine * k / (k + 1)
        series += term
    central = 2 / pi * (theta + sine * series) if odd else sine * series
    return (1 + central) / 2


@lru_cache(maxsize=4096)
def student_quantile(p: float, degrees: int) -> float:
    """The t below which Student's t falls with probability `p` (0 < p < 1), by Newton's method.

    It starts at the normal quantile, which lies nearer to the middle; from there the distribution bends
    one way only, so that no step goes too far.
    """
    if p < 0.5:
        return -student_quantile(1 - p, degrees)
    t = NormalDist().inv_cdf(p)
    height = exp(lgamma((degrees + 1) / 2) - lgamma(degrees / 2)) / sqrt(degrees * pi)
    for _step in range(100):
        step = (p - student_cdf(t, degrees)) / (height * (1 + t * t / degrees) ** (-(degrees + 1) / 2))
        t += step
        if abs(step) < 1e-12 * (1 + t):
            break
    return t


def normal_cdf(z: float) -> float:
    """P(Z ≤ z) of the standard normal."""
    return (1 + erf(z / sqrt(2))) / 2
