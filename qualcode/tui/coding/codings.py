"""Giving marked words a code, and what one does with the coding at the cursor."""

from __future__ import annotations

from qualcode.errors import QualcodeError
from qualcode.i18n import _, ngettext
from qualcode.model import Code, Coding
from qualcode.text.words import short
from qualcode.tui import clipboard
from qualcode.tui.coding.finding import Choosing, Letters
from qualcode.tui.coding.panes import CodingPart
from qualcode.tui.common.dialog import edit_memo
from qualcode.tui.common.step import StepScreen
from qualcode.tui.steps import load

_NEXT_IN_ROUNDS = "qualcode.tasks.comparing.independence:next_in_rounds"


class CodingActions(CodingPart):
    """The part `codings` of the coding screen."""

    def __init__(self, screen: StepScreen) -> None:
        super().__init__(screen)
        self._choose = Choosing(screen)

    # giving codes

    def attach(self, code: Code) -> bool:
        """Give what is marked a code; says what to do if nothing is marked."""
        place = self.reader.selection
        if place is None:
            self.warn(_("Mark a passage first: s marks the sentence, or drag with the mouse."))
            return False
        if self.session.coder is None:
            self.screen.do_soon("step.coder")
            return False
        try:
            coding = self.session.add(place, code)
        except QualcodeError as error:
            self.warn(str(error))
            return False
        self.panes.describe(code)
        self.panes.changed(coding)
        return True

    def slot(self, number: int) -> None:
        """Code with the code of that number."""
        code = self.session.slots.code(number)
        if code is not None:
            self.attach(code)

    def pick(self) -> None:
        """Look a code up, and code with it."""
        self._choose.code(_("Which code?"), self.attach)

    def letters(self) -> None:
        """Code with the two letters of a code."""
        self.screen.ask(Letters(self.session.codes), self.attach)

    def repeat(self) -> None:
        """Code with the code used last."""
        if self.session.last_code is None:
            self.warn(_("You have not used a code yet."))
        else:
            self.attach(self.session.last_code)

    def repeat_next(self) -> None:
        """Code with the code used last and mark the next uncoded sentence."""
        if self.session.last_code is None:
            self.repeat()
        elif self._coded_already(self.session.last_code) or self.attach(self.session.last_code):
            self._mark_next_uncoded()

    def _coded_already(self, code: Code) -> bool:
        place = self.reader.selection
        return place is not None and any(
            coding.span == place and coding.code_id == code.id for coding in self.panes.codings_here()
        )

    def _mark_next_uncoded(self) -> None:
        sentence = self.reader.uncoded_passage()
        self.reader.select(sentence)
        if sentence is None:
            self.say(_("Every sentence further on has a code."), 3)

    # the coding at the cursor

    def remove(self) -> None:
        """Remove the coding at the cursor."""
        self._choose.coding_here(_("Remove which coding?"), self._remove)

    def _remove(self, coding: Coding) -> None:
        self.session.remove(coding)
        self.reader.marks.remove(coding.id)
        self.panes.changed()
        self.say(_("Removed: {code}. Press u to undo.").format(code=self.session.code_of(coding).name), 3)

    def edges(self) -> None:
        """Give the coding the edges of what is marked."""
        place = self.reader.selection
        if place is None:
            self.warn(_("Mark the passage with its new edges first, then press this key."))
            return
        self._choose.coding_here(
            _("New edges for which coding?"),
            lambda coding: self.panes.changed(self.session.move(coding, place)),
        )

    def recode(self) -> None:
        """Give the coding at the cursor another code."""
        self._choose.with_other_code(_("Change which coding?"), _("Which code instead?"), self.session.recode)

    def memo(self) -> None:
        """Write a memo on the coding at the cursor, else on the transcript."""
        transcript = self.session.transcript
        if transcript is None:
            return
        if self.panes.codings_here():
            self._choose.coding_here(_("A memo on which coding?"), self._memo)
        else:
            title = _("Memo on {name}").format(name=transcript.name)
            edit_memo(self.workbench, "transcript", transcript.id, title, self.panes.changed)

    def _memo(self, coding: Coding) -> None:
        title = _("Memo on {name}").format(name=self.session.code_of(coding).name)
        edit_memo(self.workbench, "coding", coding.id, title, lambda: self.panes.changed(coding))

    # the rest

    def copy(self) -> None:
        """Copy the words that are marked."""
        place = self.reader.selection
        if place is None:
            self.warn(_("Mark a passage first."))
            return
        words = place.of(self.reader.transcript.text)
        clipboard.copy(self.workbench, words)
        self.say(_("Copied: “{words}”").format(words=short(words)), 3)

    def done(self) -> None:
        """Say that I have finished this transcript, or not yet."""
        transcript = self.session.transcript
        if transcript is None:
            return
        with self.workbench.saying():
            done = transcript.id not in self.session.done
            self.session.mark_done(transcript, done)
            self.panes.changed()
            left = len(self.session.transcripts) - len(self.session.done)
            if done:
                words = ngettext("Done. {n} transcript to go.", "Done. {n} transcripts to go.", left)
                self.say(words.format(n=left) if left else _("Done. That was the last one."))
                project = self.session.project
                for line in load(_NEXT_IN_ROUNDS)(project, project.require_coder()):
                    self.say(line, 12)
