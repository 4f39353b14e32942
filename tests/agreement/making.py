"""Readings for tests: made by hand, or by hypothesis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from qualcode.agreement import Mark, TwoReadings
from qualcode.text.spans import Span

LENGTH = 60
CODES = ("trust", "time", "role")


@st.composite
def spans(draw: st.DrawFn, length: int = LENGTH) -> Span:
    start = draw(st.integers(0, length - 1))
    return Span(start, draw(st.integers(start + 1, length)))


def many_spans(length: int = LENGTH, most: int = 6) -> st.SearchStrategy[list[Span]]:
    return st.lists(spans(length), max_size=most)


@st.composite
def readings(
    draw: st.DrawFn, document: str = "d", codes: Sequence[str] = CODES, most: int = 6
) -> TwoReadings:
    sides = []
    for coder in "ab":
        drawn = draw(st.lists(st.tuples(spans(), st.sampled_from(codes)), max_size=most))
        sides.append(
            tuple(Mark(*span, code, f"{document}{coder}{i}") for i, (span, code) in enumerate(drawn))
        )
    return TwoReadings(document, LENGTH, sides[0], sides[1], case=document, role="ouder")


def projects(least: int = 1, most: int = 4) -> st.SearchStrategy[list[TwoReadings]]:
    return st.integers(least, most).flatmap(
        lambda n: st.tuples(*(readings(document=f"d{i}") for i in range(n))).map(list)
    )


def reading(
    a: Mapping[str, Sequence[tuple[int, int]]],
    b: Mapping[str, Sequence[tuple[int, int]]],
    *,
    document: str = "d",
    length: int = 1000,
    done: bool = True,
    case: str = "",
    role: str = "",
) -> TwoReadings:
    """A transcript with marks given per code as (start, end)."""

    def marks(coder: str, side: Mapping[str, Sequence[tuple[int, int]]]) -> tuple[Mark, ...]:
        pairs = [(start, end, code) for code, own in side.items() for start, end in own]
        return tuple(Mark(*pair, f"{document}{coder}{i}") for i, pair in enumerate(sorted(pairs)))

    return TwoReadings(document, length, marks("a", a), marks("b", b), case=case, role=role, done=done)


def study(documents: int = 12) -> list[TwoReadings]:
    """Interviews of ten thousand characters: one code mostly shared, one by A only, one rare."""
    made = []
    for d in range(documents):
        a = {"trust": [(100 * d, 100 * d + 900), (5000, 5400)], "time": [(2000, 2700)]}
        b = {"trust": [(100 * d + 40 * (d % 3), 100 * d + 900), (5000 + 150 * (d % 2), 5400)]}
        if d == 1:
            a["role"], b["role"] = [(7000, 7100)], [(7020, 7100)]
        made.append(
            reading(
                a,
                b,
                document=f"casus-{d:02}",
                length=10_000,
                case=f"{d // 2}",
                role=("ouder", "leraar")[d % 2],
            )
        )
    return made
