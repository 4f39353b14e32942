"""Codebooks as .xlsx: a sheet that a practitioner can edit, and a sheet about the whole."""

from __future__ import annotations

import io
import warnings
import zlib
from dataclasses import replace
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from qualcode.errors import InputError
from qualcode.exchange.codebooks.draft import CodebookDraft
from qualcode.exchange.codebooks.rows import COLUMNS, LABELS, Row, column_of, draft_of_rows, rows_of
from qualcode.files.tables import as_text, cell_text, workbook_bytes
from qualcode.files.zipped import NAMED, Archive, Limits, holds_entities
from qualcode.i18n import N_, Bilingual, _
from qualcode.model import Codebook

_LIMITS = Limits(member=50_000_000, all=50_000_000, ratio=50_000_000)  # many equal rows shrink to nothing
_REFUSALS = replace(
    NAMED,
    damaged=N_("{file} is damaged or not an .xlsx file. Open it in Excel or LibreOffice and save it again."),
    too_large=N_("{file} is far too large for a codebook."),
)
_MOST_ROWS = 20_000
_MOST_COLUMNS = 200
_HEADER_ROWS = 10
_WIDTHS = {"code": 24, "parent": 20, "mnemonic": 9, "colour": 10, "source": 24, "retired": 10}
_ABOUT = {
    "codebook": Bilingual("codeboek", "codebook"),
    "title_nl": Bilingual("titel (nl)", "title (nl)"),
    "title_en": Bilingual("titel (en)", "title (en)"),
    "description_nl": Bilingual("toelichting (nl)", "description (nl)"),
    "description_en": Bilingual("toelichting (en)", "description (en)"),
    "source": Bilingual("bron", "source"),
}


def draft_of_xlsx(data: bytes, about: Codebook, where: str) -> CodebookDraft:
    """The codes of the first sheet that has a column of names; formulas count as the values last shown."""
    _refuse_hostile(data, where)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out, such as drop-down lists
            workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [_cells(sheet, where) for sheet in workbook.worksheets]
    except (KeyError, ValueError, TypeError, AttributeError, SyntaxError, OSError, zlib.error) as error:
        raise InputError(_(_REFUSALS.damaged).format(file=where)) from error
    table = next((cells[n:] for cells in sheets if (n := _header_at(cells)) is not None), None)
    if table is None:
        message = _("{file} has no sheet with a column 'name'. Known columns are {known}.")
        raise InputError(message.format(file=where, known=", ".join(COLUMNS)))
    told = next((found for cells in sheets if (found := _told(cells))), None)
    return draft_of_rows(table[0][1], table[1:], told or about, where, whole=told is not None)


def _refuse_hostile(data: bytes, where: str) -> None:
    """`InputError` unless this is a zip of modest size without XML entities."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = _(
            "{file} is protected by a password or made by an old Excel. Save it as an ordinary .xlsx."
        )
        raise InputError(message.format(file=where))
    with Archive(data, where, refusals=_REFUSALS, limits=_LIMITS) as archive:
        for name in archive.names:
            if holds_entities(archive.read(name)):
                raise archive.refused(_REFUSALS.entities)


def _cells(sheet: Any, where: str) -> list[Row]:
    rows: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True), 1):
        texts = [cell_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            rows.append((number, texts))
        if len(rows) > _MOST_ROWS:
            raise InputError(_("{file} has more than {n} rows.").format(file=where, n=_MOST_ROWS))
    return rows


def _header_at(cells: list[Row]) -> int | None:
    """Where in the rows the headings stand, if this is a sheet of codes."""
    for n, (_number, texts) in enumerate(cells[:_HEADER_ROWS]):
        if {"name_nl", "name_en"} & {column_of(text) for text in texts}:
            return n
    return None


def _told(cells: list[Row]) -> Codebook | None:
    """What a sheet says about the whole, if it is that sheet."""
    keys = {word: key for key, label in _ABOUT.items() for word in (label.nl, label.en)}
    said = {keys[row[0]]: "".join(row[1:2]).strip() for _number, row in cells if row and row[0] in keys}
    if not said.get("codebook"):
        return None
    both = {
        key: Bilingual(said.get(f"{key}_nl", ""), said.get(f"{key}_en", ""))
        for key in ("title", "description")
    }
    return Codebook(said["codebook"], both["title"], both["description"], said.get("source", ""))


def xlsx_bytes(codebook: Codebook) -> bytes:
    """The codebook as a workbook, with headings in the language in use."""
    workbook = Workbook()
    codes, about = workbook.worksheets[0], workbook.create_sheet(_("About"))
    codes.title = _("Codes")
    _fill_codes(codes, codebook)
    _fill_about(about, codebook)
    workbook.properties.creator = "qualcode"
    workbook.properties.title = str(codebook.title) or codebook.name
    return workbook_bytes(workbook)


def _fill_codes(sheet: Worksheet, codebook: Codebook) -> None:
    for n, (column, label) in enumerate(LABELS.items(), 1):
        cell = _write(sheet, 1, n, str(label))
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(n)].width = _WIDTHS.get(
            column, 28 if "name" in column else 44
        )
    number = 1
    for number, (level, row) in enumerate(rows_of(codebook), 2):
        for n, column in enumerate(COLUMNS, 1):
            cell = _write(sheet, number, n, row[column])
            indent = level if column in ("code", "name_nl", "name_en") else 0
            cell.alignment = Alignment(wrap_text=True, vertical="top", indent=indent)
            if column == "colour" and row[column]:
                cell.fill = PatternFill("solid", fgColor=row[column].removeprefix("#"))
                cell.font = Font(color="000000")
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{number}"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"


def _fill_about(sheet: Worksheet, codebook: Codebook) -> None:
    values = {
        "codebook": codebook.name,
        "title_nl": codebook.title.nl,
        "title_en": codebook.title.en,
        "description_nl": codebook.description.nl,
        "description_en": codebook.description.en,
        "source": codebook.source,
    }
    hints = (
        _("Each row of the first sheet is a code. Add, change or take out rows as you like."),
        _(
            "Leave the word under 'code' as it is once people have coded with it; a new code may leave it empty."
        ),
        _("Under 'parent' stands the code under which this one belongs, or nothing."),
    )
    rows = [
        *((str(label), values[key]) for key, label in _ABOUT.items()),
        ("", ""),
        *(("", hint) for hint in hints),
    ]
    for number, (label, value) in enumerate(rows, 1):
        _write(sheet, number, 1, label).font = Font(bold=True)
        cell = _write(sheet, number, 2, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 20
    sheet.column_dimensions["B"].width = 90


def _write(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    cell: Cell = as_text(sheet.cell(row, column), text)
    return cell
