"""A document as a Word file: built-in styles, captions with fields, tables in linear time.

Tables are written as XML in one go, because reaching cells through python-docx takes
time that grows with the square of the table.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from qualcode.i18n import _, speaking
from qualcode.reports.content import Block, Cell, Document, Heading, Paragraph, Picture, Run, Table
from qualcode.reports.word_page import prepare_page

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TWIPS_PER_MM = 1440 / 25.4
_HEADER_FILL = "E8EEF4"
_QUIET_COLOUR = "595959"
_QUIET_HALF_POINTS = 16
_CAPTION_MM = 20
_EMU_PER_MM = 36_000
# control characters are not allowed in XML; each gets its visible picture (U+2400 …)
_VISIBLE = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\t\n"} | {0x7F: "\u2421"}
_VISIBLE |= {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"} | dict.fromkeys(range(55296, 57344), "�")


def write_word(document: Document, path: Path) -> None:
    """Write `document` as a .docx file at `path`."""
    import docx

    word = docx.Document()
    prepare_page(word, landscape=document.landscape, language=document.language)
    _set_properties(word, document)
    with speaking(document.language):
        word.add_paragraph(_clean(document.title), style="Title")
        if document.subtitle:
            word.add_paragraph(_clean(document.subtitle), style="Subtitle")
        _Writer(word).write(document.blocks)
    word.save(str(path))


class _Writer:
    """Adds blocks to a Word document, and numbers the tables and pictures."""

    def __init__(self, word: Any) -> None:
        self._word = word
        self._style_ids = {style.name: style.style_id for style in word.styles}
        self._numbers = {"table": 0, "figure": 0}

    def write(self, blocks: Iterable[Block]) -> None:
        """Add all blocks in order."""
        for block in blocks:
            if isinstance(block, Table):
                self._append(self._caption("table", _("Table"), block.caption, keep_next=True))
                self._append(table_xml(block))
                self._append(f"<w:p {_W}/>")
            elif isinstance(block, Picture):
                self._picture(block)
            elif isinstance(block, Heading):
                self._word.add_paragraph(_clean(block.text), style=f"Heading {block.level}")
            else:
                self._append(paragraph_xml(block, self._style_ids))

    def _picture(self, picture: Picture) -> None:
        from docx.shared import Mm

        paragraph = self._word.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        width = min(picture.width_mm, self._room_mm() * _width_by_height(picture.png))
        shape = paragraph.add_run().add_picture(BytesIO(picture.png), width=Mm(width))
        shape._inline.docPr.set("descr", _clean(picture.description))
        self._append(self._caption("figure", _("Figure"), picture.caption, keep_next=False))

    def _room_mm(self) -> float:
        """The height a picture may have so that its caption still fits on the page."""
        section = self._word.sections[0]
        height = section.page_height - section.top_margin - section.bottom_margin
        return float(height / _EMU_PER_MM) - _CAPTION_MM

    def _caption(self, kind: str, label: str, words: str, *, keep_next: bool) -> str:
        self._numbers[kind] += 1
        return caption_xml(label, self._numbers[kind], words, keep_next=keep_next)

    def _append(self, xml: str) -> None:
        from docx.oxml import parse_xml

        self._word.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _width_by_height(png: bytes) -> float:
    """Width divided by height of a PNG picture (its IHDR chunk: PNG specification, section 11.2.2)."""
    width, height = struct.unpack(">II", png[16:24])
    return float(width / height)


def _set_properties(word: Any, document: Document) -> None:
    properties = word.core_properties
    properties.title = _property(document.title)
    properties.subject = _property(document.subject)
    properties.author = _property(document.author)
    properties.keywords = _property(", ".join(document.keywords))
    properties.language = {"nl": "nl-NL", "en": "en-GB"}[document.language]
    properties.comments = ""
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)


def _property(words: str) -> str:
    """Words as they fit in a document property: visible characters, at most 255."""
    return _clean(words)[:255]


def _clean(words: str) -> str:
    return words.translate(_VISIBLE)


def caption_xml(label: str, number: int, words: str, *, keep_next: bool) -> str:
    """A caption, "Tabel 1. …", whose number is a field that Word keeps right.

    `keep_next` keeps it on the page of what follows.
    """
    field = f'<w:fldSimple w:instr=" SEQ {escape(label)} \\* ARABIC "><w:r><w:t>{number}</w:t></w:r></w:fldSimple>'
    return (
        f'<w:p {_W}><w:pPr><w:pStyle w:val="Caption"/>{"<w:keepNext/>" if keep_next else ""}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(label)} </w:t></w:r>{field}'
        f'<w:r><w:t xml:space="preserve">. {escape(_clean(words))}</w:t></w:r></w:p>'
    )


def table_xml(table: Table) -> str:
    """The table as one `w:tbl` element: fixed widths, header row repeated on every page."""
    widths = [round(mm * _TWIPS_PER_MM) for mm in table.widths_mm]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [_row_xml(table.header, widths, header=True, whole=True)]
    rows += [_row_xml(row, widths, header=False, whole=table.keep_rows_whole) for row in table.rows]
    return (
        f'<w:tbl {_W}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/>'
        '<w:left w:w="85" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(_clean(table.caption))}/>"
        f"<w:tblDescription w:val={quoteattr(_clean(table.description or table.caption))}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row_xml(cells: tuple[Cell, ...], widths: list[int], *, header: bool, whole: bool) -> str:
    properties = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if header else "")
    out = [f"<w:tr><w:trPr>{properties}</w:trPr>" if properties else "<w:tr>"]
    column = 0
    for cell in cells:
        width = sum(widths[column : column + cell.span])
        column += cell.span
        out.append(_cell_xml(cell, width, header))
    out.append("</w:tr>")
    return "".join(out)


def _cell_xml(cell: Cell, width: int, header: bool) -> str:
    fill = cell.fill or (_HEADER_FILL if header else "")
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    paragraphs = "".join(paragraph_xml(p, {}, in_table=True, bold=header) for p in cell.paragraphs)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}</w:tcPr>{paragraphs or "<w:p/>"}</w:tc>'


def paragraph_xml(
    paragraph: Paragraph, styles: dict[str, str], *, in_table: bool = False, bold: bool = False
) -> str:
    """One `w:p` element; `styles` maps style names to the ids used in the file."""
    name = styles.get(paragraph.style, "")
    style = f'<w:pStyle w:val="{escape(name)}"/>' if name else ""
    spacing = '<w:spacing w:before="0" w:after="40"/>' if in_table else ""
    properties = f"<w:pPr>{style}{spacing}</w:pPr>" if style or spacing else ""
    declared = "" if in_table else f" {_W}"
    return f"<w:p{declared}>{properties}{''.join(_run_xml(run, bold) for run in paragraph.runs)}</w:p>"


def _run_xml(run: Run, bold: bool) -> str:
    look = "<w:b/>" if run.bold or bold else ""
    look += "<w:i/>" if run.italic else ""
    if run.quiet:
        look += f'<w:color w:val="{_QUIET_COLOUR}"/><w:sz w:val="{_QUIET_HALF_POINTS}"/>'
    words = escape(_clean(run.text)).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    words = words.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'
