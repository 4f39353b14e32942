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
    Candidate,
    CodeAgreement,
    Counts,
    Options,
    Reason,
    Series,
    State,
    TwoReadings,
    Value,
    compare,
    compare_groups,
    differences,
    draw,
    reconcile,
    slices,
    words,
)
from qualcode.agreement.intervals import Interval
from qualcode.agreement.methods import Facts, appendix_table, methods_paragraph
from qualcode.agreement.rounds import through_rounds
from qualcode.i18n import speaking

from .making import CODES, LENGTH, projects, reading


def study(documents: int = 12) -> list[TwoReadings]:
    """Interviews of ten thousand characters: one code mostly shared, one by A only, one rare."""
    made = []
    for d in range(documents):
        a = {"trust": [(100 * d, 100 * d + 900), (5000, 5400)], "time": [(2000, 2700)]}
        b = {"trust": [(100 * d + 40 * (d % 3), 100 * d + 900), (5000 + 150 * (d % 2), 5400)]}
        if d == 1:
            a["role"], b["role"] = [(7000, 7100)], [(7020, 7100)]
        made.append(
            reading(
                a,
                b,
                document=f"casus-{d:02}",
                length=10_000,
                case=f"{d // 3}",
                role=("ouder", "leraar")[d % 2],
            )
        )
    return made


@pytest.fixture(scope="module")
def found() -> Agreement:
    return compare(study(), ("Anna", "Bram"), [*CODES, "goal"])


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
        "trust": State.COMPARED,
        "time": State.ONLY_A,
        "role": State.LITTLE,
        "goal": State.UNUSED,
    }
    unused = found.of("goal").to_dict()
    assert unused["alpha"] is None
    assert unused["reasons"]["alpha"] == "Not used by either: nothing to compare."
    assert found.of("role").interval is Reason.RARE_CODE
    with pytest.raises(KeyError):
        found.of("nothing")


def test_only_documents_done_by_both_count() -> None:
    project = [*study(3), reading({"trust": [(0, 100)]}, {}, document="later", done=False)]
    found = compare(project)
    assert (len(found.documents), found.left_out) == (3, ("later",))
    everything = compare(project, options=Options(everything=True))
    assert (len(everything.documents), everything.left_out) == (4, ())
    assert everything.of("trust").counts.only_a == found.of("trust").counts.only_a + 100


def test_nothing_done_yet_is_a_state() -> None:
    found = compare([reading({"trust": [(0, 10)]}, {}, done=False)], codes=["trust"])
    assert found.of("trust").values["alpha"] == Value(None, Reason.NO_TEXT)
    assert found.overall.sets == Value(None, Reason.NO_TEXT)
    assert found.overall.groups[0].what.alpha == Value(None, Reason.NO_TEXT)
    json.dumps(found.to_dict(), allow_nan=False)


def test_coefficients_can_be_switched_off() -> None:
    found = compare(study(3), options=Options(coefficients=False))
    trust = found.of("trust")
    assert trust.counts.both > 0
    assert set(trust.values.values()) == {Value(None, Reason.SWITCHED_OFF)}
    assert trust.interval is Reason.SWITCHED_OFF
    assert (trust.dots, found.overall.groups) == ([], ())
    assert all("Krippendorff" not in line for line in words.code_lines("trust", trust))


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
    merged = compare_groups(project, groups)
    assert [code.code for code in merged.codes] == ["bond"]
    assert merged.of("bond").values["alpha"].value == 1
    found = compare(project, options=Options(groups=groups))
    everything, bond = found.overall.groups
    assert (everything.group, everything.where.value) == ("", 1)
    assert (bond.group, bond.codes, bond.where.value) == ("bond", ("role", "trust"), 1)
    assert bond.what.coverage.value == pytest.approx(0.1)
    assert everything.what.alpha.value is not None
    assert everything.what.alpha.value < 1


def test_two_codes_on_the_same_words_switch_the_choice_of_code_off() -> None:
    project = [reading({"trust": [(0, 100)], "time": [(50, 300)]}, {"trust": [(0, 100)]})]
    group = compare(project).overall.groups[0]
    assert group.what.alpha == Value(None, Reason.OVERLAPPING_UNITS)
    assert group.where.value is not None


def test_units_other_than_characters() -> None:
    from qualcode.text.spans import Span

    one = reading({"trust": [(0, 5)]}, {"trust": [(0, 30)]}, length=30)
    one = TwoReadings(one.document, 30, one.a, one.b, sentences=(Span(0, 10), Span(10, 20), Span(20, 30)))
    found = compare([one], options=Options(unit="sentence"))
    assert found.of("trust").counts == Counts(1, 0, 2, 0)
    assert found.to_dict()["rule"] == "touched"
    assert words.unit_name(found) == "sentence (any part coded)"
    assert found.of("trust").state is State.LITTLE


def test_dots_are_the_alphas_of_documents(found: Agreement) -> None:
    dots = dict(found.of("role").dots)
    assert list(dots) == ["casus-01"]
    assert found.of("role").documents == 1


# --- words


def with_interval(low: float, high: float) -> CodeAgreement:
    interval = Interval(low, high, 0.5, 0.05, "bootstrap", 12, 2000, 1)
    values = {"alpha": Value((low + high) / 2)}
    return CodeAgreement("trust", "character", Counts(900, 100, 100, 9000), None, values, interval)


@pytest.mark.parametrize(
    ("low", "high", "tone"),
    [
        (0.2, 0.6, words.Tone.NOT_YET),
        (0.6, 0.7, words.Tone.OPEN),
        (0.68, 0.79, words.Tone.TENTATIVE),
        (0.7, 0.85, words.Tone.OPEN),
        (0.81, 0.95, words.Tone.RELIABLE),
    ],
)
def test_a_colour_only_when_the_whole_interval_is_on_one_side(
    low: float, high: float, tone: words.Tone
) -> None:
    assert words.tone(with_interval(low, high)) is tone


def test_words_are_about_the_definition_of_the_code(found: Agreement) -> None:
    lines = words.code_lines("Trust", found.of("trust"), found.coders)
    assert lines[0] == "How repeatable is “Trust” as its definition stands today?"
    assert lines[1].startswith("Of the text either of you coded “Trust”, you both coded ")
    assert lines[2] == "Reliable enough to draw conclusions from (Krippendorff's customary line)."
    assert lines[3].startswith("95 % interval 0.")


def test_words_where_there_is_nothing_to_judge(found: Agreement) -> None:
    said = {code: words.verdict(found.of(code), found.coders) for code in ("time", "role", "goal")}
    assert said == {
        "time": "Only Anna used this code: talk about when it is meant to be used.",
        "role": "Only 100 characters coded: too little to judge.",
        "goal": "Not used by either: nothing to compare.",
    }
    assert words.shared_sentence("x", found.of("goal")) == said["goal"]


def test_the_three_levels_of_krippendorff() -> None:
    assert words.level(0.8).startswith("Reliable enough")
    assert words.level(0.799).startswith("Only for tentative")
    assert words.level(0.667).startswith("Only for tentative")
    assert words.level(0.666).startswith("Not yet a shared reading")


def test_an_interval_over_a_line_says_so() -> None:
    interval = with_interval(0.6, 0.7).interval
    assert words.interval_sentence(interval) == (
        "95 % interval 0.60 to 0.70. Could be either side of 0.667; more double-coded transcripts would tell."
    )
    assert "either side" not in words.interval_sentence(with_interval(0.7, 0.75).interval)
    assert words.interval_sentence(Reason.FEW_DOCUMENTS).startswith("Fewer than five")


def test_where_a_number_comes_from(found: Agreement) -> None:
    said = words.provenance(found)
    assert said.startswith("12 transcripts · unit: character · Independent agreement (before talking)")
    assert "edges as they were coded" in said


def test_names_and_hints_exist_for_every_measure(found: Agreement) -> None:
    for name in found.of("trust").values:
        assert words.measure_name(name)
        assert words.measure_hint(name)
    assert all(reason.words for reason in Reason)
    lines = words.overall_lines(found.overall)
    assert [name for name, _value in lines] == [
        words.measure_name(n) for n in ("shared", "pooled_kappa", "f1", "sets", "where", "what")
    ]
    assert words.convention(with_interval(0.6, 0.74)) != ""
    assert words.convention(found.of("goal")) == ""


# --- before and after


def test_before_and_after_are_two_series() -> None:
    project = study(5)
    first = compare(project, codes=["trust"], label="round 1")
    second = compare(project, codes=["trust"], label="round 2")
    after = compare(project, codes=["trust"], label="round 1", series=Series.DISCUSSED)
    lines = through_rounds([first, after, second])
    assert [(line.series, [point.round for point in line.points]) for line in lines] == [
        (Series.INDEPENDENT, ["round 1", "round 2"]),
        (Series.DISCUSSED, ["round 1"]),
    ]
    assert lines[1].label == "Agreement after discussion (not a reliability figure)"
    assert lines[0].to_dict()["points"][0]["documents"] == 5


# --- sample


def candidates() -> list[Candidate]:
    roles = ("ouder", "leraar", "hulpverlener")
    return [Candidate(f"{case}-{role}", role, case) for case in "abcdefgh" for role in roles]


def test_a_stratified_sample_takes_every_role_and_spreads_over_cases() -> None:
    found = draw(candidates(), 0.25, seed=11)
    assert found.by_role == (("hulpverlener", 2, 8), ("leraar", 2, 8), ("ouder", 2, 8))
    assert len({name[0] for name in found.drawn}) == 6
    assert found.warnings == [
        "With 6 transcripts coded twice the interval will be rough: ten or more is better."
    ]


@given(st.permutations(candidates()), st.sampled_from(["random", "stratified"]), st.integers(0, 50))
def test_the_same_seed_draws_the_same_from_any_order(order: list[Candidate], method: str, seed: int) -> None:
    one, other = draw(candidates(), 0.2, method=method, seed=seed), draw(order, 0.2, method=method, seed=seed)
    assert set(one.drawn) == set(other.drawn)
    assert len(one.drawn) == 5
    assert one.to_dict()["seed"] == seed


def test_another_seed_draws_otherwise() -> None:
    assert len({draw(candidates(), 0.2, method="random", seed=seed).drawn for seed in range(20)}) > 10


def test_warnings_of_a_sample() -> None:
    small = draw(candidates()[:6], 0.2, method="random", seed=1)
    assert any("no interval" in warning for warning in small.warnings)
    assert any("kind of informant" in warning for warning in small.warnings)
    assert any("10 and 25 %" in warning for warning in draw(candidates(), 0.05, seed=1).warnings)
    assert any("10 and 25 %" in warning for warning in draw(candidates(), 0.8, seed=1).warnings)


@pytest.mark.parametrize("share", [0, -0.1, 1.1])
def test_a_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        draw(candidates(), share, seed=1)


def test_a_sample_of_nothing_or_of_doubles_is_refused() -> None:
    for wrong in ([], [Candidate("a"), Candidate("a")]):
        with pytest.raises(ValueError, match="at least one"):
            draw(wrong, 0.2, seed=1)


# --- methods


def test_the_methods_paragraph_says_what_was_done(found: Agreement) -> None:
    facts = Facts(
        found,
        available=60,
        sample=draw(candidates(), 0.2, seed=11),
        kinds=reconcile(differences(study())),
        rounds=2,
        unresolved=1,
        discussed=compare(study(), series=Series.DISCUSSED),
        names={"trust": "Trust"},
    )
    said = methods_paragraph(facts, "en")
    for part in (
        "Of 60 transcripts, 12 (20 %) were coded by two coders independently of each other.",
        "stratified by informant and spread over cases (seed 11)",
        "with the character as unit",
        "percentile bootstrap over transcripts (2000 resamples, seed 20160503)",
        "Alpha was 0.",
        "Used by one of the two coders only: time.",
        "Not used by either coder: goal.",
        "Used too rarely to judge: role.",
        "only A 12",
        "There were 2 rounds of coding",
        "1 difference was left as two readings.",
        "which is not a reliability figure",
    ):
        assert part in said


def test_after_discussion_it_says_so_first() -> None:
    said = methods_paragraph(Facts(compare(study(3), series=Series.DISCUSSED), available=3), "en")
    assert "say nothing about reliability" in said
    assert "No intervals are given" in said


def test_a_jackknife_is_named() -> None:
    assert "jackknife over transcripts" in methods_paragraph(Facts(compare(study(6)), available=6), "en")


def test_without_coefficients_the_paragraph_has_none() -> None:
    off = compare(study(6), options=Options(coefficients=False))
    assert "alpha" not in methods_paragraph(Facts(off, available=6), "en").lower()


def test_the_appendix_table_has_a_row_for_every_code(found: Agreement) -> None:
    table = appendix_table(Facts(found, available=60, names={"trust": "Trust"}), "en")
    assert all(len(row) == len(table.header) for row in table.rows)
    assert [row[0] for row in table.rows] == ["Trust", "time", "role", "goal"]
    assert table.rows[0][1] == "24 / 24"
    assert "[0." in table.rows[0][6]
    assert table.rows[1][-1].startswith("Only Anna used this code")
    assert table.rows[3][5:9] == ("–", "–", "–", "–")
    assert table.to_dict()["caption"].startswith("Agreement of two coders")


def test_numbers_follow_the_language(found: Agreement) -> None:
    with speaking("nl"):
        assert words.value_text(Value(0.5)) == "0,50"
    assert "0," in appendix_table(Facts(found, available=60), "nl").rows[0][7]


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
