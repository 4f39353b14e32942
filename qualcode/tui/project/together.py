"""What two people do as a pair: rounds, looking back, sharing, PINs, settings; one short list to begin with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.reports.wording.sentences import sample_warnings
from qualcode.store.project import Project
from qualcode.tasks.comparing.comparison import draw_sample
from qualcode.tasks.project.settings import CHOICES, choose, value_of
from qualcode.tasks.project.settings import in_words as value_in_words
from qualcode.tasks.project.sharing import advice, in_words, share_file, take
from qualcode.tui.common.dialog import Choose, Dialog, OneLine, TextPage
from qualcode.tui.common.files import ChooseFile
from qualcode.tui.common.lists import QuietList
from qualcode.tui.comparing.rounds import RoundWindows
from qualcode.tui.program import Program
from qualcode.tui.project.conflicts import Deciding
from qualcode.tui.project.people import change_pin
from qualcode.tui.session import Session


class SettingsForm(Dialog[None]):
    """A list of settings with their values and what they mean."""

    BINDINGS = [Binding("space", "turn", show=False)]

    def __init__(self, project: Project) -> None:
        super().__init__(_("Settings of this project"))
        self._project = project

    def body(self) -> ComposeResult:
        """The list."""
        yield QuietList(id="settings")

    def help_line(self) -> str:
        """What the keys do here."""
        return _("Enter turns it on or off, or lets you type · Esc closes · every change can be undone")

    def on_mount(self) -> None:
        """Fill the list."""
        self._fill()

    def _fill(self) -> None:
        options = []
        for one in CHOICES:
            value: Any = value_of(self._project, one)
            sign = ("■ " if value else "□ ") if one.is_switch else "  "
            shown = "" if one.is_switch else f" {value_in_words(value)} "
            words = [
                Content.styled(sign, "$here"),
                Content(_(one.does)),
                Content.styled(shown, "bold $here"),
            ]
            options.append(Option(Content.assemble(*words)))
        self.query_one(QuietList).refill(options)

    @on(OptionList.OptionSelected)
    def action_turn(self) -> None:
        """Change the setting under the cursor."""
        at = self.query_one("#settings", OptionList).highlighted
        if at is None:
            return
        one = CHOICES[at]
        value = value_of(self._project, one)
        if one.is_switch:
            self._choose(one.name, "off" if value else "on")
            return

        def typed(words: str | None) -> None:
            if words is not None:
                self._choose(one.name, words)

        self.app.push_screen(OneLine(_(one.does), value_in_words(value)), typed)

    def _choose(self, name: str, words: str) -> None:
        with self.workbench.saying():
            choose(self._project, name, words)
        self._fill()


Then = Callable[[], object]


def show_together(app: Program, session: Session, then: Then) -> None:
    """Ask what to do; `then` is called when something may have changed."""
    rounds = RoundWindows(app, session, then)
    choices: list[tuple[str, Then]] = [
        (_("Start a round: code independently, sealed until all have finished"), rounds.start),
        (_("How far the rounds are"), rounds.show),
        (_("Close a round"), rounds.close),
        (_("Open a seal, with a reason"), rounds.open_seal),
        (_("Look back on a round: five questions"), rounds.look_back),
        (_("Share my work: one small file for the other laptop"), lambda: share(app, session)),
        (_("Take in the work of the other"), lambda: take_in(app, session, then)),
        (_("Decide what both changed apart"), Deciding(app, session, then).go_on),
        (_("My PIN on this laptop"), lambda: my_pin(app, session)),
        (_("Draw by lot which interviews both will code"), lambda: draw(app, session)),
        (_("Settings of this project"), lambda: settings(app, session.project, then)),
    ]

    def chosen(do: Then | None) -> None:
        if do is not None:
            do()

    app.push_screen(Choose(_("Together"), choices), chosen)


def share(app: Program, session: Session) -> None:
    """Write the share file of the person at work."""
    with app.saying():
        path = share_file(session.project, session.project.require_coder())
        words = _("Saved: {path}. The other takes it in from the same list (@).").format(path=path)
        said = advice(session.project.path)
        app.push_screen(TextPage(_("Share my work"), Content(f"{words}\n\n{said}" if said else words)))


def take_in(app: Program, session: Session, then: Then) -> None:
    """Choose a file, show what it would bring, and take it in if that is agreed."""

    def chosen(paths: list[Path] | None) -> None:
        if paths:
            with app.saying():
                _look_first(app, session, paths[0], then)

    folder = session.project.path.parent
    app.push_screen(
        ChooseFile(_("Take in the work of the other"), (".qcx", ".qualcode"), folder=folder), chosen
    )


def _look_first(app: Program, session: Session, path: Path, then: Then) -> None:
    project = session.project
    brought = "\n".join(in_words(take(project, path, preview=True)))

    def agreed(yes: bool | None) -> None:
        if not yes:
            return
        with app.saying():
            merged = take(project, path)
            session.reload()
            then()
            said = "\n".join(in_words(merged))

            def read(_answer: None) -> None:
                if project.conflicts.all():
                    Deciding(app, session, then).go_on()

            app.push_screen(TextPage(_("Taken in"), Content(said)), read)

    options = [(_("Take it in"), True), (_("Leave it"), False)]
    app.push_screen(Choose(_("This is what it brings"), options, about=brought), agreed)


def draw(app: Program, session: Session) -> None:
    """Draw a sample to code twice, spread over informants and cases; a round then begins with it ticked."""

    def typed(words: str | None) -> None:
        if words is None:
            return
        with app.saying():
            sample = draw_sample(session.project, share_in(words))
            names = {transcript.id: transcript.name for transcript in session.transcripts}
            lines = [_("Seed {seed}; kept in the project.").format(seed=sample.seed), ""]
            lines += [names[key] for key in sample.drawn]
            page = "\n".join([*lines, "", *sample_warnings(sample)]).rstrip()
            app.push_screen(TextPage(_("Drawn to be coded twice"), Content(page)))

    app.push_screen(OneLine(_("How many, in per cent? (10 to 25 is usual)"), "20"), typed)


def share_in(words: str) -> float:
    """A percentage that was typed, as a share; raises `InputError` if it is none."""
    try:
        return float(words.replace(",", ".").removesuffix("%")) / 100
    except ValueError as error:
        raise InputError(_("Give a number of per cent, such as 20.")) from error


def my_pin(app: Program, session: Session) -> None:
    """Set, change or take away the PIN of the person at work."""
    with app.saying():
        change_pin(app, session.project, session.project.require_coder())


def settings(app: Program, project: Project, then: Then) -> None:
    """Show and change what was chosen for the project."""

    def closed(_answer: None) -> None:
        then()

    app.push_screen(SettingsForm(project), closed)
