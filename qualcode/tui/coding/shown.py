"""What is shown on the coding screen: panes, only some codes, the codings of others."""

from __future__ import annotations

from qualcode.i18n import _
from qualcode.model import Code
from qualcode.tui.coding.panes import CodingPart


class ShowingActions(CodingPart):
    """The part `shown` of the coding screen. Hiding never changes a coding: it only leaves it out of the text."""

    def fold(self, pane: str) -> None:
        """Show or hide the transcripts ("left") or the codebook ("right")."""
        shown = self.screen.query_one(f"#{pane}").display
        self.screen.set_class(shown, f"-no-{pane}")
        self.screen.set_class(not shown, f"-with-{pane}")
        if shown:
            self.reader.focus()

    def text_only(self) -> None:
        """Text only: hide everything else."""
        on = not self.screen.has_class("-text-only")
        self.screen.set_class(on, "-text-only")
        self.reader.focus_mode = on
        self.reader.focus()

    def only(self) -> None:
        """Show only the codings of one code (that under the cursor, else the one used last), or all again."""
        session = self.session
        if session.hidden:
            self._hide(set())
            self.say(_("All codes are shown again."), 3)
            return
        code = self._code_here()
        if code is not None:
            self._hide({other for other in session.codes_by_id if other != code.id})
            self.say(_("Only {code} is shown. f shows all again.").format(code=code.name))

    def hide(self) -> None:
        """Hide the codings of a code, or show them again."""
        code = self._code_here()
        if code is not None:
            self._hide(self.session.hidden ^ {code.id})
            hidden = code.id in self.session.hidden
            words = _("{code} is hidden. F shows it again.") if hidden else _("{code} is shown again.")
            self.say(words.format(code=code.name))

    def _code_here(self) -> Code | None:
        tree, here = self.panes.codes, self.panes.codings_here()
        code = tree.chosen if tree.has_focus or not here else self.session.code_of(here[0])
        if code is None:
            self.warn(_("Go to a coding, or to a code in the codebook, first."), 4)
        return code

    def _hide(self, code_ids: set[str]) -> None:
        self.session.hidden = code_ids
        self.panes.show_hidden()
        self.panes.tell()

    def others(self) -> None:
        """Show the codings of others too, where nothing is sealed, or no longer."""
        session = self.session
        session.others_shown = not session.others_shown
        self.panes.open(session.transcript)
        if not session.others_shown:
            self.say(_("Only your own codings are shown."), 3)
        elif session.transcript is not None and session.transcript.id in session.project.rounds.sealed():
            words = _("This interview is sealed: you see the other reading when both have finished it.")
            self.say(words, 5)
        else:
            self.say(_("Codings of others have heavy brackets. O shows only your own."))
