"""Agreement of two coders on a table of counts: 2×2 of one code, or q×q of categories.

Every chance-corrected coefficient is (Po − Pe) / (1 − Pe), with Po the share of
units on which the two agree and Pe the share to be expected by chance; they
differ in what they take chance to be. For the 2×2 table (a both, b only A, c only B, d
neither, n their sum) the fractions are cleared of denominators first, so that integers
stay exact until one division.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from qualcode.agreement.counts import Counts
from qualcode.agreement.value import Reason, Value, ratio, undefined

# The parts work on integers and, alike, on arrays of resampled counts.
Parts = Callable[[Any, Any, Any, Any], tuple[Any, Any]]


def shared_parts(a: Any, b: Any, c: Any, d: Any) -> tuple[Any, Any]:
    """Shared text, the Jaccard index: a / (a + b + c)."""
    return a, a + b + c


def dice_parts(a: Any, b: Any, c: Any, d: Any) -> tuple[Any, Any]:
    """Dice, the F1 of characters: 2a / (2a + b + c) (Hripcsak & Rothschild 2005)."""
    return 2 * a, 2 * a + b + c


def percent_parts(a: Any, b: Any, c: Any, d: Any) -> tuple[Any, Any]:
    """Percent agreement: Po = (a + d) / n (Holsti 1969)."""
    return a + d, a + b + c + d


def kappa_parts(a: Any, b: Any, c: Any, d: Any) -> tuple[Any, Any]:
    """Cohen's kappa, Pe from each coder's own volume (Cohen 1960): 2(ad − bc) / (p₁q₂ + p₂q₁)."""
    return 2 * (a * d - b * c), (a + b) * (b + d) + (a + c) * (c + d)


def pi_parts(a: Any, b: Any, c: Any, d: Any) -> tuple[Any, Any]:
    """Scott's pi, Pe from the pooled volume (Scott 1955): (st − 2n(b + c)) / st.

    s and t are the coded and uncoded judgements of the two together, s + t = 2n.
    """
    st = (2 * a + b + c) * (b + c + 2 * d)
    return st - 2 * (a + b + c + d) * (b + c), st


def alpha_parts(a: Any, b: Any, c: Any, d: Any) -> tuple[Any, Any]:
    """Krippendorff's alpha, nominal, two coders, nothing missing: (st − (2n − 1)(b + c)) / st.

    Krippendorff 2019, chapter 12; equals 1 − (1 − pi)(2n − 1)/2n.
    """
    st = (2 * a + b + c) * (b + c + 2 * d)
    return st - (2 * (a + b + c + d) - 1) * (b + c), st


def brennan_prediger_parts(a: Any, b: Any, c: Any, d: Any) -> tuple[Any, Any]:
    """Brennan & Prediger 1981 with two categories, Pe = 1/2: 2Po − 1."""
    return a + d - b - c, a + b + c + d


def ac1_parts(a: Any, b: Any, c: Any, d: Any) -> tuple[Any, Any]:
    """Gwet's AC1 (Gwet 2008), Pe = 2m(1 − m) = st / 2n²: (2n(a + d) − st) / (2n² − st)."""
    n = a + b + c + d
    st = (2 * a + b + c) * (b + c + 2 * d)
    return 2 * n * (a + d) - st, 2 * n * n - st


BINARY: Mapping[str, Parts] = {
    "alpha": alpha_parts,
    "kappa": kappa_parts,
    "shared": shared_parts,
    "dice": dice_parts,
    "percent": percent_parts,
    "pi": pi_parts,
    "brennan_prediger": brennan_prediger_parts,
    "ac1": ac1_parts,
}


def why_undefined(counts: Counts) -> Reason:
    """Why a coefficient of these counts is 0/0."""
    if counts.total == 0:
        return Reason.NO_TEXT
    return Reason.UNUSED if counts.coded == 0 else Reason.EVERYWHERE


def coefficient(name: str, counts: Counts) -> Value:
    """The coefficient called `name` (a key of `BINARY`) of one code.

    Undefined: everything without text; alpha, kappa, pi, shared and Dice where neither
    coder used the code; alpha, kappa and pi where both coded all of the text.
    """
    numerator, denominator = BINARY[name](counts.both, counts.only_a, counts.only_b, counts.neither)
    return ratio(numerator, denominator, why_undefined(counts))


def binary_coefficients(counts: Counts) -> dict[str, Value]:
    """All coefficients of one code by name, as in `BINARY`."""
    return {name: coefficient(name, counts) for name in BINARY}


def pooled_kappa(counts: Iterable[Counts]) -> Value:
    """Pooled kappa: (mean Po − mean Pe) / (1 − mean Pe) over the codes, Pe as for Cohen's kappa.

    De Vries, Elliott, Kanouse & Teleki 2008, Field Methods 20:272. Codes that neither
    coder used are left out: nothing was judged there. Undefined when none is left.
    """
    used = [(n.both, n.only_a, n.only_b, n.neither) for n in counts if n.coded]
    return ratio(*pooled_parts(used), Reason.EVERYWHERE) if used else undefined(Reason.UNUSED)


def pooled_parts(cells: Iterable[Sequence[float]]) -> tuple[float, float]:
    """Numerator and denominator of pooled kappa, from the four counts of every code that was used."""
    codes = 0
    observed = expected = 0.0
    for a, b, c, d in cells:
        n = a + b + c + d
        codes += 1
        observed += (a + d) / n
        expected += ((a + b) * (a + c) + (b + d) * (c + d)) / n**2
    return observed - expected, codes - expected


@dataclass(frozen=True, slots=True)
class TableCoefficients:
    """The coefficients of one q×q table of two coders. `n` is its sum."""

    n: float
    categories: int
    percent: Value
    kappa: Value
    pi: Value
    alpha: Value
    brennan_prediger: Value
    ac1: Value

    def to_dict(self) -> dict[str, Any]:
        """Numbers by name (`None` where undefined) and the reasons, for JSON."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        numbers = {name: v.value if isinstance(v, Value) else v for name, v in values.items()}
        return numbers | {
            "reasons": {k: v.words for k, v in values.items() if isinstance(v, Value) and v.reason}
        }


def table_coefficients(table: Sequence[Sequence[float]]) -> TableCoefficients:
    """All coefficients of a q×q table: rows the categories of coder A, columns those of B.

    Cells are counts (or weights) of units, none negative. With p_i and r_i the shares of
    A and of B in category i, and m_i their mean, Po = Σ x_ii / n and Pe is
    kappa Σ p_i r_i (Cohen 1960) · pi Σ m_i² (Scott 1955) · Brennan–Prediger 1/q (1981) ·
    AC1 Σ m_i (1 − m_i) / (q − 1) (Gwet 2008); alpha = 1 − (1 − pi)(2n − 1)/2n
    (Krippendorff 2019). q is the number of rows, also where a category was never used.
    Undefined where 1 − Pe = 0. Raises `ValueError` for a table that is not square, is
    empty, or holds negative or infinite cells.
    """
    q = len(table)
    if q == 0 or any(len(row) != q for row in table):
        raise ValueError("a table of agreement has as many rows as columns, at least one")
    if any(not 0 <= cell < float("inf") for row in table for cell in row):
        raise ValueError("the cells of a table of agreement are counts: no negative or missing ones")
    n = sum(map(sum, table))
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    both = [x + y for x, y in zip(rows, columns, strict=True)]  # each judgement once: sums to 2n
    agreed = sum(table[i][i] for i in range(q))
    reason = Reason.NO_TEXT if n == 0 else Reason.NO_VARIATION
    kappa_chance = sum(x * y for x, y in zip(rows, columns, strict=True))  # n² Pe
    squares = sum(x * x for x in both)  # 4n² Pe of pi
    spread = 4 * n * n - squares
    one = Reason.NO_TEXT if n == 0 else Reason.ONE_CATEGORY
    return TableCoefficients(
        n=n,
        categories=q,
        percent=ratio(agreed, n, Reason.NO_TEXT),
        kappa=ratio(n * agreed - kappa_chance, n * n - kappa_chance, reason),
        pi=ratio(4 * n * agreed - squares, spread, reason),
        alpha=ratio(spread - (2 * n - 1) * 2 * (n - agreed), spread, reason),
        brennan_prediger=ratio(q * agreed - n, (q - 1) * n, one),
        ac1=undefined(one)
        if q == 1
        else ratio(4 * n * (q - 1) * agreed - spread, 4 * n * n * (q - 1) - spread, reason),
    )
