"""Two laptops come to one analysis: corrections made apart, hidden names, and a word on whether both are the same."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import histories, kills
from qualcode.errors import ConflictError
from qualcode.i18n import Bilingual
from qualcode.model import Turn
from qualcode.store.file.check import problems
from qualcode.store.journal.share import pack
from qualcode.store.project import Project, open_project
from qualcode.tasks.project.sharing import in_words, take
from qualcode.tasks.transcripts.hiding import hide
from qualcode.tasks.transcripts.revising import corrected_everywhere
from tests.merge.test_what_others_built import Laptops, laptops, send  # noqa: F401 - a fixture
from tests.verbs import run, said

NAME = "Zephyrine"


def revise(project: Project, old: str, new: str) -> None:
    """Correct words wherever they stand."""
    one = project.transcripts.all()[0]
    project.revisions.make(*corrected_everywhere(project, one, old, new))


def exchange(a: Project, b: Project) -> None:
    """Both send and take in, twice: what follows from the first time travels with the second."""
    for _time in range(2):
        send(a, b)
        send(b, a)


def same_and_sound(a: Project, b: Project, words: str) -> None:
    assert a.transcripts.all() == b.transcripts.all()
    assert words in a.transcripts.all()[0].text
    for project in (a, b):
        assert problems(project) == []
        one = project.transcripts.all()[0]
        assert "\n".join(turn.span.of(one.text) for turn in one.turns) == one.text


def test_a_name_hidden_here_and_written_anew_there_stands_nowhere(laptops: Laptops) -> None:  # noqa: F811
    anna, bram = laptops
    revise(anna, "juf", f"juf {NAME}")
    exchange(anna, bram)
    hide(anna, anna.transcripts.all()[0], NAME)
    revise(bram, "En daarna?", f"En daarna, met {NAME}s broer?")  # bram does not know yet
    bram.memos.add("transcript", bram.transcripts.all()[0].id, f"{NAME.upper()} vragen")
    exchange(anna, bram)
    same_and_sound(anna, bram, "En daarna, met [persoon-1]s broer?")
    assert [memo.text for memo in anna.memos.all()] == ["[persoon-1] vragen"]
    for project in laptops:
        assert NAME.lower().encode() not in project.path.read_bytes().lower()


def test_two_people_hide_one_name_apart(laptops: Laptops) -> None:  # noqa: F811
    anna, bram = laptops
    revise(anna, "juf", f"juf {NAME}")
    anna.memos.add("transcript", anna.transcripts.all()[0].id, f"{NAME} vragen")
    exchange(anna, bram)
    hide(anna, anna.transcripts.all()[0], NAME, pseudonym="[leerling-7]")
    hide(bram, bram.transcripts.all()[0], NAME, pseudonym="[leerling-8]")
    exchange(anna, bram)
    same_and_sound(anna, bram, "juf [leerling-")
    (memo,) = anna.memos.all()
    assert memo.text in ("[leerling-7] vragen", "[leerling-8] vragen")
    for project in laptops:
        assert NAME.encode() not in project.path.read_bytes()


def test_an_interview_taken_in_with_a_hidden_name_loses_it_on_the_way(laptops: Laptops) -> None:  # noqa: F811
    anna, bram = laptops
    anna.memos.add("transcript", anna.transcripts.all()[0].id, f"{NAME}!")
    hide(anna, anna.transcripts.all()[0], NAME)
    text = f"Nee hoor.\n{NAME} zei niets."
    bram.transcripts.add("tweede", text, [Turn(1, 0, 9, "I"), Turn(2, 10, len(text), NAME)])
    exchange(anna, bram)
    for project in laptops:
        one = project.transcripts.get("tweede")
        assert one.text == "Nee hoor.\n[persoon-1] zei niets."
        assert one.turns[1].speaker == "[persoon-1]"
        assert problems(project) == []
        assert NAME.encode() not in project.path.read_bytes()
    assert [memo.text for memo in anna.memos.all()] == ["[persoon-1]!"]


def test_turns_make_up_the_text_after_an_interview_came_back(laptops: Laptops) -> None:  # noqa: F811
    anna, bram = laptops
    one = anna.transcripts.all()[0]
    anna.transcripts.remove(one)
    revise(bram, "Goed hoor.", "Het ging wel, dacht ik.")
    anna.undo()
    exchange(anna, bram)
    same_and_sound(anna, bram, "Het ging wel, dacht ik.")


def test_after_an_exchange_both_are_told_that_they_are_the_same(laptops: Laptops) -> None:  # noqa: F811
    anna, bram = laptops
    revise(anna, "juf", "meester")
    revise(bram, "niet meer", "nooit meer")
    files = [project.path.with_name("to-the-other.qcx") for project in laptops]
    files[0].write_bytes(pack(anna, anna.require_coder()))
    there = in_words(take(bram, files[0]))
    assert any(line.startswith("The copies are not the same yet") for line in there)
    assert any("The other has not got: 2 acts of bram" in line for line in there)
    files[1].write_bytes(pack(bram, bram.require_coder()))
    (told,) = [line for line in in_words(take(anna, files[1])) if "same" in line]
    assert told.startswith("Both copies are the same now: ")


def test_copies_are_compared_by_a_verb(laptops: Laptops) -> None:  # noqa: F811
    anna, _bram = laptops
    paths = [str(project.path) for project in laptops]
    assert said("compare-copies", *paths).startswith("Both copies are the same: ")
    revise(anna, "juf", "meester")
    result = run("compare-copies", *paths)
    assert result.exit_code == 1
    assert "corrections: 1 only in study.qualcode, 0 only in study.qualcode" in result.output


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return histories.busy_project(tmp_path_factory.mktemp("busy"))


@pytest.mark.parametrize("channel", histories.CHANNELS)
@pytest.mark.parametrize("seed", range(3))
def test_any_history_of_all_kinds_of_acts_converges(busy: Path, channel: str, seed: int) -> None:
    verdict = histories.history(busy, channel, seed)
    assert verdict == "converged" or verdict.startswith("refused in words")


@pytest.mark.parametrize("what", kills.ACTS)
def test_a_kill_leaves_the_project_as_it_was_or_as_it_becomes(tmp_path: Path, what: str) -> None:
    made = kills.make(tmp_path)
    chance = random.Random(what)
    with open_project(made, "anna") as project:
        before = kills.stands(project)
    copy = tmp_path / "done" / made.name
    copy.parent.mkdir()
    for path in (made, made.with_name("other.qualcode")):
        shutil.copy(path, copy.parent / path.name)
    with open_project(copy, "anna") as project:
        kills.act(project, what)
        states = (before, kills.stands(project))
    kills.killed(made, what, chance.uniform(0, 0.3))
    assert kills.what_became(made, what, states) in ("before", "after")


def test_check_looks_for_hidden_names_in_texts_entries_and_free_pages(laptops: Laptops) -> None:  # noqa: F811
    anna, _bram = laptops
    revise(anna, "juf", f"juf {NAME}")
    hide(anna, anna.transcripts.all()[0], NAME)
    told = "{} texts, {} entries and {} free pages hold a hidden name."
    assert told.format(0, 0, 0) in said("check", anna.path)
    with anna.unjournaled() as db:  # outside qualcode, or by a version that knows of no hidden names
        db.execute("PRAGMA secure_delete = OFF")
        db.execute("UPDATE journal SET note = ? WHERE rowid = 1", [f"{NAME} " * 2000])
    anna.db.execute("PRAGMA secure_delete = OFF")
    with anna.unjournaled() as db:
        db.execute("UPDATE journal SET note = '' WHERE rowid = 1")
    result = run("check", anna.path)
    assert result.exit_code == 1
    assert told.format(0, 0, 0) not in result.output
    assert "0 texts, 0 entries and" in result.output


def test_hiding_is_not_undone(laptops: Laptops) -> None:  # noqa: F811
    anna, bram = laptops
    for project in laptops:
        project.memos.add("transcript", project.transcripts.all()[0].id, f"{NAME} vragen")
    hide(anna, anna.transcripts.all()[0], NAME)
    with pytest.raises(ConflictError, match="stays so"):
        anna.undo()
    exchange(anna, bram)
    assert {memo.text for memo in bram.memos.all()} == {"[persoon-1] vragen"}


def test_who_writes_a_hidden_name_anew_writes_what_stands_for_it(laptops: Laptops) -> None:  # noqa: F811
    anna, _bram = laptops
    one = anna.transcripts.all()[0]
    anna.memos.add("transcript", one.id, f"{NAME}!")
    hide(anna, one, NAME)
    anna.memos.add("transcript", one.id, f"Weer {NAME}.")
    anna.codebook.change(replace(anna.codebook.get("tijd"), definition=Bilingual(f"Wat {NAME} zei")))
    revise(anna, "juf", f"juf, {NAME}")
    text = f"{NAME}?\nJa, {NAME.lower()}s moeder."
    anna.transcripts.add(
        "nog een", text, [Turn(1, 0, len(NAME) + 1, NAME), Turn(2, len(NAME) + 2, len(text))]
    )
    assert {memo.text for memo in anna.memos.all()} == {"[persoon-1]!", "Weer [persoon-1]."}
    assert anna.codebook.get("tijd").definition.nl == "Wat [persoon-1] zei"
    assert "juf, [persoon-1] en ik" in anna.transcripts.get(one.id).text
    new = anna.transcripts.get("nog een")
    assert new.text == "[persoon-1]?\nJa, [persoon-1]s moeder."
    assert [(turn.speaker, turn.span.of(new.text)) for turn in new.turns] == [
        ("[persoon-1]", "[persoon-1]?"),
        ("", "Ja, [persoon-1]s moeder."),
    ]
    assert problems(anna) == []
    assert NAME.lower().encode() not in anna.path.read_bytes().lower()
