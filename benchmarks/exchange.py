"""How fast projects travel, and Word documents with comments.

Invented interviews and codings (own seed). Every step runs in a process of its own, so that
the memory shown is its own. A .qdpx of 50 and of 200 interviews (a quarter and all of 50,000
codings) shows whether time grows with the size alone; a Word document of 20,000 words with
1,000 comments is written, read and placed word by word.

    python benchmarks/exchange.py                    everything (about half a minute)
    python benchmarks/exchange.py --qc PATH/TO/qc    beside it: reading the same .qdpx with qualitative-coding
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from qualcode.exchange.bundle import Bundle, TravellingText
from qualcode.i18n import Bilingual
from qualcode.model import Code, Codebook, Coder, Coding, Transcript, Turn, new_id
from qualcode.text.normal import text_hash

AIM_MB, AIM_WORD_S, AIM_GROWTH, AIM_TIMES = 400, 5.0, 1.5, 10
TURNS, WORDS_PER_TURN, CODES = 100, 40, 40


def text(lot: Random, turns: int = TURNS) -> tuple[str, tuple[Turn, ...]]:
    """An interview in words that come as often as words do (Zipf)."""
    words = [f"{chr(97 + n % 26)}{n:x}é" for n in range(3000)]
    weights = [1 / (n + 1) for n in range(3000)]
    lines, found, start = [], [], 0
    for n in range(turns):
        line = " ".join(lot.choices(words, weights, k=WORDS_PER_TURN))
        found.append(Turn(n + 1, start, start + len(line), "IR"[n % 2], n % 2 == 0, n * 9000))
        lines.append(line)
        start += len(line) + 1
    return "\n".join(lines), tuple(found)


def bundle(interviews: int, codings: int) -> Bundle:
    """A project of two coders."""
    lot = Random(5)
    coders = [Coder(new_id(), "marit"), Coder(new_id(), "joost")]
    codes = tuple(
        Code(new_id(), f"code-{n}", Bilingual(f"Code {n}"), mnemonic=f"{n:02}", colour="#3B8ACA", position=n)
        for n in range(CODES)
    )
    texts = [TravellingText(new_id(), f"gesprek-{n}", *text(lot), source="x.docx") for n in range(interviews)]
    made: dict[tuple[str, int, int, str, str], Coding] = {}
    while len(made) < codings:
        where = lot.choice(texts)
        start = lot.randrange(len(where.text) - 400)
        key = (where.id, start, start + lot.randint(20, 400), lot.choice(codes).id, lot.choice(coders).id)
        made[key] = Coding(new_id(), *key, "2026-05-03T12:00:00.000Z")
    return Bundle("Meting", "", coders, Codebook("meting", codes=codes), [], texts, list(made.values()))


def step(name: str, folder: Path, interviews: int, codings: int) -> dict[str, float]:
    """One step, with its seconds and the megabytes of this process at its highest."""
    from qualcode.exchange.refi.read import read_qdpx
    from qualcode.exchange.refi.write import write_qdpx
    from qualcode.tasks.project.exchange import import_project

    file = folder / f"{interviews}.qdpx"
    if name == "write":
        made = bundle(interviews, codings)
        begin = time.perf_counter()
        write_qdpx(made, file)
    elif name == "read":
        begin = time.perf_counter()
        found = read_qdpx(file)
        assert len(found.codings) == codings
        assert not found.lost.counts
    elif name == "import":
        found = read_qdpx(file)
        begin = time.perf_counter()
        import_project(folder / f"{interviews}.qualcode", found)
    else:
        return word(folder)
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def word(folder: Path) -> dict[str, float]:
    """A transcript of 20,000 words with 1,000 comments, written to Word and placed again."""
    from qualcode.exchange.word_marks import read_marks
    from qualcode.reports.writers.interview import CodedTranscript, write_transcript
    from qualcode.text.word_alignment import WordAlignment

    lot = Random(6)
    words, turns = text(lot, 500)
    codes = [Code(f"c{n}", f"code-{n}", Bilingual(f"Code {n}"), colour="#3B8ACA") for n in range(CODES)]
    codings = []
    for n in range(1000):
        start = lot.randrange(len(words) - 400)
        codings.append(
            Coding(
                f"k{n}",
                "t",
                start,
                start + lot.randint(20, 400),
                lot.choice(codes).id,
                "a",
                "2026-05-03T12:00:00Z",
            )
        )
    transcript = Transcript("t", "gesprek", words, text_hash(words), turns)
    begin = time.perf_counter()
    write_transcript(CodedTranscript(transcript, codings, codes, {"a": "marit"}), folder / "x.docx")
    written = time.perf_counter() - begin
    marked = read_marks(folder / "x.docx")
    alignment = WordAlignment(marked.text, words)
    placed = [alignment.place(comment.span).span for comment in marked.comments if comment.span]
    assert placed == [coding.span for coding in codings]
    seconds = time.perf_counter() - begin
    return {
        "seconds": seconds,
        "written": written,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def run(name: str, folder: Path, interviews: int = 0, codings: int = 0) -> dict[str, float]:
    """A step in a process of its own."""
    command = [sys.executable, __file__, "--step", name, str(folder), str(interviews), str(codings)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def other(qc: str, folder: Path, file: Path) -> float:
    """Seconds that qualitative-coding takes to read the same project."""
    room = folder / "qc"
    room.mkdir()
    begin = time.perf_counter()
    subprocess.run(
        [qc, "init", "--import", str(file)],
        cwd=room,
        env={**os.environ, "PYTHONBREAKPOINT": "0"},
        capture_output=True,
        check=True,
    )
    return time.perf_counter() - begin


def whole(folder: Path, file: Path) -> float:
    """Seconds that our program takes for the same, from start to end."""
    begin = time.perf_counter()
    program = "from qualcode.cli import main; main()"
    command = [sys.executable, "-c", program, "project", "import", str(folder / "whole.qualcode"), str(file)]
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - begin


def main() -> int:
    """Measure, print, and say whether the aims are met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--qc")
    parser.add_argument("--step", nargs=4)
    options = parser.parse_args()
    if options.step:
        name, folder, interviews, codings = options.step
        print(json.dumps(step(name, Path(folder), int(interviews), int(codings))))
        return 0
    met = True
    with TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("write", "read", "import"):
            small, large = run(name, folder, 50, 12_500), run(name, folder, 200, 50_000)
            growth = large["seconds"] / max(small["seconds"], 1e-9) / 4
            met &= large["mb"] < AIM_MB and growth < AIM_GROWTH
            print(
                f".qdpx {name:6}  12,500 codings {small['seconds']:6.2f} s   "
                f"50,000 codings {large['seconds']:6.2f} s   "
                f"growth per coding {growth:.2f} (aim < {AIM_GROWTH})   {large['mb']:.0f} MB (aim < {AIM_MB})"
            )
        found = run("word", folder)
        met &= found["seconds"] < AIM_WORD_S
        print(
            f"Word, 20,000 words, 1,000 comments: written {found['written']:.2f} s, "
            f"there and back {found['seconds']:.2f} s (aim < {AIM_WORD_S})   {found['mb']:.0f} MB"
        )
        if options.qc:
            file = folder / "50.qdpx"
            theirs, ours = other(options.qc, folder, file), whole(folder, file)
            met &= theirs > AIM_TIMES * ours
            times = f"{theirs / ours:.0f} times (aim > {AIM_TIMES})"
            print(
                f"taking in 12,500 codings, whole programs: {ours:.2f} s, qualitative-coding {theirs:.2f} s: {times}"
            )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
