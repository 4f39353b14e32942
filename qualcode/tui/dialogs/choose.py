"""One out of a few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qualcode.i18n import _
from qualcode.tui.dialogs.dialog import Dialog
from qualcode.tui.widgets.quiet_list import QuietList

Thing = TypeVar("Thing")


class Choose(Dialog[Thing], Generic[Thing]):
    """A short list; a number or Enter takes one."""

    def __init__(self, title: str, options: Sequence[tuple[str, Thing]], *, about: str = "") -> None:
        super().__init__(title)
        self._options = options
        self._about = about

    def body(self) -> ComposeResult:
        """What it is about, and the list, numbered."""
        if self._about:
            yield Static(Content(f"{self._about}\n"))
        yield QuietList(
            *(
                Option(
                    Content.assemble(Content.styled(f"{n if n < 10 else ' '} ", "bold $here"), Content(words))
                )
                for n, (words, _thing) in enumerate(self._options, 1)
            )
        )

    def help_line(self) -> str:
        """What the keys do here."""
        return _("Enter or the number takes one · Esc closes")

    def on_key(self, event: events.Key) -> None:
        """A number takes that one."""
        if event.key.isdecimal() and 1 <= int(event.key) <= len(self._options):
            event.stop()  # else the screen below would take the key too
            self.dismiss(self._options[int(event.key) - 1][1])

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._options[event.option_index][1])
