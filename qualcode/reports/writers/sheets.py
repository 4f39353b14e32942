"""Tables as .xlsx (written row by row, so that memory does not grow with them) and as .csv.

What a user wrote never becomes a formula: in .xlsx it is stored as text, in .csv words that a
spreadsheet would reckon with get an apostrophe before them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path

from qualcode.files.tables import guarded
from qualcode.reports.content import Cell, Document, TableBlock
from qualcode.reports.writers.blocks import Progress, clean, no_progress

Value = str | float | int
_ROWS_AT_A_TIME = 1000
_LONGEST = 32_767  # characters in a cell of a spreadsheet (Excel specifications and limits)
_NAME_SIGNS = re.compile(r"[\[\]:*?/\\]")
_WIDEST, _NARROWEST = 60, 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of plain values; `rows` may come one by one. `size` is their number, if known."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]
    size: int = 0
    widths: Sequence[float] = ()


def sheets_of(document: Document) -> list[Sheet]:
    """Every table of a document as a sheet."""
    return [_sheet(table) for table in document.tables()]


def _sheet(table: TableBlock) -> Sheet:
    widths = [max(_NARROWEST, min(_WIDEST, mm / 2)) for mm in table.widths_mm]
    header = [cell.words for cell in table.header]
    return Sheet(table.caption, header, _values(table), len(table.rows), widths)


def _values(table: TableBlock) -> Iterator[list[Value]]:
    for row in table.rows:
        values: list[Value] = []
        for cell in row:
            values += [_value(cell), *[""] * (cell.span - 1)]
        yield values


def _value(cell: Cell) -> Value:
    return cell.words if cell.value is None else cell.value


def write_xlsx(sheets: Iterable[Sheet], path: Path, *, progress: Progress = no_progress) -> None:
    """Write sheets to a .xlsx file; the first row of each stays in sight and can be filtered."""
    import openpyxl  # takes longer to load than most documents to write

    book = openpyxl.Workbook(write_only=True)
    names: set[str] = set()
    wrap, bold = openpyxl.styles.Alignment(wrap_text=True, vertical="top"), openpyxl.styles.Font(bold=True)
    for sheet in sheets:
        page = book.create_sheet(_sheet_name(sheet.name, names))
        page.freeze_panes = "A2"
        for n, width in enumerate(sheet.widths, 1):
            page.column_dimensions[openpyxl.utils.get_column_letter(n)].width = width

        def text_cell(words: str, heading: bool = False, page: object = page) -> object:
            made = openpyxl.cell.WriteOnlyCell(page, value=clean(words)[:_LONGEST])
            made.data_type = "s"  # text, whatever it begins with
            made.alignment = wrap
            if heading:
                made.font = bold
            return made

        page.append([text_cell(words, heading=True) for words in sheet.header])
        for n, row in enumerate(sheet.rows, 1):
            page.append([text_cell(value) if isinstance(value, str) else value for value in row])
            if n % _ROWS_AT_A_TIME == 0:
                progress(n, sheet.size)
    if not names:
        book.create_sheet("–")
    content = BytesIO()  # a half-written zip would speak up when it is thrown away
    book.save(content)
    path.write_bytes(content.getvalue())


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name as a spreadsheet allows it: at most 31 characters, without some signs, each once."""
    plain = _NAME_SIGNS.sub(" ", clean(name)).strip("' ")[:31] or "–"
    made, n = plain, 1
    while made.casefold() in taken:
        n += 1
        made = f"{plain[: 30 - len(str(n))]} {n}"
    taken.add(made.casefold())
    return made


def csv_text(sheets: Sequence[Sheet]) -> str:
    """Tables as comma-separated values; where there are more, each stands under its name."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for n, sheet in enumerate(sheets):
        if len(sheets) > 1:
            writer.writerows([[]] if n else [])
            writer.writerow([harmless(sheet.name)])
        writer.writerow([harmless(words) for words in sheet.header])
        writer.writerows([harmless(value) for value in row] for row in sheet.rows)
    return out.getvalue()


def harmless(value: Value) -> Value:
    """A value that no spreadsheet takes for a formula."""
    return guarded(clean(value)) if isinstance(value, str) else value
