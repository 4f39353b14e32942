"""The program as people run it: in a terminal (a pseudo-terminal, read by pyte), in a home of its own."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pyte
import pytest

import qualcode

QUALCODE = [sys.executable, "-c", "from qualcode.cli import main; main()"]
PATIENCE = 30.0  # seconds; a busy machine is slow, a broken program never gets there


class Terminal:
    """qualcode with some words behind it in a pseudo-terminal, and the screen it draws."""

    def __init__(
        self, home: Path, *words: str, size: tuple[int, int] = (120, 36), language: str = "en"
    ) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = b""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", *reversed(size), 0, 0))
        environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        environment |= {"TERM": "xterm-256color", "QUALCODE_LANG": language, "HOME": str(home)}
        environment |= {"XDG_CONFIG_HOME": f"{home}/.config", "XDG_DATA_HOME": f"{home}/.local/share"}
        environment["PYTHONPATH"] = str(Path(qualcode.__file__).parents[1])
        home.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [*QUALCODE, *words], stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=home
        )
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
