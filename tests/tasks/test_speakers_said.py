"""Saying who speaks with the verbs: a refusal with the table, a file with the answers, and what is remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.verbs import ok, refused, said, study_with

CLEAR = "I: Hoe ging het?\nR: Goed hoor.\n"
DOUBTFUL = (
    "I: Hoe?\n\nR: Nou goed.\n\nEn verder ook.\n\nNa de pauze.\n\nKarin: Dag allemaal.\n\nI: En?\n\nR: Klaar."
)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return study_with(tmp_path, {"eerste": CLEAR})


def taken(study: Path, name: str) -> list[tuple[str, str, bool]]:
    shown = ok("transcripts", "show", study, name)
    return [
        (turn["speaker"], shown["text"][turn["start"] : turn["end"]], turn["interviewer"])
        for turn in shown["turns"]
    ]


def write(folder: Path, name: str, words: str) -> Path:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def test_the_refusal_is_the_table_that_says_it(study: Path, tmp_path: Path) -> None:
    file = write(tmp_path, "tweede.txt", DOUBTFUL)
    message = refused("import", study, file)
    assert "“Karin” stands at the start of a line" in message
    assert len(ok("transcripts", "list", study)["transcripts"]) == 1
    table = message.partition("As it stands:")[2].strip()
    answers = write(tmp_path, "wie.txt", table.replace("Karin; ?;", "Karin; intern begeleider;"))
    ok("import", study, file, "--speakers", answers)
    people = [who for who, _words, _asks in taken(study, "tweede")]
    assert people == ["Interviewer", "R", "Intern begeleider", "Interviewer", "R"]
    assert taken(study, "tweede")[1][1] == "Nou goed.\nEn verder ook.\nNa de pauze."


def test_what_is_no_speaker_stays_in_the_words(study: Path, tmp_path: Path) -> None:
    answers = write(tmp_path, "wie.txt", "Karin; tekst\n")
    ok("import", study, write(tmp_path, "tweede.txt", DOUBTFUL), "--speakers", answers)
    assert taken(study, "tweede")[1][1].endswith("Na de pauze.\nKarin: Dag allemaal.")
    assert refused("import", study, write(tmp_path, "derde.txt", DOUBTFUL.replace("Klaar", "Ja")))


def test_one_person_under_three_labels_and_two_of_one_role(study: Path, tmp_path: Path) -> None:
    words = "Jansen, Anna: Hoe?\nLeraar A: Zo.\na.jansen@hu.example: Ja?\nLeraar C: Nee.\niPhone van Anna: Dank.\n"
    answers = write(
        tmp_path,
        "wie.csv",
        "Jansen, Anna; interviewer; Onderzoeker\na.jansen@hu.example; interviewer; Onderzoeker\n"
        "iPhone van Anna; interviewer; Onderzoeker\nLeraar A; leraar\nLeraar C; leraar\n",
    )
    ok("import", study, write(tmp_path, "tweede.txt", words), "--speakers", answers)
    found = taken(study, "tweede")
    assert [who for who, _words, _asks in found] == [
        "Onderzoeker",
        "Leraar A",
        "Onderzoeker",
        "Leraar C",
        "Onderzoeker",
    ]
    assert [asks for _who, _words, asks in found] == [True, False, True, False, True]


def test_it_is_remembered_without_the_name_and_told(study: Path, tmp_path: Path) -> None:
    answers = write(tmp_path, "wie.txt", "Karin; moeder\nSpeaker 1; interviewer\n")
    ok("import", study, write(tmp_path, "tweede.txt", DOUBTFUL), "--speakers", answers)
    told = said("import", study, write(tmp_path, "derde.txt", DOUBTFUL.replace("Klaar", "Ja")))
    assert "“Karin” = moeder" in told
    assert "Moeder" in [who for who, _words, _asks in taken(study, "derde")]
    kept = ok("speakers", study)["rules"]
    assert [rule["role"] for rule in kept] == ["moeder"]  # "Speaker 1" is somebody else in each file
    assert b"Karin" not in b"".join(path.read_bytes() for path in tmp_path.glob("*.qualcode"))


def test_an_overlong_turn_is_asked_about(study: Path, tmp_path: Path) -> None:
    words = "I: Hoe?\nR: " + "Daar was ik bij en dat ging zo. " * 60 + "\nI: Ja?\nR: Nee.\nI: En?\nR: Goed.\n"
    file = write(tmp_path, "tweede.txt", words)
    assert "Turn 2, of “R”, has 480 words" in refused("import", study, file)
    ok("import", study, file, "--speakers", write(tmp_path, "wie.txt", "R; leraar\n"))


def test_only_an_interviewer_is_asked_about(study: Path, tmp_path: Path) -> None:
    file = write(tmp_path, "tweede.txt", "Interviewer: Hoe?\nOnderzoeker: Goed.\nInterviewer: Fijn.\n")
    assert "nobody answers" in refused("import", study, file)
    ok("import", study, file, "--speakers", write(tmp_path, "wie.txt", "Onderzoeker; leraar; Juf\n"))
    assert [asks for _who, _words, asks in taken(study, "tweede")] == [True, False, True]
    other = write(tmp_path, "derde.txt", "Interviewer: Hoe?\nOnderzoeker: Beter.\nInterviewer: Fijn.\n")
    ok("import", study, other, "--interviewer", "Interviewer")
    assert [asks for _who, _words, asks in taken(study, "derde")] == [True, False, True]


def test_answers_that_cannot_be_used_are_named(study: Path, tmp_path: Path) -> None:
    file = write(tmp_path, "tweede.txt", CLEAR)
    message = refused(
        "import", study, file, "--speakers", write(tmp_path, "wie.txt", "I; astronaut\nR; leraar\n")
    )
    assert "line 1: “astronaut” is no role" in message
    assert "cannot be read" in refused("import", study, file, "--speakers", tmp_path / "weg.txt")


def test_the_same_label_in_two_cases_stays_two_people(study: Path, tmp_path: Path) -> None:
    first = write(tmp_path, "casus-01-ouder.txt", "I: Hoe?\nAnna: Zo.\nI: Ja?\nAnna: Ja.")
    second = write(tmp_path, "casus-02-leraar.txt", "I: Hoe?\nAnna: Anders.\nI: Ja?\nAnna: Ja.")
    ok("import", study, first, second)
    listed = {one["name"]: one["informant"] for one in ok("transcripts", "list", study)["transcripts"]}
    assert listed["casus-01-ouder"] == "ouder"
    assert listed["casus-02-leraar"] == "leraar"


def test_what_is_said_anew_goes_before_what_was_remembered(study: Path, tmp_path: Path) -> None:
    for n, role in enumerate(["moeder", "intern begeleider"]):
        file = write(tmp_path, f"nr-{n}.txt", DOUBTFUL.replace("Klaar", f"Klaar {n}"))
        ok("import", study, file, "--speakers", write(tmp_path, "wie.txt", f"Karin; {role}\n"))
    ok("import", study, write(tmp_path, "derde.txt", DOUBTFUL.replace("Klaar", "Ja")))
    assert "Intern begeleider" in [who for who, _words, _asks in taken(study, "derde")]
    assert len(ok("speakers", study)["rules"]) == 1
