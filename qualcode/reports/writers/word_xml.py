"""Blocks as WordprocessingML: written in one go, so that time grows no faster than the table.

Reaching cells through python-docx takes time that grows with the square of the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from qualcode.reports.content import QUOTE, Cell, Paragraph, Run, TableBlock
from qualcode.reports.writers.word_styles import (
    EMPHASIS,
    GRID,
    ONLY_A,
    ONLY_B,
    PLAIN,
    SOURCE,
    STRONG,
    TABLE_HEADING,
    TABLE_QUOTE,
    TABLE_TEXT,
)
from qualcode.text.normal import printable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TWIPS_PER_MM = 1440 / 25.4
_WHOLE_LINES = 5  # a row of more lines may be cut by the end of a page, else half a page stays empty
_CHARACTERS_PER_MM = 0.62
_ROWS_AT_A_TIME = 250
_TEXT = '<w:t xml:space="preserve">'

Tick = Callable[[int], None]


def words_xml(words: str) -> str:
    """Words as they stand in a run, with elements for line ends and tabs."""
    inner = (
        escape(printable(words))
        .replace("\n", f"</w:t><w:br/>{_TEXT}")
        .replace("\t", f"</w:t><w:tab/>{_TEXT}")
    )
    return f"{_TEXT}{inner}</w:t>"


def bookmark_start(number: int, name: str) -> str:
    """The beginning of a bookmark, to stand inside a paragraph."""
    return f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>'


def bookmark_end(number: int) -> str:
    """The end of a bookmark."""
    return f'<w:bookmarkEnd w:id="{number}"/>'


def caption_xml(
    label: str, number: int, words: str, *, keep_next: bool, style: str = "Caption", title: str = ""
) -> str:
    """A caption, "Tabel 1. …", whose number is a field that Word keeps right.

    `keep_next` keeps it on the page of what follows. With the style `title` (an id) its words stand on a line of
    their own.
    """
    look = f'<w:rPr><w:rStyle w:val="{escape(title)}"/></w:rPr>' if title else ""
    field = f'<w:fldSimple w:instr=" SEQ {escape(label)} \\* ARABIC "><w:r><w:t>{number}</w:t></w:r></w:fldSimple>'
    return (
        f'<w:p {W}><w:pPr><w:pStyle w:val="{escape(style)}"/>{"<w:keepNext/>" if keep_next else ""}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(label)} </w:t></w:r>{field}'
        f'<w:r><w:t xml:space="preserve">.{"" if title else " "}</w:t>{"<w:br/>" if title else ""}</w:r>'
        f'<w:r>{look}<w:t xml:space="preserve">{escape(printable(words))}</w:t></w:r></w:p>'
    )


Look = Mapping[str, str]  # ids of styles in a file, by their names in small letters


def table_xml(table: TableBlock, look: Look, language: str, room_mm: float, tick: Tick | None = None) -> str:
    """The table as one `w:tbl` element: fixed widths, at most `room_mm` together, header row repeated on every page.

    `tick` is called with the number of rows made, every few hundred.
    """
    scale = min(1.0, room_mm / sum(table.widths_mm)) * _TWIPS_PER_MM
    widths = [round(mm * scale) for mm in table.widths_mm]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    written = _Rows(look, language, widths, round(table.row_mm * _TWIPS_PER_MM))
    rows = [written.row(table.header, header=True)]
    for n, row in enumerate(table.rows, 1):
        rows.append(written.row(row))
        if tick and n % _ROWS_AT_A_TIME == 0:
            tick(_ROWS_AT_A_TIME)
    if tick:
        tick(len(table.rows) % _ROWS_AT_A_TIME)
    return (
        f'<w:tbl {W}><w:tblPr><w:tblStyle w:val="{escape(look[(PLAIN if table.plain else GRID).casefold()])}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(printable(table.caption))}/>"
        f"<w:tblDescription w:val={quoteattr(printable(table.description or table.caption))}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


_IN_TABLES = {"": TABLE_TEXT, QUOTE: TABLE_QUOTE}


@dataclass(frozen=True, slots=True)
class _Rows:
    """Writes the rows of a table with columns of these widths (in twips)."""

    look: Look
    language: str
    widths: Sequence[int]
    height: int = 0

    def row(self, cells: tuple[Cell, ...], *, header: bool = False) -> str:
        """A row; one that is short is not cut by the end of a page."""
        places, column = [], 0
        for cell in cells:
            places.append((cell, sum(self.widths[column : column + cell.span])))
            column += cell.span
        whole = header or all(_lines(cell, width) <= _WHOLE_LINES for cell, width in places)
        properties = "<w:cantSplit/>" if whole else ""
        if self.height and len(cells) > 1 and not header:
            properties += f'<w:trHeight w:val="{self.height}"/>'
        properties += "<w:tblHeader/>" if header else ""
        written = "".join(self._cell(cell, width, header=header) for cell, width in places)
        return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{written}</w:tr>"

    def _cell(self, cell: Cell, width: int, *, header: bool) -> str:
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
        inner = "".join(self._paragraph(paragraph, header=header) for paragraph in cell.paragraphs)
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}</w:tcPr>'
            f"{inner or self._paragraph(Paragraph(()), header=header)}</w:tc>"
        )

    def _paragraph(self, paragraph: Paragraph, *, header: bool) -> str:
        style = TABLE_HEADING if header else _IN_TABLES.get(paragraph.style, paragraph.style)
        name = self.look.get(style.casefold(), "")
        properties = f'<w:pPr><w:pStyle w:val="{escape(name)}"/></w:pPr>' if name else ""
        return f"<w:p>{properties}{''.join(run_xml(run, self.look, self.language) for run in paragraph.runs)}</w:p>"


def _lines(cell: Cell, twips: int) -> int:
    """About how many lines a cell takes."""
    most = max(1.0, twips / _TWIPS_PER_MM * _CHARACTERS_PER_MM)
    return sum(1 + int(len(paragraph.words) / most) for paragraph in cell.paragraphs)


def paragraph_xml(paragraph: Paragraph, look: Look, language: str, *, before: str = "") -> str:
    """One `w:p` element in a style of the file; `before` is put at its beginning."""
    name = look.get(paragraph.style.casefold(), "")
    properties = f'<w:pPr><w:pStyle w:val="{escape(name)}"/></w:pPr>' if name else ""
    runs = "".join(run_xml(run, look, language) for run in paragraph.runs)
    return f"<w:p {W}>{properties}{before}{runs}</w:p>"


_MARKED = {"a": ONLY_A, "b": ONLY_B}
_TAGS = {"nl": "nl-NL", "en": "en-GB"}


def run_xml(run: Run, look: Look, language: str) -> str:
    """A run in the styles of characters; the language of its words is said where it is another than the document's."""
    style = (
        SOURCE if run.quiet else STRONG if run.bold else EMPHASIS if run.italic else _MARKED.get(run.mark, "")
    )
    name = look.get(style.casefold(), "")
    properties = f'<w:rStyle w:val="{escape(name)}"/>' if name else ""
    if run.bold and style != STRONG:
        properties += "<w:b/>"
    if run.italic and style != EMPHASIS:
        properties += "<w:i/>"
    if run.language in _TAGS and run.language != language:
        properties += f'<w:lang w:val="{_TAGS[run.language]}"/>'
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{words_xml(run.text)}</w:r>"


def contents_xml(entries: Sequence[tuple[int, str, str]], look: Look) -> list[str]:
    """A table of contents as a field; entries are (level, words, bookmark of the heading).

    It is filled in with links, without pages: Word adds those when it renews the field, which it is
    told to do when the file is opened.
    """
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines = [
        f'<w:p {W}><w:pPr><w:pStyle w:val="{escape(look[f"toc {level}"])}"/></w:pPr>'
        f"{begin if n == 0 else ''}"
        f'<w:hyperlink w:anchor="{name}" w:history="1"><w:r><w:t xml:space="preserve">{escape(printable(words))}</w:t>'
        "</w:r></w:hyperlink></w:p>"
        for n, (level, words, name) in enumerate(entries)
    ]
    end = f'<w:p {W}><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    return [*lines, end] if lines else [f"<w:p {W}/>"]
