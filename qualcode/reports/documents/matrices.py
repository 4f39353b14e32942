"""Matrices on paper: a table of counts and a heat map of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.analysis.matrices import Matrix
from qualcode.i18n import _, ngettext
from qualcode.reports.charts import DPI, heat_map
from qualcode.reports.content import Heading, Picture, Plain, Section, TableBlock, cell, number_cell, text
from qualcode.reports.material import Part

_PAGE_MM, _NAME_MM, _MOST_COLUMNS = 261.0, 62.0, 20


@dataclass(frozen=True, slots=True)
class NamedMatrix:
    """A matrix with the words that stand above it; `key` is that of its section."""

    key: str
    title: str
    matrix: Matrix
    words: str = ""


def matrix_report(
    matrices: Sequence[NamedMatrix], new_codes: Sequence[tuple[str, Sequence[str]]] = (), words: str = ""
) -> Part:
    """One section per matrix; before them where each code was first seen (`new_codes`, in `words`)."""
    sections = [Section(each.key, tuple(_blocks(each))) for each in matrices]
    if new_codes:
        sections.insert(
            0,
            Section(
                "saturation",
                (Heading(_("New codes, interview by interview")), text(words), _saturation(new_codes)),
            ),
        )
    return Part(_("Matrices"), sections)


def _saturation(new_codes: Sequence[tuple[str, Sequence[str]]]) -> TableBlock:
    return TableBlock(
        _("In which interview each code was first seen"),
        (cell(_("Interview")), cell(_("Number")), cell(_("New codes"))),
        [(cell(name), number_cell(len(codes)), cell(", ".join(codes) or "–")) for name, codes in new_codes],
        (_NAME_MM, 20.0, _PAGE_MM - _NAME_MM - 20.0),
    )


def _blocks(named: NamedMatrix) -> list[Plain]:
    matrix = named.matrix
    rows = [label for _key, label in matrix.rows]
    columns = [label for _key, label in matrix.columns]
    counts = [[matrix.count(row, column) for column, _c in matrix.columns] for row, _r in matrix.rows]
    blocks: list[Plain] = [Heading(named.title, 1)]
    if named.words:
        blocks.append(text(named.words))
    if rows and columns:
        picture = heat_map(rows, columns, counts)
        inches = int.from_bytes(picture[16:20], "big") / DPI  # its width (PNG specification, section 11.2.2)
        described = _described(named, rows, columns, counts)
        blocks.append(Picture(picture, named.title, described, min(_PAGE_MM, inches * 25.4)))
        blocks += _tables(named, rows, columns, counts)
    return blocks


def _tables(
    named: NamedMatrix, rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]
) -> list[TableBlock]:
    """The counts; a matrix of many columns is cut into tables that fit the page."""
    tables = []
    for first in range(0, len(columns), _MOST_COLUMNS):
        part = slice(first, first + _MOST_COLUMNS)
        shown = columns[part]
        width = min(30.0, (_PAGE_MM - _NAME_MM) / (len(shown) + 1))
        of = f" ({first + 1}–{first + len(shown)})" if len(columns) > _MOST_COLUMNS else ""
        tables.append(
            TableBlock(
                named.title + of,
                (cell(_("Code name")), *map(cell, shown), cell(_("Total"))),
                [
                    (cell(name), *(number_cell(n) for n in line[part]), number_cell(sum(line), bold=True))
                    for name, line in zip(rows, counts, strict=True)
                ],
                (_NAME_MM, *(width for _n in range(len(shown) + 1))),
            )
        )
    return tables


def _described(
    named: NamedMatrix, rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]
) -> str:
    """The picture in words: how large, and where most was coded."""
    total = sum(map(sum, counts))
    cells = [
        (n, row, column)
        for row, line in zip(rows, counts, strict=True)
        for column, n in zip(columns, line, strict=True)
    ]
    most = sorted((each for each in cells if each[0]), key=lambda each: -each[0])[:3]
    highest = "; ".join(f"{row}, {column}: {n}" for n, row, column in most)
    size = ngettext("{n} coding in all.", "{n} codings in all.", total).format(n=total)
    return f"{named.title}. {size}" + (" " + _("Most in: {cells}.").format(cells=highest) if highest else "")
