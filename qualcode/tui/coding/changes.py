"""Changing codings and words on the coding screen: cut in two, one more code, held edges, corrections."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on

from qualcode.i18n import _, ngettext
from qualcode.model import Code, Coding, Transcript, Turn
from qualcode.store.records.revisions import Revision
from qualcode.tui.coding.acts import CodeActs, short
from qualcode.tui.common.codes import CodeCard
from qualcode.tui.common.dialog import Choose
from qualcode.tui.common.memo import MemoEditor
from qualcode.tui.reader import Reader, surface

if TYPE_CHECKING:
    from qualcode.tui.app import Workbench
    from qualcode.tui.session import Session


class TurnEditor(MemoEditor):
    """The words of a turn to write in; the answer is the words as they should be."""

    def help_line(self) -> str:
        """What the keys do here."""
        return _("ctrl+s or Esc goes on (nothing changes before you agree) · ctrl+x leaves it as it was")


def correct_turn(
    app: Workbench, session: Session, transcript: Transcript, turn: Turn, then: Callable[[], object]
) -> None:
    """Let the words of a turn be corrected, say what that does, and ask; `then` is called if it was done."""
    before = turn.span.of(transcript.text)

    def written(words: str | None) -> None:
        if words is None or words == before:
            return
        with app.saying():
            _plan(words)

    def _plan(words: str) -> None:
        from qualcode.tasks.transcripts.revising import corrected_words

        project = session.project
        if "\n" not in before:  # a turn of one paragraph stays one
            words = re.sub(r"\s*\n\s*", " ", words.strip())
        revision, turns = corrected_words(project, transcript, turn.span, words)

        def agreed(answer: str | None) -> None:
            if answer == "yes":
                with app.saying():
                    project.revisions.make(revision, turns, drop=bool(revision.lost))
                    then()
                    app.notify(_("Corrected. Press u to undo."), timeout=4)
            elif answer == "again":
                app.push_screen(TurnEditor(title, words), written)

        options = [(_agree(revision), "yes"), (_("Go on writing"), "again"), (_("Leave it as it was"), "no")]
        app.push_screen(Choose(_says(revision), options), agreed)

    title = _("Turn {n}, {speaker}").format(n=turn.n, speaker=turn.speaker or "–")
    app.push_screen(TurnEditor(title, before), written)


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
    def _edges_moved(self, event: surface.SelectionChanged) -> None:
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
        from qualcode.tasks.coding.codebook import in_vivo

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
        from qualcode.tasks.coding.codebook import take_as_example

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

        transcript = self.session.transcript
        turn = transcript.turn_at(self.place.start) if transcript else None
        if transcript is not None and turn is not None:
            correct_turn(self.workbench, self.session, transcript, turn, self._corrected)

    def _corrected(self) -> None:
        self.session.reload()
        self.refresh_all()
