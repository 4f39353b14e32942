"""How the width of the reader is divided: line numbers, speakers, margin, text."""

from __future__ import annotations

from dataclasses import dataclass

LANE_WIDTH = 3  # two letters and a bracket
MOST_LANES = 4
_LONGEST_LINE = 92  # longer lines are hard to read


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in cells; a column of 0 is not there. Between columns stands one blank.

    The last cell of `text` is kept free for a caret at the end of a full line.
    """

    number: int
    speaker: int
    lanes: int
    text: int

    @property
    def speaker_x(self) -> int:
        """The column in which speaker labels begin."""
        return self.number + 1 if self.number else 0

    @property
    def margin_x(self) -> int:
        """The column in which the margin begins, with its last lane; the first lane stands next to the text."""
        return self.speaker_x + (self.speaker + 1 if self.speaker else 0)

    @property
    def text_x(self) -> int:
        """The column in which the text begins."""
        return self.margin_x + (self.lanes * LANE_WIDTH + 1 if self.lanes else 0)

    @property
    def line(self) -> int:
        """The cells that a line of text may fill."""
        return max(self.text - 1, 2)

    def lane_at(self, x: int) -> int | None:
        """The lane at column `x`, if there is one."""
        lane = self.lanes - 1 - (x - self.margin_x) // LANE_WIDTH
        return lane if 0 <= lane < self.lanes else None


def columns_for(width: int, *, longest_number: int, longest_speaker: int, focus_mode: bool) -> Columns:
    """The columns for a reader of `width` cells. They depend on nothing that coding changes."""
    if width >= 92:
        lanes, most_speaker = MOST_LANES, 14
    elif width >= 68:
        lanes, most_speaker = 3, 10
    elif width >= 44:
        lanes, most_speaker = 2, 6
    else:
        lanes, most_speaker = (1, 3) if width >= 26 else (1, 0)
    if focus_mode:
        lanes = 0
    number = max(longest_number, 2) if width >= 56 and not focus_mode else 0
    speaker = min(longest_speaker, most_speaker)
    bare = Columns(number, speaker, lanes, 0)
    return Columns(number, speaker, lanes, max(2, min(width - bare.text_x, _LONGEST_LINE)))
