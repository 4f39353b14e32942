"""What people wrote, fit for a terminal: signs that would steer it or turn its lines about are shown instead.

A name, a memo or a file name may hold any character. Sent raw, an escape sequence moves the cursor, paints over
what stands there or writes to the clipboard, and a direction mark shows words in another order than they have.
"""

from __future__ import annotations

import re

_DIRECTIONS = {
    "\u061c": "ALM",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
# control signs but tab and line ends, line ends of Unicode, direction marks, halves of signs, no characters
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
    "|\r(?!\n)"
)


def visible(text: str) -> str:
    """`text` with each hidden sign shown: ␛ for an escape, ⟨RLO⟩ for a direction mark, ⟨xE9⟩ for a byte that
    is no UTF-8, ⟨U+009B⟩ for the others. Tabs and line ends stay; text without hidden signs is returned as it is."""
    return HIDDEN.sub(_sign, text)


def escaped(json: str) -> str:
    """JSON with the same signs written as \\uXXXX, which every reader of JSON takes for the sign itself."""
    return HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json)


def _sign(found: re.Match[str]) -> str:
    sign = found[0]
    code = ord(sign)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if 0xDC80 <= code <= 0xDCFF:  # so Python keeps a byte of a file name that is no UTF-8
        return f"⟨x{code - 0xDC00:02X}⟩"
    return f"⟨{_DIRECTIONS.get(sign) or f'U+{code:04X}'}⟩"
