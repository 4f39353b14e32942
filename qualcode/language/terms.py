"""Noun phrases that are said more than once: words a codebook may want ("emotionele belasting", "wachtlijst")."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from qualcode.language.pipeline import Token
from qualcode.language.reading import NOUN, both, lemma_as
from qualcode.language.words import folded, lemma, stop_words

_BEFORE_A_NOUN = ("ADJ", "NOUN")
_LONGEST = 4


class Term(NamedTuple):
    """A noun phrase by its lemma: how often it was said, and in how many documents."""

    words: str
    times: int
    documents: int


def noun_phrases(tokens: Sequence[Token], language: str = "nl") -> Iterator[str]:
    """Every stretch of adjectives and nouns that ends in a noun, and each noun by itself, by their lemmas."""
    unwanted = stop_words(language)
    stretch: list[Token] = []
    for token in (*tokens, Token(-1, -1, "", "")):
        follows = bool(stretch) and token.start - stretch[-1].end == 1
        fits = token.pos in _BEFORE_A_NOUN and token.text.isalpha() and folded(token.text) not in unwanted
        if not (fits and follows):
            yield from _phrases(stretch, language)
            stretch = []
        if fits:
            stretch.append(token)


def _phrases(stretch: list[Token], language: str) -> Iterator[str]:
    while stretch and stretch[-1].pos != "NOUN":
        stretch.pop()
    for token in stretch:
        if token.pos == "NOUN":
            yield _noun(token, language)
    if 1 < len(stretch) <= _LONGEST:
        yield " ".join([*(folded(token.text) for token in stretch[:-1]), _noun(stretch[-1], language)])


def _noun(token: Token, language: str) -> str:
    return lemma_as(token.text, NOUN) if both(token.text, language) else lemma(token.text, language)


def candidate_terms(phrases: Iterable[tuple[str, str]], most: int = 50, at_least: int = 2) -> list[Term]:
    """The phrases of documents (document, phrase) that were said often enough, those in most documents first.

    A phrase of two words counts twice, for it says more; a noun that is nearly always said within one gives way to it.
    """
    times: Counter[str] = Counter()
    documents: defaultdict[str, set[str]] = defaultdict(set)
    for document, phrase in phrases:
        times[phrase] += 1
        documents[phrase].add(document)
    inside: Counter[str] = Counter()
    for phrase, said in times.items():
        for word in phrase.split() if " " in phrase else ():
            inside[word] = max(inside[word], said)
    kept = [
        Term(phrase, said, len(documents[phrase]))
        for phrase, said in times.items()
        if said >= at_least and inside[phrase] < 0.8 * said
    ]
    return sorted(
        kept, key=lambda term: (-term.documents * len(term.words.split()), -term.times, term.words)
    )[:most]
