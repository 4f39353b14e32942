"""Copies of a project taken, byte by byte, while another process writes in it, as a cloud folder takes them.

Each copy must open sound, or be recognised with a way back: mended from its journal, or a backup that is put back.

    python -m benchmarks.copies [HOW MANY]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qualcode.errors import DamagedError
from qualcode.store.file import backups
from qualcode.store.file.check import problems
from qualcode.store.project import Project, open_as_it_is, open_project
from qualcode.tasks.project.beginning import make_demo
from qualcode.tasks.project.mending import mend

_WRITER = """
import sys
from qualcode.store.project import open_project
with open_project(sys.argv[1], sys.argv[2]) as project:
    texts, codes, n = project.transcripts.all(), project.codebook.all(), 0
    print("ready", flush=True)
    while True:
        n += 1
        one, code = texts[n % len(texts)], codes[n % len(codes)]
        with project.transaction("codings.import"):
            made = project.codings.add_all(
                [(one, start, start + 2 + n % 40, code, project.coder) for start in range(n % 50, 400, 7)]
            )
        if n % 3 == 0:
            project.undo()
"""
_CHUNK = 4096


@contextmanager
def writing(path: Path, coder: str) -> Iterator[None]:
    """Another process writes in the project all the time, until the block ends."""
    child = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(path), coder], stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        yield
    finally:
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()


def copy_bytes(source: Path, to: Path) -> None:
    """Copy a file piece by piece, without asking whether somebody writes in it, and without its journal."""
    with source.open("rb") as file, to.open("wb") as out:
        while piece := file.read(_CHUNK):
            out.write(piece)


def outcome(path: Path) -> str:
    """What becomes of a copy: "sound", "mended" or "put back"; raises `AssertionError` if there is no way back."""
    try:
        with open_project(path) as project:
            if project.is_sound:
                assert problems(project) == []
                return "sound"
        with open_as_it_is(path) as project:
            _done, left = mend(project)
        assert left == [], left
        return "mended"
    except DamagedError:
        newest = backups.newest_sound(path)
        assert newest is not None
        backups.restore(path, newest.path)
        with open_project(path) as project:
            assert project.is_sound
        return "put back"


def tried(source: Path, coder: str, folder: Path, times: int) -> Counter[str]:
    """What became of so many copies, each of which comes in the place of a project that was used here before."""
    found: Counter[str] = Counter()
    place = folder / "study.qualcode"
    copy_bytes(source, place)
    with open_project(place) as project:
        backups.make(project.db, place, backups.Occasion.ASKED)
    copies = [folder / f"copy-{n}" for n in range(times)]
    with writing(source, coder):
        for copy in copies:
            copy_bytes(source, copy)
    for copy in copies:
        copy.replace(place)
        found[outcome(place)] += 1
    return found


def main() -> None:
    """Try it on the demo and print what came of it."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as name:
        made: Project = make_demo(Path(name) / "demo")
        made.close()
        for what, n in sorted(tried(made.path, "marit", Path(name), times).items()):
            print(f"{what:<10}{n:>6}")


if __name__ == "__main__":
    main()
