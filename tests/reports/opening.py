"""Documents as they are read back."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn


def words_of(table: Any) -> list[list[str]]:
    """The text of every cell, row by row (python-docx is slow on `row.cells`)."""
    return [
        [
            "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in cell.iter(qn("w:p")))
            for cell in row.iter(qn("w:tc"))
        ]
        for row in table._tbl.iter(qn("w:tr"))
    ]
