"""The workbench: opens projects and routes between screens; everything else stands in them."""

from __future__ import annotations

import gc
import os
import platform
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.notifications import SeverityLevel
from textual.screen import Screen

from qualcode import __version__, i18n
from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.model import Coder, CoderKind, now
from qualcode.store.project import Project, open_project
from qualcode.tui.actions import ACTIONS, action, bindings
from qualcode.tui.colours import DARK, DARK_DEFAULTS, LIGHT_DEFAULTS, OWN_THEMES
from qualcode.tui.common.step import StepScreen
from qualcode.tui.keymap import FILE as KEYS_FILE
from qualcode.tui.keymap import read_keymap
from qualcode.tui.preferences import Preferences, config_folder, load_preferences
from qualcode.tui.session import Session
from qualcode.tui.steps import step

if TYPE_CHECKING:
    from textual.command import Provider

FILE = "last-error.txt"


def keep_report(error: BaseException, folder: Path) -> Path | None:
    """Write down where in the program it went wrong; returns the file, or `None` if it cannot be written."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    about = f"qualcode {__version__} · Python {platform.python_version()} · {platform.system()} · {now()}"
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{about}\n\n{frames}{type(error).__name__}\n", encoding="utf-8")
    except OSError:
        return None
    return path


def words_for(report: Path | None) -> str:
    """What is said when the program has to stop."""
    sentence = _(
        "qualcode had to stop because of a fault of its own. Everything you did is saved; start it again."
    )
    if report is None:
        return sentence
    return f"{sentence}\n" + _(
        "Where it went wrong stands in {path}; it holds nothing of your interviews."
    ).format(path=report)


_NEWS_EVERY = 1.0  # seconds


def _acts() -> type[Provider]:
    """What the palette searches; loaded when it is opened."""
    from qualcode.tui.commands import Acts

    return Acts


class Workbench(App[None]):
    """The terminal program. `session` is the project that is open, if one is."""

    BINDINGS = bindings("app")
    COMMANDS = {_acts}
    ENABLE_COMMAND_PALETTE = True
    TITLE = "qualcode"

    def __init__(self, project: Project | None = None, preferences: Preferences | None = None) -> None:
        super().__init__(css_path=["app.tcss", *_first_sheets(project)])
        self.preferences = preferences or load_preferences()
        self.demo = False
        """Whether the project that is open is the demo."""
        self._take_keys()
        self._dress()
        self.session = self._session(project) if project else None

    def _take_keys(self) -> None:
        self.own_keys: dict[str, str] = {}
        self._keys_problem = ""
        try:
            self.own_keys = read_keymap(config_folder() / KEYS_FILE, ACTIONS)
        except QualcodeError as error:
            self._keys_problem = str(error)
        self.set_keymap(self.own_keys)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colour names, for themes that are not ours."""
        return DARK_DEFAULTS if self.current_theme.dark else LIGHT_DEFAULTS

    def _dress(self) -> None:
        for theme in OWN_THEMES:
            self.register_theme(theme)
        wanted = self.preferences.theme
        self.theme = wanted if wanted in self.available_themes else DARK.name

    def get_default_screen(self) -> Screen[Any]:
        """The first screen: the coding of the project given, else the start.

        Being the default one it is painted at once, with no empty screen before it.
        """
        screen = self._first_screen()
        # only pushed screens can be switched, because they have this; the default one is not pushed
        screen._push_result_callback(screen, None)
        return screen

    def on_mount(self) -> None:
        """Begin; say what is wrong with the keys of one's own."""
        self.call_after_refresh(gc.enable)
        self.set_interval(_NEWS_EVERY, self._look_for_news)
        if self._keys_problem:
            self.notify(self._keys_problem, severity="error", timeout=20)

    def _look_for_news(self) -> None:
        """Show what another program changed in the project meanwhile, as soon as no window is open."""
        shown = self.screen
        if self.session is None or not isinstance(shown, StepScreen):
            return
        try:
            changed = self.session.news()
        except QualcodeError:
            return  # the file is busy: look again at the next turn
        if changed:
            with self.saying():
                self.session.reload()
                shown.refresh_all()
                self.notify(
                    _("The project was changed in another window; you see it as it is now."), timeout=4
                )

    # routing

    def open(self, project: Project, *, demo: bool = False) -> None:
        """Work on a project from now on, as the coder it names or the one who did so last here."""
        self.demo = demo
        before, self.session = self.session, self._session(project)
        self._show(self._first_screen(), leaving=before)

    def _session(self, project: Project) -> Session:
        coder = project.coder or self._likely_coder(project)
        self.preferences.opened(project.path, coder.name if coder else "")
        return Session(project, coder)

    def _first_screen(self) -> Screen[Any]:
        if self.session is None:
            from qualcode.tui.project.start import StartScreen

            return StartScreen()
        return step("code" if self.session.transcripts else "transcripts").screen(self.session)

    def _likely_coder(self, project: Project) -> Coder | None:
        people = [coder for coder in project.coders.all() if coder.kind is not CoderKind.CONSENSUS]
        pair = [coder for coder in people if not project.pins.has(coder)]  # the others say who they are
        before = self.preferences.coder_of(project.path)
        return next((coder for coder in pair if coder.name == before), pair[0] if pair else None)

    def open_path(self, path: Path) -> None:
        """Open a project file; says why if it cannot be opened."""
        with self.saying():
            self.open(open_project(path))

    def show_start(self) -> None:
        """Close the project and show the start screen."""
        before, self.session = self.session, None
        self._show(self._first_screen(), leaving=before)

    def go_to_step(self, step_id: str) -> None:
        """Show a step of the procedure, if a project is open."""
        if self.session:
            self._show(step(step_id).screen(self.session))

    def _show(self, screen: Screen[Any], leaving: Session | None = None) -> None:
        """Show another screen; once the one before is gone, let go of the project it was about."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        shown = self.switch_screen(screen)

        async def let_go() -> None:
            await shown
            if leaving is not None:
                leaving.project.close()

        self.call_later(let_go)

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

    def _fatal_error(self) -> None:
        """Stop with a word instead of Textual's traceback, which shows variables and so interviews."""
        from rich.text import Text

        report = keep_report(self._exception or Exception(), config_folder())
        if not self._exit_renderables:
            self._exit_renderables.append(Text(words_for(report)))
        self._close_messages_no_wait()

    # actions

    async def do(self, action_id: str) -> None:
        """Do an act of the registry, where it applies now."""
        act = action(action_id)
        target = self if act.where == "app" else self._target(act.where)
        if target is not None:
            await self.run_action(act.call, target)

    def _target(self, where: str) -> Any:
        if where == "reader":
            return self.screen.query("Reader").first() if self.screen.query("Reader") else None
        if where == "step":
            return next((screen for screen in reversed(self.screen_stack) if hasattr(screen, "STEP")), None)
        return self.screen

    def action_command_palette(self) -> None:
        """Search everything that can be done here."""
        from textual.command import CommandPalette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_("What do you want to do?"), id="--command-palette"))

    def action_go_to_step(self, step_id: str) -> None:
        """Show a step of the procedure."""
        self.go_to_step(step_id)

    def action_go_to_start(self) -> None:
        """Go to the start screen."""
        self.show_start()

    def action_switch_language(self) -> None:
        """Say everything in the other language from now on."""
        other = "en" if i18n.language() == "nl" else "nl"
        i18n.set_language(other)
        self.preferences.language = other
        self.preferences.save()
        self._again()
        self.notify(_("From now on in English."))

    def action_switch_theme(self) -> None:
        """Use the next of our own themes."""
        names = [theme.name for theme in OWN_THEMES]
        place = names.index(self.theme) + 1 if self.theme in names else 0
        self.theme = self.preferences.theme = names[place % len(names)]
        self.preferences.save()

    def _again(self) -> None:
        """Show the same screen afresh (in another language)."""
        shown = getattr(self.screen_stack[0], "STEP", "")
        if self.session and shown:
            self.go_to_step(shown)
        else:
            self.show_start()

    def action_keys_help(self) -> None:
        """Show the keys that work here."""
        from qualcode.tui.common.help import KeysHelp

        self.push_screen(KeysHelp(self.places_here()))

    def places_here(self) -> list[str]:
        """The places of the registry that apply on the screen shown."""
        base = next((screen for screen in reversed(self.screen_stack) if hasattr(screen, "PLACES")), None)
        places = [*getattr(base, "PLACES", ()), "app"]
        focused = getattr(base.focused if base else None, "PLACE", "")
        return sorted(places, key=lambda place: place != focused)

    def action_search(self) -> None:
        """Search all interviews of the project that is open."""
        from qualcode.tui.searching.screen import SearchScreen

        if self.session is not None and not isinstance(self.screen, SearchScreen):
            self.push_screen(SearchScreen(self.session))

    def action_jump(self) -> None:
        """Jump to a pane or a step by one letter."""
        from qualcode.tui.common.help import Jump

        self.push_screen(Jump())


def _first_sheets(project: Project | None) -> list[str]:
    """The style sheet of the screen that comes first: Textual reads none for a default screen."""
    if project is None:
        return ["project/project.tcss"]
    return ["coding/code.tcss", "transcripts/transcripts.tcss"]


def run(path: Path | None = None, coder: str | None = None, demo: bool = False) -> None:
    """Open the workbench: on a project, or on the start screen.

    Raises `QualcodeError` before anything is drawn if the project cannot be opened.
    """
    preferences = load_preferences()
    if preferences.language in i18n.LANGUAGES and not _language_asked_for():
        i18n.set_language(preferences.language)
    project = open_project(path, coder) if path else None
    app = Workbench(project, preferences)
    app.demo = demo
    try:
        app.run()
    finally:
        if app.session:
            app.session.project.close()


def _language_asked_for() -> bool:
    return bool(os.environ.get("QUALCODE_LANG"))
