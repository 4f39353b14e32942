"""How quick the reader is in a real (pseudo-)terminal, beside simpler readers of the same text.

    python benchmarks/reader.py

Each reader runs as a program of its own, 110 columns by 40 rows. A key is written, and its latency
is the time until the last byte of what it causes; bytes matter over a slow line. First paint is the
time from starting the program to the first words of the text. Figures are medians in milliseconds;
nothing is asserted. POSIX only; memory (RSS) is read on Linux.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import random
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

COLUMNS, ROWS = 110, 40
QUIET = 0.07  # seconds without output after which a key is done
FIRST_WORDS = b"vraag aan u?"
WORDS = """
    de het een en ik we zij juf school moeder gezin hulpverlener overleg samen vertrouwen één tijd geld
    afspraak eigenlijk gewoon natuurlijk bellen gebeld wachten zorg’n thuis klas gesprek altijd nooit meer
"""
KEYS = {"move": b"j", "page": b"\x1b[6~", "code": b"c"}


class Result(NamedTuple):
    """Medians: seconds to first paint, megabytes, and per key (seconds, bytes)."""

    first_paint: float
    memory: float | None
    keys: dict[str, tuple[float, float]]


def make_material(folder: Path, words: int, codings: int) -> Path:
    """A made-up interview with overlapping codings by two coders, as JSON."""
    dice = random.Random(words)
    turns: list[tuple[str, str]] = [("I", "Mijn allereerste vraag aan u?")]
    count = 0
    while count < words:
        length = dice.randint(4, 95)
        turns.append(
            ("I" if len(turns) % 2 else "Ouder", " ".join(dice.choices(WORDS.split(), k=length)) + ".")
        )
        count += length
    size = sum(len(text) + 1 for _, text in turns) - 1
    marks = []
    for _ in range(codings):
        start = dice.randrange(100, size - 400)
        marks.append((start, start + dice.randint(20, 380)))
    path = folder / f"{words}.json"
    path.write_text(json.dumps({"turns": turns, "marks": marks}))
    return path


# the programs measured


def run_program(design: str, path: Path) -> None:
    """Be one of the programs measured."""
    from textual.app import App

    material = {"turns": [], "marks": []} if design == "blank" else json.loads(path.read_text())
    apps = {"reader": _reader_app, "pair": _pair_app, "static": _static_app, "richlog": _richlog_app}
    make = {**apps, "textarea": _textarea_app, "blank": _blank_app}[design]
    app: App[None] = make(material)
    app.run()


def _transcript_and_marks(material):
    from qualcode.model import Transcript, Turn
    from qualcode.tui.reader import TextMark
    from qualcode.tui.reader.marks import Side

    turns, start = [], 0
    for n, (speaker, words) in enumerate(material["turns"], start=1):
        turns.append(Turn(n, start, start + len(words), speaker, speaker == "I"))
        start += len(words) + 1
    text = "\n".join(words for _, words in material["turns"])
    colours = ("#0072B2", "#E69F00", "#009E73", "#CC79A7")
    sides: tuple[Side, Side] = ("a", "b")
    marks = [
        TextMark(str(n), start, end, "Tr", colours[n % 4], sides[n % 2])
        for n, (start, end) in enumerate(material["marks"])
    ]
    return Transcript("t", "Gesprek", text, "", tuple(turns)), marks


def _reader_app(material):
    from textual.app import App, ComposeResult

    from qualcode.tui.reader import Reader, TextMark

    transcript, marks = _transcript_and_marks(material)

    class ReaderApp(App[None]):
        BINDINGS = [("c", "code", "")]

        def compose(self) -> ComposeResult:
            yield Reader()

        def on_mount(self) -> None:
            reader = self.query_one(Reader)
            reader.show(transcript, marks)
            reader.focus()

        def action_code(self) -> None:
            reader = self.query_one(Reader)
            start = reader.cursor_offset
            reader.marks.add(TextMark(f"new {time.monotonic_ns()}", start, start + 60, "Nw", "#D55E00"))

    return ReaderApp()


def _pair_app(material):
    from textual.app import App, ComposeResult
    from textual.containers import Horizontal

    from qualcode.tui.reader import Reader, TextMark

    transcript, marks = _transcript_and_marks(material)

    class PairApp(App[None]):
        BINDINGS = [("c", "code", "")]

        def compose(self) -> ComposeResult:
            with Horizontal():
                yield Reader(id="left")
                yield Reader(id="right", interactive=False)

        def on_mount(self) -> None:
            for reader in self.query(Reader):
                reader.show(transcript, marks)
            self.query_one("#right", Reader).follow(self.query_one("#left", Reader))
            self.query_one("#left").focus()

        def action_code(self) -> None:
            left = self.query_one("#left", Reader)
            left.marks.add(
                TextMark(f"new {time.monotonic_ns()}", left.cursor_offset, left.cursor_offset + 60, "Nw")
            )

    return PairApp()


class _Naive:
    """What the simpler readers share: a line number for a cursor, marks, and the text styled anew."""

    def __init__(self, material) -> None:
        self.text = "\n".join(f"{speaker}: {words}" for speaker, words in material["turns"])
        self.spans = [tuple(span) for span in material["marks"]]
        self.cursor = 0

    def styled(self):
        from rich.text import Text

        text = Text(self.text)
        for start, end in self.spans:
            text.stylize("underline", start, end)
        text.stylize("reverse", self.cursor, self.cursor + 1)
        return text

    def move(self) -> None:
        self.cursor += 80

    def code(self) -> None:
        self.spans.append((self.cursor, self.cursor + 60))


def _static_app(material):
    from textual.app import App, ComposeResult
    from textual.containers import VerticalScroll
    from textual.widgets import Static

    class StaticApp(App[None]):
        BINDINGS = [("j", "move", ""), ("c", "code", "")]
        doc = _Naive(material)

        def compose(self) -> ComposeResult:
            with VerticalScroll():
                yield Static(self.doc.styled())

        def on_mount(self) -> None:
            self.query_one(VerticalScroll).focus()

        def action_move(self) -> None:
            self.doc.move()
            self.query_one(Static).update(self.doc.styled())

        def action_code(self) -> None:
            self.doc.code()
            self.query_one(Static).update(self.doc.styled())

    return StaticApp()


def _richlog_app(material):
    from textual.app import App, ComposeResult
    from textual.widgets import RichLog

    class RichLogApp(App[None]):
        BINDINGS = [("j", "move", ""), ("c", "code", "")]
        doc = _Naive(material)

        def compose(self) -> ComposeResult:
            yield RichLog(wrap=True, auto_scroll=False)

        def on_mount(self) -> None:
            self.query_one(RichLog).focus()
            self.write()

        def write(self) -> None:
            log = self.query_one(RichLog)
            log.clear()
            log.write(self.doc.styled())

        def action_move(self) -> None:
            self.doc.move()
            self.write()

        def action_code(self) -> None:
            self.doc.code()
            self.write()

    return RichLogApp()


def _textarea_app(material):
    from textual.app import App, ComposeResult
    from textual.widgets import TextArea

    class TextAreaApp(App[None]):
        BINDINGS = [("j", "move", "")]

        def compose(self) -> ComposeResult:
            yield TextArea(_Naive(material).text, read_only=True)

        def on_mount(self) -> None:
            self.query_one(TextArea).focus()

        def action_move(self) -> None:
            self.query_one(TextArea).action_cursor_down()

    return TextAreaApp()


def _blank_app(_material):
    from textual.app import App, ComposeResult
    from textual.widgets import Static

    class BlankApp(App[None]):
        BINDINGS = [("j", "repaint", "")]

        def compose(self) -> ComposeResult:
            yield Static(FIRST_WORDS.decode())

        def action_repaint(self) -> None:
            self.screen.refresh()

    return BlankApp()


# the measuring


class Terminal:
    """A program in a pseudo-terminal."""

    def __init__(self, design: str, path: Path) -> None:
        self.started = time.perf_counter()
        self.pid, self.screen = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", TEXTUAL_ANIMATIONS="none")
            os.execv(sys.executable, [sys.executable, __file__, "--program", design, str(path)])
        fcntl.ioctl(self.screen, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def wait_for(self, words: bytes) -> float:
        """Seconds from the start until `words` are on the screen."""
        seen = b""
        while words not in seen:
            ready, _, _ = select.select([self.screen], [], [], 30)
            if not ready:
                raise RuntimeError(f"no text after 30 seconds: {seen[-300:]!r}")
            seen += os.read(self.screen, 65536)
        return time.perf_counter() - self.started

    def press(self, key: bytes) -> tuple[float, int]:
        """Seconds until the last byte that `key` causes, and how many bytes."""
        begun = last = time.perf_counter()
        count = 0
        os.write(self.screen, key)
        wait = 1.0
        while select.select([self.screen], [], [], wait)[0]:
            count += len(os.read(self.screen, 65536))
            last, wait = time.perf_counter(), QUIET
        return last - begun, count

    def settle(self) -> None:
        """Wait until nothing comes any more."""
        while select.select([self.screen], [], [], 0.3)[0]:
            os.read(self.screen, 65536)

    def memory(self) -> float | None:
        """Megabytes in use, where the system tells."""
        status = Path(f"/proc/{self.pid}/status")
        if not status.exists():
            return None
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def close(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.screen)


def measure(design: str, path: Path, keys: tuple[str, ...], samples: int, starts: int) -> Result:
    """Start a program `starts` times; press each key `samples` times in the last one."""
    paints = []
    for start in range(starts):
        terminal = Terminal(design, path)
        try:
            paints.append(terminal.wait_for(FIRST_WORDS))
            if start + 1 < starts:
                continue
            terminal.settle()
            figures = {}
            for key in keys:
                pressed = [terminal.press(KEYS[key]) for _ in range(samples)]
                figures[key] = (median(took for took, _ in pressed), median(count for _, count in pressed))
            return Result(median(paints), terminal.memory(), figures)
        finally:
            terminal.close()
    raise ValueError("nothing to measure")


def report(name: str, result: Result) -> None:
    """One line of the table."""
    cells = [
        f"{result.first_paint * 1000:7.0f} ms",
        f"{result.memory:5.0f} MB" if result.memory else "      –",
    ]
    for key in KEYS:
        if key in result.keys:
            took, count = result.keys[key]
            cells.append(f"{took * 1000:6.1f} ms {count / 1000:6.1f} kB")
        else:
            cells.append(f"{'–':>19}")
    print(f"{name:38}" + "  ".join(cells), flush=True)


def main() -> None:
    """Measure all, print a table."""
    parser = argparse.ArgumentParser(description="latency of the reader in a pseudo-terminal")
    parser.add_argument("--program", nargs=2, metavar=("DESIGN", "FILE"), help=argparse.SUPPRESS)
    parser.add_argument("--samples", type=int, default=15, help="key presses per figure")
    parser.add_argument("--starts", type=int, default=5, help="starts per figure of first paint")
    options = parser.parse_args()
    if options.program:
        run_program(options.program[0], Path(options.program[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        small = make_material(Path(folder), 20_000, 500)
        large = make_material(Path(folder), 200_000, 5_000)
        print(f"{COLUMNS}×{ROWS}, medians of {options.samples} keys and {options.starts} starts\n")
        print(f"{'':38}{'first paint':>10}  {'RSS':>8}  {'move':>18}  {'page':>19}  {'add a coding':>19}")
        every = tuple(KEYS)
        for name, design, path, keys in (
            ("blank app (move: whole repaint)", "blank", small, ("move",)),
            ("reader, 20,000 words, 500 codings", "reader", small, every),
            ("reader, 200,000 words, 5,000 codings", "reader", large, every),
            ("two readers, scroll-locked, 20,000", "pair", small, every),
            ("TextArea, no codings, 20,000", "textarea", small, ("move", "page")),
            ("RichLog, 20,000 words", "richlog", small, every),
            ("Static, 20,000 words", "static", small, every),
        ):
            report(name, measure(design, path, keys, options.samples, options.starts))


if __name__ == "__main__":
    main()
