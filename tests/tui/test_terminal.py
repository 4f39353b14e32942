"""The program as people run it: in a terminal (a pseudo-terminal, read by pyte)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.i18n import Bilingual
from qualcode.model import Code
from qualcode.store.project import Project

from .terminal import Terminal


@pytest.fixture
def terminal(study: Project, tmp_path: Path) -> Iterator[Terminal]:
    """The workbench on the study, started from the command line."""
    opened = Terminal(tmp_path / "home", "open", str(study.path), "--as", "anna")
    yield opened
    opened.close()


def test_coding_in_a_real_terminal(terminal: Terminal, study: Project) -> None:
    terminal.wait_for("mark sentence")
    assert "Hij sliep weer." in terminal.text()
    terminal.send("N")
    terminal.wait_for("3 words marked")
    terminal.send("1")
    terminal.wait_for("Nt┤")
    terminal.wait_for("Here: Notion of time")
    terminal.send("G")
    terminal.wait_for("No code here")
    assert terminal.leave() == 0
    codings = study.codings.all(coder=study.coders.get("anna"))
    assert len(codings) == 3


STEERING = "\x1b]0;weg\x07\x1b[2J\u202eom"
SHOWN = "␛]0;weg␇␛[2J⟨RLO⟩om"


@pytest.mark.parametrize(
    ("words", "shown", "key"),
    [
        (["open", "--as", "anna"], "␛]0;weg␛[2J", "\x11"),
        (["codebook", "show"], SHOWN, ""),
        (["codebook", "shaw"], "shaw", ""),
    ],
    ids=["workbench", "verb", "fault"],
)
def test_a_code_does_not_steer_the_terminal(
    words: list[str], shown: str, key: str, study: Project, tmp_path: Path
) -> None:
    study.codebook.add(Code("", "stuurt", Bilingual(STEERING, STEERING)))
    named = shutil.copyfile(study.path, tmp_path / f"{STEERING}.qualcode")
    terminal = Terminal(tmp_path / "home", *words, str(named))
    try:
        terminal.wait_for(shown)
        terminal.send(key)
    finally:
        terminal.close()
    assert b"]0;weg" not in terminal.sent.replace("␛]0;weg".encode(), b"")
    assert "\u202e".encode() not in terminal.sent


def test_nothing_heavy_is_imported_on_the_way_to_the_first_screen(tmp_path: Path) -> None:
    heavy = ["spacy", "docx", "sklearn", "matplotlib", "pandas"]
    script = (
        "import sys, qualcode.tui.app, qualcode.tui.coding.screen, qualcode.tui.project.start;"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert found.stdout.strip() == "[]"
