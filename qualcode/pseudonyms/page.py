"""A text as the layers of the detector see it: names in runs, starts of sentences, lines without capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from qualcode.language.sentences import sentence_starts
from qualcode.language.words import is_known
from qualcode.pseudonyms.lists import SAFE, SAFE_PHRASES, STOP, STOP_ENGLISH, NameLists
from qualcode.pseudonyms.proposals import NameKind, NameReason, Proposal, Tier
from qualcode.text import words as text_words

_UPPER = "".join(chr(code) for code in range(0x41, 0x250) if chr(code).isupper())
_LETTER = r"[^\W\d_]"
CAPITAL_WORD = rf"(?:[dlDLO]['’])?[{_UPPER}]{_LETTER}*(?:[-'’‑]{_LETTER}+)*"
INFIX = (
    r"(?:van (?:der|den|de|'t|’t|het|la)|von der|von|van|vom|de la|de|den|der|ter|ten|te|el|al|la|le|di|da|dos|do"
    r"|bin|bint|ben|ibn|ait|ould|in 't|in ’t|op de|op den|op 't|op ’t|uit de|'t|’t)"
)
_CAPITAL_INFIX = (
    r"(?:Van (?:der|den|de|'t|’t|het|Der|Den|De)|Von|Van|De la|De|Den|Der|Ter|Ten|Te|El|Al"
    r"|Op de|Op den|In 't|'t|’t)"
)
_INITIALS = rf"(?:[{_UPPER}]\.(?:-?[{_UPPER}]\.)*[ \xa0]?)"
NAME_RUN = (
    rf"(?:{_INITIALS}(?:{INFIX} )?)?{CAPITAL_WORD}(?:[ \xa0](?:{INFIX} |{_INITIALS})?{CAPITAL_WORD}){{0,7}}"
)
SURNAME_RUN = rf"(?:{_INITIALS})?(?:(?:{_CAPITAL_INFIX}|{INFIX}) )?{NAME_RUN}"
PLACEHOLDER = re.compile(text_words.PLACEHOLDER)

_run = re.compile(rf"(?<![\w'’]){NAME_RUN}")
_word = re.compile(rf"{_LETTER}+(?:[-'’‑]{_LETTER}+)*")
_leading_infix = re.compile(rf"(?:{_CAPITAL_INFIX}|{INFIX})(?=\s)")
_infix_before = re.compile(rf" {INFIX} $")
_first_infix = re.compile(r"(?:De|Den|Het|Van|Te|Al|Op|In)\b")
_clitic_before = re.compile(r"(?<![^\W_])(['’‘`][stknm]) $")
_pronoun_adverb = re.compile(
    r"(?:er|hier|daar|waar)(?:aan|achter|af|beneden|bij|binnen|boven|buiten|door|heen|in|langs|mee|na|naar|naartoe"
    r"|naast|om|omheen|omtrent|onder|op|over|tegen|toe|tussen|uit|van|vandaan|vandoor|voor|voorbij|zonder)"
)
_bullet = re.compile(r"[ \t\xa0]*(?:[-–—*•·▪◦●○■□➢✓+>]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\[[ xX]?\])[ \t\xa0]+")
_SHORTEST_BARE = 20
_OPENERS = '"“”„‘«([{'
_HIDDEN = re.compile(
    PLACEHOLDER.pattern + "|" + "|".join(rf"(?<!\w){re.escape(phrase)}(?!\w)" for phrase in SAFE_PHRASES)
)
_FILLER = "\u2060"  # word joiner: neither letter nor space


def _bare_lines(text: str) -> Iterator[tuple[int, int]]:
    """Lines of speech-recogniser text: several words, and no capital but perhaps the first letter."""
    position = 0
    for line in text.split("\n"):
        if len(line) > _SHORTEST_BARE and not any(letter.isupper() for letter in line[1:]):
            yield position, position + len(line)
        position += len(line) + 1


def is_mostly_bare(text: str) -> bool:
    """Whether more than half of a text is written without capitals, also where a sentence begins."""
    return 2 * sum(end - start for start, end in _bare_lines(text) if not text[start].isupper()) > len(text)


class NamePage:
    """A text, with placeholders and safe phrases blanked out so that no layer sees them; positions stay the same."""

    def __init__(self, text: str, lists: NameLists, language: str = "nl") -> None:
        self.original = text
        self.text = _HIDDEN.sub(lambda found: _FILLER * len(found[0]), text)
        self.lists = lists
        self._stop = STOP | STOP_ENGLISH if language == "en" else STOP
        self.language = language

    def runs(self) -> Iterator[re.Match[str]]:
        """Every run of capital words, joined by infixes such as "van der"."""
        return _run.finditer(self.text)

    @cached_property
    def _run_starts(self) -> dict[int, int]:
        return {run.end(): run.start() for run in self.runs()}

    def run_before(self, position: int) -> tuple[int, int] | None:
        """The run of capital words that ends at `position`."""
        start = self._run_starts.get(position)
        return None if start is None else (start, position)

    def words(self) -> Iterator[re.Match[str]]:
        """Every word."""
        return _word.finditer(self.text)

    @cached_property
    def _starts(self) -> frozenset[int]:
        found: set[int] = set()
        position = 0
        for line in self.text.split("\n"):
            found.update(position + start for start in sentence_starts(line, self.language))
            position += len(line) + 1
        return frozenset(found)

    def opens_sentence(self, position: int) -> bool:
        """Whether the word at `position` stands where any word would have a capital."""
        if position in self._starts:
            return True
        line = self.text.rfind("\n", 0, position) + 1
        if _bullet.fullmatch(self.text, line, position):
            return True
        clitic = _clitic_before.search(self.text, max(0, position - 4), position)
        if clitic:
            return self.opens_sentence(clitic.start(1))
        place = position - 1
        while place >= 0 and self.text[place] in " \t\xa0":
            place -= 1
        before = self.text[place] if place >= 0 else "\n"
        touching = place == position - 1
        if touching and before in "'’":
            place -= 1
            before = self.text[place] if place >= 0 else "\n"
            return before in " \n"
        if before in _OPENERS:
            return touching or before in "“„«(["
        return before in "\n:;…?!•" or self.text[max(0, place - 1) : place + 1] == ".."

    @cached_property
    def _bare_starts(self) -> frozenset[int]:
        return frozenset(start for start, _end in _bare_lines(self.text))

    def lacks_capitals(self, position: int) -> bool:
        """Whether the line at `position` is written without capitals, so that names have none either."""
        start = self.text.rfind("\n", 0, position) + 1
        return start in self._bare_starts

    def trimmed(self, start: int, end: int) -> tuple[int, int] | None:
        """A run without the words at its edges that are no names; `None` if nothing is left.

        An infix stays with its surname ("Van der Heijden"), except where it is only the
        first word of a sentence ("De Mozaïekschool", "Van Bram").
        """
        while start < end:
            word = self._word_at(start, end)
            if self._keeps_infix(start, end):
                break
            if word is not None and self.usable(word[0]):
                break
            start = self._next_word(start, end)
        while start < end:
            last = self._last_word(start, end)
            if last is not None and (self.usable(last[0]) or self._is_surname(start, last)):
                end = last.end()
                break
            end = last.start() if last is not None else start
        return (start, end) if start < end else None

    def _is_surname(self, start: int, last: re.Match[str]) -> bool:
        """Whether an infix before the last word of a run makes it a surname: "van der Meer"."""
        return last.start() > start and _infix_before.search(self.text, start, last.start()) is not None

    def _word_at(self, start: int, end: int) -> re.Match[str] | None:
        found = _word.match(self.text, start, end)
        if found and self.text[found.end() : found.end() + 1] == "." and len(found[0]) == 1:
            after = self._next_word(start, end)
            return _word.match(self.text, after, end)
        return found

    def _next_word(self, start: int, end: int) -> int:
        found = _word.match(self.text, start, end)
        place = found.end() if found else start + 1
        following = _word.search(self.text, place, end)
        return following.start() if following else end

    def _last_word(self, start: int, end: int) -> re.Match[str] | None:
        found = list(_word.finditer(self.text, start, end))
        return found[-1] if found else None

    def _keeps_infix(self, start: int, end: int) -> bool:
        infix = _leading_infix.match(self.text, start, end)
        if not infix:
            return False
        following = self._word_at(infix.end() + 1, end)
        if following is None or not following[0][0].isupper() or not self.usable(following[0]):
            return False
        return " " in infix[0] or not (_first_infix.match(infix[0]) and self.opens_sentence(start))

    def usable(self, word: str) -> bool:
        """Whether a word can be (part of) a name: no everyday word, no language or day, no abbreviation."""
        lower = word.lower().replace("’", "'")
        if "-" in lower and all(part in SAFE for part in lower.split("-")):
            return False  # "Sept-Okt"
        if len(lower) < 2 or lower in SAFE or lower in self._stop or _pronoun_adverb.fullmatch(lower):
            return False
        return not word.isupper()

    def is_word(self, word: str) -> bool:
        """Whether the dictionary knows `word` in lower case."""
        return is_known(word.lower(), "en" if self.language == "en" else "nl")

    def proposal(self, start: int, end: int, kind: NameKind, tier: Tier, *reasons: NameReason) -> Proposal:
        """A stretch of the text as it was given, proposed for these reasons."""
        return Proposal(start, end, self.original[start:end], kind, tier, reasons)
