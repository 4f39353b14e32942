"""Reads the .json of Amberscript, Whisper, WhisperX and whisper.cpp, and the .otr of oTranscribe."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from qualcode.errors import InputError
from qualcode.files.text import decode
from qualcode.i18n import _
from qualcode.sources.draft import Draft, DraftTurn
from qualcode.sources.formats.cues import draft_of_cues
from qualcode.sources.formats.hypertext import draft_of_otranscribe
from qualcode.sources.lines import from_seconds

Json = dict[str, Any]


def read_json(data: bytes) -> Draft:
    """The turns in a JSON transcript. Raises InputError for the JSON of any other program."""
    text, warnings = decode(data)
    try:
        found = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise InputError(_("The JSON in this file is damaged. Export it again.")) from None
    if isinstance(found, list):
        return draft_of_cues(_chunks(found), warnings)
    if isinstance(found, dict):
        if isinstance(found.get("text"), str) and ("media" in found or "media-time" in found):
            return draft_of_otranscribe(found["text"])
        if isinstance(found.get("segments"), list):
            cues = (
                _amberscript(found)
                if isinstance(found.get("speakers"), list)
                else _whisper(found["segments"])
            )
            return draft_of_cues(cues, warnings, language=_language(found))
        if isinstance(found.get("chunks"), list):
            return draft_of_cues(_chunks(found["chunks"]), warnings)
        if isinstance(found.get("transcription"), list):
            return draft_of_cues(_whisper_cpp(found["transcription"]), warnings)
    raise _other_tool()


def _other_tool() -> InputError:
    return InputError(
        _(
            "This JSON is not a transcript of Amberscript, Whisper, WhisperX or oTranscribe. "
            "Export it as text, .vtt or .docx instead."
        )
    )


def _language(found: Json) -> str:
    language = found.get("language")
    return language if isinstance(language, str) and len(language) == 2 and language.isalpha() else ""


def _dict(value: object) -> Json:
    if not isinstance(value, dict):
        raise _other_tool()
    return value


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise _other_tool()
    return value


def _time(value: object, *, optional: bool = False) -> int | None:
    """A time in seconds in milliseconds. Raises InputError for what is no time."""
    if value is None and optional:
        return None
    time = from_seconds(value)
    if time is None:
        raise InputError(
            _("A time in this file cannot be read ({time}). Export the file again.").format(
                time=str(value)[:40]
            )
        )
    return time


def _amberscript(found: Json) -> Iterator[DraftTurn]:
    names = {}
    for speaker in map(_dict, found["speakers"]):
        key = _str(speaker.get("spkid"))
        names[key] = _str(speaker.get("name") or key)
    offset = _time(found.get("startTimeOffset", 0.0)) or 0
    for segment in map(_dict, found["segments"]):
        words = segment.get("words")
        if not isinstance(words, list):
            raise _other_tool()
        spoken = [_dict(word) for word in words]
        if not spoken:
            continue
        start, end = _time(spoken[0].get("start")) or 0, _time(spoken[-1].get("end")) or 0
        key = _str(segment.get("speaker") or "")
        text = " ".join(_str(word.get("text")) for word in spoken)
        yield DraftTurn(names.get(key, key), text, start + offset, end + offset)


def _whisper(segments: list[object]) -> Iterator[DraftTurn]:
    for segment in map(_dict, segments):
        speaker = _str(segment.get("speaker") or "")
        start, end = _time(segment.get("start")), _time(segment.get("end"), optional=True)
        yield DraftTurn(speaker, _str(segment.get("text")), start, end)


def _chunks(chunks: list[object]) -> Iterator[DraftTurn]:
    for chunk in map(_dict, chunks):
        times = chunk.get("timestamp")
        if not isinstance(times, list) or len(times) != 2:
            raise _other_tool()
        speaker = _str(chunk.get("speaker") or "")
        yield DraftTurn(speaker, _str(chunk.get("text")), _time(times[0]), _time(times[1], optional=True))


def _whisper_cpp(pieces: list[object]) -> Iterator[DraftTurn]:
    for piece in map(_dict, pieces):
        offsets = _dict(piece.get("offsets"))
        start, end = (
            value / 1000 if type(value) is int else value for value in map(offsets.get, ("from", "to"))
        )
        yield DraftTurn("", _str(piece.get("text")), _time(start), _time(end))
