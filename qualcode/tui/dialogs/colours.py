"""One of a few colours."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from qualcode.i18n import N_, _
from qualcode.text.code_marks import HUES
from qualcode.tui.dialogs.dialog import Dialog
from qualcode.tui.widgets.quiet_list import QuietList

_NAMES = dict(
    zip(
        HUES,
        (N_("blue"), N_("orange"), N_("green"), N_("pink"), N_("light blue"), N_("red"), N_("yellow")),
        strict=True,
    )
)


class Colours(Dialog[str]):
    """Hues with their names; a number or Enter takes one."""

    def __init__(self, title: str, hues: Sequence[str]) -> None:
        super().__init__(_("Colour of {code}").format(code=title))
        self._hues = hues

    def body(self) -> ComposeResult:
        """The list."""
        plain = self.app.no_color
        yield QuietList(
            *(
                Option(
                    Content.assemble(
                        Content.styled(f"{n} ", "bold $here"),
                        Content.styled("██ ", "" if plain else hue),
                        Content(_(_NAMES.get(hue, hue))),
                    )
                )
                for n, hue in enumerate(self._hues, 1)
            )
        )

    def help_line(self) -> str:
        """What the keys do here."""
        return _("Enter or the number takes one · Esc closes")

    def on_key(self, event: events.Key) -> None:
        """A number takes that one."""
        if event.key.isdecimal() and 1 <= int(event.key) <= len(self._hues):
            event.stop()
            self.dismiss(self._hues[int(event.key) - 1])

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._hues[event.option_index])
