"""What is said about numbers, which transcripts to code twice, and what an article says."""

from __future__ import annotations

from dataclasses import replace

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
    TwoReadings,
    Value,
    compare,
    differences,
    draw,
    reconcile,
)
from qualcode.agreement.intervals import Interval
from qualcode.agreement.result import through_rounds
from qualcode.i18n import percent, speaking
from qualcode.reports.wording import sentences, summary
from qualcode.reports.wording.claims import Independence
from qualcode.reports.wording.methods import Facts, Settled, methods_paragraph
from qualcode.reports.wording.sentences import Tone
from qualcode.reports.wording.tables import appendix_table

from .making import reading, study


def with_interval(low: float, high: float) -> CodeAgreement:
    interval = Interval(low, high, below=0.5, error=0.05, clusters=12)
    values = {"alpha": Value((low + high) / 2)}
    cells = tuple((f"d{n}", Counts(75, 8, 8, 750)) for n in range(12))
    return CodeAgreement(
        "trust", "character", Counts(900, 100, 100, 9000), None, values, {"alpha": interval}, cells
    )


@pytest.mark.parametrize(
    ("low", "high", "tone", "says"),
    [
        (0.2, 0.6, Tone.NOT_ENOUGH, "Not enough: even the upper bound, 0.60, is below 0.667."),
        (0.6, 0.7, Tone.OPEN, "Cannot be said yet; "),
        (0.667, 0.79, Tone.ENOUGH, "Enough: even the lower bound, 0.67, is at least 0.667."),
        (0.7, 0.95, Tone.ENOUGH, "Enough: even the lower bound, 0.70, is at least 0.667."),
        (0.8, 0.95, Tone.STRONG, "Enough, and strongly so: even the lower bound, 0.80, is at least 0.800."),
    ],
)
def test_colour_and_sentence_follow_the_bounds(low: float, high: float, tone: Tone, says: str) -> None:
    code = with_interval(low, high)
    assert sentences.tone(code) is tone
    assert sentences.verdict(code).startswith(says)


@given(st.integers(-99, 99), st.integers(1, 60), st.sampled_from(["en", "nl"]))
def test_every_verdict_fits_its_bounds(low: int, width: int, language: str) -> None:
    """Over a grid of intervals, in both languages: the word, the figure it names and the colour agree."""
    code = with_interval(low / 100, min(low + width, 100) / 100)
    bounds = code.interval.ends
    assert bounds is not None
    with speaking(language):
        said = sentences.verdict(code)
        spread = sentences.interval_sentence(code.interval)
        bound_words = [sentences.coefficient_text(bound) for bound in bounds]
    assert all(words in spread for words in bound_words)
    enough, not_enough, open_ = {
        "en": ("Enough", "Not enough", "Cannot be said yet"),
        "nl": ("Genoeg", "Niet genoeg", "Nog niet te zeggen"),
    }[language]
    if bounds[0] >= 0.667:
        assert said.startswith(enough)
        assert bound_words[0] in said
    elif bounds[1] < 0.667:
        assert said.startswith(not_enough)
        assert bound_words[1] in said
    else:
        assert said.startswith(open_)
    assert "jullie" not in said


def test_it_is_said_how_many_more_would_decide() -> None:
    said = sentences.verdict(with_interval(0.66, 0.86))
    more = int(said.split("about ")[1].split(" ")[0])
    assert 1 <= more <= 12
    assert "would hardly decide it" in sentences.verdict(with_interval(0.37, 0.964))


def test_perfect_agreement_is_said_as_at_least() -> None:
    found = compare(
        [reading({"t": [(0, 900)]}, {"t": [(0, 900)]}, document=f"d{n}", length=9000) for n in range(12)]
    ).of("t")
    assert sentences.interval_text(found.interval).startswith("≥ 0.8")
    assert "at least 0.8" in sentences.interval_sentence(found.interval)
    assert sentences.verdict(found).startswith("Enough")
    assert summary.lines_of_code("t", found, ("A", "B"))[1].value.startswith("1.00 [≥ 0.8")
    assert summary.chance_below(found) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.994, "0.99"), (0.996, "0.996"), (0.99996, "> 0.9999"), (1.0, "1.00"), (-0.2, "−0.20"), (0.5, "0.50")],
)
def test_what_is_below_one_is_never_shown_as_one(value: float, words: str) -> None:
    assert sentences.coefficient_text(value) == words


@pytest.mark.parametrize(
    ("share", "words"), [(0.994, "99 %"), (0.996, "99.6 %"), (0.9999999, "> 99.999 %"), (1.0, "100 %")]
)
def test_no_share_is_rounded_up_to_all(share: float, words: str) -> None:
    assert percent(share) == words


def test_a_code_too_rare_to_judge_shows_no_alpha_in_a_table(found: Agreement) -> None:
    assert found.of("role").values["alpha"].defined
    assert sentences.judged_text(found.of("role")) == "–"
    row = appendix_table(Facts(found, available=12), "en").rows[2]
    assert (row[6], row[9]) == ("–", "Only 100 characters coded: too little to judge.")


def test_words_are_about_the_definition_of_the_code(found: Agreement) -> None:
    lines = sentences.code_lines("Trust", found.of("trust"), found.coders)
    assert lines[0] == "How repeatable is “Trust” as its definition stands today?"
    assert lines[1] == "Of the text that either coder gave “Trust”, both gave it to 91 %."
    assert lines[2].startswith("95 % interval 0.")
    assert lines[3].startswith("Enough, and strongly so: even the lower bound, 0.")
    assert len(lines) == 4


def test_words_where_there_is_nothing_to_judge(found: Agreement) -> None:
    said = {code: sentences.verdict(found.of(code), found.coders) for code in ("time", "role", "goal")}
    assert said == {
        "time": "Only Anna used this code: talk about when it is meant to be used.",
        "role": "Only 100 characters coded: too little to judge.",
        "goal": "Not used by either: nothing to compare.",
    }
    assert sentences.shared_sentence("x", found.of("goal")) == said["goal"]


def test_where_a_number_comes_from(found: Agreement) -> None:
    said = sentences.provenance(found)
    assert said.startswith("12 transcripts · unit: character · Agreement as each coded it")
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
    assert found.chances == pytest.approx([0.25] * 6)
    assert sentences.sample_warnings(found) == [
        "With 6 transcripts coded twice the interval will be wide: ten or more is better."
    ]


@given(st.permutations(candidates()), st.sampled_from(["random", "stratified"]), st.integers(0, 50))
def test_the_same_seed_draws_the_same_from_any_order(order: list[Candidate], method: str, seed: int) -> None:
    one, other = draw(candidates(), 0.2, method=method, seed=seed), draw(order, 0.2, method=method, seed=seed)
    assert set(one.drawn) == set(other.drawn)
    assert len(one.drawn) == 5
    assert one.to_dict()["seed"] == seed


def test_the_same_seed_draws_the_same_interviews_wherever_they_were_taken_in() -> None:
    """Ids differ from laptop to laptop, and so does their order; names do not."""
    names = [candidate.id for candidate in candidates()]
    samples = []
    for lot in (1, 2):
        ids = [f"{(31 * lot * n) % 97:02}" for n, _name in enumerate(names)]
        here = [replace(c, id=new, name=c.id) for c, new in zip(candidates(), ids, strict=True)]
        by_id = {c.id: c.name for c in here}
        samples.append({by_id[one] for one in draw(here, 0.25, seed=5).drawn})
    assert samples[0] == samples[1]


@given(st.integers(0, 60), st.integers(1, 12))
def test_every_kind_of_informant_is_drawn_at_least_once(seed: int, most: int) -> None:
    few = [Candidate(f"p{n}", "ouder") for n in range(40)]
    few += [Candidate("k1", "leerling"), Candidate("t1", "leraar"), Candidate("t2", "leraar")]
    found = draw(few, most / 43, seed=seed)
    assert all(drawn > 0 for _role, drawn, _all in found.by_role)
    assert len(found.drawn) == max(most, 3)


def test_how_likely_each_was_to_be_drawn_is_said() -> None:
    few = [Candidate(f"p{n}", "ouder", f"{n}") for n in range(9)] + [Candidate("k", "leerling", "0")]
    found = draw(few, 0.4, seed=2)
    chance = dict(zip(found.drawn, found.chances, strict=True))
    assert chance["k"] == 1  # the only one of its kind
    # the pupil's case is in already, so the parent of that case comes last of the nine
    assert {chance[one] for one in found.drawn if one not in ("k", "p0")} == {3 / 8}
    words = "Each of them had a chance of {} to be drawn."
    assert sentences.sample_chances(found) == words.format("38 % to 100 %")
    plain = draw(few, 0.4, method="random", seed=2)
    assert sentences.sample_chances(plain) == words.format("40 %")


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
    independence = dict.fromkeys(found.documents, Independence.SEALED)
    independence |= {"casus-00": Independence.UNSEALED, "casus-01": Independence.AGAIN}
    facts = Facts(
        replace(found, label="round 2"),
        available=60,
        sample=replace(draw(candidates(), 0.2, seed=11), redrawn=1),
        kinds=reconcile(differences(study())),
        settled=Settled(7, 2, 1),
        discussed=compare(study(), series=Series.DISCUSSED),
        names={"trust": "Trust"},
        independence=independence,
        roles=("Anna (practitioner)", "Bram (researcher)"),
        earlier=("round 1",),
        codebook="0123456789abcdef",
        version="0.2",
    )
    said = methods_paragraph(facts, "en")
    for part in (
        "The figures rest on 12 of the 60 transcripts (20 %), coded by two coders.",
        "10 of them were read independently: for the first time, in a sealed round",
        "1 of them was coded separately but not sealed",
        "1 of them was recoded after the coders had talked about the interviews, which is not an independent reading.",
        "stratified by informant and spread over cases (seed 11)",
        "Before this sample 1 other was drawn.",
        "The coders were Anna (practitioner) and Bram (researcher).",
        "version 01234567 of the codebook",
        "where a passage begins and ends",
        "(unit: character, N = 120\u202f000)",
        "The edges of fragments were taken as they were coded.",
        "The interviewer's words counted.",
        "text without the code is a value too",
        "leave out one case at a time",
        "Alpha was 0.",
        "Used by one of the two coders only: time.",
        "Not used by either coder: goal.",
        "Used too rarely to judge: role.",
        "only Anna 12",
        "The figures are those of round 2; left out, as earlier rounds: round 1.",
        "Of the differences the coders settled 7, agreed to differ on 2 and left 1 open.",
        "which is not a reliability figure",
        "Computed with qualcode 0.2.",
        "Krippendorff (2019)",
    ):
        assert part in said


def test_nothing_is_claimed_that_the_record_does_not_hold(found: Agreement) -> None:
    said = methods_paragraph(Facts(found, available=12), "en")
    assert "independent" not in said.lower()
    assert "They were coded separately but not sealed" in said


def test_after_discussion_it_says_so_first() -> None:
    said = methods_paragraph(Facts(compare(study(3), series=Series.DISCUSSED), available=3), "en")
    assert "say nothing about reliability" in said
    assert "No intervals are given" in said
    assert "coded separately" not in said


def test_codes_below_the_line_and_without_an_interval_are_named() -> None:
    def both(n: int, shift: int) -> TwoReadings:
        marks = {"weak": [(0, 900)]} | ({"seldom": [(2000, 2900)]} if n < 4 else {})
        other = {"weak": [(shift, 900)]} | ({"seldom": [(2000, 2890)]} if n < 4 else {})
        return reading(marks, other, document=f"d{n}", length=9000)

    found = compare([both(n, 500 + 20 * (n % 3)) for n in range(8)])
    said = methods_paragraph(Facts(found, available=8), "en")
    assert "Alpha below 0.667: weak." in said
    assert "Without an interval: seldom." in said
    assert "leave out one transcript at a time" in said


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


def test_how_much_was_coded_twice_is_told_in_singular_and_plural() -> None:
    one = compare(study(1))
    assert methods_paragraph(Facts(one, available=1), "en").startswith(
        "The one transcript was coded by two coders. It was coded separately but not sealed"
    )
    assert methods_paragraph(Facts(compare(study(4)), available=4), "en").startswith(
        "All 4 transcripts were coded by two coders. They were coded separately but not sealed"
    )
    left = methods_paragraph(Facts(replace(one, left_out=("x", "y")), available=3), "en")
    assert left.startswith("The figures rest on 1 of the 3 transcripts (33 %), coded by two coders.")
    assert "2 transcripts are left out, because not both coders had finished them." in left


def test_words_about_the_interviewer_follow_the_setting() -> None:
    silent = Facts(compare(study(3)), available=3, inputs={"settings": {"interviewer": False}})
    assert "interviewer" not in methods_paragraph(silent, "en")  # there was none to leave out
