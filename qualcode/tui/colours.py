"""Our own colours: dark, light and high contrast, and code colours fit to be read on them."""

from __future__ import annotations

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

DARK = Theme(
    name="qualcode-dark",
    primary="#7db4e0",
    secondary="#9d8fd1",
    accent="#e3b341",
    warning="#e3b341",
    error="#f28b82",
    success="#7fc98f",
    foreground="#e6e4df",
    background="#15181d",
    surface="#1a1e24",
    panel="#232831",
    dark=True,
    variables={
        **DARK_DEFAULTS,
        "text-muted": "#abb0ba",
        "block-cursor-background": "#29405a",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#262d38",
        "block-cursor-text-style": "none",
        "border": "#7db4e0",
        "border-blurred": "#343b47",
        "scrollbar": "#343b47",
        "scrollbar-background": "#1a1e24",
        "scrollbar-corner-color": "#1a1e24",
        "scrollbar-hover": "#4b5565",
        "scrollbar-active": "#7db4e0",
        "input-selection-background": "#35506e",
    },
)

LIGHT = Theme(
    name="qualcode-light",
    primary="#1d5f93",
    secondary="#5d4a99",
    accent="#7d5100",
    warning="#7d5100",
    error="#b3261e",
    success="#216e39",
    foreground="#22262b",
    background="#fbf9f4",
    surface="#f4f0e6",
    panel="#ebe5d7",
    dark=False,
    variables={
        **LIGHT_DEFAULTS,
        "text-muted": "#565b63",
        "block-cursor-background": "#cfe0f2",
        "block-cursor-foreground": "#22262b",
        "block-cursor-blurred-background": "#e4e6e4",
        "block-cursor-text-style": "none",
        "border": "#1d5f93",
        "border-blurred": "#d3cdbf",
        "scrollbar": "#d3cdbf",
        "scrollbar-background": "#f4f0e6",
        "scrollbar-corner-color": "#f4f0e6",
        "scrollbar-hover": "#b9b2a1",
        "scrollbar-active": "#1d5f93",
        "input-selection-background": "#cfe0f2",
    },
)

CONTRAST = Theme(
    name="qualcode-contrast",
    primary="#ffff66",
    secondary="#66ffff",
    accent="#ffff66",
    warning="#ffff66",
    error="#ff9d9d",
    success="#8dff8d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    dark=True,
    variables={
        "ink": "#ffffff",
        "ink-soft": "#d8d8d8",
        "line": "#9a9a9a",
        "mark": "#00408a",
        "here": "#ffff66",
        "text-muted": "#d8d8d8",
        "block-cursor-background": "#00408a",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#3a3a3a",
        "block-cursor-text-style": "bold",
        "border": "#ffff66",
        "border-blurred": "#9a9a9a",
        "scrollbar": "#9a9a9a",
        "scrollbar-background": "#000000",
        "scrollbar-corner-color": "#000000",
        "scrollbar-hover": "#d8d8d8",
        "scrollbar-active": "#ffff66",
        "input-selection-background": "#00408a",
    },
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
