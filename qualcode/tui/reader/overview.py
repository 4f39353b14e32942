"""Where codings lie in the whole transcript: a strip of one column beside a reader."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from qualcode.tui.reader.reader import Reader

_SIGNS = {frozenset(): "·", frozenset("a"): "▌", frozenset("b"): "▐"}
_BOTH = "█"


class Overview(Widget):
    """One row stands for an equal share of the lines: left half coder A, right half coder B.

    The part in sight is lighter; a click goes there.
    """

    ALLOW_SELECT: ClassVar[bool] = False
    COMPONENT_CLASSES = {"overview--marks", "overview--here"}
    DEFAULT_CSS = """
    Overview {
        width: 1;
        height: 1fr;
        background: $surface;
        color: $text-disabled;

        & .overview--marks { color: $primary; }
        & .overview--here { background: $panel-lighten-2; }
    }
    """

    def __init__(self, reader: Reader, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._reader = reader
        self._signs: list[str] = []

    def on_mount(self) -> None:
        """Listen to the reader."""
        self.watch(self._reader, "scroll_y", self._follow, init=False)
        self.watch(self._reader, "marks_revision", self.recount, init=False)

    def _follow(self) -> None:
        self.refresh()

    def recount(self) -> None:
        """Look again where marks are."""
        self._signs = []
        self.refresh()

    def on_resize(self) -> None:
        """Count for another number of rows."""
        self.recount()

    def on_click(self, event: events.Click) -> None:
        """Scroll the reader so that the place clicked on is in its middle."""
        first, last = self._lines(event.y)
        middle = (first + last - self._reader.size.height) // 2
        self._reader.scroll_to(y=max(middle, 0), animate=False)

    def render_line(self, y: int) -> Strip:
        """The sign of one row."""
        if len(self._signs) != self.size.height:
            self._signs = [self._sign(row) for row in range(self.size.height)]
        style = self.rich_style
        top = self._reader.scroll_offset.y
        first, last = self._lines(y)
        if self._signs[y] != _SIGNS[frozenset()] and not self.app.no_color:
            style += self.get_component_rich_style("overview--marks", partial=True)
        if first < top + self._reader.size.height and last >= top and len(self._reader.text_layout):
            here = Style(reverse=True) if self.app.no_color else None
            style += here or self.get_component_rich_style("overview--here", partial=True)
        return Strip([Segment(self._signs[y], style)], 1)

    def _lines(self, row: int) -> tuple[int, int]:
        """The lines a row stands for, first and last."""
        count, height = len(self._reader.text_layout), max(self.size.height, 1)
        first = row * count // height
        return first, max((row + 1) * count // height - 1, first)

    def _sign(self, row: int) -> str:
        sides = {
            "b" if mark.side == "b" else "a" for mark in self._reader.marks.shown.between(*self._lines(row))
        }
        return _SIGNS.get(frozenset(sides), _BOTH)
