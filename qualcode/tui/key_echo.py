"""Which keys the terminal sends: a screen that names each one, and what qualcode does with it."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qualcode.i18n import _
from qualcode.tui.actions import ACTIONS, one_key, unseen

_KEPT = 200


def done_by(key: str) -> list[str]:
    """What a key does, on whichever screen."""
    return [_(each.does) for each in ACTIONS if key in each.keys.split(",")]


class KeyEcho(App[None]):
    """Echoes keys and the mouse; ctrl+q ends it."""

    BINDINGS = unseen({"ctrl+q": "quit"}, priority=True)
    ENABLE_COMMAND_PALETTE = False
    CSS = "#echoed { padding: 0 1; } VerticalScroll { height: 1fr; } #about { height: auto; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Content] = []

    def compose(self) -> ComposeResult:
        """A word of explanation, and the keys."""
        words = _(
            "Press keys: here stands what your terminal sends. A key that shows nothing never arrives. ctrl+q ends."
        )
        yield Static(Content.styled(words, "bold"), id="about")
        with VerticalScroll(can_focus=False):
            yield Static(id="echoed")

    def on_key(self, event: events.Key) -> None:
        """Name the key and what it does."""
        event.stop()
        event.prevent_default()
        done = done_by(event.key)
        char = f" {event.character!r}" if event.character and event.is_printable else ""
        self._say(one_key(event.key), f'"{event.key}"{char}', " / ".join(done) or _("nothing in qualcode"))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Name the button and the place."""
        self._say(_("mouse"), _("button {n} at {x}, {y}").format(n=event.button, x=event.x, y=event.y), "")

    def on_paste(self, event: events.Paste) -> None:
        """Say how much was pasted."""
        self._say(_("paste"), _("{n} characters").format(n=len(event.text)), "")

    def _say(self, key: str, sent: str, does: str) -> None:
        line = Content.assemble(Content.styled(f"{key:<16}", "bold"), Content(f"{sent:<32} "), Content(does))
        self._lines = [line, *self._lines][:_KEPT]
        self.query_one("#echoed", Static).update(Content("\n").join(self._lines))
