"""How fast a search through a large project is, in the project file itself: `python -m benchmarks.search [WORDS]`.

Fills a project with WORDS words (default 1,000,000) of shuffled, invented talk, and prints what a question
takes, with its first screen, beside `LIKE '%word%'` over the texts in the same file. Read ratios, not decimals.
"""

from __future__ import annotations

import random
import sys
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.language import QUESTIONS, documents, say, speed, timed
from qualcode.language.kwic import Order, arrange, lines
from qualcode.language.query import Query, parse
from qualcode.language.search import search
from qualcode.store.index.words import IndexState
from qualcode.store.project import Project, create_project, open_project
from qualcode.tasks.searching.indexing import bring_up_to_date, state_of
from qualcode.tasks.searching.search import find_plain

_SCREEN = 50
_TIMES = 5


def fill(folder: Path, words: int) -> tuple[Path, int]:
    """A project of so many words; returns its path and the number of characters."""
    sample = documents(words, random.Random(8))
    characters = 0
    with create_project(folder / "large") as project, project.transaction("transcripts.import"):
        for number, (text, turns) in enumerate(sample):
            # no two interviews of a project have the same text
            mark = f"{number:06d} "
            text = mark + text
            moved = [replace(turn, start=turn.start + len(mark), end=turn.end + len(mark)) for turn in turns]
            project.transcripts.add(f"t{number:06d}", text, moved)
            characters += len(text)
        path = project.path
    return path, characters


def measure_index(path: Path, characters: int) -> None:
    """Indexing, and what it makes of the file."""
    before = path.stat().st_size
    with open_project(path) as project:
        transcripts = project.transcripts.all()
        seconds, _done = timed(lambda: bring_up_to_date(project, transcripts))
        speed("indexing into the project file", characters, seconds)
        say("    the file before and after", f"{before / 1e6:.0f} → {path.stat().st_size / 1e6:.0f} MB")
        seconds, _state = timed(lambda: state_of(project, transcripts))
        say("looking whether the index is up to date", f"{seconds * 1000:.0f} ms")


def measure_questions(path: Path) -> None:
    """Every question with its first screen: the first time, and the median of some times after it."""
    with open_project(path) as project:
        state = state_of(project, project.transcripts.all())
        for question in QUESTIONS:
            asked = partial(ask, project, state, parse(question))
            first, count = timed(asked)
            again = median(timed(asked)[0] for _time in range(_TIMES))
            say(
                f"{question}: {count:,} hits, with the first screen",
                f"{first * 1000:.0f}, {again * 1000:.0f} ms",
            )
        index = project.words.index(state)
        hits = search(index, parse("gesprek"))
        seconds, _sorted = timed(lambda: arrange(index, hits, Order.LEFT))
        say(f"sorting the {len(hits):,} hits of gesprek by the word on the left", f"{seconds * 1000:.0f} ms")
        measure_like(project)


def ask(project: Project, state: IndexState, query: Query) -> int:
    """Answer a question and make its first screen; returns the number of hits."""
    index = project.words.index(state)
    hits = search(index, query)
    lines(index, hits[:_SCREEN])
    return len(hits)


def like(project: Project, table: str) -> int:
    """How many texts hold the letters of a word, by looking through all of them."""
    found = project.db.execute(f"SELECT count(*) FROM {table} WHERE text LIKE '%gesprek%'")
    return int(found.fetchone()[0])


def measure_like(project: Project) -> None:
    """The same word without an index, as LIKE finds it, and by the index of plain text."""
    for table, what in (("texts", "interviews"), ("plain_words", "turns")):
        looked = partial(like, project, table)
        first, count = timed(looked)
        again = median(timed(looked)[0] for _time in range(_TIMES))
        say(
            f"LIKE '%gesprek%' over the same {what}: {count:,} found",
            f"{first * 1000:.0f}, {again * 1000:.0f} ms",
        )
    indexed = bring_up_to_date(project)
    seconds, found = timed(lambda: find_plain(project, "gesprek", indexed))
    say(f"plain search for gesprek: {len(found.hits)} best places with snippets", f"{seconds * 1000:.0f} ms")


def main(words: int) -> None:
    """Run everything."""
    with tempfile.TemporaryDirectory() as folder:
        path, characters = fill(Path(folder), words)
        say("words, characters", f"{words:,}, {characters:,}")
        measure_index(path, characters)
        measure_questions(path)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
