"""The tables of a document as .xlsx and as .csv.

What a user wrote never becomes a formula: in .xlsx it is stored as text, in .csv words that a
spreadsheet would reckon with get an apostrophe before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from qualcode.files.tables import LONGEST_CELL, Sheet, csv_of, write_workbook
from qualcode.files.tables import Cell as Value
from qualcode.reports.content import Cell, Document, TableBlock
from qualcode.reports.writers.blocks import Progress, no_progress
from qualcode.text.normal import printable

_NAME_SIGNS = re.compile(r"[\[\]:*?/\\]")
_WIDEST, _NARROWEST = 60, 10


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


def write_xlsx(
    sheets: Iterable[Sheet], path: Path, *, title: str = "", progress: Progress = no_progress
) -> None:
    """Write sheets to a .xlsx file, with names that a spreadsheet allows, and words that are too long cut."""
    taken = set[str]()

    def fill(cell: Any, words: str) -> Any:
        cell.value = printable(words)[:LONGEST_CELL]
        cell.data_type = "s"  # text, whatever it begins with
        return cell

    named = (replace(sheet, name=_sheet_name(sheet.name, taken)) for sheet in sheets)
    write_workbook(named, path, fill, progress, title=title)


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name as a spreadsheet allows it: at most 31 characters, without some signs, each once."""
    plain = _NAME_SIGNS.sub(" ", printable(name)).strip("' ")[:31] or "–"
    made, n = plain, 1
    while made.casefold() in taken:
        n += 1
        made = f"{plain[: 30 - len(str(n))]} {n}"
    taken.add(made.casefold())
    return made


def csv_text(sheets: Sequence[Sheet]) -> str:
    """Tables as comma-separated values; where there are more, each stands under its name."""
    lines: list[Sequence[Value]] = []
    for n, sheet in enumerate(sheets):
        if len(sheets) > 1:
            lines += [*([[]] if n else []), [sheet.name]]
        lines += [sheet.header, *sheet.rows]
    return csv_of([printable(value) if isinstance(value, str) else value for value in line] for line in lines)
