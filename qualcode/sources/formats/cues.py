"""Timed pieces of speech → turns: those of one speaker that follow each other become one. Reads .vtt and .srt."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from qualcode.errors import InputError
from qualcode.files.text import decode
from qualcode.i18n import _, clock
from qualcode.sources.draft import Draft, DraftTurn
from qualcode.sources.lines import STAMP, LineParts, Style, is_known, key_of, milliseconds, parse_line
from qualcode.sources.speakers import Labels, Said, weigh
from qualcode.text.normal import normal

# Tolerant by design: what a subtitle library rejects or drops without a word (a cue without blank line before
# it, an open <v>, a cue without end) must here be read or named with its line.
_TIMING = re.compile(rf"[ \t]*({STAMP})[ \t]*-->[ \t]*({STAMP})?(.*)")
_LOOKS_LIKE_TIMING = re.compile(r"[ \t]*\d[\d:.,]*[ \t]*-->")
_VOICE = re.compile(r"<v(?:\.[^ \t>]{0,60})?[ \t]+([^<>\n]{1,400})>")
_TAGS = re.compile(
    r"</?(?:v|c|i|b|u|ruby|rt|lang|font)(?:[. ][^<>\n]{0,420})?>|<\d{1,3}:[\d:.]{4,12}>|\{\\an?\d\}",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_SHOWN_PROBLEMS = 10


@dataclass(slots=True)
class _Cue:
    start: int
    end: int
    lines: list[str] = field(default_factory=list)


def read_vtt(data: bytes, said: Said | None = None) -> Draft:
    """The turns of a WebVTT file (Teams, Zoom, noScribe, Whisper)."""
    return _read(data, said, is_vtt=True)


def read_srt(data: bytes, said: Said | None = None) -> Draft:
    """The turns of a SubRip file."""
    return _read(data, said, is_vtt=False)


def _read(data: bytes, said: Said | None, *, is_vtt: bool) -> Draft:
    text, warnings = decode(data)
    cues, unplaced = _cues(normal(text).split("\n"), is_vtt=is_vtt)
    voices = [turn for cue in cues for turn in _voices(cue)]
    return draft_of_cues(voices, warnings, unplaced, said=said)


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


_MOSTLY = (
    0.4  # so large a share of the cues begins with a label where a label is written when the speaker changes
)
_ENOUGH = 400  # characters after which a turn without speaker may end with its sentence
_PAUSE = 1000  # milliseconds of silence after which it may, too
_SENTENCE_ENDS = (".", "?", "!", "…", '."', '?"', '!"', ".’", "?’", "!’")


def draft_of_cues(
    cues: Iterable[DraftTurn],
    warnings: Sequence[str] = (),
    unplaced: Sequence[str] = (),
    language: str = "",
    said: Said | None = None,
) -> Draft:
    """A draft of timed pieces in the order of the file.

    Raises InputError when the times contradict that order: a piece that is wholly over before the one
    above it begins. Pieces that overlap (people talking at once) are kept as they stand.
    """
    pieces = list(cues)
    _check_order(pieces)
    labels = Labels()
    if not any(piece.speaker for piece in pieces):
        taken = [(piece, [parse_line(line) for line in piece.text.split("\n")]) for piece in pieces]
        labels = weigh([lines for _piece, lines in taken], said, _MOSTLY)
        pieces = list(_with_written_labels(taken, labels))
    turns = tuple(_merged(pieces))
    told = list(warnings)
    if turns and not any(turn.speaker for turn in turns):
        told.append(_("The file does not say who speaks: the turns have no speaker."))
    if unplaced:
        told.append(_("Lines without a time did not become text: {n}.").format(n=len(unplaced)))
    return Draft(turns, tuple(told), tuple(unplaced), language, labels.doubts)


def _check_order(pieces: Sequence[DraftTurn]) -> None:
    last: DraftTurn | None = None
    for piece in pieces:
        if piece.time_start is None:
            continue
        ends = piece.time_end if piece.time_end is not None else piece.time_start
        if last is not None and last.time_start is not None and ends < last.time_start:
            raise InputError(
                _(
                    "The times are out of order: {later} comes after {earlier}. The file was put together wrongly "
                    "or damaged; export it again."
                ).format(later=clock(piece.time_start), earlier=clock(last.time_start))
            )
        last = piece


def _with_written_labels(
    taken: Sequence[tuple[DraftTurn, Sequence[LineParts]]], labels: Labels
) -> Iterator[DraftTurn]:
    """The same pieces with the labels that stand in their words ("Anna: ja"); others go on speaking."""
    speaker = ""
    for piece, lines in taken:
        for line in lines:
            key = key_of(line.label)
            named = key in labels.speakers and (
                line.style is not Style.ALONE or is_known(line.label) or key in labels.alone
            )
            if named:
                speaker = labels.speakers[key]
            yield replace(piece, speaker=speaker, text=line.text if named else line.whole)


def _merged(pieces: Iterable[DraftTurn]) -> Iterator[DraftTurn]:
    current: DraftTurn | None = None
    words: list[str] = []
    for piece in pieces:
        text = " ".join(piece.text.split())
        if not text:
            continue
        if current is not None and current.speaker == piece.speaker and not _is_over(current, words, piece):
            words.append(text)
            current = replace(current, time_end=_later(current.time_end, piece.time_end))
            continue
        if current is not None:
            yield replace(current, text=" ".join(words))
        current, words = piece, [text]
    if current is not None:
        yield replace(current, text=" ".join(words))


def _is_over(current: DraftTurn, words: Sequence[str], piece: DraftTurn) -> bool:
    """Whether a turn without speaker ends here: with a sentence, when it is long or silence follows."""
    if current.speaker or not words[-1].endswith(_SENTENCE_ENDS):
        return False
    silence = (piece.time_start or 0) - (current.time_end or 0)
    return silence >= _PAUSE or sum(map(len, words)) >= _ENOUGH


def _later(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else max(one, other)
