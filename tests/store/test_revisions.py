"""Corrections of a coded interview: every coding stays on its words, nothing is dropped in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.errors import ConflictError, InputError
from qualcode.model import Coding
from qualcode.store.file.check import problems
from qualcode.store.project import Project
from qualcode.tasks.transcripts.revising import (
    corrected_everywhere,
    corrected_from_file,
    corrected_words,
    with_speakers,
)
from qualcode.text.spans import Span


def code(project: Project, words: str) -> Coding:
    transcript = project.transcripts.all()[0]
    start = transcript.text.index(words)
    return project.codings.add(transcript, start, start + len(words), project.codebook.get("tijd"))


def coded(project: Project) -> list[str]:
    transcript = project.transcripts.all()[0]
    return [c.span.of(transcript.text) for c in project.codings.all()]


def test_a_corrected_word_keeps_codings_before_on_and_after_it(project: Project) -> None:
    for words in ("Goed hoor.", "belden elke week", "Daarna niet meer."):
        code(project, words)
    transcript = project.transcripts.all()[0]
    start = transcript.text.index("belden")
    revision, turns = corrected_words(project, transcript, Span(start, start + 6), "spraken elkaar")
    project.revisions.make(revision, turns)
    assert coded(project) == ["Goed hoor.", "spraken elkaar elke week", "Daarna niet meer."]
    now = project.transcripts.all()[0]
    assert [t.span.of(now.text) for t in now.turns] == now.text.split("\n")
    assert problems(project) == []
    project.undo()
    assert project.transcripts.all()[0] == transcript
    assert coded(project) == ["Goed hoor.", "belden elke week", "Daarna niet meer."]
    project.redo()
    assert problems(project) == []


def test_a_corrected_file_brings_its_turns(project: Project, tmp_path: Path) -> None:
    code(project, "[lacht] We belden")
    code(project, "Daarna niet meer.")
    path = tmp_path / "beter.txt"
    path.write_text(
        "I: Hoe ging het?\nR: Goed hoor. [lacht]\nI: Ja?\nR: We belden elke week, juf en ik.\n"
        "I: En daarna?\nR: Daarna haast niet meer.\n",
        encoding="utf-8",
    )
    revision, turns = corrected_from_file(project, project.transcripts.all()[0], path)
    assert not revision.lost
    made = project.revisions.make(revision, turns)
    assert [(t.speaker, t.interviewer) for t in made.turns] == [("I", True), ("R", False)] * 3
    assert coded(project) == ["[lacht]\nJa?\nWe belden", "Daarna haast niet meer."]
    assert problems(project) == []


def test_what_lies_in_deleted_words_is_shown_and_asked(project: Project) -> None:
    lost = code(project, "[lacht] ")
    project.memos.add("coding", lost.id, "waarom?")
    kept = code(project, "hoor. [lacht] We")
    transcript = project.transcripts.all()[0]
    revision, turns = corrected_everywhere(project, transcript, "[lacht] ", "")
    assert revision.lost == (lost,)
    with pytest.raises(ConflictError, match="1 codings lie wholly"):
        project.revisions.make(revision, turns)
    assert project.transcripts.all()[0] == transcript
    project.revisions.make(revision, turns, drop=True)
    assert coded(project) == ["hoor. We"]
    assert project.memos.all() == []
    project.undo()
    assert {c.id for c in project.codings.all()} == {lost.id, kept.id}
    assert problems(project) == []


def test_a_name_taken_out_and_forgotten_is_in_no_byte_of_the_file(project: Project, tmp_path: Path) -> None:
    text = "Ja, Zephyrine was er ook bij."
    transcript = project.transcripts.add("geheim", text, [], case="04")
    project.codings.add(transcript, 4, 13, project.codebook.get("meta"))
    revision, turns = corrected_everywhere(project, transcript, "Zephyrine", "[leerling-4]")
    project.revisions.make(revision, turns)
    assert b"Zephyrine" in project.path.read_bytes()
    project.revisions.forget_old_texts()
    assert b"Zephyrine" not in project.path.read_bytes()
    assert project.codings.all()[0].span.of(project.transcripts.get("geheim").text) == "[leerling-4]"
    assert problems(project) == []
    with pytest.raises(ConflictError):
        project.undo()
    assert problems(project) == []


def test_nothing_to_correct_says_so(project: Project) -> None:
    transcript = project.transcripts.all()[0]
    for old, new, words in (
        ("juf", "juf", "nothing changes"),
        ("nergens", "x", "does not stand"),
        ("", "x", "one line"),
    ):
        with pytest.raises(InputError, match=words):
            corrected_everywhere(project, transcript, old, new)
    with pytest.raises(InputError, match="within one turn"):
        corrected_words(project, transcript, Span(0, 30), "x")
    with pytest.raises(InputError, match="would be empty"):
        corrected_everywhere(project, transcript, "Daarna niet meer.", "")


def test_a_correction_of_a_text_changed_meanwhile_is_refused(project: Project) -> None:
    transcript = project.transcripts.all()[0]
    first = corrected_everywhere(project, transcript, "juf", "de juf")
    second = corrected_everywhere(project, transcript, "ik", "wij")
    project.revisions.make(*first)
    with pytest.raises(ConflictError, match="changed meanwhile"):
        project.revisions.make(*second)


def test_speakers_get_another_label(project: Project) -> None:
    transcript = project.transcripts.all()[0]
    made = with_speakers(project, transcript, {"I": ("R", False), "R": ("Interviewer", True)})
    assert [(t.speaker, t.interviewer) for t in made.turns][:2] == [("R", False), ("Interviewer", True)]
    assert made.text == transcript.text
    project.undo()
    assert project.transcripts.all()[0] == transcript


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_correction_leaves_a_sound_project(project: Project, data: st.DataObject) -> None:
    me = project.require_coder().id
    begin = project.journal.to_undo(me)
    transcript = project.transcripts.all()[0]
    turn = data.draw(st.sampled_from(transcript.turns))
    start = data.draw(st.integers(turn.start, turn.end - 1))
    span = Span(start, data.draw(st.integers(start, turn.end)))
    words = data.draw(st.text(alphabet="abc é", max_size=8))
    for a in range(0, len(transcript.text) - 9, 7):
        project.codings.add(transcript, a, a + 9, project.codebook.get("meta"))
    try:
        revision, turns = corrected_words(project, transcript, span, words)
        made = project.revisions.make(revision, turns, drop=True)
    except InputError:
        assert project.transcripts.all()[0] == transcript
    else:
        assert made.text == transcript.text[: span.start] + words + transcript.text[span.end :]
        assert len(made.turns) == len(transcript.turns)
    assert problems(project) == []
    while project.journal.to_undo(me) != begin:
        project.undo()
    assert project.transcripts.all()[0] == transcript
