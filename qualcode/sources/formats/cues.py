"""Reads .vtt and .srt: cues with a time, made into turns."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from qualcode.errors import InputError
from qualcode.files.decode import decode
from qualcode.i18n import _
from qualcode.sources.draft import Draft, DraftTurn
from qualcode.sources.lines import STAMP, milliseconds
from qualcode.sources.merging import draft_of_cues
from qualcode.text.normal import normal

# Tolerant by design: what a subtitle library rejects or drops without a word (a cue without blank line before
# it, an open <v>, a cue without end) must here be read or named with its line.
_TIMING = re.compile(rf"[ \t]*({STAMP})[ \t]*-->[ \t]*({STAMP})?(.*)")
_LOOKS_LIKE_TIMING = re.compile(r"[ \t]*\d[\d:.,]*[ \t]*-->")
_VOICE = re.compile(r"<v(?:\.[^ \t>]{0,60})?[ \t]+([^<>\n]{1,100})>")
_TAGS = re.compile(
    r"</?(?:v|c|i|b|u|ruby|rt|lang|font)(?:[. ][^<>\n]{0,100})?>|<\d{1,3}:[\d:.]{4,12}>|\{\\an?\d\}",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_SHOWN_PROBLEMS = 10


@dataclass(slots=True)
class _Cue:
    start: int
    end: int
    lines: list[str] = field(default_factory=list)


def read_vtt(data: bytes) -> Draft:
    """The turns of a WebVTT file (Teams, Zoom, noScribe, Whisper)."""
    return _read(data, is_vtt=True)


def read_srt(data: bytes) -> Draft:
    """The turns of a SubRip file."""
    return _read(data, is_vtt=False)


def _read(data: bytes, *, is_vtt: bool) -> Draft:
    text, warnings = decode(data)
    cues, unplaced = _cues(normal(text).split("\n"), is_vtt=is_vtt)
    voices = [turn for cue in cues for turn in _voices(cue)]
    return draft_of_cues(voices, warnings, unplaced)


def _cues(lines: list[str], *, is_vtt: bool) -> tuple[list[_Cue], list[str]]:
    cues: list[_Cue] = []
    unplaced: list[str] = []
    problems: list[str] = []
    in_comment = is_vtt  # the head of a WebVTT file runs to the first blank line
    after_blank = True
    for index, line in enumerate(lines):
        found = _TIMING.fullmatch(line)
        below = lines[index + 1] if index + 1 < len(lines) else ""
        if found or _LOOKS_LIKE_TIMING.match(line):
            in_comment = False
            start, end = (milliseconds(part or "") for part in found.groups()[:2]) if found else (None, None)
            if start is None or end is None or end < start:
                problems.append(_("line {n}: {line}").format(n=index + 1, line=line.strip()[:80]))
            else:
                cues.append(_Cue(start, end))
        elif not line.strip():
            in_comment = False
        elif in_comment or (is_vtt and after_blank and _COMMENT.match(line)):
            in_comment = True
        elif _LOOKS_LIKE_TIMING.match(below) and (after_blank or line.strip().isdigit()):
            pass  # the number or name of the next cue
        elif cues and not (is_vtt and after_blank and not _belongs(lines, index)):
            cues[-1].lines.append(line.strip())
        else:
            unplaced.append(line.strip())
        after_blank = not line.strip()
    if problems:
        raise InputError(
            _(
                "The times of these cues cannot be read (no end, or the end before the start), so nothing was taken in:"
            ),
            problems[:_SHOWN_PROBLEMS],
        )
    return cues, unplaced


def _belongs(lines: list[str], index: int) -> bool:
    """Whether the line after a blank line directly follows its cue's timing (an empty first line)."""
    return index >= 2 and bool(_TIMING.fullmatch(lines[index - 2]))


def _voices(cue: _Cue) -> Iterator[DraftTurn]:
    """The words of a cue, one piece per `<v Name>` in it."""
    parts = _VOICE.split("\n".join(cue.lines))
    for speaker, text in zip(["", *parts[1::2]], parts[0::2], strict=True):
        words = html.unescape(_TAGS.sub("", text))
        if words.strip():
            yield DraftTurn(html.unescape(speaker).strip(), words, cue.start, cue.end)
