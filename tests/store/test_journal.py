"""Undo and redo of every act, from the journal."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.errors import ConflictError, NotFoundError
from qualcode.i18n import Bilingual
from qualcode.model import Code, Role, Turn
from qualcode.store.file.check import problems
from qualcode.store.project import Project

TABLES = [
    *("settings", "coders", "cases", "informants", "transcripts", "turns", "codes", "codings"),
    *("memos", "done", "checklist"),
]


def everything(project: Project) -> dict[str, list[Any]]:
    """All records of a project."""
    return {name: sorted(project.db.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in TABLES}


def act(project: Project, name: str) -> None:
    """One act of each kind."""
    transcript = project.transcripts.all()[0]
    tijd, meta = project.codebook.get("tijd"), project.codebook.get("meta")
    match name:
        case "coding":
            project.codings.add(transcript, 14, 18, tijd)
        case "edges":
            project.codings.move(project.codings.add(transcript, 14, 24, tijd), 14, 20)
        case "recode":
            project.codings.recode(project.codings.add(transcript, 15, 24, tijd), meta)
        case "remove":
            coding = project.codings.add(transcript, 16, 24, tijd)
            project.memos.add("coding", coding.id, "waarom?")
            project.codings.remove(coding)
        case "transcript":
            project.transcripts.add("t2", "Nog een", [Turn(1, 0, 7, "R")], case="05", informant=Role.PARENT)
        case "remove transcript":
            project.transcripts.remove(project.transcripts.add("t3", "Weg ermee", [Turn(1, 0, 9)]))
        case "describe":
            project.transcripts.describe(transcript, name="anders", case="07", informant=Role.CHILD)
        case "code":
            project.codebook.add(Code("", "nieuw", Bilingual("Nieuw")))
        case "memo":
            memo = project.memos.add("code", tijd.id, "let op")
            project.memos.change(memo, "let echt op")
        case "done":
            project.progress.mark(transcript, project.require_coder())
        case "attributes":
            project.cases.set_attributes(project.cases.get("04"), {"group": "6"})
        case "setting":
            project.settings.set("trim", False)
        case "coder":
            project.coders.add("carla")


ACTS = [
    *("coding", "edges", "recode", "remove", "transcript", "describe", "code", "memo", "done"),
    *("attributes", "setting", "coder", "remove transcript"),
]


@pytest.mark.parametrize("name", ACTS)
def test_every_act_can_be_undone_and_redone(project: Project, name: str) -> None:
    before, last = everything(project), project.journal.entries()[-1]
    act(project, name)
    after = everything(project)
    done = len([e for e in project.journal.entries() if e.tick > last.tick])
    assert done > 0
    for _n in range(done):
        project.undo()
    assert everything(project) == before
    for _n in range(done):
        project.redo()
    assert everything(project) == after
    assert problems(project) == []


@given(st.lists(st.sampled_from(["undo", "redo", "code", "new"]), max_size=25))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_undo_and_redo_walk_along_one_line_of_states(project: Project, moves: list[str]) -> None:
    """Like a cursor in a list of states; a new act cuts off what lies ahead."""
    project.memos.add("project", "", "a beginning")
    states, cursor = [everything(project)], 0
    undone_before = project.journal.to_undo(project.require_coder().id)
    for n, move in enumerate(moves):
        if move == "undo" and cursor > 0:
            project.undo()
            cursor -= 1
        elif move == "redo":
            if cursor + 1 < len(states):
                project.redo()
                cursor += 1
            else:
                with pytest.raises(NotFoundError):
                    project.redo()
        elif move in ("code", "new"):
            project.memos.add("project", "", f"memo {n} {move}")
            states[cursor + 1 :] = [everything(project)]
            cursor += 1
        assert everything(project) == states[cursor]
    while cursor > 0:
        project.undo()
        cursor -= 1
    assert everything(project) == states[0]
    assert project.journal.to_undo(project.require_coder().id) == undone_before


def test_an_act_is_one_entry_and_one_undo(project: Project) -> None:
    before = everything(project)
    with project.transaction("several"):
        act(project, "coding")
        act(project, "memo")
    assert project.journal.entries()[-1].action == "several"
    project.undo()
    assert everything(project) == before


def test_an_act_that_fails_leaves_nothing(project: Project) -> None:
    before, entries = everything(project), project.journal.entries()
    with pytest.raises(RuntimeError), project.transaction("several"):
        act(project, "coding")
        raise RuntimeError
    assert everything(project) == before
    assert project.journal.entries() == entries


def test_undo_is_one_s_own(project: Project) -> None:
    transcript, code = project.transcripts.all()[0], project.codebook.get("tijd")
    anna_s = project.codings.add(transcript, 0, 3, code)
    project.coder = project.coders.get("bram")
    bram_s = project.codings.add(transcript, 0, 3, code)
    project.coder = project.coders.get("anna")
    project.undo()
    assert project.codings.all() == [bram_s]
    project.redo()
    assert {c.id for c in project.codings.all()} == {anna_s.id, bram_s.id}
    project.undo(anyone=True)
    assert project.codings.all() == [anna_s]


def test_what_someone_else_built_on_is_not_undone(project: Project) -> None:
    code = project.codebook.add(Code("", "nieuw", Bilingual("Nieuw")))
    project.coder = project.coders.get("bram")
    project.codings.add(project.transcripts.all()[0], 0, 3, code)
    project.coder = project.coders.get("anna")
    before = everything(project)
    with pytest.raises(ConflictError):
        project.undo()
    assert everything(project) == before


def test_what_was_changed_since_is_not_undone(project: Project) -> None:
    coding = project.codings.add(project.transcripts.all()[0], 0, 3, project.codebook.get("tijd"))
    project.coder = project.coders.get("bram")
    project.codings.move(coding, 0, 7)
    project.coder = project.coders.get("anna")
    with pytest.raises(ConflictError, match="changed since"):
        project.undo()
    assert project.codings.get(coding.id).end == 7


def test_a_hand_in_the_database_is_found(project: Project) -> None:
    project.codings.add(project.transcripts.all()[0], 0, 3, project.codebook.get("tijd"))
    project.db.execute("UPDATE codings SET end = 9")
    assert any("not as the journal left it" in line for line in problems(project))
    project.db.execute("UPDATE texts SET text = text || '!'")
    assert any("changed outside" in line for line in problems(project))
