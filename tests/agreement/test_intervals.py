"""Intervals leave out whole interviews or cases, cover what they say, and say why there is none."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import coverage
from qualcode.agreement import Counts, Interval, Reason, compare, interval
from qualcode.agreement.change import change
from qualcode.agreement.coefficients import BINARY, coefficient
from qualcode.agreement.intervals import student_cdf, student_quantile
from qualcode.agreement.planning import clusters_to_decide, expected_ends, gains, prospects
from qualcode.agreement.sets import add_pairs, alphas_without_each, set_alphas, set_pairs

from .making import projects, reading, study


def column(interviews: int, seed: int = 1, used: int | None = None) -> list[Counts]:
    lot = Random(seed)
    used = interviews if used is None else used
    return [
        Counts(lot.randrange(300, 600), lot.randrange(200), lot.randrange(200), 9000)
        if n < used
        else Counts(neither=10_000)
        for n in range(interviews)
    ]


def alpha(counts: list[Counts]) -> float:
    value = coefficient("alpha", sum(counts, Counts())).value
    assert value is not None
    return value


def ends(found: Interval) -> tuple[float, float]:
    assert found.ends is not None
    return found.ends


# --- what it is


def test_an_interval_by_hand() -> None:
    """The jackknife written out: leave-one-out values and the pretended interview on the logarithmic scale."""
    own = column(6)
    total = sum(own, Counts())
    half = total.coded / 2
    numerator, denominator = BINARY["alpha"](half, half / 2, half / 2, total.neither)
    pretended = numerator / denominator

    def log_scale(theta: float) -> float:
        return float(np.log((theta + 1 / 3) / (1 - theta)))

    without = [alpha([o for o in own if o is not out]) for out in own]
    plain = np.array([log_scale(theta) for theta in without])
    weight = min(1, 6 * 5 / 6 * ((plain - plain.mean()) ** 2).sum() / 0.25)
    assert 0 < weight < 1
    centre = (6 * alpha(own) + weight * pretended) / (6 + weight)
    left_out = [(5 * theta + weight * pretended) / (5 + weight) for theta in without]
    spread = np.array([log_scale(theta) for theta in [*left_out, alpha(own)]])
    weights = np.array([1.0] * 6 + [weight])
    mean = (weights * spread).sum() / weights.sum()
    n = 6 + weight
    error = float(np.sqrt((n - 1) / n * (weights * (spread - mean) ** 2).sum()))
    odds = np.exp([log_scale(centre) - 2.570582 * error, log_scale(centre) + 2.570582 * error])
    found = interval(own)
    assert ends(found) == pytest.approx(tuple((odds - 1 / 3) / (1 + odds)), abs=1e-6)
    assert found.below == pytest.approx(
        student_cdf((log_scale(0.667) - log_scale(centre)) / error, 5), abs=1e-9
    )
    assert (found.clusters, found.by_case, found.one_sided, found.reason) == (6, False, False, None)


def test_it_holds_the_value_and_widens_with_the_level() -> None:
    own = column(12)
    low, high = ends(interval(own))
    assert low < alpha(own) < high <= 1
    wider = ends(interval(own, level=0.99))
    assert wider[0] < low
    assert high < wider[1]


def test_the_chance_to_lie_below_belongs_to_the_threshold() -> None:
    chances = [interval(column(12), threshold=line).below for line in (0.5, 0.667, 0.8, 0.9)]
    assert None not in chances
    assert chances == sorted(chances, key=lambda chance: chance or 0)
    uneven = [Counts(10_000, 500, 500, 90_000), *([Counts(20, 5, 5, 900)] * 7)]
    assert interval(uneven).ends is not None
    assert interval(uneven).below is None  # as if there were hardly more than one: no chance can be stated


def test_interviews_may_be_counts_or_four_numbers() -> None:
    own = column(7)
    numbers = [(n.both, n.only_a, n.only_b, n.neither) for n in own]
    assert interval(numbers) == interval(own)


@pytest.mark.parametrize("measure", BINARY)
def test_every_measure_has_one(measure: str) -> None:
    own = column(8)
    value = coefficient(measure, sum(own, Counts())).value
    assert value is not None
    low, high = ends(interval(own, measure=measure))
    assert low < value < high <= 1


# --- perfect agreement


def test_perfect_agreement_gets_a_lower_bound_only() -> None:
    """Were a part u disputed, k interviews would all agree with a chance of (1 − u)^k: u < 1 − .05^(1/k)."""
    found = interval([Counts(100, neither=99_900)] * 10, measure="dice")
    shared = 0.05 ** (1 / 10)
    assert ends(found) == pytest.approx((2 * shared / (1 + shared), 1))
    assert found.one_sided
    assert found.below is None
    assert ends(interval([Counts(100, neither=900)] * 40))[0] > ends(found)[0]


# --- none, and why


def test_below_five_there_is_none() -> None:
    assert interval(column(4)) == Interval(reason=Reason.FEW_DOCUMENTS)
    assert interval(column(12, used=4)).reason is Reason.RARE_CODE
    assert interval(column(12, used=5)).ends is not None
    assert interval(column(12, used=0)).reason is Reason.UNUSED
    assert interval([Counts(only_a=100, neither=900)] * 12).reason is Reason.ONE_CODER
    assert interval([]).reason is Reason.NO_TEXT


def test_cases_are_the_clusters_when_one_has_more_interviews() -> None:
    own = column(12)
    cases = [f"case{n // 2}" for n in range(12)]
    merged = [own[n] + own[n + 1] for n in range(0, 12, 2)]
    found = interval(own, cases)
    assert (found.by_case, found.clusters) == (True, 6)
    assert ends(found) == ends(interval(merged))
    assert interval(own[:8], cases[:8]).reason is Reason.FEW_CASES
    assert interval(column(12, used=8), cases).reason is Reason.RARE_IN_CASES
    assert interval(own, range(12)) == interval(own)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"measure": "gamma"}, "measure is one of"),
        ({"level": 95}, "level"),
        ({"level": 0}, "level"),
        ({"threshold": 1.2}, "threshold"),
        ({"clusters": ["a"]}, "clusters"),
    ],
)
def test_what_cannot_be_meant_is_refused(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        interval(column(6), **wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="four counts"):
        interval([(1, 2, 3)] * 6)
    with pytest.raises(ValueError, match="negative"):
        interval([(1, 2, 3, -4)] * 6)


@given(st.permutations(range(9)))
def test_the_order_of_interviews_is_irrelevant(order: list[int]) -> None:
    own = column(9)
    assert ends(interval([own[n] for n in order])) == pytest.approx(ends(interval(own)))


@given(
    st.lists(st.tuples(*[st.integers(0, 400)] * 3, st.integers(0, 9000)), max_size=12),
    st.sampled_from([*BINARY]),
)
def test_whatever_is_counted_there_is_an_interval_or_a_reason(
    cells: list[tuple[int, int, int, int]], measure: str
) -> None:
    found = interval(cells, measure=measure)
    assert (found.ends is None) == (found.reason is not None)
    if found.ends is not None:
        value = coefficient(measure, sum((Counts(*cell) for cell in cells), Counts())).value
        assert value is not None
        assert -1 <= found.ends[0] <= value <= found.ends[1] <= 1
        assert found.below is None or 0 <= found.below <= 1


@pytest.mark.parametrize(
    ("degrees", "quantile"),
    [(1, 12.706), (2, 4.303), (4, 2.776), (5, 2.571), (6, 2.447), (10, 2.228), (30, 2.042), (120, 1.980)],
)
def test_students_t_as_in_the_tables(degrees: int, quantile: float) -> None:
    assert student_quantile(0.975, degrees) == pytest.approx(quantile, abs=5e-4)
    assert student_quantile(0.025, degrees) == pytest.approx(-quantile, abs=5e-4)
    assert student_cdf(quantile, degrees) == pytest.approx(0.975, abs=3e-5)
    assert student_quantile(0.95, 4) == pytest.approx(2.132, abs=5e-4)


# --- that it covers


def test_it_covers_what_it_says_in_simulated_studies() -> None:
    """A few hundred studies of one layout and kind; `python -m benchmarks.coverage --big` has them all."""
    lot = np.random.default_rng(4)
    layout, kind = coverage.Layout(6, 2), coverage.KINDS[2]
    cases = [case for case in range(6) for _interview in range(2)]
    covered = []
    for true in (0.55, 0.7, 0.85):
        for counts in coverage.studies(layout, kind, true, 150, lot).reshape(150, -1, 4).astype(int).tolist():
            found = interval(counts, cases)
            if found.ends is not None:
                covered.append(found.ends[0] <= true <= found.ends[1])
    assert len(covered) > 400
    assert 0.92 <= sum(covered) / len(covered) <= 0.98


# --- the other headline figures


def test_every_headline_figure_of_a_comparison_has_one() -> None:
    found = compare(study(), ("Anna", "Bram"), ["trust", "time", "role"])
    trust = found.of("trust")
    assert found.by_case
    for name in ("alpha", "kappa", "shared", "f1"):
        value = trust[name].value
        assert value is not None
        low, high = ends(trust.intervals[name])
        assert low < value <= high
    for name, value in (
        ("shared", found.overall.shared),
        ("pooled_kappa", found.overall.pooled_kappa),
        ("f1", found.overall.f1),
        ("sets", found.overall.sets),
    ):
        low, high = ends(found.overall.intervals[name])
        assert value.value is not None
        assert low < value.value <= high
    assert found.of("time").interval.reason is Reason.ONE_CODER
    assert ends(found.overall.groups[0].interval)
    told = found.to_dict()
    assert told["codes"][0]["intervals"]["kappa"]["by_case"] is True
    assert told["overall"]["intervals"]["sets"]["low"] < 1


@given(projects(least=2, most=4))
def test_alpha_on_sets_without_each_interview_is_alpha_on_the_others(project: list[object]) -> None:
    pairs = [set_pairs([one], ("trust", "time", "role")) for one in project]  # type: ignore[list-item]
    for n, found in enumerate(alphas_without_each(pairs)[2]):
        others = set_alphas(add_pairs(pairs[:n] + pairs[n + 1 :]))[0].alpha.value
        assert (found is None) == (others is None)
        assert found is None or found == pytest.approx(others)


# --- the change between rounds


def test_the_change_between_rounds_is_paired_by_interview() -> None:
    def a_round(shift: int, names: range, label: str) -> object:
        return compare(
            [
                reading(
                    {"trust": [(1000, 2000)]},
                    {"trust": [(1000 + shift + 15 * (n % 4), 2000)]},
                    document=f"i{n}",
                    length=10_000,
                )
                for n in names
            ],
            label=label,
        )

    first, second = a_round(300, range(8), "one"), a_round(100, range(2, 10), "two")
    value, found = change(first, second, "trust")  # type: ignore[arg-type]
    assert value.value is not None
    assert found.clusters == 6  # those that are in both
    low, high = ends(found)
    assert 0 < low < value.value < high
    backwards, turned = change(second, first, "trust")  # type: ignore[arg-type]
    assert backwards.value == pytest.approx(-value.value)
    assert ends(turned) == pytest.approx((-high, -low))
    value, found = change(first, a_round(100, range(20, 28), "three"), "trust")  # type: ignore[arg-type]
    assert (value.reason, found.reason) == (Reason.NOTHING_IN_COMMON, Reason.NOTHING_IN_COMMON)


# --- what more would bring


def test_more_interviews_narrow_and_decide() -> None:
    own = column(8)
    found, value = interval(own), alpha(own)
    now = expected_ends(value, found, 8)
    later = expected_ends(value, found, 24)
    assert now is not None
    assert later is not None
    assert later[1] - later[0] < now[1] - now[0]
    assert now[1] - now[0] == pytest.approx(ends(found)[1] - ends(found)[0], rel=0.1)
    wide = interval(own, level=0.999)
    needed = clusters_to_decide(value, wide)
    assert needed is not None
    decided, before = expected_ends(value, wide, needed), expected_ends(value, wide, needed - 1)
    assert decided is not None
    assert decided[0] >= 0.667
    assert needed == 9 or (before is not None and before[0] < 0.667)
    assert clusters_to_decide(0.667, Interval(0.3, 0.9, clusters=8)) is None


def test_the_forecast_is_about_what_comes() -> None:
    """Studies of forty interviews: the width forecast from the first twelve against the width of all."""
    lot = np.random.default_rng(1)
    drawn = coverage.studies(coverage.Layout(40, 1), coverage.KINDS[2], 0.75, 60, lot)
    forecast, came = [], []
    for rows in drawn.reshape(60, -1, 4).astype(int).tolist():
        found = interval(rows[:12])
        expected = expected_ends(alpha([Counts(*row) for row in rows[:12]]), found, 40)
        assert expected is not None
        forecast.append(expected[1] - expected[0])
        low, high = ends(interval(rows))
        came.append(high - low)
    assert np.mean(forecast) == pytest.approx(np.mean(came), rel=0.15)


def test_a_code_without_an_interval_says_how_many_more_it_takes() -> None:
    readings = [
        reading(
            {"trust": [(0, 900)]} if n < 2 else {}, {"trust": [(0, 800)]} if n < 2 else {}, document=f"d{n}"
        )
        for n in range(6)
    ]
    (found,) = prospects(compare(readings), (5, 10))
    assert found.later == (None, None)
    assert found.missing == 9  # three more that hold it, and two in six do


def test_the_interview_that_holds_more_codes_narrows_more_and_a_case_counts_once() -> None:
    def one(n: int, case: str = "") -> object:
        marks = {"trust": [(0, 300 + 40 * n)], "time": [(500, 900 - 30 * n)]}
        return reading(marks, {"trust": [(0, 250)], "time": [(550, 900)]}, document=f"d{n}", case=case)

    found = compare([one(n) for n in range(6)])
    chances = {"x": {"trust": 1.0, "time": 0.2}, "y": {"trust": 0.5, "time": 0.0}}
    best, other = gains(found, {"x": "", "y": ""}, chances)
    assert best.documents == ("x",)
    assert best.by["trust"] == pytest.approx(2 * other.by["trust"])
    assert other.by["time"] == 0
    assert best.total > other.total > 0
    by_case = compare([one(n, f"case {n // 2}") for n in range(12)])
    none, new = sorted(gains(by_case, {"x": "case 1", "y": "case 9"}, chances), key=lambda gain: gain.total)
    assert (none.documents, none.total) == (("x",), 0)  # its case holds both codes already
    assert new.documents == ("y",)
