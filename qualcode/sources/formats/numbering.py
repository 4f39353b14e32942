"""The numbers that Word puts before paragraphs by itself ("1.", "a)"): they are not in the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from qualcode.files.zipped import Archive, Element, attribute, children, value_of

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_DEEPEST = 9


class _Level(NamedTuple):
    start: int
    form: str
    pattern: str


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of one document, list by list."""

    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Archive, folder: str) -> Numbering:
        """The numbering of the document whose parts lie in `folder`."""
        numbering = cls()
        if f"{folder}/numbering.xml" in package.names:
            numbering._learn_lists(package.xml(f"{folder}/numbering.xml"))
        if numbering.lists and f"{folder}/styles.xml" in package.names:
            numbering._learn_styles(package.xml(f"{folder}/styles.xml"))
        return numbering

    def _learn_lists(self, root: Element) -> None:
        kinds = {
            attribute(kind, "abstractNumId"): {
                _number(attribute(level, "ilvl"), 0): _Level(
                    _number(value_of(level, "start"), 1),
                    value_of(level, "numFmt") or "decimal",
                    value_of(level, "lvlText") or "",
                )
                for level in children(kind, "lvl")
            }
            for kind in children(root, "abstractNum")
        }
        for one in children(root, "num"):
            self.lists[attribute(one, "numId")] = kinds.get(value_of(one, "abstractNumId"), {})

    def _learn_styles(self, root: Element) -> None:
        for style in children(root, "style"):
            for properties in children(style, "pPr"):
                for mark in children(properties, "numPr"):
                    level = _number(value_of(mark, "ilvl"), 0)
                    self.styles[attribute(style, "styleId")] = (value_of(mark, "numId"), level)

    def next(self, properties: Element | None) -> str:
        """The number of the paragraph with these properties, "" for none or a bullet."""
        if properties is None or not self.lists:
            return ""
        name, depth = self.styles.get(value_of(properties, "pStyle"), ("", 0))
        for mark in children(properties, "numPr"):
            name = value_of(mark, "numId") or name
            depth = _number(value_of(mark, "ilvl"), depth)
        levels = self.lists.get(name, {})
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(name, {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in range(depth + 1, _DEEPEST):
            counts.pop(deeper, None)
        if levels[depth].form in ("bullet", "none"):
            return ""
        text = levels[depth].pattern
        for index, level in levels.items():
            text = text.replace(f"%{index + 1}", _formed(counts.get(index, level.start), level.form))
        return text


def _formed(count: int, form: str) -> str:
    if form.endswith("Letter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count < 500 else str(count)
        return letter.upper() if form.startswith("upper") else letter
    if form.endswith("Roman") and 0 < count < 40:
        roman, rest = "", count
        for value, sign in _ROMAN:
            roman += sign * (rest // value)
            rest %= value
        return roman.upper() if form.startswith("upper") else roman
    return str(count)


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise
