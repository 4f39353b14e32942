"""A document as one HTML file: nothing is fetched, pictures stand in it, it prints well."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from html import escape
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

_STYLE = """
:root { color-scheme: light dark; --ink: #1f2933; --soft: #595959; --line: #b8c2cc; --head: #e8eef4; --ground: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e7eb; --soft: #b0b8c1; --line: #52606d; --head: #2b3742; --ground: #1b1f24; }
  td[style] { color: #1f2933; }
}
body { font: 16px/1.45 Calibri, Carlito, "Segoe UI", sans-serif; color: var(--ink); background: var(--ground);
  max-width: 78rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1.5rem; }
caption { text-align: left; font-weight: 600; padding: .6rem 0 .3rem; }
th, td { border: 1px solid var(--line); padding: .35rem .5rem; text-align: left; vertical-align: top; }
th { background: var(--head); }
td p { margin: 0 0 .3rem; }
.quiet { color: var(--soft); font-size: .85em; }
.number { text-align: right; }
figure { margin: 1rem 0; } figure img { max-width: 100%; background: #fff; } figcaption { font-weight: 600; }
@media print { body { font-size: 10pt; margin: 0; max-width: none; } tr { break-inside: avoid; }
  thead { display: table-header-group; } .break { break-before: page; } @page { size: A4 landscape; margin: 18mm; } }
"""


def write_html(document: Document, path: Path, *, progress: Progress = no_progress) -> None:
    """Write `document` as one .html file at `path`."""
    with speaking(document.language), path.open("w", encoding="utf-8", newline="\n") as out:
        for piece in html_pieces(document, progress):
            out.write(piece)


def html_pieces(document: Document, progress: Progress = no_progress) -> Iterator[str]:
    """The file piece by piece."""
    title = _words(document.title)
    yield (
        f'<!DOCTYPE html>\n<html lang="{document.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{title}</title>\n<meta name="author" content="{_words(document.author)}">\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    )
    if document.subtitle:
        yield f'<p class="quiet">{_words(document.subtitle)}</p>\n'
    writer = _Writer(document, progress)
    for block in document.plain():
        yield from writer.block(block)
    yield "</main>\n</body>\n</html>\n"


class _Writer:
    """Writes blocks, and numbers headings, tables and pictures."""

    def __init__(self, document: Document, progress: Progress) -> None:
        self._document = document
        self._progress = progress
        self._numbers = {"table": 0, "figure": 0, "heading": 0}
        self._done = 0
        self._all = sum(len(table.rows) for table in document.tables())

    def _next(self, kind: str) -> int:
        self._numbers[kind] += 1
        return self._numbers[kind]

    def block(self, block: Plain) -> Iterator[str]:
        if isinstance(block, TableBlock):
            yield from self._table(block)
        elif isinstance(block, Picture):
            data = b64encode(block.png).decode("ascii")
            caption = f"{_('Figure')} {self._next('figure')}. {block.caption}"
            yield (
                f'<figure><img alt="{_words(block.description)}" src="data:image/png;base64,{data}">'
                f"<figcaption>{_words(caption)}</figcaption></figure>\n"
            )
        elif isinstance(block, Heading):
            level = block.level + 1
            yield f'<h{level} id="h{self._next("heading")}">{_words(block.text)}</h{level}>\n'
        elif isinstance(block, Contents):
            yield "<nav><ul>\n" + "".join(self._contents()) + "</ul></nav>\n"
        elif isinstance(block, PageBreak):
            yield '<div class="break"></div>\n'
        else:
            yield f"<p>{_runs(block)}</p>\n"

    def _contents(self) -> Iterator[str]:
        headings = [block for block in self._document.plain() if isinstance(block, Heading)]
        for n, heading in enumerate(headings, 1):
            if heading.level <= 2:
                yield f'<li><a href="#h{n}">{_words(heading.text)}</a></li>\n'

    def _table(self, table: TableBlock) -> Iterator[str]:
        caption = f"{_('Table')} {self._next('table')}. {table.caption}"
        heads = "".join(f'<th scope="col">{_words(cell.words)}</th>' for cell in table.header)
        yield f"<table>\n<caption>{_words(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
        for row in table.rows:
            yield "<tr>" + "".join(map(_cell, row)) + "</tr>\n"
        yield "</tbody>\n</table>\n"
        self._done += len(table.rows)
        self._progress(self._done, self._all)


def _cell(cell: Cell) -> str:
    fill = f' style="background:#{cell.fill}"' if cell.fill else ""
    span = f' colspan="{cell.span}"' if cell.span > 1 else ""
    number = ' class="number"' if cell.value is not None else ""
    paragraphs = [_runs(paragraph) for paragraph in cell.paragraphs]
    inner = paragraphs[0] if len(paragraphs) == 1 else "".join(f"<p>{words}</p>" for words in paragraphs)
    return f'<td dir="auto"{fill}{span}{number}>{inner}</td>'


def _runs(paragraph: Paragraph) -> str:
    return "".join(map(_run, paragraph.runs))


def _run(run: Run) -> str:
    words = _words(run.text).replace("\n", "<br>")
    for name, wanted in (("strong", run.bold), ("em", run.italic)):
        words = f"<{name}>{words}</{name}>" if wanted else words
    return f'<span class="quiet">{words}</span>' if run.quiet else words


def _words(words: str) -> str:
    return escape(clean(words))
