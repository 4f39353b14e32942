"""The fragments for one line of the checklist in one case: which of them show it?"""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from qualcode.analysis.evidence import CriterionEvidence
from qualcode.analysis.quotes import Quote
from qualcode.i18n import _
from qualcode.model import Case
from qualcode.tasks.rating import toggle_evidence
from qualcode.tui.dialogs.dialog import Dialog
from qualcode.tui.dialogs.passages import quote_content
from qualcode.tui.session import Session
from qualcode.tui.widgets.quiet_list import QuietList


class EvidenceView(Dialog[Quote]):
    """Enter or space names a fragment, or no longer; t goes to it in its interview."""

    BINDINGS = [
        Binding("space", "name", show=False),
        Binding("t", "go", show=False),
    ]

    def __init__(self, session: Session, found: CriterionEvidence, case: Case) -> None:
        super().__init__(_("Which fragments show it?"))
        self._session = session
        self._found = found
        self._case = case
        self._quotes = found.quotes.get(case.label, ())

    def body(self) -> ComposeResult:
        """The fragments, those that I named with a star."""
        yield QuietList(id="fragments")

    def on_mount(self) -> None:
        """Fill the list."""
        self._fill()

    def help_line(self) -> str:
        """What the keys do here."""
        return _("Enter names a fragment as evidence, or no longer · t goes to it · Esc closes")

    def _fill(self) -> None:
        project, me = self._session.project, self._session.coder
        kept = project.ratings.of(self._found.criterion, self._case, me) if me else None
        named = set(kept.evidence) if kept else set()
        fragments = self.query_one("#fragments", OptionList)
        at = fragments.highlighted
        fragments.clear_options()
        for quote in self._quotes:
            star = "★ " if any(coding.id in named for coding in quote.codings) else "  "
            fragments.add_option(
                Option(Content.assemble(Content.styled(star, "bold $here"), quote_content(quote)))
            )
        if not self._quotes:
            fragments.add_option(
                Option(Content(_("Nothing was coded for this in this case.")), disabled=True)
            )
        fragments.highlighted = at or 0

    @on(OptionList.OptionSelected)
    def action_name(self) -> None:
        """Name the fragment under the cursor, or no longer."""
        at = self.query_one("#fragments", OptionList).highlighted
        if at is None or at >= len(self._quotes):
            return
        with self.workbench.saying():
            me = self._session.project.require_coder()
            toggle_evidence(
                self._session.project, self._found.criterion, self._case.label, me, self._found, at
            )
            self._fill()

    def action_go(self) -> None:
        """Go to the fragment in its interview."""
        at = self.query_one("#fragments", OptionList).highlighted
        if at is not None and at < len(self._quotes):
            self.dismiss(self._quotes[at])
