"""A short text of a user in a fixed number of cells."""

from __future__ import annotations

from functools import lru_cache

from qualcode.text.graphemes import glyphs, shown


@lru_cache(maxsize=1024)
def fit(text: str, width: int, *, right: bool = False) -> str:
    """`text` in exactly `width` cells: cut with an ellipsis, or filled up with blanks."""
    faces = [shown(text[start:end]) for start, end in glyphs(text.replace("\n", " "))]
    if sum(cells for _, cells in faces) > width:
        while faces and sum(cells for _, cells in faces) > width - 1:
            faces.pop()
        faces.append(("…", 1))
    blanks = " " * (width - sum(cells for _, cells in faces))
    kept = "".join(face for face, _ in faces)
    return blanks + kept if right else kept + blanks


def cells_of(text: str) -> int:
    """The cells a short text fills."""
    return sum(shown(text[start:end])[1] for start, end in glyphs(text))
