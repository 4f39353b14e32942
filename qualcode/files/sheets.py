"""Tables from elsewhere, read: .csv in any usual encoding and separator, and .xlsx with its merged cells."""

from __future__ import annotations

import csv
import io
import warnings
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import InputError
from qualcode.files.tables import bare, cell_text
from qualcode.files.text import bytes_of, decode
from qualcode.files.zipped import Archive, Limits, holds_entities, local, parse_xml
from qualcode.i18n import _

LARGEST = 200_000_000
_LIMITS = Limits(member=400_000_000, all=800_000_000)
_LONGEST_FIELD = 10_000_000
_TRIED = 50  # rows by which a separator is chosen
_MOST_COLUMNS = 4000
_BROKEN = (KeyError, ValueError, TypeError, AttributeError, SyntaxError, OSError, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class ForeignTable:
    """The rows of a table as texts, all of one length.

    `merged` are cells that are one: the first row, the first and the last column, the last row.
    `lines` says for each row on which line, or in which row of the sheet, it begins.
    """

    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    merged: Sequence[tuple[int, int, int, int]] = ()


def read_table(path: Path) -> ForeignTable:
    """The rows of the .csv, .tsv, or first filled sheet of the .xlsx at `path`, without empty ones.

    Raises `InputError` for what is no table, is damaged or protected.
    """
    data = bytes_of(path)
    if not data.strip():
        raise InputError(_("{file} is empty.").format(file=path.name))
    if len(data) > LARGEST:
        raise InputError(
            _("{file} is far too large for what it should hold. Is it the right file?").format(file=path.name)
        )
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = _(
            "{file} is protected by a password or made by an old Excel. Save it as an ordinary .xlsx."
        )
        raise InputError(message.format(file=path.name))
    if data.startswith(b"PK") or path.suffix.lower() == ".xlsx":
        return _read_xlsx(data, path.name)
    return _read_csv(data, path.name)


def _read_csv(data: bytes, name: str) -> ForeignTable:
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        text = decode(data)[0].removeprefix("\ufeff")
    except InputError as error:
        raise InputError(f"{name}: {error}") from None
    told = text[:6].casefold().startswith("sep=")  # what Excel writes to say which separator it took
    separator = text[4] if told else max(",;\t|", key=lambda sign: _fits(text, sign))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
    rows, lines, first = [], [], 1
    try:
        for cells in reader:
            rows.append([bare(cell).strip() for cell in cells])
            lines.append(first)
            first = reader.line_num + 1
    except csv.Error as error:
        raise InputError(_("{path} is not a table: {detail}.").format(path=name, detail=error)) from error
    start = int(told)
    return _whole(rows[start:], lines[start:])


def _fits(text: str, separator: str) -> tuple[int, int]:
    """How well a separator fits: how many of the first rows it makes as wide as the first, and how wide that is."""
    reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator)
    try:
        widths = [len(row) for row, _n in zip(reader, range(_TRIED), strict=False)]
    except csv.Error:
        return 0, 0
    alike = sum(width == widths[0] for width in widths) if widths and widths[0] > 1 else 0
    return alike, widths[0] if alike else 0


def _read_xlsx(data: bytes, name: str) -> ForeignTable:
    import openpyxl  # takes long to load, and most tables are .csv

    with Archive(data, name, limits=_LIMITS) as archive:
        for member in archive.names:
            if member.endswith((".xml", ".rels")) and holds_entities(archive.read(member)):
                raise archive.refused(archive.refusals.entities)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter(
                    "ignore"
                )  # openpyxl warns of what it leaves out, such as drop-down lists
                book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
                for sheet in book.worksheets:
                    found = list(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True))
                    rows = [[cell_text(cell).strip() for cell in row] for row in found]
                    if any(any(row) for row in rows):
                        merged = _merged(archive, getattr(sheet, "_worksheet_path", ""))
                        return _whole(rows, range(1, len(rows) + 1), merged)
        except _BROKEN as error:
            raise InputError(_(archive.refusals.damaged).format(file=name)) from error
    return ForeignTable((), ())


def _merged(archive: Archive, member: str) -> Iterator[tuple[int, int, int, int]]:
    """The merged cells of a sheet: the number of the first row, the first and the last column, the last row."""
    from openpyxl.utils.cell import range_boundaries

    if member.lstrip("/") not in archive.names:
        return
    content = archive.read(member.lstrip("/"))
    start = content.rfind(b"<mergeCells")
    end = content.find(b"</mergeCells>", start)
    if start < 0 or end < 0:
        return
    for cell in parse_xml(content[start:end] + b"</mergeCells>", archive.where):
        if local(cell) == "mergeCell":
            left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(str(cell.get("ref"))))
            yield top, left - 1, right - 1, bottom


def _whole(
    rows: Sequence[Sequence[str]], lines: Sequence[int], merged: Iterable[tuple[int, int, int, int]] = ()
) -> ForeignTable:
    """The table without empty rows, and with all rows as long as the longest that holds something."""
    kept = [(row, line) for row, line in zip(rows, lines, strict=True) if any(row)]
    width = max((n + 1 for row, _line in kept for n, cell in enumerate(row) if cell), default=0)
    full = [[*row[:width], *[""] * (width - len(row))] for row, _line in kept]
    places = {line: n for n, (_row, line) in enumerate(kept)}
    joined = [
        (places[top], left, right, places.get(bottom, places[top]))
        for top, left, right, bottom in merged
        if top in places
    ]
    return ForeignTable(full, [line for _row, line in kept], joined)
