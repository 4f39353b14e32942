"""Passages that use the same words as given examples.

TF-IDF over lemmas and over pieces of words (character n-grams). With few examples their
mean decides, less the mean of what was refused (Rocchio 1971); from five on, and with
passages to set against them, a logistic regression. It finds the same words, not the
same meaning, and never codes by itself. scikit-learn is loaded by `SimilarPassages`.
"""

from __future__ import annotations

import importlib
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, NamedTuple

from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.language.counting import Passage, content_words
from qualcode.language.sentences import sentences
from qualcode.language.words import words
from qualcode.model import Transcript
from qualcode.text.spans import Span

ENOUGH_EXAMPLES = 5
_REFUSED_WEIGHT = 0.5
_RANDOM_NEGATIVES = 200
_SENTENCES_TOGETHER = 4
_FEWEST_WORDS = 4
_SHARED_SHOWN = 6
_MANY = 50


class Suggestion(NamedTuple):
    """A passage (its number in the list), how alike it is (higher is more; compare within one answer only),
    and the words it shares with the examples, the weightiest first.
    """

    number: int
    score: float
    shared: tuple[str, ...]


def explanation() -> str:
    """What to say beside every list of suggestions."""
    return _(
        "Only words in common are compared: these use the same words. Whether they mean the same, you decide."
    )


def passages_of(transcript: Transcript, *, interviewer: bool = False) -> list[Passage]:
    """A transcript cut into passages to compare: turns, long ones by four sentences.

    Turns of fewer than four words and, unless asked for, of the interviewer are left out.
    """
    return [
        passage
        for turn in transcript.turns
        if interviewer or not turn.interviewer
        for passage in _pieces(transcript, turn.start, turn.end)
        if sum(1 for _word in words(passage.text)) >= _FEWEST_WORDS
    ]


def _pieces(transcript: Transcript, start: int, end: int) -> Iterator[Passage]:
    found = sentences(transcript.text[start:end], transcript.language)
    for first in range(0, len(found), _SENTENCES_TOGETHER):
        part = found[first : first + _SENTENCES_TOGETHER]
        begin = start + part[0].start
        text = transcript.text[begin : start + part[-1].end]
        yield Passage(transcript.id, begin, text, transcript.language)


class SimilarPassages:
    """A list of passages, made ready to be compared. Making it takes seconds for ten thousand: use a worker."""

    def __init__(self, passages: Sequence[Passage], stop: Collection[str] | None = None) -> None:
        """Passages without a single content word are kept, but never suggested."""
        self.passages = list(passages)
        self._stop = stop
        found = [self._content(passage) for passage in self.passages]
        self._space = _Space([passage.text for passage in self.passages], found) if any(found) else None

    def like(
        self,
        examples: Sequence[Passage],
        *,
        others: Sequence[Passage] = (),
        refused: Sequence[Passage] = (),
        most: int = 20,
    ) -> list[Suggestion]:
        """The passages most like `examples`, the best first.

        `others` are passages with other codes, `refused` suggestions that were turned down.
        What overlaps an example or a refused passage, or shares no word, is not suggested.
        """
        if self._space is None or not examples:
            return []
        wanted = self._vectors(examples)
        if len(examples) >= ENOUGH_EXAMPLES:
            scores = self._space.by_regression(wanted, self._vectors([*others, *refused]))
        else:
            scores = self._space.by_mean(wanted, self._vectors(refused))
        taken = _Taken([*examples, *refused])
        shared_with = self._space.shared_with(wanted)
        found: list[Suggestion] = []
        for number in scores.argsort()[::-1]:
            if len(found) == most:
                break
            shared = () if taken.holds(self.passages[number]) else shared_with(int(number))
            if shared:
                found.append(Suggestion(int(number), float(scores[number]), shared))
        return found

    def _content(self, passage: Passage) -> list[str]:
        return list(content_words(passage.text, passage.language, self._stop))

    def _vectors(self, passages: Sequence[Passage]) -> Any:
        if self._space is None or not passages:
            return None
        return self._space.vectors(
            [passage.text for passage in passages], [self._content(one) for one in passages]
        )


class _Taken:
    """The stretches that need no suggestion any more."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._spans: defaultdict[str, list[Span]] = defaultdict(list)
        for passage in passages:
            self._spans[passage.document].append(passage.span)

    def holds(self, passage: Passage) -> bool:
        return any(passage.span.overlaps(span) for span in self._spans.get(passage.document, ()))


class _Space:
    """The vectors of a list of texts: lemmas first, pieces of words behind them; rows have length 1."""

    def __init__(self, texts: Sequence[str], lemmas: Sequence[list[str]]) -> None:
        rare = 1 if len(texts) < _MANY else 2
        vectorizer = _tool("sklearn.feature_extraction.text", "TfidfVectorizer")
        self._lemmas = vectorizer(analyzer=list, sublinear_tf=True)
        self._letters = vectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=rare)
        self._rows = _beside(self._lemmas.fit_transform(lemmas), self._letters.fit_transform(texts))
        self._words = self._lemmas.get_feature_names_out()

    def vectors(self, texts: Sequence[str], lemmas: Sequence[list[str]]) -> Any:
        """Texts outside the list in the same space."""
        return _beside(self._lemmas.transform(lemmas), self._letters.transform(texts))

    def by_mean(self, wanted: Any, refused: Any) -> Any:
        """Closeness to the mean of the examples, less that to the mean of what was refused."""
        middle = _tool("numpy", "asarray")(wanted.mean(axis=0)).ravel()
        if refused is not None:
            middle = middle - _REFUSED_WEIGHT * _tool("numpy", "asarray")(refused.mean(axis=0)).ravel()
        return self._rows @ middle

    def by_regression(self, wanted: Any, unwanted: Any) -> Any:
        """Decision values of a logistic regression; random passages stand beside what is known not to fit."""
        count = min(_RANDOM_NEGATIVES, self._rows.shape[0])
        chosen = _tool("numpy.random", "default_rng")(0).choice(self._rows.shape[0], count, replace=False)
        parts = [wanted, self._rows[chosen], *([unwanted] if unwanted is not None else [])]
        together = _tool("scipy.sparse", "vstack")(parts, format="csr")
        labels = _tool("numpy", "arange")(together.shape[0]) < wanted.shape[0]
        regression = _tool("sklearn.linear_model", "LogisticRegression")
        model = regression(class_weight="balanced").fit(together, labels)
        return model.decision_function(self._rows)

    def shared_with(self, wanted: Any) -> Callable[[int], tuple[str, ...]]:
        """The words a row has in common with the examples, by weight."""
        count = len(self._words)
        middle = _tool("numpy", "asarray")(wanted[:, :count].mean(axis=0)).ravel()

        def shared(number: int) -> tuple[str, ...]:
            row = self._rows[number, :count]
            weights = row.data * middle[row.indices]
            order = sorted(range(len(weights)), key=lambda place: -weights[place])[:_SHARED_SHOWN]
            return tuple(str(self._words[row.indices[place]]) for place in order if weights[place] > 0)

        return shared


def _beside(left: Any, right: Any) -> Any:
    both = _tool("scipy.sparse", "hstack")([left, right], format="csr")
    return _tool("sklearn.preprocessing", "normalize")(both)


def _tool(module: str, name: str) -> Any:
    """A function of scikit-learn or what comes with it, loaded when it is needed."""
    try:
        return getattr(importlib.import_module(module), name)
    except ImportError as error:
        raise QualcodeError(
            _("Similar passages need scikit-learn, which is not installed. Install qualcode with “similar”.")
        ) from error


class CodeSuggestion(NamedTuple):
    """A code, how alike its examples are (0 to 1), and the words that made it so, the weightiest first."""

    code_id: str
    score: float
    shared: tuple[str, ...]


class CodeVocabulary:
    """The words of the fragments of each code, and its own. They come in and go out as one codes."""

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
