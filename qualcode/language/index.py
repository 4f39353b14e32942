"""The word index: texts become rows, and a search asks an index for places.

`word_rows` turns a text into rows; `WordIndex` is what a search needs from whatever
holds them; `MemoryIndex` holds them in memory. A row's keys (`keys_of`) depend on its
surface and lemma alone, so an index stores them once per form and not per word.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from qualcode.language.lemmas import folded, lemma_set
from qualcode.language.sentences import sentence_starts
from qualcode.language.words import CLAUSE_OPENERS, PREPOSITIONS, SUBJECTS, SUBORDINATORS, words
from qualcode.model import Turn

RULES_VERSION = "1"
_OPENS_NEXT = CLAUSE_OPENERS | PREPOSITIONS


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
    text: str,
    turns: Sequence[Turn] = (),
    language: str = "nl",
    lemmas: Mapping[int, str] | None = None,
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
    if word in SUBORDINATORS:
        return len(following) > 1 and following[1][0].lower() in SUBJECTS
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


class MemoryIndex:
    """A word index in memory: some 25 bytes a word beside the texts."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._documents: list[str] = []
        self._numbers: dict[str, int] = {}
        self._first: list[int] = []
        self._turns, self._sentences = array("I"), array("I")
        self._starts, self._ends, self._forms = array("I"), array("I"), array("I")
        self._closes = bytearray()
        self._ids: dict[tuple[str, str, str], int] = {}
        self._surfaces: list[str] = []
        self._places: list[array[int]] = []
        self._by_key: defaultdict[str, list[int]] = defaultdict(list)
        self._by_surface: defaultdict[str, list[int]] = defaultdict(list)

    def add(
        self,
        document: str,
        text: str,
        turns: Sequence[Turn] = (),
        language: str = "nl",
        lemmas: Mapping[int, str] | None = None,
    ) -> None:
        """Take in a document; a second one under the same name is a `ValueError`."""
        if document in self._texts:
            raise ValueError(f"document {document!r} is in the index already")
        self._texts[document] = text
        self._numbers[document] = len(self._documents)
        self._documents.append(document)
        self._first.append(len(self._starts))
        for row in word_rows(text, turns, language, lemmas):
            form = self._form(row.surface, row.lemma, language)
            self._places[form].append(len(self._starts))
            self._turns.append(row.turn)
            self._sentences.append(row.sentence)
            self._starts.append(row.start)
            self._ends.append(row.end)
            self._closes.append(row.closes)
            self._forms.append(form)

    def __len__(self) -> int:
        """Number of words."""
        return len(self._starts)

    def _form(self, surface: str, lemma: str, language: str) -> int:
        known = self._ids.get((surface, lemma, language))
        if known is not None:
            return known
        form = self._ids[surface, lemma, language] = len(self._surfaces)
        self._surfaces.append(surface)
        self._places.append(array("I"))
        self._by_surface[folded(surface)].append(form)
        for key in keys_of(surface, lemma, language):
            self._by_key[key].append(form)
        return form

    def _described(self, ids: Iterable[int]) -> list[Form]:
        return [Form(form, self._surfaces[form], len(self._places[form])) for form in ids]

    def with_keys(self, keys: Collection[str]) -> Sequence[Form]:
        """See `WordIndex`."""
        return self._described(sorted({form for key in keys for form in self._by_key.get(key, ())}))

    def spelled(self, surface: str) -> Sequence[Form]:
        """See `WordIndex`."""
        return self._described(self._by_surface.get(surface, ()))

    def like(self, pattern: str) -> Sequence[Form]:
        """See `WordIndex`."""
        fits = pattern_of(pattern).fullmatch
        return self._described(
            form for surface, forms in self._by_surface.items() if fits(surface) for form in forms
        )

    def occurrences(self, forms: Collection[int]) -> Iterable[Occurrence]:
        """See `WordIndex`."""
        places = sorted(place for form in set(forms) for place in self._places[form])
        document = -1
        following = 0
        for place in places:
            while place >= following:
                document += 1
                following = self._end_of(document)
            yield self._occurrence(document, place)

    def _occurrence(self, document: int, place: int) -> Occurrence:
        return Occurrence(
            self._documents[document],
            place - self._first[document],
            self._turns[place],
            self._sentences[place],
            self._starts[place],
            self._ends[place],
            bool(self._closes[place]),
            self._forms[place],
        )

    def _end_of(self, document: int) -> int:
        return self._first[document + 1] if document + 1 < len(self._first) else len(self._starts)

    def window(self, document: str, first: int, last: int) -> Sequence[Occurrence]:
        """See `WordIndex`."""
        number = self._numbers[document]
        begin = self._first[number]
        low, high = begin + max(first, 0), min(begin + last + 1, self._end_of(number))
        return [self._occurrence(number, place) for place in range(low, high)]

    def surface(self, form: int) -> str:
        """See `WordIndex`."""
        return self._surfaces[form]

    def excerpt(self, document: str, start: int, end: int) -> str:
        """See `WordIndex`."""
        return self._texts[document][max(start, 0) : end]
