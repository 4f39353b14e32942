"""Reads what programs that transcribe keep: .json of Amberscript and the Whispers, .otr, and HTML of noScribe.

HTML becomes paragraphs; nothing in it is fetched or run.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from qualcode.errors import InputError
from qualcode.files.text import decode
from qualcode.i18n import _, clock
from qualcode.sources.dialogue import Block, dialogue
from qualcode.sources.draft import Draft, DraftTurn
from qualcode.sources.formats.cues import draft_of_cues
from qualcode.sources.lines import Style, from_seconds, is_like_words, milliseconds, parse_line
from qualcode.sources.speakers import Said
from qualcode.text.normal import normal

Json = dict[str, Any]


def read_json(data: bytes, said: Said | None = None) -> Draft:
    """The turns in a JSON transcript. Raises InputError for the JSON of any other program."""
    text, warnings = decode(data)
    try:
        found = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise InputError(_("The JSON in this file is damaged. Export it again.")) from None
    if isinstance(found, list):
        return draft_of_cues(_chunks(found), warnings, said=said)
    if isinstance(found, dict):
        if isinstance(found.get("text"), str) and ("media" in found or "media-time" in found):
            return draft_of_otranscribe(found["text"], said)
        if isinstance(found.get("segments"), list):
            cues = (
                _amberscript(found)
                if isinstance(found.get("speakers"), list)
                else _whisper(found["segments"])
            )
            return draft_of_cues(cues, warnings, language=_language(found), said=said)
        if isinstance(found.get("chunks"), list):
            return draft_of_cues(_chunks(found["chunks"]), warnings, said=said)
        if isinstance(found.get("transcription"), list):
            return draft_of_cues(_whisper_cpp(found["transcription"]), warnings, said=said)
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


def read_timed_table(data: bytes, said: Said | None = None) -> Draft:
    """The turns in a table of Whisper (.tsv) or whisper.cpp (.csv): start and end in milliseconds, who, text."""
    text, warnings = decode(data)
    head, _newline, body = normal(text).partition("\n")
    tabs = "\t" in head
    names = head.strip().split("\t" if tabs else ",")
    cues = []
    if tabs:
        rows = [line.split("\t", len(names) - 1) for line in body.split("\n") if line.strip()]
    else:
        try:
            rows = [row for row in csv.reader(io.StringIO(body)) if row]
        except csv.Error as error:
            raise InputError(_("The table in this file is damaged. Export it again.")) from error
    for n, row in enumerate(rows, 2):
        found = dict(zip(names, row, strict=False))
        start, end = (from_seconds(_thousandth(found.get(name, ""))) for name in ("start", "end"))
        if len(row) != len(names) or start is None or end is None:
            words = _("Line {n} of this table is not of the form {head}. Export the file again.")
            raise InputError(words.format(n=n, head=", ".join(names)))
        cues.append(DraftTurn(found.get("speaker", "").strip(), found["text"], start, end))
    return draft_of_cues(cues, warnings, said=said)


def _thousandth(number: str) -> float | None:
    number = number.strip()
    return int(number) / 1000 if number.isascii() and number.isdigit() and len(number) < 13 else None


_BREAKS = frozenset(["p", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "body"])
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPACES = re.compile(r" {2,}")
_UNSEEN = frozenset(["script", "style", "head", "title", "template"])


class Paragraphs(HTMLParser):
    """Collects the words of each paragraph; subclasses look at the tags they know.

    `paragraphs` are the finished ones, `words` the pieces of the one at hand.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BREAKS:
            self.finish()
        elif tag == "br":
            self.words.append("\n")
        self.opened(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BREAKS:
            self.finish()
        self.closed(tag)

    def handle_data(self, data: str) -> None:
        """Take in words; any white space in the source is one space."""
        if not self._unseen:
            self.words.append(_SPACE.sub(" ", data))

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag was opened (for subclasses)."""

    def closed(self, tag: str) -> None:
        """A tag was closed (for subclasses)."""

    def finish(self) -> None:
        """End the paragraph at hand."""
        text = _SPACES.sub(" ", "".join(self.words)).strip()
        self.words.clear()
        if text:
            self.paragraphs.append(text)


def parse(parser: Paragraphs, text: str) -> None:
    """Run `text` through `parser` to its end."""
    parser.feed(text)
    parser.close()
    parser.finish()


_ANCHOR = re.compile(r"ts_(\d{1,10})_(\d{1,10})_(.{0,40})")


class _Turns(Paragraphs):
    """A turn per paragraph, with the times and speaker of its anchors."""

    def __init__(self) -> None:
        super().__init__()
        self.turns: list[DraftTurn] = []
        self.unplaced: list[str] = []
        self._anchors: list[tuple[int, int, str]] = []

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        found = _ANCHOR.fullmatch(attributes.get("name", "")) if tag == "a" else None
        if found:
            self._anchors.append((int(found[1]), int(found[2]), found[3]))

    def finish(self) -> None:
        super().finish()
        anchors, self._anchors = self._anchors, []
        for text in self.paragraphs:
            if anchors:
                self.turns.append(_turn(text, anchors))
            else:
                self.unplaced.append(text)
        self.paragraphs.clear()


def _turn(text: str, anchors: list[tuple[int, int, str]]) -> DraftTurn:
    """The label before the words may have been changed by hand; it wins over the anchor's."""
    line = parse_line(text)
    speaker = next((name for _start, _end, name in anchors if not name.startswith("//")), "")
    words = line.whole
    if line.style is Style.COLON and (line.label == speaker or not is_like_words(line.label)):
        speaker, words = line.label, line.text
    return DraftTurn(speaker, words, anchors[0][0], max(end for _start, end, _name in anchors))


def read_noscribe(data: bytes, said: Said | None = None) -> Draft:
    """The turns of a noScribe transcript. Raises InputError for any other web page."""
    text, warnings = decode(data)
    parser = _Turns()
    parse(parser, text)
    if not parser.turns:
        raise InputError(_("This web page is not a transcript of noScribe. Save its text as .txt or .docx."))
    if parser.unplaced:
        warnings.append(
            _("What the program put above or below the transcript did not become text ({n}).").format(
                n=len(parser.unplaced)
            )
        )
    return Draft(tuple(parser.turns), tuple(warnings), tuple(parser.unplaced))


class _Text(Paragraphs):
    """Writes every time stamp as `[00:00:12.300]`, which `dialogue` takes out again."""

    def __init__(self) -> None:
        super().__init__()
        self._in_stamp = False

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "span" and "timestamp" in attributes.get("class", ""):
            time = _stamp(attributes.get("data-timestamp", ""))
            if time is not None:
                self.words.append(f"[{clock(time)}.{time % 1000:03}] ")
                self._in_stamp = True

    def closed(self, tag: str) -> None:
        if tag == "span":
            self._in_stamp = False

    def handle_data(self, data: str) -> None:
        if not self._in_stamp:
            super().handle_data(data)


def _stamp(value: str) -> int | None:
    """A data-timestamp: seconds ("12.3") or, in old files, a clock ("0:12")."""
    whole, _dot, part = value.partition(".")
    if (
        whole.isascii()
        and whole.isdigit()
        and len(whole) < 7
        and (not part or (part.isascii() and part.isdigit()))
    ):
        return int(whole) * 1000 + int((part + "000")[:3])
    return milliseconds(value) if value else None


def draft_of_otranscribe(text: str, said: Said | None = None) -> Draft:
    """The turns in the HTML of an .otr file."""
    parser = _Text()
    parse(parser, text)
    return dialogue([Block(paragraph) for paragraph in parser.paragraphs], said)
