"""The start screen: new, open, recent, the demo, and what it says when something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Static

from qualcode import i18n
from qualcode.store.project import Project, create_project, open_project
from qualcode.tui.app import Workbench, run
from qualcode.tui.coding.screen import CodeScreen
from qualcode.tui.preferences import Preferences, load_preferences
from qualcode.tui.project.start import StartScreen
from qualcode.tui.transcripts.screen import TranscriptsScreen

from .desk import press

Make = Callable[[Project | None], Workbench]


async def test_a_new_project_asks_who_and_opens_at_the_transcripts(workbench: Make, tmp_path: Path) -> None:
    app = workbench(None)
    async with app.run_test() as pilot:
        assert isinstance(app.screen, StartScreen)
        await pilot.press("n")
        app.screen.query_one("#file", Input).value = str(tmp_path / "new.qualcode")
        await pilot.press(*"Els")
        await press(pilot, "enter")
        assert isinstance(app.screen, TranscriptsScreen)
        assert app.session is not None
        assert app.session.coder is not None
        assert app.session.coder.name == "Els"
        assert app.session.codes  # the default codebook came along
    with open_project(tmp_path / "new.qualcode") as made:
        assert [coder.name for coder in made.coders.all()] == ["Els"]


async def test_a_new_project_without_a_name_says_so_and_makes_nothing(
    workbench: Make, tmp_path: Path
) -> None:
    app = workbench(None)
    async with app.run_test() as pilot:
        await pilot.press("n")
        app.screen.query_one("#file", Input).value = str(tmp_path / "new.qualcode")
        await press(pilot, "enter")
        assert "name" in str(app.screen.query_one("#problem", Static).content)
        await pilot.press("escape")
        assert isinstance(app.screen, StartScreen)
    assert not (tmp_path / "new.qualcode").exists()


async def test_recent_projects_open_by_their_number(settings_folder: Path, study: Project) -> None:
    preferences = Preferences(seen=["code"])
    preferences.opened(study.path, "bram")
    app = Workbench(None, load_preferences())
    async with app.run_test() as pilot:
        assert app.screen.query_one(OptionList).option_count == 5
        await press(pilot, "1")
        assert isinstance(app.screen, CodeScreen)
        assert app.session is not None
        assert app.session.coder is not None
        assert app.session.coder.name == "bram"  # who worked on it last on this machine


async def test_opening_by_path_and_a_file_that_is_no_project(
    workbench: Make, study: Project, tmp_path: Path
) -> None:
    (tmp_path / "letter.qualcode").write_text("Dear all,", encoding="utf-8")
    app = workbench(None)
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("o")
        app.screen.query_one("#path", Input).value = str(tmp_path / "letter.qualcode")
        await press(pilot, "enter")
        assert isinstance(app.screen, StartScreen)
        assert any("not a qualcode project" in note.message for note in app._notifications)
        await pilot.press("o")
        app.screen.query_one("#path", Input).value = f"{tmp_path}/stu"
        await pilot.pause()
        await press(pilot, "down", "enter")
        assert isinstance(app.screen_stack[0], CodeScreen)


async def test_the_demo_is_made_and_opened(
    workbench: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualcode.tasks.project.beginning.default_folder", lambda: tmp_path / "demo")
    app = workbench(None)
    async with app.run_test() as pilot:
        await pilot.press("d")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, CodeScreen)
        assert app.session is not None
        assert len(app.session.transcripts) >= 14


async def test_the_language_switches_while_running_and_is_remembered(workbench: Make) -> None:
    app = workbench(None)
    async with app.run_test() as pilot:
        await press(pilot, "f4")
        assert i18n.language() == "nl"
        assert load_preferences().language == "nl"


async def test_going_back_to_the_start_closes_the_project(workbench: Make, study: Project) -> None:
    app = workbench(open_project(study.path, "anna"))
    async with app.run_test() as pilot:
        await press(pilot, "ctrl+g")
        assert isinstance(app.screen, StartScreen)
        assert app.session is None


def test_running_on_a_missing_file_says_so_before_anything_is_drawn(
    settings_folder: Path, tmp_path: Path
) -> None:
    from qualcode.errors import ProjectError

    with pytest.raises(ProjectError, match="no project"):
        run(tmp_path / "gone.qualcode")


def test_damaged_preferences_count_as_none(settings_folder: Path) -> None:
    (settings_folder / "preferences.json").write_text(
        '{"theme": 3, "recent": [4], "seen": ["x"]}', encoding="utf-8"
    )
    found = load_preferences()
    assert (found.theme, found.recent, found.seen) == ("qualcode-dark", [], ["x"])
    (settings_folder / "preferences.json").write_text("{", encoding="utf-8")
    assert load_preferences() == Preferences()


def test_recent_projects_are_those_still_there(settings_folder: Path, tmp_path: Path) -> None:
    preferences = Preferences()
    for name in ("a", "b", "a"):
        path = tmp_path / f"{name}.qualcode"
        if not path.exists():
            create_project(path).close()
        preferences.opened(path, "els")
    (tmp_path / "b.qualcode").unlink()
    assert [path.name for path in load_preferences().projects()] == ["a.qualcode"]
