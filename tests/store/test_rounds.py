"""Rounds: sealed until all have finished, frozen after it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.errors import InputError, NotFoundError, SealedError
from qualcode.i18n import Bilingual
from qualcode.model import Code, Coder, CoderKind, Coding, Turn
from qualcode.store.file.check import problems
from qualcode.store.project import Project, open_project
from qualcode.store.records.seals import Round


@pytest.fixture
def people(project: Project) -> tuple[Coder, Coder]:
    """Anna, who is at work, and bram."""
    return project.coders.get("anna"), project.coders.get("bram")


@pytest.fixture
def running(project: Project, people: tuple[Coder, Coder]) -> Round:
    """A round of both over the one interview, in which each has made a coding."""
    one = project.rounds.start(project.transcripts.all(), people)
    for start, coder in zip((14, 19), people, strict=True):
        code(project, start, coder)
    return one


def code(project: Project, start: int, coder: Coder) -> Coding:
    at_work, project.coder = project.coder, coder
    try:
        return project.codings.add(
            project.transcripts.all()[0], start, 24, project.codebook.get("tijd"), coder
        )
    finally:
        project.coder = at_work


def finish(project: Project, *coders: Coder) -> None:
    for coder in coders:
        project.progress.mark(project.transcripts.all()[0], coder)


def test_each_sees_only_their_own_until_both_have_finished(
    project: Project, running: Round, people: tuple[Coder, Coder]
) -> None:
    anna, bram = people
    assert {c.coder_id for c in project.codings.all()} == {anna.id}
    project.coder = bram
    assert {c.coder_id for c in project.codings.all()} == {bram.id}
    project.coder = anna
    finish(project, anna)
    assert {c.coder_id for c in project.codings.all()} == {anna.id}
    finish(project, bram)
    assert {c.coder_id for c in project.codings.all()} == {anna.id, bram.id}
    (freeze,) = project.rounds.freezes(running)
    assert {c.id for c in freeze.codings} == {c.id for c in project.codings.all()}
    assert freeze.text_hash == project.transcripts.all()[0].text_hash


def test_somebody_without_a_name_and_an_auditor_see_nothing_of_what_is_sealed(
    project: Project, running: Round
) -> None:
    auditor = project.coders.add("vera", CoderKind.AUDITOR)
    project.coder = auditor
    assert project.codings.all() == []
    project.coder = None
    assert project.codings.all() == []


def test_looking_at_another_is_refused_while_sealed(
    project: Project, running: Round, people: tuple[Coder, Coder]
) -> None:
    anna, bram = people
    transcripts = project.transcripts.all()
    project.rounds.refuse_look(anna, [anna], transcripts)
    with pytest.raises(SealedError, match="casus-04-leraar: sealed until all coders of round 1"):
        project.rounds.refuse_look(anna, [anna, bram], transcripts)
    finish(project, *people)
    project.rounds.refuse_look(anna, [anna, bram], transcripts)


@pytest.mark.parametrize("act", ["add", "add_all", "remove", "move", "recode", "take", "reopen", "undo"])
def test_what_is_frozen_stays_as_it_is(
    project: Project, running: Round, people: tuple[Coder, Coder], act: str
) -> None:
    anna, bram = people
    own = project.codings.all(coder=anna)[0]
    finish(project, bram, anna)
    transcript, tijd, meta = project.transcripts.all()[0], *map(project.codebook.get, ("tijd", "meta"))
    acts = {
        "add": lambda: project.codings.add(transcript, 30, 34, tijd),
        "add_all": lambda: project.codings.add_all([(transcript, 30, 34, tijd, anna)]),
        "remove": lambda: project.codings.remove(own),
        "move": lambda: project.codings.move(own, 14, 20),
        "recode": lambda: project.codings.recode(own, meta),
        "take": lambda: project.codings.take([own], {transcript.id: transcript}),
        "reopen": lambda: project.progress.mark(transcript, anna, False),
        "undo": project.undo,
    }
    with pytest.raises(SealedError):
        acts[act]()
    assert project.codings.all(coder=anna) == [own]
    assert problems(project) == []


def test_done_is_done_until_it_is_taken_up_again(
    project: Project, running: Round, people: tuple[Coder, Coder]
) -> None:
    anna, _bram = people
    finish(project, anna)
    with pytest.raises(SealedError, match="Take it up again"):
        code(project, 15, anna)
    project.progress.mark(project.transcripts.all()[0], anna, False)
    code(project, 15, anna)


def test_a_next_round_changes_nothing_of_the_first(
    project: Project, running: Round, people: tuple[Coder, Coder]
) -> None:
    anna, bram = people
    finish(project, *people)
    before = project.rounds.freezes(running)
    project.rounds.close(running)
    project.codebook.add(Code("", "rust", Bilingual("Rust")))
    second = project.rounds.start(project.transcripts.all(), people, "na het gesprek")
    assert second.number == 2
    assert second.codebook != running.codebook
    assert project.progress.done() == set()
    project.codings.remove(project.codings.all(coder=anna)[0])
    code(project, 16, anna)
    assert {c.coder_id for c in project.codings.all()} == {anna.id}
    finish(project, anna, bram)
    assert project.rounds.freezes(running) == before
    assert project.rounds.freezes(second)[0].codings != before[0].codings
    assert problems(project) == []


def test_only_the_owner_opens_a_seal_and_says_why(
    project: Project, running: Round, people: tuple[Coder, Coder]
) -> None:
    anna, bram = people
    transcripts = project.transcripts.all()
    with pytest.raises(InputError, match="reason"):
        project.rounds.open_seal(running, transcripts, " ")
    project.coder = bram
    with pytest.raises(SealedError, match="Only the one who started"):
        project.rounds.open_seal(running, transcripts, "ik wil kijken")
    project.coder = anna
    project.rounds.open_seal(running, transcripts, "bram is ziek")
    assert len(project.codings.all()) == 2
    assert project.rounds.openings(running)[0].reason == "bram is ziek"
    assert project.journal.entries()[-1].note == "bram is ziek"
    with pytest.raises(SealedError, match="cannot be turned back"):
        project.undo()
    with pytest.raises(InputError, match="not sealed"):
        project.rounds.open_seal(running, transcripts, "nog eens")


def test_a_round_closes_when_nothing_is_sealed(
    project: Project, running: Round, people: tuple[Coder, Coder]
) -> None:
    with pytest.raises(SealedError, match="casus-04-leraar still to be marked done"):
        project.rounds.close(running)
    finish(project, *people)
    project.rounds.close(running)
    assert not project.rounds.get("1").running
    with pytest.raises(NotFoundError):
        project.rounds.get("7")


def test_what_cannot_be_a_round(project: Project, people: tuple[Coder, Coder]) -> None:
    transcripts = project.transcripts.all()
    with pytest.raises(InputError, match="interview"):
        project.rounds.start([], people)
    with pytest.raises(InputError, match="two coders"):
        project.rounds.start(transcripts, [people[0], people[0]])
    with pytest.raises(InputError, match="does not code"):
        project.rounds.start(transcripts, [people[0], project.coders.add("vera", CoderKind.AUDITOR)])
    project.rounds.start(transcripts, people, "eerste")
    with pytest.raises(SealedError, match="still running"):
        project.rounds.start(transcripts, people)


def test_a_third_coder_keeps_it_sealed(project: Project, people: tuple[Coder, Coder]) -> None:
    carla = project.coders.add("carla", CoderKind.RESEARCHER)
    project.rounds.start(project.transcripts.all(), [*people, carla])
    finish(project, *people)
    assert project.rounds.sealed()
    finish(project, carla)
    assert not project.rounds.sealed()


def test_a_round_over_finished_interviews_freezes_them_at_once(
    project: Project, people: tuple[Coder, Coder]
) -> None:
    finish(project, *people)
    one = project.rounds.start(project.transcripts.all(), people)
    assert len(project.rounds.freezes(one)) == 1


def test_an_interview_outside_the_round_is_free(
    project: Project, running: Round, people: tuple[Coder, Coder]
) -> None:
    other = project.transcripts.add("los", "Nog een tekst", [Turn(1, 0, 13)])
    for coder in people:
        project.codings.add(other, 0, 3, project.codebook.get("meta"), coder)
    assert len(project.codings.all(transcript=other)) == 2


@pytest.mark.parametrize(
    "by_hand",
    [
        "UPDATE freezes SET codings = '[]'",
        "UPDATE freezes SET at = '2020-01-01T00:00:00.000Z'",
        "DELETE FROM freezes",
        "UPDATE rounds SET state = 'closed'",
        "INSERT INTO openings SELECT 'x', round_id, transcript_id, 'x', 'x', 'x' FROM freezes",
    ],
)
def test_a_seal_broken_by_hand_is_found(
    project: Project, running: Round, people: tuple[Coder, Coder], by_hand: str
) -> None:
    finish(project, *people)
    assert problems(project) == []
    project.db.execute("PRAGMA foreign_keys = OFF")
    project.db.execute(by_hand)
    assert any("changed outside qualcode" in line or "seal" in line for line in problems(project))


def test_a_seal_broken_by_hand_in_the_journal_as_well_is_found(
    project: Project, running: Round, people: tuple[Coder, Coder]
) -> None:
    finish(project, *people)
    project.db.execute("UPDATE freezes SET codings = '[]'")
    found = project.db.execute("SELECT id, changes FROM journal WHERE changes LIKE '%digest%'").fetchall()
    for key, changes in found:
        unpacked = json.loads(changes)
        for change in unpacked:
            if change[0] == "freezes":
                change[3]["codings"] = "[]"
        project.db.execute("UPDATE journal SET changes = ? WHERE id = ?", [json.dumps(unpacked), key])
    assert any("seal of casus-04-leraar" in line for line in problems(project))


def test_a_pin_is_asked_for(
    project: Project, people: tuple[Coder, Coder], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, bram = people
    project.pins.set(bram, "4711")
    assert project.pins.has(bram)
    assert not project.pins.has(anna)
    with pytest.raises(SealedError, match="has a PIN on this laptop"):
        project.switch("bram")
    with pytest.raises(SealedError, match="this is not it"):
        project.switch("bram", "4712")
    assert project.coder == anna
    assert project.switch("bram", "4711") == bram
    with pytest.raises(SealedError):
        open_project(project.path, "bram")
    monkeypatch.setenv("QUALCODE_PIN", "4711")
    with open_project(project.path, "bram") as opened:
        assert opened.coder == bram


def test_a_pin_is_changed_only_by_who_knows_it(project: Project, people: tuple[Coder, Coder]) -> None:
    anna, _bram = people
    with pytest.raises(InputError, match="at least 4"):
        project.pins.set(anna, "12")
    project.pins.set(anna, "oude pin")
    with pytest.raises(SealedError):
        project.pins.set(anna, "nieuwe pin")
    project.pins.set(anna, "nieuwe pin", "oude pin")
    with pytest.raises(SealedError):
        project.pins.clear(anna, "oude pin")
    project.pins.clear(anna, "nieuwe pin")
    project.switch("anna")


def test_a_pin_stays_on_this_laptop(project: Project, people: tuple[Coder, Coder], tmp_path: Path) -> None:
    project.pins.set(people[0], "geheime pin")
    kept = project.db.execute("SELECT changes FROM journal").fetchall()
    assert "geheime pin" not in str(kept)
    assert b"geheime pin" not in project.path.read_bytes()


def test_an_auditor_does_not_code(project: Project) -> None:
    vera = project.coders.add("vera", CoderKind.AUDITOR)
    with pytest.raises(InputError, match="reads along"):
        code(project, 14, vera)


@pytest.mark.parametrize("action", ["transcript.add", "code.add"])
def test_undo_takes_nothing_out_of_a_running_round(
    project: Project, people: tuple[Coder, Coder], action: str
) -> None:
    """Neither the interview, nor a code: the answer would tell who used it."""
    project.rounds.start(project.transcripts.all(), people)
    code(project, 19, people[1])
    entry = next(entry for entry in project.journal.entries() if entry.action == action)
    with pytest.raises(SealedError, match="still running"):
        project.rounds.refuse_turning_back(entry)
    for _n in range(20):
        try:
            project.undo(past=True)
        except NotFoundError:
            break
    assert project.transcripts.all() or not project.rounds.all()


def test_a_code_added_by_mistake_in_a_round_is_undone(project: Project, people: tuple[Coder, Coder]) -> None:
    project.rounds.start(project.transcripts.all(), people)
    project.codebook.add(Code("", "vergissing", Bilingual("Vergissing")))
    project.undo()
    assert "vergissing" not in [each.slug for each in project.codebook.all()]
