"""A table of rows: calm colours, and the keys of vim beside the arrows."""

from __future__ import annotations

from rich.text import Text
from textual.binding import Binding
from textual.widgets import DataTable


class QuietTable(DataTable[Text]):
    """Cells are `Text`, so that nothing a user wrote is taken for markup."""

    BINDINGS = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "scroll_top", show=False),
        Binding("G", "scroll_bottom", show=False),
    ]
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
