"""A transcript cut into screen lines, and the way from an offset to a cell and back.

No screen here: lines are numbers from 0, cells are columns from 0, offsets are code points.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from qualcode.text.graphemes import glyphs, is_plain, shown
from qualcode.text.spans import Span, trim

_BLANKS = " \t\u3000"  # a line may end after these; never after a no-break space
_ROWS_KEPT = 256


class Row:
    """What stands on one line: its glyphs, where each begins in the text and in the line.

    `offsets` and `cells` have one entry more than there are glyphs: the end of the line.
    """

    __slots__ = ("cells", "faces", "offsets")

    def __init__(self, offsets: Sequence[int], cells: Sequence[int], faces: Sequence[str]) -> None:
        self.offsets = offsets
        self.cells = cells
        self.faces = faces

    @property
    def width(self) -> int:
        """Cells filled, blanks at the end included."""
        return self.cells[-1]

    @property
    def end(self) -> int:
        """The offset after the last glyph (a line end is not a glyph)."""
        return self.offsets[-1]

    def index(self, offset: int) -> int:
        """The number of the glyph that holds `offset` (as many as there are glyphs: the end)."""
        return min(max(bisect_right(self.offsets, offset) - 1, 0), len(self.faces))

    def index_after(self, offset: int) -> int:
        """The number of the first glyph that begins at or after `offset`."""
        return min(bisect_left(self.offsets, offset), len(self.faces))

    def cell(self, offset: int) -> int:
        """The column in which the glyph that holds `offset` begins."""
        return self.cells[self.index(offset)]

    def offset(self, cell: int) -> int:
        """Where the glyph that fills column `cell` begins; the nearest end if there is none."""
        index = bisect_right(self.cells, cell) - 1
        return self.offsets[min(max(index, 0), len(self.faces))]

    def glyph(self, cell: int) -> Span:
        """The glyph that fills column `cell`, as a stretch of text (empty at the line's end)."""
        index = min(max(bisect_right(self.cells, cell) - 1, 0), len(self.faces))
        return Span(self.offsets[index], self.offsets[min(index + 1, len(self.faces))])

    def text(self, first: int, last: int) -> str:
        """What a terminal is given for the glyphs numbered `first` up to `last`."""
        return "".join(self.faces[first:last])


class Layout:
    """`text` in lines of at most `width` cells; blanks at a line's end may hang over.

    A paragraph begins at every turn and after every line end. The lines partition the
    text, so each offset from 0 to `len(text)` stands on exactly one line. With `spaced` an
    empty line (a *spacer*, which holds no offset) stands before each turn but the first.
    """

    def __init__(self, text: str, turns: Sequence[Span], width: int, *, spaced: bool = False) -> None:
        self.text = text
        self.width = max(width, 2)
        self.turns = turns
        self._starts: list[int] = []
        self._paragraphs: list[int] = []
        self._plain = bytearray()
        self._rows: dict[int, Row] = {}
        self.paragraph_count = 0
        self._fill(spaced)

    def __len__(self) -> int:
        """The number of lines, at least one."""
        return len(self._starts)

    def line(self, offset: int) -> int:
        """The line on which `offset` stands."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def start(self, line: int) -> int:
        """The first offset of a line (of a spacer: of the line after it)."""
        return self._starts[line]

    def end(self, line: int) -> int:
        """The offset after a line, its line end included."""
        return self._starts[line + 1] if line + 1 < len(self._starts) else len(self.text)

    def span(self, line: int) -> Span:
        """The stretch of text on a line, its line end included."""
        return Span(self.start(line), self.end(line))

    def is_spacer(self, line: int) -> bool:
        """Whether the line only keeps two turns apart."""
        return line + 1 < len(self._starts) and self._starts[line] == self._starts[line + 1]

    def paragraph(self, line: int) -> int:
        """The number of the line's paragraph in the stored text, from 1."""
        return self._paragraphs[line]

    def begins_paragraph(self, line: int) -> bool:
        """Whether the line is the first of its paragraph."""
        return not self.is_spacer(line) and (
            line == 0 or self._paragraphs[line - 1] != self._paragraphs[line] or self.is_spacer(line - 1)
        )

    def lines_of(self, span: Span) -> tuple[int, int]:
        """The first and the last line on which `span` stands."""
        first = self.line(span.start)
        return first, max(first, self.line(max(span.start, span.end - 1)))

    def row(self, line: int) -> Row:
        """The glyphs of a line."""
        row = self._rows.get(line)
        if row is None:
            if len(self._rows) >= _ROWS_KEPT:
                self._rows.pop(next(iter(self._rows)))
            row = self._rows[line] = self._build_row(line)
        return row

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of `offset`."""
        line = self.line(offset)
        return line, self.row(line).cell(offset)

    def offset(self, line: int, cell: int) -> int:
        """The offset at a place on the screen: the nearest one where no text stands."""
        line = min(max(line, 0), len(self) - 1)
        return min(self.row(line).offset(cell), self.last_offset(line))

    def last_offset(self, line: int) -> int:
        """The last offset on a line at which a cursor can stand."""
        row = self.row(line)
        wrapped = row.end == self.end(line) and line + 1 < len(self) and bool(row.faces)
        return row.offsets[-2] if wrapped else row.end

    def after(self, offset: int) -> int:
        """The next place for a cursor: past the visible character at `offset`."""
        line = self.line(offset)
        row = self.row(line)
        index = row.index(offset) + 1
        return row.offsets[index] if index < len(row.offsets) else self.end(line)

    def before(self, offset: int) -> int:
        """The place for a cursor one visible character back."""
        line = self.line(offset)
        row = self.row(line)
        index = row.index_after(offset)
        if offset > row.end:
            return row.end
        if index > 0:
            return row.offsets[index - 1]
        while line > 0:
            line -= 1
            if not self.is_spacer(line):
                return self.last_offset(line)
        return 0

    def moved(self, offset: int, lines: int, cell: int) -> int:
        """The offset `lines` lines further (negative: back), as near to column `cell` as it goes."""
        line = min(max(self.line(offset) + lines, 0), len(self) - 1)
        if self.is_spacer(line):
            line += 1 if lines > 0 else -1
        return self.offset(line, cell)

    def _fill(self, spaced: bool) -> None:
        starts_of_turns = {turn.start for turn in self.turns}
        for number, (start, end) in enumerate(self._cut_paragraphs(starts_of_turns), start=1):
            first_line = len(self._starts)
            if spaced and start in starts_of_turns and first_line:
                self._starts.append(start)
            content_end = end - 1 if end > start and self.text[end - 1] == "\n" else end
            plain = is_plain(self.text, start, content_end)
            self._starts.append(start)
            wrap = self._wrap_plain if plain else self._wrap_glyphs
            wrap(start, content_end)
            added = len(self._starts) - first_line
            self._paragraphs.extend([number] * added)
            self._plain.extend(bytes([plain]) * added)
            self.paragraph_count = number

    def _cut_paragraphs(self, starts_of_turns: set[int]) -> list[tuple[int, int]]:
        text = self.text
        cuts = {0, *starts_of_turns}
        place = text.find("\n")
        while place >= 0:
            cuts.add(place + 1)
            place = text.find("\n", place + 1)
        edges = sorted(cut for cut in cuts if 0 <= cut < len(text)) or [0]
        return list(zip(edges, [*edges[1:], len(text)], strict=True))

    def _wrap_plain(self, start: int, end: int) -> None:
        """Cut where one character fills one cell."""
        text, width = self.text, self.width
        while end - start > width:
            cut = text.rfind(" ", start, start + width + 1) + 1 or start + width
            while cut < end and text[cut] == " ":
                cut += 1
            if cut >= end:
                return
            self._starts.append(cut)
            start = cut

    def _wrap_glyphs(self, start: int, end: int) -> None:
        """Cut between glyphs, at the last blank if the line has one."""
        text, width = self.text, self.width
        line_start, cells = start, 0
        break_at, cells_at_break = start, 0
        for first, last in glyphs(text, start, end):
            blank = text[first] in _BLANKS
            wide = shown(text[first:last])[1]
            while cells + wide > width and not blank and first > line_start:
                if break_at > line_start:
                    line_start, cells = break_at, cells - cells_at_break
                else:
                    line_start, cells = first, 0
                break_at, cells_at_break = line_start, 0
                self._starts.append(line_start)
            cells += wide
            if blank or text[last - 1] == "\u200b":
                break_at, cells_at_break = last, cells

    def _build_row(self, line: int) -> Row:
        start, end = self.start(line), self.end(line)
        if self.text[end - 1 : end] == "\n" and end > start:
            end -= 1
        if self._plain[line]:
            return Row(range(start, end + 1), range(end - start + 1), self.text[start:end])
        pieces = list(glyphs(self.text, start, end))
        faces, widths = (
            zip(*(shown(self.text[first:last]) for first, last in pieces), strict=True)
            if pieces
            else ((), ())
        )
        return Row([*(first for first, _ in pieces), end], [0, *accumulate(widths)], faces)


WIDTH = 62
"""Characters on a printed line. Never change it: pages that people have marked go by it."""


class PaperLines:
    """Lines numbered from 1; they depend on the text, its turns and `WIDTH` alone."""

    def __init__(self, text: str, turns: Sequence[Span]) -> None:
        self._text = text
        self._layout = Layout(text, turns, WIDTH)

    def __len__(self) -> int:
        return len(self._layout)

    def span(self, number: int) -> Span:
        """The words of a line, without white space around them (empty if it has none)."""
        return trim(self._text, self._layout.span(number - 1))

    def start(self, number: int) -> int:
        """Where a line begins in the text."""
        return self._layout.start(number - 1)

    def passage(self, first: int, last: int) -> Span:
        """The words of lines `first` to `last`."""
        whole = Span(self._layout.start(first - 1), self._layout.end(last - 1))
        return trim(self._text, whole)
