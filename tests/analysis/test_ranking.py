"""Orders of interviews: rank statistics against scipy, questions against sorting."""

from __future__ import annotations

from math import isclose, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from qualcode.analysis.ranking import (
    PairwiseQuestion,
    contrast,
    fisher_exact,
    holm,
    kendall_tau_b,
    mean_order,
    most_moved,
    next_question,
    places,
    spearman_rho,
    thirds,
)

ranks = st.lists(st.integers(1, 6), min_size=2, max_size=12)


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), min_size=2, max_size=12))
def test_rank_statistics_equal_those_of_scipy(pairs: list[tuple[int, int]]) -> None:
    a, b = ({n: float(pair[side]) for n, pair in enumerate(pairs)} for side in (0, 1))
    with pytest.warns() if len(set(a.values())) == 1 or len(set(b.values())) == 1 else _nothing():
        tau = stats.kendalltau(list(a.values()), list(b.values())).statistic
        rho = stats.spearmanr(list(a.values()), list(b.values())).statistic
    for ours, theirs in ((kendall_tau_b(a, b), tau), (spearman_rho(a, b), rho)):
        assert ours is None if theirs != theirs else isclose(ours or 0, theirs, abs_tol=1e-12)


class _nothing:  # noqa: N801 - stands in for a context manager
    def __enter__(self) -> None: ...
    def __exit__(self, *_error: object) -> None: ...


def test_places_are_shared_by_those_that_tie() -> None:
    assert places([["a"], ["b", "c"], ["d"]]) == {"a": 1, "b": 2.5, "c": 2.5, "d": 4}
    with pytest.raises(ValueError, match="twice"):
        places([["a"], ["a"]])


def test_what_moved_most_comes_first() -> None:
    a, b = places([["a"], ["b"], ["c"], ["d"]]), places([["d"], ["b"], ["a"], ["c"]])
    assert most_moved(a, b) == [("d", -3), ("a", 2), ("c", 1)]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=15))
def test_answers_to_pairs_give_the_order_with_few_questions(success: list[int]) -> None:
    items, answers = list(range(len(success))), {}
    while isinstance(asked := next_question(items, answers), PairwiseQuestion):
        x, y = int(str(asked.first)), int(str(asked.second))
        assert (x, y) not in answers
        assert asked.left >= 1
        answers[x, y] = (success[x] > success[y]) - (success[x] < success[y])
    assert [sorted(tied) for tied in asked] == [
        [n for n in items if success[n] == level] for level in sorted(set(success), reverse=True)
    ]
    n = len(items)
    assert len(answers) <= n * (log2(n) + 1)


def test_a_shared_order_to_begin_with_keeps_ties() -> None:
    assert mean_order([[["a"], ["b"], ["c"]], [["b"], ["a"], ["c"]]]) == [["a", "b"], ["c"]]
    assert mean_order([]) == []


@given(*[st.integers(0, 12)] * 4)
def test_fisher_equals_scipy(a: int, b: int, c: int, d: int) -> None:
    if a + b + c + d:
        assert isclose(fisher_exact(a, b, c, d), stats.fisher_exact([[a, b], [c, d]]).pvalue, rel_tol=1e-6)


def test_top_and_bottom_leave_ties_over_the_border_out() -> None:
    assert thirds([["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]) == (["a", "b"], ["f", "e"])
    assert thirds([["a"], ["b", "c"], ["d"], ["e"], ["f"]]) == (["a"], ["f", "e"])


def test_a_contrast_says_what_goes_with_the_top() -> None:
    counts = {"meta": {"a": 3, "b": 1}, "snel": {"e": 2, "f": 2}, "tijd": {"a": 1, "f": 1}, "geen": {}}
    found = contrast(["a", "b"], ["e", "f"], counts)
    assert [(c.feature, c.top, c.bottom) for c in found] == [("meta", 2, 0), ("snel", 0, 2), ("tijd", 1, 1)]
    assert found[0].effect > 0 > found[1].effect
    assert found[2].effect == 0
    assert found[0].top_count == 4
    assert isclose(found[0].p, 1 / 3)


def test_holm_is_as_in_r() -> None:
    """p.adjust(c(.01, .02, .03, .04, .05), "holm") of R; and out of order, with a tie."""
    assert holm([0.01, 0.02, 0.03, 0.04, 0.05]) == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])
    assert holm([0.5, 0.01, 0.01]) == pytest.approx([0.5, 0.03, 0.03])
    assert holm([]) == []


def test_a_contrast_is_corrected_for_all_that_was_looked_at() -> None:
    top, bottom = [f"t{n}" for n in range(6)], [f"b{n}" for n in range(6)]
    counts = {"all": dict.fromkeys(top, 1), "some": {"t0": 1}, "both": {"t0": 1, "b0": 1}}
    found = {each.feature: each for each in contrast(top, bottom, counts)}
    assert found["all"].p == pytest.approx(2 / 924)
    assert found["all"].adjusted == pytest.approx(3 * 2 / 924)
    assert found["some"].adjusted == 1
