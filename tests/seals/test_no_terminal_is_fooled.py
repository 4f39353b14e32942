"""Every verb and every screen over a project in which all that people wrote ends in signs that steer a terminal."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import AsyncIterator
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from lxml import etree
from textual.pilot import Pilot

from qualcode.exchange.codebooks.files import read_any_codebook
from qualcode.store.project import open_project
from qualcode.tui.actions import actions_of
from qualcode.tui.app import Workbench
from qualcode.tui.preferences import Preferences
from tests.seals.test_no_screen_shows_it import STEPS, drawn, settings_folder
from tests.seals.test_no_verb_shows_it import CALLS, called, commands
from tests.seals.two_worlds import SEALED, Worlds, in_a_name, make_worlds

__all__ = ["settings_folder"]

MARK = "\x1b]0;weg\x07\x1b[31m\x9b2J\u202eom\u2066\x00\x7f\ufffe"
IN_A_NAME = MARK.replace("\x00", "\udce9")  # of a file: no NUL, but a byte that is no UTF-8
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

# every screen: its step, the way there from the step, and whose actions are done on it
SCREENS: list[tuple[str, list[str], str]] = [
    *((step_id, [], step_id) for step_id in STEPS),
    *(("code", [], place) for place in ("app", "step", "codebook")),
    ("transcripts", ["c"], "cases"),
    ("transcripts", ["f"], "parts"),
    ("code", ["ctrl+f", *"week", "enter"], "search"),
    ("compare", ["w"], "walk"),
    ("compare", ["m"], "agreement"),
    ("themes", ["f6"], "matrix"),
    ("themes", ["f7"], "voices"),
]
LEAVING = {"app.quit", "app.start", "step.next", "step.previous"}


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return make_worlds(tmp_path_factory.mktemp("worlds"), MARK)


def assert_opens(file: Path) -> None:
    """Read a file as the programs do that it is for."""
    if file.suffix == ".docx":
        assert docx.Document(str(file)).paragraphs
    elif file.suffix == ".xlsx":
        assert openpyxl.load_workbook(file).worksheets
    elif file.suffix == ".qdpx":
        assert etree.fromstring(ZipFile(file).read("project.qde")) is not None
    elif file.suffix == ".csv":
        assert list(csv.reader(StringIO(file.read_bytes().decode()), strict=True))
    elif file.suffix == ".yaml":
        assert read_any_codebook(file).codes
    else:
        assert file.suffix == ".qcx"


@pytest.mark.parametrize("verb", sorted(CALLS))
def test_no_verb_prints_a_sign_that_steers(verb: str, worlds: Worlds, tmp_path: Path) -> None:
    takes = {option for parameter in commands()[verb].params for option in parameter.opts}
    who = ["--as", "bram"] if "--as" in takes else []
    forms = [[], ["--json"]] if "--json" in takes else [[]]
    named = tmp_path / IN_A_NAME
    for n, arguments in enumerate(CALLS[verb]):
        for m, form in enumerate(forms):
            run, written = called(
                worlds.with_work, named / f"{n}{m}", verb, arguments, [*who, *form], in_a_name(MARK)
            )
            for file in written:
                assert_opens(file)
            for printed in (run.stdout, run.stderr):
                assert STEERS.search(printed) is None, printed


async def drawn_by(app: Workbench, pilot: Pilot[None], place: str) -> AsyncIterator[tuple[str, str]]:
    """What stands on the screen after each action that can be done at a place, with the action's id."""
    base = app.screen
    for action in actions_of(place):
        if action.id in LEAVING or action.counted or app.screen is not base:
            continue
        await app.do(action.id)
        await pilot.pause()
        if not app.screen.is_modal:
            await app.workers.wait_for_complete()
            await pilot.pause()
        yield action.id, drawn(app)
        app.workers.cancel_all()  # some wait for an answer
        while app.screen is not base and len(app.screen_stack) > 1:
            app.pop_screen()
        await pilot.pause()


@pytest.mark.parametrize(("step_id", "way", "place"), SCREENS)
async def test_no_screen_draws_a_sign_that_steers(
    step_id: str, way: list[str], place: str, worlds: Worlds, tmp_path: Path
) -> None:
    study = shutil.copyfile(worlds.with_work, tmp_path / f"study{IN_A_NAME}.qualcode")
    with open_project(study, "bram" + in_a_name(MARK)) as project:
        app = Workbench(project, Preferences(seen=["code", "tour"]))
        async with app.run_test(size=(150, 50), notifications=True) as pilot:
            assert app.session is not None
            app.session.transcript = project.transcripts.get(SEALED[0] + in_a_name(MARK))
            app.go_to_step(step_id)
            await pilot.pause()
            await pilot.press(*way)
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert "]0;weg" in drawn(app)  # what is left of it in a name, and all of it in a text
            done = []
            async for action, screen in drawn_by(app, pilot, place):
                assert STEERS.search(screen) is None, action
                done.append(action)
            assert done
