"""Characters that Word draws with a picture font, as ordinary Unicode."""

from __future__ import annotations

# after the code charts of Microsoft's Wingdings and of Adobe's Symbol encoding
_WINGDINGS = {
    0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x76: "❖", 0x9F: "•", 0xA7: "▪",
    0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF3: "⬄",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_SYMBOL = {
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥",
    0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xDB: "⇔", 0xDC: "⇐", 0xDE: "⇒",
}  # fmt: skip


def symbol(font: str, code: str) -> str | None:
    """The character with hexadecimal `code` in `font`; `None` if it is not known.

    Without a font name (a private-use character in running text) Wingdings is tried, then Symbol.
    """
    try:
        value = int(code, 16)
    except ValueError:
        return None
    picture = value - 0xF000 if 0xF000 <= value <= 0xF0FF else value
    if not font:
        return _WINGDINGS.get(picture) or _SYMBOL.get(picture)
    if font.casefold() == "wingdings":
        return _WINGDINGS.get(picture)
    if font.casefold() == "symbol":
        return _SYMBOL.get(picture) or (chr(picture) if 0x20 <= picture < 0x40 else None)
    is_character = 0x20 <= value < 0xD800 or 0xF900 <= value < 0xFFF0
    return chr(value) if is_character else None
