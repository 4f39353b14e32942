"""The word index: texts become rows, and a search asks an index for places.

`word_rows` turns a text into rows; `WordIndex` is what a search needs from whatever
holds them (`store.index.words` does). A row's keys (`reading.keys`) depend on its
surface and reading alone, so an index stores them once per form and not per word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Protocol

from qualcode.language.reading import Beside, both, by_context
from qualcode.language.sentences import sentence_starts
from qualcode.language.words import LITTLE_WORDS, folded, words
from qualcode.model import Turn

RULES_VERSION = "2"
PARTICLE = "p"
"""What a pipeline says of the particle of a split verb ("belde … op")."""
_OPENS_NEXT = LITTLE_WORDS["clause_openers"] | LITTLE_WORDS["prepositions"]


class WordRow(NamedTuple):
    """One word of a text. `n`, `turn` and `sentence` count from 0, 1 and 0 in the whole text.

    `closes` says that a clause may end behind it: a mark, a conjunction or a preposition follows, or a
    pipeline says that it is the particle of a split verb. `reading` says of a word that can be a noun or a
    verb which it is, if that is known (`reading.NOUN`, `reading.VERB` or empty).
    """

    n: int
    turn: int
    sentence: int
    start: int
    end: int
    closes: bool
    surface: str
    reading: str = ""


class Form(NamedTuple):
    """A word as written and read, with how often it occurs; `sure` says whether its reading fits what was asked."""

    id: int
    surface: str
    times: int
    reading: str = ""
    sure: bool = True


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
        """The forms that have one of these lemma keys; sure are those of which the reading bears one out."""

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
    text: str, turns: Sequence[Turn] = (), language: str = "nl", tags: Mapping[int, str] | None = None
) -> Iterator[WordRow]:
    """The words of `text`, turn by turn (without turns the text is one).

    `tags` says of words, by their start, what a pipeline takes them for: `NOUN`, `VERB` or `PARTICLE`. Without
    a pipeline (`None`) the words around decide.
    """
    n = sentence = 0
    for turn in turns or (Turn(1, 0, len(text)),):
        starts = [turn.start + at for at in sentence_starts(text[turn.start : turn.end], language)]
        found = list(words(text, turn.start, turn.end))
        for place, word in enumerate(found):
            start, end = word.span()
            inner = bisect_right(starts, start) - 1
            is_particle = tags is not None and tags.get(start) == PARTICLE
            yield WordRow(
                n,
                turn.n,
                sentence + inner,
                start,
                end,
                is_particle or _closes(text, end, found[place + 1 : place + 3]),
                word[0],
                reading_at(text, found, place, tags) if both(word[0], language) else "",
            )
            n += 1
        sentence += len(starts)


_AROUND = 12


def reading_at(
    text: str, found: Sequence[re.Match[str]], place: int, tags: Mapping[int, str] | None = None
) -> str:
    """What the word at `place` is: by the words around it, else by what a pipeline says."""
    beside = Beside(
        list(_unbroken(text, found[max(place - _AROUND, 0) : place + 1][::-1])),
        list(_unbroken(text, found[place : place + 3])),
    )
    known = by_context(folded(found[place][0]), beside)
    if known or tags is None:
        return known
    tag = tags.get(found[place].start(), "")
    return tag if tag != PARTICLE else ""


def _unbroken(text: str, found: Sequence[re.Match[str]]) -> Iterator[str]:
    """The words that follow the first, in this order, up to a mark."""
    for one, other in pairwise(found):
        between = text[min(one.end(), other.end()) : max(one.start(), other.start())]
        if between.strip():
            return
        yield folded(other[0])


def _closes(text: str, end: int, following: Sequence[re.Match[str]]) -> bool:
    """Whether a clause ends at `end`; `following` are the next two words ("dat hij" opens one, "dat moment" none)."""
    if not following or text[end : following[0].start()].strip():
        return True
    word = following[0][0].lower()
    if word in LITTLE_WORDS["subordinators"]:
        return len(following) > 1 and following[1][0].lower() in LITTLE_WORDS["subjects"]
    return word in _OPENS_NEXT


@lru_cache(maxsize=256)
def pattern_of(wildcard: str) -> re.Pattern[str]:
    """A folded word with `*` as a regular expression over folded words."""
    return re.compile(
        "".join(".*" if part == "*" else re.escape(part) for part in re.split(r"(\*)", wildcard))
    )
