"""The first screen: projects opened lately, a new one, another file, the demo."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Input, OptionList, Select, Static
from textual.widgets.option_list import Option

from qualcode import __version__
from qualcode.errors import QualcodeError
from qualcode.i18n import N_, _, date
from qualcode.model import CoderKind
from qualcode.store.file.files import SUFFIX as PROJECT_SUFFIX
from qualcode.store.project import Project
from qualcode.tui.actions import bindings
from qualcode.tui.common.bars import HintBar
from qualcode.tui.common.dialog import Dialog, buttons, field
from qualcode.tui.common.files import ChooseFile, typed_path
from qualcode.tui.common.lists import QuietList
from qualcode.tui.common.words import styled
from qualcode.tui.program import SENT, InProgram
from qualcode.tui.project.meeting import choose_invitation
from qualcode.tui.project.people import role_choice

_NO_CODEBOOK = "-"


class NewProject(Dialog[Project]):
    """A form; the answer is the project, made and open, with the first reader at work."""

    HELP_LINE = N_("Tab goes to the next field · Enter begins · Esc closes")

    def __init__(self) -> None:
        super().__init__(_("New project"))

    def body(self) -> ComposeResult:
        """The fields."""
        from qualcode.tasks.coding.codebook import codebooks_at_hand

        books = [(name, name) for name in codebooks_at_hand()]
        yield from field(
            _("File"), Input(str(Path.cwd() / _("study.qualcode")), id="file", select_on_focus=False)
        )
        yield from field(_("Your name"), Input(id="me"))
        yield from field(_("You are"), role_choice(CoderKind.PRACTITIONER, id="my-role"))
        yield from field(_("The other reader"), Input(id="other", placeholder=_("may be filled in later")))
        yield from field(_("Who is"), role_choice(CoderKind.RESEARCHER, id="other-role"))
        yield from field(
            _("Codebook"),
            Select([*books, (_("none yet"), _NO_CODEBOOK)], value=books[0][0], allow_blank=False, id="book"),
        )
        yield Static(id="problem")
        yield from buttons(begin=_("Begin"), not_now=_("Not now"))

    def on_mount(self) -> None:
        """Begin with the name."""
        self.query_one("#me").focus()

    @on(Input.Submitted)
    @on(Button.Pressed, "#begin")
    def _begin(self) -> None:
        from qualcode.tasks.project.beginning import begin

        book = str(self.query_one("#book", Select).value)
        try:
            people = self._people()
            path = typed_path(self.query_one("#file", Input).value.strip())
            project = begin(path, codebook="" if book == _NO_CODEBOOK else book, people=people)
        except QualcodeError as error:
            self.say_problem(str(error))
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


class StartScreen(InProgram, Screen[None]):
    """A short list; everything on it is one key or one click away."""

    PLACES = ("start",)
    CSS_PATH = "project.tcss"
    BINDINGS = bindings("start")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal")]
    AUTO_FOCUS = "#choices"

    def compose(self) -> ComposeResult:
        """Name, what it is, the choices."""
        with Center(id="middle"), Vertical(id="card"):
            yield Static(_name(), id="name")
            yield Static(
                Content(
                    _("Read interviews, mark what matters, compare two readings: as simple as on paper.")
                ),
                id="about",
            )
            yield QuietList(*self._choices(), id="choices")
            yield Static(Content.styled(f"qualcode {__version__}", "$ink-soft"), id="version")
        yield HintBar()

    def on_mount(self) -> None:
        """Show the keys."""
        self.query_one(HintBar).hint(
            (
                "start.new",
                "start.invited",
                "start.open",
                "start.demo",
                "app.quit",
                "app.language",
                "app.theme",
            )
        )

    def _choices(self) -> list[Option | None]:
        self._recent = self.workbench.preferences.projects()
        choices: list[Option | None] = [
            _option("n", _("New project"), _("a file, two readers and a codebook"), "new"),
            _option("i", _("I was invited"), _("begin on this laptop with what you were sent"), "invited"),
            _option("o", _("Open a project"), _("a file that is already there"), "open"),
            _option(
                "d", _("Look at the demo"), _("sixteen invented interviews, coded by two people"), "demo"
            ),
        ]
        if not self._recent:
            return choices
        recent = [
            _option(str(n), path.stem, _when(path), f"recent-{n - 1}")
            for n, path in enumerate(self._recent[:9], 1)
        ]
        return [*recent, None, *choices]

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._do(event.option.id or "")

    def _do(self, choice: str) -> None:
        if choice.startswith("recent-"):
            self.workbench.open_path(self._recent[int(choice.removeprefix("recent-"))])
        elif choice:
            getattr(self, f"action_{choice}")()

    def action_recent(self, number: int) -> None:
        """Open the project with that number."""
        if number <= len(self._recent):
            self._do(f"recent-{number - 1}")

    def action_new(self) -> None:
        """Begin a project."""
        self.ask(NewProject(), self.workbench.open)

    def action_open(self) -> None:
        """Open a project file."""
        window = ChooseFile(_("Open a project"), (PROJECT_SUFFIX, *SENT))
        self.ask(window, lambda paths: self.workbench.open_path(paths[0]))

    def action_invited(self) -> None:
        """Choose an invitation, and begin with it."""
        choose_invitation(self.workbench)

    def action_demo(self) -> None:
        """Make the demo project if need be, and open it."""
        self.app.notify(_("One moment, the demo is being made…"), timeout=5)
        self._make_demo()

    @work(thread=True, exclusive=True, group="demo")
    def _make_demo(self) -> None:
        from qualcode.tasks.project.beginning import make_demo

        try:
            project = make_demo()
        except QualcodeError as error:
            self.app.call_from_thread(self.app.notify, str(error), severity="error", timeout=10)
        else:
            self.app.call_from_thread(partial(self.workbench.open, project, demo=True))

    async def action_do(self, action_id: str) -> None:
        """Do an act of the registry (a hint was clicked)."""
        await self.workbench.do(action_id)


def _name() -> Content:
    """The name, with a stroke of the highlighter."""
    return Content.assemble(("qual", "bold $ink"), ("code", "bold $background on $here"))


def _option(key: str, words: str, more: str, option_id: str) -> Option:
    line = styled((f" {key}  ", "bold $here"), (words, "bold"), (f"  {more}", "$ink-soft"))
    return Option(line, id=option_id)


def _when(path: Path) -> str:
    try:
        moment = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except OSError:
        return str(path.parent)
    return f"{date(moment)} · {path.parent}"
