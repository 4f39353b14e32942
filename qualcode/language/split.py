"""Separable verbs in two parts: "trok zich … terug" is found under terugtrekken.

Nothing in the words joins the two halves for certain, so the rules stay narrow: a finite form of the verb, then the
particle within a few words in the same sentence; or the particle right before the verb, or with "te" or an auxiliary
between ("terug te trekken"). A particle that is a preposition as well must close its clause ("bel ik hem op."), or a
pipeline must have said that it is one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from qualcode.language.index import Occurrence, WordIndex
from qualcode.language.reading import both
from qualcode.language.words import (
    LITTLE_WORDS,
    PREFIXES,
    folded,
    irregular_forms,
    irregular_verbs,
    is_known,
    lemma_set,
    stem,
)


class SplitVerb(NamedTuple):
    """A separable verb taken apart: terug + trekken."""

    particle: str
    verb: str


def split_verbs(lemmas: Iterable[str]) -> list[SplitVerb]:
    """The ways in which these lemmas are a particle and a verb that exists."""
    found = []
    for lemma in sorted(lemmas):
        for cut in range(2, len(lemma) - 3):
            particle, verb = lemma[:cut], lemma[cut:]
            if particle in PREFIXES["separable"] and _is_infinitive(verb) and is_known(lemma):
                found.append(SplitVerb(particle, verb))
    return found


def _is_infinitive(word: str) -> bool:
    return word in irregular_verbs() or (
        word.endswith(("en", "aan", "oen", "ien")) and is_known(word) and is_known(stem(word))
    )


REACH = 9
_ALSO_OTHERWISE = LITTLE_WORDS["prepositions"] | LITTLE_WORDS["otherwise"]
_BETWEEN = LITTLE_WORDS["between"]
_PLACES = frozenset(("er", "daar", "waar"))
_JOINS = frozenset(("en", "maar", "want"))


class Pair(NamedTuple):
    """The two halves where they stand, in the order of the text."""

    first: Occurrence
    second: Occurrence


def split_places(index: WordIndex, split: SplitVerb) -> Iterator[Pair]:
    """Where the verb stands in two parts, in the order of the index."""
    forms = {form.id: form.surface for form in index.with_keys([split.verb])}
    forms |= {form.id: form.surface for half in _finite(split.verb) for form in index.spelled(half)}
    particles = [form.id for form in index.spelled(split.particle)]
    sentences: defaultdict[tuple[str, int], list[Occurrence]] = defaultdict(list)
    if not particles:
        return
    for place in index.occurrences(forms):
        sentences[place.document, place.sentence].append(place)
    for particle in index.occurrences(particles):
        halves = sentences.get((particle.document, particle.sentence))
        found = _partner(index, split, particle, halves, forms) if halves else None
        if found:
            yield Pair(*sorted((found, particle), key=lambda place: place.n))


def _finite(verb: str) -> list[str]:
    first = stem(verb)
    return [] if verb in irregular_verbs() else [first, first if first.endswith("t") else first + "t"]


def _partner(
    index: WordIndex, split: SplitVerb, particle: Occurrence, halves: list[Occurrence], forms: dict[int, str]
) -> Occurrence | None:
    """The verb that belongs to `particle`: the nearest before it, else one right behind it."""
    at = bisect_left(halves, particle.n, key=lambda half: half.n)
    behind = halves[at] if at < len(halves) else None
    if behind and _written_apart(index, particle, behind):
        return behind
    if not particle.closes and split.particle in _ALSO_OTHERWISE:
        return None
    for half in reversed(halves[max(at - REACH, 0) : at]):
        if particle.n - half.n <= REACH and _may_be_finite(forms[half.form], split):
            return half if _belongs(index, half, particle, split) else None
    return None


def _belongs(index: WordIndex, half: Occurrence, particle: Occurrence, split: SplitVerb) -> bool:
    """Whether nothing between verb and particle claims the particle: "belde en stond op", "doet er niks mee"."""
    window = index.window(particle.document, half.n - 1, particle.n - 1)
    said = [folded(index.surface(place.form)) for place in window]
    between = said[half.n - window[0].n + 1 :]
    if split.particle == "mee" and _PLACES & set(said):
        return False
    return not any(
        word in _JOINS and any(map(_is_finite, between[place + 1 : place + 3]))
        for place, word in enumerate(between)
    )


@lru_cache(maxsize=20_000)
def _is_finite(word: str) -> bool:
    """Whether a word is a verb and neither its infinitive nor its participle; words that may be nouns are none."""
    if word in LITTLE_WORDS["subjects"] or word.startswith("ge") or both(word):
        return False
    known = irregular_forms().get(word)
    if known:
        return not known.others and word not in known.verbs
    return any(
        lemma != word and lemma.endswith("en") and lemma.startswith(word[:2]) for lemma in lemma_set(word)
    ) and (word.endswith(("te", "de", "t", "ten", "den")))


def _written_apart(index: WordIndex, particle: Occurrence, verb: Occurrence) -> bool:
    """Whether the particle stands right before the verb; "om te lopen" is a purpose and no omlopen."""
    gap = verb.n - particle.n - 1
    if particle.closes and gap == 0:
        return False
    if gap == 0:
        return True
    if gap > 1:
        return False
    between = index.window(particle.document, particle.n + 1, particle.n + 1)
    word = folded(index.surface(between[0].form))
    return word in _BETWEEN and not (word == "te" and folded(index.surface(particle.form)) == "om")


def _may_be_finite(surface: str, split: SplitVerb) -> bool:
    """Not a participle: "getrokken … terug" is none of ours."""
    lower = folded(surface)
    return not lower.startswith("ge") or lower.startswith(stem(split.verb)) or lower == split.verb
