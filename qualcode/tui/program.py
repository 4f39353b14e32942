"""What screens and windows may ask of the program they stand in: the project, other screens, a word in a corner."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from rich.cells import cell_len
from rich.segment import Segment
from textual import events, on
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter
from textual.notifications import SeverityLevel
from textual.screen import Screen

from qualcode.errors import DamagedError, QualcodeError
from qualcode.model import Coder, Transcript
from qualcode.store.file.files import INVITATION_SUFFIX, SHARE_SUFFIX
from qualcode.store.project import Project, open_project
from qualcode.text.spans import Span
from qualcode.text.visible import HIDDEN, visible
from qualcode.tui.actions import action
from qualcode.tui.preferences import Preferences
from qualcode.tui.session import Session
from qualcode.tui.steps import load, step
from qualcode.tui.typing_ahead import Landed, TypingAhead

SENT = (INVITATION_SUFFIX, SHARE_SUFFIX)
"""How files are called that came from another laptop."""
_BACKUPS = "qualcode.tui.project.backups"
_SIGN_OR_ROOM = re.compile(rf"{HIDDEN.pattern}|[\t\r\n]| {{2,}}")


class Visible(LineFilter):
    """Where lines leave for the terminal: shows the signs in people's words that would steer it.

    The text is laid out by then, with such a sign as nothing wide. The cells that its picture takes are taken from
    the blanks that follow on its line, so that what stands beside it stays in its column.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same line, as wide as it was."""
        if all(text.isprintable() for text, _style, _control in segments):
            return segments
        owed = 0

        def fit(found: re.Match[str]) -> str:
            nonlocal owed
            text = found[0]
            if text[0] == " ":
                taken = min(owed, len(text) - 1)
                owed -= taken
                return text[taken:]
            sign = " " if text in "\t\r\n" else visible(text)
            owed += cell_len(sign) - cell_len(text)
            return sign

        line = [Segment(_SIGN_OR_ROOM.sub(fit, text), style) for text, style, _control in segments]
        return Segment.adjust_line_length(line, Segment.get_line_length(line) - owed)


_VISIBLE = Visible()
_START = "qualcode.tui.project.start:StartScreen"
_MEET = "qualcode.tui.project.meeting:meet"


class ShowsPlaces(Protocol):
    """A screen on which one can arrive at a place in an interview."""

    def show_place(self, transcript: Transcript, span: Span, hits: Sequence[Span]) -> None:
        """Show a stretch marked in its interview, and light up hits."""


Answer = TypeVar("Answer")
Then = Callable[[], object]


class InProgram:
    """What stands in the program: a screen, a window, the palette."""

    @property
    def workbench(self) -> Program:
        """The app, as what it is."""
        return cast("Program", cast("Any", self).app)

    def ask(self, dialog: Screen[Answer | None], then: Callable[[Answer], object]) -> None:
        """Open a window; `then` is called with its answer, if there is one."""
        self.workbench.ask(dialog, then)


class Program(App[None]):
    """Opens projects and routes between screens. `session` is the project that is open, if one is."""

    def __init__(self, project: Project | None, preferences: Preferences, css_path: list[str]) -> None:
        super().__init__(css_path=[*css_path])
        self.preferences = preferences
        self.own_keys: dict[str, str] = {}
        """Keys of one's own, per action id."""
        self.demo = False
        """Whether the project that is open is the demo."""
        self.session = self._session(project) if project else None
        self.typing = TypingAhead(self, super().on_event)
        """The keys that are on their way."""

    async def on_event(self, event: events.Event) -> None:
        """Keys wait for each other; all else goes as it comes."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self.typing.press(event)
        else:
            await super().on_event(event)

    @on(events.Key)
    def _key_came_back(self) -> None:
        self.typing.came_back()

    @on(Landed)
    async def _key_was_kept(self, message: Landed) -> None:
        await self.typing.landed(message.number)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line passes before it is drawn."""
        return [*super().get_line_filters(), _VISIBLE]

    # routing

    def open(self, project: Project, *, demo: bool = False, then: Then | None = None) -> None:
        """Work on a project from now on, as the coder it names, the one who did so last here, or nobody yet.

        Once its screen stands, `then` is called.
        """
        self.demo = demo
        before, self.session = self.session, self._session(project)
        self._show(self.first_screen(), before=before)
        self.welcome(then)

    def welcome(self, then: Then | None = None) -> None:
        """Once the screen stands, ask who sits here if that is not known, and say what is the matter with the file."""
        if self.session is not None:
            self.call_later(lambda: self.call_after_refresh(self._welcome, then))

    async def _welcome(self, then: Then | None) -> None:
        if then is not None:
            with self.saying():
                then()
        if self.session is not None and self.session.coder is None:
            await self.do("step.coder")
        load(f"{_BACKUPS}:tell_of_the_file")(self)

    def _session(self, project: Project) -> Session:
        coder = project.coder or self._known_coder(project)
        self.preferences.opened(project.path, coder.name if coder else "")
        return Session(project, coder)

    def first_screen(self) -> Screen[Any]:
        """Where one begins: coding, or taking interviews in, or without a project the start screen."""
        if self.session is None:
            start: Screen[Any] = load(_START)()
            return start
        return step("code" if self.session.transcripts else "transcripts").screen(self.session)

    def _known_coder(self, project: Project) -> Coder | None:
        """Who worked on a project last on this machine; nobody is guessed, nor who has a PIN or a key elsewhere."""
        before = self.preferences.coder_of(project.path)
        known = (coder for coder in project.coders.pair() if coder.name == before)
        asked = (project.pins.has, project.keys.only_elsewhere)
        return next((coder for coder in known if not any(ask(coder) for ask in asked)), None)

    def open_path(self, path: Path, then: Then | None = None) -> None:
        """Open a project file, or what the other sent; says why if it cannot be opened."""
        if path.suffix.casefold() in SENT:
            load(_MEET)(self, path)
            return
        try:
            project = open_project(path)
            try:
                self.open(project, then=then)
            except Exception as error:
                project.say_damage(error)
                raise
        except DamagedError as error:
            load(f"{_BACKUPS}:offer_backups")(self, path, error)
        except QualcodeError as error:
            self.notify(str(error), severity="error", timeout=10)

    def show_start(self) -> None:
        """Close the project and show the start screen."""
        before, self.session = self.session, None
        self._show(self.first_screen(), before=before)

    def go_to_step(self, step_id: str) -> None:
        """Show a step of the procedure, if a project is open."""
        if self.session:
            self._show(step(step_id).screen(self.session))

    def _show(self, screen: Screen[Any], before: Session | None = None) -> None:
        """Show another screen; once the one before is gone, let go of the project it was about."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        shown = self.switch_screen(screen)

        async def let_go() -> None:
            await shown
            if before is not None:
                before.project.close()

        self.call_later(let_go)

    def arrive(self, transcript: Transcript, span: Span, hits: Sequence[Span] = ()) -> None:
        """Go from anywhere to a stretch in its interview, on the step Code, and light up the other hits there."""

        async def go() -> None:
            if self.session is None:
                return
            while len(self.screen_stack) > 1:
                self.pop_screen()
            if getattr(self.screen, "STEP", "") != "code":
                await self.switch_screen(step("code").screen(self.session))
            cast("ShowsPlaces", self.screen).show_place(transcript, span, hits)

        self.call_later(go)

    # asking and saying

    def ask(self, dialog: Screen[Answer | None], then: Callable[[Answer], object]) -> None:
        """Open a window; `then` is called with its answer, if there is one; if that is refused, say why."""

        def answered(answer: Answer | None) -> None:
            if answer is not None:
                with self.saying():
                    then(answer)

        self.push_screen(dialog, answered)

    @contextmanager
    def saying(self) -> Iterator[None]:
        """Do something; if it is refused, say why and go on."""
        try:
            yield
        except QualcodeError as error:
            self.notify(str(error), severity="error", timeout=10)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say something in a corner. Never markup: the words may be a user's."""
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    # doing

    async def do(self, action_id: str) -> None:
        """Do an action of the registry, where it applies now."""
        wanted = action(action_id)
        target = self if wanted.where == "app" else self._target(wanted.where)
        if target is not None:
            await self.run_action(wanted.run(), target)

    def _target(self, where: str) -> Any:
        if where == "reader":
            return self.screen.query("Reader").first() if self.screen.query("Reader") else None
        if where == "step":
            return next((screen for screen in reversed(self.screen_stack) if hasattr(screen, "STEP")), None)
        return self.screen

    def places_here(self) -> list[str]:
        """The places of the registry that apply on the screen shown, that of the focus first."""
        base = next((screen for screen in reversed(self.screen_stack) if hasattr(screen, "PLACES")), None)
        places = [*getattr(base, "PLACES", ()), "app"]
        focused = getattr(base.focused if base else None, "PLACE", "")
        return sorted(places, key=lambda place: place != focused)
