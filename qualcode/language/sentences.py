"""Where a sentence of spoken Dutch (or English) begins, as a listener hears it.

Rules, no statistics: a mark of the end, then what stands left and right of it. They
run in linear time over a text of any length and need no language model. A turn is
the largest unit: text without any punctuation stays one sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache

from qualcode.language.words import LISTS
from qualcode.resources import grouped_words
from qualcode.text.spans import Span
from qualcode.text.words import PLACEHOLDER

RULES_VERSION = "1"

_END = re.compile(r"""(?<![.?!…])([.?!…]++)(["”’'»)\]]*+)(\s++)|(\n\s*+)""")
_OPENERS = re.compile(r"""["“”„‚‘’'«»(\[–—\-\s]*+""")
_PLACEHOLDER = re.compile(r"[\"“„‘'(]?" + PLACEHOLDER)
_REMARK = re.compile(
    r"""(?: \[(?![^\W\d_]+-\d+\])[^\]\n]{1,60}\]                  # [lacht], but not [leraar-1]
          | \((?=[^\W\d_A-Z])[^()\n.?!]{1,40}\)                   # (zucht), but not a sentence in brackets
          | [\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d]++    # emoji
        )(?:\s++|$)""",
    re.VERBOSE,
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
_WORD_BEFORE = re.compile(r"(\w+)\s+\S*$")
_LONGEST_WORD = 30


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """What a language abbreviates.

    `never` ends no sentence. `before_capital` ends one before a capital only. `unless_number`
    is a common word as well, so it is an abbreviation only before a digit; of these,
    `lower_only` are names when written with a capital ("Jan"). `letter_names` are words
    after which a single letter is a name of its own and not an initial ("plan B."); `clitics`
    the letters that may stand behind an apostrophe at the start of a sentence ('s Avonds).
    """

    never: frozenset[str]
    before_capital: frozenset[str]
    unless_number: frozenset[str]
    lower_only: frozenset[str]
    letter_names: frozenset[str]
    clitics: frozenset[str]


@cache
def abbreviations(language: str) -> Abbreviations:
    """The list of `language` ("nl" or "en"); the Dutch one for anything else."""
    groups = grouped_words(LISTS / f"abbreviations_{'en' if language == 'en' else 'nl'}.txt")
    return Abbreviations(
        **{field.name: groups.get(field.name, frozenset()) for field in fields(Abbreviations)}
    )


@cache
def _clitic(letters: frozenset[str]) -> re.Pattern[str] | None:
    """Matches `'s Avonds` and the like; group 1 is the first letter after it."""
    return re.compile(rf"['’‘`][{''.join(sorted(letters))}]\s+(\w)") if letters else None


def sentence_starts(text: str, language: str = "nl") -> list[int]:
    """Where each sentence of a turn starts; the first is the first character that is no white space.

    An empty text has none.
    """
    first = re.match(r"\s*+", text)
    start = first.end() if first else 0
    if start == len(text):
        return []
    known = abbreviations(language)
    starts = [start]
    for mark in _END.finditer(text, start):
        begin = _after_remarks(text, mark.end())
        if begin < len(text) and begin > starts[-1] and _ends_here(text, mark, begin, known):
            starts.append(begin)
    return starts


def sentences(text: str, language: str = "nl") -> list[Span]:
    """The sentences of a turn, each without the white space after it."""
    starts = sentence_starts(text, language)
    ends = [*starts[1:], len(text)] if starts else []
    return [_stripped(text, start, end) for start, end in zip(starts, ends, strict=True)]


def sentences_within(text: str, stretches: Iterable[Span], language: str = "nl") -> list[Span]:
    """The sentences of each stretch of a text (a turn, say), at their places in the text."""
    return [
        Span(stretch.start + start, stretch.start + end)
        for stretch in stretches
        for start, end in sentences(stretch.of(text), language)
    ]


def sentence_at(text: str, position: int, language: str = "nl") -> Span:
    """The sentence of a turn that holds `position`; white space belongs to the sentence before it.

    `position` runs from 0 to `len(text)`; outside it, `ValueError`. An empty turn gives an empty span.
    """
    if not 0 <= position <= len(text):
        raise ValueError(f"position {position} outside a text of {len(text)} characters")
    starts = sentence_starts(text, language)
    if not starts:
        return Span(0, 0)
    index = max(bisect_right(starts, position) - 1, 0)
    end = starts[index + 1] if index + 1 < len(starts) else len(text)
    return _stripped(text, starts[index], end)


def _stripped(text: str, start: int, end: int) -> Span:
    return Span(start, start + len(text[start:end].rstrip()))


def _after_remarks(text: str, position: int) -> int:
    """The place after remarks such as `[lacht]` and emoji, which belong to the sentence before them."""
    while remark := _REMARK.match(text, position):
        position = remark.end()
    return position


def _ends_here(text: str, mark: re.Match[str], begin: int, known: Abbreviations) -> bool:
    """Whether the sentence ends at `mark`, given that the next one would start at `begin`."""
    space = mark[3] or mark[4]
    if space.count("\n") > 1:
        return True
    capital, digit, clitic = _looks(text, begin, known)
    lower = not (capital or digit) and _next_letter(text, begin).islower()
    if mark[4] is not None:
        return not lower
    stops = mark[1]
    if "?" in stops or "!" in stops:
        return clitic or not lower
    if stops != ".":
        return capital
    return _stop_ends(text, mark.start(), capital, digit, lower and not clitic, known)


def _looks(text: str, begin: int, known: Abbreviations) -> tuple[bool, bool, bool]:
    """Whether what follows begins with a capital (a placeholder counts), a digit, a clitic ('s, 't)."""
    if _PLACEHOLDER.match(text, begin):
        return True, False, False
    pattern = _clitic(known.clitics)
    clitic = pattern.match(text, begin) if pattern else None
    letter = clitic[1] if clitic else _next_letter(text, begin)
    return letter.isupper(), letter.isdigit(), clitic is not None


def _next_letter(text: str, begin: int) -> str:
    skipped = _OPENERS.match(text, begin)
    place = skipped.end() if skipped else begin
    return text[place : place + 1]


def _stop_ends(text: str, stop: int, capital: bool, digit: bool, lower: bool, known: Abbreviations) -> bool:
    """Whether the single full stop at `stop` ends a sentence."""
    left = text[max(0, stop - _LONGEST_WORD) : stop + 1]
    shown = left.split()[-1].lstrip("\"“”„‚‘’'«»([–—-") if left.split() else "."
    word = shown.lower()
    if lower:
        return False
    if len(shown) > 2 and shown[:-1].isupper() and shown[:-1].isalpha():
        return True
    if word in known.before_capital:
        return capital
    if word in known.unless_number:
        written_as_name = word in known.lower_only and shown[0].isupper()
        return not digit or written_as_name
    if word in known.never or (digit and word.endswith("str.")):
        return False
    if word[:-1].isdigit() and _opens_line(text, stop + 1 - len(shown)):
        return False
    return not _is_initials(text, stop, shown, capital, known)


def _opens_line(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] == "\n"


def _is_initials(text: str, stop: int, shown: str, capital: bool, known: Abbreviations) -> bool:
    """Whether the word is the initials of a name, or an abbreviation of single letters ("i.s.m.")."""
    if not _INITIALS.fullmatch(shown):
        return False
    if len(shown) > 2:
        return True
    before = _WORD_BEFORE.search(text[max(0, stop - 2 * _LONGEST_WORD) : stop])
    return capital and not (before and before[1].lower() in known.letter_names)
