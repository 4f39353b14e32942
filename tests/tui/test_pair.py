"""What a pair does at the screen: all figures of agreement, settings, rounds, PINs, taking in the other's work."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import DataTable, Input, OptionList, SelectionList, TextArea

from qualcode.agreement.result import Series
from qualcode.model import Code, CoderKind, Turn
from qualcode.store.project import Project, open_project
from qualcode.tasks.project.sharing import share_file
from qualcode.tui.app import Workbench
from qualcode.tui.common.dialog import Choose, TextPage
from qualcode.tui.comparing.agreement import AgreementScreen
from qualcode.tui.comparing.rounds import LookBack, StartRound
from qualcode.tui.comparing.screen import CompareScreen
from qualcode.tui.project.people import AskPin
from qualcode.tui.project.together import SettingsForm

from .conftest import code_words
from .desk import opened, press, said, settled, words
from .test_looks import HOSTILE, compare_with_golden, screen_text

Make = Callable[[Project | None], Workbench]
TOGETHER = {
    "start": 0,
    "show": 1,
    "close": 2,
    "seal": 3,
    "back": 4,
    "invite": 5,
    "share": 6,
    "take": 7,
    "both": 8,
    "pin": 9,
}


async def comparing(app: Workbench, pilot: Pilot[None]) -> CompareScreen:
    app.go_to_step("compare")
    await settled(app, pilot)
    assert isinstance(app.screen, CompareScreen)
    return app.screen


async def together(app: Workbench, pilot: Pilot[None], act: str) -> None:
    """Choose an act from the list of what a pair does."""
    await press(pilot, "at")
    assert isinstance(app.screen, Choose)
    await pilot.press(*["down"] * TOGETHER[act], "enter")
    await settled(app, pilot)


# comparing


async def test_coding_shows_at_once_in_the_numbers_and_only_that_is_counted(
    workbench: Make, study: Project
) -> None:
    async with opened(workbench(study), size=(120, 40)) as (app, pilot):
        screen = await comparing(app, pilot)
        standing = screen._live
        assert words(app, "#heading").count("only anna 1") == 1
        first = study.transcripts.get("casus-01-leraar")
        code_words(study, first, "Toen belde ze.", "meta", "anna")
        screen = await comparing(app, pilot)
        assert screen._live is standing  # kept, not made anew
        assert "only anna 2" in words(app, "#heading")
        rows = app.screen.query_one(DataTable)
        assert [str(rows.get_row_at(n)[0]).split()[0] for n in range(rows.row_count)] == [
            "all",
            "Nt",
            "Mp",
            "Ol",
        ]


async def test_a_difference_tells_what_settling_it_would_do_to_alpha(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), size=(160, 40)) as (app, pilot):
        await comparing(app, pilot)
        await pilot.press("f8")
        assert "Ol: alpha +" in words(app, "#status")
        assert "as anna read it" in words(app, "#status")


async def test_the_interviewer_counts_or_not_by_one_key(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), size=(120, 40)) as (app, pilot):
        await comparing(app, pilot)
        await pilot.press("i")
        await settled(app, pilot)
        assert study.settings.get("interviewer") is False
        assert "without the interviewer's words" in words(app, "#words")
        await pilot.press("u")
        await settled(app, pilot)
        assert "without the interviewer's words" not in words(app, "#words")


async def test_three_coders_choose_which_two(workbench: Make, study: Project) -> None:
    cees = study.coders.add("cees", CoderKind.RESEARCHER)
    study.progress.mark(study.transcripts.get("casus-01-leraar"), cees)
    async with opened(workbench(study), size=(120, 40)) as (app, pilot):
        await comparing(app, pilot)
        assert "more than two coders" in words(app, "#why")
        await press(pilot, "v")
        await pilot.press("2")
        await settled(app, pilot)
        assert "anna – cees" in words(app, "#words")


async def test_switched_off_no_coefficient_stands_on_the_screen(workbench: Make, study: Project) -> None:
    study.settings.set("coefficients", False)
    async with opened(workbench(study), size=(140, 44)) as (app, pilot):
        await comparing(app, pilot)
        await pilot.press("f8", "tab", "down")
        await settled(app, pilot)
        shown = [screen_text(app)]
        await pilot.press("m")
        await settled(app, pilot)
        assert isinstance(app.screen, AgreementScreen)
        for kind in "123456":
            await pilot.press("m", "d", kind)
            await settled(app, pilot)
            shown.append(screen_text(app))
        await pilot.press("escape", "w")
        await settled(app, pilot)
        shown.append(screen_text(app))
        for text in shown:
            for name in ("alpha", "kappa", "shared text", "Shared text", "F1", "Dice", "0.0", "1.00"):
                assert name not in text, name
        assert "only anna" in shown[0]
        assert "█" in shown[0]


# all figures


async def test_every_slice_can_be_looked_at(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), size=(140, 50)) as (app, pilot):
        await comparing(app, pilot)
        await pilot.press("tab", "down", "down", "m")
        await settled(app, pilot)
        assert isinstance(app.screen, AgreementScreen)
        assert "How repeatable is “Relief”" in words(app, "#page")  # the code under the cursor
        assert "only anna" in words(app, "#page")
        await press(pilot, "up")
        assert "Gwet's AC1" not in words(app, "#page")
        await pilot.press("m")
        assert "Gwet's AC1" in words(app, "#page")
        assert "Boundary similarity: " in words(app, "#page")
        assert "Gamma: " in words(app, "#page")
        await press(pilot, "up", "up")
        assert "taken for each other" in words(app, "#page")
        for kind, expected in (
            ("2", "Notion of time"),
            ("3", "casus-01-leraar"),
            ("4", "Case 01"),
            ("5", "teacher"),
            ("6", Series.AS_CODED.label),
            ("7", "anna, bram together"),
        ):
            await pilot.press("d", kind)
            await settled(app, pilot)
            assert expected in words(app, "#page"), kind
            assert "1 transcript" in words(app, "#page"), kind
        await pilot.resize_terminal(60, 20)
        await settled(app, pilot)
        await pilot.press("escape")
        await settled(app, pilot)
        assert isinstance(app.screen, CompareScreen)


async def test_what_more_interviews_would_bring_is_told(workbench: Make, study: Project) -> None:
    for n in range(6):
        text = f"{n} keer belde ze, en dat hielp. " * 20
        made = study.transcripts.add(f"casus-1{n}-leraar", text, [Turn(1, 0, len(text), "L")], case=f"1{n}")
        for coder, start in (("anna", 0), ("bram", 10 * n)):
            study.codings.add(made, start, 300, study.codebook.get("tijd"), study.coders.get(coder))
            study.progress.mark(made, study.coders.get(coder))
    async with opened(workbench(study), size=(120, 40)) as (app, pilot):
        await comparing(app, pilot)
        await pilot.press("m")
        await settled(app, pilot)
        await pilot.press("d", "8")
        await settled(app, pilot)
        assert "after 10 more: 0." in words(app, "#page")
        assert "narrow the intervals most" in words(app, "#page")
        assert "Your pace is not known yet" in words(app, "#page")


async def test_hostile_names_stay_words_in_the_figures(workbench: Make, study: Project) -> None:
    code = study.codebook.add(
        Code("", "h", type(study.codebook.get("tijd").name)(HOSTILE, HOSTILE), mnemonic="[]")
    )
    first = study.transcripts.get("casus-01-leraar")
    for coder in ("anna", "bram"):
        study.codings.add(first, 0, 300 if len(first.text) > 300 else 40, code, study.coders.get(coder))
    async with opened(workbench(study), size=(160, 44)) as (app, pilot):
        await comparing(app, pilot)
        await pilot.press("tab", "down", "down", "down")
        await settled(app, pilot)
        assert "[lacht] [b] nee" in screen_text(app)
        await pilot.press("m")
        await settled(app, pilot)
        assert "[lacht] [b] nee" in words(app, "#page")


async def test_picture_of_all_figures(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await comparing(app, pilot)
        await pilot.press("tab", "down", "m", "m")
        await settled(app, pilot)
        compare_with_golden("agreement", app.export_screenshot())


# settings, rounds, PINs


async def test_settings_turn_by_enter_and_typed_ones_are_checked(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), size=(120, 44), notifications=True) as (app, pilot):
        await comparing(app, pilot)
        await press(pilot, "at", "end", "enter")
        assert isinstance(app.screen, SettingsForm)
        await pilot.press("down", "enter")
        assert study.settings.get("coefficients") is False
        await pilot.press("down", "down", "down", "enter")  # how much in common counts as agreed
        await pilot.pause()
        app.screen.query_one(Input).value = "veel"
        await press(pilot, "enter")
        assert any("share between 0 and 1" in note for note in said(app))
        assert study.settings.get("iou_agreed") == 0.9
        await press(pilot, "enter")
        app.screen.query_one(Input).value = "80 %"
        await pilot.press("enter", "escape")
        await settled(app, pilot)
        assert study.settings.get("iou_agreed") == 0.8
        assert "alpha" not in screen_text(app)  # the screen below follows


async def test_a_round_from_start_to_looking_back(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), size=(120, 44), notifications=True) as (app, pilot):
        await comparing(app, pilot)
        await together(app, pilot, "close")
        assert any("no round" in note for note in said(app))
        await together(app, pilot, "start")
        assert isinstance(app.screen, StartRound)
        app.screen.query_one("#name", Input).value = HOSTILE
        app.screen.query_one("#transcripts", SelectionList).deselect(
            study.transcripts.get("casus-02-hulpverlener").id
        )
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        one = study.rounds.all()[0]
        assert (one.name, len(one.transcripts)) == (HOSTILE, 2)
        await together(app, pilot, "show")
        assert isinstance(app.screen, TextPage)
        assert "casus-01-leraar: frozen" in screen_text(app)
        assert "casus-01-ouder: sealed" in screen_text(app)
        await pilot.press("escape")
        await together(app, pilot, "close")
        assert any("still to be marked done" in note for note in said(app))
        await together(app, pilot, "seal")
        await pilot.press("1", *"ziek", "enter")
        await settled(app, pilot)
        assert [opening.reason for opening in study.rounds.openings()] == ["ziek"]
        await together(app, pilot, "close")
        await settled(app, pilot)
        assert not study.rounds.all()[0].running
        await together(app, pilot, "back")
        assert isinstance(app.screen, LookBack)
        app.screen.query(TextArea).first().text = HOSTILE
        await press(pilot, "escape")
        assert [r.text for r in study.reflections.of(one)] == [HOSTILE]


async def test_a_pin_is_asked_when_somebody_else_sits_down(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), size=(120, 44), notifications=True) as (app, pilot):
        await comparing(app, pilot)
        await together(app, pilot, "pin")
        assert isinstance(app.screen, AskPin)
        assert app.screen.query_one(Input).password
        await press(pilot, *"12", "enter")
        assert any("at least" in note for note in said(app))
        await together(app, pilot, "pin")
        await press(pilot, *"1234", "enter")
        anna = study.coders.get("anna")
        assert study.pins.has(anna)
        await pilot.press("f9", "2")  # bram has none
        await settled(app, pilot)
        assert app.session is not None
        assert app.session.coder.name == "bram"
        await pilot.press("f9", "1", *"9999", "enter")
        await settled(app, pilot)
        assert app.session.coder.name == "bram"
        await pilot.press("f9", "1", *"1234", "enter")
        await settled(app, pilot)
        assert app.session.coder == anna
        await together(app, pilot, "pin")
        await press(pilot, *"1234", "enter")
        await pilot.press("enter")  # an empty new one takes it away
        await pilot.pause()
        assert not study.pins.has(anna)


async def test_nobody_with_a_pin_is_at_work_without_being_asked(workbench: Make, study: Project) -> None:
    for name in ("anna", "bram"):
        study.pins.set(study.coders.get(name), "1234")
    study.coder = None
    app = workbench(study)
    assert app.session is not None
    assert app.session.coder is None


async def test_a_sample_is_drawn_and_the_next_round_begins_with_it(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), size=(120, 44), notifications=True) as (app, pilot):
        await comparing(app, pilot)
        for typed, told in (("veel", "number of per cent"), ("0", "between 0 and 100")):
            await press(pilot, "at", "end", "up", "enter")
            app.screen.query_one(Input).value = typed
            await press(pilot, "enter")
            assert any(told in note for note in said(app))
        await press(pilot, "at", "end", "up", "enter")
        app.screen.query_one(Input).value = "33 %"
        await press(pilot, "enter")
        assert isinstance(app.screen, TextPage)
        drawn = study.settings.get("sample")["drawn"]
        assert len(drawn) == 3  # each kind of informant once
        await pilot.press("escape")
        await together(app, pilot, "start")
        assert app.screen.query_one("#transcripts", SelectionList).selected == drawn


# the other's work


async def test_what_the_other_did_is_shown_before_it_is_taken_in(
    workbench: Make, study: Project, tmp_path: Path
) -> None:
    other = tmp_path / "bram" / "study.qualcode"
    other.parent.mkdir()
    shutil.copy(study.path, other)
    with open_project(other, "bram") as there:
        code_words(there, there.transcripts.get("casus-01-leraar"), "Toen belde ze.", "meta", "bram")
        there.codebook.change(_renamed(there, "van bram"))
        share_file(there, there.require_coder(), tmp_path / "bram.qcx")
    study.codebook.change(_renamed(study, "van anna"))
    async with opened(workbench(study), size=(120, 44), notifications=True) as (app, pilot):
        await comparing(app, pilot)
        await together(app, pilot, "take")
        assert "bram.qcx" in screen_text(app)
        await press(pilot, "1")
        assert "both changed 1 text" in screen_text(app)  # the preview
        await pilot.press("2")
        await settled(app, pilot)
        assert len(study.codings.all(coder=study.coders.get("bram"))) == 2  # left alone
        await together(app, pilot, "take")
        assert "bram.qcx" in screen_text(app)
        await press(pilot, "1")
        await pilot.press("1")
        await settled(app, pilot)
        assert isinstance(app.screen, TextPage)
        assert len(study.codings.all(coder=study.coders.get("bram"))) == 3
        await pilot.press("escape")  # then what both changed is asked
        await settled(app, pilot)
        assert isinstance(app.screen, Choose)
        options = [str(option.prompt) for option in app.screen.query_one(OptionList).options]
        assert any("van anna" in option for option in options)
        assert any("van bram" in option for option in options)
        wanted = next(n for n, option in enumerate(options, 1) if "van anna" in option)
        await pilot.press(str(wanted))
        await settled(app, pilot)
        assert study.codebook.get("meta").definition.nl == "van anna"
        assert study.conflicts.all() == []
        assert isinstance(app.screen, CompareScreen)


def _renamed(project: Project, definition: str) -> Code:
    from dataclasses import replace

    code = project.codebook.get("meta")
    return replace(code, definition=type(code.definition)(definition, ""))


async def test_sharing_says_where_the_file_is_and_a_wrong_file_is_refused(
    workbench: Make, study: Project, tmp_path: Path
) -> None:
    async with opened(workbench(study), size=(120, 44), notifications=True) as (app, pilot):
        await comparing(app, pilot)
        await together(app, pilot, "share")
        assert (tmp_path / "study-anna.qcx").exists()
        assert "The first time" in screen_text(app)  # nothing came from elsewhere yet
        await pilot.press("escape")
        bad = tmp_path / "elsewhere" / "bad.qcx"
        bad.parent.mkdir()
        bad.write_bytes(b"nothing")
        await together(app, pilot, "take")
        app.screen.query_one(Input).value = str(bad)
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, CompareScreen)
        assert said(app)
