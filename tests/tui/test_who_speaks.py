"""Confirming at the screen who speaks in a file that is taken in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.widgets import Input, Select

from qualcode.model import Role
from qualcode.store.project import Project, create_project
from qualcode.tasks.transcripts.speakers import rules_of
from qualcode.tui.app import Workbench
from qualcode.tui.common.dialog import Choose, OneLine
from qualcode.tui.transcripts.screen import TranscriptsScreen
from qualcode.tui.transcripts.speakers_table import SpeakersTable
from qualcode.tui.transcripts.taking_in import Names

from .desk import opened, press
from .test_looks import screen_text
from .test_taking_in import choose, until

Make = Callable[[Project | None], Workbench]

GROUP = "\n\n".join(
    [
        "Jansen, Anna: Wie wil beginnen?",
        "Leraar A: Ik wel, want bij mij ging het goed.",
        "Petra: Bij mij niet zo.",
        "Jansen, Anna: En jij?",
        "Leraar A: Nou ja.",
        "En dat was het.",
        "Dat zeg ik.",
        "Karin: Mag ik wat zeggen?",
        "Jansen, Anna: Ja.",
    ]
)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "empty.qualcode") as made:
        made.coder = made.coders.add("anna")
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "groep.txt").write_text(GROUP, encoding="utf-8")
    return made


def keep_names(screen: object) -> None:
    screen.query_one("#names", Select).value = Names.KEEP  # type: ignore[attr-defined]


async def test_who_speaks_is_confirmed_before_anything_is_stored(
    workbench: Make, empty: Project, folder: Path
) -> None:
    async with opened(workbench(empty), size=(80, 24)) as (app, pilot):
        await choose(pilot, folder, keep_names)
        await until(pilot, SpeakersTable)
        shown = screen_text(app)
        assert "Who speaks in groep.txt" in shown
        assert "Jansen, Anna" in shown
        assert "Karin” stands at the start of a line" in " ".join(shown.split())
        await press(pilot, "i")  # the first label is the interviewer
        screen = app.screen
        await press(pilot, *["down"] * 3, "enter")
        assert type(app.screen) is Choose
        await press(pilot, "7")  # Karin is the head
        assert app.screen is screen
        await press(pilot, "f")
        assert "Petra" in screen_text(app)
        await press(pilot, "2")  # who is doubtful speaks
        await until(pilot, TranscriptsScreen)
    (taken,) = empty.transcripts.all()
    assert [(turn.speaker, turn.interviewer) for turn in taken.turns] == [
        ("Interviewer", True),
        ("Leraar A", False),
        ("Petra", False),
        ("Interviewer", True),
        ("Leraar A", False),
        ("Directeur", False),
        ("Interviewer", True),
    ]
    assert taken.heard == "teacher, head"
    kept = rules_of(empty)
    assert all("Jansen" not in rule.label for rule in kept)
    assert any(rule.fits("jansen, anna", "volgende.vtt") for rule in kept)


async def test_two_labels_of_one_person_and_a_label_that_is_words(
    workbench: Make, empty: Project, folder: Path
) -> None:
    async with opened(workbench(empty), size=(80, 24)) as (app, pilot):
        await choose(pilot, folder, keep_names)
        await until(pilot, SpeakersTable)
        screen = app.screen
        await press(pilot, *["down"] * 3, "x")  # Karin; the cursor is on Petra then
        assert "no speaker" in screen_text(app)
        await press(pilot, "m")
        await press(pilot, "2")  # Petra is Leraar A
        assert app.screen is screen
        await press(pilot, "up", "n")
        app.screen.query_one(Input).value = "Zomaar"
        await press(pilot, "enter", "u", "f")
        await until(pilot, TranscriptsScreen)
    (taken,) = empty.transcripts.all()
    assert [turn.speaker for turn in taken.turns] == [
        "Jansen, Anna",
        "Leraar A",
        "Leraar A",
        "Jansen, Anna",
        "Leraar A",
        "Jansen, Anna",
    ]
    assert "Karin: Mag ik wat zeggen?" in taken.text


async def test_what_was_said_holds_for_the_other_files_of_the_same_import(
    workbench: Make, empty: Project, folder: Path
) -> None:
    plain = "\n".join(f"{who}: Dit is keer {n}." for n, who in enumerate(["Jansen, Anna", "Kim | HU"] * 3))
    (folder / "groep.txt").write_text(plain, encoding="utf-8")
    (folder / "later.txt").write_text(plain.replace("keer", "maal"), encoding="utf-8")
    async with opened(workbench(empty), size=(80, 24)) as (app, pilot):
        await choose(pilot, folder, keep_names)
        await until(pilot, SpeakersTable)
        assert "groep.txt (1 / 2)" in screen_text(app)
        await press(pilot, "i", "down", "enter", "5", "f")  # the teacher
        await until(pilot, TranscriptsScreen)
    one, other = empty.transcripts.all()
    assert [turn.speaker for turn in one.turns] == [turn.speaker for turn in other.turns]
    assert {turn.speaker for turn in one.turns} == {"Interviewer", "Leraar"}
    assert one.informant == other.informant == Role.TEACHER


async def test_stopping_takes_nothing_in_and_a_plain_interview_asks_nothing(
    workbench: Make, empty: Project, folder: Path
) -> None:
    async with opened(workbench(empty), size=(80, 24)) as (_app, pilot):
        await choose(pilot, folder, keep_names)
        await until(pilot, SpeakersTable)
        await press(pilot, "escape")
        await press(pilot, "2")
        await until(pilot, TranscriptsScreen)
        assert empty.transcripts.all() == []
        (folder / "groep.txt").write_text("I: Hoe ging het?\nR: Goed hoor.\n", encoding="utf-8")
        await choose(pilot, folder, keep_names)
        await until(pilot, TranscriptsScreen)
    assert len(empty.transcripts.all()) == 1


async def test_a_role_of_ones_own_is_made_where_it_is_needed(
    workbench: Make, empty: Project, folder: Path
) -> None:
    async with opened(workbench(empty), size=(80, 24)) as (app, pilot):
        await choose(pilot, folder, keep_names)
        await until(pilot, SpeakersTable)
        await press(pilot, "i", *["down"] * 3, "enter", "up", "enter")  # the last of the list
        assert type(app.screen) is OneLine
        await press(pilot, *"zorgmaatje", "enter")
        assert "zorgmaatje" in screen_text(app)
        await press(pilot, "f", "2")
        await until(pilot, TranscriptsScreen)
    (taken,) = empty.transcripts.all()
    assert [str(role) for role in taken.roles if role] == ["leraar", "zorgmaatje"]
    assert "zorgmaatje" in empty.roles.all()
