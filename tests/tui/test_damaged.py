"""The workbench on a file that is damaged, may not be written, or is no longer there."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from qualcode.store.file import backups
from qualcode.store.project import Project, open_project
from qualcode.tui.app import Workbench
from qualcode.tui.coding.screen import CodeScreen
from qualcode.tui.common.dialog import Choose, TextPage
from qualcode.tui.project.start import StartScreen
from qualcode.tui.steps import STEPS

from .desk import at, opened, press, said, settled

Make = Callable[[Project | None], Workbench]
DAMAGE = (
    "UPDATE codings SET end = 99999",
    "DELETE FROM texts WHERE hash = (SELECT text_hash FROM transcripts LIMIT 1)",
    "UPDATE turns SET start = start + 2",
    "UPDATE codes SET parent_id = id",
    "DELETE FROM codes",
    "DELETE FROM coders",
    "UPDATE coders SET kind = 'king'",
    "UPDATE cases SET attributes = 'no json'",
    "UPDATE journal SET changes = 'no json' WHERE tick = 2",
    "UPDATE journal SET at = 'yesterday', undoes = 'nothing'",
    "DELETE FROM meta",
)


def damaged(study: Project, sql: str) -> Path:
    study.close()
    with sqlite3.connect(study.path) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute(sql)
    db.close()
    return study.path


@pytest.mark.parametrize("sql", DAMAGE)
async def test_what_is_not_sound_opens_for_reading_on_every_step(
    workbench: Make, study: Project, sql: str
) -> None:
    path = damaged(study, sql)
    before = path.read_bytes()
    app = workbench(open_project(path, "anna"))
    async with opened(app, notifications=True) as (_app, pilot):
        await settled(app, pilot)
        assert isinstance(app.screen, Choose)
        await press(pilot, "escape")
        for step in STEPS:
            await at(app, pilot, step.id)
        await at(app, pilot, "code")
        await press(pilot, "s", "1", "u")
        await press(pilot, "U")
        await press(pilot, "escape")
    assert path.read_bytes() == before


async def test_mending_from_the_screen(workbench: Make, study: Project) -> None:
    path = damaged(study, DAMAGE[0])
    app = workbench(open_project(path, "anna"))
    async with opened(app) as (_app, pilot):
        await settled(app, pilot)
        await press(pilot, "1")
        assert isinstance(app.screen, TextPage)
        await press(pilot, "escape")
        await settled(app, pilot)
        assert isinstance(app.screen, CodeScreen)
        assert app.session is not None
        assert app.session.project.read_only == ""
        assert len(app.session.project.codings.all()) == 4


async def test_a_torn_file_shows_its_backups_and_one_is_put_back(workbench: Make, study: Project) -> None:
    backups.make(study.db, study.path, backups.Occasion.ASKED)
    study.close()
    study.path.write_bytes(study.path.read_bytes()[:20_000])
    app = workbench(None)
    app.preferences.opened(study.path, "anna")
    async with opened(app, notifications=True) as (_app, pilot):
        assert isinstance(app.screen, StartScreen)
        app.open_path(study.path)
        await pilot.pause()
        assert isinstance(app.screen, Choose)
        await press(pilot, "1")
        await press(pilot, "1")
        await settled(app, pilot)
        assert isinstance(app.screen, CodeScreen)
        assert any("as it was on" in words for words in said(app))
        assert app.session is not None
        assert len(app.session.project.codings.all()) == 4


async def test_the_backups_of_an_open_project(workbench: Make, study: Project) -> None:
    app = workbench(study)
    async with opened(app, "code", notifications=True) as (_app, pilot):
        await press(pilot, "f12")
        await press(pilot, "1")
        assert [one.why for one in backups.of_project(study.path)] == [backups.Occasion.ASKED]
        study.coders.add("carla")
        await press(pilot, "f12")
        await press(pilot, "2")
        await press(pilot, "1")
        await settled(app, pilot)
        assert app.session is not None
        assert [coder.name for coder in app.session.project.coders.all()] == ["anna", "bram"]


async def test_a_file_that_may_not_be_written_opens_for_reading(
    workbench: Make, study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.close()
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and access(path, mode))
    app = workbench(open_project(study.path, "anna"))
    async with opened(app, notifications=True) as (_app, pilot):
        await settled(app, pilot)
        assert isinstance(app.screen, TextPage)
        await press(pilot, "escape")
        await press(pilot, "s", "1")
        assert any("reading only" in words for words in said(app))
        assert app.session is not None
        assert len(app.session.project.codings.all()) == 4


async def test_a_file_that_went_away_is_said_once(workbench: Make, study: Project, tmp_path: Path) -> None:
    app = workbench(study)
    async with opened(app, "code", notifications=True) as (_app, pilot):
        study.path.rename(tmp_path / "elsewhere.qualcode")
        app._look_for_news()
        app._look_for_news()
        await pilot.pause()
        assert len([words for words in said(app) if "moved or deleted" in words]) == 1
        await press(pilot, "s", "1")
        assert len(study.codings.all()) == 4
