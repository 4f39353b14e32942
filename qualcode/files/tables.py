"""Tables for spreadsheets and scripts: .csv, .xlsx, .json and .parquet with the same columns."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from qualcode.errors import InputError, QualcodeError
from qualcode.i18n import _
from qualcode.text.normal import printable
from qualcode.text.visible import escaped

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def guarded(cell: str) -> str:
    """The words as they are safe in a cell of a .csv."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def bare(cell: str) -> str:
    """The words as they were before `guarded`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would take the words for a formula."""
    return bool(_FORMULA.match(text))


ENDINGS = (".csv", ".xlsx", ".json", ".parquet")
LONGEST_CELL = 32_767  # characters in a cell of a spreadsheet (Excel specifications and limits)
_ROWS_AT_A_TIME = 1000
_WIDTH = 18.0  # of a column, in characters, if nothing else is known
_HIGHEST_ROW = 409.0  # points (Excel specifications and limits)
_LONGEST_FIELD = 10_000_000  # of a .csv; Python's own limit is too low for an interview in a cell

Cell = str | int | float | bool | None


class CsvRow(NamedTuple):
    """A row of a .csv: the lines of the file that it takes, and its cells without the guard against formulas."""

    first: int
    last: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns. An empty cell is `None`; the names never change (docs/exchange.md)."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]

    def records(self) -> list[dict[str, Cell]]:
        """Each row as a mapping from column to cell."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def write_table(table: Table, path: Path, *, ending: str = "", excel: str = "") -> None:
    """Write a table in the form that the ending says (by default that of `path`).

    `excel` ("nl" or "en") writes .csv as Excel in that language opens it by a double click:
    with a byte order mark, and in Dutch with semicolons and decimal commas. Raises
    `InputError` for an unknown ending and `QualcodeError` if a library is missing.
    """
    chosen = (ending or path.suffix).casefold()
    if chosen == ".csv":
        path.write_bytes(csv_text(table, excel).encode("utf-8-sig" if excel else "utf-8"))
    elif chosen == ".json":
        path.write_text(json_text(table), encoding="utf-8", newline="\n")
    elif chosen == ".xlsx":
        _write_xlsx(table, path)
    elif chosen == ".parquet":
        _write_parquet(table, path)
    else:
        raise InputError(
            _("{path} must end in one of: {endings}.").format(path=path.name, endings=", ".join(ENDINGS))
        )


def csv_text(table: Table, excel: str = "") -> str:
    """The table as .csv, without a byte order mark: for a script, with the words as they are, unless for `excel`.

    Words that `bare` would shorten are guarded all the same, so that they are those when they come back.
    """
    return csv_of([table.columns, *table.rows], excel, guard=guarded if excel else _bare_proof)


def csv_of(rows: Iterable[Sequence[Cell]], excel: str = "", *, guard: Callable[[str], str] = guarded) -> str:
    """Rows of any length as .csv; words that a spreadsheet would reckon with are guarded."""
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=";" if excel == "nl" else ",", lineterminator="\r\n" if excel else "\n"
    )
    writer.writerows([_csv_cell(cell, excel, guard) for cell in row] for row in rows)
    return out.getvalue()


def _bare_proof(cell: str) -> str:
    return guarded(cell) if cell.startswith("'") else cell


class BrokenTableError(Exception):
    """A .csv breaks off at a line; `str()` tells what the reader of tables says of it."""

    def __init__(self, line: int, last: int, detail: str) -> None:
        super().__init__(detail)
        self.line, self.last = line, last


def read_csv(content: str) -> Iterator[CsvRow]:
    """The rows of a .csv; commas, semicolons and tabs are understood. `BrokenTableError` if it breaks off."""
    csv.field_size_limit(_LONGEST_FIELD)
    head = content.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    first = 1
    try:
        for cells in reader:
            yield CsvRow(first, reader.line_num, [bare(cell) for cell in cells])
            first = reader.line_num + 1
    except csv.Error as error:
        raise BrokenTableError(first, reader.line_num, str(error)) from error


def _csv_cell(cell: Cell, excel: str, guard: Callable[[str], str]) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        text = repr(cell)
        return text.replace(".", ",") if excel == "nl" else text
    return guard(printable(cell)) if isinstance(cell, str) else str(cell)


def json_text(table: Table) -> str:
    """The table as JSON: its name, its columns, and a record per row."""
    told = {"table": table.name, "columns": table.columns, "rows": table.records()}
    return escaped(json.dumps(told, ensure_ascii=False, indent=1)) + "\n"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook; `rows` may come one by one. `size` is their number, if known; `widths` in characters."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    size: int = 0
    widths: Sequence[float] = ()


def write_workbook(
    sheets: Iterable[Sheet],
    path: Path,
    fill: Callable[[Any, str], Any],
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    *,
    title: str = "",
) -> None:
    """Write sheets row by row, so that memory does not grow with them.

    The first row of each stays in sight, can be filtered by and stands on every page that is printed; pages lie
    down and are as wide as the sheet; rows are as high as their words. `fill(cell, words)` puts words into a cell,
    as `as_text` does.
    """
    import openpyxl  # takes longer to load than most documents to write

    book, bold = openpyxl.Workbook(write_only=True), openpyxl.styles.Font(bold=True)
    wrap = openpyxl.styles.Alignment(wrap_text=True, vertical="top")
    book.properties.title, book.properties.creator = printable(title)[:255], "qualcode"
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        widths = list(sheet.widths) or [_WIDTH] * len(sheet.header)
        for n, width in enumerate(widths, 1):
            page.column_dimensions[openpyxl.utils.get_column_letter(n)].width = width
        _set_up_pages(page)
        size = 1
        for size, row in enumerate((sheet.header, *sheet.rows), 1):
            page.row_dimensions[size].height = _height(row, widths)
            line = []
            for value in row:
                cell = openpyxl.cell.WriteOnlyCell(page, None if isinstance(value, str) else value)
                cell = fill(cell, value) if isinstance(value, str) else cell
                cell.alignment = wrap
                if size == 1:
                    cell.font = bold
                line.append(cell)
            page.append(line)
            if size % _ROWS_AT_A_TIME == 0:
                progress(size, sheet.size)
        if sheet.header:
            page.auto_filter.ref = f"A1:{openpyxl.utils.get_column_letter(len(sheet.header))}{size}"
    if not book.sheetnames:
        book.create_sheet("–")
    path.write_bytes(workbook_bytes(book))


def _set_up_pages(page: Any) -> None:
    """The first row in sight and on every page, on paper that lies down, all columns on one page (A4 is 9)."""
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.oddFooter.center.text = "&P / &N"


def _height(row: Sequence[Cell], widths: Sequence[float]) -> float:
    """Points that a row needs for its words, wrapped in its columns."""
    lines = 1
    for value, width in zip(row, widths, strict=False):
        if isinstance(value, str):
            lines = max(lines, sum(1 + int(len(part) / width) for part in value.split("\n")))
    return min(_HIGHEST_ROW, 15.0 * lines)


def _write_xlsx(table: Table, path: Path) -> None:
    for row in table.rows:  # before anything is begun: a half-written sheet speaks up when it is thrown away
        for cell in row:
            if isinstance(cell, str):
                _refuse_too_long(cell)
    widths = [_width(name, (row[n] for row in table.rows[:200])) for n, name in enumerate(table.columns)]
    sheet = Sheet(table.name[:31], table.columns, table.rows, widths=widths)
    write_workbook([sheet], path, as_text, title=table.name)


def _width(name: str, cells: Iterable[Cell]) -> float:
    """Characters that a column needs, at most some sixty: longer words are wrapped."""
    longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
    return float(min(60, max(len(name), longest) + 3))


def workbook_bytes(book: Any) -> bytes:
    """The content of a .xlsx; made in memory, because a half-written zip would speak up when it is thrown away."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def cell_text(value: object) -> str:
    """What a cell of a .xlsx holds, as a person sees it: a whole number without its ".0", nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def as_text(cell: Any, text: str) -> Any:
    """The cell of a .xlsx, holding words as words, also where a spreadsheet would see a formula."""
    _refuse_too_long(text)
    if text:
        cell.value = printable(text)
        cell.data_type = "s"
        cell.quotePrefix = looks_like_formula(text)
    return cell


def _refuse_too_long(text: str) -> None:
    if len(text) > LONGEST_CELL:
        message = _(
            "A text is too long for Excel (more than {n} signs): “{start}…” Write another kind of file."
        )
        raise QualcodeError(message.format(n=LONGEST_CELL, start=text[:40]))


def _write_parquet(table: Table, path: Path) -> None:
    try:
        from pyarrow import parquet
        from pyarrow import table as columns_of
    except ImportError as error:
        raise QualcodeError(
            _("Writing .parquet takes the library pyarrow. Install it ({how}), or write .csv.").format(
                how="pip install pyarrow"
            )
        ) from error
    columns = {name: [row[n] for row in table.rows] for n, name in enumerate(table.columns)}
    parquet.write_table(columns_of(columns), path)
