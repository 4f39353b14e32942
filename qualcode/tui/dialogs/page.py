"""A page to read, and nothing else."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qualcode.i18n import _
from qualcode.tui.dialogs.dialog import Dialog


class Page(Dialog[None]):
    """Words in a window that can be scrolled; they can be selected and copied with the mouse."""

    BINDINGS = [
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
        Binding("enter", "close", show=False),
    ]

    def __init__(self, title: str, words: Content) -> None:
        super().__init__(title)
        self._words = words

    def body(self) -> ComposeResult:
        """The words."""
        with VerticalScroll(id="page"):
            yield Static(self._words)

    def help_line(self) -> str:
        """What the keys do here."""
        return _("↑ ↓ scroll · Esc or q closes")

    def action_scroll(self, by: int) -> None:
        """Scroll a line."""
        self.query_one("#page").scroll_relative(y=by, animate=False)
