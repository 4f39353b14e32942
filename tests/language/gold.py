"""Reads the test sets with gold sentence boundaries."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from qualcode.language.query import Query, Word
from qualcode.language.search import search
from qualcode.language.sentences import sentence_starts
from tests.language.real import RealIndex

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


AUXILIARIES = frozenset(
    ["zijn", "hebben", "worden", "zullen", "kunnen", "moeten", "mogen", "willen", "laten"]
)
_MARKED = re.compile(r"(\S+?)/([\w-]+)(\S*)|\S+|\s+")


def lemma_scores(name: str) -> Scores:
    """Every content-word lemma of a test set as a question, against the words that carry it.

    `name` is `lemmas_nl` or `lemmas_held_out_nl`. Auxiliaries are no questions. The verb in
    "belde … terug" carries terugbellen: for "bellen" it counts neither as right nor as wrong.
    """
    index, gold = _lemma_index(name)
    hits = found = wanted = whole = 0
    for lemma, places in gold.items():
        hits_of_lemma = search(index, Query(lemma, Word(lemma)))
        answers = {(hit.document, part.start) for hit in hits_of_lemma for part in hit.parts}
        answers -= _halves(gold, lemma) - places
        hits, found, wanted = hits + len(answers & places), found + len(answers), wanted + len(places)
        whole += answers == places
    return Scores(hits / found, hits / wanted, 2 * hits / (found + wanted), whole)


def _halves(gold: dict[str, set[tuple[str, int]]], verb: str) -> set[tuple[str, int]]:
    return {
        place for lemma, places in gold.items() if lemma != verb and lemma.endswith(verb) for place in places
    }


def _lemma_index(name: str) -> tuple[RealIndex, dict[str, set[tuple[str, int]]]]:
    index = RealIndex()
    gold: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(line for line in lines if not line.startswith("#")):
        text = ""
        for part in _MARKED.finditer(line):
            if part[2] and part[2] not in AUXILIARIES:
                gold[part[2]].add((str(number), len(text)))
            text += part[1] + part[3] if part[2] else part[0]
        index.add(str(number), text)
    return index, dict(gold)
