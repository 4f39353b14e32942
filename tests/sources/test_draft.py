"""What `compose` promises: the text is the turns' words, and positions point at them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.sources import Draft, DraftTurn, compose
from qualcode.sources.draft import words_of
from qualcode.text.normal import normal

WORDS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("e\u0301\r\n\u2028\ufeff\xad👩‍🏫 \t")
)
TURNS = st.lists(st.builds(DraftTurn, st.sampled_from(["", "R", "Moeder", "[leraar-1]"]), WORDS), max_size=8)


@given(TURNS)
def test_turns_divide_the_text_exactly(turns: list[DraftTurn]) -> None:
    kept = [words_of(turn.text) for turn in turns if words_of(turn.text)]
    if not kept:
        with pytest.raises(InputError):
            compose(Draft(tuple(turns)))
        return
    text, stored = compose(Draft(tuple(turns)))
    assert [text[turn.start : turn.end] for turn in stored] == kept
    assert "\n".join(kept) == text
    assert [turn.n for turn in stored] == list(range(1, len(stored) + 1))
    assert normal(text) == text
    assert unicodedata.is_normalized("NFC", text)


def test_offsets_count_code_points_after_normalisation() -> None:
    text, turns = compose(
        Draft((DraftTurn("I", "Hoe\r\ngaat 👩‍🏫 het?"), DraftTurn("R", "Cafe\u0301\n\n  goed ")))
    )
    assert text == "Hoe\ngaat 👩‍🏫 het?\nCafé\ngoed"
    assert [(turn.start, turn.end, turn.interviewer) for turn in turns] == [(0, 17, True), (18, 27, False)]


def test_labels_and_times_stand_beside_the_text() -> None:
    text, (turn,) = compose(Draft((DraftTurn("Moeder", "Ja.", 1000, 2000, "1a"),)))
    assert text == "Ja."
    assert (turn.speaker, turn.time_start, turn.time_end, turn.part) == ("Moeder", 1000, 2000, "1a")


@pytest.mark.parametrize(
    "label", ["I", "i", "Int", "Interviewer", "[interviewer-1]", "Onderzoeker", "Vraag", "Vraag 2", "I2"]
)
def test_interviewers_are_guessed(label: str) -> None:
    _text, turns = compose(Draft((DraftTurn(label, "Hoe?"), DraftTurn("R", "Zo."))))
    assert [turn.interviewer for turn in turns] == [True, False]


@pytest.mark.parametrize(("asks", "answers"), [("V", "A"), ("O", "R")])
def test_a_lone_letter_asks_beside_the_one_that_answers(asks: str, answers: str) -> None:
    _text, turns = compose(Draft((DraftTurn(asks, "Hoe?"), DraftTurn(answers, "Zo."))))
    assert [turn.interviewer for turn in turns] == [True, False]
    _text, turns = compose(Draft((DraftTurn(asks, "Hoe?"), DraftTurn("Moeder", "Zo."))))
    assert not any(turn.interviewer for turn in turns)


def test_interviewers_can_be_named() -> None:
    draft = Draft((DraftTurn("Speaker 1", "Hoe?"), DraftTurn("I", "Zo.")))
    _text, turns = compose(draft, interviewers=["speaker 1"])
    assert [turn.interviewer for turn in turns] == [True, False]


def test_only_an_interviewer_is_refused() -> None:
    draft = Draft((DraftTurn("I", "Hoe?"), DraftTurn("I", "Ja?")))
    with pytest.raises(InputError, match=r"\(I\)"):
        compose(draft)
    assert len(compose(draft, interviewers=[])[1]) == 2
