"""Scales of a survey: what respondents answered on average, how well the items hang together, and how groups differ.

numpy and scipy count; this is loaded only when somebody asks for it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy import stats

Matrix = npt.NDArray[np.float64]
_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Spread:
    """Numbers as they lie: how many, their mean with its interval (t), standard deviation, and each value's count.

    What is not defined (the deviation of a single number) is `None`.
    """

    n: int
    mean: float | None
    sd: float | None
    low: float | None
    high: float | None
    counts: Mapping[float, int]


@dataclass(frozen=True, slots=True)
class Consistency:
    """Cronbach's alpha over the `n` respondents who answered every item, with its interval, and without each item.

    `why` says in a word why it is not defined: "one item", "few respondents" or "no differences".
    """

    n: int
    alpha: float | None
    low: float | None
    high: float | None
    dropped: tuple[float | None, ...] = ()
    item_rest: tuple[float | None, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class MeanDifference:
    """How far the mean of `a` lies above that of `b`: the difference with its interval, Hedges' g with its interval.

    `p` is of Welch's t test (of the paired test if the same people answered twice), `corrected` as Holm corrects it for
    all differences that were looked at together.
    """

    a: str
    b: str
    n_a: int
    n_b: int
    difference: float
    low: float | None
    high: float | None
    g: float | None
    g_low: float | None
    g_high: float | None
    p: float | None
    corrected: float | None = None
    paired: bool = False


def scores(
    answers: Sequence[Sequence[float | None]], turned: Sequence[bool], low: float, high: float
) -> Matrix:
    """The answers of respondents (rows) to items (columns), turned items turned, with nan for no answer.

    An answer x to a turned item counts as low + high - x.
    """
    table = np.array([[np.nan if x is None else x for x in row] for row in answers], dtype=float)
    table = table.reshape(len(answers), len(turned))
    return np.where(np.array(turned), low + high - table, table)


def scale_means(table: Matrix) -> list[float | None]:
    """Each respondent's mean over the items, if at least half of them were answered."""
    given = (~np.isnan(table)).sum(axis=1)
    enough = (2 * given >= table.shape[1]) & (given > 0)
    sums = np.nansum(table, axis=1)
    return [float(sums[n] / given[n]) if enough[n] else None for n in range(len(table))]


def spread(values: Sequence[float | None]) -> Spread:
    """How numbers lie."""
    found = np.array([x for x in values if x is not None], dtype=float)
    n = len(found)
    counts = {
        float(value): int(count) for value, count in zip(*np.unique(found, return_counts=True), strict=True)
    }
    if n < 2:
        return Spread(n, float(found[0]) if n else None, None, None, None, counts)
    mean, sd = float(found.mean()), float(found.std(ddof=1))
    half = float(stats.t.ppf((1 + _CONFIDENCE) / 2, n - 1)) * sd / math.sqrt(n)
    return Spread(n, mean, sd, mean - half, mean + half, counts)


def consistency(table: Matrix) -> Consistency:
    """Cronbach's alpha (1951), k/(k-1)·(1 - Σ var(item)/var(sum)), with the interval of Feldt (1965).

    (1 - alpha)/(1 - estimate) follows F with n - 1 and (n - 1)(k - 1) degrees of freedom.
    """
    complete = table[~np.isnan(table).any(axis=1)]
    n, k = complete.shape
    alpha = _alpha(complete)
    if alpha is None:
        why = "one item" if k < 2 else "few respondents" if n < 2 else "no differences"
        return Consistency(n, None, None, None, why=why)
    freedom = n - 1, (n - 1) * (k - 1)
    tail = (1 - _CONFIDENCE) / 2
    low = 1 - (1 - alpha) * float(stats.f.ppf(1 - tail, *freedom))
    high = 1 - (1 - alpha) * float(stats.f.ppf(tail, *freedom))
    rest = [np.delete(complete, item, axis=1) for item in range(k)]
    dropped = tuple(_alpha(each) for each in rest)
    correlations = tuple(_correlation(complete[:, item], each.sum(axis=1)) for item, each in enumerate(rest))
    return Consistency(n, alpha, low, high, dropped, correlations)


def _alpha(complete: Matrix) -> float | None:
    n, k = complete.shape
    whole = float(complete.sum(axis=1).var(ddof=1)) if n > 1 else 0.0
    if k < 2 or math.isclose(whole, 0.0, abs_tol=1e-12):
        return None
    shares = float(complete.var(axis=0, ddof=1).sum()) / whole
    return float(k / (k - 1) * (1 - shares))


def _correlation(one: Matrix, other: Matrix) -> float | None:
    if math.isclose(float(one.std()) * float(other.std()), 0.0, abs_tol=1e-12):
        return None
    return float(np.corrcoef(one, other)[0, 1])


def differences(
    groups: Mapping[str, Mapping[str, float]], *, same_people: bool = False
) -> list[MeanDifference]:
    """The difference between every two groups of numbers; each group holds its numbers by who gave them.

    With `same_people` two groups that are mostly the same people are compared person by person.
    """
    found = []
    for (a, in_a), (b, in_b) in combinations(groups.items(), 2):
        both = [who for who in in_a if who in in_b]
        if same_people and 2 * len(both) >= max(len(in_a), len(in_b)) and len(both) > 1:
            found.append(_paired(a, b, [in_a[who] for who in both], [in_b[who] for who in both]))
        elif in_a and in_b:
            found.append(_apart(a, b, list(in_a.values()), list(in_b.values())))
    return found


def _apart(a: str, b: str, in_a: Sequence[float], in_b: Sequence[float]) -> MeanDifference:
    """Two groups of different people: Welch's interval and test; Hedges' g (Hedges & Olkin 1985) with its interval."""
    n_a, n_b = len(in_a), len(in_b)
    difference = float(np.mean(in_a) - np.mean(in_b))
    plain = MeanDifference(a, b, n_a, n_b, difference, None, None, None, None, None, None)
    if min(n_a, n_b) < 2:
        return plain
    freedom = n_a + n_b - 2
    pooled = math.sqrt(((n_a - 1) * np.var(in_a, ddof=1) + (n_b - 1) * np.var(in_b, ddof=1)) / freedom)
    if math.isclose(pooled, 0.0, abs_tol=1e-12):
        return plain
    test = stats.ttest_ind(in_a, in_b, equal_var=False)
    ends = test.confidence_interval(_CONFIDENCE)
    g = difference / pooled * (1 - 3 / (4 * freedom - 1))
    error = math.sqrt((n_a + n_b) / (n_a * n_b) + g**2 / (2 * (n_a + n_b)))
    return _with_effect(
        replace(plain, low=float(ends.low), high=float(ends.high), p=float(test.pvalue)), g, error
    )


def _paired(a: str, b: str, in_a: Sequence[float], in_b: Sequence[float]) -> MeanDifference:
    """The same people twice: the interval and test of their own differences; g of these (Morris & DeShon 2002, d_z)."""
    own = np.array(in_a) - np.array(in_b)
    n, difference, sd = len(own), float(own.mean()), float(own.std(ddof=1))
    plain = MeanDifference(a, b, n, n, difference, None, None, None, None, None, None, paired=True)
    if math.isclose(sd, 0.0, abs_tol=1e-12):
        return plain
    test = stats.ttest_rel(in_a, in_b)
    ends = test.confidence_interval(_CONFIDENCE)
    g = difference / sd * (1 - 3 / (4 * (n - 1) - 1))
    error = math.sqrt(1 / n + g**2 / (2 * n))
    return _with_effect(
        replace(plain, low=float(ends.low), high=float(ends.high), p=float(test.pvalue)), g, error
    )


def _with_effect(found: MeanDifference, g: float, error: float) -> MeanDifference:
    half = float(stats.norm.ppf((1 + _CONFIDENCE) / 2)) * error
    return replace(found, g=g, g_low=g - half, g_high=g + half)


def corrected(found: Sequence[MeanDifference]) -> list[MeanDifference]:
    """The differences with their p corrected for their number (Holm 1979)."""
    order = sorted((n for n, each in enumerate(found) if each.p is not None), key=lambda n: found[n].p or 0.0)
    result, highest = list(found), 0.0
    for place, n in enumerate(order):
        highest = max(highest, min(1.0, (len(order) - place) * (found[n].p or 0.0)))
        result[n] = replace(found[n], corrected=highest)
    return result
