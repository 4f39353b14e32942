"""A list of choices with the keys of vim beside the arrows."""

from __future__ import annotations

from textual.binding import Binding
from textual.widgets import OptionList


class QuietList(OptionList):
    """Options are `Content`, so that nothing a user wrote is taken for markup."""

    BINDINGS = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "first", show=False),
        Binding("G", "last", show=False),
    ]
