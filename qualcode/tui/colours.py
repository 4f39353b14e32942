"""Our own colours: dark, light and high contrast, and code colours fit to be read on them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import Theme

# what our style sheets use beside Textual's own names, for themes that are not ours
DARK_DEFAULTS = {
    "ink": "#e6e4df",
    "ink-soft": "#abb0ba",
    "line": "#343b47",
    "mark": "#3d4a63",
    "here": "#e3b341",
}
LIGHT_DEFAULTS = {
    "ink": "#22262b",
    "ink-soft": "#565b63",
    "line": "#d3cdbf",
    "mark": "#cfe0f2",
    "here": "#7d5100",
}

CONTRAST_WORDS = {
    "ink": "#ffffff",
    "ink-soft": "#d8d8d8",
    "line": "#9a9a9a",
    "mark": "#00408a",
    "here": "#ffff66",
}


_GROUNDS = ("primary", "secondary", "error", "success", "background", "surface", "panel")


def _theme(
    name: str,
    grounds: str,
    words: Mapping[str, str],
    row: str,
    more: Mapping[str, str] = {},
    *,
    dark: bool = True,
) -> Theme:
    """A theme of our own. `grounds` are the colours of `_GROUNDS`, `words` those of letters and lines.

    `row`: of the row under the cursor the ground, the letters and the ground without focus; under the mouse.
    """
    base: dict[str, Any] = dict(zip(_GROUNDS, grounds.split(), strict=True))
    cursor, letters, blurred, hover = row.split()
    here, ink, line = words["here"], words["ink"], words["line"]
    variables = {
        **words,
        "text-muted": words["ink-soft"],
        "block-cursor-background": cursor,
        "block-cursor-foreground": letters,
        "block-cursor-blurred-background": blurred,
        "block-cursor-text-style": "none",
        "border": base["primary"],
        "border-blurred": line,
        "scrollbar": line,
        "scrollbar-background": base["surface"],
        "scrollbar-corner-color": base["surface"],
        "scrollbar-hover": hover,
        "scrollbar-active": base["primary"],
        "input-selection-background": cursor,
        **more,
    }
    return Theme(name, accent=here, warning=here, foreground=ink, dark=dark, variables=variables, **base)


DARK = _theme(
    "qualcode-dark",
    "#7db4e0 #9d8fd1 #f28b82 #7fc98f #15181d #1a1e24 #232831",
    DARK_DEFAULTS,
    "#29405a #ffffff #262d38 #4b5565",
    {"input-selection-background": "#35506e"},
)
LIGHT = _theme(
    "qualcode-light",
    "#1d5f93 #5d4a99 #b3261e #216e39 #fbf9f4 #f4f0e6 #ebe5d7",
    LIGHT_DEFAULTS,
    "#cfe0f2 #22262b #e4e6e4 #b9b2a1",
    dark=False,
)
CONTRAST = _theme(
    "qualcode-contrast",
    "#ffff66 #66ffff #ff9d9d #8dff8d #000000 #000000 #1a1a1a",
    CONTRAST_WORDS,
    "#00408a #ffffff #3a3a3a #d8d8d8",
    {"block-cursor-text-style": "bold"},
)

OWN_THEMES = (DARK, LIGHT, CONTRAST)


@lru_cache(512)
def readable(colour: str, ground: str, at_least: float = 4.5) -> str:
    """`colour` moved towards white or black until it can be read on `ground`.

    Both are "#RRGGBB"; `at_least` is a contrast ratio after WCAG 2.2, section 1.4.3.
    An empty or unknown colour gives plain black or white.
    """
    base = Color.parse(ground)
    far = Color(255, 255, 255) if base.brightness < 0.5 else Color(0, 0, 0)
    try:
        wanted = Color.parse(colour) if colour else far
    except ColorParseError:
        wanted = far
    for step in range(21):
        moved = wanted.blend(far, step / 20)
        if contrast(moved, base) >= at_least:
            return moved.hex6
    return far.hex6


_DEEPEST_TINT, _STEP, _SEEN = 0.42, 0.03, 1.15


@lru_cache(512)
def tint(colour: str, ground: str, letters: str) -> str:
    """`colour` thinned into `ground`, as a highlighter does, as strong as `letters` can be read on it (4.5 to 1).

    All three are "#RRGGBB"; an empty or unknown colour gives a neutral tint of the letters.
    """
    paper, ink = Color.parse(ground), Color.parse(letters)
    try:
        marker = Color.parse(colour) if colour else ink
    except ColorParseError:
        marker = ink
    share = _DEEPEST_TINT
    while share > _STEP and contrast(paper.blend(marker, share), ink) < 4.5:
        share -= _STEP
    found = paper.blend(marker, share)
    if marker != ink and contrast(found, paper) < _SEEN:
        return tint("", ground, letters)  # black on black: no highlighter
    return found.hex6


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.r / 255, colour.g / 255, colour.b / 255)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
