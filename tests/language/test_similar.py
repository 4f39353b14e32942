"""Passages and codes that share words: what is suggested, why, and what never is."""

from __future__ import annotations

import sys

import pytest

from qualcode.errors import QualcodeError
from qualcode.language.similar import CodeVocabulary, Passage, SimilarPassages, explanation, passages_of
from qualcode.model import Transcript, Turn

_WAITING = [
    "We stonden negen maanden op de wachtlijst.",
    "De wachtlijst was lang, wel een half jaar.",
    "Door die wachtlijsten duurde alles maanden.",
    "Eerst wachten, dan weer een wachtlijst van maanden.",
    "Zo'n lange wachttijd, maanden hebben we gewacht.",
    "Het wachten duurde maanden en de wachtlijst groeide.",
    "Na maanden wachten kwam de brief van de wachtlijst.",
]
_LISTENING = [
    "De juf luisterde goed naar mijn verhaal.",
    "Eindelijk iemand die naar ons luisterde.",
    "Zij vroeg door en luisterde echt naar hem.",
    "Luisteren naar ouders, dat kon zij.",
    "Niemand luisterde naar ons verhaal.",
    "Het verhaal van mijn zoon werd gehoord.",
    "Er werd geluisterd, en dat verhaal bleef hangen.",
]


def _passages() -> list[Passage]:
    return [Passage(f"d{number}", 0, text) for number, text in enumerate([*_WAITING, *_LISTENING])]


@pytest.fixture(scope="module")
def similar() -> SimilarPassages:
    return SimilarPassages(_passages())


@pytest.mark.parametrize("examples", [1, 3, 5])
def test_passages_about_the_same_words_come_first(similar: SimilarPassages, examples: int) -> None:
    given = similar.passages[:examples]
    found = similar.like(given, others=similar.passages[7:9], most=2)
    assert found
    assert all(examples <= suggestion.number < 7 for suggestion in found)
    assert {"wachtlijst", "maand", "wachten"} & set(found[0].shared)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_every_suggestion_shows_words_that_both_have(similar: SimilarPassages) -> None:
    for suggestion in similar.like([Passage("elders", 0, "De wachtlijst duurde maanden.")]):
        assert set(suggestion.shared) <= {"wachtlijst", "duren", "maand"}
        assert suggestion.shared


def test_what_overlaps_an_example_or_was_refused_is_not_suggested(similar: SimilarPassages) -> None:
    first = similar.like(similar.passages[:1])[0].number
    again = similar.like(similar.passages[:1], refused=[similar.passages[first]])
    assert first not in {suggestion.number for suggestion in again}
    assert 0 not in {suggestion.number for suggestion in again}


def test_what_was_refused_teaches(similar: SimilarPassages) -> None:
    both = [Passage("x", 0, "De wachtlijst en het verhaal.")]
    refused = [Passage("y", 0, "Zijn verhaal, een mooi verhaal, naar ons verhaal geluisterd.")]

    def listening(found: list[int]) -> int:
        return sum(number >= len(_WAITING) for number in found[:4])

    before = [one.number for one in similar.like(both)]
    after = [one.number for one in similar.like(both, refused=refused)]
    assert listening(after) < listening(before)


def test_lists_with_little_in_them() -> None:
    assert SimilarPassages([]).like([Passage("a", 0, "hulp")]) == []
    assert SimilarPassages([Passage("a", 0, "ja nee de het")]).like([Passage("b", 0, "hulp")]) == []
    one = SimilarPassages([Passage("a", 0, "De wachtlijst duurde lang.")])
    assert one.like([]) == []
    assert one.like([Passage("b", 0, "😀 ja")]) == []
    assert [found.number for found in one.like([Passage("b", 0, "Op een wachtlijst.")])] == [0]


def test_without_scikit_learn_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.feature_extraction.text", None)
    with pytest.raises(QualcodeError, match="scikit-learn"):
        SimilarPassages(_passages())


def test_it_says_that_words_are_not_meaning() -> None:
    assert "same words" in explanation()


def test_a_transcript_is_cut_into_turns_and_long_turns_by_sentences() -> None:
    said = [("I", "Hoe ging het met de hulp?"), ("M", "Nou ja."), ("M", "Dat is een zin van ons. " * 9)]
    turns, place = [], 0
    for n, (speaker, words) in enumerate(said, 1):
        turns.append(Turn(n, place, place + len(words), speaker, speaker == "I"))
        place += len(words) + 1
    transcript = Transcript("t", "t", "\n".join(words for _, words in said), "", tuple(turns))
    found = passages_of(transcript)
    assert [passage.text.count("zin") for passage in found] == [4, 4, 1]
    assert all(passage.span.of(transcript.text) == passage.text for passage in found)
    assert len(passages_of(transcript, interviewer=True)) == 4


@pytest.fixture
def codes() -> CodeVocabulary:
    codes = CodeVocabulary()
    for text in _WAITING:
        codes.add("wachten", text)
    for text in _LISTENING:
        codes.add("luisteren", text)
    return codes


def test_codes_whose_examples_share_words_come_first(codes: CodeVocabulary) -> None:
    first, *rest = codes.suggest("Wij wachtten maanden en maanden.")
    assert first.code_id == "wachten"
    assert set(first.shared) == {"wachten", "maand"}
    assert 0 < first.score <= 1
    assert rest == []
    assert codes.suggest("Eh, nou ja.") == codes.suggest("") == []


def test_a_code_forgets_a_fragment_that_lost_it(codes: CodeVocabulary) -> None:
    codes.add("los", "Een zeppelin vloog over.")
    assert codes.suggest("Die zeppelin")[0].code_id == "los"
    codes.remove("los", "Een zeppelin vloog over.")
    assert codes.suggest("Die zeppelin") == []
