"""Coefficients: properties that hold for all counts, what is undefined, and other packages."""

from __future__ import annotations

import math
import warnings

import krippendorff
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import jaccard_distance as nltk_jaccard
from nltk.metrics.distance import masi_distance as nltk_masi
from sklearn.metrics import cohen_kappa_score

from qualcode.agreement import Counts, Reason, Value, binary_coefficients, reliability, table_coefficients
from qualcode.agreement.alpha import DISTANCES
from qualcode.agreement.coefficients import BINARY, coefficient, pooled_kappa

numbers = st.integers(0, 40)
counts = st.builds(Counts, numbers, numbers, numbers, numbers)


@given(counts)
def test_swapping_the_coders_changes_nothing(found: Counts) -> None:
    assert binary_coefficients(found) == binary_coefficients(found.swapped())


@given(counts)
def test_two_by_two_equals_the_table(found: Counts) -> None:
    table = table_coefficients([[found.both, found.only_a], [found.only_b, found.neither]])
    for name in ("alpha", "kappa", "pi", "percent", "brennan_prediger", "ac1"):
        ours, theirs = coefficient(name, found).value, getattr(table, name).value
        assert ours == (theirs if theirs is None else pytest.approx(theirs, abs=1e-12)), name


@given(counts)
def test_one_means_the_same_characters(found: Counts) -> None:
    same = found.only_a == found.only_b == 0
    for name in ("alpha", "kappa", "pi", "shared"):
        value = coefficient(name, found).value
        if value is not None:
            assert (value == 1) is same


@given(counts)
def test_every_value_is_a_number_up_to_one_or_has_a_reason(found: Counts) -> None:
    for value in binary_coefficients(found).values():
        if value.value is None:
            assert value.words
        else:
            assert -1 <= value.value <= 1
            assert value.words == ""


@given(counts, st.integers(1, 10_000))
def test_text_nobody_coded_leaves_shared_text_and_dice_as_they_are(found: Counts, more: int) -> None:
    longer = found + Counts(neither=more)
    for name in ("shared", "dice"):
        assert coefficient(name, longer) == coefficient(name, found) or not found.total


def test_long_uncoded_text_drives_the_uncorrected_ones_to_one() -> None:
    """The table of a fixed overlap in ever more text: 5000 both, 2000 and 2000 alone."""
    expected = {
        12_000: {"percent": 0.667, "kappa": 0.314, "brennan_prediger": 0.333, "ac1": 0.351},
        30_000: {"percent": 0.867, "kappa": 0.627, "brennan_prediger": 0.733, "ac1": 0.792},
        60_000: {"percent": 0.933, "kappa": 0.677, "brennan_prediger": 0.867, "ac1": 0.916},
        6_000_000: {"percent": 0.999, "kappa": 0.714, "brennan_prediger": 0.999, "ac1": 0.999},
    }
    for n, row in expected.items():
        found = Counts(5000, 2000, 2000, n - 9000)
        for name, value in row.items():
            assert coefficient(name, found).value == pytest.approx(value, abs=6e-4), (n, name)
        assert coefficient("dice", found).value == pytest.approx(0.714, abs=5e-4)
        assert coefficient("shared", found).value == pytest.approx(0.556, abs=5e-4)


@pytest.mark.parametrize(
    ("found", "name", "reason"),
    [
        (Counts(), "percent", Reason.NO_TEXT),
        (Counts(neither=9), "alpha", Reason.UNUSED),
        (Counts(neither=9), "shared", Reason.UNUSED),
        (Counts(both=9), "kappa", Reason.EVERYWHERE),
        (Counts(both=9), "alpha", Reason.EVERYWHERE),
    ],
)
def test_undefined_says_why(found: Counts, name: str, reason: Reason) -> None:
    assert coefficient(name, found) == Value(None, reason)


def test_used_by_one_only_is_nought_by_arithmetic() -> None:
    assert coefficient("kappa", Counts(0, 10, 0, 90)).value == 0


def test_a_value_is_never_nan_and_never_both() -> None:
    for wrong in ((math.nan, None), (None, None), (0.5, Reason.UNUSED)):
        with pytest.raises(ValueError, match="measure"):
            Value(*wrong)


@pytest.mark.parametrize(
    "bad", [[], [[1, 2]], [[1, 2], [3]], [[1, -1], [0, 1]], [[math.nan, 0], [0, 1]], [[math.inf, 0], [0, 1]]]
)
def test_a_table_that_is_none_is_refused(bad: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="table"):
        table_coefficients(bad)


def test_a_table_of_nothing_and_of_one_category() -> None:
    assert table_coefficients([[0, 0], [0, 0]]).kappa == Value(None, Reason.NO_TEXT)
    one = table_coefficients([[7]])
    assert one.percent == Value(1.0)
    assert one.ac1 == one.brennan_prediger == Value(None, Reason.ONE_CATEGORY)
    assert one.alpha == Value(None, Reason.NO_VARIATION)
    assert table_coefficients([[5, 0], [0, 0]]).to_dict()["reasons"].keys() == {"kappa", "pi", "alpha"}


def test_alpha_is_pi_corrected_for_size() -> None:
    found = Counts(50, 75, 75, 800)
    pi, alpha, n = coefficient("pi", found).value, coefficient("alpha", found).value, found.total
    assert pi is not None
    assert alpha == pytest.approx(1 - (1 - pi) * (2 * n - 1) / (2 * n))


# --- reliability data

labels = st.sampled_from("abc")


def rows(coders: int, values: st.SearchStrategy[object]) -> st.SearchStrategy[list[list[object]]]:
    return st.integers(2, 12).flatmap(
        lambda n: st.lists(st.lists(values, min_size=n, max_size=n), min_size=coders, max_size=coders)
    )


@settings(max_examples=60)
@given(rows(2, labels))
def test_two_coders_equal_their_table(data: list[list[str]]) -> None:
    used = sorted({value for row in data for value in row})
    table = [[sum((x, y) == (c, k) for x, y in zip(*data, strict=True)) for k in used] for c in used]
    by_table, by_data = table_coefficients(table), reliability(data)
    for name in ("alpha", "kappa", "pi", "percent", "brennan_prediger", "ac1"):
        ours, theirs = getattr(by_data, name).value, getattr(by_table, name).value
        assert ours == (theirs if theirs is None else pytest.approx(theirs, abs=1e-12)), name


@settings(max_examples=60)
@given(rows(3, st.none() | labels))
def test_alpha_equals_the_krippendorff_package(data: list[list[str | None]]) -> None:
    ours = reliability(data).alpha.value
    used = {value for row in data for value in row if value is not None}
    if ours is None or len(used) < 2:
        return
    known = {value: float(i) for i, value in enumerate(sorted(used))}
    matrix = [[math.nan if value is None else known[value] for value in row] for row in data]
    theirs = krippendorff.alpha(reliability_data=matrix, level_of_measurement="nominal")
    assert ours == pytest.approx(theirs, abs=1e-9)


@settings(max_examples=40)
@given(rows(2, labels))
def test_kappa_equals_scikit_learn(data: list[list[str]]) -> None:
    ours = reliability(data).kappa.value
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = cohen_kappa_score(*data)
    assert (ours is None) is math.isnan(theirs)
    assert ours is None or ours == pytest.approx(theirs, abs=1e-12)


@settings(max_examples=40)
@given(rows(3, labels))
def test_kappa_of_three_coders_equals_nltk(data: list[list[str]]) -> None:
    ours = reliability(data).kappa.value
    if ours is None:
        return
    triples = [(coder, i, value) for coder, row in enumerate(data) for i, value in enumerate(row)]
    assert ours == pytest.approx(AnnotationTask(triples).multi_kappa(), abs=1e-12)


codes = st.frozensets(labels, min_size=1)


@settings(max_examples=40)
@given(rows(2, codes), st.sampled_from(["masi", "jaccard"]))
def test_alpha_on_sets_equals_nltk(data: list[list[frozenset[str]]], distance: str) -> None:
    ours = reliability(data, "sets", distance).alpha.value
    if ours is None:
        return
    triples = [(coder, i, value) for coder, row in enumerate(data) for i, value in enumerate(row)]
    theirs = AnnotationTask(triples, distance=nltk_masi if distance == "masi" else nltk_jaccard).alpha()
    assert ours == pytest.approx(theirs, abs=1e-9)


@given(codes | st.just(frozenset()), codes | st.just(frozenset()), st.sampled_from(sorted(DISTANCES)))
def test_distances_are_symmetric_and_nought_for_the_same(
    x: frozenset[str], y: frozenset[str], name: str
) -> None:
    distance = DISTANCES[name]
    assert distance(x, y) == distance(y, x)
    assert 0 <= distance(x, y) <= 1
    assert (distance(x, y) == 0) is (x == y)


def test_missing_values() -> None:
    found = reliability([["a", "b", None, "a"], ["a", "b", "a", math.nan], [None, "b", None, None]])
    assert found.units == 2
    assert found.alpha == Value(1.0)
    assert found.kappa == Value(None, Reason.MISSING_VALUES)
    nothing = reliability([["a", None], [None, "a"]])
    assert nothing.alpha == nothing.kappa == nothing.ac1 == Value(None, Reason.NOT_PAIRED)
    assert reliability([]).alpha == Value(None, Reason.NOT_PAIRED)


def test_rows_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="one value per unit"):
        reliability([["a"], ["a", "b"]])
    with pytest.raises(ValueError, match="ordinal"):
        reliability([["a"], ["b"]], "ordinal")


def test_pooled_kappa() -> None:
    good, poor = Counts(50, 0, 0, 50), Counts(25, 25, 25, 25)
    assert pooled_kappa([good, poor, Counts(neither=100)]).value == pytest.approx(0.5)
    assert pooled_kappa([good]).value == coefficient("kappa", good).value
    assert pooled_kappa([Counts(neither=5)]) == Value(None, Reason.UNUSED)
    assert pooled_kappa([Counts(both=5)]) == Value(None, Reason.EVERYWHERE)


def test_every_binary_measure_has_its_formula_written_down() -> None:
    assert all(parts.__doc__ for parts in BINARY.values())
