"""A document as Markdown (with the tables of GitHub): pictures are told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from qualcode.reports.content import Cell, Document, Heading, Paragraph, Picture, Run, TableBlock
from qualcode.reports.writers.blocks import Progress, TextWriter, clean, no_progress

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LINE_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def write_markdown(document: Document, path: Path, *, progress: Progress = no_progress) -> None:
    """Write `document` as a .md file at `path`."""
    MarkdownWriter(document, progress).save(path)


class MarkdownWriter(TextWriter):
    """Blocks as lines with signs."""

    def opening(self) -> Iterator[str]:
        yield f"# {_words(self._document.title)}\n\n"
        if self._document.subtitle:
            yield f"{_words(self._document.subtitle)}\n\n"

    def table(self, table: TableBlock) -> Iterator[str]:
        label, n = self.table_label()
        yield f"**{label} {n}. {_words(table.caption)}**\n\n"
        yield _row([_words(cell.words) for cell in table.header])
        yield "|" + "---|" * len(table.header) + "\n"
        for row in table.rows:
            yield _row([piece for cell in row for piece in (_cell(cell), *[""] * (cell.span - 1))])
        yield "\n"
        self.tick(len(table.rows))

    def picture(self, picture: Picture) -> Iterator[str]:
        label, n = self.figure_label()
        yield f"**{label} {n}. {_words(picture.caption)}** {_words(picture.description)}\n\n"

    def heading(self, heading: Heading) -> Iterator[str]:
        yield f"{'#' * (heading.level + 1)} {_words(heading.text)}\n\n"

    def contents(self) -> Iterator[str]:
        return iter(())  # headings are their own list on a screen

    def page_break(self) -> Iterator[str]:
        yield "---\n\n"

    def paragraph(self, paragraph: Paragraph) -> Iterator[str]:
        words = "".join(map(_run, paragraph.runs))
        yield _LINE_START.sub(r"\1\\\2", words) + "\n\n"


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def _cell(cell: Cell) -> str:
    return "<br>".join(
        "".join(map(_run, paragraph.runs)).replace("\n", "<br>") for paragraph in cell.paragraphs
    )


def _run(run: Run) -> str:
    words = _words(run.text)
    inner = words.strip()
    if not inner:
        return words
    for sign, wanted in (("**", run.bold), ("*", run.italic)):
        if wanted:
            # signs must touch the words, or they are read as signs
            words = words.replace(inner, f"{sign}{inner}{sign}", 1)
            inner = f"{sign}{inner}{sign}"
    return words


def _words(words: str) -> str:
    return _SIGNS.sub(r"\\\1", clean(words)).replace("\t", " ")
