"""The keys that work here, by group; what stands here comes from the registry of actions."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qualcode.i18n import _
from qualcode.tui.actions import ACTIONS, grouped, key_words
from qualcode.tui.dialogs.dialog import Dialog


class KeysHelp(Dialog[None]):
    """A list to scroll through."""

    CSS_PATH = ["dialog.tcss", "keys_help.tcss"]
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
        for heading, acts in grouped(here).items():
            lines.append(Content.styled(("\n" if lines else "") + _(heading), "bold $primary"))
            for act in acts:
                keys = self.workbench.own_keys.get(act.id, act.keys)
                shown = "1–9" if act.counted else key_words(keys)
                lines.append(
                    Content.assemble(Content.styled(f"{shown:>22}  ", "bold $here"), Content(_(act.does)))
                )
        return Content("\n").join(lines)

    def action_scroll(self, by: int) -> None:
        """Scroll a line."""
        self.query_one("#keys").scroll_relative(y=by, animate=False)
