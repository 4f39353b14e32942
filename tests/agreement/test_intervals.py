"""Intervals resample documents, say why there is none, and come out the same from the same seed."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.agreement import Counts, Reason
from qualcode.agreement.coefficients import coefficient
from qualcode.agreement.intervals import (
    Interval,
    bootstrap,
    intervals,
    jackknife,
    student_cdf,
    student_quantile,
)
from qualcode.agreement.table import CountTable


def column(documents: int, seed: int = 1, used: int | None = None) -> list[Counts]:
    lot = Random(seed)
    used = documents if used is None else used
    return [
        Counts(lot.randrange(300, 600), lot.randrange(200), lot.randrange(200), 9000)
        if d < used
        else Counts(neither=10_000)
        for d in range(documents)
    ]


def table(*columns: list[Counts]) -> CountTable:
    documents = len(columns[0])
    flat = [
        n for d in range(documents) for own in columns for n in (own[d].both, own[d].only_a, own[d].only_b)
    ]
    names = [f"c{i}" for i in range(len(columns))]
    return CountTable([f"d{d}" for d in range(documents)], names, [own.total for own in columns[0]], flat)


def test_from_ten_documents_on_a_bootstrap() -> None:
    own = column(12)
    found = intervals(table(own))["c0"]
    assert isinstance(found, Interval)
    alpha = coefficient("alpha", sum(own, Counts())).value
    assert alpha is not None
    assert found.low < alpha < found.high
    assert (found.method, found.documents, found.resamples) == ("bootstrap", 12, 2000)
    assert 0 <= found.below <= 1
    assert intervals(table(own), seed=7)["c0"] == intervals(table(own), seed=7)["c0"] != found


def test_the_bootstrap_equals_drawing_documents_one_by_one() -> None:
    import numpy as np

    own = column(11)
    weights = np.random.default_rng(5).multinomial(11, [1 / 11] * 11, size=200)
    values = []
    for row in weights.tolist():
        drawn = [own[d] for d, times in enumerate(row) for _time in range(times)]
        values.append(coefficient("alpha", sum(drawn, Counts())).value)
    found = bootstrap([own], resamples=200, seed=5)[0]
    assert isinstance(found, Interval)
    assert (found.low, found.high) == pytest.approx(tuple(np.percentile(values, (2.5, 97.5))))
    assert found.below == pytest.approx(sum(value < 0.667 for value in values) / 200)


def test_from_five_a_jackknife() -> None:
    own = column(6)
    found = intervals(table(own))["c0"]
    assert isinstance(found, Interval)
    total = sum(own, Counts())
    alpha = coefficient("alpha", total).value
    without = [coefficient("alpha", sum((o for o in own if o is not out), Counts())).value for out in own]
    mean = sum(without) / 6
    error = (5 / 6 * sum((theta - mean) ** 2 for theta in without)) ** 0.5
    assert found.error == pytest.approx(error)
    assert (found.low, found.high) == pytest.approx(
        (alpha - 2.5706 * error, alpha + 2.5706 * error), abs=1e-5
    )
    assert (found.method, found.resamples, found.seed) == ("jackknife", None, None)


def test_below_five_documents_there_is_none() -> None:
    assert intervals(table(column(4)))["c0"] is Reason.FEW_DOCUMENTS
    assert intervals(table(column(1)))["c0"] is Reason.FEW_DOCUMENTS


def test_a_code_in_few_documents_has_none() -> None:
    found = intervals(table(column(12, used=4), column(12, used=0), column(12, used=5)))
    assert found["c0"] is Reason.RARE_CODE
    assert found["c1"] is Reason.UNUSED
    assert isinstance(found["c2"], Interval)


def test_a_code_of_one_coder_has_none() -> None:
    alone = [Counts(only_a=100, neither=900)] * 12
    assert intervals(table(alone))["c0"] is Reason.ONE_CODER


def test_whole_cases_are_drawn_together() -> None:
    own = column(12)
    cases = [f"case{d // 2}" for d in range(12)]
    found = intervals(table(own), groups=cases)["c0"]
    assert isinstance(found, Interval)
    assert (found.method, found.documents) == ("jackknife", 6)
    merged = [own[d] + own[d + 1] for d in range(0, 12, 2)]
    assert found == jackknife(merged)


def test_one_document_cannot_be_resampled() -> None:
    with pytest.raises(ValueError, match="two documents"):
        bootstrap([column(1)])
    with pytest.raises(ValueError, match="two documents"):
        jackknife(column(1))


def test_full_agreement_has_no_width() -> None:
    same = [Counts(both=100 + d, neither=900) for d in range(6)]
    found = jackknife(same)
    assert isinstance(found, Interval)
    assert (found.low, found.high, found.below) == (1, 1, 0)


@given(st.permutations(range(12)))
def test_order_of_documents_is_irrelevant_to_the_jackknife(order: list[int]) -> None:
    own = column(12)[:7]
    found, other = jackknife(own), jackknife([own[d] for d in order if d < 7])
    assert isinstance(found, Interval)
    assert isinstance(other, Interval)
    assert found.low == pytest.approx(other.low)


@pytest.mark.parametrize(
    ("degrees", "quantile"), [(1, 12.706), (4, 2.776), (5, 2.571), (6, 2.447), (7, 2.365), (8, 2.306)]
)
def test_students_t_as_in_the_tables(degrees: int, quantile: float) -> None:
    assert student_quantile(0.975, degrees) == pytest.approx(quantile, abs=5e-4)
    assert student_cdf(quantile, degrees) == pytest.approx(0.975, abs=3e-5)
    assert student_cdf(-quantile, degrees) == pytest.approx(0.025, abs=3e-5)
