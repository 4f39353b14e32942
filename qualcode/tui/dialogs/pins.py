"""PINs: asked for when somebody else sits down, set and taken away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, Static

from qualcode.i18n import _
from qualcode.model import Coder
from qualcode.store.project import Project
from qualcode.tui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from qualcode.tui.app import Workbench


class AskPin(Dialog[str]):
    """A line in which what is typed is not shown."""

    BINDINGS = [Binding("escape", "close", show=False, priority=True)]

    def __init__(self, title: str, about: str = "") -> None:
        super().__init__(title)
        self._about = about

    def body(self) -> ComposeResult:
        """The line."""
        if self._about:
            yield Static(Content(self._about))
        yield Input(password=True, id="pin")

    def help_line(self) -> str:
        """What the keys do here."""
        return _("Enter takes it · Esc closes")

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)


def with_pin(app: Workbench, project: Project, coder: Coder, then: Callable[[], object]) -> None:
    """Call `then` at once, or when the coder's PIN was typed; a wrong one is refused with words."""
    if not project.pins.has(coder):
        then()
        return

    def typed(pin: str | None) -> None:
        if pin is None:
            return
        with app.saying():
            project.pins.ask(coder, pin)
            then()

    app.push_screen(AskPin(_("{name}, your PIN").format(name=coder.name)), typed)


def change_pin(app: Workbench, project: Project, coder: Coder) -> None:
    """Give a coder a PIN, another one, or (by an empty line) none any more."""
    about = _("Asked when {name} sits down at this laptop. Empty: no PIN any more.").format(name=coder.name)

    def with_old(old: str) -> None:
        def typed(pin: str | None) -> None:
            if pin is None:
                return
            with app.saying():
                if pin:
                    project.pins.set(coder, pin, old)
                    app.notify(_("From now on {name} is asked for the PIN.").format(name=coder.name))
                elif project.pins.has(coder):
                    project.pins.clear(coder, old)
                    app.notify(_("{name} is no longer asked for a PIN.").format(name=coder.name))

        app.push_screen(AskPin(_("New PIN for {name}").format(name=coder.name), about), typed)

    if not project.pins.has(coder):
        with_old("")
        return

    def old_typed(old: str | None) -> None:
        if old is not None:
            with app.saying():
                project.pins.ask(coder, old)
                with_old(old)

    app.push_screen(AskPin(_("The PIN of {name} now").format(name=coder.name)), old_typed)
