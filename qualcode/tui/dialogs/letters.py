"""Coding by the two letters of a code: a strip at the foot with those that still fit."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qualcode.i18n import _
from qualcode.model import Code
from qualcode.tui.dialogs.dialog import Dialog
from qualcode.tui.widgets.code_ink import code_ink


class Letters(Dialog[Code]):
    """Waits for letters until one code is left, or none."""

    BINDINGS = []
    CSS_PATH = ["dialog.tcss", "letters.tcss"]

    def __init__(self, codes: Sequence[Code]) -> None:
        super().__init__(_("Type the letters of a code"))
        self._codes = [code for code in codes if code.mnemonic]
        self._typed = ""

    def body(self) -> ComposeResult:
        """The codes with their letters."""
        with VerticalScroll(can_focus=False):
            yield Static(id="legend")

    def on_mount(self) -> None:
        """All codes fit."""
        self._tell()

    def help_line(self) -> str:
        """What the keys do here."""
        return _("Backspace takes a letter back · Esc closes")

    def on_key(self, event: events.Key) -> None:
        """One letter more, or one less."""
        event.stop()
        if event.key == "escape":
            self.dismiss(None)
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
            self._tell()
        elif event.character and event.character.isprintable():
            self._type(event.character)

    def _type(self, char: str) -> None:
        typed = (self._typed + char).casefold()
        exact = [code for code in self._codes if code.mnemonic.casefold() == typed]
        if exact:
            self.dismiss(exact[0])
        elif any(code.mnemonic.casefold().startswith(typed) for code in self._codes):
            self._typed = typed
            self._tell()
        else:
            self.app.bell()

    def _tell(self) -> None:
        window = self.query_one("#window")
        fitting = [code for code in self._codes if code.mnemonic.casefold().startswith(self._typed)]
        width = max((len(str(code.name)) for code in fitting), default=0) + 6
        columns = max((self.app.size.width - 6) // max(width, 1), 1)
        words: list[Content] = []
        for place, code in enumerate(fitting):
            words.append(Content.styled(f"{code.mnemonic:<3}", code_ink(code, window)))
            words.append(
                Content(f"{code.name!s:<{width - 3}}" + ("\n" if (place + 1) % columns == 0 else ""))
            )
        self.query_one("#legend", Static).update(Content.assemble(*words))
