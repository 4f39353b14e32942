"""A row of words that can be clicked: the mode bar, the hints and the quick codes are made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Chip:
    """One word or sign of a row; a click on it runs `action` on the screen, if it has one."""

    label: Content
    action: str = ""
    tip: str = ""


class Chips(Widget, can_focus=False):
    """One row of chips from the left and from the right; what does not fit is left out.

    Chips of the left side fall away from the end, those of the right side from their front.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "Chips { height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._left: Sequence[Chip] = ()
        self._right: Sequence[Chip] = ()
        self._places: list[tuple[int, int, Chip]] = []

    def show(self, left: Sequence[Chip], right: Sequence[Chip] = ()) -> None:
        """Show other chips."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def render(self) -> Content:
        """The row as it fits now."""
        width = self.content_size.width
        left = _fitting(self._left, width)
        used = sum(chip.label.cell_length for chip in left)
        right = _fitting(list(reversed(self._right)), width - used - 1)[::-1]
        gap = width - used - sum(chip.label.cell_length for chip in right)
        self._places = []
        column = 0
        for chip in left:
            column = self._place(chip, column)
        column += max(gap, 0)
        for chip in right:
            column = self._place(chip, column)
        labels = [chip.label for chip in left], [chip.label for chip in right]
        return Content.assemble(*labels[0], " " * max(gap, 0), *labels[1])

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All the room there is."""
        return container.width

    def _place(self, chip: Chip, column: int) -> int:
        end = column + chip.label.cell_length
        self._places.append((column, end, chip))
        return end

    def chip_at(self, column: int) -> Chip | None:
        """The chip in that column of the row."""
        return next((chip for start, end, chip in self._places if start <= column < end), None)

    def column_of(self, action: str) -> int | None:
        """The column in which the chip with that action begins, if it is shown."""
        return next((start for start, _end, chip in self._places if chip.action == action), None)

    async def on_click(self, event: events.Click) -> None:
        """Do what the chip under the mouse stands for."""
        at = event.get_content_offset(self)
        chip = self.chip_at(at.x) if at else None
        if chip and chip.action:
            event.stop()
            await self.run_action(chip.action)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Explain the chip under the mouse, and show that it can be clicked."""
        at = event.get_content_offset(self)
        chip = self.chip_at(at.x) if at else None
        self.tooltip = Content(chip.tip) if chip and chip.tip else None
        self.styles.pointer = "pointer" if chip and chip.action else "default"


def _fitting(chips: Sequence[Chip], width: int) -> list[Chip]:
    fitting: list[Chip] = []
    for chip in chips:
        width -= chip.label.cell_length
        if width < 0:
            break
        fitting.append(chip)
    return fitting
