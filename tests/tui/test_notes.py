"""Memos and the logbook, the tour, who the speakers are, and two windows on one project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Static, TextArea

from qualcode.store.project import Project, open_project
from qualcode.store.records.base import News
from qualcode.tui.app import Workbench
from qualcode.tui.coding.screen import CodeScreen
from qualcode.tui.common.dialog import MemoEditor
from qualcode.tui.common.pick_code import PickCode
from qualcode.tui.preferences import Preferences
from qualcode.tui.project.actions import Logbook
from qualcode.tui.project.tour import CARDS, Tour
from qualcode.tui.reader import Reader

from .conftest import until
from .desk import at, opened, press

Make = Callable[[Project | None], Workbench]


def words_of(app: Workbench, where: str) -> str:
    return str(app.screen.query_one(where, Static).render())


# memos


async def test_memos_are_listed_searched_opened_and_gone_to(workbench: Make, study: Project) -> None:
    interview = study.transcripts.get("casus-02-hulpverlener")
    study.memos.add("transcript", interview.id, "Snel en [b]kort[/b]")
    study.memos.add("code", study.codebook.get("tijd").id, "Geduld is iets anders")
    async with opened(workbench(study)) as (app, pilot):
        await press(pilot, "M")
        assert words_of(app, "#count") == "2 memos"
        await pilot.press("slash", *"kort")
        assert words_of(app, "#count") == "1 memo"
        await press(pilot, "enter", "o")
        await pilot.pause()
        assert app.screen.query_one("#reader", Reader).transcript.name == interview.name
        await press(pilot, "M", "slash", *"geduld", "enter", "enter")
        assert isinstance(app.screen, MemoEditor)
        app.screen.query_one(TextArea).text = "Geduld hoort erbij"
        await pilot.press("escape")
        assert [memo.text for memo in study.memos.all() if memo.target_kind == "code"] == [
            "Geduld hoort erbij"
        ]


async def test_a_memo_on_the_project_or_the_case_is_written_from_the_list(
    workbench: Make, study: Project
) -> None:
    async with opened(workbench(study)) as (app, pilot):
        for number in ("1", "3"):
            await press(pilot, "M", "n", number)
            app.screen.query_one(TextArea).text = f"over {number}"
            await press(pilot, "escape")
        assert {memo.target_kind: memo.text for memo in study.memos.all()} == {
            "project": "over 1",
            "case": "over 3",
        }


async def test_a_memo_of_another_is_read_but_not_changed(workbench: Make, study: Project) -> None:
    study.memos.add("project", study.id, "van bram", study.coders.get("bram"))
    async with opened(workbench(study)) as (app, pilot):
        await press(pilot, "M", "enter")
        assert words_of(app, "#page Static") == "van bram"
        assert not app.screen.query(TextArea)


# the logbook


async def test_the_logbook_tells_what_was_done_and_turns_it_back(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await press(pilot, "N", "1", "U")
        assert isinstance(app.screen, Logbook)
        assert "Hij sliep weer." in words_of(app, "#turning")
        assert "anna coded a fragment — Notion of time" in words_of(app, "#lines")
        await pilot.press("u")
        assert len(study.codings.all(coder=study.coders.get("anna"))) == 2
        assert "turned back: coded a fragment" in words_of(app, "#lines")
        assert "Hij sliep weer." in words_of(app, "#turning").partition("\n")[2]
        await pilot.press("ctrl+r")
        assert len(study.codings.all(coder=study.coders.get("anna"))) == 3
        await pilot.press("slash", *"interview")
        app.screen.query_one(Input).value = "nothing such"
        await pilot.pause()
        assert words_of(app, "#lines") == "Nothing found."
        await press(pilot, "escape")
        assert len(app.screen.query_one("#reader", Reader).marks.shown) == 1


# the tour


async def test_the_tour_comes_once_on_the_demo_and_can_be_left(settings_folder: Path, study: Project) -> None:
    app = Workbench(study, Preferences())
    app.demo = True
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, Tour)
        assert "1/" in words_of(app, "#words-of-tour")
        await pilot.press("enter")
        assert app.screen_stack[0].query_one("#reader", Reader).selection is not None
        await pilot.press("left")
        assert "1/" in words_of(app, "#words-of-tour")
        await pilot.press("escape")
        assert isinstance(app.screen, CodeScreen)
        await at(app, pilot, "export")
        await at(app, pilot, "code")
        assert isinstance(app.screen, CodeScreen)
        before = len(study.journal.entries())
        await pilot.press("ctrl+t", *["space"] * len(CARDS))
        assert isinstance(app.screen, CodeScreen)
        assert len(study.journal.entries()) == before
    assert "tour" in (settings_folder / "preferences.json").read_text(encoding="utf-8")


# who the speakers are


async def test_speakers_are_said_from_the_interviews(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "transcripts") as (app, pilot):
        await press(pilot, "s")
        labels = app.screen.query_one(OptionList)
        row = next(
            n for n in range(labels.option_count) if "Moeder" in str(labels.get_option_at_index(n).prompt)
        )
        labels.highlighted = row
        await press(pilot, "enter", "2")
        speakers = {turn.speaker for turn in study.transcripts.get("casus-01-ouder").turns}
        assert speakers == {"I", "Ouder"}


# two windows


def test_news_is_what_others_wrote(study: Project) -> None:
    news = News(study)
    assert not news.any()
    study.coders.add("an own act")
    assert not news.any()
    with open_project(study.path, "bram") as other:
        assert not news.any()
        other.coders.add("cees")
        assert news.any()
        assert not news.any()
        study.coders.add("another act")
        other.coders.add("dora")
        assert news.any()


async def test_what_another_window_does_shows_up(
    workbench: Make, study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualcode.tui.app._NEWS_EVERY", 3600)  # the test looks itself, when it is ready
    async with opened(workbench(study), notifications=True) as (app, pilot):
        app._look_for_news()
        with open_project(study.path, "anna") as other:
            interview = other.transcripts.get("casus-01-ouder")
            coding = other.codings.add(interview, 0, 3, other.codebook.get("tijd"))
            await pilot.press("c")
            await until(pilot, lambda: isinstance(app.screen, PickCode))
            app._look_for_news()
            assert len(app.session.codings) == 2  # type: ignore[union-attr]
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, CodeScreen))
            app._look_for_news()
            assert len(app.screen.query_one("#reader", Reader).marks.shown) == 1
            await until(pilot, lambda: any("another window" in note.message for note in app._notifications))
            other.codings.remove(coding)
            await pilot.press("g", "x")
            await until(pilot, lambda: any("no longer" in note.message for note in app._notifications))
