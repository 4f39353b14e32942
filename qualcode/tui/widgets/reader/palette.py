"""The styles a line is painted with, made once per theme and remembered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from rich.color import Color
from rich.style import Style

from qualcode.tui.themes import readable


class Look(NamedTuple):
    """How a stretch of text looks: codings on it (0, 1, 2 for more), and what lies over it."""

    depth: int = 0
    selected: bool = False
    hit: int = 0  # 1 a search hit, 2 the one at hand
    caret: bool = False


# A terminal without double underline still shows the single one.
_UNDERLINES = (Style(), Style(underline=True), Style(underline=True, underline2=True))


@dataclass
class Palette:
    """Styles of one theme. With `colours` off (NO_COLOR) only the base colours and attributes are used."""

    base: Style
    number: Style
    speaker: Style
    interviewer: Style
    time: Style
    caret: Style
    hit: Style
    hit_now: Style
    colours: bool = True
    _looks: dict[Look, Style] = field(default_factory=dict)
    _marks: dict[str, Style] = field(default_factory=dict)

    def text(self, look: Look) -> Style:
        """The style of a stretch of text."""
        style = self._looks.get(look)
        if style is None:
            style = self._looks[look] = self._text(look)
        return style

    def mark(self, colour: str) -> Style:
        """The style of a bracket: the code's colour, made readable on this theme."""
        style = self._marks.get(colour)
        if style is None:
            style = self._marks[colour] = self.base + Style(color=self._readable(colour))
        return style

    def _text(self, look: Look) -> Style:
        style = self.base
        if look.hit:
            style += self.hit_now if look.hit == 2 else self.hit
        if look.selected:
            style += Style(reverse=True)
        style += _UNDERLINES[look.depth]
        if look.caret:
            style += self.caret if self.colours else Style(reverse=not look.selected, bold=True)
        return style

    def _readable(self, colour: str) -> Color | None:
        ground = self.base.bgcolor
        if not self.colours or not colour or ground is None or ground.triplet is None:
            return None
        return Color.parse(readable(colour, ground.triplet.hex))
