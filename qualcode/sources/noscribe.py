"""Reads the .html of noScribe: a paragraph per turn, anchors with times in their names."""

from __future__ import annotations

import re

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.sources.decode import decode
from qualcode.sources.draft import Draft, DraftTurn
from qualcode.sources.hypertext import Paragraphs, parse
from qualcode.sources.labels import is_speaker_shaped
from qualcode.sources.lines import Style, parse_line

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
