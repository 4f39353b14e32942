"""Which of two went better?"""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qualcode.i18n import _, ngettext
from qualcode.model import Transcript
from qualcode.tasks.ranking import label_of
from qualcode.tui.dialogs.dialog import Dialog
from qualcode.tui.widgets.quiet_list import QuietList

_ANSWERS = (1, -1, 0)


class Which(Dialog[int]):
    """The answer is 1 for the first, −1 for the second, 0 for a tie."""

    BINDINGS = [
        Binding("1", "answer(1)", show=False),
        Binding("2", "answer(-1)", show=False),
        Binding("3,equals_sign", "answer(0)", show=False),
    ]

    def __init__(self, first: Transcript, second: Transcript, left: int) -> None:
        super().__init__(_("Which went better?"))
        self._two = (first, second)
        self._left = left

    def body(self) -> ComposeResult:
        """The two, and a tie."""
        options = [
            f"1  {label_of(self._two[0])}",
            f"2  {label_of(self._two[1])}",
            f"=  {_('as well as each other')}",
        ]
        yield QuietList(*(Option(Content(words)) for words in options))
        words = ngettext("At most {n} question.", "At most {n} questions.", self._left).format(n=self._left)
        yield Static(Content.styled(words, "$ink-soft"))

    def help_line(self) -> str:
        """What the keys do here."""
        return _("1, 2 or = answers · Esc stops; your answers are kept")

    def action_answer(self, answer: int) -> None:
        """Take an answer."""
        self.dismiss(answer)

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(_ANSWERS[event.option_index])
