"""Words with a style, and where they are shown. Nothing in them is taken for markup: they may be a user's."""

from __future__ import annotations

from textual.content import Content
from textual.dom import DOMNode
from textual.widgets import Static

Words = str | Content | tuple[str, str]
"""Plain words, words with their style, or what was put together before."""


def styled(*parts: Words) -> Content:
    """Pieces of text behind each other."""
    return Content.assemble(*map(_piece, parts))


def _piece(part: Words) -> Content:
    if isinstance(part, tuple):
        return Content.styled(*part)
    return Content(part) if isinstance(part, str) else part


def put(where: DOMNode, place: str, *parts: Words) -> None:
    """Show words in the `Static` with that selector."""
    where.query_one(place, Static).update(styled(*parts))
