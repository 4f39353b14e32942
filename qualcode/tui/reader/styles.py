"""How the reader looks: its style sheet, and the styles of a theme put together for a stretch of text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from rich.color import Color
from rich.style import Style
from textual.widget import Widget

from qualcode.tui.colours import readable, tint

COMPONENTS = {
    "reader--number",
    "reader--speaker",
    "reader--interviewer",
    "reader--time",
    "reader--caret",
    "reader--hit",
    "reader--hit-now",
    "reader--coded",
}
STYLE = """
Reader {
    width: 1fr;
    height: 1fr;
    background: $background;
    color: $foreground;
    overflow-x: hidden;
    overflow-y: scroll;
    scrollbar-gutter: stable;
    scrollbar-size-vertical: 1;

    & .reader--number { color: $text-muted; }
    & .reader--speaker { color: $text-primary; text-style: bold; }
    & .reader--interviewer { color: $text-muted; }
    & .reader--time { color: $text-muted; }
    & .reader--caret { background: $secondary; color: $background; }
    &:focus .reader--caret { background: $accent; color: $background; }
    & .reader--hit { background: $warning-muted; color: $text-warning; }
    & .reader--coded { text-style: none; }
    & .reader--hit-now { background: $warning; color: $background; text-style: bold; }
}
"""


class Look(NamedTuple):
    """How a stretch of text looks: codings on it (0, 1, 2 for more), the colour of one, and what lies over it."""

    depth: int = 0
    colour: str = ""
    selected: bool = False
    hit: int = 0  # 1 a search hit, 2 the one at hand
    caret: bool = False


# A terminal without double underline still shows the single one.
_UNDERLINES = (Style(), Style(underline=True), Style(underline=True, underline2=True))


@dataclass
class Palette:
    """Styles of one theme. With `colours` off (NO_COLOR) only the base colours and attributes are used.

    What is coded stands on a tint of its code, as under a highlighter, and is underlined where codings overlap or
    something else lies over it; with `underlined` it is underlined instead.
    """

    base: Style
    number: Style
    speaker: Style
    interviewer: Style
    time: Style
    caret: Style
    hit: Style
    hit_now: Style
    colours: bool = True
    underlined: bool = False
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
        style, lines = self.base, look.depth
        if look.depth and not (self.underlined or look.hit or look.selected):
            style += self._tint(look.colour)
            lines -= 1
        if look.hit:
            style += self.hit_now if look.hit == 2 else self.hit
        if look.selected:
            style += Style(reverse=True)
        style += _UNDERLINES[lines]
        if look.caret:
            style += self.caret if self.colours else Style(reverse=not look.selected, bold=True)
        return style

    def _tint(self, colour: str) -> Style:
        ground, letters = self.base.bgcolor, self.base.color
        if ground is None or letters is None or ground.triplet is None or letters.triplet is None:
            return Style(underline=True)
        return Style(bgcolor=tint(colour, ground.triplet.hex, letters.triplet.hex))

    def _readable(self, colour: str) -> Color | None:
        ground = self.base.bgcolor
        if not self.colours or not colour or ground is None or ground.triplet is None:
            return None
        return Color.parse(readable(colour, ground.triplet.hex))


def palette_of(widget: Widget) -> Palette:
    """The styles of a reader in the theme that is used, from its component classes."""
    base = Style(color=widget.rich_style.color, bgcolor=widget.rich_style.bgcolor)
    if widget.app.no_color:
        bold, plain = base + Style(bold=True), base + Style(italic=True)
        hit = Style(bold=True, italic=True)
        over = hit + Style(reverse=True)
        return Palette(base, base, bold, plain, base, Style(), hit, over, colours=False, underlined=True)
    part = widget.get_component_rich_style
    return Palette(
        base=base,
        number=part("reader--number"),
        speaker=part("reader--speaker"),
        interviewer=part("reader--interviewer"),
        time=part("reader--time"),
        caret=Style(reverse=False) + part("reader--caret"),
        hit=part("reader--hit"),
        hit_now=part("reader--hit-now"),
        underlined=bool(part("reader--coded").underline) or widget.app.console.color_system == "standard",
    )
