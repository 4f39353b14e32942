"""The numbers that Word puts before paragraphs by itself ("1.", "a)"): they are not in the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.files.zipped import Archive, attribute, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class _Level:
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

    def _learn_lists(self, root: _Element) -> None:
        kinds = {
            attribute(kind, "abstractNumId"): {
                _number(attribute(level, "ilvl"), 0): _Level(
                    _number(_get_child(level, "start"), 1),
                    _get_child(level, "numFmt") or "decimal",
                    _get_child(level, "lvlText") or "",
                )
                for level in _all(kind, "lvl")
            }
            for kind in _all(root, "abstractNum")
        }
        for one in _all(root, "num"):
            self.lists[attribute(one, "numId")] = kinds.get(_get_child(one, "abstractNumId"), {})

    def _learn_styles(self, root: _Element) -> None:
        for style in _all(root, "style"):
            for properties in _all(style, "pPr"):
                for mark in _all(properties, "numPr"):
                    level = _number(_get_child(mark, "ilvl"), 0)
                    self.styles[attribute(style, "styleId")] = (_get_child(mark, "numId"), level)

    def next(self, properties: _Element | None) -> str:
        """The number of the paragraph with these properties, "" for none or a bullet."""
        if properties is None or not self.lists:
            return ""
        name, depth = self.styles.get(_get_child(properties, "pStyle"), ("", 0))
        for mark in _all(properties, "numPr"):
            name = _get_child(mark, "numId") or name
            depth = _number(_get_child(mark, "ilvl"), depth)
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


def _all(element: _Element, name: str) -> list[_Element]:
    return [child for child in element if local(child) == name]


def _get_child(element: _Element, name: str) -> str:
    return next((attribute(child, "val") for child in _all(element, name)), "")


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise
