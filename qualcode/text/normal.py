"""The one form in which a text is stored: NFC, LF, no byte order mark."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\x0b": "\n", "\x0c": "\n"})
_NOT_IN_LINE = re.compile("[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def normal(text: str) -> str:
    """`text` as it is stored: NFC, every line end a LF, no BOM."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text.translate(_LINE_ENDS))


def text_hash(text: str) -> str:
    """SHA-256 of the stored text (UTF-8), in hex: by this a transcript is recognised."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def printable(text: str) -> str:
    """`text` without the signs that XML cannot hold: control signs, halves of signs, U+FFFE and U+FFFF."""
    return _NOT_XML.sub("", text)


def one_line(words: str) -> str:
    """A name as it is kept: on one line, single spaces, without signs that steer a terminal."""
    return " ".join(_NOT_IN_LINE.sub("", words).split())
