"""A short text of a user in a fixed number of cells."""

from __future__ import annotations

from functools import lru_cache

from qualcode.text.graphemes import glyphs, shown

_ROOM_FOR_ELLIPSIS = 5


@lru_cache(maxsize=1024)
def fit(text: str, width: int) -> str:
    """`text` in exactly `width` cells: cut (with an ellipsis where there is room for one), or filled up."""
    faces = [shown(text[start:end]) for start, end in glyphs(text.replace("\n", " "))]
    if sum(cells for _, cells in faces) > width:
        ellipsis = [("…", 1)] if width >= _ROOM_FOR_ELLIPSIS else []
        while faces and sum(cells for _, cells in faces) > width - len(ellipsis):
            faces.pop()
        faces += ellipsis
    blanks = " " * (width - sum(cells for _, cells in faces))
    return "".join(face for face, _ in faces) + blanks


def cells_of(text: str) -> int:
    """The cells a short text fills."""
    return sum(shown(text[start:end])[1] for start, end in glyphs(text))
