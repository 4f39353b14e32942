"""Collocations: the words that stand near a word more often than chance."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from qualcode.language.lemmas import folded, lemma, lemma_set, query_keys
from qualcode.language.stopwords import stop_words
from qualcode.language.words import words
from qualcode.language.wordwork import Passage


class Collocate(NamedTuple):
    """A word near the one asked for: how often near, how often at all, expected by chance, and G²."""

    word: str
    together: int
    times: int
    expected: float
    score: float


def collocates(
    passages: Iterable[Passage],
    word: str,
    *,
    reach: int = 5,
    most: int = 50,
    at_least: int = 2,
    stop: Collection[str] | None = None,
) -> list[Collocate]:
    """Words within `reach` words of any form of `word` in the same passage, by log-likelihood.

    G² over the two-by-two table (near or not, this word or another) after Dunning (1993). A
    place near two occurrences counts once.
    """
    times: Counter[str] = Counter()
    together: Counter[str] = Counter()
    total = near_total = 0
    for passage in passages:
        found = [match[0] for match in words(passage.text)]
        keys = query_keys(word, passage.language)
        nodes = [place for place, surface in enumerate(found) if keys & lemma_set(surface, passage.language)]
        near = {
            place
            for node in nodes
            for place in range(max(node - reach, 0), min(node + reach + 1, len(found)))
        }.difference(nodes)
        unwanted = stop_words(passage.language) if stop is None else stop
        total += len(found) - len(nodes)
        near_total += len(near)
        for place, surface in enumerate(found):
            counted = _counted(surface, passage.language, unwanted)
            if counted and place not in nodes:
                times[counted] += 1
                together[counted] += place in near
    rows = [
        Collocate(
            other,
            both,
            times[other],
            near_total * times[other] / total,
            _g2(both, times[other], near_total, total),
        )
        for other, both in together.items()
        if both >= at_least
    ]
    more = [row for row in rows if row.together > row.expected]
    return sorted(more, key=lambda row: (-row.score, row.word))[:most]


def _counted(surface: str, language: str, unwanted: Collection[str]) -> str:
    lower = folded(surface)
    if len(lower) < 2 or not lower[0].isalpha() or lower in unwanted:
        return ""
    found = lemma(surface, language)
    return "" if found in unwanted else found


def _g2(both: int, times: int, near: int, total: int) -> float:
    table = (
        (both, near * times),
        (times - both, (total - near) * times),
        (near - both, near * (total - times)),
        (total - near - times + both, (total - near) * (total - times)),
    )
    return 2 * sum(seen * math.log(seen * total / product) for seen, product in table if seen > 0)
