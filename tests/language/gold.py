"""Reads the test sets with gold sentence boundaries."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from qualcode.language.sentences import sentence_starts

DATA = Path(__file__).parent / "data"


class GoldTurn(NamedTuple):
    """A turn and where its sentences start."""

    text: str
    starts: list[int]


def gold_turns(language: str) -> list[GoldTurn]:
    """The turns of `sentences_{language}.txt`; a bar between sentences stands for one space."""
    lines = (DATA / f"sentences_{language}.txt").read_text(encoding="utf-8").splitlines()
    return [_gold(line) for line in lines if line and not line.startswith("#")]


def _gold(line: str) -> GoldTurn:
    parts = line.split(" | ")
    starts = [0]
    for part in parts[:-1]:
        starts.append(starts[-1] + len(part) + 1)
    return GoldTurn(" ".join(parts), starts)


class Scores(NamedTuple):
    """How found boundaries compare with gold: shares between 0 and 1."""

    precision: float
    recall: float
    f: float
    whole_turns: int


def boundary_scores(turns: list[GoldTurn], language: str) -> Scores:
    """Inner boundaries of our rules against gold, over all `turns` together."""
    hits = found = gold = whole = 0
    for turn in turns:
        ours = set(sentence_starts(turn.text, language)[1:])
        theirs = set(turn.starts[1:])
        hits, found, gold = hits + len(ours & theirs), found + len(ours), gold + len(theirs)
        whole += ours == theirs
    return Scores(hits / found, hits / gold, 2 * hits / (found + gold), whole)
