"""What a document is made of, before it is Word or anything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words in one look. `quiet` is smaller and grey: for origins and counts."""

    text: str
    bold: bool = False
    italic: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `style` is a built-in paragraph style of Word ("Normal", "List Bullet")."""

    runs: tuple[Run, ...]
    style: str = ""

    @property
    def words(self) -> str:
        """What it says."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `fill` is a background "RRGGBB", `span` the number of columns it takes.

    `value` is the number it shows, if it shows one: spreadsheets get the number itself.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    fill: str = ""
    span: int = 1
    value: float | None = None

    @property
    def words(self) -> str:
        """All it says, a line per paragraph."""
        return "\n".join(paragraph.words for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with a caption, a header row, and widths in millimetres.

    `description` is read out to people who cannot see the table.
    """

    caption: str
    header: tuple[Cell, ...]
    rows: Sequence[tuple[Cell, ...]]
    widths_mm: tuple[float, ...]
    description: str = ""
    keep_rows_whole: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (PNG) with a caption; `description` says in words what it shows."""

    png: bytes
    caption: str
    description: str
    width_mm: float


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Contents:
    """A list of the headings with their pages."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Plain = Heading | Paragraph | TableBlock | Picture | Contents | PageBreak


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that are made anew together when a document is written again.

    `key` (letters, digits, at most 20) is the same each time; what people wrote between
    two sections is kept. The first block is no picture.
    """

    key: str
    blocks: tuple[Plain, ...]


Block = Plain | Section


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: title, what it is about, its blocks, and how it lies on the page."""

    title: str
    subtitle: str
    blocks: Sequence[Block]
    language: str = "nl"
    landscape: bool = False
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = field(default=())

    def plain(self) -> Iterator[Plain]:
        """The blocks one by one, out of their sections."""
        for block in self.blocks:
            if isinstance(block, Section):
                yield from block.blocks
            else:
                yield block

    def tables(self) -> list[TableBlock]:
        """Its tables."""
        return [block for block in self.plain() if isinstance(block, TableBlock)]


def text(
    words: str, *, bold: bool = False, italic: bool = False, quiet: bool = False, style: str = ""
) -> Paragraph:
    """A paragraph of one run."""
    return Paragraph((Run(words, bold, italic, quiet),), style)


def cell(words: str, *, bold: bool = False, quiet: bool = False, fill: str = "", span: int = 1) -> Cell:
    """A cell with one paragraph."""
    return Cell((text(words, bold=bold, quiet=quiet),), fill, span)


def head(*words: str) -> tuple[Cell, ...]:
    """The header of a table."""
    return tuple(map(cell, words))


def number_cell(number: float, *, shown: str | None = None, bold: bool = False, fill: str = "") -> Cell:
    """A cell with a number; 0 is shown as a dash unless other words are given."""
    words = shown if shown is not None else (str(number) if number else "–")
    return Cell((text(words, bold=bold),), fill, value=number)
