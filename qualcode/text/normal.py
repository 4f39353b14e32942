"""The one form in which a text is stored: NFC, LF, no byte order mark."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\x0b": "\n", "\x0c": "\n"})
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
    """`text` in the stored form, on one line and without halves of signs: a name made of the name of a file."""
    return " ".join(normal(_HALVES.sub("\N{REPLACEMENT CHARACTER}", text)).split())


def text_hash(text: str) -> str:
    """SHA-256 of the stored text (UTF-8), in hex: by this a transcript is recognised."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def printable(text: str) -> str:
    """`text` with a picture for each sign that XML and other files of words cannot hold; as long as it was."""
    return text.translate(_PICTURES)
