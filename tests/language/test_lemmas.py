"""Lemma sets: the quirks they repair."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.language.words import irregular_forms, irregular_verbs, lemma, lemma_set, query_keys


@pytest.mark.parametrize(
    ("form", "lemmas"),
    [
        ("afspraken", {"afspraak", "afspreken"}),
        ("gesprekken", {"gesprek"}),
        ("uitgelegd", {"uitleggen"}),
        ("las", {"lezen"}),
        ("stonden", {"staan"}),
        ("teruggetrokken", {"terugtrekken"}),
        ("terugtrok", {"terugtrekken"}),
        ("besproken", {"bespreken"}),
        ("verslagen", {"verslag", "verslaan"}),
        ("vroeg", {"vragen", "vroeg"}),
        ("namen", {"nemen", "naam"}),
        ("zorgen", {"zorg", "zorgen"}),
        ("voogdijgesprekken", {"voogdijgesprek"}),
        ("HAP", {"hap"}),
        ("geloof", {"geloof"}),
        ("merkte", {"merken"}),
        ("zonen", {"zoon"}),
        ("afspraakjes", {"afspraak"}),
        ("meisjes", {"meisje"}),
        ("oudergesprekjes", {"oudergesprek"}),
        ("IB'ers", {"ib'er"}),
        ("ib-er", {"ib'er"}),
        ("ib-gesprekken", {"ib-gesprek"}),
        ("[leraar-1]", {"[leraar-1]"}),
        ("’s", {"'s"}),
    ],
)
def test_lemma_sets(form: str, lemmas: set[str]) -> None:
    assert lemmas <= lemma_set(form) <= lemmas | {form.lower().replace("’", "'")}


def test_common_words_are_no_forms_of_rare_irregular_verbs() -> None:
    assert lemma_set("school") == {"school"}
    assert "wijken" not in lemma_set("weken")
    assert "wassen" not in lemma_set("was")


def test_a_question_for_a_lemma_does_not_ask_for_its_namesakes() -> None:
    assert query_keys("vraag") == {"vraag"}
    assert query_keys("vragen") == {"vragen"}
    assert {"afspraak", "afspreken"} <= query_keys("afspraken")


def test_one_lemma_for_counting() -> None:
    assert [lemma(word) for word in ("Gesprekken", "liep", "GGZ", "3.500")] == [
        "gesprek",
        "lopen",
        "ggz",
        "3.500",
    ]


def test_english_words_use_the_english_dictionary() -> None:
    assert "child" in lemma_set("children", "en")
    assert {"meeting"} <= lemma_set("meeting", "en")


def test_in_another_language_a_word_stands_for_itself() -> None:
    assert lemma_set("Kinder", "de") == query_keys("Kinder", "de") == {"kinder"}
    assert lemma("Kinder", "de") == "kinder"


def test_the_table_has_its_hundred_verbs_and_finds_each_by_its_infinitive() -> None:
    assert len(irregular_verbs()) >= 100
    assert all(verb in irregular_forms()[verb].verbs for verb in irregular_verbs())


@given(st.text(max_size=20))
def test_every_word_has_a_lemma_in_lower_case(word: str) -> None:
    keys = lemma_set(word)
    assert bool(keys) == bool(word)
    assert all("_" not in key or "_" in word for key in keys)
