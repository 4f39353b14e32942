"""What stands behind "more": worked examples from the literature, and what is undefined."""

from __future__ import annotations

from itertools import accumulate

import pytest

from qualcode.agreement import Counts, Reason
from qualcode.agreement.closely import boundary_similarity, closely, confusion, indices

from .making import reading


def test_prevalence_and_bias_are_those_of_sim_and_wright() -> None:
    """Sim & Wright 2005, Physical Therapy 85:257: (22, 2; 4, 11) has prevalence .28 and bias .05."""
    found = indices(Counts(22, 2, 4, 11))
    assert found["prevalence"].value == pytest.approx(11 / 39)
    assert found["bias"].value == pytest.approx(2 / 39)
    assert indices(Counts())["bias"].reason is Reason.NO_TEXT


def edges(masses: list[int]) -> list[int]:
    """The boundaries between segments of these lengths."""
    return list(accumulate(masses))[:-1]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ([2, 3, 6], [5, 6], 1 / 2),
        ([2, 3, 6], [2, 3, 3, 3], 2 / 3),
        ([2, 3, 6], [2, 2, 7], 3 / 4),
        ([2, 3, 6], [1, 1, 3, 1, 5], 1 / 2),
        ([11], [5, 6], 0),
        ([2, 3, 3, 1, 3, 6, 3], [2, 8, 2, 4, 2, 3], 0.5),
        ([2, 6, 4, 2, 4, 3], [2, 3, 3, 1, 3, 6, 3], 0.5714285714285714),
    ],
)
def test_boundary_similarity_is_as_in_segeval(a: list[int], b: list[int], expected: float) -> None:
    """The tests of segeval, and the Stargazer text of Hearst 1997 in its manual (n_t = 2)."""
    assert boundary_similarity([(edges(a), edges(b))], near=2).value == pytest.approx(expected)
    assert boundary_similarity([(edges(b), edges(a))], near=2).value == pytest.approx(expected)


def test_without_edges_there_is_nothing_to_compare() -> None:
    assert boundary_similarity([((), ())]).reason is Reason.UNUSED
    found = closely([reading({}, {})])
    assert {value.reason for value in found.values()} == {Reason.UNUSED}


def test_one_code_is_looked_at_alone() -> None:
    both = reading({"trust": [(0, 100)], "time": [(50, 80)]}, {"trust": [(0, 100)], "time": [(60, 200)]})
    trust = closely([both], "trust")
    assert (trust["boundary"].value, trust["bar_u"].value) == (1, 1)
    assert trust["gamma"].value == 1
    everything = closely([both])
    assert everything["cu"].reason is Reason.OVERLAPPING_UNITS
    assert everything["boundary"].value is not None
    assert everything["boundary"].value < 1


def test_confusion_against_chance_is_kappa_for_two_codes() -> None:
    """Artstein & Poesio 2008, table 1: (20, 20; 10, 50), κ = .348; and κ is 1 − observed / expected disagreement."""
    pairs = {(1, 1): 20, (1, 2): 20, (2, 1): 10, (2, 2): 50, (1, 0): 99, (0, 0): 999}
    (found,) = confusion(pairs, ["x", "y"])
    assert (found.codes, found.characters, found.expected) == (("x", "y"), 30, 46)
    assert 1 - found.characters / found.expected == pytest.approx(0.348, abs=5e-4)


def test_codes_that_both_gave_are_not_confused() -> None:
    assert confusion({(3, 3): 50, (3, 1): 10}, ["x", "y"]) == []
