"""Codes whose examples share words with a passage, for the picker. Plain counting, no scikit-learn.

It orders what a person may choose; it never codes. It sees the same words, not the same
meaning. Give it one's own codings only while a round is sealed.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection
from typing import NamedTuple

from qualcode.language.wordwork import content_words


class CodeSuggestion(NamedTuple):
    """A code, how alike its examples are (0 to 1), and the words that made it so, the weightiest first."""

    code_id: str
    score: float
    shared: tuple[str, ...]


class CodeWords:
    """The words of the fragments of each code. Fragments come in and go out as one codes."""

    def __init__(self, stop: Collection[str] | None = None) -> None:
        self._stop = stop
        self._codes: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, code_id: str, text: str, language: str = "nl") -> None:
        """A fragment was given this code."""
        self._codes[code_id].update(content_words(text, language, self._stop))

    def remove(self, code_id: str, text: str, language: str = "nl") -> None:
        """A fragment lost this code; `add` had it before."""
        left = self._codes[code_id]
        left.subtract(content_words(text, language, self._stop))
        self._codes[code_id] = +left

    def suggest(self, text: str, language: str = "nl", most: int = 5) -> list[CodeSuggestion]:
        """Codes by cosine between the passage and their examples, rare words weighing more."""
        passage = Counter(content_words(text, language, self._stop))
        used = [words for words in self._codes.values() if words]
        weight = {word: _rarity(sum(word in words for words in used), len(used)) for word in passage}
        found = [
            self._compare(code_id, passage, words, weight) for code_id, words in self._codes.items() if words
        ]
        alike = [suggestion for suggestion in found if suggestion.shared]
        return sorted(alike, key=lambda suggestion: (-suggestion.score, suggestion.code_id))[:most]

    @staticmethod
    def _compare(
        code_id: str, passage: Counter[str], words: Counter[str], weight: dict[str, float]
    ) -> CodeSuggestion:
        parts = {
            word: _damped(passage[word]) * _damped(words[word]) * weight[word]
            for word in passage
            if words[word]
        }
        sizes = math.sqrt(sum(_damped(times) ** 2 for times in words.values()))
        sizes *= math.sqrt(sum((_damped(times) * weight[word]) ** 2 for word, times in passage.items()))
        shared = sorted(parts, key=lambda word: (-parts[word], word))
        return CodeSuggestion(code_id, min(sum(parts.values()) / sizes, 1.0) if parts else 0.0, tuple(shared))


def _rarity(having: int, codes: int) -> float:
    return math.log((1 + codes) / (1 + having)) + 1


def _damped(times: int) -> float:
    return 1 + math.log(times)
