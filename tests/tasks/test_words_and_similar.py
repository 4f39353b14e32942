"""Words per group and similar passages, over a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import InputError, NotFoundError
from qualcode.model import Role, Turn
from qualcode.reports.charts import words_chart
from qualcode.store.project import Project
from qualcode.tasks.searching.indexing import sentences_of
from qualcode.tasks.searching.words import (
    Similar,
    accept,
    frequent_words,
    keep_stop_list,
    refuse,
    speaking,
    stop_list,
    unrefuse,
    words_near,
    words_per_group,
)
from tests.tasks.test_searching import add

PARENT = "Mijn huis was vol, mijn huis was leeg. De school belde naar huis. [lacht] [lacht] [lacht]"
TEACHER = "Het schoolbord hing in de klas. In de klas stond een stoel. De school was vol."


@pytest.fixture
def study(project: Project) -> Project:
    """A parent about the house, a teacher about the class."""
    add(project, "ouder", [("I", "Welk kasteel?"), ("M", PARENT)], "05", Role.PARENT)
    add(project, "leraar", [("R", TEACHER)], "06", Role.TEACHER)
    return project


def test_words_of_informants_cases_and_codes(study: Project) -> None:
    by_role = {group.name: group for group in words_per_group(study, "role")}
    assert [row.word for row in by_role["ouder"].words] == ["huis"]
    assert by_role["ouder"].words[0][:3] == ("huis", 3, 0)
    assert by_role["ouder"].documents == 1
    assert "klas" in [row.word for row in by_role["leraar"].words]
    assert [group.name for group in words_per_group(study, "case", only="06")] == ["06"]
    assert [group.name for group in words_per_group(study, "role", rarely_elsewhere=True)] == [
        "leraar",
        "ouder",
    ]
    with pytest.raises(NotFoundError, match="ouder"):
        words_per_group(study, "role", only="tante")
    with pytest.raises(InputError):
        words_per_group(study, "code")


def test_notes_and_the_interviewer_do_not_count(study: Project) -> None:
    found = {row.word: row.times for row in frequent_words(study)}
    assert "lachen" not in found
    assert "kasteel" not in found
    assert found["huis"] == 3
    assert "kasteel" in {row.word for row in frequent_words(study, interviewer=True)}


def test_words_of_codes_go_by_what_one_may_see(study: Project) -> None:
    parent, teacher = study.transcripts.get("ouder"), study.transcripts.get("leraar")
    anna, bram = study.coders.get("anna"), study.coders.get("bram")
    time, meta = study.codebook.get("tijd"), study.codebook.get("meta")
    for start in (0, 14):  # two codings of one code over the same words count once
        study.codings.add(parent, start, len(parent.text), time, anna)
    study.codings.add(teacher, 0, len(teacher.text), meta, bram)
    groups = {group.name: group for group in words_per_group(study, "code")}
    assert groups["tijd"].words[0][:2] == ("huis", 3)
    assert groups["meta"].words[0].word == "klas"
    study.rounds.start([teacher], [anna, bram])
    with pytest.raises(InputError):
        words_per_group(study, "code")


def test_stop_words_of_ones_own(study: Project) -> None:
    assert stop_list(study) is None
    assert keep_stop_list(study, "nl", "huis # te vaak\nmijn\n") == 2
    words = {row.word for row in frequent_words(study)}
    assert "huis" not in words
    assert "de" in words
    with pytest.raises(InputError, match="line 1"):
        keep_stop_list(study, "nl", "twee woorden\n")
    assert keep_stop_list(study, "nl", "") == 0
    assert stop_list(study) is None


def test_words_near_a_word_and_who_speaks(study: Project) -> None:
    near = words_near(study, "klas", reach=4)
    assert all(row.together >= 2 for row in near)
    with pytest.raises(InputError):
        words_near(study, "twee woorden")
    shares = {transcript.name: shares for transcript, shares in speaking(study)}
    assert [share.speaker for share in shares["ouder"]] == ["M", "I"]


def test_a_picture_is_a_png_also_without_words_and_with_signs() -> None:
    for groups in ({}, {"a": []}, {"$x_1$": [("$k^2$", 2.0), ("[b]", 1.0)], "b": [("c", 1.0)]}):
        assert words_chart(groups, "per 1,000").startswith(b"\x89PNG")


# similar passages


@pytest.fixture
def alike(project: Project) -> Project:
    """Passages about agreements, about a bicycle, and one coded example."""
    said = [
        "Wij spraken af dat zij elke dinsdag de klas bezoekt en na afloop belt.",
        "De fiets stond in de regen te roesten naast het hek van de buren.",
        "Op dinsdag bezoekt zij de klas en zij belt moeder na afloop thuis.",
        "Mijn band was lek en de fiets moest naar de fietsenmaker in het dorp.",
    ]
    first = add(project, "een", [("M", said[0]), ("M", said[1])], "05", Role.PARENT)
    add(project, "twee", [("M", said[2]), ("M", said[3])], "05", Role.TEACHER)
    project.codings.add(first, 0, len(said[0]), project.codebook.get("tijd"))
    return project


def test_passages_with_the_same_words_come_with_these_words(alike: Project) -> None:
    tijd = alike.codebook.get("tijd")
    best, *_others = Similar(alike).to_code(tijd)
    assert best.text.startswith("Op dinsdag bezoekt zij de klas")
    assert {"klas", "dinsdag"} <= set(best.shared)
    assert best.transcript.name == "twee"
    assert len(alike.codings.all()) == 1
    coding = accept(alike, best, tijd)
    assert coding.span == best.span
    assert best.span not in [
        offer.span for offer in Similar(alike).to_code(tijd) if offer.transcript.name == "twee"
    ]


def test_a_refused_passage_is_not_offered_until_it_is_taken_back(alike: Project) -> None:
    tijd = alike.codebook.get("tijd")
    similar = Similar(alike)
    best = similar.to_code(tijd)[0]
    refuse(alike, best, tijd)
    refuse(alike, best, tijd)
    assert best.text not in [offer.text for offer in similar.to_code(tijd)]
    alike.coder = alike.coders.get("bram")  # it is anna who refused it
    assert similar.to_code(tijd)[0].text == best.text
    alike.coder = alike.coders.get("anna")
    unrefuse(alike, best, tijd)
    assert similar.to_code(tijd)[0].text == best.text


def test_like_one_place(alike: Project) -> None:
    place = alike.transcripts.get("een")
    start = place.text.index("De fiets")
    best = Similar(alike).to_place(place, Turn(1, start, len(place.text)).span)[0]
    assert best.text.startswith("Mijn band was lek")


def test_in_a_sealed_round_only_ones_own_examples_count(alike: Project) -> None:
    first = alike.transcripts.get("een")
    anna, bram = alike.coders.get("anna"), alike.coders.get("bram")
    tijd = alike.codebook.get("tijd")
    alike.rounds.start([first], [anna, bram])
    assert Similar(alike).to_code(tijd)
    alike.coder = bram
    with pytest.raises(InputError, match="no fragments yet"):
        Similar(alike).to_code(tijd)


def test_a_project_without_words_offers_nothing(project: Project) -> None:
    transcript = project.transcripts.all()[0]
    project.codings.add(transcript, 0, 13, project.codebook.get("tijd"))
    assert Similar(project, []).to_place(transcript, Turn(1, 0, 5).span) == []


# sentences of a file


@pytest.mark.parametrize(
    "content", ["Eén zin. Nog een zin!\r\n\r\nEn m.n. deze, dus.\r\n", "\ufeffEe\u0301n zin. Nog een."]
)
def test_sentences_of_a_plain_file_stand_in_the_text_of_the_file(tmp_path: Path, content: str) -> None:
    path = tmp_path / "tekst.txt"
    path.write_bytes(content.encode())
    found = sentences_of(path)
    assert not found.has_speakers
    assert "\r" not in found.text
    assert [span.of(found.text) for span in found.spans][:1] == ["Eén zin."]
    assert found.spans[0] == (0, 8)


def test_sentences_of_an_interview_stand_in_the_words_a_project_keeps(
    tmp_path: Path, project: Project
) -> None:
    from qualcode.tasks.transcripts.intake import take_in

    path = tmp_path / "casus-07-ouder.txt"
    path.write_text("I: Hoe ging het? Vertel.\n\nMoeder: Goed. [lacht] Ja, echt wel.\n", encoding="utf-8")
    found = sentences_of(path)
    ((kept, _warnings),) = take_in(project, [path])
    assert found.has_speakers
    assert found.text == kept.text
    assert [span.of(kept.text) for span in found.spans] == [
        "Hoe ging het?",
        "Vertel.",
        "Goed. [lacht]",
        "Ja, echt wel.",
    ]


def test_a_plain_file_that_is_no_interview_still_has_sentences(tmp_path: Path) -> None:
    path = tmp_path / "vragen.txt"
    path.write_text("Vraag: Hoe gaat het? Goed dan.\n", encoding="utf-8")
    found = sentences_of(path)
    assert [span.of(found.text) for span in found.spans] == ["Vraag: Hoe gaat het?", "Goed dan."]
    for content in (b"", b"  \n", b"\x00\x01\xff" * 50):
        path.write_bytes(content)
        with pytest.raises(InputError):
            sentences_of(path)
