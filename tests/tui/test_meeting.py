"""A file that the other sent, at the start: greeted, taken in where its project is, or told what to ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from qualcode.store.project import Project, open_project
from qualcode.tasks.project.invitations import accept, invite
from qualcode.tasks.project.sharing import share_file
from qualcode.tui.app import Workbench, run
from qualcode.tui.coding.screen import CodeScreen
from qualcode.tui.common.dialog import Choose, TextPage
from qualcode.tui.common.files import ChooseFile
from qualcode.tui.project.meeting import Greeting
from qualcode.tui.project.start import StartScreen

from .conftest import code_words
from .desk import opened, press, settled, words
from .test_looks import HOSTILE, screen_text

Make = Callable[[Project | None], Workbench]


@pytest.fixture
def invitation(study: Project, tmp_path: Path) -> Path:
    """That of anna for bram, as it lies in his mail."""
    return invite(study, study.coders.get("bram"), tmp_path / "mail" / "study-for-bram.qci")


def nobody(_path: Path) -> str:
    """Who works on a copy, where nothing is known."""
    return ""


async def opens(app: Workbench, pilot: Pilot[None], path: Path) -> None:
    """Open a file from the start screen."""
    await press(pilot, "o")
    app.screen.query_one(Input).value = str(path)
    await press(pilot, "enter")
    await settled(app, pilot)


async def test_who_is_invited_is_greeted_and_begins_with_enter(
    workbench: Make, invitation: Path, settings_folder: Path
) -> None:
    app = workbench(None)
    async with opened(app, size=(80, 24)) as (_app, pilot):
        await opens(app, pilot, invitation)
        assert isinstance(app.screen, Greeting)
        assert "You are bram; this is your laptop." in screen_text(app)
        assert "anna invites you to code in “A study”." in screen_text(app)
        await press(pilot, "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, CodeScreen)
        assert app.session is not None
        assert app.session.coder is not None
        assert app.session.coder.name == "bram"
        assert app.session.project.path == settings_folder / "qualcode" / "A-study.qualcode"
        assert app.preferences.coder_of(app.session.project.path) == "bram"


async def test_esc_makes_nothing(workbench: Make, invitation: Path, settings_folder: Path) -> None:
    app = workbench(None)
    async with opened(app) as (_app, pilot):
        for keys in (["i", "escape"], ["i", "escape", "escape"]):
            await press(pilot, *keys)
        await opens(app, pilot, invitation)
        await press(pilot, "escape")
        assert isinstance(app.screen, StartScreen)
    assert not (settings_folder / "qualcode").exists()


async def test_a_place_that_cannot_be_is_said_in_the_form_and_another_is_taken(
    workbench: Make, study: Project, invitation: Path, tmp_path: Path
) -> None:
    (tmp_path / "letter.qualcode").write_text("Dear all,", encoding="utf-8")
    app = workbench(None)
    app.preferences.coders[str(study.path.resolve())] = "anna"
    async with opened(app) as (_app, pilot):
        await opens(app, pilot, invitation)
        for place, problem in (
            (tmp_path / "letter.qualcode", "not a qualcode project"),
            (Path("/proc/there/x.qualcode"), "Choose another place"),
            (tmp_path / "x.docx", "NAME.qualcode"),
            (Path("~nobody-here/x.docx"), "NAME.qualcode"),
            (study.path, "the copy of anna"),
        ):
            app.screen.query_one("#file", Input).value = str(place)
            await press(pilot, "enter")
            assert isinstance(app.screen, Greeting)
            assert problem in words(app, "#problem")
        app.screen.query_one("#file", Input).value = str(tmp_path / "new" / "mine")
        await press(pilot, "enter")
        await settled(app, pilot)
        assert app.session is not None
        assert app.session.project.path == tmp_path / "new" / "mine.qualcode"


async def test_where_the_project_is_already_it_is_taken_in_there(
    workbench: Make, study: Project, invitation: Path, tmp_path: Path
) -> None:
    with accept(invitation, tmp_path / "bram.qualcode", nobody) as his:
        code_words(his, his.transcripts.get("casus-01-leraar"), "Toen belde ze.", "meta", "bram")
    code_words(study, study.transcripts.get("casus-01-ouder"), "Hij sliep weer.", "meta", "anna")
    again = invite(study, study.coders.get("bram"), tmp_path / "mail" / "again.qci")
    shared = share_file(study, study.coders.get("anna"), tmp_path / "mail" / "anna.qcx")
    for sent in (again, shared):
        app = workbench(None)
        app.preferences.opened(tmp_path / "bram.qualcode", "bram")
        async with opened(app) as (_app, pilot):
            await opens(app, pilot, sent)
            assert isinstance(app.screen, Choose)
            assert "(bram) and take it in" in screen_text(app)
            await press(pilot, "1")
            await settled(app, pilot)
            assert "This is what it brings" in screen_text(app)
            await press(pilot, "1")
            await settled(app, pilot)
            assert isinstance(app.screen, TextPage)
            await press(pilot, "escape")
            assert isinstance(app.screen, CodeScreen)
            assert app.session is not None
            assert app.session.coder is not None
            assert app.session.coder.name == "bram"
    with open_project(tmp_path / "bram.qualcode") as his:
        assert len(his.codings.all()) == 6


async def test_on_the_laptop_of_who_invites_nobody_becomes_the_other(
    workbench: Make, study: Project, invitation: Path, settings_folder: Path
) -> None:
    app = workbench(None)
    app.preferences.opened(study.path, "anna")
    async with opened(app) as (_app, pilot):
        await opens(app, pilot, invitation)
        assert "(anna) and take it in" in screen_text(app)
        assert "bram works on this machine too" in screen_text(app)
        await press(pilot, "2")
        assert isinstance(app.screen, Greeting)
        await press(pilot, "enter")
        await settled(app, pilot)
        assert app.session is not None
        assert app.session.coder is not None
        assert app.session.coder.name == "bram"
        assert app.session.project.path.parent == settings_folder / "qualcode"
        assert app.preferences.coder_of(study.path) == "anna"


async def test_a_share_file_without_its_project_says_what_to_ask_for(
    workbench: Make, study: Project, tmp_path: Path
) -> None:
    shared = share_file(study, study.coders.get("anna"), tmp_path / "mail" / "anna.qcx")
    app = workbench(None)
    async with opened(app) as (_app, pilot):
        await opens(app, pilot, shared)
        assert isinstance(app.screen, TextPage)
        assert "ask anna for one" in screen_text(app)
        shared.write_bytes(shared.read_bytes()[:200])
        await press(pilot, "escape")
        await opens(app, pilot, shared)
        assert "is no share file" in screen_text(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, StartScreen)


async def test_invitations_in_the_folders_of_mail_are_offered_the_newest_first(
    workbench: Make, invitation: Path, settings_folder: Path
) -> None:
    app = workbench(None)
    downloads = settings_folder / "Downloads"
    downloads.mkdir()
    invitation.rename(downloads / "study-for-bram.qci")
    async with opened(app) as (_app, pilot):
        await press(pilot, "i")
        assert "1 study-for-bram.qci · Downloads" in screen_text(app)
        await press(pilot, "1")
        assert isinstance(app.screen, Greeting)


async def test_a_home_that_is_not_there_can_be_typed(workbench: Make) -> None:
    app = workbench(None)
    async with opened(app) as (_app, pilot):
        await press(pilot, "o", "ctrl+u", *"~nobody/x", "enter")
        assert isinstance(app.screen, ChooseFile)  # there is no such file: one may type on


@pytest.mark.parametrize("title", ["a/b\\c", "🙂", "../..", HOSTILE, "x" * 400])
async def test_any_title_gives_a_place(title: str, workbench: Make, study: Project, tmp_path: Path) -> None:
    study.settings.set("title", title)
    app = workbench(None)
    async with opened(app) as (_app, pilot):
        await opens(app, pilot, invite(study, study.coders.get("bram"), tmp_path / "mail" / "it.qci"))
        await press(pilot, "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, CodeScreen)


async def test_somebody_new_is_invited_and_told_what_to_do(
    workbench: Make, study: Project, tmp_path: Path
) -> None:
    async with opened(workbench(study), size=(80, 24)) as (app, pilot):
        await press(pilot, "at")
        await press(pilot, "6", "2")
        app.screen.query_one("#name", Input).value = "Joost"
        await press(pilot, "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, TextPage)
        assert "study-for-Joost.qci" in screen_text(app)
        assert "“I was invited”" in screen_text(app)
    made = accept(tmp_path / "study-for-Joost.qci", tmp_path / "joost.qualcode", nobody)
    with made:
        assert made.require_coder().name == "Joost"


def test_a_file_that_is_not_there_or_for_somebody_else_is_said_before_anything_is_drawn(
    settings_folder: Path, invitation: Path, tmp_path: Path
) -> None:
    from qualcode.errors import InputError

    with pytest.raises(InputError, match="no file"):
        run(tmp_path / "gone.qci")
    with pytest.raises(InputError, match="leave --as out"):
        run(invitation, "anna")
