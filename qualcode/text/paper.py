"""The lines of an interview as they are printed and numbered: the same on every printer and laptop."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.text.layout import Layout
from qualcode.text.spans import Span, trim

WIDTH = 62
"""Characters on a printed line. Never change it: pages that people have marked go by it."""


class PaperLines:
    """Lines numbered from 1; they depend on the text, its turns and `WIDTH` alone."""

    def __init__(self, text: str, turns: Sequence[Span]) -> None:
        self._text = text
        self._layout = Layout(text, turns, WIDTH)

    def __len__(self) -> int:
        return len(self._layout)

    def span(self, number: int) -> Span:
        """The words of a line, without white space around them (empty if it has none)."""
        return trim(self._text, self._layout.span(number - 1))

    def start(self, number: int) -> int:
        """Where a line begins in the text."""
        return self._layout.start(number - 1)

    def passage(self, first: int, last: int) -> Span:
        """The words of lines `first` to `last`."""
        whole = Span(self._layout.start(first - 1), self._layout.end(last - 1))
        return trim(self._text, whole)
