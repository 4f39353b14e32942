"""Taking a survey in at the screen: the plan first, then names, then the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.widgets import Input, Select

from qualcode.store.project import Project, create_project
from qualcode.tui.app import Workbench
from qualcode.tui.common.dialog import Choose, OneLine
from qualcode.tui.transcripts.screen import TranscriptsScreen
from qualcode.tui.transcripts.survey_table import SurveyTable
from qualcode.tui.transcripts.taking_in import AskHowToTakeIn, Names

from .desk import opened, press
from .test_looks import screen_text
from .test_taking_in import until

Make = Callable[[Project | None], Workbench]

ANSWERS = """ID;E-mail;Naam;School;Ik ken de ander;Ik sta er alleen voor;Wat hielp?
1;a@b.nl;Sofie Jansen;po;Mee eens;Oneens;Dat we elke week even spraken over hoe het in de klas ging.
2;c@b.nl;Bram de Wit;vo;Helemaal mee eens;Neutraal;Sofie dacht altijd mee als ik er niet uit kwam met de groep.
3;d@b.nl;Karim Bakker;vo;Neutraal;Mee eens;
"""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "empty.qualcode") as made:
        made.coder = made.coders.add("anna")
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "meting.csv").write_text(ANSWERS, encoding="cp1252")
    return made


async def test_the_plan_is_shown_changed_and_carried_out(
    workbench: Make, empty: Project, folder: Path
) -> None:
    async with opened(workbench(empty), size=(80, 24)) as (app, pilot):
        await pilot.press("a")
        app.screen.query_one("#path", Input).value = f"{folder}/"
        await pilot.pause()
        await pilot.press("down", "a", "enter")
        await until(pilot, SurveyTable)
        shown = screen_text(app)
        assert "What becomes of meting" in shown
        assert "3 respondents · 2 interviews" in shown
        assert "Jansen" not in shown
        await press(pilot, "down", "down")
        assert "stays out of the project" in screen_text(app)
        await press(pilot, "t")
        app.screen.query_one("#typed", Input).value = "Peiling"
        await press(pilot, "enter")
        await press(pilot, "down", "n")
        assert type(app.screen) is OneLine
        app.screen.query_one("#typed", Input).value = "schooltype"
        await press(pilot, "enter")
        assert "schooltype" in screen_text(app)
        await press(pilot, "down")
        for scale in ("steun", "-steun"):
            await press(pilot, "s")
            app.screen.query_one("#typed", Input).value = scale
            await press(pilot, "enter")
        assert "-steun" in screen_text(app)
        await press(pilot, "enter")
        assert type(app.screen) is Choose
        await press(pilot, "escape", "f")
        await until(pilot, AskHowToTakeIn)
        app.screen.query_one("#names", Select).value = Names.REPLACE
        await pilot.press("ctrl+s")
        await until(pilot, TranscriptsScreen)
    (survey,) = empty.surveys.all()
    assert (survey.name, empty.transcripts.all()[0].name) == ("Peiling", "Peiling 1")
    assert survey.columns[0].name == "schooltype"
    (scale,) = survey.scales
    assert (scale.name, scale.items, scale.reversed) == ("steun", ("E", "F"), frozenset("F"))
    assert [one.answers["D"] for one in empty.surveys.respondents()] == ["po", "vo", "vo"]
    words = " ".join(one.text for one in empty.transcripts.all())
    assert "dacht altijd mee" in words
    assert "Sofie" not in words


async def test_nothing_is_stored_when_somebody_stops(workbench: Make, empty: Project, folder: Path) -> None:
    async with opened(workbench(empty), size=(80, 24)) as (app, pilot):
        await pilot.press("a")
        app.screen.query_one("#path", Input).value = f"{folder}/"
        await pilot.pause()
        await pilot.press("down", "a", "enter")
        await until(pilot, SurveyTable)
        await press(pilot, "enter")
        assert type(app.screen) is Choose
        await press(pilot, "a")  # it stays out
        assert "left out" in screen_text(app)
        await press(pilot, "u")
        assert "left out" not in screen_text(app)
        await press(pilot, "escape")
        await until(pilot, TranscriptsScreen)
    assert empty.surveys.all() == []
    assert empty.transcripts.all() == []
