"""The text of oTranscribe: HTML with a clickable time wherever the typist put one."""

from __future__ import annotations

from qualcode.sources.dialogue import Block, dialogue
from qualcode.sources.draft import Draft
from qualcode.sources.hypertext import Paragraphs, parse
from qualcode.sources.times import clock, milliseconds


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
