"""Tables for spreadsheets and scripts: .csv, .xlsx, .json and .parquet with the same columns."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError, QualcodeError
from qualcode.i18n import _

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell

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
_LONGEST_CELL = 32_767  # what a cell of Excel can hold
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")

Cell = str | int | float | bool | None


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
    """The table as .csv, without a byte order mark; words that look like formulas are guarded."""
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=";" if excel == "nl" else ",", lineterminator="\r\n" if excel else "\n"
    )
    writer.writerow(table.columns)
    writer.writerows([_csv_cell(cell, excel) for cell in row] for row in table.rows)
    return out.getvalue()


def _csv_cell(cell: Cell, excel: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        text = repr(cell)
        return text.replace(".", ",") if excel == "nl" else text
    return guarded(cell) if isinstance(cell, str) else str(cell)


def json_text(table: Table) -> str:
    """The table as JSON: its name, its columns, and a record per row."""
    told = {"table": table.name, "columns": table.columns, "rows": table.records()}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _write_xlsx(table: Table, path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    _refuse_too_long(table)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.name[:31])
    sheet.freeze_panes = "A2"
    head = [WriteOnlyCell(sheet, name) for name in table.columns]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in table.rows:
        sheet.append([_xlsx_text(sheet, cell) if isinstance(cell, str) else cell for cell in row])
    content = BytesIO()  # a half-written zip would speak up when it is thrown away
    book.save(content)
    path.write_bytes(content.getvalue())


def _refuse_too_long(table: Table) -> None:
    for row in table.rows:
        for cell in row:
            if isinstance(cell, str) and len(cell) > _LONGEST_CELL:
                message = _(
                    "A text is too long for Excel (more than {n} signs): “{start}…” Write a .csv or .json."
                )
                raise QualcodeError(message.format(n=_LONGEST_CELL, start=cell[:40]))


def _xlsx_text(sheet: object, text: str) -> WriteOnlyCell:
    """A cell that holds words as words, also where Excel would see a formula."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, _CONTROLS.sub("", text))
    cell.data_type = "s"
    cell.quotePrefix = looks_like_formula(text)
    return cell


def _write_parquet(table: Table, path: Path) -> None:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise QualcodeError(
            _("Writing .parquet takes the library pyarrow. Install it ({how}), or write .csv.").format(
                how="pip install pyarrow"
            )
        ) from error
    columns = {name: [row[n] for row in table.rows] for n, name in enumerate(table.columns)}
    parquet.write_table(pyarrow.table(columns), path)
