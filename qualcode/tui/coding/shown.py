"""What is shown on the coding screen: panes, only some codes, the codings of others."""

from __future__ import annotations

from qualcode.i18n import _
from qualcode.model import Code
from qualcode.tui.coding.acts import CodeActs
from qualcode.tui.common.codes import CodeTree


class CodeShown(CodeActs):
    """Hiding never changes a coding: it only leaves it out of the text."""

    def action_fold_left(self) -> None:
        """Show or hide the transcripts."""
        self._fold("left")

    def action_fold_right(self) -> None:
        """Show or hide the codebook."""
        self._fold("right")

    def _fold(self, pane: str) -> None:
        shown = self.query_one(f"#{pane}").display
        self.set_class(shown, f"-no-{pane}")
        self.set_class(not shown, f"-with-{pane}")
        if shown:
            self.reader.focus()

    def action_focus_mode(self) -> None:
        """Text only: hide everything else."""
        on = not self.has_class("-text-only")
        self.set_class(on, "-text-only")
        self.reader.focus_mode = on
        self.reader.focus()

    def action_only(self) -> None:
        """Show only the codings of one code (that under the cursor, else the one used last), or all again."""
        session = self.session
        if session.hidden:
            self._hide(set())
            self.app.notify(_("All codes are shown again."), timeout=3)
            return
        code = self._code_here()
        if code is not None:
            self._hide({other for other in session.codes_by_id if other != code.id})
            self.app.notify(_("Only {code} is shown. f shows all again.").format(code=code.name), timeout=4)

    def action_hide(self) -> None:
        """Hide the codings of a code, or show them again."""
        code = self._code_here()
        if code is not None:
            self._hide(self.session.hidden ^ {code.id})
            hidden = code.id in self.session.hidden
            words = _("{code} is hidden. F shows it again.") if hidden else _("{code} is shown again.")
            self.app.notify(words.format(code=code.name), timeout=4)

    def _code_here(self) -> Code | None:
        session, tree = self.session, self.query_one(CodeTree)
        here = session.codings_at(session.transcript, self.place) if session.transcript else []
        code = tree.chosen if tree.has_focus or not here else session.code_of(here[0])
        if code is None:
            self.app.notify(
                _("Go to a coding, or to a code in the codebook, first."), severity="warning", timeout=4
            )
        return code

    def _hide(self, code_ids: set[str]) -> None:
        self.session.hidden = code_ids
        self.show_hidden()
        self.tell()

    def show_hidden(self) -> None:
        """Leave the codings of hidden codes out of the text, and say in the codebook which they are."""
        hidden = frozenset(self.session.hidden)
        self.reader.filter_marks((lambda mark: mark.code not in hidden) if hidden else None)
        self.query_one(CodeTree).hide(hidden)

    def action_others(self) -> None:
        """Show the codings of others too, where nothing is sealed, or no longer."""
        session = self.session
        session.others_shown = not session.others_shown
        self.open_transcript(session.transcript)
        if not session.others_shown:
            self.app.notify(_("Only your own codings are shown."), timeout=3)
        elif session.transcript is not None and self._sealed(session.transcript.id):
            words = _("This interview is sealed: you see the other reading when both have finished it.")
            self.app.notify(words, timeout=5)
        else:
            self.app.notify(_("Codings of others have heavy brackets. O shows only your own."), timeout=4)

    def _sealed(self, transcript_id: str) -> bool:

        return transcript_id in self.session.project.rounds.sealed()
