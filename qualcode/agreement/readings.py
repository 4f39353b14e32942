"""One transcript as two coders read it: what every measure starts from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from qualcode.agreement.counts import Cutting, check_spans
from qualcode.model import Coding
from qualcode.text.spans import Span, trim


class Mark(NamedTuple):
    """One coding of one coder as it is compared: trimmed, and moved up where text was cut out.

    `id` is that of the coding; through it the place in the whole text is found again.
    """

    start: int
    end: int
    code: str
    id: str = ""

    @property
    def span(self) -> Span:
        """Where it lies in the compared text."""
        return Span(self.start, self.end)


Cells = Mapping[str, tuple[Sequence[Mark], Sequence[Mark]]]


@dataclass(frozen=True)
class TwoReadings:
    """A transcript of `length` characters with the marks of coder A and of coder B.

    `done`: both have finished it. `case` and `role` are labels to slice by. `trimmed`:
    white space at the edges of marks was left out. `excluded` is the number of characters
    cut out beforehand; `dropped` counts codings of which nothing was left after that.
    `sentences` and `turns` are units to count by, in the same positions as the marks.
    """

    document: str
    length: int
    a: tuple[Mark, ...] = ()
    b: tuple[Mark, ...] = ()
    case: str = ""
    role: str = ""
    done: bool = True
    trimmed: bool = False
    excluded: int = 0
    dropped: int = 0
    sentences: tuple[Span, ...] = ()
    turns: tuple[Span, ...] = ()

    @cached_property
    def cells(self) -> Cells:
        """Per code the marks of A and of B."""
        cells: dict[str, tuple[list[Mark], list[Mark]]] = {}
        for side, marks in enumerate((self.a, self.b)):
            for mark in marks:
                if mark.code not in cells:
                    cells[mark.code] = ([], [])
                cells[mark.code][side].append(mark)
        return cells

    def relabelled(self, label: Callable[[str], str | None]) -> TwoReadings:
        """The same with every code replaced, for instance by its group; `None` leaves it out."""

        def renamed(marks: Iterable[Mark]) -> tuple[Mark, ...]:
            named = ((mark, label(mark.code)) for mark in marks)
            return tuple(mark._replace(code=name) for mark, name in named if name is not None)

        return replace(self, a=renamed(self.a), b=renamed(self.b))

    def swapped(self) -> TwoReadings:
        """The same with A and B exchanged."""
        return replace(self, a=self.b, b=self.a)


def two_readings(
    document: str,
    text: str,
    a: Iterable[Coding],
    b: Iterable[Coding],
    *,
    trimmed: bool = True,
    excluded: Iterable[Sequence[int]] = (),
    sentences: Iterable[Sequence[int]] = (),
    turns: Iterable[Sequence[int]] = (),
    case: str = "",
    role: str = "",
    done: bool = True,
) -> TwoReadings:
    """Make the codings of two coders on one text comparable.

    `trimmed` leaves white space at the edges of a coding out (it stays counted as
    uncoded text); `excluded` stretches, such as the interviewer's turns, are cut
    out of the text and of the codings. A coding of which nothing is left is counted in
    `dropped`. Codings that are empty, reversed or outside the text raise `InputError`.
    """
    sides = (list(a), list(b))
    check_spans([coding.span for side in sides for coding in side], len(text))
    cutting = Cutting(len(text), excluded)

    def units(spans: Iterable[Sequence[int]]) -> tuple[Span, ...]:
        moved = (cutting.span(span) for span in spans)
        return tuple(span for span in moved if span.end > span.start)

    def marks(codings: Iterable[Coding]) -> tuple[Mark, ...]:
        found = []
        for coding in codings:
            span = trim(text, coding.span) if trimmed else coding.span
            start, end = cutting.span(span)
            if end > start:
                found.append(Mark(start, end, coding.code_id, coding.id))
        return tuple(sorted(found))

    read_a, read_b = (marks(side) for side in sides)
    return TwoReadings(
        document=document,
        length=cutting.length,
        a=read_a,
        b=read_b,
        case=case,
        role=role,
        done=done,
        trimmed=trimmed,
        excluded=len(text) - cutting.length,
        dropped=len(sides[0]) + len(sides[1]) - len(read_a) - len(read_b),
        sentences=units(sentences),
        turns=units(turns),
    )


def finished(readings: Iterable[TwoReadings]) -> tuple[list[TwoReadings], list[TwoReadings]]:
    """Those both coders marked done, and the others: not coded yet is missing, not uncoded."""
    done: list[TwoReadings] = []
    missing: list[TwoReadings] = []
    for reading in readings:
        (done if reading.done else missing).append(reading)
    return done, missing
