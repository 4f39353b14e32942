"""Giving some of a code's codings to a new sub-code."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Input, SelectionList, Static
from textual.widgets.selection_list import Selection

from qualcode.i18n import _
from qualcode.model import Code, Coding
from qualcode.tui.dialogs.dialog import Dialog


class SplitCode(Dialog[tuple[str, list[Coding]]]):
    """Tick the fragments that go to the new code, and name it."""

    BINDINGS = [Binding("escape", "close", show=False, priority=True)]

    def __init__(self, code: Code, fragments: Sequence[tuple[Coding, str]]) -> None:
        super().__init__(_("Split {code}").format(code=code.name))
        self._fragments = fragments

    def body(self) -> ComposeResult:
        """The name and the fragments."""
        with Horizontal(classes="field"):
            yield Static(Content(_("New sub-code")), classes="label")
            yield Input(id="name", classes="wide", placeholder=_("its name"))
        yield SelectionList[int](
            *(Selection(Content(words), place) for place, (_coding, words) in enumerate(self._fragments)),
            id="fragments",
        )
        yield Static(id="problem")
        with Horizontal(classes="buttons"):
            yield Button(_("Split"), id="split", variant="primary")

    def help_line(self) -> str:
        """What the keys do here."""
        return _("Space ticks a fragment · Enter in the name splits · Esc closes")

    @on(Input.Submitted)
    @on(Button.Pressed, "#split")
    def _ready(self) -> None:
        name = self.query_one("#name", Input).value.strip()
        chosen = [self._fragments[place][0] for place in self.query_one(SelectionList).selected]
        if name and chosen:
            self.dismiss((name, chosen))
        else:
            words = _("Give it a name, and tick the fragments that go to it.")
            self.query_one("#problem", Static).update(Content.styled(words, "$error"))
