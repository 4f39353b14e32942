"""Blocks as WordprocessingML: written in one go, so that time grows no faster than the table.

Reaching cells through python-docx takes time that grows with the square of the table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape, quoteattr

from qualcode.reports.content import Cell, Paragraph, Run, TableBlock
from qualcode.text.normal import printable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TWIPS_PER_MM = 1440 / 25.4
_HEADER_FILL = "E8EEF4"
_QUIET_COLOUR = "595959"
_QUIET_HALF_POINTS = 16
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


def caption_xml(label: str, number: int, words: str, *, keep_next: bool, style: str = "Caption") -> str:
    """A caption, "Tabel 1. …", whose number is a field that Word keeps right.

    `keep_next` keeps it on the page of what follows.
    """
    field = f'<w:fldSimple w:instr=" SEQ {escape(label)} \\* ARABIC "><w:r><w:t>{number}</w:t></w:r></w:fldSimple>'
    return (
        f'<w:p {W}><w:pPr><w:pStyle w:val="{escape(style)}"/>{"<w:keepNext/>" if keep_next else ""}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(label)} </w:t></w:r>{field}'
        f'<w:r><w:t xml:space="preserve">. {escape(printable(words))}</w:t></w:r></w:p>'
    )


def table_xml(table: TableBlock, tick: Tick | None = None, style: str = "TableGrid") -> str:
    """The table as one `w:tbl` element: fixed widths, header row repeated on every page.

    `tick` is called with the number of rows made, every few hundred.
    """
    widths = [round(mm * _TWIPS_PER_MM) for mm in table.widths_mm]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [_row_xml(table.header, widths, header=True, whole=True)]
    for n, row in enumerate(table.rows, 1):
        rows.append(_row_xml(row, widths, header=False, whole=table.keep_rows_whole))
        if tick and n % _ROWS_AT_A_TIME == 0:
            tick(_ROWS_AT_A_TIME)
    if tick:
        tick(len(table.rows) % _ROWS_AT_A_TIME)
    return (
        f'<w:tbl {W}><w:tblPr><w:tblStyle w:val="{escape(style)}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/>'
        '<w:left w:w="85" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(printable(table.caption))}/>"
        f"<w:tblDescription w:val={quoteattr(printable(table.description or table.caption))}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row_xml(cells: tuple[Cell, ...], widths: Sequence[int], *, header: bool, whole: bool) -> str:
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
    paragraph: Paragraph,
    styles: dict[str, str],
    *,
    in_table: bool = False,
    bold: bool = False,
    before: str = "",
) -> str:
    """One `w:p` element; `styles` maps style names to the ids used in the file; `before` is put at its beginning."""
    name = styles.get(paragraph.style, "")
    style = f'<w:pStyle w:val="{escape(name)}"/>' if name else ""
    spacing = '<w:spacing w:before="0" w:after="40"/>' if in_table else ""
    properties = f"<w:pPr>{style}{spacing}</w:pPr>" if style or spacing else ""
    declared = "" if in_table else f" {W}"
    return (
        f"<w:p{declared}>{properties}{before}{''.join(_run_xml(run, bold) for run in paragraph.runs)}</w:p>"
    )


def _run_xml(run: Run, bold: bool) -> str:
    look = "<w:b/>" if run.bold or bold else ""
    look += "<w:i/>" if run.italic else ""
    if run.quiet:
        look += f'<w:color w:val="{_QUIET_COLOUR}"/><w:sz w:val="{_QUIET_HALF_POINTS}"/>'
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f"<w:r>{properties}{words_xml(run.text)}</w:r>"


def contents_xml(entries: Sequence[tuple[int, str, str]]) -> list[str]:
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
        f'<w:p {W}><w:pPr><w:spacing w:after="40"/><w:ind w:left="{(level - 1) * 284}"/></w:pPr>'
        f"{begin if n == 0 else ''}"
        f'<w:hyperlink w:anchor="{name}" w:history="1"><w:r><w:t xml:space="preserve">{escape(printable(words))}</w:t>'
        "</w:r></w:hyperlink></w:p>"
        for n, (level, words, name) in enumerate(entries)
    ]
    end = f'<w:p {W}><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    return [*lines, end] if lines else [f"<w:p {W}/>"]
