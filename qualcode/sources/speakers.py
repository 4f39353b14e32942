"""Which labels of a file are speakers: the file as a whole decides, and says what it is not sure of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from qualcode.sources.lines import (
    INTERVIEWERS,
    LABEL_WORDS,
    LineParts,
    Style,
    bare,
    is_known,
    is_like_words,
    is_short,
    is_speaker_shaped,
    key_of,
)

Said = Mapping[str, bool]
"""What a person said about labels: key (`key_of`) → whether it is a speaker."""

_LONGEST_HEADER = 12
_MARKED = (Style.COLON, Style.TIMED)
_FREE_FORMS = (Style.COLON, Style.NAMED_AND_TIMED)
_THROUGHOUT = 0.8
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Doubt:
    """A label that stands so often at the start of a line, with the words behind it the first time."""

    label: str
    times: int
    words: str


@dataclass(frozen=True, slots=True)
class Labels:
    """What the labels of a file are.

    `speakers`: key (`key_of`) → first spelling; `alone` are those of them that count alone on their line;
    `doubts` may be speakers, but nothing proves it; `words` are likely the start of a sentence.
    """

    speakers: Mapping[str, str] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()
    doubts: tuple[Doubt, ...] = ()
    words: tuple[str, ...] = ()


def find_speakers(lines: Sequence[LineParts]) -> dict[str, str]:
    """The labels in `lines` that are speakers for sure: key (`key_of`) → first spelling."""
    return dict(weigh([lines]).speakers)


def weigh(
    blocks: Sequence[Sequence[LineParts]], said: Said | None = None, share: float = _THROUGHOUT
) -> Labels:
    """What the labels in the paragraphs of a file are.

    A known label with a colon is a speaker wherever it stands, and so is whatever stands before a time of its own.
    Another must come back, or so large a `share` of the paragraphs must begin with a label that one more cannot be
    anything else. A single label in the whole file counts only at its very start. `said` goes before all of it.
    """
    lines = [line for block in blocks for line in block if line.whole or line.only_time]
    if not lines:
        return Labels()
    return _Weighing(lines, said or {}).labels(_first_lines(blocks), share)


def _first_lines(blocks: Sequence[Sequence[LineParts]]) -> list[LineParts]:
    firsts = [next((line for line in block if line.whole), None) for block in blocks]
    return [line for line in firsts if line is not None]


class _Weighing:
    """Where each label stands, and what that makes of it."""

    def __init__(self, lines: Sequence[LineParts], said: Said) -> None:
        self._lines = lines
        self._said = said
        self._spelling: dict[str, str] = {}
        self._marked: dict[str, list[int]] = {}
        self._alone: dict[str, list[int]] = {}
        self._styles: set[Style] = set()  # how those who are speakers are written
        for place, line in enumerate(lines):
            if line.label:
                key = key_of(line.label)
                self._spelling.setdefault(key, line.label)
                (self._alone if self._only_alone(place) else self._marked).setdefault(key, []).append(place)

    @cached_property
    def _known_alone(self) -> set[str]:
        return {
            key_of(line.label) for line in self._lines if line.style is Style.ALONE and is_known(line.label)
        }

    @cached_property
    def _start(self) -> str:
        """The key of the label in the first line with words."""
        return next((key_of(line.label) for line in self._lines if line.whole), "")

    def _only_alone(self, place: int) -> bool:
        """Whether nothing but its place says that a line is a label."""
        line = self._lines[place]
        under_time = place > 0 and self._lines[place - 1].only_time
        return line.style is Style.ALONE and not is_known(line.label) and not under_time

    def labels(self, firsts: Sequence[LineParts], share: float) -> Labels:
        """What all labels are."""
        sure = {key for key, places in self._marked.items() if self._is_sure(key, places)}
        sure |= self._throughout(firsts, share)
        alone = self._alone_on_their_lines(sure)
        accepted = (sure | alone) - {key for key, is_one in self._said.items() if not is_one}
        accepted |= {key for key, is_one in self._said.items() if is_one and key in self._spelling}
        alone |= {key for key in accepted if key in self._alone and key in self._said}
        self._styles = {
            self._lines[place].style
            for kind in (self._marked, self._alone)
            for key in accepted & kind.keys()
            for place in kind[key]
        }
        doubts = [self._doubt(key) for key in self._spelling if self._is_doubtful(key, accepted)]
        if self._is_one_label_in_the_middle(accepted) and not doubts:
            accepted = set()
        return Labels(
            {key: self._spelling[key] for key in self._spelling if key in accepted},
            frozenset(alone & accepted),
            tuple(doubts),
            tuple(self._words(accepted, {key_of(doubt.label) for doubt in doubts})),
        )

    def _is_sure(self, key: str, places: Sequence[int]) -> bool:
        label = self._spelling[key]
        styles = {self._lines[place].style for place in places}
        if Style.NAMED_AND_TIMED in styles or (is_known(label) and not styles.isdisjoint(_MARKED)):
            return True
        if is_speaker_shaped(label):
            return len(places) > 1 and (Style.TIMED not in styles or self._precedes_words(places))
        return len(places) >= _FEWEST and not is_like_words(label) and self._precedes_words(places)

    def _throughout(self, firsts: Sequence[LineParts], share: float) -> set[str]:
        """All labels of a file whose lines, or nearly all of whose paragraphs, begin with one."""
        tabs = any(line.style is Style.TAB and is_known(line.label) for line in self._lines)
        free = {*_FREE_FORMS, Style.TAB} if tabs else set(_FREE_FORMS)

        def counts(line: LineParts) -> bool:
            return line.style in free and not is_like_words(line.label)

        spoken = [line for line in self._lines if not line.only_time]
        if not any(line.text for line in spoken):
            return set()
        if len(spoken) > 1 and all(map(counts, spoken)):
            firsts = spoken
        elif sum(map(counts, firsts)) < max(_FEWEST, share * len(firsts)):
            return set()
        return {key_of(line.label) for line in firsts if counts(line)}

    def _alone_on_their_lines(self, sure: set[str]) -> set[str]:
        """Labels alone on their lines: two that come back, or one beside labels that are known, each above words."""
        known = self._known_alone
        found = {key for key, places in self._alone.items() if self._comes_back_alone(key, places)}
        return found | known if self._start in found | sure | known and len(found | known) > 1 else set()

    def _comes_back_alone(self, key: str, places: Sequence[int]) -> bool:
        return len(places) > 1 and not is_like_words(self._spelling[key]) and self._precedes_words(places)

    def _precedes_words(self, places: Sequence[int]) -> bool:
        """Whether there mostly are words behind a label, or below it: "Klopt" is answered by the next label."""
        with_words = sum(bool(self._lines[place].text) or self._words_below(place) for place in places)
        return 2 * with_words > len(places)

    def _words_below(self, place: int) -> bool:
        below = next((line for line in self._lines[place + 1 : place + 3] if line.whole), None)
        return below is not None and (not below.label or key_of(below.label) not in self._repeated)

    @cached_property
    def _repeated(self) -> set[str]:
        """Labels alone on lines of their own that come more than once, or are known."""
        return {
            key
            for kind in (self._alone, self._marked)
            for key, places in kind.items()
            if (len(places) > 1 or is_known(self._spelling[key]))
            and not (self._lines[places[0]].text or is_like_words(self._spelling[key]))
        }

    def _is_one_label_in_the_middle(self, accepted: set[str]) -> bool:
        count = sum(len(self._marked.get(key, ())) + len(self._alone.get(key, ())) for key in accepted)
        return count == 1 and key_of(self._lines[0].label) not in {*accepted, *self._said}

    def _is_doubtful(self, key: str, accepted: set[str]) -> bool:
        """Whether somebody has to be asked: it comes back, or is short and shaped as the labels around it."""
        if key in accepted or key in self._said:
            return False
        label = self._spelling[key]
        places = self._marked.get(key, ()) or self._alone[key]
        if is_like_words(label):
            return len(self._marked.get(key, ())) >= _FEWEST
        if len(places) > 1:
            return self._precedes_words(places)
        if key in self._known_alone and self._is_telling(key):
            return True
        alike = any(self._lines[place].style in {*self._styles, Style.COLON} for place in places)
        return bool(accepted) and alike and is_short(label) and self._precedes_words(places)

    def _is_telling(self, key: str) -> bool:
        """Whether a known label alone on one line says much: who asks, the first line, or one more such label."""
        first = key == self._start and len(self._spelling) > 1
        return first or len(self._known_alone) > 1 or bare(self._spelling[key]) in INTERVIEWERS

    def _doubt(self, key: str) -> Doubt:
        places = self._marked.get(key) or self._alone[key]
        below = self._lines[places[0] + 1] if places[0] + 1 < len(self._lines) else None
        words = self._lines[places[0]].text or (below.whole if below else "")
        return Doubt(self._spelling[key], len(places), words)

    def _words(self, accepted: set[str], doubts: set[str]) -> list[str]:
        """What was passed over before a colon, for whoever takes the file in to see."""
        if not accepted:
            return []
        passed = accepted | doubts | self._said.keys()
        colons = [key for key, found in self._marked.items() if self._lines[found[0]].style is Style.COLON]
        return [self._spelling[key] for key in colons if key not in passed and is_short(self._spelling[key])]


def header_length(lines: Sequence[LineParts]) -> int:
    """How many lines at the top are the head of a form ("Datum: …", "Interviewer: …") and not turns."""
    length = 0
    seen: set[str] = set()
    for index, line in enumerate(lines[:_LONGEST_HEADER]):
        key, colon, value = line.whole[:200].partition(":")
        key = key_of(key)
        shaped = is_speaker_shaped(line.label)
        if line.time_start is not None or (shaped and (key in seen or len(value.split()) > 4)):
            break
        if colon and shaped:
            seen.add(key)
        if colon and key.split()[:1] and key.split()[0] in LABEL_WORDS["header"]:
            length = index + 1
    return length + _further_header(lines[length:]) if length else 0


def _further_header(lines: Sequence[LineParts]) -> int:
    """How many lines after a head still belong to it: "Informant: moeder", "Interviewer: onderzoeker"."""
    count = Counter(key_of(line.label) for line in lines)
    length = 0
    for index, line in enumerate(lines[:4]):
        short = len(line.text.split()) <= 4 and not line.text.endswith((".", "?", "!", "…"))
        if line.style is not Style.COLON or not line.text or not short or len(lines) < index + 4:
            break
        if count[key_of(line.label)] == 1 or key_of(lines[index + 1].label) == key_of(line.label):
            length = index + 1
    return length
