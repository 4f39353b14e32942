"""What is known of a case: a field for each column of the table of respondents, and who was heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Checkbox, Input, Static

from qualcode.i18n import _
from qualcode.model import Role
from qualcode.tui.dialogs.dialog import Dialog


@dataclass(frozen=True, slots=True)
class Known:
    """What was filled in: attributes by name, and the informants who were heard."""

    attributes: Mapping[str, str]
    heard: frozenset[Role]


class CaseForm(Dialog[Known]):
    """A form. `columns` are the names of the attributes with the words for them; `heard` those heard already."""

    def __init__(
        self,
        title: str,
        columns: Sequence[tuple[str, str]],
        attributes: Mapping[str, str],
        heard: frozenset[Role],
        fixed: frozenset[Role],
    ) -> None:
        super().__init__(title)
        self._columns = columns
        self._attributes = attributes
        self._heard = heard
        self._fixed = fixed  # of these there is an interview, so they were heard

    def body(self) -> ComposeResult:
        """The fields, and a tick per informant."""
        for n, (name, label) in enumerate(self._columns):
            with Horizontal(classes="field"):
                yield Static(Content(label), classes="label")
                yield Input(self._attributes.get(name, ""), id=f"field-{n}", classes="wide")
        with Horizontal(classes="field"):
            for role in (Role.TEACHER, Role.CARE_WORKER, Role.CHILD, Role.FILE):
                yield Checkbox(
                    Content(role.label), role in self._heard, id=f"heard-{role}", disabled=role in self._fixed
                )
        with Horizontal(classes="buttons"):
            yield Button(_("Keep"), id="keep", variant="primary")

    def help_line(self) -> str:
        """What the keys do here."""
        return _("Tab goes to the next field · Space ticks · Enter keeps · Esc closes")

    @on(Input.Submitted)
    @on(Button.Pressed)
    def _keep(self) -> None:
        filled = {
            name: " ".join(self.query_one(f"#field-{n}", Input).value.split())
            for n, (name, _label) in enumerate(self._columns)
        }
        heard = frozenset(
            Role(str(box.id).removeprefix("heard-")) for box in self.query(Checkbox) if box.value
        )
        self.dismiss(Known({name: words for name, words in filled.items() if words}, heard))
