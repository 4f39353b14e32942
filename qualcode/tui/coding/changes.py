"""Changing codings and words on the coding screen: held edges, cut in two, one more code, corrections."""

from __future__ import annotations

import re
from collections.abc import Callable

from qualcode.i18n import N_, _, ngettext
from qualcode.model import Coding, Transcript, Turn
from qualcode.store.records.revisions import Revision
from qualcode.tasks.coding.codebook import in_vivo, take_as_example
from qualcode.tasks.coding.codings import split_coding
from qualcode.tasks.transcripts.revising import corrected_words
from qualcode.text.words import short
from qualcode.tui.coding.finding import Choosing
from qualcode.tui.coding.panes import CodingPart
from qualcode.tui.common.dialog import Choose, MemoEditor
from qualcode.tui.common.step import StepScreen
from qualcode.tui.program import Program
from qualcode.tui.reader import Reader
from qualcode.tui.session import Session


class TurnEditor(MemoEditor):
    """The words of a turn to write in; the answer is the words as they should be."""

    HELP_LINE = N_("ctrl+s or Esc goes on (nothing changes before you agree) · ctrl+x leaves it as it was")


def correct_turn(
    app: Program, session: Session, transcript: Transcript, turn: Turn, then: Callable[[], object]
) -> None:
    """Let the words of a turn be corrected, say what that does, and ask; `then` is called if it was done."""
    before = turn.span.of(transcript.text)

    def written(words: str) -> None:
        if words == before:
            return
        project = session.project
        if "\n" not in before:  # a turn of one paragraph stays one
            words = re.sub(r"\s*\n\s*", " ", words.strip())
        revision, turns = corrected_words(project, transcript, turn.span, words)

        def agreed(answer: str) -> None:
            if answer == "yes":
                project.revisions.make(revision, turns, drop=bool(revision.lost))
                then()
                app.notify(_("Corrected. Press u to undo."), timeout=4)
            elif answer == "again":
                app.ask(TurnEditor(title, words), written)

        options = [(_agree(revision), "yes"), (_("Go on writing"), "again"), (_("Leave it as it was"), "no")]
        app.ask(Choose(_says(revision), options), agreed)

    title = _("Turn {n}, {speaker}").format(n=turn.n, speaker=turn.speaker or "–")
    app.ask(TurnEditor(title, before), written)


def _agree(revision: Revision) -> str:
    count = len(revision.lost)
    if not count:
        return _("Correct it")
    return ngettext(
        "Correct it, and take {n} coding away", "Correct it, and take {n} codings away", count
    ).format(n=count)


def _says(revision: Revision) -> str:
    """What the correction does to codings, in a line."""
    text = revision.transcript.text
    changed = sum(coding.span.of(text) != span.of(revision.text) for coding, span in revision.moved)
    kept = ngettext("{n} coding gets other words", "{n} codings get other words", changed).format(n=changed)
    lost = ngettext("{n} would be lost", "{n} would be lost", len(revision.lost)).format(n=len(revision.lost))
    return f"{kept} · {lost}" if revision.lost else kept if changed else _("No coding is touched")


class ChangeActions(CodingPart):
    """The part `changes` of the coding screen.

    While a coding is held, the keys that widen, narrow or move an edge change the coding itself.
    """

    def __init__(self, screen: StepScreen) -> None:
        super().__init__(screen)
        self._choose = Choosing(screen)

    # holding

    def take_up(self) -> None:
        """Hold the coding at the cursor, or let go of it."""
        if self.panes.held is not None:
            self.panes.held = None
            self.reader.select(None)
            self.panes.tell_place()
        else:
            self._choose.coding_here(_("Hold which coding?"), self.hold)

    def hold_one_of(self, codings: list[Coding]) -> None:
        """Hold one of the codings whose bracket was clicked."""
        self._choose.coding(_("Which coding?"), codings, self.hold)

    def hold(self, coding: Coding) -> None:
        """Mark a coding of mine and hold it."""
        self.reader.select(coding.span)
        self.panes.held = coding
        self.panes.describe(self.session.code_of(coding))
        self.panes.tell_place()

    def edges_moved(self, event: Reader.SelectionChanged) -> None:
        """Give the coding that is held the edges of what is marked; something else marked lets go of it."""
        held = self.panes.held
        if held is None or event.span == held.span:
            return
        if event.span is None or not event.adjusted:
            self.panes.held = None
            self.panes.tell_place()
            return
        with self.workbench.saying():
            self.panes.held = moved = self.session.move(held, event.span)
            self.panes.changed(moved)

    # codings

    def split(self) -> None:
        """Cut the coding in two at the cursor."""
        at = self.reader.cursor_offset
        inside = [coding for coding in self.panes.codings_here() if coding.start < at < coding.end]
        if inside:
            self._choose.coding(_("Cut which coding?"), inside, lambda coding: self._split(coding, at))
        else:
            self.warn(_("Put the cursor inside the coding, where it is to be cut in two."))

    def _split(self, coding: Coding, at: int) -> None:
        halves = split_coding(self.session.project, coding, at)
        self.session.split(*halves)
        self.panes.changed(*halves)

    def copy_to(self) -> None:
        """Give the words of a coding another code as well."""
        self._choose.with_other_code(
            _("One more code for which coding?"),
            _("Which code as well?"),
            lambda coding, code: self.session.add(coding.span, code),
        )

    # codes and words

    def in_vivo(self) -> None:
        """Make a code of the marked words, and code them with it."""
        session, place = self.session, self.reader.selection
        if place is None or session.transcript is None:
            self.warn(_("Mark the words first that the code is to be called by."))
            return
        if session.coder is None:
            self.screen.do_soon("step.coder")
            return
        with self.workbench.saying():
            code, _coding = in_vivo(session.project, session.transcript, place)
            session.use(code)
            self.show_anew()
            self.say(_("New code: {code}. Press u to undo.").format(code=code.name))

    def example(self) -> None:
        """Make a coding the example of its code."""
        self._choose.coding_here(_("Which coding is the example?"), self._example)

    def _example(self, coding: Coding) -> None:
        code = take_as_example(self.session.project, coding)
        self.show_anew()
        self.say(_("Example of {code}: “{words}”").format(code=code.name, words=short(str(code.example))))

    def correct(self) -> None:
        """Correct the words of the turn at the cursor."""
        transcript = self.session.transcript
        turn = transcript.turn_at(self.panes.place.start) if transcript else None
        if transcript is not None and turn is not None:
            correct_turn(self.workbench, self.session, transcript, turn, self.show_anew)
