"""Visible characters: where a text may be cut, and what a terminal shows for it.

Two notions. A *cluster* is one character to a reader, after Unicode Standard Annex
#29, section 3.1 (rules GB9, GB9a, GB11 to GB13): no coding may begin or end inside
one. A *glyph* is what stands in one or two cells of a terminal: a cluster together
with the invisible characters around it (zero-width space, soft hyphen, direction
marks), so that every glyph has a width and every width a glyph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_KEYCAP = "\u20e3"
_DOTTED_CIRCLE = "◌"
_INVISIBLE = frozenset("\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x2070), *range(0xFFF9, 0xFFFC))
}
_PICTOGRAPHS = re.compile(
    "[©®‼⁉™ℹ\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935\u2b05-\u2b55"
    "〰〽㊗㊙\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff]"
)


class _Kinds(dict[int, str]):
    """The kind of each character, one letter, found when first asked for.

    r: half of a flag, e: pictograph, m: skin tone, j: zero-width joiner, z: mark on the
    character before it, i: invisible by itself, c: control, o: all others.
    """

    def __missing__(self, code: int) -> str:
        self[code] = kind = _kind(chr(code))
        return kind


def _kind(char: str) -> str:
    if char == _JOINER:
        return "j"
    if char in _INVISIBLE:
        return "i"
    if "\U0001f1e6" <= char <= "\U0001f1ff":
        return "r"
    if "\U0001f3fb" <= char <= "\U0001f3ff":
        return "m"
    if _PICTOGRAPHS.match(char):
        return "e"
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Mc") or char == "\u200c" or "\U000e0020" <= char <= "\U000e007f":
        return "z"
    if category in ("Cc", "Cs", "Zl", "Zp"):
        return "c"
    return "z" if _cells(char) == 0 else "o"


_KINDS = _Kinds()
_GLYPH = re.compile(r"[zij]*(?:rr|e(?:[mzj]|(?<=j)e)*|[^zij])[zij]*|[zij]+")
# Characters that fill one cell each and join with no neighbour: Latin, Greek and Cyrillic letters
# and the punctuation of Western languages. Text made of these needs no table.
_NOT_PLAIN = re.compile(
    r"[^ -~\xa0-\xac\xae-\u02ff\u0370-\u0377\u0384-\u0482\u048a-\u052f"
    r"\u2010-\u2015\u2018-\u201f\u2022\u2026\u2030-\u203a\u20ac]"
)
_SIGNS = {"\t": "→", "\x7f": "␡"} | {chr(code): chr(0x2400 + code) for code in range(32) if code != 9}


def is_plain(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether every character of the stretch is one cluster and fills one cell."""
    return _NOT_PLAIN.search(text, start, len(text) if end is None else end) is None


def glyphs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The stretch cut into glyphs, as (start, end); together they cover all of it.

    Cutting again from an edge gives the same glyphs, so a line may be cut by itself.
    """
    kinds = text[start:end].translate(_KINDS)
    for match in _GLYPH.finditer(kinds):
        yield start + match.start(), start + match.end()


@lru_cache(maxsize=8192)
def shown(glyph: str) -> tuple[str, int]:
    """What a terminal is given for one glyph, and the cells it fills (1 or 2).

    A tab, a control character or half a character is shown by one sign; characters that terminals
    disagree about (invisible ones, joiners between letters) are left out.
    """
    kinds = glyph.translate(_KINDS)
    base = next((index for index, kind in enumerate(kinds) if kind not in "zij"), None)
    if base is None:
        marks = "".join(char for char in glyph if unicodedata.category(char) in ("Mn", "Me"))
        return (_DOTTED_CIRCLE + marks, 1) if _cells(_DOTTED_CIRCLE + marks) == 1 else ("·", 1)
    if kinds[base] == "c":
        return _SIGNS.get(glyph[base], "\N{REPLACEMENT CHARACTER}"), 1
    if kinds[base] == "m":
        return "·", 1
    face = _face(glyph[base:], kinds[base:])
    return face, _cells(face)


def _face(glyph: str, kinds: str) -> str:
    """`glyph` without what a terminal does not need, or would draw in its own way."""
    emoji = kinds[0] in "er"
    kept = []
    for index, (char, kind) in enumerate(zip(glyph, kinds, strict=True)):
        if kind == "i" or (kind == "j" and not (emoji and kinds[index + 1 : index + 2] == "e")):
            continue
        if kind == "m" and kinds[index - 1] == "m":
            continue
        if char == _EMOJI_STYLE and not (emoji or glyph[index + 1 : index + 2] == _KEYCAP):
            continue
        kept.append(char)
    return "".join(kept)


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def splits_cluster(text: str, position: int) -> bool:
    """Whether a cut at `position` would fall inside one visible character.

    Covers combining marks, variation selectors, emoji joined by U+200D, skin
    tones, keycaps and pairs of regional indicators (flags).
    """
    if position <= 0 or position >= len(text):
        return False
    left, right = _KINDS[ord(text[position - 1])], _KINDS[ord(text[position])]
    if right in "zj":
        return left != "c"
    if right == "e":
        return left == "j" and _before_marks(text, position) == "e"
    if right == "m":
        return _before_marks(text, position) == "e"
    if left == right == "r":
        first = position - 1
        while first > 0 and _KINDS[ord(text[first - 1])] == "r":
            first -= 1
        return (position - first) % 2 == 1
    return False


def _before_marks(text: str, position: int) -> str:
    """The kind of the character that the marks and joiners before `position` belong to."""
    position -= 1
    while position > 0 and _KINDS[ord(text[position])] in "zjm":
        position -= 1
    return _KINDS[ord(text[position])]


def whole_clusters(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch widened until neither edge falls inside a visible character."""
    while splits_cluster(text, start):
        start -= 1
    while splits_cluster(text, end):
        end += 1
    return start, end
