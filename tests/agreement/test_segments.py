"""Alpha on sets of codes, and of several coders, from spans equals alpha over characters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.agreement import Reason, TwoReadings, Value, counts_from_spans, reliability, sets
from qualcode.agreement.alpha import DISTANCES, alpha, alpha_of_coders, count_coders
from qualcode.agreement.coefficients import coefficient
from qualcode.agreement.sets import mask_distance, set_alphas, set_pairs
from qualcode.text.spans import Span

from .making import CODES, LENGTH, many_spans, projects, reading


def per_character(project: list[TwoReadings]) -> list[tuple[frozenset[str], frozenset[str]]]:
    found = []
    for one in project:
        for position in range(LENGTH):
            sides = [
                frozenset(mark.code for mark in marks if mark.span.contains(position))
                for marks in (one.a, one.b)
            ]
            found.append((sides[0], sides[1]))
    return found


@settings(max_examples=40)
@given(projects(most=3), st.sampled_from(["masi", "jaccard"]), st.booleans())
def test_segments_equal_characters(project: list[TwoReadings], distance: str, on_coded: bool) -> None:
    units = [(pair, 1) for pair in per_character(project) if pair[0] or pair[1] or not on_coded]
    expected = alpha(units, DISTANCES[distance])
    found = set_alphas(set_pairs(project, CODES), distance)[0 if on_coded else 1]
    assert found.paired == expected.paired
    if expected.alpha.value is None:
        assert found.alpha.value is None
    else:
        assert found.alpha.value == pytest.approx(expected.alpha.value, abs=1e-9)


@settings(max_examples=40)
@given(projects(), st.sampled_from(["masi", "jaccard"]))
def test_many_sets_by_matrix_equal_pair_by_pair(project: list[TwoReadings], distance: str) -> None:
    pairs = set_pairs(project)
    expected = set_alphas(pairs, distance)[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sets, "MANY_SETS", 1)
        found = set_alphas(pairs, distance)[1]
    assert found.observed == expected.observed
    assert found.expected.value == pytest.approx(expected.expected.value, abs=1e-12)


@given(
    st.frozensets(st.integers(0, 80)), st.frozensets(st.integers(0, 80)), st.sampled_from(["masi", "jaccard"])
)
def test_sets_as_bits_are_as_far_apart(x: frozenset[int], y: frozenset[int], name: str) -> None:
    bits = [sum(1 << i for i in codes) for codes in (x, y)]
    assert mask_distance(bits[0], bits[1], name) == pytest.approx(DISTANCES[name](x, y))


@given(projects(), st.integers(1, 5000))
def test_text_nobody_coded_leaves_alpha_on_coded_text_as_it_is(project: list[TwoReadings], more: int) -> None:
    longer = [*project, reading({}, {}, document="uncoded", length=more)]
    assert set_alphas(set_pairs(longer))[0] == set_alphas(set_pairs(project))[0] or not any(
        one.cells for one in project
    )


# --- more than two coders


@settings(max_examples=60)
@given(st.lists(many_spans(), min_size=2, max_size=4))
def test_several_coders_equal_alpha_over_characters(coders: list[list[Span]]) -> None:
    found = count_coders(coders, LENGTH)
    data = [[any(span.contains(p) for span in spans) for p in range(LENGTH)] for spans in coders]
    judged = [sum(column) for column in zip(*data, strict=True)]
    assert found == tuple(judged.count(k) for k in range(len(coders) + 1))
    expected = reliability(data).alpha.value
    ours = alpha_of_coders([found]).alpha.value
    assert ours == (expected if expected is None else pytest.approx(expected, abs=1e-9))
    if len(coders) == 2:
        two = coefficient("alpha", counts_from_spans(*coders, LENGTH)).value
        assert ours == (two if two is None else pytest.approx(two, abs=1e-9))


def test_texts_of_several_coders_add_up() -> None:
    three, other = (10, 0, 5, 5), (90, 5, 0, 5)
    assert alpha_of_coders([three, other]) == alpha_of_coders([(100, 5, 5, 10)])
    assert alpha_of_coders([]).alpha == Value(None, Reason.NOT_PAIRED)
    with pytest.raises(ValueError, match="different numbers"):
        alpha_of_coders([(1, 2, 3), (1, 2)])


def test_nothing_coded_and_nothing_to_code() -> None:
    assert set_alphas(set_pairs([reading({}, {})]))[0].alpha == Value(None, Reason.UNUSED)
    assert set_alphas(set_pairs([]))[0].alpha == Value(None, Reason.NO_TEXT)
    same = reading({"trust": [(0, 9)]}, {"trust": [(0, 9)]})
    assert set_alphas(set_pairs([same]))[0].alpha == Value(None, Reason.NO_VARIATION)
