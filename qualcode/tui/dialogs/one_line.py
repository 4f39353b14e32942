"""One line to type in."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from qualcode.i18n import _
from qualcode.tui.dialogs.dialog import Dialog


class OneLine(Dialog[str]):
    """The answer is what was typed; an empty line is no answer."""

    BINDINGS = [Binding("escape", "close", show=False, priority=True)]

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__(title)
        self._text = text

    def body(self) -> ComposeResult:
        """The line."""
        yield Input(self._text, id="typed", select_on_focus=True)

    def help_line(self) -> str:
        """What the keys do here."""
        return _("Enter takes it · Esc closes")

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)
