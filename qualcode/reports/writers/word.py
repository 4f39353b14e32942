"""A document as a Word file: named styles, captions with fields, tables in linear time.

What was written is kept in the file (`word_record`), so that it can be written again later beside what people
did to it (`word_again`).
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm

from qualcode.i18n import speaking
from qualcode.reports.content import NOTE, Document, Heading, Paragraph, Picture, Run, TableBlock
from qualcode.reports.writers import word_xml as xml
from qualcode.reports.writers.blocks import BlockWriter, Progress, no_progress
from qualcode.reports.writers.word_page import append_xml, open_template, prepare_page, save_word
from qualcode.reports.writers.word_record import Pedigree, WordReader, keep_record
from qualcode.reports.writers.word_styles import CAPTION_TITLE, FIGURE, add_styles
from qualcode.text.normal import printable

_CAPTION_MM = 20
_EMU_PER_MM = 36_000


def write_word(
    document: Document,
    path: Path,
    *,
    pedigree: Pedigree | None = None,
    template: Path | None = None,
    progress: Progress = no_progress,
) -> None:
    """Write `document` as a .docx file at `path`, on the school's own template if one is given.

    `pedigree` says where its figures come from; without it the file cannot be written again. `progress(done,
    all)` is called with the rows written; it may raise to stop.
    """
    word = open_template(template)
    prepare_page(word, landscape=document.landscape, language=document.language, ours=template is None)
    set_properties(word, document)
    with speaking(document.language):
        WordWriter(word, document, progress).write()
    if pedigree is not None:
        pieces = WordReader(word, pedigree.mark).pieces(word.element.body)
        keep_record(word, pedigree, tuple(piece.written for piece in pieces))
    save_word(word, path)


class WordWriter(BlockWriter[None]):
    """Adds the blocks of a document to a Word file, and numbers tables, pictures and bookmarks."""

    def __init__(self, word: Any, document: Document, progress: Progress = no_progress) -> None:
        super().__init__(document, progress)
        self._word = word
        self._look = add_styles(word)
        self._bookmark = _highest_bookmark(word)
        self._headings: list[tuple[int, str, str]] = []
        self._prefix = f"_Toc{datetime.now(UTC):%y%m%d%H%M%S}"

    def write(self) -> None:
        """Add title and blocks in order."""
        self._headings = self._named_headings()
        self._heading_at = 0
        self.block(Paragraph((Run(self._document.title),), "Title"))
        if self._document.subtitle:
            self.block(Paragraph((Run(self._document.subtitle),), "Subtitle"))
        for block in self._document.plain():
            self.block(block)

    def _named_headings(self) -> list[tuple[int, str, str]]:
        headings = [block for block in self._document.plain() if isinstance(block, Heading)]
        return [(h.level, h.text, f"{self._prefix}{n:04}") for n, h in enumerate(headings, 1)]

    def table(self, table: TableBlock) -> None:
        self._caption(self.table_label(), table.caption, keep_next=True, below=table.plain)
        self._append(xml.table_xml(table, self._look, self._document.language, self._width_mm(), self.tick))
        self._append(self._paragraph(Paragraph((Run(table.note),) if table.note else (), NOTE)))

    def paragraph(self, paragraph: Paragraph) -> None:
        self._append(self._paragraph(paragraph))

    def _paragraph(self, paragraph: Paragraph, before: str = "") -> str:
        return xml.paragraph_xml(paragraph, self._look, self._document.language, before=before)

    def heading(self, heading: Heading) -> None:
        _level, words, name = self._headings[self._heading_at]
        self._heading_at += 1
        self._bookmark += 1
        mark = xml.bookmark_start(self._bookmark, name) + xml.bookmark_end(self._bookmark)
        paragraph = Paragraph((Run(words),), f"Heading {heading.level}")
        self._append(self._paragraph(paragraph, before=mark))

    def contents(self) -> None:
        entries = [entry for entry in self._headings[self._heading_at :] if entry[0] <= 2]
        for line in xml.contents_xml(entries, self._look):
            self._append(line)

    def picture(self, picture: Picture) -> None:
        paragraph = self._word.add_paragraph()
        paragraph._p.get_or_add_pPr().style = self._look[FIGURE.casefold()]
        width = min(picture.width_mm, self._width_mm(), self._room_mm() * _width_by_height(picture.png))
        shape = paragraph.add_run().add_picture(BytesIO(picture.png), width=Mm(width))
        shape._inline.docPr.set("descr", printable(picture.description))
        self._caption(self.figure_label(), picture.caption, keep_next=False)

    def _room_mm(self) -> float:
        """The height a picture may have so that its caption still fits on the page."""
        section = self._word.sections[0]
        height = section.page_height - section.top_margin - section.bottom_margin
        return float(height / _EMU_PER_MM) - _CAPTION_MM

    def _width_mm(self) -> float:
        """The width that the margins of the page leave."""
        section = self._word.sections[0]
        return float((section.page_width - section.left_margin - section.right_margin) / _EMU_PER_MM)

    def _caption(self, label: tuple[str, int], words: str, *, keep_next: bool, below: bool = False) -> None:
        style = self._look.get("caption", "Caption")
        title = self._look[CAPTION_TITLE.casefold()] if below else ""
        self._append(xml.caption_xml(*label, words, keep_next=keep_next, style=style, title=title))

    def _append(self, content: str) -> None:
        append_xml(self._word, content)


def _highest_bookmark(word: Any) -> int:
    ids = (start.get(qn("w:id"), "0") for start in word.element.body.iter(qn("w:bookmarkStart")))
    return max((int(one) for one in ids if one.lstrip("-").isdecimal()), default=0)


def _width_by_height(png: bytes) -> float:
    """Width divided by height of a PNG picture (its IHDR chunk: PNG specification, section 11.2.2)."""
    width, height = struct.unpack(">II", png[16:24])
    return float(width / height)


def set_properties(word: Any, document: Document) -> None:
    """Title, subject, author, keywords, language and moment, as Word shows them."""
    properties = word.core_properties
    properties.title = _property(document.title)
    properties.subject = _property(document.subject)
    properties.author = _property(document.author)
    properties.keywords = _property(", ".join(document.keywords))
    properties.language = {"nl": "nl-NL", "en": "en-GB"}[document.language]
    properties.comments = ""
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)


def _property(words: str) -> str:
    """Words as they fit in a document property: visible characters, at most 255."""
    return printable(words)[:255]
