"""How sure a coefficient is: resampling of documents (or cases), never of characters.

Neighbouring characters, and neighbouring passages, are not independent. With characters
as n the interval comes out more than ten times too narrow. From ten documents on
the bootstrap draws whole documents; from five the jackknife leaves out one at a time;
below that there is no interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan, cos, erf, pi, sin, sqrt
from typing import Any, Literal

from qualcode.agreement.coefficients import BINARY, coefficient
from qualcode.agreement.counts import Counts
from qualcode.agreement.table import CountTable
from qualcode.agreement.value import Reason

BOOTSTRAP_FROM = 10
JACKKNIFE_FROM = 5
RESAMPLES = 2000
SEED = 20160503
TENTATIVE = 0.667
RELIABLE = 0.800


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval. `below` is the probability that the coefficient is under .667.

    `documents` is the number of documents (or cases) resampled; `resamples` and `seed` belong
    to the bootstrap and are `None` for the jackknife. `error` is the standard error.
    """

    low: float
    high: float
    below: float
    error: float
    method: Literal["bootstrap", "jackknife"]
    documents: int
    resamples: int | None = None
    seed: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return {
            "low": self.low,
            "high": self.high,
            "below_667": self.below,
            "standard_error": self.error,
            "method": self.method,
            "documents": self.documents,
            "resamples": self.resamples,
            "seed": self.seed,
        }


def intervals(
    table: CountTable,
    measure: str = "alpha",
    *,
    groups: Sequence[str] | None = None,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[str, Interval | Reason]:
    """The interval of every code of `table`, or the reason why it has none.

    `measure` is a key of `coefficients.BINARY`. `groups` names per document the case it
    belongs to, when several documents of a case were coded: then whole cases are drawn.
    A code that one coder never used, or that occurs in fewer than five documents (cases),
    gets no interval: it would come out too narrow.
    """
    columns = {code: _grouped(table.column(code), groups) for code in table.codes}
    units = len(set(groups)) if groups is not None else len(table.documents)
    if units < JACKKNIFE_FROM:
        return dict.fromkeys(table.codes, Reason.FEW_DOCUMENTS)
    found: dict[str, Interval | Reason] = {}
    wide: dict[str, list[Counts]] = {}
    for code, column in columns.items():
        used = sum(counts.coded > 0 for counts in column)
        total = table.total(code)
        if total.coded and not (total.a and total.b):
            found[code] = Reason.ONE_CODER
        elif used < JACKKNIFE_FROM:
            found[code] = Reason.RARE_CODE if used else Reason.UNUSED
        elif units < BOOTSTRAP_FROM:
            found[code] = jackknife(column, measure)
        else:
            wide[code] = column
    if wide:
        drawn = bootstrap(list(wide.values()), measure, resamples=resamples, seed=seed)
        found.update(zip(wide, drawn, strict=True))
    return {code: found[code] for code in table.codes}


def _grouped(column: list[Counts], groups: Sequence[str] | None) -> list[Counts]:
    if groups is None:
        return column
    sums: dict[str, Counts] = {}
    for group, counts in zip(groups, column, strict=True):
        sums[group] = sums.get(group, Counts()) + counts
    return list(sums.values())


def bootstrap(
    columns: Sequence[Sequence[Counts]],
    measure: str = "alpha",
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> list[Interval | Reason]:
    """Percentile bootstrap over documents of several codes at once.

    `columns[code][document]` are counts. A resample draws as many documents as there are,
    with replacement: its counts are multinomial weights (resamples × documents) times the
    counts. All codes share the draws. Resamples in which the measure is undefined (0/0)
    are left out; when they are half or more, there is no interval. Raises
    `ValueError` for fewer than two documents.
    """
    import numpy as np

    documents = len(columns[0]) if columns else 0
    if documents < 2:
        raise ValueError("a bootstrap needs at least two documents to draw from")
    counts = np.array(
        [[(n.both, n.only_a, n.only_b, n.neither) for n in column] for column in columns], float
    )
    weights = np.random.default_rng(seed).multinomial(documents, [1 / documents] * documents, size=resamples)
    # [resample, code, count]: one matrix product for all codes and counts
    by_document = counts.transpose(1, 0, 2).reshape(documents, -1)
    drawn = (weights.astype(float) @ by_document).reshape(resamples, len(columns), 4)
    numerators, denominators = BINARY[measure](*(drawn[:, :, i] for i in range(4)))
    fine = denominators != 0
    values = np.divide(numerators, denominators, out=np.zeros_like(denominators), where=fine)
    found: list[Interval | Reason] = []
    for code in range(len(columns)):
        column = np.sort(values[fine[:, code], code])
        if 2 * len(column) <= resamples:
            found.append(Reason.RARE_CODE)
            continue
        low, high = np.percentile(column, (2.5, 97.5))
        found.append(
            Interval(
                low=float(low),
                high=float(high),
                below=float(np.mean(column < TENTATIVE)),
                error=float(column.std(ddof=1)),
                method="bootstrap",
                documents=documents,
                resamples=resamples,
                seed=seed,
            )
        )
    return found


def jackknife(column: Sequence[Counts], measure: str = "alpha") -> Interval | Reason:
    """Leave one document out: SE² = (D − 1)/D · Σ(θ₍₋ᵢ₎ − mean)², with Student's t of D − 1.

    Efron & Tibshirani 1993, chapter 11. The interval is cut off at 1. Raises
    `ValueError` for fewer than two documents.
    """
    documents = len(column)
    if documents < 2:
        raise ValueError("a jackknife needs at least two documents")
    total = sum(column, Counts())
    value = coefficient(measure, total).value
    without = [coefficient(measure, _minus(total, counts)).value for counts in column]
    defined = [theta for theta in without if theta is not None]
    if value is None or len(defined) < documents:
        return Reason.RARE_CODE
    mean = sum(defined) / documents
    error = sqrt((documents - 1) / documents * sum((theta - mean) ** 2 for theta in defined))
    margin = student_quantile(0.975, documents - 1) * error
    below = student_cdf((TENTATIVE - value) / error, documents - 1) if error else float(value < TENTATIVE)
    return Interval(value - margin, min(1.0, value + margin), below, error, "jackknife", documents)


def _minus(total: Counts, part: Counts) -> Counts:
    return Counts(
        total.both - part.both,
        total.only_a - part.only_a,
        total.only_b - part.only_b,
        total.neither - part.neither,
    )


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


def student_quantile(p: float, degrees: int) -> float:
    """The t below which Student's t falls with probability `p`, by bisection."""
    low, high = -1e3, 1e3
    for _step in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if student_cdf(middle, degrees) < p else (low, middle)
    return (low + high) / 2


def normal_cdf(z: float) -> float:
    """P(Z ≤ z) of the standard normal."""
    return (1 + erf(z / sqrt(2))) / 2
