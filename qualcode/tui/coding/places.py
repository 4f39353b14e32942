"""Going from place to place on the coding screen: codings of one code, bookmarks."""

from __future__ import annotations

from qualcode.i18n import _, ngettext
from qualcode.model import Code, Coding
from qualcode.tui.coding.acts import CodeActs, short
from qualcode.tui.common.codes import CodeCard
from qualcode.tui.preferences import Bookmark, Bookmarks


class CodePlaces(CodeActs):
    """Bookmarks are one's own and stay on this machine."""

    def walk(self, code: Code, step: int) -> None:
        """Go to the next or previous coding of mine with a code, from interview to interview, round the ends."""
        session = self.session
        found = session.codings_of(code)
        if not found or session.transcript is None:
            self.app.notify(
                _("You have not used {code} yet.").format(code=code.name), severity="warning", timeout=3
            )
            return
        order = {transcript.id: place for place, transcript in enumerate(session.transcripts)}
        places = [(order[coding.transcript_id], coding.start) for coding in found]
        here = (order[session.transcript.id], self._from())
        if step > 0:
            number = next((n for n, place in enumerate(places) if place > here), 0)
        else:
            number = next((n for n in range(len(places) - 1, -1, -1) if places[n] < here), len(places) - 1)
        self._show_coding(found[number])
        said = _("{code}: {n} of {total}").format(code=code.name, n=number + 1, total=len(found))
        self.app.notify(said, timeout=2)

    def _show_coding(self, coding: Coding) -> None:
        found = next(t for t in self.session.transcripts if t.id == coding.transcript_id)
        if found != self.session.transcript:
            self.open_transcript(found)
        self.reader.select(coding.span)
        self.query_one(CodeCard).tell(self.session.code_of(coding))

    def action_next_same(self) -> None:
        """Go to the next coding with the code at the cursor, else with the one used last."""
        self._walk_here(+1)

    def action_previous_same(self) -> None:
        """Go to the coding before with the code at the cursor, else with the one used last."""
        self._walk_here(-1)

    def _walk_here(self, step: int) -> None:
        session = self.session
        here = session.codings_at(session.transcript, self.place) if session.transcript else []
        code = session.code_of(here[0]) if here else session.last_code
        if code is None:
            self.app.notify(_("There is no coding at the cursor."), severity="warning", timeout=3)
        else:
            self.walk(code, step)

    # bookmarks

    @property
    def bookmarks(self) -> Bookmarks:
        """The bookmarks of the coder at work in this project."""
        coder = self.session.coder.name if self.session.coder else ""
        return Bookmarks(self.workbench.preferences, self.session.project.path, coder)

    def action_bookmark(self) -> None:
        """Put a bookmark at the cursor's line, or take it away."""
        transcript = self.session.transcript
        if transcript is None:
            return
        lines = self.reader.text_layout
        line = lines.line(self._from())
        there = [
            mark
            for mark in self.bookmarks.all()
            if mark.transcript_id == transcript.id
            and lines.line(min(mark.offset, len(transcript.text))) == line
        ]
        if there:
            self.bookmarks.remove(there[0])
            self.app.notify(_("Bookmark taken away."), timeout=2)
        else:
            self.bookmarks.add(Bookmark(transcript.id, self._from()))
            self.app.notify(_("Bookmark put here. ' goes to your bookmarks."), timeout=3)

    def action_bookmarks(self) -> None:
        """Go to a bookmark."""
        from qualcode.tui.common.dialog import Choose

        transcripts = {transcript.id: transcript for transcript in self.session.transcripts}
        marks = [mark for mark in self.bookmarks.all() if mark.transcript_id in transcripts]
        if not marks:
            self.app.notify(_("You have no bookmarks in this project. * puts one."), timeout=4)
            return
        options = []
        for mark in marks:
            found = transcripts[mark.transcript_id]
            options.append((f"{found.name}: {short(found.text[mark.offset : mark.offset + 200])}", mark))
        title = ngettext("{n} bookmark", "{n} bookmarks", len(marks)).format(n=len(marks))
        self.ask(Choose(title, options), lambda mark: self.go_to(mark.transcript_id, mark.offset))
