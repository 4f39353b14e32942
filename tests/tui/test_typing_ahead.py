"""Keys typed in one burst, faster than windows open: none is lost, and none goes where it was not meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from qualcode.store.project import Project
from qualcode.tui.app import Workbench
from qualcode.tui.common.dialog import MemoEditor
from qualcode.tui.common.pick_code import PickCode

from .desk import at, opened

Make = Callable[[Project | None], Workbench]


async def burst(app: Workbench, pilot: Pilot[None], keys: list[str]) -> None:
    """All keys at once, as a terminal hands them over when somebody types fast."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))
    for _n in range(5):
        await pilot.pause()


def codes_of(study: Project) -> list[tuple[str, str]]:
    """What anna coded, with the slug of each code."""
    slugs = {code.id: code.slug for code in study.codebook.all()}
    text = study.transcripts.get("casus-01-leraar").text
    anna = study.coders.get("anna")
    return [(c.span.of(text), slugs[c.code_id]) for c in study.codings.all(coder=anna)]


async def test_the_two_letters_of_a_code(workbench: Make, study: Project) -> None:
    before = codes_of(study)
    letters = study.codebook.get("meta").mnemonic.lower()
    async with opened(workbench(study)) as (app, pilot):
        await at(app, pilot, "code")
        await burst(app, pilot, ["s", "semicolon", *letters])
        (made,) = [one for one in codes_of(study) if one not in before]
        assert made[1] == "meta"


async def test_looking_a_code_up_by_a_part_of_its_name(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await at(app, pilot, "code")
        await burst(app, pilot, ["s", "c", *"meta"])
        assert isinstance(app.screen, PickCode)
        assert app.screen.query_one(Input).value == "meta"


async def test_a_memo_keeps_its_first_letters(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await at(app, pilot, "code")
        await burst(app, pilot, ["m", *"snel"])
        assert isinstance(app.screen, MemoEditor)
        await burst(app, pilot, ["ctrl+s"])
        anna = study.coders.get("anna")
        assert "snel" in [memo.text for memo in study.memos.all() if memo.coder_id == anna.id]


@pytest.mark.parametrize("times", [1, 40])
async def test_what_swallows_a_key_holds_up_nothing(workbench: Make, study: Project, times: int) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await at(app, pilot, "code")
        await burst(app, pilot, ["c", *["x"] * times, "escape", *["c", "escape"] * 3, "c", "q"])
        assert isinstance(app.screen, PickCode)
        assert app.screen.query_one(Input).value == "q"
