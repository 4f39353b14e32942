"""The interviews of the project: what there is, whom it is from, and who has finished it."""

from __future__ import annotations

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Static

from qualcode.i18n import _
from qualcode.model import CoderKind, Transcript
from qualcode.store.records.pseudonyms import NameState
from qualcode.tui.common.dialog import edit_memo
from qualcode.tui.common.files import ChooseFile
from qualcode.tui.common.lists import QuietTable
from qualcode.tui.common.step import StepScreen
from qualcode.tui.common.words import put, styled
from qualcode.tui.transcripts.cases import CasesScreen, Describe, Speakers, TranscriptFields
from qualcode.tui.transcripts.parts import PartsScreen

_FIRST_WORDS = 700


class TranscriptsScreen(StepScreen, step="transcripts", panes=("table", "about")):
    """A table and, beside it, what is known of the transcript under the cursor."""

    def body(self) -> ComposeResult:
        """The table and the card; a friendly word where there is nothing yet."""
        with Horizontal(id="panes"):
            with Vertical(id="list"):
                yield QuietTable(id="table")
                yield Static(id="empty")
            with VerticalScroll(id="about"):
                yield Static(id="card")

    def refresh_all(self) -> None:
        """Show everything as it is in the project now."""
        super().refresh_all()
        session = self.session
        table = self.query_one(QuietTable)
        table.clear(columns=True)
        people = [coder for coder in session.project.coders.all() if coder.kind is not CoderKind.CONSENSUS]
        headings = [_("case"), _("informant"), _("name"), _("names"), _("my codings")]
        sizes = [_("words"), _("turns")]
        self._name_states = session.project.names.states()
        table.add_columns(*map(Text, [*headings, *(f"✓ {coder.name}" for coder in people), *sizes]))
        done = session.project.progress.done()
        for transcript in session.transcripts:
            signs = ["✓" if (transcript.id, coder.id) in done else "·" for coder in people]
            mine = Text(str(session.count_in(transcript) or "·"), justify="right")
            cells = [*_whose(transcript), self._names_of(transcript), mine, *map(Text, signs)]
            cells += _size(transcript)
            table.add_row(*cells, key=transcript.id)
        self._tell(bool(session.transcripts))
        if session.transcript is not None:
            table.move_cursor(row=session.transcripts.index(session.transcript))

    def _names_of(self, transcript: Transcript) -> Text:
        """What became of the names in it; what stops it from leaving stands out."""
        state = self._name_states.get(transcript.id)
        if state is None:
            return Text("–")
        fine = state in (NameState.CLEAR, NameState.REVIEWED)
        return Text(state.label, style=self.app.theme_variables["ink-soft" if fine else "here"])

    def _tell(self, some: bool) -> None:
        self.query_one(QuietTable).display = some
        empty = self.query_one("#empty", Static)
        empty.display = not some
        empty.update(
            Content(
                _(
                    "There are no interviews in this project yet.\n\n"
                    "Press a to take in Word files, plain texts, subtitles and more. A name such as "
                    "casus-04-leraar.docx says at once which case it belongs to and whom it is from."
                )
            )
        )
        if some:
            self.hint("add", "describe", "names", "done", "cases", "step.next")
        else:
            self.hint("add", "app.start")
            put(self, "#card", "")

    @property
    def chosen(self) -> Transcript | None:
        """The transcript under the cursor."""
        row = self.query_one(QuietTable).cursor_row
        transcripts = self.session.transcripts
        return transcripts[row] if 0 <= row < len(transcripts) else None

    @on(DataTable.RowHighlighted)
    def _pointed_at(self) -> None:
        transcript = self.chosen
        if transcript is None:
            return
        self.session.transcript = transcript
        memos = self.session.project.memos.of("transcript", transcript.id)
        parts = [
            Content.styled(transcript.name, "bold"),
            Content.styled(f"\n{transcript.source}\n" if transcript.source else "\n", "$ink-soft"),
            *(styled((f"\n{_('Memo')}: ", "bold $here"), memo.text, "\n") for memo in memos),
            Content("\n" + _opening(transcript)),
        ]
        put(self, "#card", *parts)
        self.query_one("#about").scroll_home(animate=False)

    @on(DataTable.RowSelected)
    def _opened(self) -> None:
        if self.chosen:
            self.workbench.go_to_step("code")

    def action_add(self) -> None:
        """Take interviews in from files."""
        self._take_in()

    @work(exclusive=True, group="intake")
    async def _take_in(self) -> None:
        from qualcode.sources.registry import endings

        with self.workbench.saying():
            folder = self.session.project.path.parent
            endings_shown = (*endings(), ".xlsx")
            window = ChooseFile(_("Take interviews in"), endings_shown, several=True, folder=folder)
            if paths := await self.app.push_screen_wait(window):
                from qualcode.tui.transcripts.taking_in import take_in  # what finds names is slow to load

                taken = await take_in(self.workbench, self.session, paths)
                self._show_again(taken[0] if taken else None)

    def _show_again(self, transcript: Transcript | None) -> None:
        """Read everything anew, with the cursor on a transcript."""
        self.session.reload()
        if transcript is not None:
            self.session.transcript = next(t for t in self.session.transcripts if t.id == transcript.id)
        self.refresh_all()

    def action_names(self) -> None:
        """Look for names that slipped through."""
        self._look_for_names()

    @work(exclusive=True, group="intake")
    async def _look_for_names(self) -> None:
        from qualcode.tui.transcripts.slipped_names import look_for_names  # what finds names is slow to load

        with self.workbench.saying():
            await look_for_names(self.workbench, self.session, self.chosen)
            self._show_again(self.chosen)

    def action_parts(self) -> None:
        """Lay the answers to one question of a form side by side."""
        self.app.push_screen(PartsScreen(self.session))

    def action_cases(self) -> None:
        """Show the table of cases and informants."""
        self.app.push_screen(CasesScreen(self.session), lambda _answer: self._show_again(self.chosen))

    def action_describe(self) -> None:
        """Change name, case or informant."""
        transcript = self.chosen
        if transcript is None:
            return

        def described(answer: TranscriptFields) -> None:
            self.session.project.transcripts.describe(
                transcript, name=answer.name, case=answer.case, informant=answer.informant
            )
            self._show_again(None)

        self.ask(Describe(transcript, self.session.project.roles.all()), described)

    def action_memo(self) -> None:
        """Write a memo on the transcript."""
        transcript = self.chosen
        if transcript is not None:
            title = _("Memo on {name}").format(name=transcript.name)
            edit_memo(self.workbench, "transcript", transcript.id, title, self._pointed_at)

    def action_speakers(self) -> None:
        """Say who the speakers are."""
        self.app.push_screen(Speakers(self.session, self.refresh_all))

    def action_done(self) -> None:
        """Say that I have finished it, or not yet."""
        if self.chosen is not None:
            with self.workbench.saying():
                self.session.mark_done(self.chosen, self.chosen.id not in self.session.done)
                self.refresh_all()

    def action_remove(self) -> None:
        """Take out a transcript without codings."""
        if self.chosen is not None:
            with self.workbench.saying():
                name = self.chosen.name
                self.session.project.transcripts.remove(self.chosen)
                self._show_again(None)
                self.app.notify(_("Taken out: {name}. Press u to undo.").format(name=name), timeout=4)


def _whose(transcript: Transcript) -> list[Text]:
    informant = transcript.heard or "–"
    return [Text(transcript.case or "–", style="bold"), Text(informant), Text(transcript.name)]


def _size(transcript: Transcript) -> list[Text]:
    sizes = (len(transcript.text.split()), len(transcript.turns))
    return [Text(str(size), justify="right") for size in sizes]


def _opening(transcript: Transcript) -> str:
    """The first turns, as many as make a good impression."""
    lines: list[str] = []
    for turn in transcript.turns:
        words = turn.span.of(transcript.text)
        lines.append(f"{turn.speaker}: {words}" if turn.speaker else words)
        if sum(map(len, lines)) > _FIRST_WORDS:
            break
    return "\n\n".join(lines)
