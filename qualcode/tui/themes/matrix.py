"""A matrix of counts as a heat map; Enter shows the passages behind a count."""

from __future__ import annotations

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.color import Color
from textual.content import Content
from textual.widgets import Static

from qualcode.analysis.quotes import quotes_of
from qualcode.i18n import _, ngettext
from qualcode.model import Coder
from qualcode.reports.documents.themes import NamedMatrix
from qualcode.reports.material import Material
from qualcode.store.project import Project
from qualcode.tasks.material import gather
from qualcode.tasks.themes import KINDS, matrix_of
from qualcode.tui.common.dialog import Choose
from qualcode.tui.common.lists import Grid, cut
from qualcode.tui.common.passages import Passages
from qualcode.tui.common.step import OverStep
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
        self.hint("matrix.open", "matrix.kind", "matrix.whose", "matrix.back")

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
        size = ngettext("{n} coding", "{n} codings", total).format(n=total)
        words = f" · {self._named.words}" if self._named.words else ""
        self.query_one("#heading", Static).update(
            Content.assemble(
                Content.styled(self._named.title, "bold"),
                Content.styled(f"  {whose} · {size}{words}", "$ink-soft"),
            )
        )

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

        self.ask(
            Choose(_("Count what?"), [(_(title), kind) for kind, (title, _key) in KINDS.items()]), chosen
        )

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
