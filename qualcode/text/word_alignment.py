"""Where the words of one text stand in another that is nearly the same: typed over, corrected, with more around it.

Words that stand in the same order in both are paired. Runs of words that occur once in each
text are paired first (Cohen's patience diff, 2003), which keeps it linear; what lies between
them is paired by the longest common stretches.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from qualcode.text.spans import Span

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SAME = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-"})
_RUNS = (6, 4, 3, 2, 1)
_SMALL = 40_000  # so many pairs of words can be compared directly
_ENOUGH = 0.6  # of the words of a stretch must be found
_SLACK = 5


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a stretch was found: `span` is `None` if too few of its words were.

    `words` counts its words, `matched` those found; `exact` tells whether the same words stand
    there, white space aside.
    """

    span: Span | None
    words: int
    matched: int
    exact: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters of `a` that stand in `b` in the same order, one to one."""

    a: int
    b: int
    length: int


class WordAlignment:
    """The words of `a` paired with those of `b`; stretches of `a` in `skipped` take no part."""

    def __init__(self, a: str, b: str, skipped: Iterable[Span] = ()) -> None:
        self._a, self._b = a, b
        self._a_words = _tokens(a, skipped)
        self._b_words = _tokens(b, ())
        pairs = list(paired(_names(a, self._a_words), _names(b, self._b_words)))
        self._partner = dict(pairs)
        self._a_starts = [word.start for word in self._a_words]
        self._runs = self._character_runs(pairs)
        self._run_starts = [run.a for run in self._runs]

    @property
    def share(self) -> float:
        """The share of the words of `a` that were found in `b`."""
        return len(self._partner) / max(len(self._a_words), 1)

    def place(self, span: Span) -> Placement:
        """Where `a[span]` stands in `b`."""
        words = self._words_in(span)
        matched = [n for n in words if n in self._partner]
        found = self._edges(span)
        if found is None or (words and len(matched) < _ENOUGH * len(words)):
            return Placement(None, len(words), len(matched), False)
        if words and self._b_length(matched) > 2 * len(words) + _SLACK:
            return Placement(None, len(words), len(matched), False)
        exact = span.of(self._a).translate(_SAME).split() == found.of(self._b).translate(_SAME).split()
        return Placement(found, len(words), len(matched), exact)

    def _words_in(self, span: Span) -> list[int]:
        first = max(bisect_right(self._a_starts, span.start) - 1, 0)
        found = []
        for n in range(first, len(self._a_words)):
            word = self._a_words[n]
            if word.start >= span.end:
                break
            if word.overlaps(span) and self._a[word.start].isalnum():
                found.append(n)
        return found

    def _b_length(self, matched: list[int]) -> int:
        return self._partner[matched[-1]] - self._partner[matched[0]] + 1

    def _edges(self, span: Span) -> Span | None:
        """The first and the last character of the stretch that has a partner."""
        first = max(bisect_right(self._run_starts, span.start) - 1, 0)
        start = end = None
        for run in self._runs[first:]:
            if run.a >= span.end:
                break
            low, high = max(run.a, span.start), min(run.a + run.length, span.end)
            if low >= high:
                continue
            start = run.b + low - run.a if start is None else start
            end = run.b + high - run.a
        return Span(start, end) if start is not None and end is not None else None

    def _character_runs(self, pairs: list[tuple[int, int]]) -> list[_Run]:
        runs: list[_Run] = []
        last: tuple[int, int] | None = None
        for i, j in pairs:
            a, b = self._a_words[i], self._b_words[j]
            length = min(a.length, b.length)
            if last == (i - 1, j - 1) and runs:
                gap = a.start - runs[-1].a - runs[-1].length
                if gap >= 0 and gap == b.start - runs[-1].b - runs[-1].length:
                    runs[-1] = _Run(runs[-1].a, runs[-1].b, a.start + length - runs[-1].a)
                    last = (i, j)
                    continue
            runs.append(_Run(a.start, b.start, length))
            last = (i, j)
        return [self._widened(run) for run in runs]

    def _widened(self, run: _Run) -> _Run:
        """The run with the white space after it that is the same in both."""
        length = run.length
        a, b = self._a, self._b
        while (
            run.a + length < len(a)
            and run.b + length < len(b)
            and a[run.a + length].isspace()
            and a[run.a + length] == b[run.b + length]
        ):
            length += 1
        return _Run(run.a, run.b, length)


def _tokens(text: str, skipped: Iterable[Span]) -> list[Span]:
    left_out = sorted(skipped)
    words = []
    n = 0
    for match in _TOKEN.finditer(text):
        while n < len(left_out) and left_out[n].end <= match.start():
            n += 1
        if n == len(left_out) or match.end() <= left_out[n].start:
            words.append(Span(*match.span()))
    return words


def _names(text: str, words: Sequence[Span]) -> list[str]:
    plain = text.translate(_SAME)
    return [plain[word.start : word.end].casefold() for word in words]


def paired(a: Sequence[str], b: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Pairs (i, j) with `a[i] == b[j]`, both rising."""
    found: list[tuple[int, int]] = []
    waiting = [(0, len(a), 0, len(b))]
    while waiting:
        low, high, b_low, b_high = waiting.pop()
        while low < high and b_low < b_high and a[low] == b[b_low]:
            found.append((low, b_low))
            low, b_low = low + 1, b_low + 1
        while low < high and b_low < b_high and a[high - 1] == b[b_high - 1]:
            high, b_high = high - 1, b_high - 1
            found.append((high, b_high))
        if low == high or b_low == b_high:
            continue
        if (high - low) * (b_high - b_low) <= _SMALL:
            matcher = SequenceMatcher(None, a[low:high], b[b_low:b_high], autojunk=False)
            for block in matcher.get_matching_blocks():
                found += [(low + block.a + n, b_low + block.b + n) for n in range(block.size)]
            continue
        before = (low, b_low)
        for i, j in _anchors(a, b, (low, high, b_low, b_high)):
            found.append((i, j))
            waiting.append((before[0], i, before[1], j))
            before = (i + 1, j + 1)
        if before != (low, b_low):
            waiting.append((before[0], high, before[1], b_high))
    return sorted(found)


def _anchors(a: Sequence[str], b: Sequence[str], place: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    """Pairs of words that begin a run found once in each part, in rising order; the longest runs that there are."""
    low, high, b_low, b_high = place
    for size in _RUNS:
        in_a, in_b = _once(a, low, high, size), _once(b, b_low, b_high, size)
        common = sorted((i, in_b[run]) for run, i in in_a.items() if run in in_b)
        if common:
            return _rising(common)
    return []


def _once(words: Sequence[str], low: int, high: int, size: int) -> dict[tuple[str, ...], int]:
    """Where each run of `size` words begins, for those that occur once."""
    seen: dict[tuple[str, ...], int] = {}
    for n in range(low, high - size + 1):
        run = tuple(words[n : n + size])
        seen[run] = -1 if run in seen else n
    return {run: n for run, n in seen.items() if n >= 0}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of `pairs` (rising in the first) that rises in the second too (Schensted 1961)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, (_i, j) in enumerate(pairs):
        place = bisect_right(tails, j)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [j]
        ends[place : place + 1] = [n]
    chain: list[tuple[int, int]] = []
    n = ends[-1] if ends else -1
    while n >= 0:
        chain.append(pairs[n])
        n = before[n]
    return chain[::-1]
