"""Reads .odt: the text of a LibreOffice document as it stands with its changes accepted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from qualcode.errors import InputError
from qualcode.files.zipped import Element, document_archive, local
from qualcode.i18n import _
from qualcode.sources.dialogue import Block, Piece, dialogue
from qualcode.sources.draft import Draft
from qualcode.sources.formats.office import (
    BOX,
    COMMENTS,
    DELETED,
    HIDDEN,
    NOT_TEXT,
    NOTES,
    STRUCK,
    Grid,
    pieces_of_table,
    told_left_out,
)
from qualcode.sources.speakers import Said

_SPACE = re.compile(r"[ \t\r\n]+")
_SKIPPED = NOT_TEXT["odt"]
# what stays out, or stands elsewhere, and is told
_TOLD = {
    **{"note": NOTES, "annotation": COMMENTS, "tracked-changes": DELETED},
    **dict.fromkeys(("hidden-text", "hidden-paragraph"), HIDDEN),
}
_IN_BOX = frozenset(["p", "h", "list", "table"])
_MOST_SPACES = 200
_MOST_COPIES = 50


def read_odt(data: bytes, said: Said | None = None) -> Draft:
    """The turns of an OpenDocument text. Raises InputError when it is damaged or protected."""
    package = document_archive(data)
    if "META-INF/manifest.xml" in package.names and b"encryption-data" in package.read(
        "META-INF/manifest.xml"
    ):
        raise InputError(_("The document is protected with a password. Save it without one and try again."))
    root = package.xml("content.xml")
    body = next(
        (element for element in root.iter() if local(element) == "text" and _is_office(element)), None
    )
    if body is None:
        raise InputError(_("This OpenDocument file is not a text document. Save the text as .odt or .docx."))
    styles = [style for style in root.iter() if local(style) == "style"]
    walker = _Walker(_named(styles, "display", lambda value: value == "none"), _named(styles, *_STRIKES))
    draft = dialogue(list(walker.pieces(body)), said)
    return replace(draft, warnings=(*walker.warnings(), *draft.warnings))


def _is_office(element: Element) -> bool:
    return "xmlns:office:" in str(element.tag)


def _attribute(element: Element, name: str) -> str:
    return f"{str(element.tag).rpartition('}')[0]}}}{name}"


def _named(styles: Iterable[Element], wanted: str, holds: Callable[[str], bool]) -> frozenset[str]:
    """The names of the styles that have a property with such a value."""
    return frozenset(
        style.get(_attribute(style, "name")) or ""
        for style in styles
        for child in style
        for name, value in child.attrib.items()
        if name.endswith(f"}}{wanted}") and holds(str(value))
    ) - {""}


_STRIKES = ("text-line-through-style", lambda value: value != "none")


def _count(element: Element, name: str, most: int) -> int:
    value = element.get(_attribute(element, name)) or "1"
    return min(int(value), most) if value.isascii() and value.isdigit() and len(value) < 10 else 1


@dataclass(slots=True)
class _Walker:
    hidden: frozenset[str]
    struck: frozenset[str]
    boxes: list[Element] = field(default_factory=list)
    met: set[str] = field(default_factory=set)

    def pieces(self, container: Element) -> Iterator[Piece]:
        """The paragraphs and tables of `container`, in order."""
        for child in container:
            name = local(child)
            if name in ("p", "h"):
                yield from self._paragraph(child)
            elif name == "table":
                yield from pieces_of_table(self._grid(child))
            elif name in _TOLD:
                self._tell(child)
            elif name and name not in _SKIPPED:
                yield from self.pieces(child)

    def _paragraph(self, paragraph: Element) -> Iterator[Piece]:
        text = "" if self._is_hidden(paragraph) else "".join(self._inline(paragraph))
        if text.strip():
            yield Block(text)
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.met.add(BOX)
            yield from self.pieces(box)

    def _tell(self, element: Element) -> None:
        is_change = (
            local(element) == "tracked-changes"
        )  # of which deletions hold words that are not in the text
        wanted = [one for one in element.iter() if local(one) == "deletion"] if is_change else [element]
        if any(any(one.itertext()) for one in wanted):
            self.met.add(_TOLD[local(element)])

    def _is_hidden(self, element: Element) -> bool:
        style, words = element.get(_attribute(element, "style-name")), any(element.itertext())
        if words:
            self.met |= {
                kind for kind, ones in ((HIDDEN, self.hidden), (STRUCK, self.struck)) if style in ones
            }
        return style in self.hidden

    def _inline(self, element: Element) -> Iterator[str]:
        yield _SPACE.sub(" ", element.text or "")
        for child in element:
            yield from self._inside(child)
            yield _SPACE.sub(" ", child.tail or "")

    def _inside(self, child: Element) -> Iterator[str]:
        name = local(child)
        if name == "s":
            yield " " * _count(child, "c", _MOST_SPACES)
        elif name == "tab":
            yield "\t"
        elif name == "line-break":
            yield "\n"
        elif name in _TOLD:
            self._tell(child)
        elif any(
            local(one) in _IN_BOX and any(one.itertext()) for one in child
        ):  # a text box, or a drawn shape with words in it
            self.boxes.append(child)
        elif name and name not in _SKIPPED and not self._is_hidden(child):
            yield from self._inline(child)

    def _grid(self, table: Element) -> Grid:
        rows = []
        for row in self._rows(table):
            cells: list[list[Piece]] = []
            for cell in row:
                if local(cell) == "table-cell":
                    content = list(self.pieces(cell))
                    copies = _count(cell, "number-columns-repeated", _MOST_COPIES)
                    cells += [content] if content else [[]] * copies
                elif local(cell) == "covered-table-cell":
                    cells.append([])
            rows.append(cells)
        return rows

    def _rows(self, table: Element) -> Iterator[Element]:
        for child in table:
            if local(child) == "table-row":
                yield child
            elif local(child) in ("table-header-rows", "table-rows", "table-row-group"):
                yield from self._rows(child)

    def warnings(self) -> Iterator[str]:
        """What was left out or moved, in words."""
        yield from told_left_out(self.met)
