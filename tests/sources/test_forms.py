"""Questionnaires and logbooks come in with their parts."""

from __future__ import annotations

import pytest

from qualcode.errors import InputError
from qualcode.sources import compose

from .making import docx, draft, p, said, table


def parts(text: str | bytes, name: str = "vragenlijst.txt") -> list[tuple[str, str, str]]:
    return [(turn.part, turn.speaker, turn.text) for turn in draft(text, name).turns]


FORM = """Vragenlijst per les
Les: 3
Periode: mei

1. Welke drie handelingen verlaagden de stress?
1a. We zetten de les in plaatjes op het bord.
1b. We gingen naast hem zitten.

2. Waaraan zag je groei in vertrouwen?
- twee kinderen ruilden
- een kind vroeg hulp

3.) Geef een voorbeeld van een leerling die vertelde wat voor hem of haar van
belang was.
Een jongen tekende de auto.
Les: rust is dan nodig.

4) Opbouw van de les
Leraar: begon. Hulpverlener: keek.
5. Wat hielp? Dat we het oneens waren."""


def test_a_questionnaire() -> None:
    assert parts(FORM) == [
        ("", "", "Vragenlijst per les"),
        ("", "", "Les: 3"),
        ("", "", "Periode: mei"),
        ("1", "Vraag", "1. Welke drie handelingen verlaagden de stress?"),
        ("1a", "", "1a. We zetten de les in plaatjes op het bord."),
        ("1b", "", "1b. We gingen naast hem zitten."),
        ("2", "Vraag", "2. Waaraan zag je groei in vertrouwen?"),
        ("2", "", "- twee kinderen ruilden\n- een kind vroeg hulp"),
        (
            "3",
            "Vraag",
            "3.) Geef een voorbeeld van een leerling die vertelde wat voor hem of haar van\nbelang was.",
        ),
        ("3", "", "Een jongen tekende de auto.\nLes: rust is dan nodig."),
        ("4", "Vraag", "4) Opbouw van de les"),
        ("4", "", "Leraar: begon. Hulpverlener: keek."),
        ("5", "Vraag", "5. Wat hielp?"),
        ("5", "", "Dat we het oneens waren."),
    ]


def test_printed_questions_count_as_the_interviewers() -> None:
    _text, turns = compose(draft(FORM))
    assert {turn.part for turn in turns if turn.interviewer} == {"1", "2", "3", "4", "5"}
    assert {turn.part for turn in turns if not turn.interviewer} >= {"1a", "1b", "2", "3", "4", "5"}


def test_letters_under_a_question() -> None:
    text = "Vragenlijst\n1. Drie acties?\na. een hoek\nb) een kaart\nC. rust\n2. En toen?\nNiets."
    assert [part for part, _speaker, _text in parts(text)] == ["", "1", "1a", "1b", "1c", "2", "2"]


def test_a_form_of_several_lessons() -> None:
    text = "Les 1\n1. Wat?\nDit.\n2. Hoe?\nZo.\nLes 2\n1. Wat?\nDat.\n2. Hoe?\nZus."
    assert [part for part, speaker, _text in parts(text) if speaker] == [
        "les 1 · 1",
        "les 1 · 2",
        "les 2 · 1",
        "les 2 · 2",
    ]


def test_questions_with_a_word() -> None:
    assert parts("Vraag 1: Hoe ging het?\nAntwoord: goed\nVraag 2: En toen?\nOok goed") == [
        ("1", "Vraag", "Vraag 1: Hoe ging het?"),
        ("1", "", "Antwoord: goed"),
        ("2", "Vraag", "Vraag 2: En toen?"),
        ("2", "", "Ook goed"),
    ]


def test_a_table_of_questions_and_answers() -> None:
    content = docx(p("Vragenlijst les 2") + table(("1. Wat hielp?", "Rust."), ("2. Wat niet?", "Haast.")))
    assert parts(content, "x.docx")[1:] == [
        ("1", "Vraag", "1. Wat hielp?"),
        ("1", "", "Rust."),
        ("2", "Vraag", "2. Wat niet?"),
        ("2", "", "Haast."),
    ]


def test_a_logbook() -> None:
    text = "Logboek\n\nLes: 2\nDatum: 14 januari\nNaam: duo 1\n\nWe begonnen rustig.\n\nDaarna niet.\n\nLes 3\n\nBeter."
    assert parts(text) == [
        ("les 2", "", "Logboek"),
        ("les 2", "", "Les: 2\nDatum: 14 januari\nNaam: duo 1"),
        ("les 2", "", "We begonnen rustig."),
        ("les 2", "", "Daarna niet."),
        ("les 3", "", "Les 3"),
        ("les 3", "", "Beter."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Boodschappen\n1. melk\n2. brood",
        "I: Vertel?\nR: 1. Eerst dit.\n2. Dan dat? Ja?\nI: Ja?",
        "In les 3 ging het mis.\n\nEcht.",
    ],
)
def test_no_form(text: str) -> None:
    assert not any(part for part, _speaker, _text in parts(text))


def test_an_empty_form_is_refused() -> None:
    with pytest.raises(InputError, match="nobody answers"):
        said("1. Wat hielp?\n2. Wat niet?")
