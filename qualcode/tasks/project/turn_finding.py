"""Turns in a plain text that comes from another program: labels and times at line starts go out of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.exchange.positions import WithoutLabels
from qualcode.model import Turn
from qualcode.sources.lines import LineParts, find_speakers, guess_interviewers, key_of, parse_line
from qualcode.text.spans import Span, trim


@dataclass(frozen=True, slots=True)
class FoundTurns:
    """The words without labels, their turns, and where positions of the text as it came stand in them."""

    text: str
    turns: tuple[Turn, ...]
    places: WithoutLabels


@dataclass(frozen=True, slots=True)
class _Start:
    """A label at the start of a line: where it stands, and what it says."""

    label: Span
    speaker: str
    time: int | None


def find_turns(text: str, times: Sequence[tuple[int, int]] = ()) -> FoundTurns:
    """The turns of a text; without labels every line with words is one.

    `times` are moments (milliseconds) at places of the text, given to the turns that hold them.
    """
    starts = _labelled(text)
    places = WithoutLabels(text, [start.label for start in starts])
    asking = guess_interviewers({start.speaker for start in starts if start.speaker})
    cuts = [(places.position(start.label.end), start.speaker, start.time) for start in starts]
    if cuts and cuts[0][0] > 0:
        cuts.insert(0, (0, "", None))
    moments = [(places.position(place), moment) for place, moment in times]
    turns: list[Turn] = []
    for n, (start, speaker, time) in enumerate(cuts or _lines(places.text)):
        later = cuts[n + 1][0] if n + 1 < len(cuts) else len(places.text)
        span = trim(places.text, Span(start, later if cuts else _line_end(places.text, start)))
        if span.length:
            within = (
                [moment for place, moment in moments if start <= place < max(later, start + 1)]
                if cuts
                else []
            )
            begins = time if time is not None else min(within, default=None)
            turns.append(Turn(len(turns) + 1, *span, speaker, speaker in asking, begins))
    return FoundTurns(places.text, tuple(turns), places)


def _lines(text: str) -> list[tuple[int, str, int | None]]:
    """Where each line begins, as turns without speaker."""
    starts: list[tuple[int, str, int | None]] = []
    place = 0
    for line in text.split("\n"):
        starts.append((place, "", None))
        place += len(line) + 1
    return starts


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _labelled(text: str) -> list[_Start]:
    """The labels of the text, if it has at least two: one alone may be a heading."""
    raws, offset = [], 0
    for raw in text.split("\n"):
        raws.append((offset, raw))
        offset += len(raw) + 1
    lines = [parse_line(raw) for _offset, raw in raws]
    spoken = [line for line in lines if line.whole or line.only_time]
    if not spoken:
        return []
    speakers = find_speakers(spoken)
    found = []
    for (place, raw), line in zip(raws, lines, strict=True):
        start = _start(place, raw, line, speakers)
        if start is not None:
            found.append(start)
    return found if len(found) > 1 else []


def _start(place: int, raw: str, line: LineParts, speakers: dict[str, str]) -> _Start | None:
    speaker = speakers.get(key_of(line.label), "") if line.label else ""
    if not speaker and (line.time_start is None or line.label):
        return None
    words = line.text if speaker else line.whole
    bare = raw.rstrip()
    if not words or not bare.endswith(words):
        return None
    return _Start(Span(place, place + len(bare) - len(words)), speaker, line.time_start)
