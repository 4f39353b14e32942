"""Noun or verb: which words may be both, what they are where they stand, and what that gives for search."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.language.index import word_rows
from qualcode.language.pipeline import pipeline
from qualcode.language.query import parse
from qualcode.language.reading import asked, both
from qualcode.language.search import search
from qualcode.store.project import open_project
from tests.language.gold import Tags, doubtful_words, lemma_scores
from tests.language.real import RealIndex
from tests.verbs import ok


def by_rules(text: str) -> None:
    """No pipeline."""


def by_pipeline(text: str) -> dict[int, str] | None:
    """What our own pipeline says."""
    return pipeline("nl").tags(text)


@pytest.mark.parametrize(
    ("name", "precision", "recall", "also"),
    [
        ("talk_nl", 0.93, 0.95, 0.99),
        ("lemmas_nl", 0.97, 0.98, 0.993),
        ("lemmas_held_out_nl", 1.0, 0.99, 0.994),
    ],
)
def test_search_with_our_pipeline(name: str, precision: float, recall: float, also: float) -> None:
    scores = lemma_scores(name, by_pipeline)
    assert scores.precision >= precision
    assert scores.recall >= recall
    assert scores.recall_also >= also


@pytest.mark.parametrize(("tags", "precision"), [(by_pipeline, 0.93), (by_rules, 0.9)])
def test_talk_as_recognisers_write_it(tags: Tags, precision: float) -> None:
    scores = lemma_scores("talk_nl", tags, bare=True)
    assert scores.precision >= precision
    assert scores.recall >= 0.93


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [("talk_nl", 0.9, 0.95), ("lemmas_nl", 0.97, 0.993), ("lemmas_held_out_nl", 0.95, 0.994)],
)
def test_search_by_rules_alone(name: str, precision: float, recall: float) -> None:
    scores = lemma_scores(name, by_rules)
    assert scores.precision >= precision
    assert scores.recall >= recall


def test_doubtful_words_of_the_demo_interviews(tmp_path: Path) -> None:
    ok("demo", tmp_path, "--no-open")
    with open_project(tmp_path / "demo.qualcode") as project:
        texts = {each.name: each for each in project.transcripts.all()}
    words = doubtful_words({name: each.text for name, each in texts.items()})
    tags = {name: pipeline("nl").tags(each.text, each.turns) or {} for name, each in texts.items()}
    rows = {
        name: {row.start: row.reading for row in word_rows(each.text, each.turns, tags=tags[name])}
        for name, each in texts.items()
    }
    right = sum(
        (rows[word.document][word.start] or tags[word.document].get(word.start)) == word.reading
        for word in words
    )
    assert right / len(words) >= 0.9


@pytest.mark.parametrize(
    ("word", "verbs", "nouns"),
    [
        ("zorgen", {"zorgen"}, {"zorg"}),
        ("zorg", {"zorgen"}, {"zorg"}),
        ("Werk", {"werken"}, {"werk"}),
        ("geloof", {"geloven"}, {"geloof"}),
        ("voorstel", {"voorstellen"}, {"voorstel"}),
        ("begin", {"beginnen"}, {"begin"}),
    ],
)
def test_words_that_may_be_both(word: str, verbs: set[str], nouns: set[str]) -> None:
    assert both(word) == (verbs, nouns)


@pytest.mark.parametrize(
    "word", ["school", "kinderen", "vier", "vroeg", "kijk", "rood", "moment", "", "10", "b"]
)
def test_words_that_are_not(word: str) -> None:
    assert both(word) is None


def test_english_words_are_never_both() -> None:
    assert both("work", "en") is None


@pytest.mark.parametrize(
    ("text", "word", "reading"),
    [
        ("Hij zit daar te werken.", "werken", "v"),
        ("Ik werk vier dagen.", "werk", "v"),
        ("Dan werk ik thuis.", "werk", "v"),
        ("Het plannen kost tijd.", "plannen", "v"),
        ("Zij zorgen voor hem.", "zorgen", "v"),
        ("Dat moet je goed plannen.", "plannen", "v"),
        ("De zorgen zijn groot.", "zorgen", "n"),
        ("Met de grote plannen kwam niemand.", "plannen", "n"),
        ("Ze vertelde over werk.", "werk", "n"),
        ("Waar ik me zorgen over maakte.", "zorgen", "n"),
        ("Dat zou veel kosten.", "kosten", ""),
        ("Hij fluit weer.", "fluit", "v"),
        ("Vraag of het mag.", "Vraag", "v"),
        ("Ja, werken.", "werken", ""),
    ],
)
def test_the_words_around_tell(text: str, word: str, reading: str) -> None:
    assert [row.reading for row in word_rows(text) if row.surface == word] == [reading]


def test_a_typed_word_asks_for_one_and_offers_the_other() -> None:
    assert asked("bel") == ({"bel"}, {"bellen"})
    assert asked("plannen") == ({"plannen"}, {"plan"})
    assert asked("school") == ({"school"}, set())


@pytest.fixture
def talk() -> RealIndex:
    """Two turns with a noun and a verb of one form."""
    index = RealIndex()
    for name, text in (("a", "Ik werk daar en zij werken ook."), ("b", "Het werk is zwaar, school helpt.")):
        index.add(name, text, tags=by_pipeline(text))
    return index


def shown(index: RealIndex, typed: str, *, also: bool = False) -> list[tuple[str, bool]]:
    """The forms found with their readings, and whether they are sure."""
    return [(hit.label, hit.sure) for hit in search(index, parse(typed), also=also)]


def test_the_first_person_is_found_under_its_verb(talk: RealIndex) -> None:
    assert shown(talk, "werken") == [("werk (verb)", True), ("werken (verb)", True)]
    assert shown(talk, "werk") == [("werk (noun)", True)]
    assert shown(talk, "werk", also=True) == [
        ("werk (verb)", False), ("werken (verb)", False), ("werk (noun)", True)
    ]  # fmt: skip


def test_what_is_combined_is_as_sure_as_its_parts(talk: RealIndex) -> None:
    assert shown(talk, "werken en zij") == [("werk (verb)", True), ("zij", True), ("werken (verb)", True)]
    assert shown(talk, "werken en school") == []
    assert shown(talk, "werken en school", also=True) == [("werk (noun)", False), ("school", False)]
    assert shown(talk, "werken ~9 school", also=True) == [("werk … school", False)]
    assert shown(talk, "school niet werken") == [("school", True)]
    assert shown(talk, "school niet werken", also=True) == []
