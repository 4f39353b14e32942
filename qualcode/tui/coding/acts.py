"""What one can do while coding; the actions of the registry's part `code`."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.errors import QualcodeError
from qualcode.i18n import _, ngettext
from qualcode.model import Code, Coding, Transcript
from qualcode.text.spans import Span
from qualcode.tui import clipboard
from qualcode.tui.common.codes import CodeCard
from qualcode.tui.common.step import StepScreen
from qualcode.tui.reader import Mark, Reader


class CodeActs(StepScreen):
    """The acts of the coding screen; the screen itself says how things are shown."""

    @property
    def reader(self) -> Reader:
        """The text."""
        raise NotImplementedError

    def mark_of(self, coding: Coding) -> Mark:
        """A coding as the reader shows it."""
        raise NotImplementedError

    def open_transcript(self, transcript: Transcript | None) -> None:
        """Show a transcript."""
        raise NotImplementedError

    def after_act(self) -> None:
        """Bring what is shown up to date after a coding changed."""
        raise NotImplementedError

    def tell(self) -> None:
        """Say what is open, what is at the cursor and which keys fit."""
        raise NotImplementedError

    def tell_place(self) -> None:
        """Say what is at the cursor and which keys fit."""
        raise NotImplementedError

    def go_to(self, transcript_id: str, offset: int) -> None:
        """Open a transcript at a place."""
        raise NotImplementedError

    def walk(self, code: Code, step: int) -> None:
        """Go to the next or previous coding with a code."""
        raise NotImplementedError

    @property
    def place(self) -> Span:
        """What is marked, else the empty place at the cursor."""
        return self.reader.selection or Span(self.reader.cursor_offset, self.reader.cursor_offset)

    # giving codes

    def attach(self, code: Code) -> bool:
        """Give what is marked a code; says what to do if nothing is marked."""
        place = self.reader.selection
        if place is None:
            self.app.notify(
                _("Mark a passage first: s marks the sentence, or drag with the mouse."), severity="warning"
            )
            return False
        if self.session.coder is None:
            self.action_switch_coder()
            return False
        try:
            coding = self.session.add(place, code)
        except QualcodeError as error:
            self.app.notify(str(error), severity="warning")
            return False
        self.reader.add_mark(self.mark_of(coding))
        self.query_one(CodeCard).tell(code)
        self.after_act()
        return True

    def action_slot(self, number: int) -> None:
        """Code with the code of that number."""
        code = self.session.slots.code(number)
        if code is not None:
            self.attach(code)

    def action_pick(self) -> None:
        """Look a code up, and code with it."""
        self._pick(_("Which code?"), self.attach)

    def action_letters(self) -> None:
        """Code with the two letters of a code."""
        from qualcode.tui.coding.finding import Letters

        self.ask(Letters(self.session.codes), self.attach)

    def action_repeat(self) -> None:
        """Code with the code used last."""
        if self.session.last_code is None:
            self.app.notify(_("You have not used a code yet."), severity="warning")
        else:
            self.attach(self.session.last_code)

    def action_repeat_next(self) -> None:
        """Code with the code used last and mark the next uncoded sentence."""
        if self.session.last_code is None:
            self.action_repeat()
        elif self._coded_already(self.session.last_code) or self.attach(self.session.last_code):
            self._mark_next_uncoded()

    def _coded_already(self, code: Code) -> bool:
        transcript, place = self.session.transcript, self.reader.selection
        found = self.session.codings_at(transcript, place) if transcript and place else []
        return any(coding.span == place and coding.code_id == code.id for coding in found)

    def _pick(self, title: str, then: Callable[[Code], object]) -> None:
        from qualcode.tui.coding.code_help import likely_codes, likely_first
        from qualcode.tui.common.pick_code import PickCode

        session = self.session
        likely = likely_codes(session, self.reader.selection)
        codes = likely_first(session.codes, likely)
        last = None if likely else session.last_code  # the likeliest is under the cursor, else the last one
        self.ask(PickCode(title, codes, session.counts_by_code(), last, likely), then)

    def action_suggest(self) -> None:
        """Put likely codes first when a code is looked up, or no longer."""
        from qualcode.tui.coding.code_help import switch_help

        with self.workbench.saying():
            self.app.notify(switch_help(self.session), timeout=4)

    def action_similar(self) -> None:
        """List passages that use the same words as what is marked, or as the fragments of a code."""
        from qualcode.tui.coding.similar import offer_similar

        offer_similar(self)

    # changing codings

    def _with_coding(self, title: str, then: Callable[[Coding], object]) -> None:
        """Do something with the coding at the cursor; asks which one if there are several."""
        transcript = self.session.transcript
        found = self.session.codings_at(transcript, self.place) if transcript else []
        exact = [coding for coding in found if coding.span == self.place]
        if not found:
            self.app.notify(_("There is no coding at the cursor."), severity="warning")
        elif len(exact or found) == 1:
            then((exact or found)[0])
        else:
            self.choose_coding(title, exact or found, then)

    def choose_coding(self, title: str, codings: list[Coding], then: Callable[[Coding], object]) -> None:
        """Ask which of several codings is meant."""
        from qualcode.tui.common.dialog import Choose

        transcript = self.session.transcript
        text = transcript.text if transcript else ""
        options = [
            (f"{self.session.code_of(coding).name}: “{short(coding.span.of(text))}”", coding)
            for coding in codings
        ]
        self.ask(Choose(title, options), then)

    def action_remove(self) -> None:
        """Remove the coding at the cursor."""
        self._with_coding(_("Remove which coding?"), self._remove)

    def _remove(self, coding: Coding) -> None:
        with self.workbench.saying():
            self.session.remove(coding)
            self.reader.remove_mark(coding.id)
            self.after_act()
            self.app.notify(
                _("Removed: {code}. Press u to undo.").format(code=self.session.code_of(coding).name),
                timeout=3,
            )

    def action_edges(self) -> None:
        """Give the coding the edges of what is marked."""
        place = self.reader.selection
        if place is None:
            self.app.notify(
                _("Mark the passage with its new edges first, then press this key."), severity="warning"
            )
            return
        self._with_coding(_("New edges for which coding?"), lambda coding: self._move(coding, place))

    def _move(self, coding: Coding, place: Span) -> None:
        with self.workbench.saying():
            self.reader.replace_mark(self.mark_of(self.session.move(coding, place)))
            self.after_act()

    def action_recode(self) -> None:
        """Give the coding at the cursor another code."""
        self._with_coding(
            _("Change which coding?"),
            lambda coding: self._pick(_("Which code instead?"), lambda code: self._recode(coding, code)),
        )

    def _recode(self, coding: Coding, code: Code) -> None:
        with self.workbench.saying():
            self.reader.replace_mark(self.mark_of(self.session.recode(coding, code)))
            self.after_act()

    def action_memo(self) -> None:
        """Write a memo on the coding at the cursor, else on the transcript."""
        from qualcode.tui.common.memo import edit_memo

        transcript = self.session.transcript
        if transcript is None:
            return
        if self.session.codings_at(transcript, self.place):
            self._with_coding(
                _("A memo on which coding?"),
                lambda coding: edit_memo(
                    self.workbench,
                    "coding",
                    coding.id,
                    _("Memo on {name}").format(name=self.session.code_of(coding).name),
                    lambda: self._memo_written(coding),
                ),
            )
        else:
            title = _("Memo on {name}").format(name=transcript.name)
            edit_memo(self.workbench, "transcript", transcript.id, title, self.after_act)

    def _memo_written(self, coding: Coding) -> None:
        self.reader.replace_mark(self.mark_of(coding))
        self.after_act()

    def action_copy(self) -> None:
        """Copy the words that are marked."""
        place = self.reader.selection
        if place is None:
            self.app.notify(_("Mark a passage first."), severity="warning")
            return
        words = place.of(self.reader.transcript.text)
        clipboard.copy(self.app, words)
        self.app.notify(_("Copied: “{words}”").format(words=short(words)), timeout=3)

    def action_done(self) -> None:
        """Say that I have finished this transcript, or not yet."""
        transcript = self.session.transcript
        if transcript is None:
            return
        with self.workbench.saying():
            done = transcript.id not in self.session.done
            self.session.mark_done(transcript, done)
            self.after_act()
            left = len(self.session.transcripts) - len(self.session.done)
            if done:
                words = ngettext("Done. {n} transcript to go.", "Done. {n} transcripts to go.", left)
                self.app.notify(
                    words.format(n=left) if left else _("Done. That was the last one."), timeout=4
                )

    # finding

    def action_next_coding(self) -> None:
        """Go to the next coding."""
        place = self.reader.marks_shown.next_start(self._from())
        self._goto(place, _("There is no coding further on."))

    def action_previous_coding(self) -> None:
        """Go to the coding before."""
        place = self.reader.marks_shown.previous_start(self._from())
        self._goto(place, _("There is no coding before this."))

    def _from(self) -> int:
        return self.reader.selection.start if self.reader.selection else self.reader.cursor_offset

    def _mark_next_uncoded(self) -> None:
        sentence = self.reader.uncoded_passage()
        if sentence is None:
            self.reader.select(None)
            self.app.notify(_("Every sentence further on has a code."), timeout=3)
        else:
            self.reader.select(sentence)

    def action_find(self) -> None:
        """Find words in this transcript."""
        from qualcode.tui.coding.finding import Find

        self.app.push_screen(Find(self.reader))

    def action_clear_hits(self) -> None:
        """Show the hits of a search no longer."""
        self.reader.show_hits([])

    def _goto(self, offset: int | None, otherwise: str) -> None:
        if offset is None:
            self.app.notify(otherwise, timeout=3)
        else:
            self.reader.goto(offset)

    def action_next_transcript(self) -> None:
        """Open the next transcript."""
        if found := self.session.neighbour(+1):
            self.open_transcript(found)

    def action_previous_transcript(self) -> None:
        """Open the transcript before."""
        if found := self.session.neighbour(-1):
            self.open_transcript(found)


def short(text: str, most: int = 60) -> str:
    """The words on one line, cut if they are many."""
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1] + "…"
