"""Codebooks as .csv: our own columns, or those of Taguette (`tag` or `path`, and `description`)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from qualcode.errors import InputError
from qualcode.exchange.codebook_draft import Draft
from qualcode.exchange.codebook_rows import COLUMNS, Row, draft_of_rows, rows_of
from qualcode.exchange.formula_guard import bare, guarded
from qualcode.exchange.named_codes import NamedCode, dotted_paths, draft_of_names
from qualcode.i18n import _
from qualcode.model import Codebook

_TAGUETTE = ("tag", "path", "name")


def draft_of_csv(text: str, about: Codebook, where: str, language: str) -> Draft:
    """The codes of a table in either form; commas, semicolons and tabs are understood."""
    rows = _cells(text, where)
    if not rows:
        raise InputError(_("{file} is empty.").format(file=where))
    headings = rows[0][1]
    words = [heading.strip().casefold() for heading in headings]
    if {"tag", "path"}.intersection(words):
        return draft_of_names(_tags(words, rows[1:]), about, where, language)
    return draft_of_rows(headings, rows[1:], about, where)


def _tags(headings: Sequence[str], rows: Iterable[Row]) -> Iterator[NamedCode]:
    column = next(headings.index(name) for name in _TAGUETTE if name in headings)
    below = headings.index("description") if "description" in headings else -1
    for number, cells in rows:
        if any(cells):
            name = cells[column] if column < len(cells) else ""
            description = cells[below] if 0 <= below < len(cells) else ""
            yield NamedCode(number, tuple(name.split(".")), description)


def csv_text(codebook: Codebook) -> str:
    """The codebook as a table with the columns `COLUMNS`."""
    return _table([COLUMNS, *([row[column] for column in COLUMNS] for _level, row in rows_of(codebook))])


def taguette_text(codebook: Codebook, language: str) -> str:
    """The codebook as Taguette takes it: names joined by dots, and the definition."""
    rows = [(path, code.definition.in_language(language)) for path, code in dotted_paths(codebook, language)]
    return _table([("tag", "description"), *rows])


def _table(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def _cells(text: str, where: str) -> list[Row]:
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, [bare(cell) for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        message = _("{file} is not a table that can be read; look at the quotes from line {line} on.")
        raise InputError(message.format(file=where, line=line)) from error
    return rows
