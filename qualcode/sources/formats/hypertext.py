"""HTML → paragraphs, for noScribe and oTranscribe, which keep transcripts in it; nothing is fetched or run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from qualcode.errors import InputError
from qualcode.files.text import decode
from qualcode.i18n import _, clock
from qualcode.sources.dialogue import Block, dialogue
from qualcode.sources.draft import Draft, DraftTurn
from qualcode.sources.lines import Style, is_speaker_shaped, milliseconds, parse_line

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
    if line.style is Style.COLON and (line.label == speaker or is_speaker_shaped(line.label)):
        speaker, words = line.label, line.text
    return DraftTurn(speaker, words, anchors[0][0], max(end for _start, end, _name in anchors))


def read_noscribe(data: bytes) -> Draft:
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


def draft_of_otranscribe(text: str) -> Draft:
    """The turns in the HTML of an .otr file."""
    parser = _Text()
    parse(parser, text)
    return dialogue([Block(paragraph) for paragraph in parser.paragraphs])
