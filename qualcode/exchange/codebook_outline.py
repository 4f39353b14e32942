"""Codebooks as plain indented text: a name on each line, what lies deeper belongs under it.

Notion of time: how long people think things may take
    Quick first results
    Lost urgency
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.exchange.code_tree import in_order
from qualcode.exchange.codebook_draft import Draft
from qualcode.exchange.named_codes import NamedCode, draft_of_names
from qualcode.model import Codebook

_STEP = "    "
_BULLET = re.compile(r"(?:[-*+•–]|\d+(?:\.\d+)*[.)]|\d+(?:\.\d+)+)[ \t]+")


def draft_of_outline(text: str, about: Codebook, where: str, language: str) -> Draft:
    """The codes of an outline. Bullets and numbers before a name are left out, as are lines after #."""
    return draft_of_names(_named(text), about, where, language)


def _named(text: str) -> Iterator[NamedCode]:
    above: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        content = line.strip()
        if not content or content.startswith("#"):
            continue
        expanded = line.expandtabs(len(_STEP))
        width = len(expanded) - len(expanded.lstrip())
        name, _colon, definition = _BULLET.sub("", content, count=1).partition(": ")
        while above and above[-1][0] >= width:
            above.pop()
        above.append((width, name.removesuffix(":")))
        yield NamedCode(number, tuple(name for _width, name in above), definition)


def outline_text(codebook: Codebook, language: str) -> str:
    """The codebook as an outline: names and definitions in `language`, each code on one line."""
    lines = []
    for level, code in in_order(codebook.codes):
        name = " ".join(code.name.in_language(language).replace(": ", " - ").split())
        definition = " ".join(code.definition.in_language(language).split())
        lines.append(_STEP * level + (f"{name}: {definition}" if definition else name))
    return "".join(f"{line}\n" for line in lines)
