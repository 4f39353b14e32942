"""Why a difference is settled so: where it came from, and a line for who reads it later."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Input, Select, Static

from qualcode.i18n import _
from qualcode.store.decisions import Why
from qualcode.tui.dialogs.dialog import Dialog


@dataclass(frozen=True, slots=True)
class Given:
    """A reason, and a line in words."""

    reason: Why
    text: str


class GiveReason(Dialog[Given]):
    """One choice and one line; where a reason is `owed`, one of the two must be filled in."""

    BINDINGS = [Binding("escape", "close", show=False, priority=True)]

    def __init__(self, title: str, about: str, *, owed: bool) -> None:
        super().__init__(title)
        self._about = about
        self._owed = owed

    def body(self) -> ComposeResult:
        """What is settled, where it came from, and why."""
        yield Static(Content(self._about))
        reasons = [(why.label or _("not said"), why.value) for why in Why]
        with Horizontal(classes="field"):
            yield Static(Content(_("In a line, why")), classes="label")
            yield Input(id="text", classes="wide")
        with Horizontal(classes="field"):
            yield Static(Content(_("It came from")), classes="label")
            yield Select(reasons, value=Why.NONE.value, allow_blank=False, id="reason", classes="wide")
        yield Static(id="problem")
        with Horizontal(classes="buttons"):
            yield Button(_("Settle"), id="settle", variant="primary")

    def help_line(self) -> str:
        """What the keys do here."""
        return _("Enter settles it · Tab goes to the next field · Esc leaves it open")

    @on(Input.Submitted)
    @on(Button.Pressed)
    def _ready(self) -> None:
        text = self.query_one("#text", Input).value.strip()
        reason = Why(str(self.query_one("#reason", Select).value))
        if self._owed and not text and not reason:
            problem = _("Say in a line why: the one who gives way will want to read it later.")
            self.query_one("#problem", Static).update(Content.styled(problem, "$error"))
            return
        self.dismiss(Given(reason, text))
