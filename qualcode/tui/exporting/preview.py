"""A document as it will be, on the screen: headings, words, tables; pictures are told in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from qualcode.i18n import _, ngettext
from qualcode.reports.content import Cell, Document, Heading, Paragraph, Picture, Plain, TableBlock
from qualcode.tui.actions import unseen
from qualcode.tui.common.words import styled

_MOST_ROWS = 150  # of one table; the file has them all
_SHORT, _WIDEST = 26, 110


class Preview(Screen[None]):
    """Esc goes back to the form."""

    CSS_PATH = "preview.tcss"
    BINDINGS = unseen(
        {"escape,q": "close", "j": "scroll(1)", "k": "scroll(-1)", "space": "page(1)", "b": "page(-1)"}
    )

    def __init__(self, document: Document, changes: Sequence[str] = ()) -> None:
        super().__init__()
        self._document, self._changes = document, changes

    def compose(self) -> ComposeResult:
        """The pieces below each other."""
        with VerticalScroll(id="paper"):
            if self._changes:
                yield Static(Content.styled(_("What would change in the file that is there:"), "bold $here"))
                yield Static(Content("\n".join(self._changes) + "\n"))
            yield Static(Content.styled(self._document.title, "bold underline"))
            yield Static(Content.styled(self._document.subtitle + "\n", "$ink-soft"))
            for block in self._document.plain():
                yield from (Static(piece) for piece in pieces(block))
        yield Static(Content.styled(_("Esc goes back · space turns the page"), "$ink-soft"), id="help")

    def on_mount(self) -> None:
        """The keys of the scrolling are those of the paper."""
        self.query_one("#paper").focus()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

    def action_scroll(self, by: int) -> None:
        """Scroll a line."""
        self.query_one("#paper").scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Turn a page."""
        paper = self.query_one("#paper")
        paper.scroll_relative(y=by * (paper.size.height - 2), animate=False)


def pieces(block: Plain) -> Iterator[Content]:
    """A block as it is shown."""
    if isinstance(block, TableBlock):
        yield from _table(block)
    elif isinstance(block, Heading):
        yield Content.styled(f"\n{block.text}", "bold $here")
    elif isinstance(block, Picture):
        yield Content.styled(f"▒ {_('Figure')}: {block.description}\n", "$ink-soft")
    elif isinstance(block, Paragraph):
        yield _words(block)


def _words(paragraph: Paragraph) -> Content:
    parts = []
    for run in paragraph.runs:
        looks = [
            name for name, on in (("bold", run.bold), ("italic", run.italic), ("$ink-soft", run.quiet)) if on
        ]
        parts.append(Content.styled(run.text, " ".join(looks)) if looks else Content(run.text))
    return Content.assemble(*parts)


def _table(table: TableBlock) -> Iterator[Content]:
    yield Content.styled(f"\n{table.caption}", "bold")
    rows = list(table.rows[:_MOST_ROWS])
    shown = [[cell.words for cell in row] for row in (table.header, *rows)]
    widths = [
        max((cell_len(row[n]) for row in shown if n < len(row)), default=0) for n in range(len(table.header))
    ]
    if (
        all("\n" not in words for row in shown for words in row)
        and max(widths) <= _SHORT
        and sum(widths) <= _WIDEST
    ):
        for n, row in enumerate(shown):
            line = "  ".join(
                words + " " * (width - cell_len(words)) for words, width in zip(row, widths, strict=False)
            )
            yield Content.styled(line, "$ink-soft") if n == 0 else Content(line)
    else:
        yield from _rows_as_paragraphs(table, rows)
    if len(table.rows) > _MOST_ROWS:
        more = len(table.rows) - _MOST_ROWS
        words = ngettext("… and {n} row more in the file", "… and {n} rows more in the file", more)
        yield Content.styled(words.format(n=more), "$ink-soft")


def _rows_as_paragraphs(table: TableBlock, rows: Sequence[tuple[Cell, ...]]) -> Iterator[Content]:
    """Each row as a paragraph per cell, under the names of the columns."""
    for row in rows:
        first, *others = row
        yield Content.assemble("\n", *_lines(first))
        for heading, cell in zip(table.header[1:], others, strict=False):
            if cell.words.strip():
                yield styled((f"  {heading.words}: ", "$ink-soft"), *_lines(cell))


def _lines(cell: Cell) -> list[Content]:
    lines: list[Content] = []
    for n, paragraph in enumerate(cell.paragraphs):
        lines += [Content("\n  ")] if n else []
        lines.append(_words(paragraph))
    return lines
