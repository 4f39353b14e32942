"""Codings typed by people: as a CSV table, or line by line from a printed interview."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcode.errors import InputError
from qualcode.exchange.codebooks.mentions import CodeMentions
from qualcode.files.tables import BrokenTableError, read_csv
from qualcode.i18n import _
from qualcode.model import Code
from qualcode.text.layout import PaperLines
from qualcode.text.spans import Span

REQUIRED = ("transcript", "start", "end", "code", "coder")
COLUMNS = (*REQUIRED, "text", "memo")


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
    rows: list[CodingRow] = []
    problems: list[RowProblem] = []
    table = read_csv(content.removeprefix("\ufeff"))
    try:
        head = next(table, None)
        names = [name.strip().casefold() for name in head.cells] if head else []
        _refuse_missing(names, where)
        for line in table:
            if not any(cell.strip() for cell in line.cells):
                continue
            found = _row(names, line.cells, line.last)
            if isinstance(found, RowProblem):
                problems.append(found)
            else:
                rows.append(found)
    except BrokenTableError as error:
        raise InputError(
            _("{where}, line {line}: this is not a table that can be read ({detail}).").format(
                where=where, line=error.last, detail=error
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
    transcript, code, coder = (value[name].strip() for name in ("transcript", "code", "coder"))
    return CodingRow(line, transcript, start, end, code, coder, value.get("text", ""), value.get("memo", ""))


_LINE = re.compile(r"\s*(\d{1,6})\s*(?:[-–—]\s*(\d{1,6}))?[\s:]+(.*)", re.DOTALL)
_QUOTED = re.compile(r"[\"“”„«](.+?)[\"“”»]")
_GAP = re.compile(r"\s*(?:…|\.\.\.)\s*")


@dataclass(frozen=True, slots=True)
class PencilMark:
    """One typed line: the passage, its codes, the memo beside it."""

    span: Span
    codes: tuple[Code, ...]
    memo: str = ""


def understand(typed: str, lines: PaperLines, text: str, words: CodeMentions) -> PencilMark:
    """What a typed line stands for; `InputError` says what is wrong with it.

    Line numbers first, then codes (letters or names), perhaps words in quotes that narrow the
    passage, perhaps a memo after an exclamation mark.
    """
    found = _LINE.fullmatch(typed.rstrip())
    if not found:
        raise InputError(_("begin with a line number and a code, such as: 12-18 mp"))
    first, last = int(found[1]), int(found[2] or found[1])
    if not 1 <= first <= last <= len(lines):
        raise InputError(
            _("there are no lines {first}-{last}; the interview has lines 1-{n}").format(
                first=first, last=last, n=len(lines)
            )
        )
    beside, _sign, memo = found[3].partition("!")
    span = lines.passage(first, last)
    quoted = _QUOTED.search(beside)
    if quoted:
        span = _narrowed(span, quoted[1], text)
        beside = beside.replace(quoted[0], " ")
    if span.length == 0:
        raise InputError(_("there are no words on that line"))
    if not beside.strip():
        raise InputError(_("the code is missing; put its letters after the line number"))
    return PencilMark(span, _codes(beside.strip(), words), memo.strip())


def _codes(beside: str, words: CodeMentions) -> tuple[Code, ...]:
    codes = words.listed(beside)
    if not codes:
        raise InputError(f"“{beside}”: {words.problem(beside)}")
    retired = next((code for code in codes if code.retired), None)
    if retired:
        raise InputError(_("the code “{code}” is retired").format(code=retired.slug))
    return codes


def _narrowed(span: Span, quoted: str, text: str) -> Span:
    """The quoted words within the passage; with … between, from the first to the last of them."""
    parts = [part for part in _GAP.split(quoted.strip()) if part]
    pattern = r".*?".join(r"\s+".join(map(re.escape, part.split())) for part in parts)
    found = re.compile(pattern, re.IGNORECASE | re.DOTALL).search(text, span.start, span.end)
    if not parts or not found:
        raise InputError(_("“{words}” does not stand on these lines").format(words=quoted))
    return Span(*found.span())
