"""Scales of a survey against worked examples: Chatterjee & Price (1977), Student (1908), Holm (1979)."""

from __future__ import annotations

import pytest

from qualcode.analysis.scales import (
    MeanDifference,
    consistency,
    corrected,
    differences,
    scale_means,
    scores,
    spread,
)

# Chatterjee & Price 1977, table 3.3: 30 departments, seven questions to their clerks (R calls it "attitude")
ATTITUDE = """
43 51 30 39 61 92 45|63 64 51 54 63 73 47|71 70 68 69 76 86 48|61 63 45 47 54 84 35|81 78 56 66 71 83 47
43 55 49 44 54 49 34|58 67 42 56 66 68 35|71 75 50 55 70 66 41|72 82 72 67 71 83 31|67 61 45 47 62 80 41
64 53 53 58 58 67 34|67 60 47 39 59 74 41|69 62 57 42 55 63 25|68 83 83 45 59 77 35|77 77 54 72 79 77 46
81 90 50 72 60 54 36|74 85 64 69 79 79 63|65 60 65 75 55 80 60|65 70 46 57 75 85 46|50 58 68 54 64 78 52
50 40 33 34 43 64 33|64 61 52 62 66 80 41|53 66 52 50 63 80 37|40 37 42 58 50 57 49|63 54 42 48 66 75 33
66 77 66 63 88 76 72|78 75 58 74 80 78 49|48 57 44 45 51 83 38|85 85 71 71 77 74 55|82 82 39 59 64 78 39
"""
ROWS = [[float(x) for x in row.split()] for row in ATTITUDE.strip().replace("\n", "|").split("|")]
# Student 1908, The probable error of a mean: extra hours of sleep of ten people, with each of two drugs
SLEEP = {
    "1": [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
    "2": [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
}


def test_alpha_of_the_attitude_survey() -> None:
    found = consistency(scores(ROWS, [False] * 7, 0, 100))
    assert found.n == 30
    assert found.alpha == pytest.approx(0.843, abs=0.0005)  # psych::alpha(attitude) in R
    assert (found.low, found.high) == (pytest.approx(0.74, abs=0.01), pytest.approx(0.92, abs=0.01))  # Feldt
    assert [round(x or 0, 2) for x in found.dropped] == [0.81, 0.80, 0.83, 0.80, 0.80, 0.86, 0.84]


def test_a_turned_item_counts_the_other_way_round() -> None:
    turned = [[row[0], 100 - row[1], *row[2:]] for row in ROWS]
    straight = consistency(scores(ROWS, [False] * 7, 0, 100))
    again = consistency(scores(turned, [False, True, *[False] * 5], 0, 100))
    assert again.alpha == pytest.approx(straight.alpha)
    assert consistency(scores(turned, [False] * 7, 0, 100)).alpha != pytest.approx(straight.alpha)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([[1.0], [2.0], [3.0]], "one item"),
        ([[1.0, 2.0]], "few respondents"),
        ([[1.0, None], [None, 2.0]], "few respondents"),
        ([[2.0, 3.0], [2.0, 3.0]], "no differences"),
    ],
)
def test_where_alpha_is_not_defined_it_is_said(rows: list[list[float | None]], why: str) -> None:
    found = consistency(scores(rows, [False] * len(rows[0]), 1, 5))
    assert (found.alpha, found.why) == (None, why)


def test_who_answered_half_of_the_items_has_a_mean() -> None:
    rows = [[1.0, 3.0, None, None], [1.0, None, None, None], [None] * 4, [2.0, 2.0, 2.0, 4.0]]
    assert scale_means(scores(rows, [False] * 4, 1, 5)) == [2.0, None, None, 2.5]


def test_the_spread_of_the_first_drug() -> None:
    found = spread([*SLEEP["1"], None])
    assert (found.n, found.mean, found.sd) == (10, pytest.approx(0.75), pytest.approx(1.789, abs=0.001))
    assert (found.low, found.high) == (pytest.approx(-0.530, abs=0.001), pytest.approx(2.030, abs=0.001))
    assert spread([3.0]) == spread([None, 3.0])
    assert (spread([3.0]).mean, spread([3.0]).sd, spread([]).mean) == (3.0, None, None)


def groups(same: bool) -> dict[str, dict[str, float]]:
    return {
        name: {f"{n if same else name}-{n}": x for n, x in enumerate(numbers)}
        for name, numbers in SLEEP.items()
    }


def test_two_groups_by_welch() -> None:
    (found,) = differences(groups(same=False))  # t.test(extra ~ group, data = sleep) in R
    assert found.difference == pytest.approx(-1.58)
    assert (found.low, found.high) == (pytest.approx(-3.3655, abs=0.0001), pytest.approx(0.2055, abs=0.0001))
    assert found.p == pytest.approx(0.0794, abs=0.0001)
    assert found.g == pytest.approx(-0.797, abs=0.001)  # d = -0.832, corrected for small samples
    assert not found.paired


def test_the_same_people_twice() -> None:
    (found,) = differences(groups(same=True), same_people=True)  # t.test(..., paired = TRUE)
    assert (found.low, found.high) == (pytest.approx(-2.4599, abs=0.0001), pytest.approx(-0.7001, abs=0.0001))
    assert found.p == pytest.approx(0.00283, abs=0.00001)
    assert found.paired
    assert not differences(groups(same=True))[0].paired


def test_a_group_of_one_has_a_difference_and_no_test() -> None:
    (found,) = differences({"a": {"x": 4.0}, "b": {"y": 2.0, "z": 3.0}})
    assert (found.difference, found.p, found.low, found.g) == (1.5, None, None, None)
    (alike,) = differences({"a": {"x": 4.0, "w": 4.0}, "b": {"y": 2.0, "z": 2.0}})
    assert (alike.difference, alike.p) == (2.0, None)


def test_holm() -> None:
    found = [
        MeanDifference("a", "b", 5, 5, 1.0, None, None, None, None, None, p)
        for p in (0.01, 0.04, 0.03, 0.005, None)
    ]
    assert [each.corrected for each in corrected(found)] == [
        pytest.approx(0.03),
        pytest.approx(0.06),
        pytest.approx(0.06),
        pytest.approx(0.02),
        None,
    ]
