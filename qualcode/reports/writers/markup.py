"""A document as one HTML file (nothing is fetched, pictures stand in it, it prints well), or as Markdown."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from pathlib import Path

from qualcode.reports.content import Cell, Document, Heading, Paragraph, Picture, Run, TableBlock
from qualcode.reports.writers.blocks import Progress, TextWriter, no_progress
from qualcode.text.normal import printable

_STYLE = """
:root { color-scheme: light dark; --ink: #1f2933; --soft: #595959; --line: #b8c2cc; --head: #e8eef4; --ground: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e7eb; --soft: #b0b8c1; --line: #52606d; --head: #2b3742; --ground: #1b1f24; }
  td[style] { --ink: #1f2933; --soft: #4a4a4a; color: var(--ink); }
}
body { font: 16px/1.45 Calibri, Carlito, "Segoe UI", sans-serif; color: var(--ink); background: var(--ground);
  max-width: 78rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: break-word; }
.wide { overflow-x: auto; margin: 0 0 1.5rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .6rem 0 .3rem; }
th, td { border: 1px solid var(--line); padding: .35rem .5rem; text-align: left; vertical-align: top; }
th { background: var(--head); }
td p { margin: 0 0 .3rem; }
.quiet { color: var(--soft); font-size: .85em; }
.number { text-align: right; }
.a { text-decoration: underline; } .b { text-decoration: underline wavy; font-style: italic; }
figure { margin: 1rem 0; } figure img { max-width: 100%; height: auto; background: #fff; }
figcaption { font-weight: 600; }
@media (max-width: 40rem) { body { margin: .5rem auto; padding: 0 .6rem; } td { min-width: 7.5rem; }
  td.number { min-width: 0; } h1 { font-size: 1.5rem; } }
@media print {
  :root { --ink: #000; --soft: #444; --line: #999; --head: #e8eef4; --ground: #fff; }
  body { font-size: 10pt; margin: 0; padding: 0; max-width: none; print-color-adjust: exact; }
  .wide { overflow: visible; } thead { display: table-header-group; } tr, figure, img { break-inside: avoid; }
  figure img { max-height: 150mm; width: auto; } h2, h3, h4, caption { break-after: avoid; }
  .break { break-before: page; }
}
"""
_PAPER = {True: "@page { size: A4 landscape; margin: 18mm; }\n", False: "@page { size: A4; margin: 18mm; }\n"}


def write_html(document: Document, path: Path, *, progress: Progress = no_progress) -> None:
    """Write `document` as one .html file at `path`."""
    HtmlWriter(document, progress).save(path)


class HtmlWriter(TextWriter):
    """Blocks as elements of a page."""

    def opening(self) -> Iterator[str]:
        document, title = self._document, _words(self._document.title)
        yield (
            f'<!DOCTYPE html>\n<html lang="{document.language}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<title>{title}</title>\n<meta name="author" content="{_words(document.author)}">\n'
            f"<style>{_STYLE}{_PAPER[document.landscape]}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        )
        if document.subtitle:
            yield f'<p class="quiet">{_words(document.subtitle)}</p>\n'

    def closing(self) -> Iterator[str]:
        yield "</main>\n</body>\n</html>\n"

    def picture(self, picture: Picture) -> Iterator[str]:
        data = b64encode(picture.png).decode("ascii")
        label, n = self.figure_label()
        yield (
            f'<figure><img alt="{_words(picture.description)}" src="data:image/png;base64,{data}">'
            f"<figcaption>{_words(f'{label} {n}. {picture.caption}')}</figcaption></figure>\n"
        )

    def heading(self, heading: Heading) -> Iterator[str]:
        self._numbers["heading"] += 1
        level = heading.level + 1
        yield f'<h{level} id="h{self._numbers["heading"]}">{_words(heading.text)}</h{level}>\n'

    def contents(self) -> Iterator[str]:
        headings = [block for block in self._document.plain() if isinstance(block, Heading)]
        entries = (
            f'<li><a href="#h{n}">{_words(heading.text)}</a></li>\n'
            for n, heading in enumerate(headings, 1)
            if heading.level <= 2
        )
        yield "<nav><ul>\n" + "".join(entries) + "</ul></nav>\n"

    def paragraph(self, paragraph: Paragraph) -> Iterator[str]:
        yield f"<p>{_runs(paragraph)}</p>\n"

    def table(self, table: TableBlock) -> Iterator[str]:
        label, n = self.table_label()
        heads = "".join(f'<th scope="col">{_words(cell.words)}</th>' for cell in table.header)
        caption = _words(f"{label} {n}. {table.caption}")
        yield f'<div class="wide" role="region" tabindex="0" aria-label="{caption}">\n<table>\n'
        yield f"<caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
        for row in table.rows:
            yield "<tr>" + "".join(map(_cell, row)) + "</tr>\n"
        yield "</tbody>\n</table>\n</div>\n"
        if table.note:
            yield f'<p class="quiet">{_words(table.note)}</p>\n'
        self.tick(len(table.rows))


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
    if run.mark:
        words = f'<span class="{run.mark}">{words}</span>'
    return f'<span class="quiet">{words}</span>' if run.quiet else words


def _words(words: str) -> str:
    return escape(printable(words))


_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LINE_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def write_markdown(document: Document, path: Path, *, progress: Progress = no_progress) -> None:
    """Write `document` as a .md file at `path`."""
    MarkdownWriter(document, progress).save(path)


class MarkdownWriter(TextWriter):
    """Blocks as lines with signs."""

    def opening(self) -> Iterator[str]:
        yield f"# {_plain_words(self._document.title)}\n\n"
        if self._document.subtitle:
            yield f"{_plain_words(self._document.subtitle)}\n\n"

    def table(self, table: TableBlock) -> Iterator[str]:
        label, n = self.table_label()
        yield f"**{label} {n}. {_plain_words(table.caption)}**\n\n"
        yield _row([_plain_words(cell.words) for cell in table.header])
        yield "|" + "---|" * len(table.header) + "\n"
        for row in table.rows:
            yield _row([piece for cell in row for piece in (_markdown_cell(cell), *[""] * (cell.span - 1))])
        yield f"\n{_plain_words(table.note)}\n\n" if table.note else "\n"
        self.tick(len(table.rows))

    def picture(self, picture: Picture) -> Iterator[str]:
        label, n = self.figure_label()
        yield f"**{label} {n}. {_plain_words(picture.caption)}** {_plain_words(picture.description)}\n\n"

    def heading(self, heading: Heading) -> Iterator[str]:
        yield f"{'#' * (heading.level + 1)} {_plain_words(heading.text)}\n\n"

    def contents(self) -> Iterator[str]:
        return iter(())  # headings are their own list on a screen

    def paragraph(self, paragraph: Paragraph) -> Iterator[str]:
        words = "".join(map(_markdown_run, paragraph.runs))
        yield _LINE_START.sub(r"\1\\\2", words) + "\n\n"


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def _markdown_cell(cell: Cell) -> str:
    return "<br>".join(
        "".join(map(_markdown_run, paragraph.runs)).replace("\n", "<br>") for paragraph in cell.paragraphs
    )


def _markdown_run(run: Run) -> str:
    words = _plain_words(run.text)
    inner = words.strip()
    if not inner:
        return words
    for sign, wanted in (("**", run.bold), ("*", run.italic)):
        if wanted:
            # signs must touch the words, or they are read as signs
            words = words.replace(inner, f"{sign}{inner}{sign}", 1)
            inner = f"{sign}{inner}{sign}"
    return words


def _plain_words(words: str) -> str:
    return _SIGNS.sub(r"\\\1", printable(words)).replace("\t", " ")
