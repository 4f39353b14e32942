"""Colours, sizes, user text that looks like markup, and pictures of the main screens."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.color import Color
from textual.widgets import TextArea

from qualcode import tui
from qualcode.i18n import Bilingual, set_language
from qualcode.model import Code, Role, Turn
from qualcode.store.project import Project
from qualcode.text.code_marks import HUES
from qualcode.tui.app import Workbench
from qualcode.tui.colours import OWN_THEMES, contrast, readable
from qualcode.tui.preferences import Preferences
from qualcode.tui.steps import STEPS

from .desk import opened, press

Make = Callable[[Project | None], Workbench]
GOLDEN = Path(__file__).parent.parent / "golden"
HOSTILE = "[lacht] [b] nee [red]x[/red] [/] [[x]] [@click=app.quit]weg[/] $ink"


# contrast


@pytest.mark.parametrize("theme", OWN_THEMES, ids=lambda theme: theme.name)
def test_words_can_be_read_on_every_ground_of_our_themes(theme: object) -> None:
    colours = theme.variables  # type: ignore[attr-defined]
    grounds = [Color.parse(getattr(theme, name)) for name in ("background", "surface", "panel")]
    for ground in grounds:
        for ink in ("ink", "ink-soft", "here"):
            assert contrast(Color.parse(colours[ink]), ground) >= 4.5, (ink, ground)
        for role in ("primary", "success", "error", "warning"):
            assert contrast(Color.parse(getattr(theme, role)), ground) >= 4.5, (role, ground)
    assert contrast(Color.parse(colours["ink"]), Color.parse(colours["mark"])) >= 4.5
    cursor = Color.parse(colours["block-cursor-background"])
    for ink in ("block-cursor-foreground", "ink", "ink-soft", "here"):
        assert contrast(Color.parse(colours[ink]), cursor) >= 4.5, ink


@pytest.mark.parametrize("theme", OWN_THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("colour", HUES)
def test_code_colours_are_made_readable(theme: object, colour: str) -> None:
    for name in ("background", "surface"):
        ground = getattr(theme, name)
        assert contrast(Color.parse(readable(colour, ground)), Color.parse(ground)) >= 4.5


def test_a_colour_that_is_none_becomes_plain_black_or_white() -> None:
    assert readable("", "#000000") == "#FFFFFF"
    assert readable("not a colour", "#FFFFFF") == "#000000"


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)


# sizes


@pytest.mark.parametrize("size", [(20, 5), (80, 24)], ids=str)
async def test_every_screen_and_window_stands_every_size(
    workbench: Make, study: Project, size: tuple[int, int]
) -> None:
    async with opened(workbench(study), size=size) as (app, pilot):
        for step in STEPS:
            app.go_to_step(step.id)
            await pilot.pause()
        app.go_to_step("code")
        await pilot.pause()
        for key in ("c", "semicolon", "m", "f9", "f1", "ctrl+p", "ctrl+o", "slash"):
            await pilot.press(key)
            await pilot.press("escape")
        await pilot.press("N", "1", "f3", "f3", "f6", "f7")
        await pilot.resize_terminal(size[1], size[0])
        assert len(study.codings.all(coder=study.coders.get("anna"))) == 3


async def test_every_theme_and_no_colour(
    workbench: Make, study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(workbench(study), size=(100, 30)) as (app, pilot):
        seen = set()
        for _theme in OWN_THEMES:
            await pilot.press("f10")
            seen.add(app.theme)
        assert seen == {theme.name for theme in OWN_THEMES}
        app.theme = "nord"  # one that is not ours has our colour names too
        await pilot.pause()
    monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    plain = Workbench(study, Preferences(seen=["code"]))
    async with plain.run_test(size=(100, 30)) as pilot:
        assert plain.no_color
        await press(pilot, "N", "1", "ctrl+pagedown")


# user text is never markup


async def test_hostile_words_are_shown_as_they_are_in_every_view(workbench: Make, study: Project) -> None:
    coder = study.coders.add(HOSTILE)
    study.coder = coder
    said = f"Vooraf. {HOSTILE}"
    transcript = study.transcripts.add(
        HOSTILE, said, [Turn(1, 0, len(said), "[b]")], case="[i]9[/i]", informant=Role.OTHER
    )
    text = Bilingual(HOSTILE, HOSTILE)
    code = study.codebook.add(Code("", HOSTILE, text, text, text, text, text, source=HOSTILE, mnemonic="[]"))
    coding = study.codings.add(transcript, 0, len(said), code)
    study.memos.add("coding", coding.id, HOSTILE)
    study.memos.add("transcript", transcript.id, HOSTILE)
    async with opened(workbench(study), size=(200, 50), notifications=True) as (app, pilot):
        assert app.session is not None
        app.session.transcript = transcript
        app.session.use(code)
        for step in STEPS:
            app.go_to_step(step.id)
            await pilot.pause()
            assert "[lacht] [b] nee [red]x[/red]" in screen_text(app), step.id
        app.go_to_step("code")
        await pilot.pause()
        for keys, place in (
            ("c", "the picker"),
            ("semicolon", "the letters"),
            ("f9", "the coders"),
        ):
            await press(pilot, keys)
            assert HOSTILE[:40] in screen_text(app), place
            await pilot.press("escape")
        await press(pilot, "g", "m")
        assert app.screen.query_one(TextArea).text == HOSTILE
        await press(pilot, "escape", "t", "1", "x")
        app.notify(HOSTILE)
        await pilot.pause()
        assert "[@click=app.quit]" in screen_text(app)


def screen_text(app: Workbench) -> str:
    """What stands on the screen, line by line."""
    return "\n".join(
        "".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()
    )


async def test_a_hundred_thousand_characters_fit_in_a_memo(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), size=(100, 30)) as (app, pilot):
        await pilot.press("N", "1", "m")
        app.screen.query_one(TextArea).text = "woord " * 17_000
        await pilot.press("escape")
        assert len(study.memos.all()[0].text) > 100_000


# pictures


def normal(picture: str) -> str:
    """A picture without what differs from run to run."""
    return re.sub(r"terminal-\d+-", "terminal-", picture)


def compare_with_golden(name: str, picture: str) -> None:
    """Fail if a screen looks other than its picture; `QUALCODE_GOLDEN=1` takes new pictures."""
    path = GOLDEN / f"{name}.svg"
    if os.environ.get("QUALCODE_GOLDEN"):
        path.write_text(normal(picture), encoding="utf-8", newline="\n")
    assert path.exists(), f"no picture {path}; make it with QUALCODE_GOLDEN=1"
    assert normal(picture) == path.read_text(encoding="utf-8"), (
        f"{name} looks other than {path}. If that is meant: QUALCODE_GOLDEN=1 pytest {Path(__file__).name}"
    )


async def test_picture_of_the_start(workbench: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qualcode.tui.project.start.__version__", "X")
    async with opened(workbench(None)) as (app, pilot):
        await pilot.pause()
        compare_with_golden("start", app.export_screenshot())


async def test_picture_of_coding(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await press(pilot, "N", "1", "comma", "3", "left_square_bracket")
        compare_with_golden("code", app.export_screenshot())


async def test_picture_of_comparing(workbench: Make, study: Project) -> None:
    set_language("en")
    async with opened(workbench(study)) as (app, pilot):
        app.go_to_step("compare")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await press(pilot, "f8")
        compare_with_golden("compare", app.export_screenshot())


def test_every_rule_of_a_style_sheet_is_about_a_class_that_exists() -> None:
    folder = Path(tui.__file__).parent
    classes = {
        name
        for path in folder.rglob("*.py")
        for name in re.findall(r"^class (\w+)", path.read_text(encoding="utf-8"), flags=re.M)
    }
    ruled = {
        name
        for path in folder.rglob("*.tcss")
        for line in re.findall(r"^([A-Z][\w, ]*)\{", path.read_text(encoding="utf-8"), flags=re.M)
        for name in re.split(r"[, ]+", line.strip())
    }
    assert ruled - classes - {"Screen", "ModalScreen", "Tooltip", "Toast", "CommandPalette"} == set()
