"""Coding: transcripts on the left, the text in the middle, the codebook on the right."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static, Tree

from qualcode.i18n import _, ngettext
from qualcode.language.sentences import sentence_starts
from qualcode.model import Code, Coding, JournalEntry, Transcript
from qualcode.tui.actions import bindings
from qualcode.tui.coding.changes import CodeChanges
from qualcode.tui.coding.codebook import CodebookActs
from qualcode.tui.coding.places import CodePlaces
from qualcode.tui.coding.quick_codes import QuickCodes
from qualcode.tui.coding.shown import CodeShown
from qualcode.tui.common.bars import StatusLine
from qualcode.tui.common.codes import CodeCard, CodeTree
from qualcode.tui.common.transcript_tree import TranscriptTree, transcript_title
from qualcode.tui.reader import Mark, Overview, Reader, surface

_AFTER_FIRST_PAINT_S = 0.8  # the words of codings, for help in choosing a code, can wait so long

# the hints that fit
_READING = ("reader.sentence", "reader.turn", "reader.next_uncoded", "code.find", "code.done", "step.undo")
_MARKED = ("code.slot", "code.pick", "code.letters", "code.repeat", "code.repeat_next", "code.in_vivo")
_ON_A_CODING = ("code.take_up", "code.recode", "code.copy_to", "code.memo", "code.remove", "code.next_same")
_HOLDING = ("code.take_up", "reader.widen", "reader.narrow", "reader.end_word_right", "reader.end_word_left")
_IN_THE_CODEBOOK = (
    "codebook.new",
    "codebook.under",
    "codebook.edit",
    "codebook.nest",
    "codebook.merge",
    "codebook.retire",
    "codebook.versions",
)


class CodeScreen(CodeChanges, CodePlaces, CodeShown, CodebookActs):
    """The step in which a coder marks passages and gives them codes. Only their own codings show."""

    STEP = "code"
    PLACES = ("code", "reader", "codebook", "step")
    PANES = ("transcripts", "reader", "codes")
    CSS_PATH = "code.tcss"
    BINDINGS = bindings("code")
    AUTO_FOCUS = "#reader"

    def body(self) -> ComposeResult:
        """Three panes, and below them what is at the cursor."""
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield TranscriptTree()
            with Vertical(id="middle"):
                yield Static(id="heading")
                with Horizontal(id="text"):
                    reader = Reader(sentences=sentence_starts, id="reader")
                    yield reader
                    yield Overview(reader)
                yield QuickCodes()
            with Vertical(id="right"):
                yield CodeTree()
                yield CodeCard()
        yield StatusLine()

    @property
    def reader(self) -> Reader:
        """The text."""
        return self.query_one("#reader", Reader)

    def on_mount(self) -> None:
        """Explain the first steps to whoever has not coded before."""
        self.set_timer(_AFTER_FIRST_PAINT_S, self._read_words)
        if self.workbench.demo and self.workbench.preferences.first_time("tour"):
            self.call_after_refresh(self.action_tour)
        elif self.workbench.preferences.first_time("code"):
            self.app.notify(
                _("Mark a sentence with s (or drag with the mouse), then press a number to give it a code."),
                title=_("How it works"),
                timeout=10,
            )

    @work(thread=True, group="code-help", exit_on_error=False)
    def _read_words(self) -> None:
        from qualcode.tui.coding.code_help import get_ready

        get_ready(self.session)

    def refresh_all(self) -> None:
        """Show everything as it is in the project now."""
        super().refresh_all()
        session = self.session
        self.held = None
        self.query_one(TranscriptTree).fill(session)
        tree = self.query_one(CodeTree)
        codes = session.project.codebook.all(retired=True) if tree.with_retired else session.codes
        tree.fill(codes, session.counts_by_code(), session.slots)
        self.query_one(CodeCard).tell(session.last_code)
        self.open_transcript(session.transcript)
        if session.hidden:
            self.show_hidden()

    def open_transcript(self, transcript: Transcript | None) -> None:
        """Show a transcript where it was left."""
        session = self.session
        session.transcript = transcript
        if transcript is None:
            self.tell()
            return
        place = session.places.get(transcript.id, 0)
        if self.reader.transcript != transcript:
            self.held = None
            self.reader.show(transcript, self._marks(transcript), at=place)
        else:
            self.reader.set_marks(self._marks(transcript))
        self.query_one(TranscriptTree).recount()
        self.query_one(TranscriptTree).point_at(transcript)
        self.tell()

    def _marks(self, transcript: Transcript) -> list[Mark]:
        session = self.session
        return [
            self.mark_of(coding) for coding in session.codings_in(transcript) + session.others_in(transcript)
        ]

    def mark_of(self, coding: Coding) -> Mark:
        """A coding as the reader shows it."""
        code = self.session.code_of(coding)
        return Mark(
            id=coding.id,
            start=coding.start,
            end=coding.end,
            mnemonic=code.mnemonic,
            colour=code.colour,
            side="a" if coding.id in self.session.codings else "b",
            code=code.id,
            coder=coding.coder_id,
            memo=coding.id in self.session.with_memo,
        )

    def after_act(self) -> None:
        """Bring counts, signs and words up to date after a coding changed."""
        session = self.session
        self.query_one(CodeTree).recount(session.counts_by_code())
        self.query_one(TranscriptTree).recount()
        self.tell()

    def after_turning(self, entry: JournalEntry) -> None:
        """Show the coding that undo or redo changed, if it is one; what is marked there stays marked."""
        for change in entry.changes:
            row = {**(change.before or {}), **(change.after or {})}
            coding = self.session.codings.get(change.id)
            if coding is not None:
                row = {"transcript_id": coding.transcript_id, "start": coding.start}
            if change.table == "codings" and "transcript_id" in row and "start" in row:
                self.go_to(str(row["transcript_id"]), int(row["start"]))
                return

    def go_to(self, transcript_id: str, offset: int) -> None:
        """Open a transcript at a place."""
        found = next((each for each in self.session.transcripts if each.id == transcript_id), None)
        if found is not None:
            if found != self.session.transcript:
                self.open_transcript(found)
            if self.reader.selection is None or self.reader.selection.start != offset:
                self.reader.goto(offset)

    # what is said

    def tell(self) -> None:
        """Say what is open, what is at the cursor and which keys fit."""
        self._tell_heading()
        self.query_one(QuickCodes).tell(self.session)
        self.tell_place()

    def tell_place(self) -> None:
        """Say what is at the cursor and which keys fit: done at every step, so kept light."""
        session, reader = self.session, self.reader
        status = self.query_one(StatusLine)
        if session.transcript is None:
            status.say(_("There is no transcript yet. Take interviews in at the step Transcripts."))
            self.hint("step.previous", "app.jump")
            return
        place = reader.selection
        marks = reader.marks_at(reader.cursor_offset)
        at_cursor = [found for mark in marks if (found := session.coding(mark.id))]
        here = session.codings_at(session.transcript, place) if place else at_cursor
        status.tell(
            session, here, place.of(session.transcript.text) if place else "", held=self.held is not None
        )
        self.hint(*self._fitting(bool(place), bool(here)))

    def _fitting(self, marked: bool, coded: bool) -> tuple[str, ...]:
        """The acts that fit this moment."""
        if self.query_one(CodeTree).has_focus:
            return _IN_THE_CODEBOOK
        if self.held is not None:
            return _HOLDING
        return _MARKED if marked else _ON_A_CODING if coded else _READING

    def on_descendant_focus(self) -> None:
        """Other keys fit another pane."""
        self.tell_place()

    def _tell_heading(self) -> None:
        session = self.session
        transcript = session.transcript
        if transcript is None:
            self.query_one("#heading", Static).update("")
            return
        count = session.count_in(transcript)
        case = _("Case {label}").format(label=transcript.case) + " · " if transcript.case else ""
        parts: list[Content | tuple[str, str]] = [
            Content.styled(case + transcript_title(transcript, session), "bold"),
            Content.styled(f"  {transcript.name}  ", "$ink-soft"),
            Content.styled(ngettext("{n} coding", "{n} codings", count).format(n=count), "$ink-soft"),
        ]
        if transcript.id in session.done:
            parts.append(Content.styled("  ✓ " + _("done"), "bold $success"))
        self.query_one("#heading", Static).update(Content.assemble(*parts))

    # what happens

    @on(Reader.CursorMoved)
    def _moved(self, event: surface.CursorMoved) -> None:
        if self.session.transcript:
            self.session.places[self.session.transcript.id] = event.offset
        self.tell_place()

    @on(Reader.SelectionChanged)
    def _selected(self) -> None:
        self.tell_place()

    @on(Reader.MarkClicked)
    def _mark_clicked(self, event: surface.MarkClicked) -> None:
        found = [self.session.codings[mark.id] for mark in event.marks if mark.id in self.session.codings]
        if len(found) == 1:
            self.hold(found[0])
        elif found:
            self.choose_coding(_("Which coding?"), found, self.hold)

    @on(Tree.NodeHighlighted, "#codes")
    def _code_pointed_at(self, event: Tree.NodeHighlighted[Code]) -> None:
        if event.node.data is not None and self.query_one(CodeTree).has_focus:
            self.query_one(CodeCard).tell(event.node.data)

    @on(Tree.NodeSelected, "#codes")
    def _code_chosen(self, event: Tree.NodeSelected[Code]) -> None:
        code = event.node.data
        if code is None:
            return
        self.query_one(CodeCard).tell(code)
        if self.reader.selection:
            self.attach(code)
            self.reader.focus()

    @on(Tree.NodeSelected, "#transcripts")
    def _transcript_chosen(self, event: Tree.NodeSelected[object]) -> None:
        if isinstance(event.node.data, Transcript):
            self.open_transcript(event.node.data)
            self.reader.focus()
        else:
            event.node.toggle()
