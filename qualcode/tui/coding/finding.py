"""Finding words in the transcript; choosing a code by its letters, or which coding or code is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from qualcode.i18n import N_, _, ngettext
from qualcode.model import Code, Coding
from qualcode.text.spans import Span
from qualcode.text.words import short
from qualcode.tui.actions import unseen
from qualcode.tui.coding.code_help import likely_codes, likely_first
from qualcode.tui.coding.panes import CodingPart
from qualcode.tui.common.codes import code_ink
from qualcode.tui.common.dialog import DIALOG_STYLE, Choose, Dialog
from qualcode.tui.common.pick_code import PickCode
from qualcode.tui.common.words import put
from qualcode.tui.reader import Reader


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
    BINDINGS = unseen({"escape": "close"}, priority=True)
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
        put(self, "#count", words)
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


class Letters(Dialog[Code]):
    """Waits for letters until one code is left, or none."""

    BINDINGS = []
    CSS_PATH = [DIALOG_STYLE, "letters.tcss"]
    HELP_LINE = N_("Backspace takes a letter back · Esc closes")

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
        put(self, "#legend", *words)


class Choosing(CodingPart):
    """The coding at the cursor, a code of the codebook."""

    def coding_here(self, title: str, then: Callable[[Coding], object]) -> None:
        """Do something with the coding at the cursor; asks which one if there are several."""
        found = self.panes.codings_here()
        exact = [coding for coding in found if coding.span == self.panes.place]
        if not found:
            self.warn(_("There is no coding at the cursor."))
        else:
            self.coding(title, exact or found, then)

    def coding(self, title: str, codings: list[Coding], then: Callable[[Coding], object]) -> None:
        """Do something with one of some codings; asks which one if there are several."""
        if len(codings) == 1:
            with self.workbench.saying():
                then(codings[0])
            return
        transcript = self.session.transcript
        text = transcript.text if transcript else ""
        options = [
            (f"{self.session.code_of(coding).name}: “{short(coding.span.of(text))}”", coding)
            for coding in codings
        ]
        self.screen.ask(Choose(title, options), then)

    def with_other_code(self, which: str, as_what: str, change: Callable[[Coding, Code], Coding]) -> None:
        """Ask which coding at the cursor and which other code; show what was made of the two."""

        def asked(coding: Coding) -> None:
            self.code(as_what, lambda code: self.panes.changed(change(coding, code)))

        self.coding_here(which, asked)

    def code(self, title: str, then: Callable[[Code], object]) -> None:
        """Do something with a code that is looked up; the likeliest for what is marked stand first."""
        session = self.session
        likely = likely_codes(session, self.reader.selection)
        codes = likely_first(session.codes, likely)
        last = None if likely else session.last_code  # the likeliest is under the cursor, else the last one
        self.screen.ask(PickCode(title, codes, session.counts_by_code(), last, likely), then)
