"""The passages behind a count; Enter goes to one in its interview."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from qualcode.analysis.quotes import Quote
from qualcode.i18n import N_, _
from qualcode.reports.quoting import origin, shorten
from qualcode.tui.common.dialog import Dialog
from qualcode.tui.common.lists import QuietList
from qualcode.tui.common.words import styled

_LONGEST = 280


class Passages(Dialog[Quote]):
    """A list of quotes; the answer is the one to go to."""

    HELP_LINE = N_("Enter goes to the passage · Esc closes")

    def __init__(self, title: str, quotes: Sequence[Quote]) -> None:
        super().__init__(title)
        self._quotes = list(quotes)

    def body(self) -> ComposeResult:
        """The quotes, or a word when there are none."""
        yield QuietList(*self._options())

    def _options(self) -> list[Option]:
        if not self._quotes:
            return [Option(Content(_("Nothing was coded here.")), disabled=True)]
        return [Option(quote_content(quote)) for quote in self._quotes]

    def take_out(self) -> Quote | None:
        """Take the passage at the cursor off the list; returns it."""
        listed = self.query_one(QuietList)
        if listed.highlighted is None or not self._quotes:
            return None
        quote = self._quotes.pop(listed.highlighted)
        listed.refill(self._options())
        return quote

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._quotes[event.option_index])


def quote_content(quote: Quote) -> Content:
    """A quote with where it comes from, as a list shows it."""
    words = shorten(" ".join(quote.text.split()), _LONGEST)
    return styled(f"“{words}” ", (origin(quote), "$ink-soft"))
