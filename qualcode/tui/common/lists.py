"""Lists and tables: calm colours, the keys of vim beside the arrows, Enter and letters left to the screen."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text
from textual.binding import BindingType
from textual.widgets import DataTable, OptionList
from textual.widgets.option_list import Option

from qualcode.tui.actions import unseen


class QuietList(OptionList):
    """Options are `Content`, so that nothing a user wrote is taken for markup."""

    BINDINGS = unseen({"j": "cursor_down", "k": "cursor_up", "g": "first", "G": "last"})

    def refill(self, options: Iterable[Option]) -> None:
        """Show other options; the cursor stays on its row, or goes to the last there is."""
        at = self.highlighted or 0
        self.set_options(options)
        self.highlighted = min(at, self.option_count - 1) if self.option_count else None


class QuietTable(DataTable[Text]):
    """Cells are `Text`, so that nothing a user wrote is taken for markup."""

    BINDINGS = unseen({"j": "cursor_down", "k": "cursor_up", "g": "scroll_top", "G": "scroll_bottom"})
    DEFAULT_CSS = """
    QuietTable {
        height: 1fr;
        background: transparent;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 1;
        & > .datatable--header { background: transparent; color: $ink-soft; text-style: none; }
        & > .datatable--cursor { background: $block-cursor-blurred-background; color: $ink; }
        & > .datatable--hover { background: transparent; }
        &:focus { background-tint: transparent; }
        &:focus > .datatable--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, cursor_type="row", zebra_stripes=False)


_UP_AND_DOWN: list[BindingType] = unseen(
    {
        "up,k": "cursor_up",
        "down,j": "cursor_down",
        "pageup": "page_up",
        "pagedown": "page_down",
        "ctrl+home": "scroll_top",
        "ctrl+end": "scroll_bottom",
    }
)


class Rows(QuietTable, inherit_bindings=False):
    """One goes from row to row."""

    BINDINGS = _UP_AND_DOWN


class Grid(QuietTable, inherit_bindings=False):
    """One goes from cell to cell; the first column holds the names of the rows and stays in sight."""

    DEFAULT_CSS = """
    Grid {
        & > .datatable--fixed { background: transparent; color: $ink; }
        & > .datatable--fixed-cursor { background: $block-cursor-blurred-background; color: $ink; }
    }
    """

    BINDINGS = [
        *_UP_AND_DOWN,
        *unseen(
            {"left,h": "cursor_left", "right,l": "cursor_right", "home": "scroll_home", "end": "scroll_end"}
        ),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor_type = "cell"
        self.fixed_columns = 1
