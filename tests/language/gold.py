"""Reads the test sets with gold sentence boundaries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from qualcode.language.query import Query, Word
from qualcode.language.reading import both
from qualcode.language.search import search
from qualcode.language.sentences import sentence_starts
from qualcode.language.split import split_verbs
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


class SearchScores(NamedTuple):
    """Places found for every lemma of a test set: shares between 0 and 1, and how many lemmas were wholly right.

    `recall_also` counts what is offered beside what is sure.
    """

    precision: float
    recall: float
    recall_also: float
    whole: int


Tags = Callable[[str], "dict[int, str] | None"]


def lemma_scores(
    name: str, tags: Tags = lambda text: None, *, bare: bool = False, only: str = ""
) -> SearchScores:
    """Every content-word lemma of a test set as a question, against the words that carry it.

    `name` is a file of marked words (`lemmas_nl`, `talk_nl` …), `tags` reads a text, `bare` writes it as recognisers
    do. `only` takes just the lemmas of "split" verbs, or those of words that may be "both" noun and verb.
    Auxiliaries are no questions. The verb in "belde … terug" carries terugbellen: for "bellen" it counts neither as
    right nor as wrong.
    """
    index, gold = _lemma_index(name, tags, bare)
    hits = found = wanted = whole = also = 0
    for lemma, places in gold.items():
        if (only == "split" and not split_verbs([lemma])) or (only == "both" and not both(lemma)):
            continue
        every = search(index, Query(lemma, Word(lemma)), also=True)
        neither = _halves(gold, lemma) - places
        answers = {(hit.document, part.start) for hit in every if hit.sure for part in hit.parts} - neither
        beside = {(hit.document, part.start) for hit in every for part in hit.parts}
        hits, found, wanted = hits + len(answers & places), found + len(answers), wanted + len(places)
        also += len(beside & places)
        whole += answers == places
    return SearchScores(hits / found, hits / wanted, also / wanted, whole)


def _halves(gold: dict[str, set[tuple[str, int]]], verb: str) -> set[tuple[str, int]]:
    return {
        place for lemma, places in gold.items() if lemma != verb and lemma.endswith(verb) for place in places
    }


def _lemma_index(name: str, tags: Tags, bare: bool) -> tuple[RealIndex, dict[str, set[tuple[str, int]]]]:
    index = RealIndex()
    gold: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(line for line in lines if not line.startswith("#")):
        text = ""
        for part in _MARKED.finditer(_without_marks(line) if bare else line):
            if part[2] and part[2] not in AUXILIARIES:
                gold[part[2]].add((str(number), len(text)))
            text += part[1] + part[3] if part[2] else part[0]
        index.add(str(number), text, tags=tags(text))
    return index, dict(gold)


def _without_marks(line: str) -> str:
    return " ".join(re.sub(r"[.,:;?!…“”\"()]", " ", line.lower()).split())


class DoubtfulWord(NamedTuple):
    """A word of the demo interviews that may be a noun or a verb: where it stands, and which it is."""

    document: str
    start: int
    reading: str


def doubtful_words(texts: Mapping[str, str]) -> list[DoubtfulWord]:
    """The words of `demo_words_nl.txt` in the interviews, by name; each must be found in exactly one."""
    found = []
    for line in (DATA / "demo_words_nl.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        reading, around = line[0], line[2:]
        place = around.index("«")
        context = around.replace("«", "").replace("»", "")
        (document,) = [name for name, text in texts.items() if context in text]
        found.append(DoubtfulWord(document, texts[document].index(context) + place, reading))
    return found
