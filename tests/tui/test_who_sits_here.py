"""Who sits here: known, asked before anything is written, and named in the bar at every width."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.widgets import Input

from qualcode import i18n
from qualcode.model import CoderKind
from qualcode.store.project import Project
from qualcode.tui.actions import actions_of
from qualcode.tui.app import Workbench
from qualcode.tui.coding.screen import CodeScreen
from qualcode.tui.common.codes import CodeTree
from qualcode.tui.common.dialog import Choose
from qualcode.tui.steps import STEPS

from .desk import at, opened, press, said, settled
from .test_looks import screen_text

Make = Callable[[Project | None], Workbench]


@pytest.fixture
def unknown(study: Project) -> Project:
    """The study as it comes to a machine that does not know who sits there."""
    study.coder = None
    return study


async def test_nobody_is_guessed_and_the_one_who_says_so_is_remembered(
    workbench: Make, unknown: Project
) -> None:
    app = workbench(unknown)
    async with opened(app) as (_app, pilot):
        await settled(app, pilot)
        assert isinstance(app.screen, Choose)
        assert "Who are you?" in screen_text(app)
        await press(pilot, "2")
        assert isinstance(app.screen, CodeScreen)
        assert app.session is not None
        assert app.session.coder == unknown.coders.get("bram")
        assert app.preferences.coder_of(unknown.path) == "bram"
        await press(pilot, "N", "1")
        assert {coding.coder_id for coding in app.session.codings.values()} == {app.session.coder.id}


async def test_who_closes_the_question_only_reads_and_is_asked_again_at_the_first_code(
    workbench: Make, unknown: Project
) -> None:
    app = workbench(unknown)
    before = len(unknown.codings.all())
    async with opened(app) as (_app, pilot):
        await settled(app, pilot)
        await press(pilot, "escape")
        assert isinstance(app.screen, CodeScreen)
        assert "reading only" in screen_text(app)
        assert "nobody yet" in screen_text(app)
        await press(pilot, "N", "1")
        await settled(app, pilot)
        assert "Who are you?" in screen_text(app)
        assert len(unknown.codings.all()) == before
        await press(pilot, "1")
        await press(pilot, "1")
        assert len(unknown.codings.all()) == before + 1
        assert "reading only" not in screen_text(app)


async def test_somebody_new_may_say_so_where_nobody_is_known(workbench: Make, unknown: Project) -> None:
    app = workbench(unknown)
    async with opened(app) as (_app, pilot):
        await settled(app, pilot)
        await press(pilot, "3")
        app.screen.query_one("#name", Input).value = "Fatima"
        await press(pilot, "enter")
        await settled(app, pilot)
        assert app.session is not None
        assert app.session.coder == unknown.coders.get("Fatima")
        await press(pilot, "N", "1")
        assert len(app.session.codings) == 1


async def test_what_needs_somebody_says_so(workbench: Make, unknown: Project) -> None:
    app = workbench(unknown)
    async with opened(app, notifications=True) as (_app, pilot):
        await settled(app, pilot)
        await press(pilot, "escape")
        for keys in (["d"], ["u"], ["at", "7"], ["at", "6"]):
            app.clear_notifications()
            await press(pilot, *keys)
            await settled(app, pilot)
            assert any("F9" in note for note in said(app)), keys


@pytest.mark.parametrize("where", ["code", "codebook"])
async def test_no_key_of_coding_writes_for_nobody(where: str, workbench: Make, unknown: Project) -> None:
    app = workbench(unknown)
    before = unknown.journal.entries()
    async with opened(app) as (_app, pilot):
        await settled(app, pilot)
        await press(pilot, "escape")
        for each in actions_of(where):
            if where == "codebook":
                app.screen.query_one(CodeTree).focus()
            else:
                await press(pilot, "s")
            await press(pilot, each.keys.split(",")[0], "z", "1", "enter", "escape", "escape")
            while len(app.screen_stack) > 1:
                app.pop_screen()
            await settled(app, pilot)
            assert unknown.journal.entries() == before, each.id
            assert app.session is not None
            app.session.switch_coder(None)  # where it asked who sits here, 1 was an answer


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [60, 80, 110])
@pytest.mark.parametrize("name", ["Joost", "Maria-Wilhelmina van der Heijden-Oosterbaan", "陳" * 30])
async def test_the_name_stands_in_the_bar_at_every_width(
    name: str, width: int, language: str, workbench: Make, study: Project
) -> None:
    study.coder = study.coders.add(name, CoderKind.RESEARCHER)
    study.journal.read_only = "The file may not be written."
    i18n.set_language(language)
    app = workbench(study)
    async with opened(app, size=(width, 24)) as (_app, pilot):
        await press(pilot, "escape")
        for one in (STEPS[0], STEPS[2], STEPS[-1]):
            await at(app, pilot, one.id)
            bar = screen_text(app).splitlines()[0]
            assert name[:4] in bar
            assert i18n._("reading only") in bar
            assert i18n._(one.title) in bar
