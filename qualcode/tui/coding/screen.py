"""The step Code: a coder marks passages and gives them codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import Tree

from qualcode.i18n import _
from qualcode.model import Code, JournalEntry, Transcript
from qualcode.text.spans import Span
from qualcode.tui.actions import bindings
from qualcode.tui.coding.panes import CodingPanes
from qualcode.tui.common.bars import StatusLine
from qualcode.tui.common.codes import CodeTree
from qualcode.tui.common.step import StepScreen
from qualcode.tui.reader import Reader
from qualcode.tui.steps import load

if TYPE_CHECKING:
    from qualcode.tui.coding.changes import ChangeActions
    from qualcode.tui.coding.codebook import CodebookActions
    from qualcode.tui.coding.codings import CodingActions

_AFTER_FIRST_PAINT_S = 0.8  # what is needed for the first key, and help in choosing a code, can wait so long


class CodeScreen(StepScreen):
    """The panes, and the parts that do what one asks for. Only one's own codings show."""

    STEP = "code"
    PLACES = ("code", "reader", "codebook", "step")
    PANES = ("transcripts", "reader", "codes")
    PARTS = {
        **StepScreen.PARTS,
        "codings": "qualcode.tui.coding.codings:CodingActions",
        "changes": "qualcode.tui.coding.changes:ChangeActions",
        "places": "qualcode.tui.coding.places:PlaceActions",
        "likeness": "qualcode.tui.coding.similar:LikenessActions",
        "shown": "qualcode.tui.coding.places:ShowingActions",
        "codebook": "qualcode.tui.coding.codebook:CodebookActions",
    }
    CSS_PATH = "code.tcss"
    BINDINGS = bindings("code")
    AUTO_FOCUS = "#reader"

    def body(self) -> ComposeResult:
        """The panes, and below them what is at the cursor."""
        yield CodingPanes(self.session)
        yield StatusLine()

    @property
    def panes(self) -> CodingPanes:
        """What is shown."""
        return self.query_one(CodingPanes)

    @property
    def codings(self) -> CodingActions:
        """Giving codes."""
        codings: CodingActions = self.part("codings")
        return codings

    @property
    def changes(self) -> ChangeActions:
        """Holding a coding."""
        changes: ChangeActions = self.part("changes")
        return changes

    def on_mount(self) -> None:
        """Explain the first steps to whoever has not coded before."""
        self.set_timer(_AFTER_FIRST_PAINT_S, self._get_ready)
        if self.workbench.demo and self.workbench.preferences.first_time("tour"):
            self.call_after_refresh(self.do_soon, "step.tour")
        elif self.workbench.preferences.first_time("code"):
            self.workbench.notify(
                _("Mark a sentence with s (or drag with the mouse), then press a number to give it a code."),
                title=_("How it works"),
                timeout=10,
            )

    @work(thread=True, group="code-help", exit_on_error=False)
    def _get_ready(self) -> None:
        """Load beside the screen what the first keys will need, and read the words of codings."""
        for place in self.PARTS.values():
            load(place)
        load("qualcode.tui.coding.code_help:get_ready")(self.session)

    def refresh_all(self) -> None:
        """Show everything as it is in the project now."""
        super().refresh_all()
        self.panes.fill()

    def after_turning(self, entry: JournalEntry) -> None:
        """Show the coding that undo or redo changed, if it is one."""
        for change in entry.changes:
            row = {**(change.before or {}), **(change.after or {})}
            coding = self.session.codings.get(change.id)
            if coding is not None:
                row = {"transcript_id": coding.transcript_id, "start": coding.start}
            if change.table == "codings" and "transcript_id" in row and "start" in row:
                self.panes.go_to(str(row["transcript_id"]), int(row["start"]))
                return

    def show_place(self, transcript: Transcript, span: Span, hits: Sequence[Span]) -> None:
        """Show a stretch marked in its interview, and light up hits; only its start if its words have changed."""
        session, reader = self.session, self.panes.reader
        session.transcript = next((each for each in session.transcripts if each.id == transcript.id), None)
        session.places[transcript.id] = span.start
        self.refresh_all()
        if session.transcript is not None and session.transcript.text_hash == transcript.text_hash:
            reader.show_hits(hits)
            reader.select(span)
        reader.focus()

    # what happens in the panes and is more than showing

    @on(Reader.SelectionChanged)
    def _selected(self, event: Reader.SelectionChanged) -> None:
        self.panes.tell_place()
        if self.panes.held is not None:
            self.changes.edges_moved(event)

    @on(Reader.MarkClicked)
    def _mark_clicked(self, event: Reader.MarkClicked) -> None:
        found = [self.session.codings[mark.id] for mark in event.marks if mark.id in self.session.codings]
        if found:
            self.changes.hold_one_of(found)

    @on(Tree.NodeSelected, "#codes")
    def _code_chosen(self, event: Tree.NodeSelected[Code]) -> None:
        code = event.node.data
        if code is None:
            return
        self.panes.describe(code)
        if self.panes.reader.selection:
            self.codings.attach(code)
            self.panes.reader.focus()

    @on(CodeTree.Dropped)
    def _dropped(self, event: CodeTree.Dropped) -> None:
        codebook: CodebookActions = self.part("codebook")
        codebook.put_under(event.code, event.onto)
