"""Jump mode: a letter over every pane, a number over every step; one key goes there."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from qualcode.i18n import _
from qualcode.tui.steps import STEPS
from qualcode.tui.widgets.mode_bar import ModeBar

_LETTERS = "asdfghjkl"


class Jump(ModalScreen[None]):
    """Signs over the screen below; any other key closes it."""

    CSS_PATH = "jump.tcss"

    def compose(self) -> ComposeResult:
        """The signs, put in place when the size is known."""
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        self._panes: dict[str, str] = {}
        for letter, pane in zip(_LETTERS, getattr(below, "PANES", ()), strict=False):
            widget = below.query(f"#{pane}").first() if below and below.query(f"#{pane}") else None
            if widget is not None and widget.region.area:
                self._panes[letter] = pane
                yield self._sign(letter, widget.region.x + 1, widget.region.y)
        bars = list(below.query(ModeBar)) if below else []
        for number, step in enumerate(STEPS, 1):
            column = bars[0].column_of(f"app.go_to_step('{step.id}')") if bars else None
            if column is not None:
                yield self._sign(str(number), column, 0)
        words = _("Press a letter to go to a pane, a number for a step. Esc closes.")
        yield Static(Content(words), id="jump-help")

    def _sign(self, text: str, x: int, y: int) -> Static:
        sign = Static(Content(f" {text} "), classes="sign")
        sign.styles.offset = (x, y)
        return sign

    def on_key(self, event: events.Key) -> None:
        """Go there, or close."""
        event.stop()
        below = self.app.screen_stack[-2]
        self.dismiss(None)
        if event.key in self._panes:
            below.query_one(f"#{self._panes[event.key]}").focus()
        elif event.key.isdecimal() and 1 <= int(event.key) <= len(STEPS):
            self.app.call_later(self.app.run_action, f"app.go_to_step('{STEPS[int(event.key) - 1].id}')")

    def on_click(self) -> None:
        """Close."""
        self.dismiss(None)
