"""Counting words: what is frequent, what stands near a word, and who speaks how much."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from qualcode.language.index import reading_at
from qualcode.language.reading import both, lemma_as
from qualcode.language.words import folded, lemma, lemma_set, query_keys, stop_words, words
from qualcode.model import Transcript, Turn
from qualcode.text.spans import Span


class Passage(NamedTuple):
    """A stretch of a document: `start` is where its text begins there."""

    document: str
    start: int
    text: str
    language: str = "nl"

    @property
    def span(self) -> Span:
        """Where it stands in its document."""
        return Span(self.start, self.start + len(self.text))


@dataclass(slots=True)
class Bag:
    """The counted words of a group. `total` counts every word, stop words as well."""

    times: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)
    total: int = 0


class Frequent(NamedTuple):
    """A word of a group: how often, per thousand words, and in how many documents."""

    word: str
    times: int
    per_thousand: float
    documents: int


class Characteristic(NamedTuple):
    """A word that a group uses more than the rest.

    `score` is the log-likelihood (or tf-idf); `per_thousand` and `elsewhere_per_thousand`
    are rates per thousand words; `documents` is the number of the group's documents that have it.
    """

    word: str
    times: int
    elsewhere: int
    per_thousand: float
    elsewhere_per_thousand: float
    documents: int
    score: float


def content_words(text: str, language: str = "nl", stop: Collection[str] | None = None) -> Iterator[str]:
    """The lemmas of a text that may say something about its subject, in its order.

    `stop` replaces the stop words that come with qualcode; a word is left out when it or
    its lemma is in the list. What can be a noun or a verb counts as what the words around say it is.
    """
    unwanted = stop_words(language) if stop is None else stop
    matches = list(words(text))
    for place, match in enumerate(matches):
        word = folded(match[0])
        if len(word) < 2 or not word[0].isalpha() or word in unwanted:
            continue
        found = lemma_as(match[0], reading_at(text, matches, place)) if both(word, language) else ""
        found = found or lemma(match[0], language)
        if found not in unwanted:
            yield found


def bag(passages: Iterable[Passage], stop: Collection[str] | None = None) -> Bag:
    """Count the words of a group."""
    counted = Bag()
    seen: set[tuple[str, str]] = set()
    for passage in passages:
        counted.total += sum(1 for _word in words(passage.text))
        found = Counter(content_words(passage.text, passage.language, stop))
        counted.times.update(found)
        seen.update((word, passage.document) for word in found)
    counted.documents.update(word for word, _document in seen)
    return counted


def frequent(group: Bag, most: int = 50) -> list[Frequent]:
    """The commonest words of a group."""
    ranked = sorted(group.times.items(), key=lambda found: (-found[1], found[0]))[:most]
    return [
        Frequent(word, times, _per_thousand(times, group.total), group.documents[word])
        for word, times in ranked
    ]


def characteristic(
    groups: Mapping[str, Bag], name: str, most: int = 50, at_least: int = 2
) -> list[Characteristic]:
    """Words the group `name` uses more than all other groups together, by log-likelihood.

    G² after Dunning (1993), Computational Linguistics 19(1), for two collections as in
    Rayson and Garside (2000), Comparing Corpora. Words said fewer than `at_least` times are left out.
    """
    group, rest = groups[name], [bag for other, bag in groups.items() if other != name]
    rest_total = sum(other.total for other in rest)

    def score(word: str, times: int, elsewhere: int) -> float:
        return log_likelihood(times, elsewhere, group.total, rest_total)

    found = [
        _compared(word, group, rest, rest_total, score(word, times, sum(other.times[word] for other in rest)))
        for word, times in group.times.items()
        if times >= at_least
    ]
    more = [row for row in found if row.per_thousand > row.elsewhere_per_thousand]
    return sorted(more, key=lambda row: (-row.score, row.word))[:most]


def distinctive(
    groups: Mapping[str, Bag], name: str, most: int = 50, at_least: int = 2
) -> list[Characteristic]:
    """Words the group `name` uses much and few other groups use at all, by tf-idf.

    Relative frequency times ln(number of groups / groups that have the word), Spärck Jones (1972).
    """
    group, rest = groups[name], [bag for other, bag in groups.items() if other != name]
    rest_total = sum(other.total for other in rest)
    found = []
    for word, times in group.times.items():
        having = sum(1 for bag in groups.values() if bag.times[word])
        weight = _per_thousand(times, group.total) * math.log(len(groups) / having)
        if times >= at_least and weight > 0:
            found.append(_compared(word, group, rest, rest_total, weight))
    return sorted(found, key=lambda row: (-row.score, row.word))[:most]


def log_likelihood(times: int, elsewhere: int, total: int, total_elsewhere: int) -> float:
    """G² of a word said `times` in `total` words and `elsewhere` times in `total_elsewhere`."""
    everything = total + total_elsewhere
    if not everything:
        return 0.0
    both = times + elsewhere
    pairs = ((times, both * total / everything), (elsewhere, both * total_elsewhere / everything))
    return 2 * sum(seen * math.log(seen / expected) for seen, expected in pairs if seen)


def _compared(word: str, group: Bag, rest: Collection[Bag], rest_total: int, score: float) -> Characteristic:
    times, elsewhere = group.times[word], sum(other.times[word] for other in rest)
    return Characteristic(
        word,
        times,
        elsewhere,
        _per_thousand(times, group.total),
        _per_thousand(elsewhere, rest_total),
        group.documents[word],
        score,
    )


def _per_thousand(times: int, total: int) -> float:
    return 1000 * times / total if total else 0.0


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


@dataclass(frozen=True, slots=True)
class SpeakerShare:
    """What one speaker said. `share` is a part of all words, 0 to 1 (`None` when nobody said any).

    `longest` is the number of the longest turn; `milliseconds` is speaking time where the
    transcript has it for every turn of the speaker.
    """

    speaker: str
    interviewer: bool
    turns: int
    words: int
    share: float | None
    longest: int
    longest_words: int
    milliseconds: int | None

    @property
    def words_per_turn(self) -> float:
        """Mean length of a turn, in words."""
        return self.words / self.turns


def who_speaks(transcript: Transcript) -> list[SpeakerShare]:
    """Every speaker of a transcript, the one with most words first."""
    by_speaker: dict[str, list[tuple[Turn, int]]] = {}
    for turn in transcript.turns:
        count = sum(1 for _word in words(transcript.text, turn.start, turn.end))
        by_speaker.setdefault(turn.speaker, []).append((turn, count))
    total = sum(count for turns in by_speaker.values() for _turn, count in turns)
    shares = [_share(speaker, turns, total) for speaker, turns in by_speaker.items()]
    return sorted(shares, key=lambda share: (-share.words, share.speaker))


def _share(speaker: str, turns: list[tuple[Turn, int]], total: int) -> SpeakerShare:
    said = sum(count for _turn, count in turns)
    longest, longest_words = max(turns, key=lambda turn: turn[1])
    return SpeakerShare(
        speaker,
        any(turn.interviewer for turn, _count in turns),
        len(turns),
        said,
        said / total if total else None,
        longest.n,
        longest_words,
        _speaking_time(turn for turn, _count in turns),
    )


def _speaking_time(turns: Iterable[Turn]) -> int | None:
    time = 0
    for turn in turns:
        if turn.time_start is None or turn.time_end is None:
            return None
        time += turn.time_end - turn.time_start
    return time
