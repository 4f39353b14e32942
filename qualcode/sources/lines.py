"""The lines of a transcript: label, times and words of each; which labels are speakers, the whole file decides."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from qualcode.resources import grouped_words, listed_lines

FULL = r"\d{1,3}:\d{1,2}:\d{1,2}(?:[.,-]\d{1,3})?"
SHORT = r"\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
STAMP = rf"(?:{FULL}|{SHORT})"
# a time between marks of its own; round brackets may hold a time of day, so there only with hours
MARKED = rf"(?:\[\s?{STAMP}\s?\]|\{{\s?{STAMP}\s?\}}|<{STAMP}>|#{STAMP}#|\(\s?{FULL}\s?\))"
ARROW = re.compile(rf"({STAMP})\s*-->\s*({STAMP})")
_PARTS = re.compile(r"(?:(\d+):)?(\d+):(\d+)(?:[.,-](\d+))?")
_LONGEST = 100 * 60 * 60 * 1000  # no recording is longer than a hundred hours


def milliseconds(stamp: str) -> int | None:
    """The time in `stamp` (with or without its marks) in milliseconds; `None` if it is no time."""
    found = _PARTS.fullmatch(stamp.strip("[]{}()<># \t"))
    if not found:
        return None
    hours, minutes, seconds = (int(group or 0) for group in found.groups()[:3])
    if seconds > 59 or (found[1] and minutes > 59):
        return None
    fraction = found[4] or ""
    return (hours * 3600 + minutes * 60 + seconds) * 1000 + int((fraction + "000")[:3])


def from_seconds(value: object) -> int | None:
    """A number of seconds as milliseconds; `None` if `value` is no such number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not math.isfinite(value) or not 0 <= value * 1000 <= _LONGEST:
        return None
    return round(value * 1000)


_DATA = Path(__file__).parent / "data"
LABEL_WORDS = grouped_words(_DATA / "labels.txt")
"""What stands in front of turns and above columns, by what it means."""

INTERVIEWERS = LABEL_WORDS["interviewers"]
KNOWN = INTERVIEWERS | LABEL_WORDS["informants"] | frozenset(listed_lines(_DATA / "label_phrases.txt"))
_NOT_A_SPEAKER = LABEL_WORDS["others"]
_LABEL = re.compile(r"[\w\[(](?:[\w .'’/&+()\[\]-]{0,38}[\w)\].'’])?")
_IN_PARENTHESES = re.compile(r"\s*\([^()]*\)")
_NUMBER = re.compile(r"(?:[\s_.-]*\d{1,3}[a-z]?|[\s_-][a-z])$")
_CODE = re.compile(r"[A-Z]{1,3}[-_ ]?\d{1,3}")
LONGEST_LABEL = 300
_LONGEST_ALONE = 60  # characters of a line that may be a label, though nothing but its place says so
_MOST_WORDS = 6
_ENDS = tuple(".?!…,;")
_SENTENCE_END = re.compile(r"[.?!…]\s|[?!…,;\]]$|(?<=\w\w)\.$|[.]{2,}$")


def bare(label: str) -> str:
    """`label` without brackets, additions, number and capitals: "[Leraar-1]" → "leraar"."""
    label = _IN_PARENTHESES.sub("", label).strip("[]() .").casefold()
    return _NUMBER.sub("", label).strip(" .")


def is_known(label: str) -> bool:
    """Whether `label` says what someone is in an interview ("I", "Moeder", "Speaker 1", "Vader/moeder")."""
    pieces = re.split(r"\s*[/&+]\s*", label)
    return bool(label) and all(bare(piece) in KNOWN for piece in pieces)


@lru_cache(maxsize=2**14)
def is_speaker_shaped(label: str) -> bool:
    """Whether `label` could be a speaker: known, a code ("P02"), a bracketed name or up to three names."""
    if not _LABEL.fullmatch(label) or not any(char.isalpha() for char in label):
        return False
    if is_known(label) or _CODE.fullmatch(label):
        return True
    words = _IN_PARENTHESES.sub("", label).split()
    if not words or bare(words[0]) in _NOT_A_SPEAKER or bare(label) in _NOT_A_SPEAKER:
        return False
    if label.startswith("["):
        return label.endswith("]") and len(words) <= 3
    names = [word for word in words if word.casefold() not in LABEL_WORDS["particles"]]
    return 1 <= len(names) <= 3 and _is_name(words[0]) and all(_is_name(word) for word in names)


def may_be_label(label: str) -> bool:
    """Whether `label`, whatever its shape, could be a speaker: "Jansen, A. | HU", "+31 6 …", "a.jansen@school.nl"."""
    return any(char.isalpha() for char in label) or sum(map(str.isdigit, label)) > 7


@lru_cache(maxsize=2**14)
def is_like_words(label: str) -> bool:
    """Whether `label` rather is how a sentence begins ("Toen zei ze", "Let op") than somebody who speaks."""
    words = [word.strip("()[],.") for word in label.casefold().split()]
    return (
        not is_speaker_shaped(label)
        and bool(words)
        and (bare(words[0]) in _NOT_A_SPEAKER or not LABEL_WORDS["sentence"].isdisjoint(words))
    )


def is_short(label: str) -> bool:
    """Whether `label` is short enough to be a speaker if it comes but once or stands alone on its line."""
    return len(label) <= _LONGEST_ALONE and len(label.split()) <= _MOST_WORDS


def _is_name(word: str) -> bool:
    return word[:1].isupper() or word.isdigit() or is_known(word)


def guess_interviewers(labels: Collection[str]) -> frozenset[str]:
    """Those of `labels` that stand for an interviewer.

    A lone "V" is one beside an "A" (vraag, antwoord), a lone "O" beside an "R" (onderzoeker, respondent).
    """
    found = {label for label in labels if label and bare(label) in INTERVIEWERS}
    if not found:
        short = {label.casefold(): label for label in labels}
        for asks, answers in (("v", "a"), ("o", "r")):
            if asks in short and answers in short:
                found.add(short[asks])
    return frozenset(found)


class Style(StrEnum):
    """How a label stands in front of its words; the weaker the mark, the more it must prove."""

    NONE = "none"
    COLON = "colon"
    TAB = "tab"
    ALONE = "alone"
    TIMED = "timed"
    NAMED_AND_TIMED = "named and timed"
    INLINE = "inline"


@dataclass(frozen=True, slots=True)
class LineParts:
    """A line taken apart. `label` is a candidate: whether it is a speaker, the whole file decides.

    `text` are the words after the label, `whole` the words with the label (for when it is none); neither
    holds times. `inner` counts the times that stood between words.
    """

    text: str
    whole: str
    label: str = ""
    style: Style = Style.NONE
    time_start: int | None = None
    time_end: int | None = None
    inner: int = 0

    @property
    def only_time(self) -> bool:
        """Whether the line is a time and nothing else."""
        return not self.whole and self.time_start is not None


_EDGE = " \t\xa0\u200b\u200e\u200f\u2028"
_FIRST = re.compile(rf"({MARKED}|{FULL})(?=[\s:–-]|$|(?<=[\]}})#>]))[ \t\xa0]*(?:[–-][ \t\xa0]+)?")
_FIRST_SHORT = re.compile(rf"({SHORT})(?=[ \t\xa0]|$)[ \t\xa0]*")
_LAST = re.compile(rf"[ \t\xa0]*({MARKED})\s*$")
_LAST_IN_BRACKETS = re.compile(rf"[ \t\xa0]+\(({SHORT})\)$")
_LAST_BARE = re.compile(rf"([ \t\xa0]+)({FULL}|{SHORT})$")
_INNER = re.compile(rf"[ \t\xa0]?{MARKED}")
_COLON = re.compile(rf"([^:\t]{{1,{LONGEST_LABEL}}}?)[ \xa0]?:(?!//)")
_TIMED_LABEL = re.compile(rf"([^:\t]{{1,{LONGEST_LABEL}}}?)[ \xa0]+[(\[]({STAMP})[)\]][ \xa0]*:(?=[ \xa0]|$)")
_INLINE = re.compile(rf"([^:\t\[]{{1,60}}?)[ \xa0]+\[({STAMP})\][ \xa0]+(?=\S)")
_TAB = re.compile(rf"([^\t]{{1,{LONGEST_LABEL}}})\t+")
_TURN_NUMBER = re.compile(r"\d{1,4}[.)]?[ \t]+([^:\t\d][^:\t]{0,39}):")
_BOLD = re.compile(r"(\*\*|__)([^*_]{1,300})\1[ \t]*(:?)")
_HEADING_MARK = re.compile(r"#{1,6} ")


def parse_line(raw: str) -> LineParts:
    """Take `raw` (without line end) apart."""
    line = raw.strip(_EDGE)
    arrow = ARROW.match(line)
    if arrow:
        start, end = milliseconds(arrow[1]), milliseconds(arrow[2])
        rest = line[arrow.end() :].strip(_EDGE)
        if start is not None and end is not None:
            return LineParts(rest, rest, time_start=start, time_end=end)
    start, line = _leading_time(line)
    found = _labelled(line, start)
    if found:
        return found
    text, end, inner = _without_times(line)
    return LineParts(text, text, time_start=start, time_end=end, inner=inner)


def _leading_time(line: str) -> tuple[int | None, str]:
    found = _FIRST.match(line)
    if not found:
        found = _FIRST_SHORT.match(line)
        rest = line[found.end() :] if found else ""
        # "10:30 kwam hij binnen" are words; "0:04" alone or before a speaker is a time
        if found and rest and not _is_label_part(rest):
            found = None
    if not found:
        return None, line
    time = milliseconds(found[1])
    return (None, line) if time is None else (time, line[found.end() :].strip(_EDGE))


def _is_label_part(text: str) -> bool:
    label, colon, _words = text[:60].partition(":")
    label = label.strip(_EDGE)
    if colon and may_be_label(label) and not is_like_words(label):
        return True
    return len(text) < 60 and is_speaker_shaped(label)


def _labelled(line: str, start: int | None) -> LineParts | None:
    timed = _TIMED_LABEL.match(line) if start is None else None
    if timed and (time := milliseconds(timed[2])) is not None and not is_like_words(timed[1]):
        line, start = f"{timed[1]}: {line[timed.end() :]}", time
    inline = _INLINE.match(line) if start is None else None
    if inline and is_short(inline[1]) and may_be_label(inline[1]) and not is_like_words(inline[1]):
        text, end, inner = _without_times(line[inline.end() :])
        whole, _end, _inner = _without_times(line)
        return LineParts(text, whole, inline[1], Style.INLINE, milliseconds(inline[2]), end, inner)
    numbered = _TURN_NUMBER.match(line)
    if numbered and is_known(numbered[1].strip(_EDGE)):
        line = line[numbered.start(1) :]
    label, rest, style = _split_label(line)
    if style is Style.NONE:
        return _label_alone(line, start)
    if not may_be_label(label):
        return None
    if start is None and not is_like_words(label):
        start, rest = _leading_time(rest)
    text, end, inner = _without_times(rest)
    whole, _end, _inner = _without_times(line)
    return LineParts(text, whole, label, style, start, end, inner)


def _split_label(line: str) -> tuple[str, str, Style]:
    head = line[: LONGEST_LABEL + 20]
    bold = _BOLD.match(head)
    if bold and (bold[3] or bold[2].rstrip().endswith(":")):
        return bold[2].rstrip(": "), line[bold.end() :].strip(_EDGE), Style.COLON
    colon = _COLON.match(head)
    if colon:
        rest = line[colon.end() :]
        glued = is_known(colon[1]) and not (colon[1][-1].isdigit() and rest[:1].isdigit())
        if not rest or rest[0] in _EDGE or glued:
            return colon[1].strip(_EDGE), rest.strip(_EDGE), Style.COLON
    tab = _TAB.match(head)
    if tab and milliseconds(line[tab.end() :]) is None:
        return tab[1].strip(_EDGE), line[tab.end() :].strip(_EDGE), Style.TAB
    return "", line, Style.NONE


def _label_alone(line: str, start: int | None) -> LineParts | None:
    """A line that is a label only, perhaps with a time behind it: "Anna Jansen   0:04"."""
    if not line or len(line) > LONGEST_LABEL:
        return None
    label, style = _HEADING_MARK.sub("", line, count=1), Style.ALONE if start is None else Style.TIMED
    last = _LAST.search(label) or _LAST_IN_BRACKETS.search(label) or _LAST_BARE.search(label)
    if last and start is None:
        start = milliseconds(last[last.lastindex or 1])
        spaced = last.re is _LAST_BARE and (len(last[1]) > 1 or "\t" in last[1])
        label, style = label[: last.start()], Style.NAMED_AND_TIMED if spaced else Style.TIMED
        if start is None:
            return None
    label = label.strip(_EDGE + "*")
    stands = _stands_alone(label) or (style is Style.TIMED and is_short(label) and label[-1:] not in _ENDS)
    if not may_be_label(label) or (style is not Style.NAMED_AND_TIMED and not stands):
        return None
    whole, _end, _inner = _without_times(line)
    return LineParts("", whole, label, style, start)


def _stands_alone(label: str) -> bool:
    """Whether a line may be a label and no sentence: by its shape, or short and without a sentence's end."""
    return is_speaker_shaped(label) or (is_short(label) and _SENTENCE_END.search(label) is None)


def _without_times(text: str) -> tuple[str, int | None, int]:
    """The words of `text`, the time at its end, and how many times stood between its words."""
    end = None
    last = _LAST.search(text[-40:])
    if last and (end := milliseconds(last[1])) is not None:
        text = text[: len(text) - len(text[-40:]) + last.start()]
    if not any(mark in text for mark in "[#{<("):
        return text.strip(_EDGE), end, 0
    inner = 0

    def without(found: re.Match[str]) -> str:
        nonlocal inner
        if milliseconds(found[0]) is None:
            return found[0]
        inner += 1
        after = found.string[found.end() : found.end() + 1]
        glued = found[0][0] not in " \t\xa0" and found.start() > 0 and after.isalnum()
        return " " if glued else ""

    return _INNER.sub(without, text).strip(_EDGE), end, inner


def key_of(label: str) -> str:
    """`label` as it is compared: without capitals and doubled spaces."""
    return " ".join(label.casefold().split())
