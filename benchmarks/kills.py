"""Whether a project survives being killed: `python -m benchmarks.kills [COUNT] [SEED]`.

A process merges, hides a name, forgets an interview, corrects a text or undoes that, and is killed (SIGKILL) at a
random moment of it. After that the project must open, `check` must find nothing, and it must stand as it did before or
as it does after: nothing in between. Where the name was hidden it must stand in no byte of the file or its backups.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from qualcode.i18n import Bilingual
from qualcode.model import Code, Turn
from qualcode.store.file import backups
from qualcode.store.file.check import problems
from qualcode.store.file.forgetting import forget
from qualcode.store.journal.incoming import read_project
from qualcode.store.journal.merge import merge
from qualcode.store.project import Project, create_project, open_project
from qualcode.tasks.transcripts.hiding import hide
from qualcode.tasks.transcripts.revising import corrected_everywhere

ROOT = Path(__file__).parent.parent
NAME = "Zephyrine"
ACTS = ("merge", "hide", "forget", "correct", "undo")


def make(folder: Path) -> Path:
    """A project with 2,000 codings and a name in it, and another copy of it with work of its own."""
    path = folder / "study.qualcode"
    with create_project(path) as project:
        project.coder = project.coders.add("anna")
        project.coders.add("bram")
        code = project.codebook.add(Code("", "tijd", Bilingual("Tijd")))
        text = "\n".join(f"We belden elke week {n}, {NAME} en ik." for n in range(400))
        lines = text.split("\n")
        starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
        turns = [
            Turn(n, s, s + len(line), "R") for n, (s, line) in enumerate(zip(starts, lines, strict=True), 1)
        ]
        one = project.transcripts.add("een", text, turns)
        project.transcripts.add("twee", "Dit ging over iemand anders. " * 50, [Turn(1, 0, 1450, "R")])
        with project.transaction("benchmark"):
            for n in range(2000):
                project.codings.add(one, 8 * n, 8 * n + 6, code)
        project.revisions.make(*corrected_everywhere(project, one, "belden", "spraken"))
        shutil.copy(path, folder / "other.qualcode")
    with open_project(folder / "other.qualcode", "bram") as other:
        one = other.transcripts.get("een")
        with other.transaction("benchmark"):
            for n in range(1000):
                other.codings.add(one, 5 * n, 5 * n + 9, "tijd")
        other.revisions.make(*corrected_everywhere(other, one, "en ik", "en wij"))
    return path


def act(project: Project, what: str) -> None:
    """Do one of `ACTS`."""
    one = project.transcripts.get("een")
    if what == "merge":
        merge(project, read_project(project.path.parent / "other.qualcode"))
    elif what == "hide":
        hide(project, one, NAME)
    elif what == "forget":
        forget(project, project.transcripts.get("twee"))
    elif what == "correct":
        project.revisions.make(*corrected_everywhere(project, one, "week", "maand"))
    else:
        project.undo()


def child(path: Path, what: str) -> None:
    """Say that it begins, and do it."""
    with open_project(path, "anna") as project:
        print("go", flush=True)
        act(project, what)
        print("done", flush=True)


def killed(path: Path, what: str, after: float) -> bool:
    """Let a process begin, and kill it so many seconds later; whether it was still at it."""
    words = [sys.executable, "-m", "benchmarks.kills", str(path), what]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(after)
        process.kill()
        return "done" not in process.stdout.read()


def stands(project: Project) -> int:
    """How many entries the journal has: an act adds one, or none; a merge its own and what follows from it."""
    return len(project.journal.entries())


def what_became(path: Path, what: str, states: tuple[int, int]) -> str:
    """How the project stands after a kill: "before", "after", or what is wrong."""
    with open_project(path, "anna") as project:
        state, found = stands(project), problems(project)
    if found:
        return f"check: {found[0]}"
    if state not in states:
        return f"{state} entries, which is neither {states[0]} nor {states[1]}"
    if what == "hide" and state == states[1]:
        kept = [one.path for one in backups.of_project(path)]
        if any(NAME.encode() in file.read_bytes() for file in (path, *kept)):
            return "the name stands in a file"
    return "after" if state == states[1] else "before"


def main(count: int, seed: int) -> int:
    """Print what became of so many kills of each act; 1 if anything was lost."""
    chance, wrong = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder  # no backups among those of the person who runs this
        made = make(Path(folder))
        for what in ACTS:
            work = Path(folder) / "work" / made.name
            work.parent.mkdir(exist_ok=True)
            shutil.copy(made.with_name("other.qualcode"), work.with_name("other.qualcode"))
            shutil.copy(made, work)
            with open_project(work, "anna") as project:
                before = stands(project)
                start = time.perf_counter()
                act(project, what)
                took = time.perf_counter() - start
                states = (before, stands(project))
            verdicts: Counter[str] = Counter()
            within = 0
            for _n in range(count):
                shutil.copy(made, work)
                for rest in work.parent.glob("study.qualcode-*"):
                    rest.unlink()
                within += killed(work, what, chance.uniform(0, 1.2 * took))
                verdicts[what_became(work, what, states)] += 1
            wrong += sum(n for verdict, n in verdicts.items() if verdict not in ("before", "after"))
            told = ", ".join(f"{n} {verdict}" for verdict, n in verdicts.most_common())
            print(
                f"{what:8} {count} kills, {within} before it was done ({took * 1000:.0f} ms): {told}",
                flush=True,
            )
    return int(bool(wrong))


if __name__ == "__main__":
    if len(sys.argv) > 2 and sys.argv[2] in ACTS:
        child(Path(sys.argv[1]), sys.argv[2])
    else:
        numbers = [int(word) for word in sys.argv[1:]]
        sys.exit(main(*(numbers + [60, 1][len(numbers) :])))
