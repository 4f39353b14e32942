"""What a document is made of, before it is Word or anything else."""

from __future__ import annotations

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `fill` is a background "RRGGBB", `span` the number of columns it takes."""

    paragraphs: tuple[Paragraph, ...] = ()
    fill: str = ""
    span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
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


Block = Heading | Paragraph | Table | Picture


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


def text(
    words: str, *, bold: bool = False, italic: bool = False, quiet: bool = False, style: str = ""
) -> Paragraph:
    """A paragraph of one run."""
    return Paragraph((Run(words, bold, italic, quiet),), style)


def cell(words: str, *, bold: bool = False, quiet: bool = False, fill: str = "", span: int = 1) -> Cell:
    """A cell with one paragraph."""
    return Cell((text(words, bold=bold, quiet=quiet),), fill, span)
