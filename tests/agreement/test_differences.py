"""Every coding falls in exactly one kind, the kinds add up with F1, and what-if is exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings

from qualcode.agreement import (
    Difference,
    DifferenceKind,
    EdgeRule,
    TwoReadings,
    WhatIf,
    differences,
    matching,
    reconcile,
)
from qualcode.agreement.agenda import agenda, by_codes, disputed
from qualcode.agreement.coefficients import coefficient
from qualcode.agreement.kinds import related
from qualcode.agreement.matching import TooDenseError, match_each, span_f1
from qualcode.agreement.table import codes_used, count_characters

from .making import CODES, projects, reading

Marks = Mapping[str, Sequence[tuple[int, int]]]


def kinds(a: Marks, b: Marks) -> list[DifferenceKind]:
    return [found.kind for found in differences([reading(a, b)])]


def only(a: Marks, b: Marks, parents: Mapping[str, str | None] | None = None) -> Difference:
    (found,) = differences([reading(a, b)], parents)
    return found


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ({"trust": [(0, 100)]}, {"trust": [(0, 100)]}, [DifferenceKind.AGREED]),
        ({"trust": [(0, 100)]}, {"trust": [(0, 95)]}, [DifferenceKind.AGREED]),
        ({"trust": [(0, 100)]}, {"trust": [(0, 80)]}, [DifferenceKind.EDGES]),
        ({"trust": [(0, 100)]}, {"trust": [(99, 180)]}, [DifferenceKind.EDGES]),
        ({"trust": [(0, 100)]}, {"trust": [(0, 50), (52, 100)]}, [DifferenceKind.SPLIT]),
        ({"trust": [(0, 30), (40, 60), (70, 99)]}, {"trust": [(0, 100)]}, [DifferenceKind.SPLIT]),
        ({"trust": [(0, 100)]}, {"time": [(0, 100)]}, [DifferenceKind.OTHER_CODE]),
        (
            {"trust": [(0, 100)], "time": [(0, 100)]},
            {"trust": [(0, 100)]},
            [DifferenceKind.AGREED, DifferenceKind.EXTRA_CODE],
        ),
        (
            {"trust": [(0, 100)]},
            {"trust": [(0, 100)], "time": [(10, 90)]},
            [DifferenceKind.AGREED, DifferenceKind.EXTRA_CODE],
        ),
        (
            {"trust": [(0, 100)], "time": [(90, 300)]},
            {"trust": [(0, 100)]},
            [DifferenceKind.AGREED, DifferenceKind.ONLY_A],
        ),
        ({"trust": [(0, 100)]}, {}, [DifferenceKind.ONLY_A]),
        ({}, {"trust": [(0, 100)]}, [DifferenceKind.ONLY_B]),
        ({"trust": [(0, 100)]}, {"trust": [(100, 200)]}, [DifferenceKind.ONLY_A, DifferenceKind.ONLY_B]),
        ({"trust": [(0, 100)]}, {"time": [(100, 200)]}, [DifferenceKind.ONLY_A, DifferenceKind.ONLY_B]),
        ({}, {}, []),
    ],
)
def test_each_way_to_differ_has_its_kind(a: Marks, b: Marks, expected: list[DifferenceKind]) -> None:
    assert kinds(a, b) == expected


def test_another_code_across_wins_from_an_extra_one_on_the_same_passage() -> None:
    found = kinds({"trust": [(0, 100)], "time": [(0, 100)]}, {"trust": [(0, 100)], "role": [(0, 100)]})
    assert found == [DifferenceKind.AGREED, DifferenceKind.OTHER_CODE]


def test_an_extra_code_says_beside_what() -> None:
    extra = differences([reading({"trust": [(0, 100)], "time": [(5, 99)]}, {"trust": [(0, 100)]})])[1]
    assert (extra.beside, extra.codes) == (("trust",), ("time", "trust"))
    assert [mark.code for mark in extra.a] == ["time"]
    assert extra.b == ()


def test_parent_and_child_are_told_apart_from_strangers() -> None:
    parents = {"time": None, "pace": "time", "tempo": "pace", "trust": None}
    assert only({"time": [(0, 9)]}, {"tempo": [(0, 9)]}, parents).related
    assert not only({"trust": [(0, 9)]}, {"pace": [(0, 9)]}, parents).related
    assert not related("time", "time", parents)
    assert not related("a", "b", {"a": "c", "c": "a"})  # a circle does not hang


def test_the_pair_decides_which_edges_are_agreed() -> None:
    one = reading({"trust": [(0, 100)]}, {"trust": [(8, 104)]})
    assert differences([one])[0].kind is DifferenceKind.EDGES
    assert differences([one], rule=EdgeRule(characters=8))[0].kind is DifferenceKind.AGREED
    assert differences([one], rule=EdgeRule(iou=0.85))[0].kind is DifferenceKind.AGREED
    assert differences([one], rule=EdgeRule(iou=1.0, characters=7))[0].kind is DifferenceKind.EDGES


def test_differences_come_in_order_of_place() -> None:
    found = differences([reading({"trust": [(50, 60), (0, 9)]}, {"time": [(20, 30)]})])
    assert [difference.span.start for difference in found] == [0, 20, 50]


def test_a_heap_of_codings_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MOST_PAIRS", 3)
    heap = {"trust": [(i, i + 10) for i in range(9)]}
    with pytest.raises(TooDenseError, match="counts in characters still hold"):
        differences([reading(heap, heap)])


@settings(max_examples=150)
@given(projects())
def test_every_coding_is_in_exactly_one_difference(project: list[TwoReadings]) -> None:
    found = differences(project)
    for side in ("a", "b"):
        listed = Counter((d.document, mark) for d in found for mark in getattr(d, side))
        assert listed == Counter((r.document, mark) for r in project for mark in getattr(r, side))


@settings(max_examples=150)
@given(projects())
def test_the_kinds_add_up_with_span_f1(project: list[TwoReadings]) -> None:
    found = reconcile(differences(project))
    assert found.codings_a == sum(len(r.a) for r in project) == sum(found.of_a.values())
    assert found.codings_b == sum(len(r.b) for r in project) == sum(found.of_b.values())
    assert found.paired == sum(
        found.places[kind] for kind in (DifferenceKind.AGREED, DifferenceKind.EDGES, DifferenceKind.SPLIT)
    )
    per_code = (match_each(r.cells[code] for r in project if code in r.cells) for code in CODES)
    matches = [match for own in per_code if own is not None for match in own]
    assert found.close == sum(m.close for m in matches)
    assert found.paired == sum(m.any for m in matches)
    total = sum(matches, matching.Matches())
    assert found.f1 == span_f1(total)
    assert found.to_dict()["f1"] == found.f1.value


@settings(max_examples=150)
@given(projects())
def test_swapping_the_coders_swaps_the_kinds(project: list[TwoReadings]) -> None:
    there = reconcile(differences(project)).places
    back = reconcile(differences([one.swapped() for one in project])).places
    swap = {DifferenceKind.ONLY_A: DifferenceKind.ONLY_B, DifferenceKind.ONLY_B: DifferenceKind.ONLY_A}
    assert {kind: there[kind] for kind in DifferenceKind} == {
        kind: back[swap.get(kind, kind)] for kind in DifferenceKind
    }


@given(projects())
def test_the_same_reading_is_agreed_throughout(project: list[TwoReadings]) -> None:
    found = differences([replace(one, b=one.a) for one in project])
    assert all(difference.agreed and disputed(difference) == 0 for difference in found)


def test_groups_of_codes_that_keep_meeting_come_first() -> None:
    one = reading(
        {"trust": [(0, 9), (20, 29)], "role": [(50, 60)]},
        {"time": [(0, 9), (20, 29)], "role": [(50, 60)], "trust": [(80, 90)]},
    )
    groups = by_codes(differences([one]))
    assert [(codes, len(found)) for codes, found in groups] == [(("time", "trust"), 2), (("trust",), 1)]


def test_a_difference_as_data() -> None:
    found = only({"trust": [(0, 9)]}, {"time": [(0, 9)]}).to_dict()
    assert found["type"] == "other-code"
    assert found["a"] == [{"id": "da0", "code": "trust", "start": 0, "end": 9}]
    assert found["codes"] == ["time", "trust"]


def test_kinds_have_labels_and_words() -> None:
    assert all(kind.label and kind.words for kind in DifferenceKind)
    assert DifferenceKind.ONLY_B.named(("Anna", "Bram")) == "only Bram"
    assert DifferenceKind.EDGES.named(("Anna", "Bram")) == DifferenceKind.EDGES.label


# --- what if

OUTCOMES = ("a", "b", "both", "neither")


def settled(project: list[TwoReadings], difference: Difference, code: str, outcome: str) -> list[TwoReadings]:
    """The project with the marks of one code in a difference replaced, on both sides."""

    def side(marks: Sequence[object], own: Sequence[object], agreed: list[object]) -> tuple[object, ...]:
        rest = list(marks)
        for mark in own:
            rest.remove(mark)
        return (*rest, *agreed)

    a = [mark for mark in difference.a if mark.code == code]
    b = [mark for mark in difference.b if mark.code == code]
    agreed = {"a": a, "b": b, "both": a + b, "neither": []}[outcome]
    return [
        replace(one, a=side(one.a, a, agreed), b=side(one.b, b, agreed))
        if one.document == difference.document
        else one
        for one in project
    ]


@settings(max_examples=60)
@given(projects(most=3))
def test_what_if_equals_counting_again(project: list[TwoReadings]) -> None:
    codes = codes_used(project)
    answers = WhatIf(project, count_characters(project, codes))
    for difference in differences(project):
        for effect in answers.effects(difference):
            for outcome in OUTCOMES:
                again = count_characters(settled(project, difference, effect.code, outcome), codes)
                assert getattr(effect, f"if_{outcome}") == coefficient("alpha", again.total(effect.code))


def test_settling_the_only_difference_makes_alpha_one() -> None:
    project = [reading({"trust": [(0, 100), (300, 400)]}, {"trust": [(0, 100), (320, 400)]})]
    answers = WhatIf(project, count_characters(project))
    agreed, edges = differences(project)
    (effect,) = answers.effects(edges)
    assert effect.if_a.value == effect.if_b.value == effect.if_both.value == effect.if_neither.value == 1
    assert effect.now.value is not None
    assert effect.change("a") == pytest.approx(1 - effect.now.value) == answers.effect_size(edges)
    assert answers.effects(agreed)[0].change("a") == 0
    assert (disputed(edges), disputed(agreed)) == (20, 0)


def test_another_code_has_an_effect_on_both_codes() -> None:
    project = [reading({"trust": [(0, 50), (200, 250)]}, {"time": [(0, 50)], "trust": [(200, 250)]})]
    answers = WhatIf(project, count_characters(project))
    other = next(d for d in differences(project) if d.kind is DifferenceKind.OTHER_CODE)
    time, trust = answers.effects(other)
    assert (time.code, trust.code) == ("time", "trust")
    assert trust.if_a.value == trust.if_b.value == 1
    assert time.if_a.value is None  # then nobody used it
    assert time.change("a") == 0
    assert time.to_dict()["if_b"] == 1


# --- the agenda


def test_the_agenda_in_each_order() -> None:
    project = [
        reading(
            {"trust": [(0, 300)], "role": [(500, 520)], "time": [(600, 640)]},
            {"trust": [(0, 200)], "time": [(500, 520)], "role": [(600, 640), (900, 905)]},
        )
    ]
    found = differences(project)
    answers = WhatIf(project, count_characters(project))

    def starts(order: str) -> list[int]:
        return [item.difference.span.start for item in agenda(found, answers, order)]

    assert starts("place") == [0, 500, 600, 900]
    assert starts("size") == [0, 600, 500, 900]
    assert starts("codes") == [500, 600, 900, 0]
    effects = [item.effect for item in agenda(found, answers)]
    assert effects == sorted(effects, reverse=True)
    first = agenda(found, answers, "codes")[0]
    assert (first.meetings, first.size, first.to_dict()["type"]) == (2, 40, "other-code")


def test_what_is_agreed_is_not_on_the_agenda() -> None:
    project = [reading({"trust": [(0, 300)]}, {"trust": [(0, 300)]})]
    assert agenda(differences(project), WhatIf(project, count_characters(project))) == []
