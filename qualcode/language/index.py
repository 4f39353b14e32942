"""The word index: texts become rows, and a search asks an index for places.

`word_rows` turns a text into rows; `WordIndex` is what a search needs from whatever
holds them (`store.index.words` does). A row's keys (`keys_of`) depend on its
surface and lemma alone, so an index stores them once per form and not per word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from qualcode.language.sentences import sentence_starts
from qualcode.language.words import LITTLE_WORDS, lemma_set, words
from qualcode.model import Turn

RULES_VERSION = "1"
_OPENS_NEXT = LITTLE_WORDS["clause_openers"] | LITTLE_WORDS["prepositions"]


class WordRow(NamedTuple):
    """One word of a text. `n`, `turn` and `sentence` count from 0, 1 and 0 in the whole text.

    `closes` says that a clause may end behind it: a mark, a conjunction or a preposition
    follows. `lemma` is the lemma a trained pipeline
    gave it in its context, or empty.
    """

    n: int
    turn: int
    sentence: int
    start: int
    end: int
    closes: bool
    surface: str
    lemma: str = ""


class Form(NamedTuple):
    """A word as written, with how often it occurs in the index."""

    id: int
    surface: str
    times: int


class Occurrence(NamedTuple):
    """A word in a document: the row, with the form by its id."""

    document: str
    n: int
    turn: int
    sentence: int
    start: int
    end: int
    closes: bool
    form: int


class WordIndex(Protocol):
    """What a search asks of an index. Occurrences come in the order of documents and of `n`."""

    def with_keys(self, keys: Collection[str]) -> Sequence[Form]:
        """The forms that have one of these lemma keys."""

    def spelled(self, surface: str) -> Sequence[Form]:
        """The forms that are `surface` (already folded), whatever their capitals."""

    def like(self, pattern: str) -> Sequence[Form]:
        """The forms that fit a folded pattern in which `*` stands for any letters."""

    def occurrences(self, forms: Collection[int]) -> Iterable[Occurrence]:
        """Where these forms stand."""

    def window(self, document: str, first: int, last: int) -> Sequence[Occurrence]:
        """Words `first` to `last` (inclusive) of a document; outside it there are none."""

    def surface(self, form: int) -> str:
        """A form as written."""

    def excerpt(self, document: str, start: int, end: int) -> str:
        """The document's text between two positions, cut off at its ends."""


def word_rows(
    text: str, turns: Sequence[Turn] = (), language: str = "nl", lemmas: Mapping[int, str] | None = None
) -> Iterator[WordRow]:
    """The words of `text`, turn by turn (without turns the text is one).

    `lemmas` maps the start of a word to its lemma in context, where a trained pipeline knows it.
    """
    n = sentence = 0
    for turn in turns or (Turn(1, 0, len(text)),):
        starts = [turn.start + at for at in sentence_starts(text[turn.start : turn.end], language)]
        found = list(words(text, turn.start, turn.end))
        for place, word in enumerate(found):
            start, end = word.span()
            inner = bisect_right(starts, start) - 1
            known = lemmas.get(start, "") if lemmas else ""
            yield WordRow(
                n,
                turn.n,
                sentence + inner,
                start,
                end,
                _closes(text, end, found[place + 1 : place + 3]),
                word[0],
                known,
            )
            n += 1
        sentence += len(starts)


def _closes(text: str, end: int, following: Sequence[re.Match[str]]) -> bool:
    """Whether a clause ends at `end`; `following` are the next two words ("dat hij" opens one, "dat moment" none)."""
    if not following or text[end : following[0].start()].strip():
        return True
    word = following[0][0].lower()
    if word in LITTLE_WORDS["subordinators"]:
        return len(following) > 1 and following[1][0].lower() in LITTLE_WORDS["subjects"]
    return word in _OPENS_NEXT


def keys_of(surface: str, lemma: str = "", language: str = "nl") -> frozenset[str]:
    """The keys by which a word is found: its lemma set, and its lemma in context if known."""
    keys = lemma_set(surface, language)
    return keys | {lemma.lower()} if lemma else keys


@lru_cache(maxsize=256)
def pattern_of(wildcard: str) -> re.Pattern[str]:
    """A folded word with `*` as a regular expression over folded words."""
    return re.compile(
        "".join(".*" if part == "*" else re.escape(part) for part in re.split(r"(\*)", wildcard))
    )
