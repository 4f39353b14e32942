"""Krippendorff's older alpha for unitizing (1995, 2004), to compare with tools that use it.

Source: Krippendorff 1995, Sociological Methodology 25:47; 2004, section 11.6. It was
superseded in 2016 (`unitized`); DKPro Statistics and what builds on it still give this one.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from qualcode.agreement.counts import check_spans
from qualcode.agreement.unitized import Segment, Unit, with_gaps
from qualcode.agreement.value import Reason, Value, undefined


@dataclass(frozen=True, slots=True)
class OldUnitizing:
    """Alpha with observed (Do) and expected (De) disagreement; over all values or for one."""

    alpha: Value
    observed: float
    expected: float


def unitizing_1995(
    length: int, units: Mapping[object, Sequence[Unit]]
) -> tuple[OldUnitizing, dict[Hashable, OldUnitizing]]:
    """Alpha_U over all values together, and per value: 1 − ΣDo / ΣDe.

    Units of one value of one coder may not overlap. R coders, length L, per value:
    Do = Σ over ordered pairs of coders of [two units that overlap: (Δbegin)² + (Δend)²;
    a unit wholly in a gap of the other: length²] / (R (R − 1) L²);
    De = (2/L) Σ_units [(N − 1)(2l³ − 3l² + l)/3 + l² Σ_{gaps g ≥ l} (g − l + 1)]
    / (RL (RL − 1) − Σ l(l − 1)), N the number of units of all coders. Raises `ValueError` for
    fewer than two coders, `InputError` for units outside the text.
    """
    if len(units) < 2:
        raise ValueError("agreement needs at least two coders")
    check_spans([unit[:2] for row in units.values() for unit in row], length)
    values = sorted({unit[2] for row in units.values() for unit in row}, key=str)
    found = {}
    for value in values:
        rows = [
            with_gaps(sorted((unit for unit in row if unit[2] == value), key=lambda unit: unit[:2]), length)
            for row in units.values()
        ]
        observed, expected = _observed(rows, length), _expected(rows, length)
        found[value] = OldUnitizing(_alpha(observed, expected), observed, expected)
    observed = sum(one.observed for one in found.values())
    expected = sum(one.expected for one in found.values())
    return OldUnitizing(_alpha(observed, expected), observed, expected), found


def _alpha(observed: float, expected: float) -> Value:
    return Value(1 - observed / expected) if expected else undefined(Reason.UNUSED)


def _observed(rows: Sequence[Sequence[Segment]], length: int) -> float:
    apart = 0
    for row, other in permutations(rows, 2):
        for start, end, value in row:
            if value is None:
                continue
            for begin, until, across in other:
                if across is not None and start < until and begin < end:
                    apart += (start - begin) ** 2 + (end - until) ** 2
                elif across is None and begin <= start and end <= until:
                    # twice: the pair (gap, unit) of the other order is not visited
                    apart += 2 * (end - start) ** 2
    coders = len(rows)
    return apart / (coders * (coders - 1) * length**2)


def _expected(rows: Sequence[Sequence[Segment]], length: int) -> float:
    units = [end - start for row in rows for start, end, value in row if value is not None]
    gaps = [end - start for row in rows for start, end, value in row if value is None]
    total = len(rows) * length
    among_units = sum((len(units) - 1) * (2 * n**3 - 3 * n**2 + n) / 3 for n in units)
    in_gaps = sum(n * n * (gap - n + 1) for n in units for gap in gaps if gap >= n)
    pairs = total * (total - 1) - sum(n * (n - 1) for n in units)
    return 2 / length * (among_units + in_gaps) / pairs if pairs else 0.0
