"""What people wrote is never taken for markup: in the windows of codes, memos, the logbook and corrections."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qualcode.i18n import Bilingual
from qualcode.model import Code, Role, Turn
from qualcode.store.project import Project
from qualcode.tui.app import Workbench

from .desk import opened, press

Make = Callable[[Project | None], Workbench]
HOSTILE = "[lacht] [b] nee [red]x[/red] [/] [[x]] [@click=app.quit]weg[/] $ink"
BEGINS = "[lacht] [b] nee [red]x[/red]"


def screen_text(app: Workbench) -> str:
    """What stands on the screen, line by line."""
    return "\n".join(
        "".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()
    )


@pytest.mark.parametrize(
    ("keys", "in_the_codebook"),
    [
        (("U",), False),
        (("M",), False),
        (("M", "n"), False),
        (("M", "enter"), False),
        (("asterisk", "apostrophe"), False),
        (("ctrl+e",), False),
        (("R",), False),
        (("e",), True),
        (("v",), True),
        (("o",), True),
        (("vertical_line",), True),
        (("N",), True),
        (("ampersand",), True),
        (("m",), True),
    ],
    ids=str,
)
async def test_hostile_words_are_shown_as_they_are(
    workbench: Make, study: Project, keys: tuple[str, ...], in_the_codebook: bool
) -> None:
    coder = study.coders.add(HOSTILE)
    study.coder = coder
    transcript = study.transcripts.add(
        HOSTILE, HOSTILE, [Turn(1, 0, len(HOSTILE), HOSTILE)], case=HOSTILE, informant=Role.OTHER
    )
    text = Bilingual(HOSTILE, HOSTILE)
    code = study.codebook.add(Code("", HOSTILE, text, text, text, text, text, source=HOSTILE, mnemonic="[]"))
    study.codings.add(transcript, 0, len(HOSTILE), code)
    study.memos.add("transcript", transcript.id, HOSTILE)
    async with opened(workbench(study), size=(160, 50)) as (app, pilot):
        assert app.session is not None
        app.session.transcript = transcript
        app.session.use(code)
        app.go_to_step("code")
        await pilot.pause()
        if in_the_codebook:
            tree = app.screen.query_one("#codes")
            tree.focus()
            tree.point_at(code)  # type: ignore[attr-defined]
            await pilot.pause()
            await pilot.pause()
        await press(pilot, *keys)
        assert len(app.screen_stack) == 2
        assert BEGINS in screen_text(app)


@pytest.mark.parametrize("size", [(20, 5), (80, 24)], ids=str)
async def test_every_new_window_stands_a_small_terminal(
    workbench: Make, study: Project, size: tuple[int, int]
) -> None:
    study.memos.add("project", study.id, "een memo")
    async with opened(workbench(study), size=size) as (app, pilot):
        for key in ("U", "M", "ctrl+t", "ctrl+e", "apostrophe"):
            await press(pilot, key)
            await pilot.resize_terminal(size[0] + 1, size[1] + 1)
            await pilot.press("escape", "escape")
            await pilot.resize_terminal(*size)
        app.screen_stack[0].query_one("#codes").focus()
        for key in ("n", "e", "o", "v", "t", "vertical_line"):
            await press(pilot, key)
            await pilot.press("escape")
        assert len(app.screen_stack) == 1
