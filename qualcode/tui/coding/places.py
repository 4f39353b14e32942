"""Where one goes on the coding screen, and what is shown there."""

from __future__ import annotations

from qualcode.i18n import _, ngettext
from qualcode.model import Code
from qualcode.text.words import short
from qualcode.tui.coding.finding import Find
from qualcode.tui.coding.panes import CodingPart
from qualcode.tui.common.dialog import Choose
from qualcode.tui.preferences import Bookmark, Bookmarks


class PlaceActions(CodingPart):
    """The part `places` of the coding screen. Bookmarks are one's own and stay on this machine."""

    # codings

    def next_coding(self) -> None:
        """Go to the next coding."""
        self._go(self.reader.marks.shown.next_start(self._from()), _("There is no coding further on."))

    def previous_coding(self) -> None:
        """Go to the coding before."""
        self._go(self.reader.marks.shown.previous_start(self._from()), _("There is no coding before this."))

    def _go(self, offset: int | None, otherwise: str) -> None:
        if offset is None:
            self.say(otherwise, 3)
        else:
            self.reader.goto(offset)

    def _from(self) -> int:
        return self.panes.place.start

    def next_same(self) -> None:
        """Go to the next coding with the code at the cursor, else with the one used last."""
        self._walk_here(+1)

    def previous_same(self) -> None:
        """Go to the coding before with the code at the cursor, else with the one used last."""
        self._walk_here(-1)

    def _walk_here(self, step: int) -> None:
        here = self.panes.codings_here()
        code = self.session.code_of(here[0]) if here else self.session.last_code
        if code is None:
            self.warn(_("There is no coding at the cursor."), 3)
        else:
            self.walk(code, step)

    def walk(self, code: Code, step: int) -> None:
        """Go to the next or previous coding of mine with a code, from interview to interview, round the ends."""
        session = self.session
        found = session.codings_of(code)
        if not found or session.transcript is None:
            self.warn(_("You have not used {code} yet.").format(code=code.name), 3)
            return
        order = {transcript.id: place for place, transcript in enumerate(session.transcripts)}
        places = [(order[coding.transcript_id], coding.start) for coding in found]
        here = (order[session.transcript.id], self._from())
        if step > 0:
            number = next((n for n, place in enumerate(places) if place > here), 0)
        else:
            number = next((n for n in range(len(places) - 1, -1, -1) if places[n] < here), len(places) - 1)
        transcript = session.transcripts[places[number][0]]
        if transcript != session.transcript:
            self.panes.open(transcript)
        self.reader.select(found[number].span)
        self.panes.describe(code)
        self.say(_("{code}: {n} of {total}").format(code=code.name, n=number + 1, total=len(found)), 2)

    # transcripts and words

    def next_transcript(self) -> None:
        """Open the next transcript."""
        self._open_beside(+1)

    def previous_transcript(self) -> None:
        """Open the transcript before."""
        self._open_beside(-1)

    def _open_beside(self, step: int) -> None:
        if found := self.session.neighbour(step):
            self.panes.open(found)

    def find(self) -> None:
        """Find words in this transcript."""
        self.workbench.push_screen(Find(self.reader))

    def clear_hits(self) -> None:
        """Show the hits of a search no longer."""
        self.reader.show_hits([])

    # bookmarks

    @property
    def kept(self) -> Bookmarks:
        """The bookmarks of the coder at work in this project."""
        coder = self.session.coder.name if self.session.coder else ""
        return Bookmarks(self.workbench.preferences, self.session.project.path, coder)

    def bookmark(self) -> None:
        """Put a bookmark at the cursor's line, or take it away."""
        transcript = self.session.transcript
        if transcript is None:
            return
        lines = self.reader.text_layout
        line = lines.line(self._from())
        there = [
            mark
            for mark in self.kept.all()
            if mark.transcript_id == transcript.id
            and lines.line(min(mark.offset, len(transcript.text))) == line
        ]
        if there:
            self.kept.remove(there[0])
            self.say(_("Bookmark taken away."), 2)
        else:
            self.kept.add(Bookmark(transcript.id, self._from()))
            self.say(_("Bookmark put here. ' goes to your bookmarks."), 3)

    def bookmarks(self) -> None:
        """Go to a bookmark."""
        transcripts = {transcript.id: transcript for transcript in self.session.transcripts}
        marks = [mark for mark in self.kept.all() if mark.transcript_id in transcripts]
        if not marks:
            self.say(_("You have no bookmarks in this project. * puts one."))
            return
        options = []
        for mark in marks:
            found = transcripts[mark.transcript_id]
            options.append((f"{found.name}: {short(found.text[mark.offset : mark.offset + 200])}", mark))
        title = ngettext("{n} bookmark", "{n} bookmarks", len(marks)).format(n=len(marks))
        self.screen.ask(
            Choose(title, options), lambda mark: self.panes.go_to(mark.transcript_id, mark.offset)
        )


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
