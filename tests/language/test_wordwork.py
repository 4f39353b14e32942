"""Frequent and characteristic words, collocations, stop words, and who speaks how much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.language.counting import (
    Passage,
    bag,
    characteristic,
    collocates,
    content_words,
    distinctive,
    frequent,
    log_likelihood,
    who_speaks,
)
from qualcode.language.words import list_text, read_list, stop_words
from qualcode.model import Transcript, Turn

PARENTS = [
    Passage("a", 0, "Ik was boos. De afspraken werden niet nagekomen, en ik bleef boos."),
    Passage("b", 0, "Boze ouders, daar luistert niemand naar. De afspraak was weg."),
]
TEACHERS = [
    Passage("c", 0, "Het groepsplan klopte. Het plan lag er, een goed plan, en de afspraak stond."),
    Passage("d", 0, "Mijn leerlingen, [kind-1] ook, volgden het plan in groep 7."),
]


def test_content_words_are_lemmas_without_stop_words_numbers_and_placeholders() -> None:
    assert list(content_words("De afspraken met [kind-1] om 10.30 uur: IB'ers zaten er 3x niks bij.")) == [
        "afspraak",
        "uur",
        "ib'er",
    ]
    assert "boos" not in content_words("Ik was boos", stop=frozenset({"boos"}))
    assert list(content_words("The children were waiting", "en")) == ["child", "wait"]


def test_frequent_words_with_rate_and_documents() -> None:
    counted = bag(PARENTS)
    first = frequent(counted)[0]
    assert first[:2] == ("boos", 3)
    assert first.documents == 2
    assert first.per_thousand == pytest.approx(3000 / counted.total)
    assert counted.total == 22
    assert len(frequent(counted, most=2)) == 2


def test_log_likelihood_worked_by_hand() -> None:
    """100 in 10,000 against 50 in 10,000: 75 expected in each; 2(100 ln(100/75) + 50 ln(50/75))."""
    assert log_likelihood(100, 50, 10_000, 10_000) == pytest.approx(16.990, abs=5e-4)
    assert log_likelihood(5, 5, 100, 100) == pytest.approx(0)
    assert log_likelihood(0, 0, 0, 0) == 0


def test_characteristic_words_are_those_used_more_than_elsewhere() -> None:
    groups = {"ouder": bag(PARENTS), "leraar": bag(TEACHERS)}
    assert characteristic(groups, "ouder")[0].word == "boos"
    plan = characteristic(groups, "leraar")[0]
    assert (plan.word, plan.times, plan.elsewhere, plan.documents) == ("plan", 3, 0, 2)
    assert plan.score > 0
    assert "afspraak" not in {row.word for row in characteristic(groups, "leraar", at_least=1)}


def test_distinctive_words_by_tf_idf() -> None:
    groups = {"ouder": bag(PARENTS), "leraar": bag(TEACHERS)}
    assert [row.word for row in distinctive(groups, "leraar")] == ["plan"]
    assert "afspraak" not in {row.word for row in distinctive(groups, "ouder", at_least=1)}


def test_groups_without_words() -> None:
    groups = {"leeg": bag([]), "ouder": bag(PARENTS)}
    assert frequent(groups["leeg"]) == characteristic(groups, "leeg") == distinctive(groups, "leeg") == []
    assert characteristic(groups, "ouder")[0].elsewhere_per_thousand == 0


@given(st.integers(0, 50), st.integers(0, 50), st.integers(50, 500), st.integers(50, 500))
def test_log_likelihood_is_never_negative_and_knows_no_sides(a: int, b: int, c: int, d: int) -> None:
    assert log_likelihood(a, b, c, d) >= -1e-9
    assert log_likelihood(a, b, c, d) == pytest.approx(log_likelihood(b, a, d, c))


def test_collocates_stand_near_more_often_than_chance() -> None:
    passages = [
        Passage(
            "a", 0, "Zij maakten een vaste afspraak. Later ging het over school en over thuis en over geld."
        ),
        Passage(
            "b", 0, "Een vaste afspraak helpt. Wij praatten uren over school, over thuis en nog over school."
        ),
        Passage("c", 0, "Zonder vaste afspraken gaat dat mis."),
    ]
    found = collocates(passages, "afspraak", reach=3)
    assert found[0].word == "vast"
    assert (found[0].together, found[0].times) == (3, 3)
    assert found[0].together > found[0].expected
    assert "school" not in {row.word for row in found}
    assert collocates(passages, "zeppelin") == collocates([], "afspraak") == []


def test_stop_words_are_a_list_people_can_edit() -> None:
    assert {"de", "niet", "eigenlijk"} <= stop_words("nl")
    assert {"the", "not"} <= stop_words("en")
    assert "school" not in stop_words("nl")
    assert read_list("De\n\n# uitleg\neh  # aarzeling\n’t\n") == {"de", "eh", "'t"}
    assert read_list(list_text(stop_words("nl"))) == stop_words("nl")
    with pytest.raises(InputError, match=r"line 2: twee woorden"):
        read_list("een\ntwee woorden\n")


def test_who_speaks_how_much() -> None:
    said = [("I", "Hoe ging het?"), ("M", "Het ging goed, heel goed."), ("I", ""), ("M", "Ja.")]
    turns, place = [], 0
    for n, (speaker, words) in enumerate(said, 1):
        times = (1000 * n, 1000 * n + 500) if speaker == "M" else (None, None)
        turns.append(Turn(n, place, place + len(words), speaker, speaker == "I", *times))
        place += len(words) + 1
    transcript = Transcript("a", "a", "\n".join(words for _, words in said), "", tuple(turns))
    mother, interviewer = who_speaks(transcript)
    assert (mother.speaker, mother.turns, mother.words, mother.longest, mother.longest_words) == (
        "M",
        2,
        6,
        2,
        5,
    )
    assert mother.share == pytest.approx(6 / 9)
    assert mother.words_per_turn == 3
    assert mother.milliseconds == 1000
    assert interviewer.interviewer
    assert interviewer.milliseconds is None


def test_nobody_said_a_word() -> None:
    assert who_speaks(Transcript("a", "a", "", "")) == []
    (silent,) = who_speaks(Transcript("a", "a", "", "", (Turn(1, 0, 0, "M"),)))
    assert silent.share is None
