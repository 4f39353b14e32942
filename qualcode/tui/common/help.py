"""Finding one's way: the keys that work here, and a jump to any pane or step."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from qualcode.i18n import _
from qualcode.tui.actions import ACTIONS, grouped, key_words
from qualcode.tui.common.bars import ModeBar
from qualcode.tui.common.dialog import DIALOG_STYLE, Dialog
from qualcode.tui.steps import STEPS


class KeysHelp(Dialog[None]):
    """A list to scroll through."""

    CSS_PATH = [DIALOG_STYLE, "keys_help.tcss"]
    BINDINGS = [
        Binding("f1,question_mark", "close", show=False),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
    ]

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__(_("Keys"))
        self._places = places

    def body(self) -> ComposeResult:
        """Group by group."""
        with VerticalScroll(id="keys"):
            yield Static(self._words())

    def help_line(self) -> str:
        """What the keys do here."""
        return _("↑ ↓ scroll · Esc or q closes · everything by name: ctrl+p")

    def _words(self) -> Content:
        here = [action for place in self._places for action in ACTIONS if action.where == place]
        lines: list[Content] = []
        for heading, group in grouped(here).items():
            lines.append(Content.styled(("\n" if lines else "") + _(heading), "bold $primary"))
            for each in group:
                keys = self.workbench.own_keys.get(each.id, each.keys)
                shown = "1–9" if each.counted else key_words(keys)
                lines.append(
                    Content.assemble(Content.styled(f"{shown:>22}  ", "bold $here"), Content(_(each.does)))
                )
        return Content("\n").join(lines)

    def action_scroll(self, by: int) -> None:
        """Scroll a line."""
        self.query_one("#keys").scroll_relative(y=by, animate=False)


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
