"""The one form in which a text is stored: NFC, LF, no byte order mark."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\x0b": "\n", "\x0c": "\n"})
_HALVES = re.compile("[\ud800-\udfff]")
_NOT_XML = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def normal(text: str) -> str:
    """`text` as it is stored: NFC, every line end a LF, no BOM, and no half of a sign, which no file can hold."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _HALVES.sub("\N{REPLACEMENT CHARACTER}", text.translate(_LINE_ENDS)))


def is_text(text: str) -> bool:
    """Whether `text` has no half of a sign, such as Python makes of bytes that are no UTF-8."""
    return _HALVES.search(text) is None


def one_line(text: str) -> str:
    """`text` in the stored form, on one line: a name made of the name of a file."""
    return " ".join(normal(text).split())


def text_hash(text: str) -> str:
    """SHA-256 of the stored text (UTF-8), in hex: by this a transcript is recognised."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def printable(text: str) -> str:
    """`text` without the signs that files of words cannot hold: control signs, halves of signs, U+FFFE and U+FFFF."""
    return _NOT_XML.sub("", text)
