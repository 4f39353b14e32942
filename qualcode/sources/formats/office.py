"""What the readers of .docx, .odt and .rtf share: tables, picture fonts, and telling what was left out.

A table with speakers beside words becomes turns, any other its cells in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from qualcode.i18n import _
from qualcode.resources import grouped_words
from qualcode.sources.dialogue import Piece
from qualcode.sources.draft import DraftTurn
from qualcode.sources.lines import (
    ARROW,
    LABEL_WORDS,
    is_known,
    is_like_words,
    is_short,
    may_be_label,
    milliseconds,
)
from qualcode.text.normal import normal

Grid = list[list[list[Piece]]]
"""Rows of cells, each cell the pieces that stand in it."""

NOT_TEXT = grouped_words(Path(__file__).parent.parent / "data" / "not_text.txt")
_HEADS = ("speaker", "time", "words", "number")


def pieces_of_table(grid: Grid) -> list[Piece]:
    """The turns of a table with a column of speakers and one of words; else the cells in reading order."""
    rows = [row for row in grid if any(row)]
    turns = _turns(rows)
    return [piece for row in rows for cell in row for piece in cell] if turns is None else list(turns)


def _turns(rows: Grid) -> list[DraftTurn] | None:
    width = max((len(row) for row in rows), default=0)
    if not 2 <= width <= 4 or any(len(row) != width for row in rows):
        return None
    texts = [[_text(cell) for cell in row] for row in rows]
    if any(text is None for row in texts for text in row):
        return None
    table = [[text or "" for text in row] for row in texts]
    heads = [_head(cell) for cell in table[0]]
    body = table[1:] if all(heads) else table
    kinds = (
        [head or _kind([row[column] for row in body]) for column, head in enumerate(heads)] if body else []
    )
    if kinds.count("speaker") == 2 and "words" not in kinds:  # every answer is short, and comes back
        kinds[len(kinds) - 1 - kinds[::-1].index("speaker")] = "words"
    if sorted(kind for kind in kinds if kind not in ("time", "number", "empty")) != ["speaker", "words"]:
        return None
    return _rows_to_turns(body, kinds)


def _text(cell: Sequence[Piece]) -> str | None:
    """The words of a cell; `None` when a table with turns of its own lies in it."""
    if any(isinstance(piece, DraftTurn) for piece in cell):
        return None
    return normal("\n".join(piece.text for piece in cell)).strip()


def _head(cell: str) -> str:
    word = cell.casefold().strip(" :")
    return next((kind for kind in _HEADS if word in LABEL_WORDS[kind]), "")


def _kind(column: Sequence[str]) -> str:
    """What a column without a head holds."""
    filled = [cell for cell in column if cell]
    if not filled:
        return "empty"
    if all(milliseconds(cell) is not None or ARROW.fullmatch(cell) for cell in filled):
        return "time"
    if all(cell.strip(".").isdigit() for cell in filled):
        return "number"
    labels = [cell.rstrip(" :") for cell in filled]
    count = Counter(label.casefold() for label in labels)
    if all(is_known(label) for label in labels):
        return "speaker"
    if len(count) < len(labels) and all(_is_label(label) for label in labels):
        return "speaker"
    return "words"


def _is_label(cell: str) -> bool:
    return (
        may_be_label(cell)
        and is_short(cell)
        and not cell.endswith((".", "?", "!"))
        and not is_like_words(cell)
    )


def _rows_to_turns(rows: Sequence[Sequence[str]], kinds: Sequence[str]) -> list[DraftTurn]:
    turns: list[DraftTurn] = []
    for row in rows:
        speaker, words, times = "", "", []
        for cell, kind in zip(row, kinds, strict=True):
            if kind == "speaker":
                speaker = cell.rstrip(" :")
            elif kind == "words":
                words = cell
            elif kind == "time":
                times += [milliseconds(part) for part in cell.split("-->")]
        known = [time for time in times if time is not None]
        if not speaker and turns:
            speaker = turns[-1].speaker
        turns.append(DraftTurn(speaker, words, known[0] if known else None, known[1] if known[1:] else None))
    return turns


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


NOTES, COMMENTS, HIDDEN, DELETED, BOX, STRUCK = "notes", "comments", "hidden", "deleted", "box", "struck"


def told_left_out(met: Collection[str]) -> Iterator[str]:
    """What a reader met beside the plain text, and what it did with that, in words."""
    if NOTES in met:
        yield _("Footnotes and endnotes were left out of the text.")
    if COMMENTS in met:
        yield _("Comments in the margin were left out of the text.")
    if HIDDEN in met:
        yield _("Hidden text was left out.")
    if DELETED in met:
        yield _("Text that was deleted or moved away with tracked changes was left out.")
    if BOX in met:
        yield _("The words of a text box come after the paragraph it hangs on.")
    if STRUCK in met:
        yield _(
            "Words that are struck through in the file stand in the text. Look whether they belong there."
        )
