"""The panes of the coding screen: transcripts on the left, the text in the middle, the codebook on the right."""

from __future__ import annotations

from typing import cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static, Tree

from qualcode.i18n import _, ngettext
from qualcode.language.sentences import sentence_starts
from qualcode.model import Code, Coding, Transcript
from qualcode.text.spans import Span
from qualcode.tui.common.bars import Chip, Chips, StatusLine
from qualcode.tui.common.codes import CodeCard, CodeTree, code_ink
from qualcode.tui.common.step import StepScreen
from qualcode.tui.common.trees import TranscriptTree, transcript_title
from qualcode.tui.common.words import put
from qualcode.tui.program import Program
from qualcode.tui.reader import Overview, Reader, TextMark
from qualcode.tui.reader.marks import Side, mark_of
from qualcode.tui.session import Session

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


class CodingPanes(Horizontal):
    """Shows the open transcript with its codings, and says what is at the cursor."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="panes")
        self.session = session
        self.held: Coding | None = None
        """The coding whose edges the edge keys move."""

    def compose(self) -> ComposeResult:
        """Three panes."""
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

    @property
    def reader(self) -> Reader:
        """The text."""
        return self.query_one("#reader", Reader)

    @property
    def codes(self) -> CodeTree:
        """The codebook."""
        return self.query_one(CodeTree)

    @property
    def place(self) -> Span:
        """What is marked, else the empty place at the cursor."""
        return self.reader.selection or Span(self.reader.cursor_offset, self.reader.cursor_offset)

    def codings_here(self) -> list[Coding]:
        """My codings that touch the place; the one with just its edges, else the shortest, first."""
        transcript = self.session.transcript
        return self.session.codings_at(transcript, self.place) if transcript else []

    def describe(self, code: Code | None) -> None:
        """Show what the codebook says about a code."""
        self.query_one(CodeCard).tell(code)

    # showing

    def fill(self) -> None:
        """Show everything as it is in the session now."""
        session, tree = self.session, self.codes
        self.held = None
        self.query_one(TranscriptTree).fill(session)
        codes = session.project.codebook.all(retired=True) if tree.with_retired else session.codes
        tree.fill(codes, session.counts_by_code(), session.slots)
        self.describe(session.last_code)
        self.open(session.transcript)
        if session.hidden:
            self.show_hidden()

    def open(self, transcript: Transcript | None) -> None:
        """Show a transcript where it was left."""
        session = self.session
        session.transcript = transcript
        if transcript is None:
            self.tell()
            return
        found = session.codings_in(transcript) + session.others_in(transcript)
        marks = [self.mark_of(coding) for coding in found]
        if self.reader.transcript != transcript:
            self.held = None
            self.reader.show(transcript, marks, at=session.places.get(transcript.id, 0))
        else:
            self.reader.marks.set(marks)
        self.query_one(TranscriptTree).recount()
        self.query_one(TranscriptTree).point_at(transcript)
        self.tell()

    def mark_of(self, coding: Coding) -> TextMark:
        """A coding as the reader shows it."""
        side: Side = "a" if coding.id in self.session.codings else "b"
        memo = coding.id in self.session.with_memo
        return mark_of(coding, self.session.code_of(coding), side, memo=memo)

    def show_hidden(self) -> None:
        """Leave the codings of hidden codes out of the text, and say in the codebook which they are."""
        hidden = frozenset(self.session.hidden)
        self.reader.marks.filter((lambda mark: mark.code not in hidden) if hidden else None)
        self.codes.hide(hidden)

    def changed(self, *codings: Coding) -> None:
        """Show codings that were made or changed, and bring counts, signs and words up to date."""
        for coding in codings:
            self.reader.marks.add(self.mark_of(coding))
        self.codes.recount(self.session.counts_by_code())
        self.query_one(TranscriptTree).recount()
        self.tell()

    def go_to(self, transcript_id: str, offset: int) -> None:
        """Open a transcript at a place; what is marked there stays marked."""
        found = next((each for each in self.session.transcripts if each.id == transcript_id), None)
        if found is not None:
            if found != self.session.transcript:
                self.open(found)
            if self.reader.selection is None or self.reader.selection.start != offset:
                self.reader.goto(offset)

    # saying

    def tell(self) -> None:
        """Say what is open, what is at the cursor and which keys fit."""
        self._tell_heading()
        self.query_one(QuickCodes).tell(self.session)
        self.tell_place()

    def _tell_heading(self) -> None:
        session = self.session
        transcript = session.transcript
        if transcript is None:
            put(self, "#heading", "")
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
        put(self, "#heading", *parts)

    def tell_place(self) -> None:
        """Say what is at the cursor and which keys fit: done at every step, so kept light."""
        session, reader = self.session, self.reader
        screen = cast("StepScreen", self.screen)
        status = screen.query_one(StatusLine)
        if session.transcript is None:
            status.say(_("There is no transcript yet. Take interviews in at the step Transcripts."))
            screen.hint("step.previous", "app.jump")
            return
        place = reader.selection
        marks = reader.marks.shown.at(reader.cursor_offset)
        at_cursor = [found for mark in marks if (found := session.coding(mark.id))]
        here = session.codings_at(session.transcript, place) if place else at_cursor
        words = place.of(session.transcript.text) if place else ""
        status.tell(session, here, words, held=self.held is not None)
        screen.hint(*self._fitting(bool(place), bool(here)))

    def _fitting(self, marked: bool, coded: bool) -> tuple[str, ...]:
        """The actions that fit this moment."""
        if self.codes.has_focus:
            return _IN_THE_CODEBOOK
        if self.held is not None:
            return _HOLDING
        return _MARKED if marked else _ON_A_CODING if coded else _READING

    # what happens in them

    def on_descendant_focus(self) -> None:
        """Other keys fit another pane."""
        self.tell_place()

    @on(Reader.CursorMoved)
    def _moved(self, event: Reader.CursorMoved) -> None:
        if self.session.transcript:
            self.session.places[self.session.transcript.id] = event.offset
        self.tell_place()

    @on(Tree.NodeHighlighted, "#codes")
    def _code_pointed_at(self, event: Tree.NodeHighlighted[Code]) -> None:
        if event.node.data is not None and self.codes.has_focus:
            self.describe(event.node.data)

    @on(Tree.NodeSelected, "#transcripts")
    def _transcript_chosen(self, event: Tree.NodeSelected[object]) -> None:
        if isinstance(event.node.data, Transcript):
            self.open(event.node.data)
            self.reader.focus()
        else:
            event.node.toggle()


_ROOM_FOR_A_WORD = 13


class QuickCodes(Chips):
    """The nine codes under the number keys, to be clicked as well: number, letters, and of the name what fits."""

    def __init__(self) -> None:
        super().__init__(id="quick")
        self._session: Session | None = None

    def tell(self, session: Session) -> None:
        """Show the codes that have a key now."""
        self._session = session
        codes = session.slots.codes()
        room = self.content_size.width // max(len(codes), 1)
        self.show([self._chip(number, code, room) for number, code in enumerate(codes, 1)])

    def on_resize(self, _event: events.Resize) -> None:
        """More or less of the names fits."""
        if self._session:
            self.tell(self._session)

    def notify_style_update(self) -> None:
        """Another theme: the colours of the codes are made readable on it."""
        super().notify_style_update()
        if self._session:
            self.call_after_refresh(self.tell, self._session)

    def _chip(self, number: int, code: Code, room: int) -> Chip:
        name = str(code.name) or code.slug
        left = room - 6
        word = f"{name[: left - 1]}…" if len(name) > left else name
        parts = [
            Content.styled(f" {number}", "$ink-soft"),
            Content.styled(f" {code.mnemonic:<2}", code_ink(code, self)),
        ]
        if room >= _ROOM_FOR_A_WORD:
            parts.append(Content.styled(f" {word}", "$ink-soft"))
        tip = _("{name}: click or press {n}").format(name=name, n=number)
        return Chip(Content.assemble(*parts, " "), f"screen.do('code.slot', {number})", tip)


class CodingPart:
    """One job on the coding screen, and what it works on: the panes, the session, the program."""

    def __init__(self, screen: StepScreen) -> None:
        self.screen = screen
        self.session: Session = screen.session
        self.workbench: Program = screen.workbench
        self.panes: CodingPanes = screen.query_one(CodingPanes)

    @property
    def reader(self) -> Reader:
        """The text."""
        return self.panes.reader

    def warn(self, words: str, timeout: float | None = None) -> None:
        """Say what to do first."""
        self.workbench.notify(words, severity="warning", timeout=timeout)

    def say(self, words: str, timeout: float = 4) -> None:
        """Say what was done."""
        self.workbench.notify(words, timeout=timeout)

    def show_anew(self) -> None:
        """Read everything again and show it: the codebook or the words of a transcript are other ones now."""
        self.session.reload()
        self.screen.refresh_all()
