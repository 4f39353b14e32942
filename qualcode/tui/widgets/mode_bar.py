"""The top row: the steps of the procedure, and on the right what is open and who is coding."""

from __future__ import annotations

from textual.content import Content

from qualcode.i18n import _, language
from qualcode.tui.session import Session
from qualcode.tui.steps import STEPS
from qualcode.tui.widgets.chips import Chip, Chips

_ROOM_FOR_ALL = 98


class ModeBar(Chips):
    """The clickable steps; the one that is shown stands out."""

    def __init__(self, current: str) -> None:
        super().__init__(id="mode-bar")
        self.current = current

    def tell(self, session: Session) -> None:
        """Show the steps, and on the right the project and the coder."""
        self.show(self._steps(), _about(session))

    def _steps(self) -> list[Chip]:
        narrow = self.app.size.width < _ROOM_FOR_ALL
        chips = (
            []
            if narrow
            else [Chip(_text(" qualcode ", "bold $here"), "app.go_to_start", _("Other projects"))]
        )
        for number, step in enumerate(STEPS, 1):
            title = _(step.title)
            here = step.id == self.current
            if number > 1:
                chips.append(Chip(_text("" if narrow else "›", "$ink-soft")))
            style = "bold $background on $primary" if here else "$ink"
            chips.append(
                Chip(
                    _text(f" {title} ", style), f"app.go_to_step('{step.id}')", _("Step {n}").format(n=number)
                )
            )
        return chips


def _about(session: Session) -> list[Chip]:
    who = session.coder.name if session.coder else _("nobody yet")
    return [
        Chip(_text(f" {session.title} ", "$ink-soft")),
        Chip(_text(f" {who} ", "bold $ink"), "screen.switch_coder", _("Who is coding: click to change")),
        Chip(
            _text(f" {language()} ", "$ink-soft"),
            "app.switch_language",
            _("Switch between Dutch and English"),
        ),
    ]


def _text(words: str, style: str) -> Content:
    return Content.styled(words, style)
