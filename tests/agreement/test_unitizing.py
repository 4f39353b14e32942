"""The alphas for unitizing, against their formulas written out in exact fractions."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.agreement import Reason, Value, counts_from_spans, unitizing
from qualcode.agreement.coefficients import coefficient
from qualcode.errors import InputError

LENGTH = 24
Units = list[tuple[int, int, str]]


@st.composite
def units(draw: st.DrawFn) -> Units:
    """Units that do not overlap."""
    ends = sorted(draw(st.sets(st.integers(0, LENGTH), max_size=8)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    found = [(start, end, draw(st.sampled_from("xyz"))) for start, end in pairs]
    if found and draw(st.booleans()):  # two units that touch
        start, end, value = found.pop()
        middle = (start + end) // 2
        found += [(start, middle, value), (middle, end, "x")] if start < middle else [(start, end, value)]
    return found


def at(row: Units, position: int) -> str | None:
    return next((value for start, end, value in row if start <= position < end), None)


def written_out(rows: list[Units]) -> dict[str, Fraction | None]:
    """u, cu and its coverage by the sums of the paper, over single characters."""
    m = len(rows)
    ell: dict[tuple[str | None, str | None], Fraction] = defaultdict(Fraction)
    for i in range(m):
        for j in range(m):
            if i != j:
                for position in range(LENGTH):
                    ell[at(rows[i], position), at(rows[j], position)] += Fraction(1, m - 1)
    w: dict[str | None, Fraction] = defaultdict(Fraction)
    star: dict[str | None, Fraction] = defaultdict(Fraction)
    for i, row in enumerate(rows):
        w[None] += sum(at(row, position) is None for position in range(LENGTH))
        for start, end, value in row:
            w[value] += (end - start) ** 2
            for j in range(m):
                if i != j:
                    marked = sum(at(rows[j], position) is not None for position in range(start, end))
                    star[value] += Fraction(marked**2, m - 1)
    valued = {pair: n for pair, n in ell.items() if None not in pair}
    total, marked_total = sum(ell.values()), sum(valued.values(), Fraction())
    return {
        "u": ratio(ell, w),
        "cu": ratio(valued, star) if marked_total else None,
        "coverage": marked_total / total,
    }


def ratio(
    ell: dict[tuple[str | None, str | None], Fraction], w: dict[str | None, Fraction]
) -> Fraction | None:
    total = sum(ell.values(), Fraction())
    corrections = sum(w.values(), Fraction())
    rows: dict[str | None, Fraction] = defaultdict(Fraction)
    for (c, _k), n in ell.items():
        rows[c] += n
    observed = total - sum((ell.get((c, c), Fraction()) for c in rows), Fraction())
    if total * total == corrections:
        return None
    expected = total - sum(total * (n * n - w[c]) for c, n in rows.items()) / (total * total - corrections)
    return 1 - observed / expected if expected else None


def same(found: Value, expected: Fraction | None) -> bool:
    if expected is None:
        return found.value is None
    return found.value is not None and abs(found.value - float(expected)) < 1e-12


@settings(max_examples=80)
@given(st.lists(units(), min_size=2, max_size=3))
def test_the_family_equals_its_sums_written_out(rows: list[Units]) -> None:
    found, expected = unitizing(LENGTH, rows), written_out(rows)
    assert same(found.u, expected["u"])
    assert same(found.cu.alpha, expected["cu"])
    if any(rows):
        assert same(found.cu.coverage, expected["coverage"])


@given(units(), units())
def test_swapping_the_coders_changes_nothing(a: Units, b: Units) -> None:
    assert unitizing(LENGTH, [a, b]) == unitizing(LENGTH, {"p": b, "r": a})


@given(units())
def test_the_same_units_agree_fully(row: Units) -> None:
    found = unitizing(LENGTH, [row, row])
    for value in (found.u, found.bar_u, found.cu.alpha, *(one.alpha for one in found.k.values())):
        assert value.value in (None, 1.0)


def test_one_code_in_a_long_text_is_the_alpha_of_characters() -> None:
    a, b = [(100, 300), (5000, 5400)], [(150, 320), (9000, 9100)]
    found = unitizing(60_000, [[(*span, "trust") for span in side] for side in (a, b)])
    characters = coefficient("alpha", counts_from_spans(a, b, 60_000)).value
    assert found.bar_u.value == pytest.approx(characters, abs=1e-3)
    assert found.bar_u == found.u


def test_where_nothing_can_be_said() -> None:
    overlapping = unitizing(10, [[(0, 5, "x"), (4, 6, "y")], [(0, 5, "x")]])
    assert overlapping.u == overlapping.cu.alpha == Value(None, Reason.OVERLAPPING_UNITS)
    assert unitizing(10, [[], []]).u == Value(None, Reason.UNUSED)
    assert unitizing(0, [[], []]).u == Value(None, Reason.NO_TEXT)
    apart = unitizing(10, [[(0, 5, "x")], [(5, 10, "x")]])
    assert apart.cu.alpha == Value(None, Reason.NO_SHARED_TEXT)
    assert apart.cu.coverage == Value(0.0)
    everywhere = unitizing(10, [[(0, 10, "x")], [(0, 10, "x")]])
    assert everywhere.bar_u == Value(None, Reason.EVERYWHERE)
    assert everywhere.to_dict()["reasons"].keys() == {"u_alpha", "bar_u_alpha", "cu_alpha"}


def test_one_pair_among_three_coders_leaves_nothing_to_chance() -> None:
    found = unitizing(LENGTH, [[], [(0, 1, "x")], [(0, 1, "y")]])
    assert found.cu.alpha == found.k["x"].alpha == Value(None, Reason.TOO_LITTLE)


@pytest.mark.parametrize("bad", [(3, 3, "x"), (5, 2, "x"), (0, 11, "x"), (-1, 2, "x")])
def test_units_outside_the_text_are_refused(bad: tuple[int, int, str]) -> None:
    with pytest.raises(InputError):
        unitizing(10, [[bad], []])


def test_one_coder_is_refused() -> None:
    with pytest.raises(ValueError, match="two coders"):
        unitizing(10, [[(0, 5, "x")]])
