"""Sentences as a listener hears them: the test set, the known traps, and properties of positions."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.language.sentences import sentence_at, sentence_starts, sentences

from .gold import boundary_scores, gold_turns


@pytest.mark.parametrize(("language", "turns", "least"), [("nl", 150, 0.97), ("en", 15, 0.97)])
def test_inner_boundaries_agree_with_a_listener(language: str, turns: int, least: float) -> None:
    gold = gold_turns(language)
    assert len(gold) >= turns
    assert boundary_scores(gold, language).f >= least


@pytest.mark.parametrize(
    "turn",
    [
        "Dat is gewoon zo. | Dan niet.",
        "Ze ging mee met Jan. | Hij zag het anders.",
        "Hij kwam zo. 3 mrt. 2019 voor het eerst.",
        "Hij werd lid. | Daarna ging het beter.",
        "Dat kost max. 3 uur.",
        "Toen? | 's Avonds pas.",
        "Echt! | 't Was te veel.",
        "Het was laat. | 's avonds hoorde ik het.",
        "Mw. de Vries en dhr. J.P. Bakker waren er.",
        "Het werd plan B. | Dat hielp.",
        "Er was een kaart, een plek enz. | Niets hielp.",
        "Een kaart, een plek enz. vond hij prima.",
        "Ik weet het... nee. | Laat maar.",
        "Ik weet het… | Nee.",
        "“Ga zitten!”, riep hij. | Ze ging.",
        "“Ga zitten!” riep hij.",
        "“Het is op.” | Meer zei ze niet.",
        "Dat zei ze. [lacht] | En toen?",
        "Dat was fijn 😊 en rustig.",
        "Dat was fijn. 😊👍 | En rustig.",
        "Hij ging mee. | [leraar-1] ook.",
        "Volgens de ING. | Dat is een bank.",
        "In de Dorpsstr. 14 woont zij.",
        "O. | Nee, drie kwartier.",
        "3. Wat ging er goed?",
        "Dat was in 2019. | Toen kwam jij.",
    ],
)
def test_traps(turn: str) -> None:
    assert [span.of(turn.replace(" | ", " ")) for span in sentences(turn.replace(" | ", " "))] == turn.split(
        " | "
    )


def test_a_line_end_is_a_boundary_unless_the_sentence_runs_on() -> None:
    assert len(sentences("Eerste regel\nTweede regel")) == 2
    assert len(sentences("de regel loopt\ndoor op de volgende")) == 1
    assert len(sentences("een alinea\n\nnog een")) == 2


def test_speech_without_capitals_and_stops_is_one_sentence() -> None:
    assert sentence_starts("ja en toen zei ze van nou ga maar") == [0]


def test_empty_turns() -> None:
    assert sentence_starts("") == sentence_starts(" \n ") == []
    assert sentences(" ") == []
    assert sentence_at("", 0) == (0, 0)


def test_sentence_at_every_position() -> None:
    text = "  Ja. Nee, dat niet.  Wie? "
    assert [sentence_at(text, at).of(text) for at in (0, 2, 4, 5, 6, 20, 22, len(text))] == [
        "Ja.", "Ja.", "Ja.", "Ja.", "Nee, dat niet.", "Nee, dat niet.", "Wie?", "Wie?",
    ]  # fmt: skip
    for outside in (-1, len(text) + 1):
        with pytest.raises(ValueError, match="outside"):
            sentence_at(text, outside)


_SPEECH = st.text(alphabet=st.sampled_from(list("aB. ?!…\"'’()[]-1\nsé😡")), max_size=60)


@settings(max_examples=200, deadline=None)
@given(_SPEECH)
def test_sentences_lie_in_order_and_lose_no_word(text: str) -> None:
    found = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert "".join("".join(span.of(text).split()) for span in found) == "".join(text.split())
    assert all(span.of(text) == span.of(text).strip() != "" for span in found)


def _steps(text: str) -> int:
    """How many of our lines run to split `text`; unlike seconds, the same on every machine."""
    count = 0

    def trace(frame: object, event: str, _arg: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        sentence_starts(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("piece", ["woord zonder einde ", ". ", "! [lacht] ", "a.b. ", "\n \n", "(zo. "])
def test_work_grows_with_the_length_and_not_with_its_square(piece: str) -> None:
    assert _steps(piece * 2000) < 2.2 * _steps(piece * 1000) + 100


@pytest.mark.parametrize("turn", ["woord " * 17_000, "!" * 100_000, " " * 100_000 + "x", "." + ")" * 100_000])
def test_a_turn_of_100_000_characters_without_sentences(turn: str) -> None:
    assert len(sentence_starts(turn)) == 1
