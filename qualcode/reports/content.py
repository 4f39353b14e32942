"""What a document is made of, before it is Word or anything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

# styles of our own for paragraphs, beside those that Word has; a writer knows what they look like
# (`LEAD`: stays on the page of what follows)
QUOTE, LEAD, GROUP, NOTE = "Quote", "Lead In", "Table Group", "Table Note"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words in one look. `quiet` is smaller and grey: for origins and counts.

    `language` is that of the words, where it is not that of the document; `mark`: only the first ("a") or only
    the second ("b") of two coders marked them.
    """

    text: str
    bold: bool = False
    italic: bool = False
    quiet: bool = False
    language: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `style` is a paragraph style of Word ("List Bullet") or of ours (`QUOTE`)."""

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

    `description` is read out to people who cannot see the table; `note` stands below it. `plain`: as an
    article has it, with lines above and below only. Rows are at least `row_mm` high, to write in.
    """

    caption: str
    header: tuple[Cell, ...]
    rows: Sequence[tuple[Cell, ...]]
    widths_mm: tuple[float, ...]
    description: str = ""
    note: str = ""
    plain: bool = False
    row_mm: float = 0.0


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


Plain = Heading | Paragraph | TableBlock | Picture | Contents


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


# of a wide font, for who has not ours; words in a line are narrower on the average than the longest one
_MM_PER_CHARACTER, _MM_IN_A_LINE, _AROUND_MM, _MOST_OF_ROOM = 2.2, 1.9, 3.4, 0.45


def _width(word: str) -> float:
    """About how many millimetres a word takes in bold."""
    narrow, broad = set("fijlrtI1.,:;'/()[]"), set("mwMW%@")
    units = (0.6 if sign in narrow else 1.4 if sign in broad or sign.isupper() else 1.0 for sign in word)
    return sum(units) * _MM_PER_CHARACTER


def fitted(header: Sequence[Cell], rows: Sequence[Sequence[Cell]], room_mm: float) -> tuple[float, ...]:
    """Widths for columns by what stands in them: no word is cut, and what holds more gets more, if there is room."""
    columns = [[header[n], *(row[n] for row in rows)] for n in range(len(header))]
    least, wanted = [], []
    for column in columns:
        lines = [line for each in column for line in each.words.split("\n")]
        words = [word for line in lines for word in line.replace("-", "- ").split()]
        least.append(max(map(_width, words), default=0.0) + _AROUND_MM)
        wanted.append(
            min(max(map(len, lines), default=0) * _MM_IN_A_LINE + _AROUND_MM, _MOST_OF_ROOM * room_mm)
        )
    spare = room_mm - sum(least)
    if spare <= 0:
        return tuple(width * room_mm / sum(least) for width in least)
    more = [max(0.0, want - width) for want, width in zip(wanted, least, strict=True)]
    share = min(1.0, spare / sum(more)) if sum(more) else 0.0
    return tuple(width + share * extra for width, extra in zip(least, more, strict=True))


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
