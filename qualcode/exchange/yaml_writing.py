"""YAML as a person would type it: one order, short lines, long texts as wrapped blocks.

PyYAML's own writer cannot do this (it orders, quotes and folds by other rules and does not
keep every folded text); it is used here for quoting alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import yaml

from qualcode.exchange.text_files import tidy
from qualcode.i18n import Bilingual

WIDTH = 100
_INDENT = "  "
_UNBROKEN = 10**9
_FLOW_SIGNS = frozenset(",[]{}")
_PRINTABLE = re.compile(r"[\n -~\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")
_BREAK = re.compile(r"(?<=[^ ]) (?=[^ ])")

Lines = Iterator[str]


def text_entry(key: str, text: str, level: int) -> Lines:
    """`key: text` at a level of indentation, a long text as a block; no text, no lines."""
    text = tidy(text)
    if not text:
        return
    start = _INDENT * level
    line = f"{start}{key}: {_inline(text)}"
    if (len(line) <= WIDTH and "\n" not in text) or not _PRINTABLE.fullmatch(text):
        yield line
    elif "\n " in text:
        yield f"{start}{key}: |-"
        yield from (start + _INDENT + part if part else "" for part in text.split("\n"))
    else:
        yield f"{start}{key}: >-"
        yield from _folded(text, start + _INDENT)


def bilingual_entry(key: str, text: Bilingual, level: int) -> Lines:
    """A text in two languages; one that is only Dutch stands directly behind its key."""
    if text.nl and not text.en:
        yield from text_entry(key, text.nl, level)
    elif text:
        yield f"{_INDENT * level}{key}:"
        yield from text_entry("nl", text.nl, level + 1)
        yield from text_entry("en", text.en, level + 1)


def list_entry(key: str, words: Iterable[str], level: int) -> Lines:
    """`key: [a, b]`, or one word on each line where that is too long; without words no line."""
    listed = [_quoted(word) if _FLOW_SIGNS & set(word) else _inline(word) for word in words]
    start = _INDENT * level
    line = f"{start}{key}: [{', '.join(listed)}]"
    if len(line) <= WIDTH:
        yield from [line] if listed else []
        return
    yield f"{start}{key}:"
    yield from (f"{start}{_INDENT}- {word}" for word in listed)


def item(lines: Iterable[str], level: int) -> Lines:
    """Entries written at `level + 1`, as one item of the list at `level`."""
    for n, line in enumerate(lines):
        yield line if n else f"{_INDENT * level}- {line[2 * level + 2 :]}"


def _inline(text: str) -> str:
    """`text` on one line, in quotes where YAML would else take it for something other than text."""
    dumped: str = yaml.safe_dump(text, allow_unicode=True, width=_UNBROKEN)
    line = dumped.removesuffix("\n").removesuffix("\n...")
    awkward = "\n" in line or (line.startswith("'") and '"' not in text)
    return _quoted(text) if awkward else line


def _quoted(text: str) -> str:
    dumped: str = yaml.safe_dump(text, allow_unicode=True, width=_UNBROKEN, default_style='"')
    return dumped.removesuffix("\n")


def _folded(text: str, indent: str) -> Lines:
    """The lines of a folded block; a line end in the text is an empty line between."""
    room = WIDTH - len(indent)
    for n, paragraph in enumerate(text.split("\n")):
        if n:
            yield ""
        if not paragraph:
            continue
        line = ""
        for word in _BREAK.split(paragraph):
            if line and len(line) + 1 + len(word) > room:
                yield indent + line
                line = word
            else:
                line = f"{line} {word}" if line else word
        yield indent + line
