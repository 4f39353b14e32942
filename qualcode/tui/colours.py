"""Our own colours: dark, light and high contrast, and code colours fit to be read on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

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


def _theme(
    base: Theme, words: Mapping[str, str], *, cursor: str, letters: str, blurred: str, hover: str, **more: str
) -> Theme:
    """A theme of our own. `cursor`, `letters`, `blurred`: the row under the cursor, without focus too."""
    line, primary, surface = words["line"], base.primary, base.surface or ""
    variables = {
        **words,
        "text-muted": words["ink-soft"],
        "block-cursor-background": cursor,
        "block-cursor-foreground": letters,
        "block-cursor-blurred-background": blurred,
        "block-cursor-text-style": "none",
        "border": primary,
        "border-blurred": line,
        "scrollbar": line,
        "scrollbar-background": surface,
        "scrollbar-corner-color": surface,
        "scrollbar-hover": hover,
        "scrollbar-active": primary,
        "input-selection-background": cursor,
        **more,
    }
    here, ink = words["here"], words["ink"]
    return replace(base, accent=here, warning=here, foreground=ink, variables=variables)


DARK = _theme(
    Theme(
        name="qualcode-dark",
        primary="#7db4e0",
        secondary="#9d8fd1",
        error="#f28b82",
        success="#7fc98f",
        background="#15181d",
        surface="#1a1e24",
        panel="#232831",
        dark=True,
    ),
    DARK_DEFAULTS,
    cursor="#29405a",
    letters="#ffffff",
    blurred="#262d38",
    hover="#4b5565",
    **{"input-selection-background": "#35506e"},
)

LIGHT = _theme(
    Theme(
        name="qualcode-light",
        primary="#1d5f93",
        secondary="#5d4a99",
        error="#b3261e",
        success="#216e39",
        background="#fbf9f4",
        surface="#f4f0e6",
        panel="#ebe5d7",
        dark=False,
    ),
    LIGHT_DEFAULTS,
    cursor="#cfe0f2",
    letters="#22262b",
    blurred="#e4e6e4",
    hover="#b9b2a1",
)

CONTRAST = _theme(
    Theme(
        name="qualcode-contrast",
        primary="#ffff66",
        secondary="#66ffff",
        error="#ff9d9d",
        success="#8dff8d",
        background="#000000",
        surface="#000000",
        panel="#1a1a1a",
        dark=True,
    ),
    CONTRAST_WORDS,
    cursor="#00408a",
    letters="#ffffff",
    blurred="#3a3a3a",
    hover="#d8d8d8",
    **{"block-cursor-text-style": "bold"},
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
