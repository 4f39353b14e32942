"""The whole comparison: records, slices, states with words, rounds, words, methods, sample."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualcode.agreement as agreement
from qualcode.agreement import (
    Agreement,
    AgreementOptions,
    CodeState,
    Counts,
    Reason,
    TwoReadings,
    Value,
    compare,
    slices,
)
from qualcode.reports.wording import sentences

from .making import CODES, LENGTH, projects, reading, study


def test_the_record_of_a_code(found: Agreement) -> None:
    record = found.to_dict()
    assert (record["coders"], record["unit"], record["documents"]) == (["Anna", "Bram"], "character", 12)
    assert [code["code"] for code in record["codes"]] == ["trust", "time", "role", "goal"]
    trust = record["codes"][0]
    counted = [trust[name] for name in ("both", "only_a", "only_b", "neither")]
    assert sum(counted) == 120_000
    for name in ("alpha", "kappa", "shared", "dice", "percent", "pi", "brennan_prediger", "ac1", "f1"):
        assert isinstance(trust[name], float)
    assert trust["interval"]["low"] < trust["alpha"] < trust["interval"]["high"]
    assert trust["reasons"] == {}
    json.dumps(record, allow_nan=False)


def test_states_instead_of_numbers(found: Agreement) -> None:
    states = {code.code: code.state for code in found.codes}
    assert states == {
        "trust": CodeState.COMPARED,
        "time": CodeState.ONLY_A,
        "role": CodeState.LITTLE,
        "goal": CodeState.UNUSED,
    }
    unused = found.of("goal").to_dict()
    assert unused["alpha"] is None
    assert unused["reasons"]["alpha"] == "Not used by either: nothing to compare."
    assert found.of("role").interval.reason is Reason.RARE_IN_CASES
    with pytest.raises(KeyError):
        found.of("nothing")


def test_only_documents_done_by_both_count() -> None:
    project = [*study(3), reading({"trust": [(0, 100)]}, {}, document="later", done=False)]
    found = compare(project)
    assert (len(found.documents), found.left_out) == (3, ("later",))
    everything = compare(project, options=AgreementOptions(everything=True))
    assert (len(everything.documents), everything.left_out) == (4, ())
    assert everything.of("trust").counts.only_a == found.of("trust").counts.only_a + 100


def test_nothing_done_yet_is_a_state() -> None:
    found = compare([reading({"trust": [(0, 10)]}, {}, done=False)], codes=["trust"])
    assert found.of("trust").values["alpha"] == Value(None, Reason.NO_TEXT)
    assert found.overall.sets == Value(None, Reason.NO_TEXT)
    assert found.overall.groups[0].what.alpha == Value(None, Reason.NO_TEXT)
    json.dumps(found.to_dict(), allow_nan=False)


def test_coefficients_can_be_switched_off() -> None:
    found = compare(study(3), options=AgreementOptions(coefficients=False))
    trust = found.of("trust")
    assert trust.counts.both > 0
    assert set(trust.values.values()) == {Value(None, Reason.SWITCHED_OFF)}
    assert trust.interval.reason is Reason.SWITCHED_OFF
    assert (trust.dots, found.overall.groups) == ([], ())
    assert all("Krippendorff" not in line for line in sentences.code_lines("trust", trust))


@settings(max_examples=40)
@given(projects(most=3))
def test_swapping_the_coders_changes_no_coefficient(project: list[TwoReadings]) -> None:
    there = compare(project, codes=CODES)
    back = compare([one.swapped() for one in project], codes=CODES)
    for code, other in zip(there.codes, back.codes, strict=True):
        assert code.values == other.values
        assert code.counts == other.counts.swapped()
    assert there.overall.sets.value == pytest.approx(back.overall.sets.value)
    assert there.overall.groups == back.overall.groups


@settings(max_examples=30)
@given(projects(least=2), st.randoms())
def test_order_of_documents_changes_nothing(project: list[TwoReadings], lot: object) -> None:
    shuffled = list(project)
    lot.shuffle(shuffled)
    there, back = compare(project, codes=CODES), compare(shuffled, codes=CODES)
    assert [code.values for code in there.codes] == [code.values for code in back.codes]
    assert there.overall.counts == back.overall.counts


@settings(max_examples=30)
@given(projects(most=3))
def test_the_same_reading_agrees_fully(project: list[TwoReadings]) -> None:
    same = [TwoReadings(one.document, LENGTH, one.a, one.a) for one in project]
    for code in compare(same).codes:
        assert code.values["f1_exact"].value == code.values["shared"].value == 1
        assert code.values["alpha"].value in (1, None)


def test_slices_by_case_role_and_document() -> None:
    project = study(6)
    by_role = slices(project, "role")
    assert list(by_role) == ["ouder", "leraar"]
    assert by_role["ouder"].label == "ouder"
    whole = compare(project)
    for by in ("role", "case", "document"):
        parts = slices(project, by)
        assert sum((p.of("trust").counts for p in parts.values()), Counts()) == whole.of("trust").counts


def test_groups_of_codes() -> None:
    project = [
        reading({"trust": [(0, 100)], "time": [(200, 300)]}, {"role": [(0, 100)], "time": [(200, 300)]})
    ]
    groups = {"trust": "bond", "role": "bond"}
    merged = compare(
        [one.relabelled(groups.get) for one in project], codes=list(dict.fromkeys(groups.values()))
    )
    assert [code.code for code in merged.codes] == ["bond"]
    assert merged.of("bond").values["alpha"].value == 1
    found = compare(project, options=AgreementOptions(groups=groups))
    everything, bond = found.overall.groups
    assert (everything.group, everything.where.value) == ("", 1)
    assert (bond.group, bond.codes, bond.where.value) == ("bond", ("role", "trust"), 1)
    assert bond.what.coverage.value == pytest.approx(0.1)
    assert everything.what.alpha.value is not None
    assert everything.what.alpha.value < 1


def test_two_codes_on_the_same_words_are_compared_as_sets() -> None:
    project = [reading({"trust": [(0, 100)], "time": [(50, 300)]}, {"trust": [(0, 100)]})]
    group = compare(project).overall.groups[0]
    # MASI of {trust} and {trust, time} is 2/3: observed 50 · 2/3 / 100, expected 2 · 150 · 50 · 2/3 / (200 · 199)
    assert group.what.alpha.value == pytest.approx(1 - (1 / 3) / (10_000 / 39_800))
    assert group.by_sets
    assert group.where.value is not None


def _choosing(document: int, flip: int, *, both: bool = False) -> TwoReadings:
    """Ten passages that both marked, of two codes in turn; of `flip` of them B chose the other code."""
    spans = [(n * 100, n * 100 + 50) for n in range(10)]
    a = {"trust": spans[::2], "time": spans[1::2]}
    chosen = ["time" if (n % 2 == 1) != (n < flip) else "trust" for n in range(10)]
    b = {code: [span for span, own in zip(spans, chosen, strict=True) if own == code] for code in a}
    if both:
        a["role"] = b["role"] = [spans[0]]
    return reading(a, b, document=f"d{document}")


@pytest.mark.parametrize("both", [False, True])
def test_the_choice_of_code_has_an_interval(both: bool) -> None:
    project = [_choosing(n, flip, both=both) for n, flip in enumerate((0, 1, 3, 0, 2, 1))]
    group = compare(project).overall.groups[0]
    assert group.by_sets is both
    assert group.what_interval.ends is not None
    low, high = group.what_interval.ends
    assert group.what.alpha.value is not None
    assert low < group.what.alpha.value < high
    assert group.what_interval.clusters == 6
    few = compare(project[:4]).overall.groups[0]
    assert few.what_interval.reason is Reason.FEW_DOCUMENTS


def test_units_other_than_characters() -> None:
    from qualcode.text.spans import Span

    one = reading({"trust": [(0, 5)]}, {"trust": [(0, 30)]}, length=30)
    one = TwoReadings(one.document, 30, one.a, one.b, sentences=(Span(0, 10), Span(10, 20), Span(20, 30)))
    found = compare([one], options=AgreementOptions(unit="sentence"))
    assert found.of("trust").counts == Counts(1, 0, 2, 0)
    assert found.to_dict()["rule"] == "touched"
    assert sentences.unit_name(found) == "sentence (any part coded)"
    assert found.of("trust").state is CodeState.LITTLE


def test_dots_are_the_alphas_of_documents(found: Agreement) -> None:
    dots = dict(found.of("role").dots)
    assert list(dots) == ["casus-01"]
    assert found.of("role").documents == 1


# --- the package itself

FORBIDDEN = {"sqlite3", "sqlite_utils", "textual", "spacy", "docx"}


def loaded(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_the_package_is_light_and_a_small_project_needs_no_numpy() -> None:
    modules = loaded(
        "from qualcode.agreement import *\n"
        "marks = tuple(Mark(i * 9, i * 9 + 5, 'trust') for i in range(20))\n"
        "project = [TwoReadings(f'd{i}', 900, marks, marks[:15]) for i in range(7)]\n"
        "assert compare(project).of('trust').values['alpha'].defined\n"
        "differences(project)"
    )
    assert not modules & (FORBIDDEN | {"numpy"})


def test_importing_the_package_loads_none_of_its_parts() -> None:
    assert not {
        name for name in loaded("import qualcode.agreement") if name.startswith("qualcode.agreement.")
    }


def test_every_public_name_is_there_and_explained() -> None:
    assert sorted(agreement.__all__) == dir(agreement)
    for name in agreement.__all__:
        assert getattr(agreement, name).__doc__, name
    with pytest.raises(AttributeError):
        getattr(agreement, "nothing".lower())
