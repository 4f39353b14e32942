"""Who sits here: choosing or adding a coder, and their PIN."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, Input, Select, Static

from qualcode.i18n import _
from qualcode.model import Coder, CoderKind
from qualcode.store.project import Project
from qualcode.tui.common.dialog import Choose, Dialog, OneLine, buttons, field
from qualcode.tui.program import Program
from qualcode.tui.session import Session


class AskPin(OneLine):
    """A line in which what is typed is not shown."""

    def __init__(self, title: str, about: str = "") -> None:
        super().__init__(title)
        self._about = about

    def body(self) -> ComposeResult:
        """The line."""
        if self._about:
            yield Static(Content(self._about))
        yield Input(password=True, id="pin")

    def answer(self, typed: str) -> str:
        """Nothing typed is an answer too, and a space may be part of a PIN."""
        return typed


def with_pin(app: Program, project: Project, coder: Coder, then: Callable[[], object]) -> None:
    """Call `then` at once, or when the coder's PIN was typed; a wrong one is refused with words."""
    if not project.pins.has(coder):
        then()
        return

    def typed(pin: str) -> None:
        project.pins.ask(coder, pin)
        then()

    app.ask(AskPin(_("{name}, your PIN").format(name=coder.name)), typed)


def change_pin(app: Program, project: Project, coder: Coder) -> None:
    """Give a coder a PIN, another one, or (by an empty line) none any more."""
    about = _("Asked when {name} sits down at this laptop. Empty: no PIN any more.").format(name=coder.name)

    def with_old(old: str) -> None:
        def typed(pin: str) -> None:
            if pin:
                project.pins.set(coder, pin, old)
                app.notify(_("From now on {name} is asked for the PIN.").format(name=coder.name))
            elif project.pins.has(coder):
                project.pins.clear(coder, old)
                app.notify(_("{name} is no longer asked for a PIN.").format(name=coder.name))

        app.ask(AskPin(_("New PIN for {name}").format(name=coder.name), about), typed)

    if not project.pins.has(coder):
        with_old("")
        return

    def old_typed(old: str) -> None:
        project.pins.ask(coder, old)
        with_old(old)

    app.ask(AskPin(_("The PIN of {name} now").format(name=coder.name)), old_typed)


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
        yield from field(_("Name"), Input(id="name"))
        yield from field(_("Role"), role_choice(CoderKind.PRACTITIONER, id="role"))
        yield from buttons(add=_("Add"))

    @on(Input.Submitted)
    @on(Button.Pressed)
    def _ready(self) -> None:
        kind = self.query_one("#role", Select).value
        self.dismiss((self.query_one("#name", Input).value, CoderKind(str(kind))))


def choose_person(
    app: Program,
    session: Session,
    title: str,
    then: Callable[[Coder], object],
    *,
    about: str = "",
    but: Coder | None = None,
) -> None:
    """Choose one of those who code (`but` one), or add somebody new; `then` is called with them."""
    people: list[tuple[str, Coder | None]] = [
        (f"{coder.name} · {coder.kind.label}", coder)
        for coder in session.project.coders.all()
        if coder.kind is not CoderKind.CONSENSUS and coder != but
    ]
    options = [(words, (coder,)) for words, coder in [*people, (_("Somebody new…"), None)]]

    def chosen(answer: tuple[Coder | None]) -> None:
        if answer[0] is None:
            app.ask(NewCoder(), lambda new: then(session.newcomer(*new)))
        else:
            then(answer[0])

    app.ask(Choose(title, options, about=about), chosen)


def ask_coder(app: Program, session: Session, then: Callable[[], object]) -> None:
    """Ask who is coding and go on as them; `then` is called when that is settled."""

    def sits_down(coder: Coder) -> None:
        if coder == session.coder:
            go_on(coder)
        else:
            with_pin(app, session.project, coder, lambda: at_this_laptop(coder))

    def at_this_laptop(coder: Coder) -> None:
        if not session.project.keys.only_elsewhere(coder):
            go_on(coder)
            return
        about = _(
            "{name} works on another laptop. Work in the name of {name} is signed there, and not here: the others are "
            "asked to confirm it when it comes to them."
        ).format(name=coder.name)
        options = [
            (
                _("I am {name}, and this laptop is mine as well").format(name=coder.name),
                lambda: moves_in(coder),
            ),
            (_("I am not {name}").format(name=coder.name), lambda: None),
        ]
        app.ask(Choose(_("Who are you?"), options, about=about), lambda do: do())

    def moves_in(coder: Coder) -> None:
        session.switch_coder(coder)
        session.project.keys.make(coder)
        go_on(coder)

    def go_on(coder: Coder) -> None:
        session.switch_coder(coder)
        app.preferences.opened(session.project.path, coder.name)
        then()

    unknown = _(
        "This laptop does not know who sits here. What you do is kept under the name you choose; "
        "with Esc you only read."
    )
    choose_person(app, session, _("Who are you?"), sits_down, about="" if session.coder else unknown)
