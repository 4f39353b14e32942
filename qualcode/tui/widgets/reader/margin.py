"""The margin of one line: brackets, mnemonics, and `+n` where there are more marks than lanes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qualcode.tui.widgets.reader.columns import LANE_WIDTH
from qualcode.tui.widgets.reader.fitting import fit
from qualcode.tui.widgets.reader.lanes import Placed
from qualcode.tui.widgets.reader.marks import Mark, Side


class Bracket(NamedTuple):
    """The signs of one line weight."""

    top: str
    middle: str
    bottom: str
    single: str
    memo: str


BRACKETS: dict[Side, Bracket] = {
    "a": Bracket("┐", "│", "└", "┤", "◇"),
    "b": Bracket("┓", "┃", "┗", "┫", "◆"),
    "consensus": Bracket("╗", "║", "╚", "╣", "◈"),
}


class MarginCell(NamedTuple):
    """What stands in one lane on one line: two letters and a sign, and in which colours (empty: none)."""

    label: str
    sign: str
    label_colour: str = ""
    colour: str = ""


_NO_LABEL = " " * (LANE_WIDTH - 1)
_EMPTY = MarginCell(_NO_LABEL, " ")


def margin_cells(line: int, marks: Sequence[tuple[Mark, Placed, int]], lanes: int) -> list[MarginCell]:
    """The lanes of a line, the first one first; `marks` are those that cover it, with lines and lanes."""
    cells = [_EMPTY] * lanes
    hidden = 0
    for mark, placed, lane in marks:
        if lane < lanes:
            cells[lane] = MarginCell(
                _label(line, mark, placed), _sign(line, mark, placed), mark.colour, mark.colour
            )
        else:
            hidden += 1
    if hidden and lanes:
        cells[-1] = cells[-1]._replace(label=f"+{hidden}" if hidden < 10 else "++", label_colour="")
    return cells


def _label(line: int, mark: Mark, placed: Placed) -> str:
    return fit(mark.mnemonic, LANE_WIDTH - 1) if line == placed.first else _NO_LABEL


def _sign(line: int, mark: Mark, placed: Placed) -> str:
    bracket = BRACKETS[mark.side]
    if line == placed.first:
        if mark.memo:
            return bracket.memo
        return bracket.single if placed.first == placed.last else bracket.top
    return bracket.bottom if line == placed.last else bracket.middle
