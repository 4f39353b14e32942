"""One case, its informants side by side: what each says on a theme, and who is silent on it."""

from __future__ import annotations

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Static

from qualcode.analysis.themes import ArrangedTheme, Voices, voices
from qualcode.i18n import _, ngettext
from qualcode.model import Case, Coder, Transcript
from qualcode.reports.quoting import shorten
from qualcode.tasks.themes import arranged
from qualcode.tui.common.lists import Rows
from qualcode.tui.common.step import OverStep
from qualcode.tui.session import Session

_NAME, _LONGEST = 34, 600


class VoicesScreen(OverStep, step="themes", place="voices", panes=("grid",)):
    """Opened over the step Themes. Above: themes by informants; below: their words on the theme chosen."""

    def __init__(self, session: Session, coders: tuple[Coder, ...] = ()) -> None:
        super().__init__(session)
        self._coders = coders
        self._case = 0

    def body(self) -> ComposeResult:
        """The heading, the table, and a column per informant."""
        yield Static(id="heading")
        yield Rows(id="grid")
        yield Horizontal(id="said")

    def refresh_all(self) -> None:
        """Show the case as it is now."""
        super().refresh_all()
        self._themes: list[ArrangedTheme] = arranged(self.session.project, self._coders)
        self._cases: list[Case] = self.session.project.cases.all()
        self._show()
        self.hint("voices.open", "voices.next", "voices.previous", "voices.back")

    def _show(self) -> None:
        table = self.query_one(Rows)
        table.clear(columns=True)
        heading = self.query_one("#heading", Static)
        if not self._cases:
            self._voices: list[Voices] = []
            heading.update(Content(_("There are no cases in this project yet.")))
            return
        case = self._cases[self._case % len(self._cases)]
        self._transcripts = [t for t in self.session.transcripts if t.case_id == case.id]
        self._voices = voices(self._themes, self._transcripts)
        about = " · ".join(f"{name} {value}" for name, value in case.attributes.items())
        heading.update(
            Content.assemble(
                Content.styled(_("Case {label}").format(label=case.label), "bold"),
                Content.styled(f"  {about}", "$ink-soft"),
            )
        )
        table.add_column(Text(""), width=_NAME)
        for transcript in self._transcripts:
            table.add_column(Text(_who(transcript)))
        for each in self._voices:
            table.add_row(
                Text(shorten(each.theme.title, _NAME)), *(_sign(len(said)) for said in each.said.values())
            )

    @on(DataTable.RowHighlighted)
    async def _pointed_at(self) -> None:
        row = self.query_one(Rows).cursor_row
        said = self.query_one("#said", Horizontal)
        await said.remove_children()
        if not 0 <= row < len(self._voices):
            return
        columns = []
        for transcript in self._transcripts:
            fragments = self._voices[row].said[transcript.id]
            parts = [Content.styled(f"{_who(transcript)}\n", "bold $here")]
            parts += [Content(f"“{shorten(' '.join(f.words.split()), _LONGEST)}”\n\n") for f in fragments]
            if not fragments:
                parts.append(Content.styled(_("silent on this"), "$ink-soft"))
            columns.append(VerticalScroll(Static(Content.assemble(*parts)), classes="voice"))
        await said.mount_all(columns)

    def action_open(self) -> None:
        """Go to the first fragment in its interview."""
        row = self.query_one(Rows).cursor_row
        if 0 <= row < len(self._voices):
            found = [f for said in self._voices[row].said.values() for f in said]
            if found:
                self.workbench.arrive(found[0].quote.transcript, found[0].quote.span)

    def action_case(self, by: int) -> None:
        """Show another case."""
        self._case += by
        self._show()


def _who(transcript: Transcript) -> str:
    return transcript.informant.label if transcript.informant else transcript.name


def _sign(count: int) -> Text:
    if not count:
        return Text(_("silent"), style="dim")
    return Text(ngettext("{n} quote", "{n} quotes", count).format(n=count))
