"""Alpha on sets of codes, from segments, equals alpha over characters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.agreement import Reason, TwoReadings, Value, segments
from qualcode.agreement.alpha import alpha
from qualcode.agreement.distances import DISTANCES
from qualcode.agreement.segments import mask_distance, set_alpha, set_pairs

from .making import CODES, LENGTH, projects, reading


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
    found = set_alpha(set_pairs(project, CODES), distance, on_coded_text=on_coded)
    assert found.paired == expected.paired
    if expected.alpha.value is None:
        assert found.alpha.value is None
    else:
        assert found.alpha.value == pytest.approx(expected.alpha.value, abs=1e-9)


@settings(max_examples=40)
@given(projects(), st.sampled_from(["masi", "jaccard"]))
def test_many_sets_by_matrix_equal_pair_by_pair(project: list[TwoReadings], distance: str) -> None:
    pairs = set_pairs(project)
    expected = set_alpha(pairs, distance, on_coded_text=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "MANY_SETS", 1)
        found = set_alpha(pairs, distance, on_coded_text=False)
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
    assert set_alpha(set_pairs(longer)) == set_alpha(set_pairs(project)) or not any(
        one.cells for one in project
    )


def test_nothing_coded_and_nothing_to_code() -> None:
    assert set_alpha(set_pairs([reading({}, {})])).alpha == Value(None, Reason.UNUSED)
    assert set_alpha(set_pairs([])).alpha == Value(None, Reason.NO_TEXT)
    same = reading({"trust": [(0, 9)]}, {"trust": [(0, 9)]})
    assert set_alpha(set_pairs([same])).alpha == Value(None, Reason.NO_VARIATION)
