"""A new project: where, who, and with which codebook."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Select, Static

from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.model import CoderKind
from qualcode.store.project import Project
from qualcode.tui.dialogs.coders import role_choice
from qualcode.tui.dialogs.dialog import Dialog

_NO_CODEBOOK = "-"


class NewProject(Dialog[Project]):
    """A form; the answer is the project, made and open, with the first reader at work."""

    def __init__(self) -> None:
        super().__init__(_("New project"))

    def body(self) -> ComposeResult:
        """The fields."""
        from qualcode.tasks.beginning import codebooks_at_hand

        books = [(name, name) for name in codebooks_at_hand()]
        yield from _field(
            _("File"), Input(str(Path.cwd() / _("study.qualcode")), id="file", select_on_focus=False)
        )
        yield from _field(_("Your name"), Input(id="me"))
        yield from _field(_("You are"), role_choice(CoderKind.PRACTITIONER, id="my-role"))
        yield from _field(_("The other reader"), Input(id="other", placeholder=_("may be filled in later")))
        yield from _field(_("Who is"), role_choice(CoderKind.RESEARCHER, id="other-role"))
        yield from _field(
            _("Codebook"),
            Select([*books, (_("none yet"), _NO_CODEBOOK)], value=books[0][0], allow_blank=False, id="book"),
        )
        yield Static(id="problem")
        with Horizontal(classes="buttons"):
            yield Button(_("Begin"), id="begin", variant="primary")
            yield Button(_("Not now"), id="not-now")

    def help_line(self) -> str:
        """What the keys do here."""
        return _("Tab goes to the next field · Enter begins · Esc closes")

    def on_mount(self) -> None:
        """Begin with the name."""
        self.query_one("#me").focus()

    @on(Button.Pressed, "#not-now")
    def _not_now(self) -> None:
        self.action_close()

    @on(Input.Submitted)
    @on(Button.Pressed, "#begin")
    def _begin(self) -> None:
        from qualcode.tasks.beginning import begin

        book = str(self.query_one("#book", Select).value)
        try:
            people = self._people()
            path = Path(self.query_one("#file", Input).value.strip()).expanduser()
            project = begin(path, codebook="" if book == _NO_CODEBOOK else book, people=people)
        except QualcodeError as error:
            self.query_one("#problem", Static).update(Content.styled(str(error), "$error"))
            return
        project.coder = project.coders.get(people[0][0])
        self.dismiss(project)

    def _people(self) -> list[tuple[str, CoderKind]]:
        named = (("#me", "#my-role"), ("#other", "#other-role"))
        people = [
            (
                " ".join(self.query_one(name, Input).value.split()),
                CoderKind(str(self.query_one(role, Select).value)),
            )
            for name, role in named
        ]
        if not people[0][0]:
            raise QualcodeError(_("Fill in your name: it will stand by everything you code."))
        return [person for person in people if person[0]]


def _field(label: str, widget: Widget) -> ComposeResult:
    widget.add_class("wide")
    with Horizontal(classes="field"):
        yield Static(Content(label), classes="label")
        yield widget
