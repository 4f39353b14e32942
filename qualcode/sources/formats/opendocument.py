"""Reads .odt: the text of a LibreOffice document as it stands with its changes accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from qualcode.errors import InputError
from qualcode.files.zipped import Element, document_archive, local
from qualcode.i18n import _
from qualcode.sources.dialogue import Block, Piece, dialogue
from qualcode.sources.draft import Draft
from qualcode.sources.formats.office import NOT_TEXT, Grid, pieces_of_table, told_left_out
from qualcode.sources.speakers import Said

_SPACE = re.compile(r"[ \t\r\n]+")
_SKIPPED = NOT_TEXT["odt"]
_LEFT_OUT = frozenset(["note", "annotation"])
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
    hidden = {
        style.get(_attribute(style, "name"))
        for style in root.iter()
        if local(style) == "style" and _hides(style)
    }
    walker = _Walker(frozenset(name for name in hidden if name))
    draft = dialogue(list(walker.pieces(body)), said)
    return replace(draft, warnings=(*walker.warnings(), *draft.warnings))


def _is_office(element: Element) -> bool:
    return "xmlns:office:" in str(element.tag)


def _attribute(element: Element, name: str) -> str:
    return f"{str(element.tag).rpartition('}')[0]}}}{name}"


def _hides(style: Element) -> bool:
    return any(
        value == "none"
        for child in style
        for name, value in child.attrib.items()
        if name.endswith("}display")
    )


def _count(element: Element, name: str, most: int) -> int:
    value = element.get(_attribute(element, name)) or "1"
    return min(int(value), most) if value.isascii() and value.isdigit() and len(value) < 10 else 1


@dataclass(slots=True)
class _Walker:
    hidden: frozenset[str]
    boxes: list[Element] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)

    def pieces(self, container: Element) -> Iterator[Piece]:
        """The paragraphs and tables of `container`, in order."""
        for child in container:
            name = local(child)
            if name in ("p", "h"):
                yield from self._paragraph(child)
            elif name == "table":
                yield from pieces_of_table(self._grid(child))
            elif name in _LEFT_OUT:
                self.left_out.add(name)
            elif name and name not in _SKIPPED:
                yield from self.pieces(child)

    def _paragraph(self, paragraph: Element) -> Iterator[Piece]:
        text = "".join(self._inline(paragraph)) if not self._is_hidden(paragraph) else ""
        if text.strip():
            yield Block(text)
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.left_out.add("box")
            yield from self.pieces(box)

    def _is_hidden(self, element: Element) -> bool:
        return element.get(_attribute(element, "style-name")) in self.hidden

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
        elif name == "text-box":
            self.boxes.append(child)
        elif name in _LEFT_OUT:
            self.left_out.add(name)
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
        yield from told_left_out(notes="note" in self.left_out, comments="annotation" in self.left_out)
        if "box" in self.left_out:
            yield _("The words of a text box come after the paragraph it hangs on.")
