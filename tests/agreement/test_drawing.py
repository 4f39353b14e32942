"""Bars and dots in characters, and the lines that stand beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.agreement import Agreement, AgreementOptions, compare
from qualcode.agreement.intervals import Interval
from qualcode.agreement.value import Reason
from qualcode.i18n import speaking
from qualcode.reports.wording import summary
from qualcode.reports.wording.summary import LOWEST, axis, bar, bar_text, dots, place, span

from .making import study

PARTS = st.lists(st.integers(0, 10**7), min_size=3, max_size=3)


@given(PARTS, st.integers(3, 200))
def test_a_bar_is_full_and_shows_every_part_that_is_there(parts: list[int], width: int) -> None:
    cells = bar(parts, width)
    assert sum(cells) == (width if any(parts) else 0)
    assert [cell > 0 for cell in cells] == [part > 0 for part in parts]


@given(PARTS, st.integers(3, 200))
def test_a_larger_part_never_gets_less_room(parts: list[int], width: int) -> None:
    cells = bar(parts, width)
    for one, n in zip(parts, cells, strict=True):
        for other, m in zip(parts, cells, strict=True):
            assert n >= m - 1 if one >= other else True


def test_a_bar_by_hand() -> None:
    assert bar((50, 25, 25), 8) == (4, 2, 2)
    assert bar_text((999, 1, 0), 10) == "█████████▓"
    assert bar_text((0, 0, 0), 10) == ""
    with pytest.raises(ValueError, match="too narrow"):
        bar((1, 1, 1), 2)


def test_dots_lie_where_alpha_is_and_grow_where_transcripts_meet() -> None:
    drawn = dots([0.4, 1.0, 1.0, 1.0, -0.9], 61)
    assert (len(drawn), drawn[place(0.4, 61)], drawn[60], drawn[0]) == (61, "·", "●", "·")
    assert drawn[place(0.667, 61)] == drawn[place(0.8, 61)] == "│"


@given(st.floats(-1, 1), st.integers(10, 100))
def test_every_alpha_has_a_place_on_the_axis(alpha: float, width: int) -> None:
    assert 0 <= place(alpha, width) < width
    assert place(LOWEST, width) == 0
    assert place(1.0, width) == width - 1


def test_the_interval_is_a_line_with_alpha_on_it() -> None:
    interval = Interval(0.4, 0.8, clusters=12)
    drawn = span(0.6, interval, 61)
    assert (drawn[place(0.4, 61)], drawn[place(0.6, 61)], drawn[place(0.8, 61)]) == ("├", "◆", "┤")
    assert span(0.6, Interval(reason=Reason.FEW_DOCUMENTS), 61).strip() == "◆"
    assert span(None, Interval(reason=Reason.UNUSED), 61).strip() == ""


@pytest.mark.parametrize("width", [12, 24, 61])
def test_the_figures_of_the_axis_never_run_into_each_other(width: int) -> None:
    assert len(axis(width)) == width
    assert axis(width).split()[0] == "0"
    assert axis(width).endswith("1")
    with speaking("nl"):
        assert ",67" in axis(61)


def test_the_first_lines_and_the_others(found: Agreement) -> None:
    trust = found.of("trust")
    first = summary.lines_of_code("Trust", trust, found.coders)
    assert [line.measure for line in first] == ["shared", "alpha", "kappa", "f1"]
    assert first[1].value.startswith(f"{trust['alpha'].value:.2f} [")
    assert "Codings: Anna 24, Bram 24" in first[3].says
    assert {line.measure for line in summary.more_of_code(trust)} == set(summary.MORE)
    assert [line.measure for line in summary.lines_of_all(found)] == [
        "shared",
        "pooled_kappa",
        "f1",
        "where",
        "what",
        "sets",
    ]
    assert "below 0.667" in summary.chance_below(trust)
    assert summary.chance_below(found.of("role")) == ""


def test_switched_off_there_are_no_lines() -> None:
    off = compare(study(), options=AgreementOptions(coefficients=False))
    assert summary.lines_of_all(off) == summary.more_of_all(off) == []
    assert summary.lines_of_code("Trust", off.of("trust"), off.coders) == []
    assert summary.more_of_code(off.of("trust")) == []
    assert any(summary.codings_parts(off.of("trust")))  # counting goes on
