"""Asking which coding or which code is meant, where it is not plain."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.i18n import _
from qualcode.model import Code, Coding
from qualcode.tui.coding.code_help import likely_codes, likely_first
from qualcode.tui.coding.panes import CodingPart, short
from qualcode.tui.common.dialog import Choose
from qualcode.tui.common.pick_code import PickCode


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
            then(codings[0])
            return
        transcript = self.session.transcript
        text = transcript.text if transcript else ""
        options = [
            (f"{self.session.code_of(coding).name}: “{short(coding.span.of(text))}”", coding)
            for coding in codings
        ]
        self.screen.ask(Choose(title, options), then)

    def code(self, title: str, then: Callable[[Code], object]) -> None:
        """Do something with a code that is looked up; the likeliest for what is marked stand first."""
        session = self.session
        likely = likely_codes(session, self.reader.selection)
        codes = likely_first(session.codes, likely)
        last = None if likely else session.last_code  # the likeliest is under the cursor, else the last one
        self.screen.ask(PickCode(title, codes, session.counts_by_code(), last, likely), then)
