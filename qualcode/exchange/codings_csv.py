"""Codings as a CSV table: `transcript,start,end,code,coder`, and `text` and `memo` beside them.

Positions are code points of the stored text, end-exclusive. Reading finds every bad
row before anything is taken.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.errors import InputError
from qualcode.exchange.formula_guard import bare, guarded
from qualcode.i18n import _

REQUIRED = ("transcript", "start", "end", "code", "coder")
COLUMNS = (*REQUIRED, "text", "memo")
_LONGEST_FIELD = 10_000_000


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One row of the table; `line` is its line in the file, `text` and `memo` may be empty."""

    line: int
    transcript: str
    start: int
    end: int
    code: str
    coder: str
    text: str = ""
    memo: str = ""


@dataclass(frozen=True, slots=True, order=True)
class RowProblem:
    """What is wrong with the row on a line of the file, in words."""

    line: int
    words: str

    def __str__(self) -> str:
        return _("line {line}: {problem}").format(line=self.line, problem=self.words)


def parse(content: str, where: str) -> tuple[list[CodingRow], list[RowProblem]]:
    """The rows of a table, and what is wrong with the others.

    Commas, semicolons and tabs are understood. Raises `InputError` if the table is
    empty or lacks a column.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    content = content.removeprefix("\ufeff")
    head = content.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    rows: list[CodingRow] = []
    problems: list[RowProblem] = []
    try:
        names = [name.strip().casefold() for name in next(reader, [])]
        _refuse_missing(names, where)
        for fields in reader:
            if not any(field.strip() for field in fields):
                continue
            found = _row(names, fields, reader.line_num)
            if isinstance(found, RowProblem):
                problems.append(found)
            else:
                rows.append(found)
    except csv.Error as error:
        raise InputError(
            _("{where}, line {line}: this is not a table that can be read ({detail}).").format(
                where=where, line=reader.line_num, detail=error
            )
        ) from error
    return rows, problems


def _refuse_missing(names: list[str], where: str) -> None:
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise InputError(
            _("{where} lacks the column {missing}. It needs: {needed}.").format(
                where=where, missing=", ".join(missing), needed=", ".join(REQUIRED)
            )
        )


def _row(names: list[str], fields: list[str], line: int) -> CodingRow | RowProblem:
    if len(fields) != len(names):
        return RowProblem(
            line,
            _("{found} fields where the first line has {expected}").format(
                found=len(fields), expected=len(names)
            ),
        )
    value = dict(zip(names, fields, strict=True))
    empty = [name for name in REQUIRED if not value[name].strip()]
    if empty:
        return RowProblem(line, _("nothing under {columns}").format(columns=", ".join(empty)))
    try:
        start, end = int(value["start"]), int(value["end"])
    except ValueError:
        return RowProblem(
            line,
            _("start and end must be whole numbers, not “{start}” and “{end}”").format(
                start=value["start"], end=value["end"]
            ),
        )
    return CodingRow(
        line=line,
        transcript=bare(value["transcript"].strip()),
        start=start,
        end=end,
        code=bare(value["code"].strip()),
        coder=bare(value["coder"].strip()),
        text=bare(value.get("text", "")),
        memo=bare(value.get("memo", "")),
    )


def write(rows: Iterable[CodingRow]) -> str:
    """The table as text, with all columns."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(getattr(row, name)) for name in COLUMNS])
    return out.getvalue()


def _cell(value: str | int) -> str | int:
    return guarded(value) if isinstance(value, str) else value
