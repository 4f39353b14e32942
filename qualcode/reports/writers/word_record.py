"""What we wrote into a Word document last, kept in the document itself: the pedigree of every figure in it.

A part of the file that Word and LibreOffice carry along unseen (custom XML, ISO/IEC 29500-1 §22.5) says from
which moment of the project the document was made and how, and the words of each paragraph and cell as marks
that only the project can make: a document goes to others, and must not hold what somebody took out of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any
from xml.sax.saxutils import escape

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from qualcode.files.zipped import local
from qualcode.reports.writers.word_words import MARK_LETTERS, Line, Mark, marker
from qualcode.text.threeway import NUMBER, Piece

_NAMESPACE = "urn:qualcode:written"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"
_ITEM = "{6B1F0C5E-9B0B-4B7E-8E2C-71A6C0DE0001}"


@dataclass(frozen=True, slots=True)
class Written:
    """A piece as written: "p" a paragraph, "i" a picture, "c" the contents, "t" a table, "r" its rows, "d" cells."""

    kind: str
    marks: tuple[str, ...] = ()
    inner: tuple[Written, ...] = ()
    fill: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The marks of all words in it."""
        return self.marks or tuple(mark for each in self.inner for mark in each.words)

    def piece(self) -> Piece:
        """By what it is known again: a row by its first cell, a table by its header and its first column."""
        name: tuple[str, ...] = ()
        if self.kind == "r" and self.inner:
            name = self.inner[0].words
        elif self.kind == "i":
            name = ("picture",)  # another one in its place is still that picture
        elif self.kind == "t" and self.inner:
            first = (row.inner[0].words for row in self.inner[1:] if row.inner)
            name = (*self.inner[0].words, *(mark for words in first for mark in words))
        return Piece(self.kind, self.words, name if any(mark[0] != NUMBER for mark in name) else ())

    def told(self) -> list[Any]:
        """As it is kept."""
        return [self.kind, "".join(self.marks), [each.told() for each in self.inner], self.fill]


def _read(told: list[Any]) -> Written:
    kind, marks, inner, fill = told
    return Written(str(kind), tuple(wrap(marks, MARK_LETTERS + 1)), tuple(map(_read, inner)), str(fill))


@dataclass(slots=True)
class WordPiece:
    """A piece of a Word document: its elements, and what is written in them."""

    elements: list[Any]
    written: Written
    line: Line | None = None
    inner: Sequence[WordPiece] = ()

    @property
    def element(self) -> Any:
        """The (first) element."""
        return self.elements[0]


class WordReader:
    """Takes a Word document apart into pieces."""

    def __init__(self, word: Any, mark: Mark) -> None:
        self._word, self.mark = word, mark

    def pieces(self, elements: Any) -> list[WordPiece]:
        """The pieces among the children of a box (the body, a cell), in their order."""
        found: list[WordPiece] = []
        depth = 0  # of the contents, which run on over paragraphs
        for element in elements:
            name = local(element)
            if name in ("sectPr", "tcPr"):
                continue
            begins = depth == 0 and name in ("p", "sdt") and _begins_contents(element)
            if depth or begins:
                if begins:
                    found.append(WordPiece([], Written("c")))
                found[-1].elements.append(element)
                depth = max(0, depth + _fields_opened(element)) if name == "p" else 0
            elif name == "p":
                line = Line(element, self.picture)
                kind = "i" if line.picture else "p"
                found.append(WordPiece([element], Written(kind, line.marks(self.mark)), line))
            elif name == "sdt":  # somebody put a frame around it
                content = element.find(qn("w:sdtContent"))
                found += self.pieces(content if content is not None else ())
            elif name == "tbl":
                found.append(_whole("t", element, self._rows(element)))
            else:
                found.append(WordPiece([element], Written("x")))
        return found

    def _rows(self, table: Any) -> list[WordPiece]:
        return [_whole("r", row, self._cells(row)) for row in table.iterchildren(qn("w:tr"))]

    def _cells(self, row: Any) -> list[WordPiece]:
        cells = row.iterchildren(qn("w:tc"))
        return [_whole("d", cell, self.pieces(cell), fill_of(cell)) for cell in cells]

    def picture(self, drawing: Any) -> str:
        """What a picture shows, as a word that is the same for the same picture."""
        for blip in drawing.iter(qn("a:blip")):
            part = self._word.part.related_parts.get(blip.get(qn("r:embed")))
            if part is not None:
                return f"picture:{hashlib.blake2b(part.blob, digest_size=12).hexdigest()}"
        return ""


def _whole(kind: str, element: Any, inner: Sequence[WordPiece], fill: str = "") -> WordPiece:
    """A piece that is made of others."""
    return WordPiece([element], Written(kind, (), tuple(each.written for each in inner), fill), None, inner)


def _begins_contents(element: Any) -> bool:
    return any((each.text or "").split()[:1] == ["TOC"] for each in element.iter(qn("w:instrText")))


def _fields_opened(element: Any) -> int:
    kinds = [each.get(qn("w:fldCharType")) for each in element.iter(qn("w:fldChar"))]
    return kinds.count("begin") - kinds.count("end")


def fill_of(cell: Any) -> str:
    """The colour behind a cell."""
    shade = cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
    return "" if shade is None else (shade.get(qn("w:fill")) or "").upper().replace("AUTO", "")


@dataclass(frozen=True, slots=True)
class Pedigree:
    """Where a document comes from: the identity of its project (never written down), what it is, how it was asked for.

    `asked` are the settings with which it can be made again, `entry` the last one in the journal, `at` the moment.
    """

    project: str
    document: str
    asked: Mapping[str, Any] = field(default_factory=dict)
    entry: str = ""
    at: str = ""

    @property
    def mark(self) -> Mark:
        """Makes marks of words that only this project can make."""
        return marker(hashlib.blake2b(self.project.encode()).digest())

    @property
    def proof(self) -> str:
        """By which a project knows its own documents."""
        return hashlib.blake2b(b"document", key=self.project.encode()[:64], digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class LastWritten:
    """What stands in a document about itself."""

    proof: str
    document: str
    asked: Mapping[str, Any]
    entry: str
    at: str
    pieces: tuple[Written, ...]


def keep_record(word: Any, pedigree: Pedigree, pieces: tuple[Written, ...]) -> None:
    """Put into a document what was written in it, instead of what was kept there before."""
    told = {
        "version": 1,
        "proof": pedigree.proof,
        "document": pedigree.document,
        "asked": dict(pedigree.asked),
        "entry": pedigree.entry,
        "at": pedigree.at,
        "pieces": [each.told() for each in pieces],
    }
    words = escape(json.dumps(told, ensure_ascii=True, separators=(",", ":")))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><written xmlns="{_NAMESPACE}">{words}</written>'.encode()
    )
    old = next(_parts(word), None)
    if old is not None:
        old._blob = content
        return
    taken = {str(part.partname) for part in word.part.package.iter_parts()}
    n = next(n for n in range(1, 1000) if f"/customXml/item{n}.xml" not in taken)
    part = Part(PackURI(f"/customXml/item{n}.xml"), "application/xml", content, word.part.package)
    properties = (
        f'<?xml version="1.0" encoding="UTF-8"?><ds:datastoreItem xmlns:ds="{_PROPERTIES}" ds:itemID="{_ITEM}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    about = Part(PackURI(f"/customXml/itemProps{n}.xml"), kind, properties.encode(), word.part.package)
    part.relate_to(about, _RELATION)
    word.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def record_of(word: Any) -> LastWritten | None:
    """What a document says about itself; `None` if it says nothing that we wrote."""
    for part in _parts(word):
        try:
            told = json.loads(etree.fromstring(part.blob, _PARSER).text or "")
            pieces = tuple(map(_read, told["pieces"]))
            named = {name: str(told[name]) for name in ("proof", "document", "entry", "at")}
            return LastWritten(asked=dict(told["asked"]), pieces=pieces, **named)
        except (ValueError, KeyError, TypeError, RecursionError, etree.XMLSyntaxError):
            continue
    return None


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _parts(word: Any) -> Iterator[Any]:
    for relation in word.part.rels.values():
        ours = relation.reltype == RELATIONSHIP_TYPE.CUSTOM_XML and not relation.is_external
        if ours and _NAMESPACE.encode() in relation.target_part.blob[:300]:
            yield relation.target_part
