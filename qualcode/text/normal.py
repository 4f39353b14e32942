"""The one form in which a text is stored: NFC, LF, no byte order mark."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\x0b": "\n", "\x0c": "\n"})
_NOT_IN_LINE = re.compile("[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_HALVES = re.compile("[\ud800-\udfff]")
_PICTURES = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\t\n"} | {0x7F: "␡"}
_PICTURES |= dict.fromkeys(
    (*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}"
)


def normal(text: str) -> str:
    """`text` as it is stored: NFC, every line end a LF, no BOM."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text.translate(_LINE_ENDS))


def is_text(text: str) -> bool:
    """Whether `text` has no half of a sign, such as Python makes of bytes that are no UTF-8."""
    return _HALVES.search(text) is None


def one_line(text: str) -> str:
    """A name as it is kept: in the stored form, on one line, without signs that steer a terminal or halves of signs."""
    return " ".join(_NOT_IN_LINE.sub("", normal(_HALVES.sub("\N{REPLACEMENT CHARACTER}", text))).split())


def text_hash(text: str) -> str:
    """SHA-256 of the stored text (UTF-8), in hex: by this a transcript is recognised."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def printable(text: str) -> str:
    """`text` with a picture for each sign that XML and other files of words cannot hold; as long as it was."""
    return text.translate(_PICTURES)
