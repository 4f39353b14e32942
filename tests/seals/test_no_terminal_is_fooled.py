"""Every verb and every screen over a project in which all that people wrote ends in signs that steer a terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.seals.test_no_screen_shows_it import STEPS, WINDOWS, settings_folder, shown
from tests.seals.test_no_verb_shows_it import CALLS, called, commands
from tests.seals.two_worlds import SEALED, Worlds, make_worlds

__all__ = ["settings_folder"]

MARK = "\x1b]0;weg\x07\x1b[31m\x9b2J\u202eom\u2066\x00\x7f\ufffe"
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return make_worlds(tmp_path_factory.mktemp("worlds"), MARK)


@pytest.mark.parametrize("verb", sorted(CALLS))
def test_no_verb_prints_a_sign_that_steers(verb: str, worlds: Worlds, tmp_path: Path) -> None:
    takes = {option for parameter in commands()[verb].params for option in parameter.opts}
    who = ["--as", "bram"] if "--as" in takes else []
    forms = [[], ["--json"]] if "--json" in takes else [[]]
    named = tmp_path / MARK.replace("\x00", "\udce9")
    for n, arguments in enumerate(CALLS[verb]):
        for m, form in enumerate(forms):
            run, _written = called(worlds.with_work, named / f"{n}{m}", verb, arguments, [*who, *form], MARK)
            for printed in (run.stdout, run.stderr):
                assert STEERS.search(printed) is None, printed


@pytest.mark.parametrize("step", STEPS)
async def test_no_screen_draws_a_sign_that_steers(step: str, worlds: Worlds) -> None:
    ways = [["ctrl+o", str(1 + STEPS.index(step))], *WINDOWS[step]]
    for screen in await shown(worlds.with_work, "bram" + MARK, SEALED[0] + MARK, ways):
        assert STEERS.search(screen) is None
        assert "␛" in screen
