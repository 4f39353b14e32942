"""Tables in which the screen, not the table, has use for Enter and for letters."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from qualcode.tui.widgets.quiet_table import QuietTable

_UP_AND_DOWN: list[BindingType] = [
    Binding("up,k", "cursor_up", show=False),
    Binding("down,j", "cursor_down", show=False),
    Binding("pageup", "page_up", show=False),
    Binding("pagedown", "page_down", show=False),
    Binding("ctrl+home", "scroll_top", show=False),
    Binding("ctrl+end", "scroll_bottom", show=False),
]


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
        Binding("left,h", "cursor_left", show=False),
        Binding("right,l", "cursor_right", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor_type = "cell"
        self.fixed_columns = 1
