"""Words of people in spreadsheets: never taken for a formula, and the same again when they come back.

What a spreadsheet would take for a formula gets an apostrophe before it, and so does what
already looks guarded (OWASP, "CSV injection").
"""

from __future__ import annotations

import re

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
