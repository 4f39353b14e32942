"""Opened over the themes: a matrix of counts as a heat map, and one case with its informants side by side."""

from __future__ import annotations

from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.color import Color
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Static

from qualcode.analysis.quotes import quotes_of
from qualcode.analysis.themes import ArrangedTheme, Voices, voices
from qualcode.i18n import _, ngettext
from qualcode.model import Case, Coder, Transcript
from qualcode.reports.documents.themes import NamedMatrix
from qualcode.reports.material import Material
from qualcode.reports.quoting import shorten
from qualcode.store.project import Project
from qualcode.tasks.material import gather
from qualcode.tasks.themes import KINDS, arranged, matrix_of
from qualcode.text.words import cut
from qualcode.tui.common.dialog import Choose
from qualcode.tui.common.lists import Grid, Rows
from qualcode.tui.common.passages import Passages
from qualcode.tui.common.step import OverStep
from qualcode.tui.common.words import put, styled
from qualcode.tui.session import Session

_NAME, _COLUMN = 30, 12


class MatrixScreen(OverStep, step="themes", place="matrix", panes=("grid",)):
    """Opened over the step Themes."""

    def __init__(self, session: Session, coders: tuple[Coder, ...] = ()) -> None:
        super().__init__(session)
        self._coders = coders
        self._kind = "themes"

    def body(self) -> ComposeResult:
        """The heading and the counts."""
        yield Static(id="heading")
        yield Grid(id="grid")

    def refresh_all(self) -> None:
        """Count anew."""
        super().refresh_all()
        self._material: Material = gather(self.session.project, self._coders, coded=False)
        self._named: NamedMatrix = matrix_of(self._material, self._kind)
        self._fill()
        self.hint("open", "kind", "whose", "back")

    def _fill(self) -> None:
        matrix = self._named.matrix
        grid = self.query_one(Grid)
        at = grid.cursor_coordinate
        grid.clear(columns=True)
        grid.add_column(Text(""), width=_NAME)
        for _key, label in matrix.columns:
            grid.add_column(Text(cut(label, _COLUMN), justify="right"))
        total = 0
        for row, label in matrix.rows:
            counts = [matrix.count(row, column) for column, _label in matrix.columns]
            total += sum(counts)
            grid.add_row(Text(cut(label, _NAME)), *(self._shaded(count, matrix.highest) for count in counts))
        grid.move_cursor(row=at.row, column=max(1, at.column))
        whose = ", ".join(coder.name for coder in self._material.coders)
        size = ngettext("{n} passage", "{n} passages", total).format(n=total)
        words = f" · {self._named.words}" if self._named.words else ""
        put(self, "#heading", (self._named.title, "bold"), (f"  {whose} · {size}{words}", "$ink-soft"))

    def _shaded(self, count: int, highest: int) -> Text:
        """A count on a ground that is the stronger the higher it is; the number says the same."""
        if not count:
            return Text("·", style="dim", justify="right")
        theme = self.app.theme_variables
        ground = Color.parse(theme["background"]).blend(
            Color.parse(theme["primary"]), 0.15 + 0.6 * count / highest
        )
        style = Style(color=ground.get_contrast_text(1.0).rich_color, bgcolor=ground.rich_color)
        return Text(f" {count} ", style=style, justify="right")

    def action_open(self) -> None:
        """Show the passages behind the count."""
        grid, matrix = self.query_one(Grid), self._named.matrix
        row, column = grid.cursor_coordinate
        if not (0 <= row < len(matrix.rows) and 1 <= column <= len(matrix.columns)):
            return
        (row_key, row_label), (column_key, column_label) = matrix.rows[row], matrix.columns[column - 1]
        at = {transcript.id: transcript for transcript in self._material.transcripts}
        quotes = quotes_of(matrix.cells.get((row_key, column_key), ()), at)
        self.ask(
            Passages(f"{row_label} · {column_label}", quotes),
            lambda quote: self.workbench.arrive(quote.transcript, quote.span),
        )

    def action_kind(self) -> None:
        """Choose what is counted against what."""

        def chosen(kind: str) -> None:
            self._kind = kind
            self.refresh_all()

        ways = [(_(title), kind) for kind, (title, _key) in KINDS.items()]
        ways += [
            (_("Codes by {fact}").format(fact=cut(fact.name, _NAME)), fact.name)
            for fact in self._material.facts
        ]
        self.ask(Choose(_("Count what?"), ways), chosen)

    def action_whose(self) -> None:
        """Choose whose codings count."""

        def chosen(coders: tuple[Coder, ...]) -> None:
            self._coders = coders
            self.refresh_all()

        self.ask(choose_whose(self.session.project), chosen)


def choose_whose(project: Project) -> Choose[tuple[Coder, ...]]:
    """A window that asks whose codings count."""
    everyone: list[tuple[str, tuple[Coder, ...]]] = [(_("both readers"), ())]
    everyone += [(f"{coder.name} · {coder.kind.label}", (coder,)) for coder in project.coders.all()]
    return Choose(_("Whose codings count?"), everyone)


_THEME, _LONGEST = 34, 600


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
        self.hint("open", "next", "previous", "back")

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
            styled((_("Case {label}").format(label=case.label), "bold"), (f"  {about}", "$ink-soft"))
        )
        table.add_column(Text(""), width=_THEME)
        for transcript in self._transcripts:
            table.add_column(Text(_who(transcript)))
        for each in self._voices:
            table.add_row(
                Text(shorten(each.theme.title, _THEME)), *(_sign(len(said)) for said in each.said.values())
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
    return transcript.heard or transcript.name


def _sign(count: int) -> Text:
    if not count:
        return Text(_("silent"), style="dim")
    return Text(ngettext("{n} quote", "{n} quotes", count).format(n=count))
