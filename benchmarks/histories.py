"""Whether laptops come to one analysis, whatever was done on each: `python -m benchmarks.histories [COUNT] [SEED]`.

Random histories of all kinds of acts on two to four copies of a project, which exchange share files written to disk
and read again, whole project files, or now one and now the other. At the end everybody exchanges with everybody until
nothing new comes. Then all copies must hold the same records, `check` must find nothing, turns must make up their text
between line ends, and a name that was hidden must stand in no byte of any file. A history in which a merge is refused
in words is counted apart. `tests/merge` runs a few of them.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from qualcode.errors import QualcodeError
from qualcode.store.file.check import problems
from qualcode.store.journal.merge import merge
from qualcode.store.journal.share import pack, read_share
from qualcode.store.project import Project, create_project
from tests.merge.histories import EVERYTHING, NAME, PEOPLE, Step, copies_of, play, records, take

CHANNELS = ("share files", "whole files", "mixed")
STEPS = 40


def busy_project(folder: Path) -> Path:
    """A project in which both have coded every interview already."""
    path = folder / "busy.qualcode"
    with create_project(path, "A study") as made:
        for name in PEOPLE:
            made.coder = made.coders.add(name)
            play(
                [made],
                [Step(0, "interview", n, 0) for n in range(3)] + [Step(0, "code", n, 0) for n in range(4)],
            )
            play([made], [Step(0, "coding", n, m) for n in range(3) for m in range(3)])
    return path


def send(sender: Project, receiver: Project, channel: str, chance: random.Random) -> None:
    """Let one laptop take in what another has."""
    if channel == "whole files" or (channel == "mixed" and chance.random() < 0.5):
        take(receiver, sender)
        return
    file = sender.path.with_suffix(".qcx")
    file.write_bytes(pack(sender, sender.require_coder()))
    merge(receiver, read_share(file).incoming)


def exchange(projects: list[Project], channel: str, chance: random.Random) -> None:
    """Everybody with everybody, three times over."""
    for _round in range(3):
        for sender in projects:
            for receiver in projects:
                if sender is not receiver:
                    send(sender, receiver, channel, chance)


def history(busy: Path, channel: str, seed: int) -> str:
    """One history; what became of it: "converged", "refused in words", or what is wrong."""
    chance = random.Random(f"{channel} {seed}")
    with tempfile.TemporaryDirectory() as folder:
        projects = copies_of(busy, Path(folder), chance.choice((2, 2, 3, 4)))
        try:
            for _n in range(STEPS):
                step = Step(
                    chance.randrange(len(projects)),
                    chance.choice(EVERYTHING),
                    chance.randrange(6),
                    chance.randrange(6),
                )
                if step.action == "sync":
                    others = [one for one in projects if one is not projects[step.copy]]
                    send(chance.choice(others), projects[step.copy], channel, chance)
                else:
                    play(projects, [step])
            exchange(projects, channel, chance)
            end_rounds(projects)
            exchange(projects, channel, chance)
            return _verdict(projects)
        except QualcodeError as error:
            return f"refused in words: {str(error)[:60]} …"
        finally:
            for project in projects:
                project.close()


def end_rounds(projects: list[Project]) -> None:
    """Whoever started a round opens what is sealed in it: else copies differ in what must not travel."""
    for project in projects:
        at_work = project.coder
        for key, one in project.rounds.sealed().items():
            project.coder = project.coders.get(one.coder_id or "")
            project.rounds.open_seal(one, [project.transcripts.get(key)], "het einde")
        project.coder = at_work


def _verdict(projects: list[Project]) -> str:
    first = records(projects[0])
    hidden = bool(projects[0].db.execute("SELECT 1 FROM hidden_names").fetchone())
    for project in projects:
        if (other := records(project)) != first:
            differing = [name for name in first if first[name] != other[name]]
            return f"copies differ in {', '.join(differing)}"
        if found := problems(project):
            return f"check: {found[0]}"
        if torn := [one.name for one in project.transcripts.all() if not _whole(one.text, one.turns)]:
            return f"turns of {', '.join(torn)} are torn"
        if hidden and NAME.lower().encode() in project.path.read_bytes().lower():
            return "a hidden name stands in a file"
    return "converged"


def _whole(text: str, turns: object) -> bool:
    """Whether turns make up the text, with one line end between each two."""
    spans = [turn.span.of(text) for turn in turns]  # type: ignore[attr-defined]
    return not spans or "\n".join(spans) == text


def main(count: int, seed: int) -> int:
    """Print what became of so many histories per channel; 1 if any went wrong."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder  # no backups among those of the person who runs this
        busy = busy_project(Path(folder))
        for channel in CHANNELS:
            verdicts: Counter[str] = Counter()
            for n in range(seed, seed + count):
                try:
                    verdict = history(busy, channel, n)
                except Exception as error:  # whatever it is, the seed is wanted
                    verdict = f"{type(error).__name__}: {error}"
                verdicts[verdict] += 1
                if verdict != "converged" and not verdict.startswith("refused"):
                    wrong += 1
                    print(f"  {channel}, seed {n}: {verdict}", flush=True)
            print(
                f"{channel:12}  {count} histories: "
                + ", ".join(f"{n} {v}" for v, n in verdicts.most_common())
            )
    return int(bool(wrong))


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(numbers + [100, 1][len(numbers) :])))
