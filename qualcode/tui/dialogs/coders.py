"""Who is coding: somebody of the project, or somebody new."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Input, Select, Static

from qualcode.i18n import _
from qualcode.model import Coder, CoderKind
from qualcode.tui.dialogs.choose import Choose
from qualcode.tui.dialogs.dialog import Dialog
from qualcode.tui.dialogs.pins import with_pin

if TYPE_CHECKING:
    from qualcode.tui.app import Workbench
    from qualcode.tui.session import Session

ROLES = (CoderKind.PRACTITIONER, CoderKind.RESEARCHER)


def role_choice(chosen: CoderKind, *, id: str) -> Select[CoderKind]:
    """A choice between practitioner and researcher."""
    return Select([(kind.label, kind) for kind in ROLES], value=chosen, allow_blank=False, id=id)


class NewCoder(Dialog[tuple[str, CoderKind]]):
    """Asks a name and a role."""

    def __init__(self) -> None:
        super().__init__(_("Somebody new"))

    def body(self) -> ComposeResult:
        """Two fields and a button."""
        with Horizontal(classes="field"):
            yield Static(Content(_("Name")), classes="label")
            yield Input(id="name")
        with Horizontal(classes="field"):
            yield Static(Content(_("Role")), classes="label")
            yield role_choice(CoderKind.PRACTITIONER, id="role")
        with Horizontal(classes="buttons"):
            yield Button(_("Add"), id="add", variant="primary")

    @on(Input.Submitted)
    @on(Button.Pressed)
    def _ready(self) -> None:
        kind = self.query_one("#role", Select).value
        self.dismiss((self.query_one("#name", Input).value, CoderKind(str(kind))))


def ask_coder(app: Workbench, session: Session, then: Callable[[], object]) -> None:
    """Ask who is coding and go on as them; `then` is called when that is settled."""
    people: list[tuple[str, Coder | None]] = [
        (f"{coder.name} · {coder.kind.label}", coder)
        for coder in session.project.coders.all()
        if coder.kind is not CoderKind.CONSENSUS
    ]
    options = [(words, (coder,)) for words, coder in [*people, (_("Somebody new…"), None)]]

    def chosen(answer: tuple[Coder | None] | None) -> None:
        if answer is None:
            return
        if answer[0] is None:
            app.push_screen(NewCoder(), added)
        else:
            sits_down(answer[0])

    def sits_down(coder: Coder) -> None:
        if coder == session.coder:
            go_on(coder)
        else:
            with_pin(app, session.project, coder, lambda: go_on(coder))

    def added(answer: tuple[str, CoderKind] | None) -> None:
        if answer is not None:
            with app.saying():
                go_on(session.project.coders.add(*answer))

    def go_on(coder: Coder) -> None:
        session.switch_coder(coder)
        app.preferences.opened(session.project.path, coder.name)
        then()

    app.push_screen(Choose(_("Who is coding?"), options), chosen)
