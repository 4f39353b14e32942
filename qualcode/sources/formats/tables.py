"""Tables in a document: speaker beside words becomes turns, any other table its cells in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qualcode.sources.dialogue import Piece
from qualcode.sources.draft import DraftTurn
from qualcode.sources.lines import ARROW, is_known, is_speaker_shaped, milliseconds, word_set
from qualcode.text.normal import normal

Grid = list[list[list[Piece]]]
"""Rows of cells, each cell the pieces that stand in it."""

_HEADS = {
    "speaker": word_set("spreker speaker wie who persoon naam name deelnemer participant rol label"),
    "time": word_set("tijd time tijdstip timestamp tijdcode start begin van from"),
    "words": word_set("tekst text wat what uitspraak words woorden transcript transcriptie inhoud fragment"),
    "number": word_set("nr nr. no no. regel regelnummer line # beurt turn"),
}


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
    return next((kind for kind, words in _HEADS.items() if word in words), "")


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
    if all(is_speaker_shaped(label) for label in labels) and (
        all(is_known(label) for label in labels)
        or (len(count) < len(labels) and not any(label.endswith(".") for label in labels))
    ):
        return "speaker"
    return "words"


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
