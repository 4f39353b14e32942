"""Questionnaires and logbooks come in with their parts."""

from __future__ import annotations

import pytest

from qualcode.errors import InputError
from qualcode.sources import compose

from .making import docx, draft, p, pdf, said, table


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
        ("les 2", "Vraag", "Logboek"),
        ("les 2", "Vraag", "Les: 2\nDatum: 14 januari\nNaam: duo 1"),
        ("les 2", "", "We begonnen rustig."),
        ("les 2", "", "Daarna niet."),
        ("les 3", "Vraag", "Les 3"),
        ("les 3", "", "Beter."),
    ]


AS_FILLED_IN = """Onderzoeksvragenlijst Les 5     Sept-Okt. 2021

1.) De volgende drie handelingen waren voor hulpverlener/ leerkracht van belang om spanning bij
kinderen met (vermoedens van) een moeilijke start te zien en/of te verlagen:
A) Een kind dat het zwaar had tijdens het spel eigen aandacht geven (naast hem gehurkt, gezegd dat hij
rustig vertelt waar hij last van heeft)
B) Vragen of iemand achterin wil zitten
C) Goed kijken welke tweetallen er komen

2.) We zagen meer vertrouwen bij de kinderen (met (vermoedens van)
een moeilijke start) in zichzelf en de ander in volgend gedrag van kinderen:
- Kinderen overleggen samen
- Kinderen luisteren
-

3.) Geef een voorbeeld uit deze les waarin het een kind lukte om aan eigen netwerk/
leerkracht/hulpverlener/klasgenoten te vertellen wat lastig of spannend was.
Kind K. vertelt dat hij het spel niet leuk vond. Hij vertelt dat andere antwoorden juist zijn (dit heeft
hij ergens geleerd).

4.) Geef aan hoe jullie deze les hebben opgebouwd en wat ieders aandeel was in
voorbereiding en uitvoering.
Hulpverleners leggen uit.

5) Welke dingen hebben met name jullie samenwerking versterkt bij deze les.
We vullen elkaar aan."""
ANSWERS = {
    "1a": "A) Een kind dat het zwaar had tijdens het spel eigen aandacht geven (naast hem gehurkt, gezegd dat hij "
    "rustig vertelt waar hij last van heeft)",
    "1b": "B) Vragen of iemand achterin wil zitten",
    "1c": "C) Goed kijken welke tweetallen er komen",
    "2": "- Kinderen overleggen samen - Kinderen luisteren -",
    "3": "Kind K. vertelt dat hij het spel niet leuk vond. Hij vertelt dat andere antwoorden juist zijn (dit heeft "
    "hij ergens geleerd).",
    "4": "Hulpverleners leggen uit.",
    "5": "We vullen elkaar aan.",
}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (AS_FILLED_IN, "les-5.txt"),
        (AS_FILLED_IN.replace("\n", "\n\n"), "les-5.txt"),
        (docx("".join(map(p, AS_FILLED_IN.split("\n")))), "les-5.docx"),
        (pdf(AS_FILLED_IN.split("\n")), "les-5.pdf"),
    ],
    ids=["lines", "every line a paragraph", "Word", "PDF"],
)
def test_a_form_as_pairs_fill_it_in(content: str | bytes, name: str) -> None:
    found = parts(content, name)
    answers: dict[str, str] = {}
    for part, speaker, words in found[1:]:
        if not speaker:
            answers[part] = " ".join(f"{answers.get(part, '')} {words}".split())
    assert answers == ANSWERS
    questions = [" ".join(words.split()) for _part, speaker, words in found if speaker]
    assert [words[:2].strip(".") for words in questions] == ["1", "2", "3", "4", "5)"]
    assert questions[1].endswith("in volgend gedrag van kinderen:")


def test_a_table_with_loose_numbers_above_its_questions() -> None:
    rows = (("Les", "5"), ("1. Drie handelingen", "Naast hem zitten"), ("2. Vertrouwen", "Overleg"))
    content = docx(p("Vragenlijst per les") + table(*rows))
    assert [(part, words) for part, speaker, words in parts(content, "x.docx") if part and not speaker] == [
        ("1", "Naast hem zitten"),
        ("2", "Overleg"),
    ]


def test_headings_of_markdown() -> None:
    text = "# Vragenlijst les 2\n\n## 1. Wat hielp?\n\n- dit\n- dat\n\n## 2. En toen?\n\nNiets."
    assert [(part, words) for part, speaker, words in parts(text, "les.md") if part and not speaker] == [
        ("1", "- dit\n- dat"),
        ("2", "Niets."),
    ]


def test_a_logbook_as_it_is_kept() -> None:
    text = "Logboek Les 3:\n\nDatum: 01-11-21      Naam:\nZe is er al.\nWe starten met: waar kom jij."
    assert [(speaker, words) for part, speaker, words in parts(text, "logboek.txt") if part == "les 3"] == [
        ("Vraag", "Logboek Les 3:"),
        ("Vraag", "Datum: 01-11-21      Naam:"),
        ("", "Ze is er al.\nWe starten met: waar kom jij."),
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
