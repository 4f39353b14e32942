"""What the writers share: the walk over a document's blocks, its numbers and how far it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

from qualcode.i18n import _, speaking
from qualcode.reports.content import (
    Contents,
    Document,
    Heading,
    Paragraph,
    Picture,
    Plain,
    TableBlock,
)

Progress = Callable[[int, int], None]
Written = TypeVar("Written")


def no_progress(done: int, all_: int) -> None:
    """A progress that nobody looks at."""


class BlockWriter(ABC, Generic[Written]):
    """Goes over the blocks of a document; each form says what becomes of a block of each kind.

    `progress(done, all)` is called with the rows of tables written; it may raise to stop.
    """

    def __init__(self, document: Document, progress: Progress = no_progress) -> None:
        self._document = document
        self._progress = progress
        self._numbers: Counter[str] = Counter()
        self._done = 0
        self._all = sum(len(table.rows) for table in document.tables())

    def block(self, block: Plain) -> Written:
        """One block in this form."""
        match block:
            case TableBlock():
                return self.table(block)
            case Picture():
                return self.picture(block)
            case Heading():
                return self.heading(block)
            case Contents():
                return self.contents()
            case Paragraph():
                return self.paragraph(block)

    def table_label(self) -> tuple[str, int]:
        """What stands before the caption of the next table: "Table", 3."""
        self._numbers["table"] += 1
        return _("Table"), self._numbers["table"]

    def figure_label(self) -> tuple[str, int]:
        """What stands before the caption of the next picture: "Figure", 2."""
        self._numbers["figure"] += 1
        return _("Figure"), self._numbers["figure"]

    def tick(self, rows: int) -> None:
        """So many rows more were written."""
        self._done += rows
        self._progress(self._done, self._all)

    @abstractmethod
    def table(self, table: TableBlock) -> Written:
        """A table under its caption."""

    @abstractmethod
    def picture(self, picture: Picture) -> Written:
        """A picture with its caption, and in words for who cannot see it."""

    @abstractmethod
    def heading(self, heading: Heading) -> Written:
        """A heading."""

    @abstractmethod
    def contents(self) -> Written:
        """The list of the headings."""

    @abstractmethod
    def paragraph(self, paragraph: Paragraph) -> Written:
        """A paragraph."""


class TextWriter(BlockWriter[Iterator[str]]):
    """A form that is text: written piece by piece, so that memory does not grow with the document."""

    def save(self, path: Path) -> None:
        """Write the document as a file, in its own language."""
        with speaking(self._document.language), path.open("w", encoding="utf-8", newline="\n") as out:
            for piece in self.pieces():
                out.write(piece)

    def pieces(self) -> Iterator[str]:
        """The file piece by piece."""
        yield from self.opening()
        for block in self._document.plain():
            yield from self.block(block)
        yield from self.closing()

    @abstractmethod
    def opening(self) -> Iterator[str]:
        """What comes before the first block, with the title."""

    def closing(self) -> Iterator[str]:
        """What comes behind the last block."""
        return iter(())
