"""The colours of highlighters in Word documents, by name, by number and in words."""

from __future__ import annotations

import re

from qualcode.files.zipped import Element, attribute, first_child, value_of
from qualcode.i18n import Bilingual

_KNOWN = {
    "yellow": ("FFFF00", Bilingual("geel", "yellow")),
    "green": ("00FF00", Bilingual("groen", "green")),
    "cyan": ("00FFFF", Bilingual("lichtblauw", "light blue")),
    "magenta": ("FF00FF", Bilingual("roze", "pink")),
    "red": ("FF0000", Bilingual("rood", "red")),
    "lightGray": ("C0C0C0", Bilingual("lichtgrijs", "light grey")),
    "darkYellow": ("808000", Bilingual("olijf", "olive")),
    "darkCyan": ("008080", Bilingual("blauwgroen", "teal")),
    "darkGray": ("808080", Bilingual("grijs", "grey")),
    "blue": ("0000FF", Bilingual("blauw", "blue")),
    "darkGreen": ("008000", Bilingual("donkergroen", "dark green")),
    "darkMagenta": ("800080", Bilingual("paars", "purple")),
    "darkRed": ("800000", Bilingual("donkerrood", "dark red")),
    "darkBlue": ("000080", Bilingual("donkerblauw", "dark blue")),
    "black": ("000000", Bilingual("zwart", "black")),
}
MARKERS = tuple(_KNOWN)[:8]
"""The highlighters of Word under which black words stay readable, brightest first."""

_OTHER_WORDS = {
    "turquoise": "cyan",
    "turkoois": "cyan",
    "cyaan": "cyan",
    "fuchsia": "magenta",
    "violet": "darkMagenta",
    "paars": "darkMagenta",
    "lichtgroen": "green",
    "bright green": "green",
    "gray": "darkGray",
    "light gray": "lightGray",
    "oranje": "#FFA500",
    "orange": "#FFA500",
}
_WORDS = {
    **{str(word).casefold(): name for name, (_hex, words) in _KNOWN.items() for word in (words.nl, words.en)},
    **{name.casefold(): name for name in _KNOWN},
    **_OTHER_WORDS,
}
_HEX = re.compile("#?([0-9A-Fa-f]{6})")
_NEAR = 90.0  # distance in RGB within which two programs mean the same marker


def colour_key(text: str) -> str:
    """One name for a colour: that of Word's highlighter if it is (nearly) one, else "#RRGGBB"; "" if unknown."""
    word = " ".join(text.casefold().split())
    if word in _WORDS:
        return _WORDS[word]
    digits = _HEX.fullmatch(text.strip())
    if not digits:
        return ""
    colour = digits[1].upper()
    nearest = min(_KNOWN, key=lambda name: _distance(colour, _KNOWN[name][0]))
    return nearest if _distance(colour, _KNOWN[nearest][0]) <= _NEAR else f"#{colour}"


def is_marker(digits: str) -> bool:
    """Whether "RRGGBB" is exactly the colour of one of Word's highlighters."""
    return any(digits == known for known, _words in _KNOWN.values())


def colour_words(key: str) -> str:
    """A colour as people call it, in the language in use."""
    return str(_KNOWN[key][1]) if key in _KNOWN else key


def tint(colours: list[str]) -> str:
    """A light background "RRGGBB" for words with codes of these colours ("#RRGGBB")."""
    parts = [[int(colour[n : n + 2], 16) for n in (1, 3, 5)] for colour in colours]
    mixed = [sum(part[n] for part in parts) / len(parts) for n in range(3)]
    return "".join(f"{round(255 - (255 - value) * 0.4):02X}" for value in mixed)


def _distance(one: str, other: str) -> float:
    pairs = ((int(one[n : n + 2], 16), int(other[n : n + 2], 16)) for n in (0, 2, 4))
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def colour_behind(properties: Element | None) -> tuple[str, bool]:
    """The colour behind a run, and whether it is a shade rather than a highlighter."""
    if properties is None:
        return "", False
    marker = value_of(properties, "highlight")
    if marker and marker not in ("none", "white"):
        return marker, False
    shade = first_child(properties, "shd")
    fill = "" if shade is None else attribute(shade, "fill")
    return ("" if fill.upper() in ("", "AUTO", "FFFFFF") else fill.upper()), True
