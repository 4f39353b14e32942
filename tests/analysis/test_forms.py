"""Answers to one question of a form, side by side over lessons; the forms that come with the interviews."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from qualcode import resources
from qualcode.analysis.forms import LOGBOOK, FormQuestion, questions
from qualcode.cli.group import qualcode
from qualcode.i18n import Bilingual
from qualcode.model import Code
from qualcode.store.project import Project, create_project
from qualcode.store.records.pseudonyms import NameState
from qualcode.tasks.transcripts.intake import take_in

FORMS = ("logboek-les-02", "vragenlijst-les-03", "vragenlijst-les-05")
ANSWERED = ("1a", "1b", "1c", "2", "3", "4", "5")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    folder = resources.folder("transcripts") / "forms"
    with create_project(tmp_path / "lessen.qualcode") as project:
        project.coder = project.coders.add("anna")
        project.codebook.add(Code("", "hulpbron", Bilingual("Hulpbron", "Resource"), mnemonic="Hb"))
        take_in(project, sorted(folder.iterdir(), reverse=True))
        yield project


def found(project: Project) -> dict[str, FormQuestion]:
    return {each.id: each for each in questions(project.transcripts.all(), project.codings.all())}


def code(project: Project, name: str, words: str) -> None:
    transcript = project.transcripts.get(name)
    start = transcript.text.index(words)
    project.codings.add(transcript, start, start + len(words), project.codebook.get("hulpbron"))


def test_every_question_has_the_answers_of_both_lessons_in_order(study: Project) -> None:
    asked = found(study)
    assert list(asked) == ["1", *ANSWERED, LOGBOOK]
    for part in ANSWERED:
        assert [(each.lesson, each.transcript.name) for each in asked[part].answers] == [
            ("les 3", "vragenlijst-les-03"),
            ("les 5", "vragenlijst-les-05"),
        ]
    assert asked["1b"].words == asked["1"].words
    assert asked["1"].words.startswith("1. Welke drie handelingen")
    assert [each.part for each in asked["1"].answers] == ["1a", "1b", "1c"] * 2
    first, second = asked["2"].answers
    assert first.words.startswith("- twee leerlingen wisselden")
    assert second.words.endswith("hebben we van zes kinderen gehoord")
    assert "Waaraan zagen" not in first.words  # the printed question is no answer


def test_a_logbook_is_one_answer_of_its_lesson(study: Project) -> None:
    (answer,) = found(study)[LOGBOOK].answers
    assert answer.lesson == "les 2"
    assert answer.words.startswith("Ik was een kwartier te vroeg")
    assert answer.words.endswith("aan het toeval overgelaten.")


def test_codings_stand_with_the_answer_they_are_in(study: Project) -> None:
    code(study, "vragenlijst-les-05", "een kleur op de deur")
    asked = found(study)
    assert [len(each.codings) for each in asked["1a"].answers] == [0, 1]
    assert [len(each.codings) for each in asked["1"].answers] == [0, 0, 0, 1, 0, 0]
    assert not any(each.codings for each in asked["1b"].answers)


def test_several_lessons_in_one_file_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "formulier.txt"
    path.write_text(
        "Vragenlijst les 1\n1. Wat hielp?\nDe stoel.\n2. Wat niet?\nHet papier.\n\n"
        "Vragenlijst les 2\n1. Wat hielp?\nEen pauze.\n2. Wat niet?\nHaast.\n"
    )
    with create_project(tmp_path / "p.qualcode") as project:
        take_in(project, [path])
        asked = found(project)
    assert [(each.lesson, each.words) for each in asked["1"].answers] == [
        ("les 1", "De stoel."),
        ("les 2", "Een pauze."),
    ]


def test_interviews_are_no_forms(project: Project) -> None:
    assert questions(project.transcripts.all()) == []


def test_the_forms_hold_no_names(study: Project) -> None:
    assert [one.name for one in study.transcripts.all()] == list(FORMS)
    assert set(study.names.states().values()) == {NameState.CLEAR}


def test_the_verb_lists_compares_and_filters(study: Project) -> None:
    code(study, "vragenlijst-les-03", "[leerling-6a], die")

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(qualcode, ["parts", str(study.path), *words])
        return done.exit_code, done.output

    status, listed = run("--json")
    assert status == 0
    assert [(each["question"], each["answers"]) for each in json.loads(listed)["questions"]][:3] == [
        ("1", 6),
        ("1a", 2),
        ("1b", 2),
    ]
    data = json.loads(run("1a", "--json")[1])
    assert [each["lesson"] for each in data["answers"]] == ["les 3", "les 5"]
    assert data["answers"][0]["codings"][0]["code"] == "hulpbron"
    coded = json.loads(run("1A", "--code", "hulpbron", "--json")[1])
    assert [each["transcript"] for each in coded["answers"]] == ["vragenlijst-les-03"]
    assert "[hulpbron, anna] [leerling-6a], die" in run("1a")[1]
    assert "2. Waaraan zagen jullie" in run()[1]
    status, said = run("9")
    assert status == 1
    assert "there is: 1, 1a" in said


def test_the_verb_says_that_there_are_no_forms(project: Project) -> None:
    done = CliRunner().invoke(qualcode, ["parts", str(project.path)])
    assert done.exit_code == 1
    assert "no forms" in done.output
