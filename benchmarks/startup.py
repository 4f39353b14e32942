"""How long a person waits: `qualcode --help` and the first paint of the workbench, beside what is bare.

    python benchmarks/startup.py

Prints medians over several fresh processes and their ratios, all measured in one run, in turn.
"""

from __future__ import annotations

import os
import pty
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

RUNS = 9
BLANK_APP = "from textual.app import App\nclass Blank(App): pass\nBlank().run()"


def seconds(command: list[str]) -> float:
    """Wall time of a whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def first_paint(command: list[str], enough: int) -> float:
    """Time from start until `enough` bytes were painted and the terminal fell silent for 0.15 s."""
    start = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="120", LINES="36", TEXTUAL_ANIMATIONS="none")
        os.execvp(command[0], command)
    painted, last = 0, start
    try:
        while True:
            ready, _w, _x = select.select([terminal], [], [], 0.15 if painted >= enough else 10)
            if not ready:
                return last - start
            painted += len(os.read(terminal, 65536))
            last = time.perf_counter()
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


def beside(
    name: str, ours: Callable[[], float], bare_name: str, bare: Callable[[], float], at_most: float
) -> None:
    """Measure the two in turn and print medians and their ratio."""
    pairs = [(ours(), bare()) for _run in range(RUNS)]
    a, b = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{name:<34}{a * 1000:7.0f} ms")
    print(f"{bare_name:<34}{b * 1000:7.0f} ms   ratio {a / b:.2f} (wanted: under {at_most})")


def main() -> None:
    """Print both comparisons."""
    python = sys.executable
    qualcode = str(Path(python).parent / "qualcode")
    beside(
        "qualcode --help",
        lambda: seconds([qualcode, "--help"]),
        'python -c "import click"',
        lambda: seconds([python, "-c", "import click"]),
        3,
    )
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([qualcode, "demo", folder, "--no-open"], check=True, capture_output=True)
        project = str(Path(folder) / "demo.qualcode")
        beside(
            "first paint of the demo project",
            lambda: first_paint([qualcode, project, "--as", "marit"], 4000),
            "first paint of a blank Textual app",
            lambda: first_paint([python, "-c", BLANK_APP], 300),
            2,
        )


if __name__ == "__main__":
    main()
