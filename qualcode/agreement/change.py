"""How much the agreement on a code changed from one round to the next, paired by interview."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from qualcode.agreement.coefficients import alpha_parts
from qualcode.agreement.intervals import (
    Cell,
    Interval,
    Terms,
    added,
    added_up,
    jackknife_error,
    student_quantile,
    too_few,
    without_interval,
)
from qualcode.agreement.result import Agreement
from qualcode.agreement.value import Reason, Value, undefined


def change(before: Agreement, after: Agreement, code: str) -> tuple[Value, Interval]:
    """Alpha in the one round minus alpha in the other, over the interviews that are in both, with its interval.

    Whole interviews (cases, where one has more interviews in both) are left out of both rounds at once.
    The margin is √(k/(k − 1)) times that of the plain jackknife, which on this scale covers a little
    too rarely with few clusters (seen in a simulation of rounds like those of benchmarks/coverage.py).
    """
    common = [document for document in before.documents if document in set(after.documents)]
    if not common:
        return undefined(Reason.NOTHING_IN_COMMON), without_interval(Reason.NOTHING_IN_COMMON)
    cases = dict(zip(before.documents, before.cases, strict=False))
    labels = [(cases.get(document, ""), "" if cases.get(document) else document) for document in common]
    terms = Terms(by_case=len(set(labels)) < len(labels))
    first, second = (_cells(one, code, common, labels) for one in (before, after))
    return _change(first, second, terms)


def _cells(
    one: Agreement, code: str, documents: Sequence[str], labels: Sequence[tuple[str, str]]
) -> list[Cell]:
    counts = dict(one.of(code).cells)
    found = [counts[document] for document in documents]
    return added_up([(n.both, n.only_a, n.only_b, n.neither) for n in found], labels)


def _change(first: list[Cell], second: list[Cell], terms: Terms) -> tuple[Value, Interval]:
    total = [added(first), added(second)]
    value = _difference(*total)
    if value is None:
        return undefined(Reason.UNUSED), without_interval(Reason.UNUSED)
    holding = [pair for pair in zip(first, second, strict=True) if any(pair[0][:3]) or any(pair[1][:3])]
    k = len(holding)
    if (reason := too_few(len(first), k, terms)) is not None:
        return Value(value), without_interval(reason)
    left_out = [_difference(*map(_less, total, pair)) for pair in holding]
    fine = [one for one in left_out if one is not None]
    error = jackknife_error(fine) if len(fine) == k else 0.0
    if not error:
        return Value(value), without_interval(Reason.RARE_IN_CASES if terms.by_case else Reason.RARE_CODE)
    margin = student_quantile((1 + terms.level) / 2, k - 1) * error * sqrt(k / (k - 1))
    return Value(value), Interval(
        max(-2.0, value - margin), min(2.0, value + margin), error=error, clusters=k, by_case=terms.by_case
    )


def _less(total: Cell, part: Cell) -> Cell:
    (a, b, c, d), (w, x, y, z) = total, part
    return a - w, b - x, c - y, d - z


def _difference(first: Cell, second: Cell) -> float | None:
    values = []
    for cell in (first, second):
        numerator, denominator = alpha_parts(*cell)
        if not denominator:
            return None
        values.append(numerator / denominator)
    return float(values[1] - values[0])
