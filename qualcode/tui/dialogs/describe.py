"""Name, case and informant of a transcript."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Input, Select, Static

from qualcode.i18n import _
from qualcode.model import Role, Transcript
from qualcode.tui.dialogs.dialog import Dialog

_UNKNOWN = "-"


@dataclass(frozen=True)
class Description:
    """What was filled in."""

    name: str
    case: str
    informant: Role | None


class Describe(Dialog[Description]):
    """A form of three fields."""

    def __init__(self, transcript: Transcript) -> None:
        super().__init__(transcript.name)
        self._transcript = transcript

    def body(self) -> ComposeResult:
        """The fields, filled in as things stand."""
        roles = [(_("unknown"), _UNKNOWN), *((role.label, role.value) for role in Role)]
        chosen = self._transcript.informant.value if self._transcript.informant else _UNKNOWN
        with Horizontal(classes="field"):
            yield Static(Content(_("Name")), classes="label")
            yield Input(self._transcript.name, id="name", classes="wide")
        with Horizontal(classes="field"):
            yield Static(Content(_("Case")), classes="label")
            yield Input(self._transcript.case, id="case", classes="wide")
        with Horizontal(classes="field"):
            yield Static(Content(_("Informant")), classes="label")
            yield Select(roles, value=chosen, allow_blank=False, id="informant", classes="wide")
        with Horizontal(classes="buttons"):
            yield Button(_("Keep"), id="keep", variant="primary")

    def help_line(self) -> str:
        """What the keys do here."""
        return _("Tab goes to the next field · Enter keeps · Esc closes")

    @on(Input.Submitted)
    @on(Button.Pressed)
    def _keep(self) -> None:
        chosen = str(self.query_one("#informant", Select).value)
        self.dismiss(
            Description(
                self.query_one("#name", Input).value,
                self.query_one("#case", Input).value,
                None if chosen == _UNKNOWN else Role(chosen),
            )
        )
