"""Every verb and every screen over a project in which all that people wrote ends in signs that steer a terminal."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from lxml import etree

from qualcode.exchange.codebooks.files import read_any_codebook
from tests.seals.test_no_screen_shows_it import STEPS, WINDOWS, settings_folder, shown
from tests.seals.test_no_verb_shows_it import CALLS, called, commands
from tests.seals.two_worlds import SEALED, Worlds, make_worlds

__all__ = ["settings_folder"]

MARK = "\x1b]0;weg\x07\x1b[31m\x9b2J\u202eom\u2066\x00\x7f\ufffe"
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


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
    named = tmp_path / MARK.replace("\x00", "\udce9")
    for n, arguments in enumerate(CALLS[verb]):
        for m, form in enumerate(forms):
            run, written = called(worlds.with_work, named / f"{n}{m}", verb, arguments, [*who, *form], MARK)
            for file in written:
                assert_opens(file)
            for printed in (run.stdout, run.stderr):
                assert STEERS.search(printed) is None, printed


@pytest.mark.parametrize("step", STEPS)
async def test_no_screen_draws_a_sign_that_steers(step: str, worlds: Worlds) -> None:
    ways = [["ctrl+o", str(1 + STEPS.index(step))], *WINDOWS[step]]
    for screen in await shown(worlds.with_work, "bram" + MARK, SEALED[0] + MARK, ways):
        assert STEERS.search(screen) is None
        assert "␛" in screen
