"""Counts are exact: the sweep gives what a walk over every character gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.agreement import Counts, TwoReadings, count_units, counts_from_spans, two_readings
from qualcode.agreement import table as tables
from qualcode.agreement.counts import Cutting, UnitRule
from qualcode.agreement.readings import finished
from qualcode.errors import InputError
from qualcode.model import Coding
from qualcode.text.spans import Span

from .making import CODES, LENGTH, many_spans, projects, reading, spans


def covered(spans_: Iterable[Sequence[int]]) -> set[int]:
    return {position for span in spans_ for position in range(*span[:2])}


def walked(a: Iterable[Sequence[int]], b: Iterable[Sequence[int]], text: Iterable[int]) -> Counts:
    """The counts by looking at every character."""
    in_a, in_b = covered(a), covered(b)
    pairs = [(position in in_a, position in in_b) for position in text]
    return Counts(
        *(pairs.count(pair) for pair in ((True, True), (True, False), (False, True), (False, False)))
    )


def test_the_four_counts_of_an_overlap() -> None:
    assert counts_from_spans([(0, 100)], [(50, 150)], 1000) == Counts(50, 50, 50, 850)


def test_own_overlaps_count_once() -> None:
    assert counts_from_spans([(0, 100), (50, 150), (50, 150)], [(50, 100)], 1000) == Counts(50, 100, 0, 850)


@given(many_spans(), many_spans())
def test_counts_equal_a_walk_over_every_character(a: list[Span], b: list[Span]) -> None:
    assert counts_from_spans(a, b, LENGTH) == walked(a, b, range(LENGTH))


@given(many_spans(), many_spans(), many_spans(most=3))
def test_excluded_text_is_cut_out_of_text_and_spans(a: list[Span], b: list[Span], cut: list[Span]) -> None:
    left = set(range(LENGTH)) - covered(cut)
    assert counts_from_spans(a, b, LENGTH, excluded=cut) == walked(a, b, left)


@given(many_spans(most=4))
def test_a_cut_text_closes_up(cut: list[Span]) -> None:
    cutting = Cutting(LENGTH, cut)
    left = [position for position in range(LENGTH) if position not in covered(cut)]
    assert cutting.length == len(left)
    assert [cutting.position(position) for position in left] == list(range(len(left)))


@given(many_spans(), many_spans())
def test_counts_do_not_depend_on_order(a: list[Span], b: list[Span]) -> None:
    assert counts_from_spans(a[::-1], b[::-1], LENGTH) == counts_from_spans(a, b, LENGTH)


@given(many_spans(), many_spans())
def test_swapping_the_coders_swaps_the_counts(a: list[Span], b: list[Span]) -> None:
    assert counts_from_spans(b, a, LENGTH) == counts_from_spans(a, b, LENGTH).swapped()


@given(spans(), many_spans(), st.data())
def test_cutting_a_span_in_two_changes_no_character(span: Span, b: list[Span], data: st.DataObject) -> None:
    at = data.draw(st.integers(span.start, span.end))
    halves = [part for part in (Span(span.start, at), Span(at, span.end)) if part.length]
    assert counts_from_spans(halves, b, LENGTH) == counts_from_spans([span], b, LENGTH)


@pytest.mark.parametrize("bad", [(5, 5), (9, 3), (-1, 4), (990, 1001)])
def test_a_span_that_is_none_is_refused_with_its_place(bad: tuple[int, int]) -> None:
    with pytest.raises(InputError) as error:
        counts_from_spans([(0, 10), bad], [], 1000)
    assert f"{bad[0]}–{bad[1]}" in str(error.value)


def test_counts_are_never_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        Counts(1, -1, 0, 0)


# --- sentences and turns

UNITS = [Span(0, 10), Span(10, 30), Span(31, 60)]


@given(many_spans(), many_spans(), st.sampled_from(["touched", "majority"]))
def test_units_count_as_a_walk_over_their_characters_does(
    a: list[Span], b: list[Span], rule: UnitRule
) -> None:
    def has(spans_: list[Span], unit: Span) -> bool:
        inside = len(covered(spans_) & set(range(*unit)))
        return inside > 0 if rule == "touched" else inside * 2 > unit.length

    pairs = [(has(a, unit), has(b, unit)) for unit in UNITS]
    expected = [pairs.count(p) for p in ((True, True), (True, False), (False, True), (False, False))]
    assert count_units(a, b, UNITS, rule) == Counts(*expected)


def test_exactly_half_is_no_majority() -> None:
    assert count_units([Span(0, 5)], [Span(0, 6)], [Span(0, 10)], "majority") == Counts(0, 0, 1, 0)


def test_overlapping_units_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        count_units([], [], [Span(0, 10), Span(5, 20)])


# --- all cells


@settings(max_examples=60)
@given(projects())
def test_all_cells_at_once_equal_one_sweep_per_cell(project: list[TwoReadings]) -> None:
    by_array = tables._flat_by_array(project, CODES)
    assert by_array == tables._flat_by_cell(project, CODES)
    table = tables.count_characters(project, CODES)
    assert table.flat == tuple(by_array)
    for one in project:
        for code in CODES:
            a, b = one.cells.get(code, ([], []))
            assert table.cell(one.document, code) == walked(a, b, range(LENGTH))


def test_large_projects_take_the_array_path(monkeypatch: pytest.MonkeyPatch) -> None:
    project = [reading({"trust": [(0, 10)]}, {"trust": [(5, 20)]})]
    expected = tables.count_characters(project).flat
    monkeypatch.setattr(tables, "MANY_CODINGS", 1)
    monkeypatch.setattr(tables, "_flat_by_cell", None)  # may not be called
    assert tables.count_characters(project).flat == expected == (5, 5, 10)


@given(projects())
def test_documents_add_up_to_the_project(project: list[TwoReadings]) -> None:
    table = tables.count_characters(project, CODES)
    for code in CODES:
        assert sum(table.column(code), Counts()) == table.total(code)
        assert table.total(code).total == LENGTH * len(project)


@given(projects(most=3), st.sampled_from(CODES), many_spans(), many_spans())
def test_a_recount_of_one_cell_equals_counting_all_again(
    project: list[TwoReadings], code: str, a: list[Span], b: list[Span]
) -> None:
    table = tables.count_characters(project, CODES)
    first = project[0]
    kept = {name: sides for name, sides in first.cells.items() if name != code} | {code: (a, b)}
    changed = reading(
        {name: [mark[:2] for mark in sides[0]] for name, sides in kept.items()},
        {name: [mark[:2] for mark in sides[1]] for name, sides in kept.items()},
        document=first.document,
        length=LENGTH,
    )
    total = table.recount(first.document, code, a, b)
    again = tables.count_characters([changed, *project[1:]], CODES)
    assert table.flat == again.flat
    assert total == again.total(code)


def test_a_table_by_sentence() -> None:
    one = reading({"trust": [(0, 5)]}, {"trust": [(0, 3), (40, 45)]})
    one = TwoReadings(one.document, 60, one.a, one.b, sentences=tuple(UNITS))
    assert tables.count_by_unit([one], "sentence").total("trust") == Counts(1, 0, 1, 1)
    assert tables.count_by_unit([one], "sentence", "majority").total("trust") == Counts(0, 0, 0, 3)
    assert tables.count_by_unit([one], "turn").total("trust") == Counts()


def test_a_document_named_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        tables.CountTable(["d", "d"], [], [1, 2])


# --- from codings to readings

TEXT = "Ja. \nDe juf belt elke week.\nEn dan?\nDan weten wij het ook."


def coding(start: int, end: int, code: str = "trust") -> Coding:
    return Coding(f"id{start}", "t", start, end, code, "c")


def test_white_space_at_the_edges_is_left_out() -> None:
    found = two_readings("d", TEXT, [coding(3, 28)], [coding(5, 27)])
    assert [mark.span for mark in (*found.a, *found.b)] == [Span(5, 27), Span(5, 27)]
    as_coded = two_readings("d", TEXT, [coding(3, 28)], [coding(5, 27)], trimmed=False)
    assert as_coded.a[0].span == Span(3, 28)
    assert (found.trimmed, as_coded.trimmed) == (True, False)


def test_a_coding_of_white_space_only_is_dropped_and_counted() -> None:
    found = two_readings("d", TEXT, [coding(3, 5)], [])
    assert (found.a, found.dropped) == ((), 1)


def test_without_the_interviewer_a_coding_over_a_question_stays_one() -> None:
    question = Span(28, 36)
    found = two_readings("d", TEXT, [coding(5, len(TEXT))], [coding(28, 35)], excluded=[question])
    assert [mark.span for mark in found.a] == [Span(5, len(TEXT) - 8)]
    assert (found.b, found.dropped, found.excluded, found.length) == ((), 1, 8, len(TEXT) - 8)


def test_a_coding_past_the_end_is_refused() -> None:
    with pytest.raises(InputError, match=f"5–{len(TEXT) + 1}"):
        two_readings("d", TEXT, [coding(5, len(TEXT) + 1)], [])


def test_what_is_not_done_by_both_is_missing() -> None:
    done, missing = finished([reading({}, {}), reading({}, {}, document="e", done=False)])
    assert [one.document for one in done] == ["d"]
    assert [one.document for one in missing] == ["e"]
