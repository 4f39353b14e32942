"""Reads .docx: the body in order, as it stands once tracked changes are accepted.

The numbers that Word puts before paragraphs by itself ("1.", "a)") are not in the text: they are counted here.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from qualcode.errors import InputError
from qualcode.files.zipped import (
    Archive,
    Element,
    ShownFields,
    attribute,
    children,
    document_archive,
    first_child,
    local,
    main_part,
    value_of,
)
from qualcode.i18n import _, ngettext
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
    symbol,
    told_left_out,
)
from qualcode.sources.speakers import Said

_PICTURES = re.compile("[\uf000-\uf0ff]")
_OFF = ("0", "false", "off", "none")
_SKIPPED = NOT_TEXT["docx"]
_LEFT_OUT = {
    **dict.fromkeys(("footnoteReference", "endnoteReference"), NOTES),
    "commentReference": COMMENTS,
    **dict.fromkeys(("del", "moveFrom"), DELETED),
}
_FIXED = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(data: bytes, said: Said | None = None) -> Draft:
    """The turns of a Word document, among them those of Teams, Meet, Word and Amberscript.

    Raises InputError for a document that is damaged, protected or without a text part.
    """
    package = document_archive(data)
    main = main_part(package)
    if not main:
        raise InputError(_("The Word document holds no text part: it is damaged. Save it again in Word."))
    folder = posixpath.dirname(main)
    walker = _Walker(
        hidden=_hidden_styles(package, f"{folder}/styles.xml"), numbering=Numbering.of(package, folder)
    )
    body = first_child(package.xml(main), "body")
    if body is None:
        raise package.refused(package.refusals.damaged)
    draft = dialogue(list(walker.pieces(body)), said)
    return replace(draft, warnings=(*walker.warnings(), *draft.warnings))


def _is_on(element: Element | None) -> bool:
    return element is not None and (attribute(element, "val") or "1") not in _OFF


def _hidden_styles(package: Archive, name: str) -> frozenset[str]:
    """The ids of the styles that hide their text."""
    if name not in package.names:
        return frozenset()
    styles = children(package.xml(name), "style")
    return frozenset(
        attribute(style, "styleId") for style in styles if _is_on(first_child(style, "rPr", "vanish"))
    )


@dataclass(slots=True)
class _Walker:
    """Goes through the body once and remembers what it left out."""

    hidden: frozenset[str]
    numbering: Numbering
    fields: ShownFields = field(default_factory=ShownFields)
    boxes: list[Element] = field(default_factory=list)
    met: set[str] = field(default_factory=set)
    unknown_symbols: int = 0
    held: str = ""  # words of a paragraph whose end was deleted: they go on in the next

    def pieces(self, container: Element) -> Iterator[Piece]:
        """The paragraphs and tables of `container`, in order."""
        for child in container:
            name = local(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from pieces_of_table(self._grid(child))
            elif name == "altChunk":
                raise InputError(
                    _("The document holds another file whole. Open it in Word and save it again.")
                )
            elif name == "AlternateContent":
                choice = first_child(child, "Choice")
                yield from self.pieces(choice) if choice is not None else ()
            elif name == "sdt":
                content = first_child(child, "sdtContent")
                if content is not None and not _is_on(first_child(child, "sdtPr", "showingPlcHdr")):
                    yield from self.pieces(content)
            elif name not in _SKIPPED:
                yield from self.pieces(child)
        if self.held:
            yield Block(self.held)
            self.held = ""

    def _paragraph(self, paragraph: Element) -> Iterator[Piece]:
        properties = first_child(paragraph, "pPr")
        number = self.numbering.next(properties)
        text = self.held + "".join(self._inline(paragraph, self._style_hides(properties, "pStyle")))
        self.fields.show_all()
        mark = first_child(properties, "rPr")
        if first_child(mark, "del") is not None or first_child(mark, "moveFrom") is not None:
            self.held = text
        else:
            self.held = ""
            if text.strip():
                yield Block(text, number)
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.met.add(BOX)
            yield from self.pieces(box)

    def _style_hides(self, properties: Element | None, kind: str) -> bool:
        style = first_child(properties, kind)
        return style is not None and attribute(style, "val") in self.hidden

    def _inline(self, element: Element, hidden: bool) -> Iterator[str]:
        for child in element:
            name = local(child)
            if name == "r":
                if not self._is_hidden(child, hidden):
                    if any(_is_on(first_child(child, "rPr", kind)) for kind in ("strike", "dstrike")):
                        self.met.add(STRUCK)
                    yield from self._inline(child, hidden)
                else:
                    self._fields_of(child)
                    if first_child(child, "t") is not None:
                        self.met.add(HIDDEN)
            elif name == "t":
                if self.fields.shown:
                    yield self._written(child)
            elif name in _FIXED:
                if self.fields.shown:
                    yield _FIXED[name]
            elif name == "sym":
                yield self._symbol(attribute(child, "font"), attribute(child, "char"))
            elif name == "fldChar":
                self.fields.pass_by(child)
            elif name == "txbxContent":
                self.boxes.append(child)
            elif name == "sdt":
                content = first_child(child, "sdtContent")
                if content is not None and not _is_on(first_child(child, "sdtPr", "showingPlcHdr")):
                    yield from self._inline(content, hidden)
            elif name in _LEFT_OUT:
                self.met.add(_LEFT_OUT[name])
            elif name not in _SKIPPED:
                yield from self._inline(child, hidden)

    def _written(self, text: Element) -> str:
        """The characters of a run; those of a picture font become ordinary ones."""
        return _PICTURES.sub(lambda found: self._symbol("", f"{ord(found[0]):X}"), text.text or "")

    def _symbol(self, font: str, code: str) -> str:
        found = symbol(font, code)
        if found is None:
            self.unknown_symbols += 1
            return "\ufffd"
        return found

    def _is_hidden(self, run: Element, paragraph_hides: bool) -> bool:
        properties = first_child(run, "rPr")
        own = first_child(properties, "vanish")
        if own is not None:
            return _is_on(own)
        return paragraph_hides or self._style_hides(properties, "rStyle")

    def _fields_of(self, run: Element) -> None:
        """A hidden run may still open or close a field."""
        for child in run:
            if local(child) == "fldChar":
                self.fields.pass_by(child)

    def _grid(self, table: Element) -> Grid:
        """The cells of a table with their pieces; a merged cell stands once, where it starts."""
        rows = []
        for row in self._inside(table, "tr"):
            if first_child(row, "trPr", "del") is not None:
                continue
            cells = []
            for cell in self._inside(row, "tc"):
                merge = first_child(cell, "tcPr", "vMerge")
                continues = merge is not None and (attribute(merge, "val") or "continue") != "restart"
                gone = first_child(cell, "tcPr", "cellDel") is not None
                cells.append([] if continues or gone else list(self.pieces(cell)))
            rows.append(cells)
        return rows

    def _inside(self, element: Element, wanted: str) -> Iterator[Element]:
        """Rows of a table or cells of a row, also those inside content controls."""
        for child in element:
            if local(child) == wanted:
                yield child
            elif local(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
                yield from self._inside(child, wanted)

    def warnings(self) -> Iterator[str]:
        """What the reader left out or moved, in words."""
        yield from told_left_out(self.met)
        if self.unknown_symbols:
            yield ngettext(
                "{n} symbol of a special font could not be read; � stands in its place.",
                "{n} symbols of a special font could not be read; � stands in their place.",
                self.unknown_symbols,
            ).format(n=self.unknown_symbols)


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
