"""One line of the reader as a strip: number, speaker, margin, text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from qualcode.model import Turn
from qualcode.text.graphemes import glyphs, shown
from qualcode.text.layout import Layout, Row
from qualcode.text.spans import Span
from qualcode.tui.reader.marks import LANE_WIDTH, Columns, MarkIndex, Placed, Side, TextMark
from qualcode.tui.reader.styles import Look, Palette

_ROOM_FOR_ELLIPSIS = 5


@lru_cache(maxsize=1024)
def fit(text: str, width: int) -> str:
    """`text` in exactly `width` cells: cut (with an ellipsis where there is room for one), or filled up."""
    faces = [shown(text[start:end]) for start, end in glyphs(text.replace("\n", " "))]
    if sum(cells for _, cells in faces) > width:
        ellipsis = [("…", 1)] if width >= _ROOM_FOR_ELLIPSIS else []
        while faces and sum(cells for _, cells in faces) > width - len(ellipsis):
            faces.pop()
        faces += ellipsis
    blanks = " " * (width - sum(cells for _, cells in faces))
    return "".join(face for face, _ in faces) + blanks


def cells_of(text: str) -> int:
    """The cells a short text fills."""
    return sum(shown(text[start:end])[1] for start, end in glyphs(text))


class Bracket(NamedTuple):
    """The signs of one line weight."""

    top: str
    middle: str
    bottom: str
    single: str
    memo: str


BRACKETS: dict[Side, Bracket] = {
    "a": Bracket("┐", "│", "└", "┤", "◇"),
    "b": Bracket("┓", "┃", "┗", "┫", "◆"),
    "consensus": Bracket("╗", "║", "╚", "╣", "◈"),
}


class MarginCell(NamedTuple):
    """What stands in one lane on one line: two letters and a sign, and in which colours (empty: none)."""

    label: str
    sign: str
    label_colour: str = ""
    colour: str = ""


_NO_LABEL = " " * (LANE_WIDTH - 1)
_EMPTY = MarginCell(_NO_LABEL, " ")


def margin_cells(line: int, marks: Sequence[tuple[TextMark, Placed, int]], lanes: int) -> list[MarginCell]:
    """The lanes of a line, the first one first; `marks` are those that cover it, with lines and lanes."""
    cells = [_EMPTY] * lanes
    hidden = 0
    for mark, placed, lane in marks:
        if lane < lanes:
            cells[lane] = MarginCell(
                _label(line, mark, placed), _sign(line, mark, placed), mark.colour, mark.colour
            )
        else:
            hidden += 1
    if hidden and lanes:
        cells[-1] = cells[-1]._replace(label=f"+{hidden}" if hidden < 10 else "++", label_colour="")
    return cells


def _label(line: int, mark: TextMark, placed: Placed) -> str:
    return fit(mark.mnemonic, LANE_WIDTH - 1) if line == placed.first else _NO_LABEL


def _sign(line: int, mark: TextMark, placed: Placed) -> str:
    bracket = BRACKETS[mark.side]
    if line == placed.first:
        if mark.memo:
            return bracket.memo
        return bracket.single if placed.first == placed.last else bracket.top
    return bracket.bottom if line == placed.last else bracket.middle


def _length(mark: TextMark) -> int:
    return mark.end - mark.start


_BOLD = Style(bold=True)
_BLANKS = " \t\u3000"


@dataclass(frozen=True, slots=True)
class Overlay:
    """What lies over the text and moves: selection, caret (`None`: not drawn), search hits."""

    selection: Span | None = None
    caret: int | None = None
    hits: Sequence[Span] = ()
    hit_now: int = -1

    def next_hit(self, at: int, *, forward: bool) -> int:
        """The number of the first hit that begins after `at`, or the last before it; round the ends."""
        numbers = range(len(self.hits)) if forward else range(len(self.hits) - 1, -1, -1)
        beyond = (n for n in numbers if (self.hits[n].start > at if forward else self.hits[n].start < at))
        return next(beyond, numbers[0])


class Painter:
    """Paints lines of one layout. A line's strip depends on nothing but what is handed in."""

    def __init__(
        self, layout: Layout, turns: Sequence[Turn], columns: Columns, index: MarkIndex, palette: Palette
    ) -> None:
        self._layout = layout
        self._columns = columns
        self._index = index
        self._palette = palette
        self._turn_at_line = {layout.line(turn.start): turn for turn in turns}

    def strip(self, line: int, overlay: Overlay, width: int, *, bare: bool) -> Strip:
        """The line, `width` cells wide; `bare` leaves out codings (focus mode)."""
        marks = [] if bare else self._index.on_line(line)
        segments = self._gutter(line)
        segments += self._margin(line, marks)
        segments += self._text(line, marks, overlay)
        return Strip(_joined(segments)).adjust_cell_length(width, self._palette.base)

    def _gutter(self, line: int) -> list[Segment]:
        columns, palette = self._columns, self._palette
        segments = []
        if columns.number:
            shown = self._layout.begins_paragraph(line)
            number = (
                f"{self._layout.paragraph(line):>{columns.number}} " if shown else " " * (columns.number + 1)
            )
            segments.append(Segment(number, palette.number))
        if columns.speaker:
            label, style = self._speaker(line)
            segments.append(Segment(fit(label, columns.speaker) + " ", style))
        return segments

    def _speaker(self, line: int) -> tuple[str, Style]:
        """The part of a form and the speaker on the first line of a turn, the time on its second."""
        turn = self._turn_at_line.get(line)
        if turn is not None:
            return turn_label(turn), self._palette.interviewer if turn.interviewer else self._palette.speaker
        before = self._turn_at_line.get(line - 1)
        if before is not None and before.time_start is not None and not self._layout.is_spacer(line):
            time = clock(before.time_start)
            return time if len(time) <= self._columns.speaker else "", self._palette.time
        return "", self._palette.base

    def _margin(self, line: int, marks: Sequence[tuple[TextMark, Placed, int]]) -> list[Segment]:
        if not self._columns.lanes:
            return []
        segments = []
        for cell in reversed(margin_cells(line, marks, self._columns.lanes)):
            label, sign = self._palette.mark(cell.label_colour), self._palette.mark(cell.colour)
            label = label if cell.label.isspace() else label + _BOLD
            segments += [Segment(cell.label, label), Segment(cell.sign, sign)]
        return [*segments, Segment(" ", self._palette.base)]

    def _text(
        self, line: int, marks: Sequence[tuple[TextMark, Placed, int]], overlay: Overlay
    ) -> list[Segment]:
        row = self._layout.row(line)
        seen = self._seen(row)
        covers = [self._glyphs_of(row, mark.span, self._without_blanks(row, seen)) for mark, _, _ in marks]
        chosen = self._glyphs_of(row, overlay.selection, seen) if overlay.selection else (0, 0)
        hits = self._hits(row, overlay, seen)
        caret = self._caret(line, row, overlay, seen)
        cuts = {0, seen, *chosen, *(edge for cover in covers for edge in cover)}
        cuts.update(edge for first, last, _ in hits for edge in (first, last))
        if caret is not None and caret < seen:
            cuts.update((caret, caret + 1))
        edges = sorted(cuts)
        segments = []
        for first, last in pairwise(edges):
            here = [
                mark for (mark, _, _), (low, high) in zip(marks, covers, strict=True) if low <= first < high
            ]
            look = Look(
                depth=min(len(here), 2),
                colour=min(here, key=_length).colour if here else "",
                selected=chosen[0] <= first < chosen[1],
                hit=max((kind for low, high, kind in hits if low <= first < high), default=0),
                caret=first == caret,
            )
            segments.append(Segment(row.text(first, last), self._palette.text(look)))
        end_look = self._end_of_line(line, row, overlay, caret)
        if end_look is not None and row.cells[seen] < self._columns.text:
            segments.append(Segment(" ", self._palette.text(end_look)))
        return segments

    def _seen(self, row: Row) -> int:
        """How many glyphs of the row fit; blanks that hang over the edge do not."""
        return bisect_right(row.cells, self._columns.text) - 1

    def _without_blanks(self, row: Row, seen: int) -> int:
        while seen and self._layout.text[row.offsets[seen - 1]] in _BLANKS:
            seen -= 1
        return seen

    def _glyphs_of(self, row: Row, span: Span, limit: int) -> tuple[int, int]:
        """The glyphs of a row that a span touches; (0, 0) if none."""
        if span.end <= row.offsets[0] or span.start >= row.end:
            return 0, 0
        first, last = row.index(span.start), min(row.index_after(span.end), limit)
        return (first, last) if first < last else (0, 0)

    def _hits(self, row: Row, overlay: Overlay, seen: int) -> list[tuple[int, int, int]]:
        found = []
        index = max(bisect_right(overlay.hits, row.offsets[0], key=lambda hit: hit.start) - 1, 0)
        for number in range(index, len(overlay.hits)):
            if overlay.hits[number].start >= row.end:
                break
            first, last = self._glyphs_of(row, overlay.hits[number], seen)
            found.append((first, last, 2 if number == overlay.hit_now else 1))
        return found

    def _caret(self, line: int, row: Row, overlay: Overlay, seen: int) -> int | None:
        """The glyph under the caret (the number of glyphs: at the end of the line).

        Among blanks that hang over the edge it is drawn on the last one that is seen.
        """
        if overlay.caret is None or self._layout.line(overlay.caret) != line:
            return None
        index = row.index(overlay.caret)
        return index if index < seen or row.cells[seen] < self._columns.text else max(seen - 1, 0)

    def _end_of_line(self, line: int, row: Row, overlay: Overlay, caret: int | None) -> Look | None:
        """The cell after the text, if the caret stands there or the line end is selected."""
        selection = overlay.selection
        line_end = self._layout.end(line) > row.end
        selected = bool(line_end and selection and selection.contains(row.end))
        if caret == len(row.faces) or selected:
            return Look(selected=selected, caret=caret == len(row.faces))
        return None


_STRIPS_KEPT = 600


class Canvas:
    """The lines as they were painted, kept until they are `damaged`."""

    def __init__(self) -> None:
        self.overlay = Overlay()
        self._painter: Painter | None = None
        self._strips: dict[int, Strip] = {}

    def begin(self) -> None:
        """Paint everything anew, for a layout, marks or styles that are other ones now."""
        self._painter = None
        self._strips.clear()

    def strip(self, line: int, width: int, painter: Callable[[], Painter], *, bare: bool) -> Strip:
        """A line; `painter` is asked for when there is none yet."""
        strip = self._strips.get(line)
        if strip is None:
            if len(self._strips) >= _STRIPS_KEPT:
                self._strips.pop(next(iter(self._strips)))
            if self._painter is None:
                self._painter = painter()
            strip = self._strips[line] = self._painter.strip(line, self.overlay, width, bare=bare)
        return strip

    def damage(self, first: int, last: int) -> None:
        """Forget the lines from `first` to `last`."""
        if last - first > len(self._strips):
            for line in [line for line in self._strips if first <= line <= last]:
                del self._strips[line]
        else:
            for line in range(first, last + 1):
                self._strips.pop(line, None)

    def show_hits(self, hits: Sequence[Span], now: int) -> list[Span]:
        """Highlight hits; returns those that look different now."""
        old = self.overlay
        self.overlay = new = replace(old, hits=tuple(sorted(hits)), hit_now=now)
        if old.hits != new.hits:
            return [*{*old.hits, *new.hits}]
        return [each.hits[each.hit_now] for each in (old, new) if 0 <= each.hit_now < len(each.hits)]

    def move(self, layout: Layout, caret: int | None, selection: Span | None) -> list[tuple[int, int]]:
        """Draw caret and selection elsewhere; returns the stretches of lines that look different now."""
        before = self.overlay
        self.overlay = now = replace(before, caret=caret, selection=selection)
        stretches = [layout.lines_of(span) for span in _difference(before.selection, selection)]
        if before.caret != now.caret:
            lines = {layout.line(caret) for caret in (before.caret, now.caret) if caret is not None}
            stretches += [(line, line) for line in lines]
        return _merged(stretches)


def _difference(old: Span | None, new: Span | None) -> list[Span]:
    """The stretches that are selected in one of the two only."""
    if old == new:
        return []
    if old is None or new is None or not old.overlaps(new):
        return [span for span in (old, new) if span is not None]
    starts, ends = sorted((old.start, new.start)), sorted((old.end, new.end))
    return [Span(low, high) for low, high in (starts, ends) if low < high]


def _merged(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same lines, each in one stretch only."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(stretches):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _joined(segments: Sequence[Segment]) -> list[Segment]:
    """The same line in as few segments as there are styles in a row: less to send to the terminal."""
    joined: list[Segment] = []
    for segment in segments:
        if joined and joined[-1].style == segment.style:
            joined[-1] = Segment(joined[-1].text + segment.text, segment.style)
        else:
            joined.append(segment)
    return joined


def widest_label(turns: Sequence[Turn]) -> int:
    """The cells that the labels of turns, and their times, need."""
    widest = max((cells_of(turn_label(turn)) for turn in turns), default=0)
    timed = any(turn.time_start is not None for turn in turns)
    return max(widest, len("1:00:00")) if timed else widest


def turn_label(turn: Turn) -> str:
    """What stands beside a turn: the part of a form that it belongs to ("1a"), and who speaks."""
    return " ".join(filter(None, (turn.part, turn.speaker)))


def clock(milliseconds: int) -> str:
    """A moment of the recording as m:ss or h:mm:ss."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
