"""The codebook while walking: mending what a code means, and looking again at what was coded under older words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.analysis.quotes import Quote, quotes_of
from qualcode.i18n import N_, _, language, ngettext
from qualcode.model import Code, Coding
from qualcode.tasks.comparing.agenda import AgendaItem
from qualcode.tui.actions import unseen
from qualcode.tui.coding.code_forms import CodeForm
from qualcode.tui.common.dialog import Choose
from qualcode.tui.common.passages import Passages
from qualcode.tui.comparing.outcomes import MendMeaning

if TYPE_CHECKING:
    from qualcode.tui.comparing.walk import Walk
    from qualcode.tui.comparing.walk_screen import WalkScreen


class OlderCodings(Passages):
    """Codings made under older words of their code; one that holds under the words of now leaves the list."""

    BINDINGS = unseen({"h": "holds"})
    HELP_LINE = N_("Enter goes to the passage · h says that it holds · Esc closes")

    def __init__(self, quotes: Sequence[Quote], holds: Callable[[Quote], None]) -> None:
        super().__init__(_("Coded under the older words"), quotes)
        self._holds = holds

    def action_holds(self) -> None:
        """Say that the coding at the cursor holds."""
        quote = self.take_out()
        if quote is not None:
            self._holds(quote)


class WalkCodes:
    """What can be done with the codes of the difference at hand."""

    def __init__(self, screen: WalkScreen) -> None:
        self._screen = screen

    @property
    def _walk(self) -> Walk:
        return self._screen.walk

    def mend(self) -> None:
        """Mend what a code means, in one field; the change leads back to the decisions behind it."""

        def ask(code: Code, item: AgendaItem) -> None:
            def mended(words: str) -> None:
                meaning = replace(code.definition, **{language(): words.strip()})
                self._change(replace(code, definition=meaning), item)

            self._screen.ask(MendMeaning(code), mended)

        self._pick(ask)

    def whole(self) -> None:
        """Change anything of a code from here."""
        self._pick(
            lambda code, item: self._screen.ask(CodeForm(code), lambda changed: self._change(changed, item))
        )

    def _pick(self, then: Callable[[Code, AgendaItem], object]) -> None:
        """Go on with the code that the difference is about, or the one that is chosen."""
        item = self._walk.at
        if item is None:
            return
        codes = [self._screen.session.codes_by_id.get(code.id, code) for code in self._walk.codes_of(item)]
        if len(codes) == 1:
            then(codes[0], item)
        else:
            options = [(str(code.name) or code.slug, code) for code in codes]
            self._screen.ask(Choose(_("Which code?"), options), lambda code: then(code, item))

    def _change(self, changed: Code, item: AgendaItem) -> None:
        """Keep a code as it reads now, and look again at once at what was coded under the older words."""
        older: list[Coding] = []
        with self._screen.workbench.saying():
            older = self._walk.change_code(changed, item)
            self._screen.session.reload()
        self._screen.refresh_all()
        if older:
            self._look_again(item)

    def older(self) -> None:
        """List the codings made under the older words of these codes."""
        if self._walk.at is not None:
            self._look_again(self._walk.at)

    def _look_again(self, item: AgendaItem) -> None:
        at = {transcript.id: transcript for transcript in self._screen.session.transcripts}
        self._screen.ask(
            OlderCodings(
                quotes_of(self._walk.older(item), at), lambda quote: self._hold(item, quote.codings)
            ),
            lambda quote: self._screen.workbench.arrive(quote.transcript, quote.span),
        )

    def hold(self) -> None:
        """Say that all codings made under the older words of these codes hold under the words of now."""
        item = self._walk.at
        if item is not None:
            self._hold(item, self._walk.older(item))

    def _hold(self, item: AgendaItem, codings: Sequence[Coding]) -> None:
        with self._screen.workbench.saying():
            n = self._walk.hold(item, codings)
            words = ngettext(
                "{n} coding holds under the words of now. Press u to undo.",
                "{n} codings hold under the words of now. Press u to undo.",
                n,
            )
            self._screen.app.notify(words.format(n=n) if n else _("None waits to be looked at."), timeout=4)
