"""Positions in a text of another program, and the way to ours and back.

Programs differ in three things: whether a byte order mark counts, whether a line end counts as
one or two, and whether a sign beyond the first 65,536 counts as one or two. Every combination
is tried; the one under which most quoted words stand where they should is taken.

Our stored text has no labels; other programs know no turns. So speakers and times go into the
text that travels ("[00:01:05] I: …") and come out of it again.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, product

from qualcode.i18n import N_, _, clock
from qualcode.model import Turn
from qualcode.text.normal import normal
from qualcode.text.spans import Span

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class View:
    """A way of counting. `line_end`: "as it is" (each sign counts), "one", or "two" (also a bare LF)."""

    bom_counts: bool = False
    line_end: str = "one"
    utf16: bool = False

    @property
    def words(self) -> str:
        """The way of counting in words."""
        parts = [_(_WORDS["utf16" if self.utf16 else "points"]), _(_WORDS[self.line_end])]
        return ", ".join([*parts, *([_(_WORDS["bom"])] if self.bom_counts else [])])


_WORDS = {
    "points": N_("every sign counts as one"),
    "utf16": N_("signs such as emoji count as two"),
    "one": N_("a line end counts as one"),
    "two": N_("a line end counts as two"),
    "as it is": N_("line ends count as they are in the file"),
    "bom": N_("the mark at the start counts"),
}
VIEWS = tuple(
    View(bom, line_end, utf16)
    for utf16, bom, line_end in product((False, True), (False, True), ("one", "as it is", "two"))
)
"""Every way of counting, the likeliest first."""


class Counted:
    """A text as it stands in a file, with positions counted in one way."""

    def __init__(self, raw: str, view: View) -> None:
        self._raw = raw
        self._first = int(raw.startswith(_BOM) and not view.bom_counts)
        self._ends = _counted_ends(raw, view)

    def index(self, position: int) -> int | None:
        """The place in the raw text of a position; `None` if it lies outside."""
        if self._ends is None:
            return position if 0 <= position <= len(self._raw) else None
        if position < 0 or position > (self._ends[-1] if self._ends else 0):
            return None
        return bisect_left(self._ends, position) + 1 if position else self._first

    def span(self, start: int, end: int) -> Span | None:
        """The stretch of the raw text; `None` if it lies outside or runs backwards."""
        first, last = self.index(start), self.index(end)
        return Span(first, last) if first is not None and last is not None and first <= last else None


def _counted_ends(raw: str, view: View) -> list[int] | None:
    """The count after each sign; `None` if it is the same as the number of signs."""
    special = (
        (raw.startswith(_BOM) and not view.bom_counts)
        or ("\r\n" in raw and view.line_end == "one")
        or ("\n" in raw and view.line_end == "two")
        or (view.utf16 and any(sign > "\uffff" for sign in raw))
    )
    if not special:
        return None
    ends, count = [], 0
    for n, sign in enumerate(raw):
        count += _width(raw, n, sign, view)
        ends.append(count)
    return ends


def _width(raw: str, n: int, sign: str, view: View) -> int:
    if sign == _BOM and n == 0:
        return int(view.bom_counts)
    if sign == "\r" and raw[n + 1 : n + 2] == "\n":
        return 0 if view.line_end == "one" else 1
    if sign == "\n":
        return 2 if view.line_end == "two" and raw[n - 1 : n] != "\r" else 1
    return 2 if view.utf16 and sign > "\uffff" else 1


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a way of counting fits: of `named` stretches with quoted words `matched` have them there."""

    view: View
    matched: int
    named: int

    @property
    def words(self) -> str:
        """The result in a sentence."""
        if not self.named:
            return _("The file quotes no words, so positions could not be checked ({view}).").format(
                view=self.view.words
            )
        return _("{matched} of {named} quoted passages stand where they should ({view}).").format(
            matched=self.matched, named=self.named, view=self.view.words
        )


def best_view(texts: Sequence[tuple[str, Sequence[tuple[int, int, str]]]], origin: str = "") -> Fit:
    """The way of counting that fits raw texts with their (start, end, quoted words) best; of equals the likeliest."""
    quoting = [
        (raw, [quote for quote in quotes if quote[2] and not quote[2].startswith("line:")])
        for raw, quotes in texts
    ]
    named = sum(len(quotes) for _raw, quotes in quoting)
    fits = []
    for view in _likely(origin):
        matched = sum(_matching(Counted(raw, view), raw, quotes) for raw, quotes in quoting if quotes)
        fits.append(Fit(view, matched, named))
        if matched == named:
            break
    return max(fits, key=lambda fit: fit.matched)


def _likely(origin: str) -> Iterable[View]:
    first = [View(line_end="two")] if "nvivo" in origin.casefold() else []
    return [*first, *VIEWS]


def _matching(counted: Counted, raw: str, quotes: Iterable[tuple[int, int, str]]) -> int:
    spans = ((counted.span(start, end), words) for start, end, words in quotes)
    return sum(span is not None and is_quoted(span.of(raw), words) for span, words in spans)


def is_quoted(found: str, words: str) -> bool:
    """Whether the words of a passage are those quoted; a quote that ends in … need only begin like it."""
    stands, wanted = " ".join(found.split()), " ".join(words.split())
    for dots in ("…", "..."):
        if wanted.endswith(dots) and stands.startswith(wanted.removesuffix(dots).rstrip()):
            return True
    return stands == wanted


class Stored:
    """A raw text brought to stored form (NFC, LF, no byte order mark), and where its places come to stand."""

    def __init__(self, raw: str) -> None:
        self.text = normal(raw)
        self._starts: list[int] | None = None
        self._places: list[int] = []
        if self.text != raw:
            self._map(raw)

    def span(self, span: Span) -> Span:
        """Where a stretch of the raw text stands; one that cuts a composed sign takes all of it."""
        if self._starts is None:
            return span
        start = self._places[max(bisect_right(self._starts, span.start) - 1, 0)]
        return Span(start, max(start, self._places[bisect_left(self._starts, span.end)]))

    def _map(self, raw: str) -> None:
        """Cut the raw text into pieces that are brought to stored form each by itself."""
        self._starts, place, begin = [], 0, 0
        for n in range(1, len(raw) + 1):
            if n < len(raw) and not _begins(raw, begin, n):
                continue
            self._starts.append(begin)
            self._places.append(place)
            place += _stored_length(raw, begin, n)
            begin = n
        self._starts.append(len(raw))
        self._places.append(place)


def _begins(raw: str, begin: int, n: int) -> bool:
    """Whether a piece can begin at `n`: nothing of the piece before it, from `begin`, joins with what follows."""
    sign = raw[n]
    if sign == "\n":
        return raw[n - 1] != "\r"
    if sign < "\u0300":
        return True
    before = unicodedata.normalize("NFC", raw[begin:n])[-1:]
    return not unicodedata.combining(sign) and unicodedata.is_normalized("NFC", before + sign)


def _stored_length(raw: str, begin: int, end: int) -> int:
    piece = raw[begin:end]
    if begin and piece.startswith(_BOM):  # only the first one of a text goes away
        return 1 + len(normal(piece[1:]))
    return len(normal(piece))


class LabelledText:
    """`text` with a label before each of `turns` that has a speaker or a time."""

    def __init__(self, text: str, turns: Sequence[Turn]) -> None:
        told = [(turn.start, label_of(turn)) for turn in turns if label_of(turn)]
        self._starts = [start for start, _label in told]
        self._lengths = [0, *accumulate(len(label) for _start, label in told)]
        edges = [0, *self._starts, len(text)]
        pieces = [text[edges[0] : edges[1]]]
        for n, (start, label) in enumerate(told):
            pieces += [label, text[start : edges[n + 2]]]
        self.text = "".join(pieces)

    def span(self, span: Span) -> Span:
        """Where a stretch of the stored text stands in the labelled one."""
        start = span.start + self._lengths[bisect_right(self._starts, span.start)]
        end = span.end + self._lengths[bisect_left(self._starts, span.end)]
        return Span(start, max(start, end))


def label_of(turn: Turn) -> str:
    """What stands before a turn: its speaker and time, as far as they are known."""
    time = f"[{clock(turn.time_start)}] " if turn.time_start is not None else ""
    return time + (f"{turn.speaker}: " if turn.speaker else "")


class WithoutLabels:
    """`text` without the stretches in `labels`, and where positions of it come to stand."""

    def __init__(self, text: str, labels: Iterable[Span]) -> None:
        self._labels = sorted(labels)
        self._starts = [label.start for label in self._labels]
        self._removed = [0, *accumulate(label.length for label in self._labels)]
        edges = [0, *(place for label in self._labels for place in label), len(text)]
        self.text = "".join(text[edges[n] : edges[n + 1]] for n in range(0, len(edges), 2))

    def position(self, place: int) -> int:
        """Where a position of the labelled text comes to stand; within a label: behind it."""
        n = bisect_right(self._starts, place)
        if n and place < self._labels[n - 1].end:
            return self._labels[n - 1].start - self._removed[n - 1]
        return place - self._removed[n]

    def span(self, span: Span) -> Span:
        """Where a stretch of the labelled text comes to stand."""
        return Span(self.position(span.start), self.position(span.end))
