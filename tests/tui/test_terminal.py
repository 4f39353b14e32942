"""The program as people run it: in a terminal (a pseudo-terminal, read by pyte)."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest

from qualcode.i18n import Bilingual
from qualcode.model import Code
from qualcode.store.project import Project

COLUMNS, LINES = 120, 36
PATIENCE = 30.0  # seconds; a busy machine is slow, a broken program never gets there


class Terminal:
    """A program in a pseudo-terminal, and the screen it draws."""

    def __init__(self, command: list[str], settings: Path) -> None:
        self.screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = b""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        environment |= {"TERM": "xterm-256color", "QUALCODE_LANG": "en", "XDG_CONFIG_HOME": str(settings)}
        self.process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment)
        os.close(slave)

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    def wait_for(self, words: str) -> None:
        """Read until `words` stand on the screen."""
        end = time.monotonic() + PATIENCE
        while words not in self.text():
            assert time.monotonic() < end, f"{words!r} never came:\n{self.text()}"
            if select.select([self._master], [], [], 0.2)[0]:
                self._feed()

    def _feed(self) -> None:
        try:
            sent = os.read(self._master, 65536)
            self.sent += sent
            self._stream.feed(sent)
        except OSError:
            pytest.fail(f"the program ended:\n{self.text()}")

    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self.screen.display)

    def leave(self) -> int:
        """Quit by key; returns the exit code."""
        self.send("\x11")
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            if select.select([self._master], [], [], 0.1)[0]:
                try:
                    os.read(self._master, 65536)
                except OSError:
                    break
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        """Let go of it, whatever happened."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._master)


QUALCODE = [sys.executable, "-c", "from qualcode.cli import main; main()"]


@pytest.fixture
def terminal(study: Project, tmp_path: Path) -> Iterator[Terminal]:
    """The workbench on the study, started from the command line."""
    opened = Terminal([*QUALCODE, str(study.path)], tmp_path / "config")
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
    [([], "␛]0;weg␛[2J", "\x11"), (["codebook", "show"], SHOWN, ""), (["codebook", "shaw"], "shaw", "")],
    ids=["workbench", "verb", "fault"],
)
def test_a_code_does_not_steer_the_terminal(
    words: list[str], shown: str, key: str, study: Project, tmp_path: Path
) -> None:
    study.codebook.add(Code("", "stuurt", Bilingual(STEERING, STEERING)))
    named = shutil.copyfile(study.path, tmp_path / f"{STEERING}.qualcode")
    terminal = Terminal([*QUALCODE, *words, str(named)], tmp_path / "config")
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
