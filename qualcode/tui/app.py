"""The workbench: the program that starts, looks and behaves; where one goes in it stands in `program.py`."""

from __future__ import annotations

import gc
import os
import platform
import traceback
from pathlib import Path
from typing import Any

from rich.text import Text
from textual.command import CommandPalette, Provider
from textual.screen import Screen

from qualcode import __version__, i18n
from qualcode.errors import DamagedError, InputError, QualcodeError
from qualcode.files.saving import save_text
from qualcode.i18n import _
from qualcode.model import now
from qualcode.store.file import backups
from qualcode.store.project import Project, open_project
from qualcode.tui.actions import ACTIONS, bindings
from qualcode.tui.colours import DARK, DARK_DEFAULTS, LIGHT_DEFAULTS, OWN_THEMES
from qualcode.tui.common.step import StepScreen
from qualcode.tui.keymap import FILE as KEYS_FILE
from qualcode.tui.keymap import read_keymap
from qualcode.tui.preferences import Preferences, config_folder, load_preferences
from qualcode.tui.program import SENT, Program
from qualcode.tui.steps import load

FILE = "last-error.txt"


def keep_report(error: BaseException, folder: Path) -> Path | None:
    """Write down where in the program it went wrong; returns the file, or `None` if it cannot be written."""
    trace = "".join(traceback.format_tb(error.__traceback__))
    about = f"qualcode {__version__} · Python {platform.python_version()} · {platform.system()} · {now()}"
    path = folder / FILE
    try:
        return save_text(path, f"{about}\n\n{trace}{type(error).__name__}\n")
    except InputError:
        return None


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
_HELP = "qualcode.tui.common.help"
_SEARCH = "qualcode.tui.searching.screen:SearchScreen"


def _provider() -> type[Provider]:
    """What the palette searches; loaded when it is opened."""
    provider: type[Provider] = load("qualcode.tui.common.help:Everything")
    return provider


class Workbench(Program):
    """The terminal program."""

    BINDINGS = bindings("app")
    COMMANDS = {_provider}
    ENABLE_COMMAND_PALETTE = True
    TITLE = "qualcode"

    def __init__(self, project: Project | None = None, preferences: Preferences | None = None) -> None:
        self.to_open: Path | None = None
        """A file about which something is asked before it can be worked on: it is damaged, or the other sent it."""
        self._file_is_gone = False
        super().__init__(project, preferences or load_preferences(), ["app.tcss", *_first_sheets(project)])
        self._take_keys()
        self._dress()

    def _take_keys(self) -> None:
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
        self.set_class(self.preferences.underlined, "-underlined")
        wanted = self.preferences.theme
        self.theme = wanted if wanted in self.available_themes else DARK.name

    def get_default_screen(self) -> Screen[Any]:
        """The first screen: the coding of the project given, else the start.

        Being the default one it is painted at once, with no empty screen before it.
        """
        screen = self.first_screen()
        # only pushed screens can be switched, because they have this; the default one is not pushed
        screen._push_result_callback(screen, None)
        return screen

    def on_mount(self) -> None:
        """Begin; say what is wrong with the keys of one's own."""
        self.call_after_refresh(gc.enable)
        self.set_interval(_NEWS_EVERY, self._look_for_news)
        self.welcome()
        if self.to_open is not None:
            self.call_after_refresh(self.open_path, self.to_open)
        if self._keys_problem:
            self.notify(self._keys_problem, severity="error", timeout=20)

    def _look_for_news(self) -> None:
        """Show what another program changed in the project meanwhile, as soon as no window is open."""
        shown = self.screen
        if self.session is None or not isinstance(shown, StepScreen):
            return
        project = self.session.project
        try:
            if not project.journal.has_its_file() and not self._file_is_gone:
                self._file_is_gone = True
                project.journal.refuse_another_file()
        except QualcodeError as error:
            self.notify(str(error), severity="error", timeout=30)
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

    def _fatal_error(self) -> None:
        """Stop with a word instead of Textual's traceback, which shows variables and so interviews."""
        report = keep_report(self._exception or Exception(), config_folder())
        if not self._exit_renderables:
            self._exit_renderables.append(Text(words_for(report)))
        self._close_messages_no_wait()

    # actions

    def action_command_palette(self) -> None:
        """Search everything that can be done here."""
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

    def action_switch_marker(self) -> None:
        """Show what is coded on a tint, or underlined."""
        self.preferences.underlined = not self.preferences.underlined
        self.set_class(self.preferences.underlined, "-underlined")
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
        self.push_screen(load(f"{_HELP}:KeysHelp")(self.places_here(), self.own_keys))

    def action_search(self) -> None:
        """Search all interviews of the project that is open."""
        if self.session is None:
            return
        search = load(_SEARCH)
        if not isinstance(self.screen, search):
            self.push_screen(search(self.session))

    def action_jump(self) -> None:
        """Jump to a pane or a step by one letter."""
        self.push_screen(load(f"{_HELP}:Jump")())


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
    project, to_open = None, None
    try:
        if path and path.suffix.casefold() in SENT:
            to_open = refuse_missing(path, coder)
        elif path:
            project = open_project(path, coder)
        app = _made(project, preferences)
    except DamagedError:
        if path is None or not backups.of_project(path):
            raise
        app, to_open = Workbench(None, preferences), path
    app.demo = demo
    app.to_open = to_open
    try:
        app.run()
    finally:
        if app.session:
            app.session.project.close()


def refuse_missing(path: Path, coder: str | None) -> Path:
    """The path of what the other sent; raises `InputError` if nothing is there, or if somebody else is to open it."""
    if not path.is_file():
        raise InputError(_("There is no file {path}.").format(path=path))
    if coder is not None:
        raise InputError(_("{path} says itself for whom it is: leave --as out.").format(path=path.name))
    return path


def _made(project: Project | None, preferences: Preferences) -> Workbench:
    try:
        return Workbench(project, preferences)
    except Exception as error:
        if project is not None:
            project.say_damage(error)
        raise


def _language_asked_for() -> bool:
    return bool(os.environ.get("QUALCODE_LANG"))
