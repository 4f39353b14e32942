"""The nine codes under the number keys, to be clicked as well."""

from __future__ import annotations

from textual import events
from textual.content import Content

from qualcode.i18n import _
from qualcode.model import Code
from qualcode.tui.common.bars import Chip, Chips
from qualcode.tui.common.codes import code_ink
from qualcode.tui.session import Session

_ROOM_FOR_A_WORD = 13


class QuickCodes(Chips):
    """One chip per code: its number, its letters, and of its name what fits."""

    def __init__(self) -> None:
        super().__init__(id="quick")
        self._session: Session | None = None

    def tell(self, session: Session) -> None:
        """Show the codes that have a key now."""
        self._session = session
        codes = session.slots.codes()
        room = self.content_size.width // max(len(codes), 1)
        self.show([self._chip(number, code, room) for number, code in enumerate(codes, 1)])

    def on_resize(self, _event: events.Resize) -> None:
        """More or less of the names fits."""
        if self._session:
            self.tell(self._session)

    def _chip(self, number: int, code: Code, room: int) -> Chip:
        name = str(code.name) or code.slug
        left = room - 6
        word = f"{name[: left - 1]}…" if len(name) > left else name
        parts = [
            Content.styled(f" {number}", "$ink-soft"),
            Content.styled(f" {code.mnemonic:<2}", code_ink(code, self)),
        ]
        if room >= _ROOM_FOR_A_WORD:
            parts.append(Content.styled(f" {word}", "$ink-soft"))
        tip = _("{name}: click or press {n}").format(name=name, n=number)
        return Chip(Content.assemble(*parts, " "), f"screen.slot({number})", tip)
