"""How long it takes to take interviews in and to correct one: as Word files, with and without names.

    python benchmarks/intake.py

Two hundred Word files of some 50,000 characters are read, and taken in with names looked for
or replaced; each in a process of its own, whose highest memory is printed. Then a correction of an interview
with 2,000 codings, beside a cursor move in the reader over the same interview.
"""

from __future__ import annotations

import asyncio
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from qualcode.i18n import Bilingual
from qualcode.model import Code, Transcript
from qualcode.store.project import Project, create_project

FILES, CHARACTERS, CODINGS, RUNS = 200, 50_000, 2_000, 15
SENTENCES = (
    "We spraken acht weken af, en elke dinsdag kwam ze even kijken.",
    "Dat gaf lucht, al wist ik in het begin niet wat ik ervan moest denken.",
    "Hij ging dan gewoon door met zijn taak, en ik ook. [lacht]",
    "Niemand had ons gevraagd hoe lang het mocht duren.",
    "Toen [leerling-4] weer op school was, belden we elke week.",
)


def interview(number: int) -> list[tuple[str, str]]:
    """Turns of some 50,000 characters, of each interview somewhat different."""
    turns: list[tuple[str, str]] = []
    size = 0
    while size < CHARACTERS:
        n = len(turns)
        words = " ".join(SENTENCES[(n + number + k) % len(SENTENCES)] for k in range(1 + n % 6))
        turns.append(("I" if n % 3 == 0 else "R", f"{words} Dat was {number}, {n}."))
        size += len(words) + 20
    return turns


def write_files(folder: Path) -> list[Path]:
    """Word files, as a transcription service makes them."""
    import docx

    paths = []
    for number in range(FILES):
        document = docx.Document()
        for speaker, words in interview(number):
            document.add_paragraph(f"{speaker}: {words}")
        paths.append(folder / f"casus-{number:03}-leraar.docx")
        document.save(str(paths[-1]))
    return paths


def peak() -> float:
    """The highest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read_only(folder: Path) -> None:
    """What the parser alone takes."""
    from qualcode.sources import compose, read

    start = time.perf_counter()
    for path in sorted(folder.glob("*.docx")):
        compose(read(path))
    print(
        f"read {FILES} Word files               {time.perf_counter() - start:7.1f} s  peak {peak():4.0f} MB"
    )


def look_for_names(folder: Path) -> None:
    """As `qualcode import` does it: it is noted whether names were left in."""
    from qualcode.tasks.transcripts.intake import take_in

    paths = sorted(folder.glob("*.docx"))
    with create_project(folder / "study.qualcode") as project:
        start = time.perf_counter()
        take_in(project, paths)
        seconds = time.perf_counter() - start
        size = sum(len(one.text) for one in project.transcripts.all())
    print(
        f"read, look for names and store       {seconds:7.1f} s  peak {peak():4.0f} MB  ({size / 1e6:.1f} M characters)"
    )


def replace_names(folder: Path) -> None:
    """With all names replaced before anything is stored."""
    from qualcode.tasks.transcripts.intake import NamePass, take_in

    paths = sorted(folder.glob("*.docx"))
    with create_project(folder / "replaced.qualcode") as project:
        start = time.perf_counter()
        take_in(project, paths, names=NamePass(project))
        seconds = time.perf_counter() - start
    print(f"read, replace names and store        {seconds:7.1f} s  peak {peak():4.0f} MB")


def coded(project: Project) -> Transcript:
    """An interview of 50,000 characters with 2,000 codings."""
    from qualcode.model import Turn

    said = interview(0)
    text = "\n".join(words for _speaker, words in said)
    turns, start = [], 0
    for n, (speaker, words) in enumerate(said, 1):
        turns.append(Turn(n, start, start + len(words), speaker, speaker == "I"))
        start += len(words) + 1
    transcript = project.transcripts.add("casus-01-leraar", text, turns)
    code = project.codebook.add(Code("", "tijd", Bilingual("Tijd", "Time"), mnemonic="Nt"))
    step = (len(text) - 80) // CODINGS
    with project.transaction("benchmark"):
        for n in range(CODINGS):
            project.codings.add(transcript, n * step, n * step + 60, code)
    return transcript


def revise(folder: Path) -> None:
    """Correct a word near the beginning, so that nearly every coding moves, and back again."""
    from qualcode.tasks.transcripts.revising import corrected_words
    from qualcode.text.spans import Span

    with create_project(folder / "coded.qualcode") as project:
        project.coder = project.coders.add("anna")
        transcript = coded(project)
        times = []
        for n in range(RUNS):
            old = "acht" if n % 2 == 0 else "vijftien"
            new = "vijftien" if n % 2 == 0 else "acht"
            place = transcript.text.index(old)
            start = time.perf_counter()
            revision, turns = corrected_words(project, transcript, Span(place, place + len(old)), new)
            transcript = project.revisions.make(revision, turns)
            times.append(time.perf_counter() - start)
        print(
            f"a correction with {CODINGS} codings      {statistics.median(times) * 1000:7.1f} ms  (median of {RUNS})"
        )
        move = asyncio.run(cursor_moves(project))
        print(f"a cursor move in the same interview  {move * 1000:7.1f} ms")


async def cursor_moves(project: Project) -> float:
    """The median time of a cursor move, until it is painted."""
    from qualcode.tui.app import Workbench
    from qualcode.tui.preferences import Preferences

    app = Workbench(project, Preferences(seen=["code"]))
    times = []
    async with app.run_test(size=(120, 40)) as pilot:
        app.go_to_step("code")
        await pilot.pause()
        for _run in range(60):
            start = time.perf_counter()
            await pilot.press("down")
            times.append(time.perf_counter() - start)
    return statistics.median(times)


MEASURED: dict[str, Callable[[Path], None]] = {
    "read": read_only,
    "names": look_for_names,
    "replace": replace_names,
    "revise": revise,
}


def main() -> None:
    if len(sys.argv) == 3:  # each in a process of its own, for the memory
        MEASURED[sys.argv[1]](Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder))
        for name in MEASURED:
            subprocess.run([sys.executable, __file__, name, folder], check=True)


if __name__ == "__main__":
    main()
