"""How fast merging is, and the agenda of a pair: one run, one data set, one machine.

Two coders, 100 transcripts of 60,000 characters, 40 codes; 10,000 codings each, every coding an
act of its own (invented, own seed). Merging the second coder's share file is set against writing
the same rows with one commit per row, as simple tools do, and with one per coding. Medians of wall-clock time.

    python benchmarks/merge.py            everything (about two minutes)
    python benchmarks/merge.py --quick    a tenth of the codings
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from random import Random
from typing import TypeVar

from qualcode.i18n import Bilingual
from qualcode.model import Code, CoderKind, JournalEntry, Turn
from qualcode.store.file import rows
from qualcode.store.file.check import problems
from qualcode.store.journal.incoming import read_project
from qualcode.store.journal.merge import merge
from qualcode.store.journal.share import pack, read_share
from qualcode.store.project import Project, create_project, open_project
from qualcode.store.records.decisions import Outcome
from qualcode.tasks.comparing.agenda import agenda, decide
from qualcode.tasks.comparing.comparison import compare

DOCUMENTS, LENGTH, CODES, CODINGS = 100, 60_000, 40, 10_000
AIM_FASTER, AIM_AGENDA_S, AIM_DECISION_MS = 50, 0.5, 16.7
Found = TypeVar("Found")


def timed(work: Callable[[], Found], times: int = 1) -> tuple[float, Found]:
    """The median time of some runs, in seconds, and what the last one gave."""
    spent = []
    for _run in range(times):
        start = time.perf_counter()
        found = work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent), found


def invented(folder: Path, codings: int) -> tuple[Path, Path]:
    """The same project on two laptops, each with one coder's codings."""
    words = [
        *("we", "belden", "elke", "week", "en", "daarna", "zagen", "we", "in", "de", "klas"),
        *("dat", "het", "rustiger", "werd"),
    ]
    base = folder / "base.qualcode"
    with create_project(base) as project:
        project.db.execute("PRAGMA synchronous = OFF")
        for name, kind in (("anna", CoderKind.PRACTITIONER), ("bram", CoderKind.RESEARCHER)):
            project.coders.add(name, kind)
        lot = Random(5)
        for n in range(DOCUMENTS):
            text = f"{n} " + " ".join(lot.choice(words) for _word in range(LENGTH // 3))
            text = text[:LENGTH].rstrip()
            project.transcripts.add(f"interview-{n:03}", text, [Turn(1, 0, len(text), "R")])
        for n in range(CODES):
            project.codebook.add(Code("", f"code-{n:02}", Bilingual(f"code {n}")))
    paths = []
    for name in ("anna", "bram"):
        paths.append(folder / f"{name}.qualcode")
        shutil.copy(base, paths[-1])
        with open_project(paths[-1], name) as project:
            _code(project, codings, Random(7), shift=0 if name == "anna" else 8)
    return paths[0], paths[1]


def _code(project: Project, codings: int, lot: Random, shift: int) -> None:
    """Both draw the same lots; the second moves, recodes or leaves out some of them."""
    project.db.execute("PRAGMA synchronous = OFF")
    transcripts, codes = project.transcripts.all(), project.codebook.all()
    me = project.require_coder()
    for _n in range(codings):
        transcript, code, fate = lot.choice(transcripts), lot.choice(codes), lot.random()
        start = lot.randrange(LENGTH - 700)
        end = start + lot.randrange(40, 400)
        if shift and fate > 0.6:
            code = lot.choice(codes) if fate > 0.8 else code
            start, end = (start + shift, end + 3 * shift) if fate < 0.9 else (start + 500, start + 600)
        else:
            lot.random()
        project.codings.add_all([(transcript, start, end, code, me)])
    for transcript in transcripts:
        project.progress.mark(transcript, me)


def one_by_one(project: Path, other: Path, folder: Path) -> tuple[float, float]:
    """The same rows (entry, its index line, coding) with one commit per row, and with one per coding."""
    incoming = read_project(other)
    spent = []
    for per_row in (True, False):
        path = folder / "one-by-one.qualcode"
        shutil.copy(project, path)
        with open_project(path) as copy:
            here = {entry.id for entry in copy.journal.entries()}
            fresh = [entry for entry in incoming.entries if entry.id not in here]
            spent.append(timed(partial(_write, copy, fresh, per_row))[0])
    return spent[0], spent[1]


def _write(project: Project, entries: list[JournalEntry], per_row: bool) -> None:
    connection = project.db.conn
    for entry in entries:
        with nullcontext() if per_row else project.db.atomic():
            connection.execute(
                "INSERT INTO journal (id, tick, at, coder_id, action, note, undoes, changes) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    entry.id,
                    entry.tick,
                    entry.at,
                    entry.coder_id,
                    entry.action,
                    "",
                    None,
                    rows.pack(entry.changes),
                ],
            )
            _commit(project, per_row)
            for change in entry.changes:
                connection.execute(
                    "INSERT INTO journal_rows VALUES (?, ?, ?)", [change.table, change.id, entry.id]
                )
                _commit(project, per_row)
                rows.write(project.db, [change])
                _commit(project, per_row)


def _commit(project: Project, per_row: bool) -> None:
    if per_row:
        project.db.conn.commit()


def measure(folder: Path, codings: int) -> dict[str, float]:
    """All figures, in seconds unless the name says otherwise."""
    mine, theirs = invented(folder, codings)
    found: dict[str, float] = {}
    with open_project(theirs, "bram") as bram:
        found["share"], content = timed(lambda: pack(bram, bram.require_coder()), 3)
    file = folder / "bram.qcx"
    file.write_bytes(content)
    found["share_kb"] = len(content) / 1000

    def merged() -> int:
        path = folder / "merged.qualcode"
        shutil.copy(mine, path)
        with open_project(path, "anna") as anna:
            start = time.perf_counter()
            brought = merge(anna, read_share(file).incoming)
            spent.append(time.perf_counter() - start)
            return brought.codings["bram"]

    spent: list[float] = []
    for _run in range(3):
        if merged() != codings:
            sys.exit("the merge lost codings")
    found["merge"] = statistics.median(spent)
    found["one_commit_per_row"], found["one_commit_per_coding"] = one_by_one(mine, theirs, folder)
    found["times_faster"] = found["one_commit_per_row"] / found["merge"]
    found["times_faster_than_per_coding"] = found["one_commit_per_coding"] / found["merge"]
    with open_project(folder / "merged.qualcode", "anna") as anna:
        found["merge_again"], _none = timed(lambda: merge(anna, read_project(theirs)), 3)
        found["check"], wrong = timed(lambda: problems(anna))
        if wrong:
            sys.exit("\n".join(wrong))
        found |= _agenda(anna)
    return found


def _agenda(project: Project) -> dict[str, float]:
    found: dict[str, float] = {}
    pair = tuple(project.coders.pair())
    found["read_codings"], comparison = timed(lambda: compare(project, pair[0], pair[1]), 3)
    found["differences_and_agenda"], walk = timed(lambda: agenda(project, comparison), 3)
    found["order_and_groups"], _none = timed(lambda: (walk.ordered("effect"), walk.groups()), 3)
    todo = iter(walk.open_items())
    found["one_decision_ms"] = 1000 * timed(lambda: decide(project, walk, [next(todo)], Outcome.BOTH), 20)[0]
    found["differences"] = len(walk.items)
    return found


def main() -> None:
    """Measure, print, and stop with an error if an aim is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of the codings")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--folder", type=Path, help="where to write (the disk matters for commits)")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=wanted.folder) as folder:
        found = measure(Path(folder), CODINGS // 10 if wanted.quick else CODINGS)
    if wanted.json:
        print(json.dumps(found, indent=2))
    else:
        for name, value in found.items():
            print(f"{name:24} {value:10.3f}")
    missed = [
        words
        for words, met in (
            (
                f"merging {AIM_FASTER} times faster than one commit per row",
                found["times_faster"] >= AIM_FASTER,
            ),
            (f"agenda under {AIM_AGENDA_S} s", found["differences_and_agenda"] < AIM_AGENDA_S),
            (
                f"one decision within a frame ({AIM_DECISION_MS} ms)",
                found["one_decision_ms"] < AIM_DECISION_MS,
            ),
        )
        if not met
    ]
    if missed:
        sys.exit("missed: " + "; ".join(missed))


if __name__ == "__main__":
    main()
