"""Constructed pairs of readings, each with the words that are said of it.

A line is what A marked, what B marked, and what is found: `t` time, `m` meta, `r` role; `t0-100` is a passage.
"""

from __future__ import annotations

import re

import pytest

from qualcode.agreement import Difference, differences

from .making import reading

NAMES = {"t": "time", "m": "meta", "r": "role", "p": "pace", "q": "quick"}
PARENTS = {"time": None, "pace": "time", "quick": "time", "meta": None, "role": None}

# A | B | kinds in order of place (= agreed, ~ other edges, s split, x other code, + extra code, < only A, > only B)
PAIRS = """
t0-100            | t0-100                    | =
t0-100            | t0-95                     | =
t0-100            | t5-100                    | =
t0-100            | t0-89                     | ~
t0-100            | t50-150                   | ~
t0-100            | t99-180                   | ~
t0-100            | t100-200                  | < >
t0-100            |                           | <
                  | t0-100                    | >
t0-100            | t0-50 t52-100             | s
t0-50 t52-100     | t0-100                    | s
t0-30 t40-60 t70-99 | t0-100                  | s
t0-100            | t0-92 t93-100             | s
t0-92 t93-100     | t0-100                    | s
t0-100            | t0-95 t96-100             | s
t0-100            | t0-60 t99-300             | ~ >
t0-60 t99-300     | t0-100                    | ~ <
t0-100            | t0-100 t200-300           | = >
t0-100 t0-100     | t0-100                    | =
t0-100 t20-50     | t0-100                    | =
t0-100            | t0-100 t20-50             | =
t0-100 t20-50     | t0-100 t20-50             | = =
t0-100 t20-50     | t0-80                     | ~
t0-100 t20-50     | t22-50                    | ~
t0-100 t20-50     | t0-40 t60-100             | s
t0-100 t20-50     |                           | <
t0-100 t0-100     |                           | <
                  | t0-100 t20-50 t60-70      | >
t0-100            | m0-100                    | x
t0-100            | m0-60                     | x
t0-100            | m0-50                     | x
t0-100            | m40-140                   | x
t0-100            | m50-150                   | x
t0-100            | m51-151                   | < >
t0-100            | m99-200                   | < >
t0-100            | m100-200                  | < >
t0-100            | m0-49                     | + <
t0-400            | m100-200                  | < +
m100-200          | t0-400                    | > +
t0-400            | t0-400 m100-200           | = +
t0-400 m100-200   | t0-400                    | = +
t0-400            | t0-400 m0-400             | = +
t0-100 m0-100     | t0-100 r0-100             | = x
t0-100 m0-100     | t0-100                    | = +
t0-100            | t0-100 m10-90             | = +
t0-100 m90-300    | t0-100                    | = <
t0-100            | t0-100 m50-150            | = +
t0-100            | t0-100 m51-151            | = >
t0-100            | m0-100 r0-100             | x +
t0-100 r0-100     | m0-100                    | x +
t0-400            | m0-390 r100-200           | x +
t0-100 t200-300   | m0-100 m200-300           | x x
t0-100 t20-50     | m0-100                    | x
t0-100            | m0-100 m20-50             | x
t0-400 m100-200   | t0-400 m120-200           | = ~
t0-400            | t0-300 m100-200           | ~ +
t0-400            | t0-180 t200-400 m210-300  | s +
p0-100            | q0-100                    | x related
p0-100            | t0-100                    | x related
p0-100            | m0-100                    | x
t0-100            | t0-100 p10-60             | = + related
p0-400            | q100-200                  | < + related
                  |                           |
"""

SIGNS = {
    "agreed": "=",
    "edges": "~",
    "split": "s",
    "other-code": "x",
    "extra-code": "+",
    "only-a": "<",
    "only-b": ">",
}
ROWS = [[cell.strip() for cell in line.split("|")] for line in PAIRS.strip("\n").splitlines()]


def marks(words: str) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for code, start, end in re.findall(r"([a-z])(\d+)-(\d+)", words):
        found.setdefault(NAMES[code], []).append((int(start), int(end)))
    return found


def said(found: list[Difference]) -> str:
    kinds = [SIGNS[one.kind.value] for one in found]
    return " ".join([*kinds, *(["related"] if any(one.related for one in found) else [])])


@pytest.mark.parametrize(("a", "b", "expected"), ROWS, ids=[" | ".join(row) for row in ROWS])
def test_what_is_said_of_two_readings(a: str, b: str, expected: str) -> None:
    one = reading(marks(a), marks(b))
    found = differences([one], PARENTS)
    assert said(found) == expected
    assert sum(len(each.a) for each in found) == len(one.a)
    assert sum(len(each.b) for each in found) == len(one.b)
    back = differences([one.swapped()], PARENTS)
    turned = expected.translate(str.maketrans("<>", "><"))
    assert sorted(said(back).split()) == sorted(turned.split())


def test_there_are_sixty_of_them() -> None:
    assert len(ROWS) >= 60


def test_an_extra_code_says_beside_what_the_other_marked() -> None:
    nested = differences([reading(marks("t0-400"), marks("m100-200"))])[1]
    assert nested.beside == ("time",)
    assert nested.codes == ("meta", "time")
    assert nested.kind.words == "Words that both marked got one more code from one of them."
