"""A document as Markdown (with the tables of GitHub): pictures are told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from qualcode.i18n import _, speaking
from qualcode.reports.content import (
    Cell,
    Contents,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Plain,
    Run,
    TableBlock,
)
from qualcode.reports.writers.word import Progress, no_progress
from qualcode.reports.writers.word_xml import clean

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LINE_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def write_markdown(document: Document, path: Path, *, progress: Progress = no_progress) -> None:
    """Write `document` as a .md file at `path`."""
    with speaking(document.language), path.open("w", encoding="utf-8", newline="\n") as out:
        for piece in markdown_pieces(document, progress):
            out.write(piece)


def markdown_pieces(document: Document, progress: Progress = no_progress) -> Iterator[str]:
    """The file piece by piece."""
    yield f"# {_words(document.title)}\n\n"
    if document.subtitle:
        yield f"{_words(document.subtitle)}\n\n"
    numbers = {"table": 0, "figure": 0}
    total = sum(len(table.rows) for table in document.tables())
    done = 0
    for block in document.plain():
        yield from _block(block, numbers)
        if isinstance(block, TableBlock):
            done += len(block.rows)
            progress(done, total)


def _block(block: Plain, numbers: dict[str, int]) -> Iterator[str]:
    if isinstance(block, TableBlock):
        numbers["table"] += 1
        yield f"**{_('Table')} {numbers['table']}. {_words(block.caption)}**\n\n"
        yield _row([cell.words for cell in block.header], escaped=False)
        yield "|" + "---|" * len(block.header) + "\n"
        for row in block.rows:
            cells = [piece for cell in row for piece in (_cell(cell), *[""] * (cell.span - 1))]
            yield _row(cells, escaped=True)
        yield "\n"
    elif isinstance(block, Picture):
        numbers["figure"] += 1
        yield f"**{_('Figure')} {numbers['figure']}. {_words(block.caption)}** {_words(block.description)}\n\n"
    elif isinstance(block, Heading):
        yield f"{'#' * (block.level + 1)} {_words(block.text)}\n\n"
    elif isinstance(block, Paragraph):
        words = "".join(map(_run, block.runs))
        yield _LINE_START.sub(r"\1\\\2", words) + "\n\n"
    elif isinstance(block, PageBreak):
        yield "---\n\n"
    else:
        assert isinstance(block, Contents)  # headings are their own list on a screen


def _row(cells: list[str], *, escaped: bool) -> str:
    return "| " + " | ".join(cell if escaped else _words(cell) for cell in cells) + " |\n"


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
