"""What is said about numbers, which transcripts to code twice, and what an article says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.agreement import (
    Agreement,
    AgreementOptions,
    Candidate,
    CodeAgreement,
    Counts,
    Reason,
    Series,
    Value,
    compare,
    differences,
    draw,
    reconcile,
)
from qualcode.agreement.intervals import Interval
from qualcode.agreement.result import through_rounds
from qualcode.i18n import speaking
from qualcode.reports.wording import sentences
from qualcode.reports.wording.methods import Facts, appendix_table, methods_paragraph

from .making import study


def with_interval(low: float, high: float) -> CodeAgreement:
    interval = Interval(low, high, 0.5, 0.05, "bootstrap", 12, 2000, 1)
    values = {"alpha": Value((low + high) / 2)}
    return CodeAgreement("trust", "character", Counts(900, 100, 100, 9000), None, values, interval)


@pytest.mark.parametrize(
    ("low", "high", "tone"),
    [
        (0.2, 0.6, sentences.Tone.NOT_YET),
        (0.6, 0.7, sentences.Tone.OPEN),
        (0.68, 0.79, sentences.Tone.TENTATIVE),
        (0.7, 0.85, sentences.Tone.OPEN),
        (0.81, 0.95, sentences.Tone.RELIABLE),
    ],
)
def test_a_colour_only_when_the_whole_interval_is_on_one_side(
    low: float, high: float, tone: sentences.Tone
) -> None:
    assert sentences.tone(with_interval(low, high)) is tone


def test_words_are_about_the_definition_of_the_code(found: Agreement) -> None:
    lines = sentences.code_lines("Trust", found.of("trust"), found.coders)
    assert lines[0] == "How repeatable is “Trust” as its definition stands today?"
    assert lines[1].startswith("Of the text either of you coded “Trust”, you both coded ")
    assert lines[2] == "Reliable enough to draw conclusions from (Krippendorff's customary line)."
    assert lines[3].startswith("95 % interval 0.")


def test_words_where_there_is_nothing_to_judge(found: Agreement) -> None:
    said = {code: sentences.verdict(found.of(code), found.coders) for code in ("time", "role", "goal")}
    assert said == {
        "time": "Only Anna used this code: talk about when it is meant to be used.",
        "role": "Only 100 characters coded: too little to judge.",
        "goal": "Not used by either: nothing to compare.",
    }
    assert sentences.shared_sentence("x", found.of("goal")) == said["goal"]


def test_the_three_levels_of_krippendorff() -> None:
    assert sentences.level(0.8).startswith("Reliable enough")
    assert sentences.level(0.799).startswith("Only for tentative")
    assert sentences.level(0.667).startswith("Only for tentative")
    assert sentences.level(0.666).startswith("Not yet a shared reading")


def test_an_interval_over_a_line_says_so() -> None:
    interval = with_interval(0.6, 0.7).interval
    assert sentences.interval_sentence(interval) == (
        "95 % interval 0.60 to 0.70. Could be either side of 0.667; more double-coded transcripts would tell."
    )
    assert "either side" not in sentences.interval_sentence(with_interval(0.7, 0.75).interval)
    assert sentences.interval_sentence(Reason.FEW_DOCUMENTS).startswith("Fewer than five")


def test_where_a_number_comes_from(found: Agreement) -> None:
    said = sentences.provenance(found)
    assert said.startswith("12 transcripts · unit: character · Independent agreement (before talking)")
    assert "edges as they were coded" in said


def test_names_and_hints_exist_for_every_measure(found: Agreement) -> None:
    for name in found.of("trust").values:
        assert sentences.measure_name(name)
        assert sentences.measure_hint(name)
    assert all(reason.words for reason in Reason)
    assert sentences.convention(with_interval(0.6, 0.74)) != ""
    assert sentences.convention(found.of("goal")) == ""


# --- before and after


def test_before_and_after_are_two_series() -> None:
    project = study(5)
    first = compare(project, codes=["trust"], label="round 1")
    second = compare(project, codes=["trust"], label="round 2")
    after = compare(project, codes=["trust"], label="round 1", series=Series.DISCUSSED)
    lines = through_rounds([first, after, second])
    assert [(line.series, [point.round for point in line.points]) for line in lines] == [
        (Series.AS_CODED, ["round 1", "round 2"]),
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
    assert sentences.sample_warnings(found) == [
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
    assert any("no interval" in warning for warning in sentences.sample_warnings(small))
    assert any("kind of informant" in warning for warning in sentences.sample_warnings(small))
    assert any(
        "10 and 25 %" in warning for warning in sentences.sample_warnings(draw(candidates(), 0.05, seed=1))
    )
    assert any(
        "10 and 25 %" in warning for warning in sentences.sample_warnings(draw(candidates(), 0.8, seed=1))
    )


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
        "only Anna 12",
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
    off = compare(study(6), options=AgreementOptions(coefficients=False))
    assert "alpha" not in methods_paragraph(Facts(off, available=6), "en").lower()


def test_the_appendix_table_has_a_row_for_every_code(found: Agreement) -> None:
    table = appendix_table(Facts(found, available=60, names={"trust": "Trust"}), "en")
    assert all(len(row) == len(table.header) for row in table.rows)
    assert [row[0] for row in table.rows] == ["Trust", "time", "role", "goal"]
    assert table.rows[0][1] == "24 / 24"
    assert "[0." in table.rows[0][6]
    assert table.rows[1][-1].startswith("Only Anna used this code")
    assert table.rows[1][6:8] == ("–", "–")
    assert table.notes[0] == "Unit: character. N = 12 transcripts, 120\u202f000 units."
    assert table.rows[3][5:9] == ("–", "–", "–", "–")
    assert table.to_dict()["caption"].startswith("Agreement of two coders")


def test_numbers_follow_the_language(found: Agreement) -> None:
    with speaking("nl"):
        assert sentences.value_text(Value(0.5)) == "0,50"
    assert "0," in appendix_table(Facts(found, available=60), "nl").rows[0][7]
