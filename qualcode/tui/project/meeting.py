"""The first meeting of two laptops on the screen: a file that the other sent, on a laptop where no project is open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, Input, Static

from qualcode.errors import QualcodeError
from qualcode.i18n import N_, _
from qualcode.store.file.files import INVITATION_SUFFIX, project_id
from qualcode.store.journal.share import read_share
from qualcode.store.project import Project
from qualcode.tasks.project.invitations import Invitation, accept, read_invitation, usual_place
from qualcode.text.words import short
from qualcode.tui.common.dialog import Choose, Dialog, TextPage, buttons, field
from qualcode.tui.common.files import at_hand, choose_at_hand, from_home, typed_path
from qualcode.tui.common.step import StepScreen
from qualcode.tui.common.words import styled
from qualcode.tui.program import Program, Then
from qualcode.tui.project.together import look_first


class Greeting(Dialog[Project]):
    """Greets who is invited, and asks where their copy goes; the answer is the copy, open with them at work."""

    HELP_LINE = N_("Enter begins · Esc closes: nothing is made")

    def __init__(self, path: Path, invitation: Invitation, place: Path) -> None:
        super().__init__(_("You are invited"))
        self._path = path
        self._invitation = invitation
        self._place = place

    def body(self) -> ComposeResult:
        """Who is who, the study, and where it goes."""
        invited, by, title = (
            short(words) for words in (self._invitation.invited, self._invitation.by, self._invitation.title)
        )
        you = _("You are {name}; this is your laptop.").format(name=invited)
        invites = _("{name} invites you to code in “{title}”.").format(name=by, title=title)
        keeps = _("qualcode remembers who you are. Not you? Press Esc, and pass the file on.")
        yield Static(styled((you, "bold $here"), f"\n\n{invites}\n", (keeps, "$ink-soft")))
        yield from field(_("It goes here"), Input(from_home(self._place), id="file", select_on_focus=False))
        yield Static(id="problem")
        yield from buttons(begin=_("Begin"), not_now=_("Not now"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#begin")
    def _begin(self) -> None:
        typed = self.query_one("#file", Input).value.strip()
        place = typed_path(typed) if typed else self._place
        try:
            project = accept(self._path, place, self.workbench.preferences.coder_of)
        except QualcodeError as error:
            self.say_problem(str(error))
        else:
            self.dismiss(project)


def choose_invitation(app: Program) -> None:
    """Choose an invitation, and begin with it."""
    endings = (INVITATION_SUFFIX,)
    choose_at_hand(app, _("Which invitation?"), at_hand(endings, Path.cwd()), endings, partial(meet, app))


def meet(app: Program, path: Path) -> None:
    """Open what the other sent: take it in where its project is already, else begin with it, or say what to ask for."""
    try:
        share = read_share(path)
        known = dict.fromkeys(one.resolve() for one in app.preferences.projects())
        here = [one for one in known if project_id(one) == share.incoming.project_id]
        if here:
            _where_it_is(app, path, here, share.invited)
        else:
            _greet(app, path)
    except QualcodeError as error:
        app.push_screen(TextPage(path.name, Content(str(error))))


def _greet(app: Program, path: Path, but: Path | None = None) -> None:
    invitation = read_invitation(path)
    app.ask(Greeting(path, invitation, usual_place(invitation, but)), app.open)


def _where_it_is(app: Program, path: Path, here: Sequence[Path], invited: str | None) -> None:
    """Offer to take in what was sent where its project is on this machine, or to begin one more copy for whom it is."""
    who = app.preferences.coder_of
    take = _("Open {path} ({name}) and take it in")
    options: list[tuple[str, Then]] = [
        (
            take.format(path=one, name=who(one) or invited or _("nobody yet")),
            partial(_open_and_take, app, path, one, invited),
        )
        for one in here
    ]
    if invited and not {"", invited} & {who(one) for one in here}:
        words = _("{name} works on this machine too: begin a copy for {name} beside it").format(name=invited)
        options.append((words, partial(_greet, app, path, here[0])))
    options.append((_("Leave it"), lambda: None))
    about = _("The project that {file} belongs to is on this laptop already.").format(file=path.name)
    app.ask(Choose(_("From the other laptop"), options, about=about), lambda do: do())


def _open_and_take(app: Program, path: Path, there: Path, invited: str | None) -> None:
    if invited and not app.preferences.coder_of(there):
        app.preferences.opened(there, invited)

    def look() -> None:
        if app.session is not None:
            look_first(app, app.session, path, refresh)

    def refresh() -> None:
        for screen in app.screen_stack:
            if isinstance(screen, StepScreen):
                screen.refresh_all()

    app.open_path(there, look)
