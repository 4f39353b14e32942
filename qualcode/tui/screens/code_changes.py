"""Changing codings and words on the coding screen: cut in two, one more code, held edges, corrections."""

from __future__ import annotations

from textual import on

from qualcode.i18n import _
from qualcode.model import Code, Coding
from qualcode.tui.screens.code_acts import CodeActs, short
from qualcode.tui.widgets.code_card import CodeCard
from qualcode.tui.widgets.reader import Reader, messages


class CodeChanges(CodeActs):
    """While a coding is held, the keys that widen, narrow or move an edge change the coding itself."""

    held: Coding | None = None

    def action_take_up(self) -> None:
        """Hold the coding at the cursor, or let go of it."""
        if self.held is not None:
            self.held = None
            self.reader.select(None)
            self.tell_place()
        else:
            self._with_coding(_("Hold which coding?"), self.hold)

    def hold(self, coding: Coding) -> None:
        """Mark a coding of mine and hold it."""
        self.reader.select(coding.span)
        self.held = coding
        self.query_one(CodeCard).tell(self.session.code_of(coding))
        self.tell_place()

    @on(Reader.SelectionChanged)
    def _edges_moved(self, event: messages.SelectionChanged) -> None:
        if self.held is None or event.span == self.held.span:
            return
        if event.span is None or not event.adjusted:
            self.held = None
            self.tell_place()
            return
        with self.workbench.saying():
            self.held = self.session.move(self.held, event.span)
            self.reader.replace_mark(self.mark_of(self.held))
            self.after_act()

    def action_split(self) -> None:
        """Cut the coding in two at the cursor."""
        at = self.reader.cursor_offset
        transcript = self.session.transcript
        found = self.session.codings_at(transcript, self.place) if transcript else []
        inside = [coding for coding in found if coding.start < at < coding.end]
        if len(inside) > 1:
            self.choose_coding(_("Cut which coding?"), inside, lambda coding: self._split(coding, at))
        elif inside:
            self._split(inside[0], at)
        else:
            self.app.notify(
                _("Put the cursor inside the coding, where it is to be cut in two."), severity="warning"
            )

    def _split(self, coding: Coding, at: int) -> None:
        with self.workbench.saying():
            first, second = self.session.split(coding, at)
            self.reader.replace_mark(self.mark_of(first))
            self.reader.add_mark(self.mark_of(second))
            self.after_act()

    def action_copy_to(self) -> None:
        """Give the words of a coding another code as well."""
        self._with_coding(
            _("One more code for which coding?"),
            lambda coding: self._pick(_("Which code as well?"), lambda code: self._copy_to(coding, code)),
        )

    def _copy_to(self, coding: Coding, code: Code) -> None:
        with self.workbench.saying():
            self.reader.add_mark(self.mark_of(self.session.add(coding.span, code)))
            self.after_act()

    def action_in_vivo(self) -> None:
        """Make a code of the marked words, and code them with it."""
        from qualcode.tasks.codebook_work import in_vivo

        session, place = self.session, self.reader.selection
        if place is None or session.transcript is None:
            self.app.notify(_("Mark the words first that the code is to be called by."), severity="warning")
            return
        if session.coder is None:
            self.action_switch_coder()
            return
        with self.workbench.saying():
            code, _coding = in_vivo(session.project, session.transcript, place)
            session.reload()
            session.use(code)
            self.refresh_all()
            self.app.notify(_("New code: {code}. Press u to undo.").format(code=code.name), timeout=4)

    def action_example(self) -> None:
        """Make a coding the example of its code."""
        from qualcode.tasks.codebook_work import take_as_example

        def take(coding: Coding) -> None:
            with self.workbench.saying():
                code = take_as_example(self.session.project, coding)
                self.session.reload()
                self.refresh_all()
                said = _("Example of {code}: “{words}”").format(
                    code=code.name, words=short(str(code.example))
                )
                self.app.notify(said, timeout=4)

        self._with_coding(_("Which coding is the example?"), take)

    def action_correct(self) -> None:
        """Correct the words of the turn at the cursor."""
        from qualcode.tui.dialogs.correct import correct_turn

        transcript = self.session.transcript
        turn = transcript.turn_at(self.place.start) if transcript else None
        if transcript is not None and turn is not None:
            correct_turn(self.workbench, self.session, transcript, turn, self._corrected)

    def _corrected(self) -> None:
        self.session.reload()
        self.refresh_all()
