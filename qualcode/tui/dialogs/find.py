"""Finding words in the transcript that is open, while one types."""

from __future__ import annotations

import re

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from qualcode.i18n import _, ngettext
from qualcode.text.spans import Span
from qualcode.tui.widgets.reader import Reader


def find_all(text: str, wanted: str) -> list[Span]:
    """Where `wanted` stands in `text`, large and small letters alike; any white space fits white space."""
    words = wanted.split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    return [Span(*match.span()) for match in pattern.finditer(text)]


class Find(ModalScreen[None]):
    """One row at the foot; the hits light up while one types, Enter goes to the next."""

    CSS_PATH = "find.tcss"
    BINDINGS = [Binding("escape", "close", show=False, priority=True)]
    last = ""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader

    def compose(self) -> ComposeResult:
        """The line to type in, and how much was found."""
        with Horizontal(id="find"):
            yield Static(Content.styled(" / ", "bold $here"), id="slash")
            yield Input(Find.last, placeholder=_("Find in this transcript"), select_on_focus=True)
            yield Static(id="count")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        Find.last = event.value
        hits = find_all(self._reader.transcript.text, event.value)
        self._reader.show_hits(hits)
        words = ngettext("{n} hit", "{n} hits", len(hits)).format(n=len(hits)) if event.value.strip() else ""
        self.query_one("#count", Static).update(Content(words))
        ahead = next(
            (hit for hit in hits if hit.start >= self._reader.cursor_offset), hits[0] if hits else None
        )
        if ahead:
            self._reader.scroll_to_offset(ahead.start)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.dismiss(None)
        if self._reader.go_to_hit() is None:
            self.app.notify(_("Not found."), severity="warning", timeout=3)
        else:
            self.app.notify(_("n next hit · p hit before · Esc Esc hits away"), timeout=4)

    def action_close(self) -> None:
        """Look no further."""
        self._reader.show_hits([])
        self.dismiss(None)
