"""What was chosen for the project: switches turn by Enter, the rest is typed."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from qualcode.i18n import _
from qualcode.store.project import Project
from qualcode.tasks.choices import CHOICES, choose, in_words, value_of
from qualcode.tui.dialogs.dialog import Dialog
from qualcode.tui.dialogs.one_line import OneLine
from qualcode.tui.widgets.quiet_list import QuietList


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
        settings = self.query_one("#settings", OptionList)
        at = settings.highlighted or 0
        settings.clear_options()
        for one in CHOICES:
            value: Any = value_of(self._project, one)
            sign = ("■ " if value else "□ ") if one.is_switch else "  "
            shown = "" if one.is_switch else f" {in_words(value)} "
            words = [
                Content.styled(sign, "$here"),
                Content(_(one.does)),
                Content.styled(shown, "bold $here"),
            ]
            settings.add_option(Option(Content.assemble(*words)))
        settings.highlighted = at

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

        self.app.push_screen(OneLine(_(one.does), in_words(value)), typed)

    def _choose(self, name: str, words: str) -> None:
        with self.workbench.saying():
            choose(self._project, name, words)
        self._fill()
