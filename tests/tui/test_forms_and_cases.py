"""Forms question by question, and the table of respondents, at the screen."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from textual.widgets import Checkbox, Input, OptionList

from qualcode import resources
from qualcode.model import Role
from qualcode.store.project import Project
from qualcode.tasks.transcripts.intake import take_in
from qualcode.tui.app import Workbench
from qualcode.tui.coding.screen import CodeScreen
from qualcode.tui.common.lists import QuietTable
from qualcode.tui.transcripts.cases import CaseForm, CasesScreen
from qualcode.tui.transcripts.parts import AnswerPane, PartsScreen
from qualcode.tui.transcripts.screen import TranscriptsScreen

from .desk import opened, press
from .test_looks import HOSTILE, screen_text

Make = Callable[[Project | None], Workbench]
MATERIAL = resources.folder("transcripts")


async def test_answers_stand_side_by_side_and_lead_to_their_text(workbench: Make, study: Project) -> None:
    take_in(study, sorted((MATERIAL / "forms").iterdir()))
    form = study.transcripts.get("vragenlijst-les-05")
    start = form.text.index("een kleur op de deur")
    study.codings.add(form, start, start + 20, study.codebook.get("tijd"))
    async with opened(workbench(study), "transcripts") as (app, pilot):
        await press(pilot, "f")
        assert isinstance(app.screen, PartsScreen)
        await pilot.press("right_square_bracket")  # from question 1 to 1a
        await pilot.pause()
        panes = list(app.screen.query(AnswerPane))
        assert [pane.answer.lesson for pane in panes] == ["les 3", "les 5"]
        shown = screen_text(app)
        assert "Question 1a" in shown
        assert "Notie van tijd" in shown or "Notion of time" in shown
        await press(pilot, "o")
        assert [pane.answer.lesson for pane in app.screen.query(AnswerPane)] == ["les 5"]
        await press(pilot, "enter")
        assert isinstance(app.screen, CodeScreen)
        assert app.session is not None
        assert app.session.transcript is not None
        assert app.session.transcript.name == "vragenlijst-les-05"
        assert "1a" in screen_text(app)  # beside the turn


async def test_a_project_without_forms_says_so(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "transcripts", size=(80, 24)) as (app, pilot):
        await press(pilot, "f", "right_square_bracket", "enter", "o")
        assert "There are no forms" in screen_text(app)
        assert app.screen.query_one("#questions", OptionList).option_count == 0
        await pilot.press("escape")
        assert isinstance(app.screen, TranscriptsScreen)


async def test_the_respondents_of_the_study_are_shown_cell_for_cell(
    workbench: Make, study: Project, tmp_path: Path
) -> None:
    for transcript in study.transcripts.all():
        for coding in study.codings.all(transcript=transcript):
            study.codings.remove(coding)
        study.transcripts.remove(transcript)
    with study.transaction("test") as transaction:
        for informant in study.cases.informants():
            transaction.delete("informants", informant.id)
        for case in study.cases.all():
            transaction.delete("cases", case.id)
    async with opened(workbench(study), "transcripts", size=(110, 34)) as (app, pilot):
        await press(pilot, "c")
        assert isinstance(app.screen, CasesScreen)
        assert "There are no cases yet" in screen_text(app)
        await pilot.press("o")
        app.screen.query_one("#path", Input).value = str(MATERIAL / "respondents.csv")
        await press(pilot, "enter")
        table = app.screen.query_one(QuietTable)
        shown = [[cell.plain for cell in table.get_row_at(row)] for row in range(table.row_count)]
    with (MATERIAL / "respondents.csv").open(encoding="utf-8", newline="") as figures:
        assert shown == list(csv.reader(figures))[1:]
    assert len(shown) == 17


async def test_what_is_known_of_a_case_is_changed_and_undone(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "transcripts", size=(110, 34)) as (app, pilot):
        await press(pilot, "c", "w")
        await press(pilot, *"school", "enter")
        form = app.screen
        assert isinstance(form, CaseForm)
        form.query_one("#field-0", Input).value = "6"
        form.query_one("#field-4", Input).value = HOSTILE
        heard = {box.id: box for box in form.query(Checkbox)}
        assert heard["heard-leraar"].value
        assert heard["heard-leraar"].disabled  # there is an interview with the teacher
        heard["heard-dossier"].value = True
        await press(pilot, "enter")
        case = study.cases.get("01")
        assert case.attributes == {"group": "6", "school": " ".join(HOSTILE.split())}
        assert {each.role for each in study.cases.informants(case)} == {Role.TEACHER, Role.PARENT, Role.FILE}
        assert HOSTILE[:30] in screen_text(app)
        await pilot.press("u")
        assert study.cases.get("01").attributes == {}
        assert {each.role for each in study.cases.informants(case)} == {Role.TEACHER, Role.PARENT}
        await press(pilot, "a")
        await press(pilot, "0", "9", "enter")
        assert study.cases.get("09")
        await pilot.press("escape")
        assert isinstance(app.screen, TranscriptsScreen)
