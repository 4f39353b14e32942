"""One line of a transcript: its label, its times and its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from qualcode.sources.labels import is_known, is_speaker_shaped
from qualcode.sources.times import ARROW, FULL, MARKED, SHORT, milliseconds


class Style(StrEnum):
    """How a label stands in front of its words; the weaker the mark, the more it must prove."""

    NONE = "none"
    COLON = "colon"
    TAB = "tab"
    ALONE = "alone"
    TIMED = "timed"
    NAMED_AND_TIMED = "named and timed"


@dataclass(frozen=True, slots=True)
class Line:
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
_LAST_BARE = re.compile(rf"([ \t\xa0]+)({FULL}|{SHORT})$")
_INNER = re.compile(rf"[ \t\xa0]?{MARKED}")
_COLON = re.compile(r"([^:\t]{1,40}?)[ \xa0]?:(?!//)")
_TAB = re.compile(r"([^\t]{1,40})\t+")
_TURN_NUMBER = re.compile(r"\d{1,4}[.)]?[ \t]+([^:\t\d][^:\t]{0,39}):")
_BOLD = re.compile(r"(\*\*|__)([^*_]{1,41})\1[ \t]*(:?)")
_HEADING_MARK = re.compile(r"#{1,6} ")


def parse_line(raw: str) -> Line:
    """Take `raw` (without line end) apart."""
    line = raw.strip(_EDGE)
    arrow = ARROW.match(line)
    if arrow:
        start, end = milliseconds(arrow[1]), milliseconds(arrow[2])
        rest = line[arrow.end() :].strip(_EDGE)
        if start is not None and end is not None:
            return Line(rest, rest, time_start=start, time_end=end)
    start, line = _leading_time(line)
    found = _labelled(line, start)
    if found:
        return found
    text, end, inner = _without_times(line)
    return Line(text, text, time_start=start, time_end=end, inner=inner)


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
    label = text[:60].split(":")[0].strip(_EDGE)
    return len(text) < 60 and is_speaker_shaped(label)


def _labelled(line: str, start: int | None) -> Line | None:
    numbered = _TURN_NUMBER.match(line)
    if numbered and is_known(numbered[1].strip(_EDGE)):
        line = line[numbered.start(1) :]
    label, rest, style = _split_label(line)
    if style is Style.NONE:
        return _label_alone(line, start)
    if not is_speaker_shaped(label):
        return None
    if start is None:
        start, rest = _leading_time(rest)
    text, end, inner = _without_times(rest)
    whole, _end, _inner = _without_times(line)
    return Line(text, whole, label, style, start, end, inner)


def _split_label(line: str) -> tuple[str, str, Style]:
    head = line[:100]
    bold = _BOLD.match(head)
    if bold and (bold[3] or bold[2].rstrip().endswith(":")):
        return bold[2].rstrip(": "), line[bold.end() :].strip(_EDGE), Style.COLON
    colon = _COLON.match(head)
    if colon:
        rest = line[colon.end() :]
        if not rest or rest[0] in _EDGE or is_known(colon[1]):
            return colon[1].strip(_EDGE), rest.strip(_EDGE), Style.COLON
    tab = _TAB.match(head)
    if tab:
        return tab[1].strip(_EDGE), line[tab.end() :].strip(_EDGE), Style.TAB
    return "", line, Style.NONE


def _label_alone(line: str, start: int | None) -> Line | None:
    """A line that is a label only, perhaps with a time behind it: "Anna Jansen   0:04"."""
    if not line or len(line) > 80:
        return None
    label, style = _HEADING_MARK.sub("", line, count=1), Style.ALONE if start is None else Style.TIMED
    last = _LAST.search(label) or _LAST_BARE.search(label)
    if last and start is None:
        start = milliseconds(last[last.lastindex or 1])
        spaced = last.re is _LAST_BARE and (len(last[1]) > 1 or "\t" in last[1])
        label, style = label[: last.start()], Style.NAMED_AND_TIMED if spaced else Style.TIMED
        if start is None:
            return None
    label = label.strip(_EDGE + "*")
    if not is_speaker_shaped(label):
        return None
    whole, _end, _inner = _without_times(line)
    return Line("", whole, label, style, start)


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
