"""Words in running Dutch text, found around a position without a language model.

Apostrophes and hyphens belong to the word (`'t`, `zo'n`, `auto-ongeluk`), and so do the
brackets of a placeholder or a transcriber's note: `[leraar-1]` and `[lacht]` are one word.
With clauses, sentences and turns they are the passages that can be selected at once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from enum import Enum
from itertools import pairwise

from qualcode.text.graphemes import whole_clusters
from qualcode.text.spans import Span, trim

_LETTER = r"[\w\u0300-\u036f\u00ad\u200c\u200d]"
_TOKEN = re.compile(
    r"\[\w[\w .,:'’-]{0,40}\]"  # a placeholder
    rf"|['’](?:[tsnkmr]|er|em|ie|ns)(?!{_LETTER})(?:-{_LETTER}+)*"  # 't, 's-middags
    rf"|\w{_LETTER}*(?:['’.,:&/-]?\w{_LETTER}*)*"  # zo'n, auto-ongeluk, 10.30, en/of
    r"|[^\w\s\[]+|\["
)
_CLAUSE_END = re.compile(r"[,;:…](?=\s)|\s[–—-](?=\s)|[.?!]+[\"'”’)]*(?=\s)")
PLACEHOLDER = r"\[[^\W\d_]+-\d+[a-z]?(?:-\d+)?\]"
"""What stands for a name: `[school-1]`, or for a person the role and the case: `[vader-02]`, `[vader-02-2]`."""
_REACH = 400  # characters looked at on either side; keeps a text without blanks quick


def short(words: str, most: int = 60) -> str:
    """Words on one line, cut to at most `most` characters with … at the end."""
    return cut(" ".join(words.split()), most)


def cut(words: str, most: int) -> str:
    """At most so many characters, with … where something is left out."""
    return words if len(words) <= most else words[: most - 1] + "…"


def word_at(text: str, offset: int) -> Span:
    """The word that holds `offset`, else the one that ends there, else an empty span."""
    touching = Span(offset, offset)
    for span in _tokens_near(text, offset):
        if span.contains(offset):
            return span
        if span.end == offset:
            touching = span
    return touching


def next_word(text: str, offset: int) -> int:
    """Where the first word after `offset` begins; the end of the text if there is none."""
    return _search(text, offset, forward=True, edge=0)


def previous_word(text: str, offset: int) -> int:
    """Where the last word that begins before `offset` begins; 0 if there is none."""
    return _search(text, offset, forward=False, edge=0)


def next_word_end(text: str, offset: int) -> int:
    """Where the first word that ends after `offset` ends; the end of the text if there is none."""
    return _search(text, offset, forward=True, edge=1)


def previous_word_end(text: str, offset: int) -> int:
    """Where the last word that ends before `offset` ends; 0 if there is none."""
    return _search(text, offset, forward=False, edge=1)


def clause_starts(text: str) -> list[int]:
    """Where the clauses of `text` begin: at its start and after , ; : … – and sentence ends."""
    starts = [0]
    for match in _CLAUSE_END.finditer(text):
        start = match.end()
        while start < len(text) and text[start].isspace():
            start += 1
        if starts[-1] < start < len(text):
            starts.append(start)
    return starts


def _search(text: str, offset: int, *, forward: bool, edge: int) -> int:
    """The nearest start (edge 0) or end (edge 1) of a word strictly past `offset`."""
    at = offset
    while 0 < at < len(text) or at == offset:
        edges = [span[edge] for span in _tokens_near(text, at)]
        edges = [place for place in edges if (place > offset if forward else place < offset)]
        if edges:
            return min(edges) if forward else max(edges)
        at = at + _REACH if forward else at - _REACH
    return len(text) if forward else 0


def _tokens_near(text: str, offset: int) -> list[Span]:
    """The words within reach of `offset`, each on whole visible characters."""
    low, high = max(0, offset - _REACH), min(len(text), offset + _REACH)
    while low > max(0, offset - 2 * _REACH) and not text[low - 1].isspace():
        low -= 1
    while high < min(len(text), offset + 2 * _REACH) and not text[high].isspace():
        high += 1
    return [Span(*whole_clusters(text, *match.span())) for match in _TOKEN.finditer(text, low, high)]


SentenceStarts = Callable[[str], list[int]]
_SENTENCE_END = re.compile(r"[.?!…]+[\"'”’)\]]*\s+")


class TextUnit(Enum):
    """Passages from small to large."""

    WORD = "word"
    CLAUSE = "clause"
    SENTENCE = "sentence"
    TURN = "turn"


def simple_sentence_starts(text: str) -> list[int]:
    """Sentence starts by punctuation alone, for where no language rules are at hand."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return [0, *(end for end in ends if end < len(text))]


class TextUnits:
    """Where words, clauses, sentences and turns stand; sentences are found turn by turn, when asked for.

    Passages have no blanks at their edges. Sentences and clauses end at a line end.
    """

    def __init__(self, text: str, turns: Sequence[Span], sentence_starts: SentenceStarts) -> None:
        self.text = text
        self.turns = turns or (Span(0, len(text)),)
        self._turn_starts = [turn.start for turn in self.turns]
        self._sentence_starts = sentence_starts
        self._sentences: dict[int, list[Span]] = {}

    def turn_index(self, offset: int) -> int:
        """The number of the turn (from 0) that `offset` belongs to."""
        return max(bisect_right(self._turn_starts, offset) - 1, 0)

    def at(self, unit: TextUnit, offset: int) -> Span:
        """The passage of a kind that holds `offset`; between two passages, the one before it."""
        if unit is TextUnit.WORD:
            return word_at(self.text, offset)
        index = self.turn_index(offset)
        if unit is TextUnit.TURN:
            return trim(self.text, self.turns[index])
        sentence = _holding(self.sentences(index), offset) or trim(self.text, self.turns[index])
        if unit is TextUnit.SENTENCE:
            return sentence
        starts = clause_starts(sentence.of(self.text))
        return _holding(_spans(self.text, starts, sentence), offset) or sentence

    def after(self, unit: TextUnit, offset: int) -> Span | None:
        """The first sentence or turn that begins at or after `offset`."""
        for index in range(self.turn_index(offset), len(self.turns)):
            found = (
                [self.at(TextUnit.TURN, self.turns[index].start)]
                if unit is TextUnit.TURN
                else self.sentences(index)
            )
            for span in found:
                if span.start >= offset and span.length:
                    return span
        return None

    def before(self, unit: TextUnit, offset: int) -> Span | None:
        """The last sentence or turn that ends at or before `offset`."""
        for index in range(self.turn_index(offset), -1, -1):
            found = (
                [self.at(TextUnit.TURN, self.turns[index].start)]
                if unit is TextUnit.TURN
                else self.sentences(index)
            )
            for span in reversed(found):
                if span.end <= offset and span.length:
                    return span
        return None

    def sentences(self, index: int) -> list[Span]:
        """The sentences of a turn, in order."""
        found = self._sentences.get(index)
        if found is None:
            turn = self.turns[index]
            said = turn.of(self.text)
            line_starts = (match.end() for match in re.finditer("\n", said))
            starts = sorted({0, *self._sentence_starts(said), *line_starts})
            found = _spans(self.text, [start for start in starts if start < len(said) or not start], turn)
            self._sentences[index] = found
        return found


def _spans(text: str, starts: Sequence[int], within: Span) -> list[Span]:
    """The stretches that begin at `starts` (counted from `within.start`), trimmed; empty ones left out."""
    edges = [*(within.start + start for start in starts), within.end]
    spans = (trim(text, Span(start, end)) for start, end in pairwise(edges))
    return [span for span in spans if span.length]


def _holding(spans: Sequence[Span], offset: int) -> Span | None:
    """The span that holds `offset`, else the last one before it, else the first."""
    index = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return spans[max(index, 0)] if spans else None


Selection = Span | None


def select_or_extend(units: TextUnits, unit: TextUnit, selection: Selection, caret: int) -> Selection:
    """The passage at the caret; if whole passages of that kind are selected already, the next one too."""
    if selection is None or not is_whole(units, unit, selection):
        place = caret if selection is None else selection.start
        return _something(units.at(unit, place))
    following = units.after(unit, selection.end)
    return Span(selection.start, following.end) if following else selection


def is_whole(units: TextUnits, unit: TextUnit, selection: Span) -> bool:
    """Whether the selection begins where a passage of that kind begins and ends where one ends."""
    if not selection.length:
        return False
    first, last = units.at(unit, selection.start), units.at(unit, selection.end - 1)
    return first.start == selection.start and last.end == selection.end


def widen(units: TextUnits, selection: Selection, caret: int) -> Selection:
    """The smallest whole word, clause, sentence or turn (or row of these) larger than the selection."""
    if selection is None:
        return next((span for unit in TextUnit if (span := _something(units.at(unit, caret)))), None)
    for unit in TextUnit:
        first, last = units.at(unit, selection.start), units.at(unit, selection.end - 1)
        wider = Span(min(first.start, selection.start), max(last.end, selection.end))
        if wider.length > selection.length:
            return wider
    return selection


def narrow(units: TextUnits, selection: Selection, focus: int) -> Selection:
    """The largest turn, sentence, clause or word inside the selection, around `focus` if it lies inside."""
    if selection is None:
        return None
    place = focus if selection.contains(focus) else selection.start
    for unit in reversed(TextUnit):
        span = units.at(unit, place)
        if span.length and selection.start <= span.start and span.end <= selection.end and span != selection:
            return span
    return None


def move_edge(selection: Span, edge: str, step: Callable[[int], int]) -> Span:
    """Move the "start" or the "end" by `step`; the two never pass each other."""
    if edge == "start":
        start = step(selection.start)
        return Span(start, selection.end) if start < selection.end else selection
    end = step(selection.end)
    return Span(selection.start, end) if end > selection.start else selection


def _something(span: Span) -> Selection:
    return span if span.length else None
