"""Pairing: one to one for F1, and the best alignment for gamma."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.agreement import Reason, Value, gamma, matching
from qualcode.agreement.alignment import Weights, assign, best_pairs, disorder
from qualcode.agreement.matching import (
    Matches,
    TooDenseError,
    iou,
    match,
    match_each,
    overlapping,
    pair_up,
    span_f1,
)
from qualcode.errors import InputError
from qualcode.text.spans import Span

from .making import LENGTH, many_spans


@given(many_spans(), many_spans())
def test_overlapping_pairs_are_all_that_overlap(a: list[Span], b: list[Span]) -> None:
    expected = sorted((i, j) for i in range(len(a)) for j in range(len(b)) if a[i].overlaps(b[j]))
    assert sorted(overlapping(a, b)) == expected
    assert sorted(matching._overlapping_by_sweep(a, b)) == expected
    assert matching._number_overlapping(a, b) == len(expected)


@given(many_spans(), many_spans())
def test_pairs_are_one_to_one_and_swap(a: list[Span], b: list[Span]) -> None:
    pairs = pair_up(a, b)
    assert len({i for _s, i, _j in pairs}) == len({j for _s, _i, j in pairs}) == len(pairs)
    assert [score for score, _i, _j in pairs] == [score for score, _i, _j in pair_up(b, a)]
    assert all(score == iou(a[i], b[j]) > 0 for score, i, j in pairs)
    found, other = match(a, b), match(b, a)
    assert (found.exact, found.close, found.any) == (other.exact, other.close, other.any)
    assert found.exact <= found.close <= found.any


def test_a_span_cut_in_two_changes_f1() -> None:
    whole = match([Span(0, 100)], [Span(0, 100)])
    cut = match([Span(0, 60), Span(60, 100)], [Span(0, 100)])
    assert span_f1(whole, "exact").value == 1
    assert (cut.exact, cut.close, cut.any) == (0, 1, 1)
    assert span_f1(cut).value == pytest.approx(2 / 3)


def test_f1_of_nothing() -> None:
    assert span_f1(Matches()) == Value(None, Reason.UNUSED)


def test_too_many_codings_over_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MOST_PAIRS", 80)
    heap = [Span(0, 10)] * 9
    with pytest.raises(TooDenseError, match="over each other"):
        pair_up(heap, heap)
    assert match_each([(heap, heap)]) is None
    assert span_f1(None) == Value(None, Reason.TOO_DENSE)


costs = st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.floats(0, 3), max_size=12)


def cost_of(pairs: list[tuple[int, int]], known: dict[tuple[int, int], float]) -> float:
    return sum(known[pair] - 2 for pair in pairs)


@settings(max_examples=60)
@given(costs)
def test_the_best_pairs_are_the_best_of_all(known: dict[tuple[int, int], float]) -> None:
    found = best_pairs(known, 1.0)
    assert len({i for i, _j in found}) == len({j for _i, j in found}) == len(found)
    best = min(
        sum(min(0.0, known.get((i, j), 9) - 2) for i, j in enumerate(order))
        for order in permutations(range(4))
    )
    assert cost_of(found, known) == pytest.approx(best, abs=1e-9)


def test_an_assignment_needs_room() -> None:
    assert assign([]) == []
    assert assign([[4.0, 1.0], [2.0, 0.5]]) == [1, 0]
    with pytest.raises(ValueError, match="column"):
        assign([[1.0], [2.0]])
    with pytest.raises(ValueError, match="finite"):
        assign([[float("inf")]])


Units = list[tuple[int, int, str]]
units = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 10), st.sampled_from("xy")).map(
        lambda u: (u[0], u[0] + u[1], u[2])
    ),
    max_size=3,
)


@settings(max_examples=50)
@given(units, units, st.sampled_from([Weights(), Weights(3, 1, 1), Weights(1, 2, 0.5), Weights(0, 1, 1)]))
def test_disorder_is_the_least_over_all_alignments(a: Units, b: Units, weights: Weights) -> None:
    def cost(x: tuple[int, int, str] | None, y: tuple[int, int, str] | None) -> float:
        if x is None or y is None:
            return 0.0 if x is y else weights.alone
        shift = (abs(x[0] - y[0]) + abs(x[1] - y[1])) / (x[1] - x[0] + y[1] - y[0])
        return weights.alone * (weights.alpha * shift**2 + weights.beta * (x[2] != y[2]))

    padded_a, padded_b = ([*row, *[None] * (6 - len(row))] for row in (a, b))
    n = (len(a) + len(b)) / 2
    best = min(
        sum(cost(x, padded_b[j]) for x, j in zip(padded_a, order, strict=True))
        for order in permutations(range(6))
    )
    assert disorder(a, b, weights) == pytest.approx(best / n if n else 0, abs=1e-9)


def test_gamma_is_one_for_the_same_and_keeps_its_seed() -> None:
    row = [(0, 10, "x"), (20, 30, "y"), (50, 58, "x")]
    assert gamma(60, row, row, seed=3).gamma == Value(1.0)
    other = [(2, 12, "x"), (33, 40, "y")]
    found = gamma(60, row, other, seed=3, samples=40)
    assert found == gamma(60, row, other, seed=3, samples=40)
    assert found.gamma != gamma(60, row, other, seed=4, samples=40).gamma
    assert found.gamma.value == pytest.approx(1 - found.observed / found.expected)
    assert (found.seed, found.samples) == (3, 40)
    assert found.error > 0


def test_gamma_sees_a_cut_that_characters_do_not() -> None:
    whole, cut = [(0, 40, "x")], [(0, 20, "x"), (20, 40, "x")]
    assert gamma(LENGTH, whole, cut, seed=1).observed > 0


def test_gamma_without_units() -> None:
    assert gamma(60, [], [], seed=1).gamma == Value(None, Reason.UNUSED)
    assert gamma(60, [(0, 5, "x")], [], seed=1).gamma == Value(None, Reason.ONE_CODER)
    with pytest.raises(InputError):
        gamma(60, [(0, 61, "x")], [], seed=1)
    with pytest.raises(ValueError, match="two samples"):
        gamma(60, [(0, 6, "x")], [(0, 6, "x")], seed=1, samples=1)
