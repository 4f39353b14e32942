"""Reads .txt and .md, among them the texts of F4, MAXQDA, Amberscript and noScribe."""

from __future__ import annotations

import re
from dataclasses import replace

from qualcode.files.decode import decode
from qualcode.sources.dialogue import Block, dialogue
from qualcode.sources.draft import Draft
from qualcode.text.normal import normal

_BLANK_LINES = re.compile(r"\n[ \t\xa0]*(?:\n[ \t\xa0]*)+")


def blocks_of(text: str) -> list[Block]:
    """The paragraphs of `text`: parted by blank lines, or by line ends if it has no blank lines."""
    text = normal(text).strip("\n")
    parts = _BLANK_LINES.split(text)
    return [Block(part) for part in (parts if len(parts) > 1 else text.split("\n")) if part.strip()]


def read_plain(data: bytes) -> Draft:
    """The turns of a text file in any of the encodings that `decode` knows."""
    text, warnings = decode(data)
    draft = dialogue(blocks_of(text))
    return replace(draft, warnings=(*warnings, *draft.warnings))
