"""Counts in two directions, against counting by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.matrices import PARTS, co_occurrence, first_seen, matrix, seen_over_orders
from qualcode.analysis.quotes import choose, quotes_of
from qualcode.i18n import Bilingual
from qualcode.model import Code, Coding
from tests.analysis.test_themes import TRANSCRIPTS as IN_WORDS
from tests.analysis.test_themes import codings_in

CODES = [
    Code("t", "tijd", Bilingual("Tijd", "Time")),
    Code("u", "urgentie", Bilingual("Urgentie"), parent_id="t"),
    Code("m", "meta", Bilingual("Meta")),
]
TRANSCRIPTS = [replace(one, text="x" * 100) for one in IN_WORDS]
codings = codings_in(100)


@given(codings, st.sampled_from(["case", "role", "transcript", "position"]), st.booleans())
def test_every_coding_stands_in_one_cell(found: list[Coding], direction: str, themes: bool) -> None:
    table = matrix(CODES, found, TRANSCRIPTS, direction, themes=themes)  # type: ignore[arg-type]
    assert sum(map(len, table.cells.values())) == len(found)
    assert {key[0] for key in table.cells} <= {key for key, _label in table.rows}
    assert {key[1] for key in table.cells} <= {key for key, _label in table.columns}
    assert [label for _key, label in table.rows] == (
        ["Time", "Meta"] if themes else ["Time", "Urgentie", "Meta"]
    )


def test_what_two_coders_marked_at_one_place_counts_once() -> None:
    found = [
        Coding("a", "1", 0, 20, "t", "anna"),
        Coding("b", "1", 2, 22, "t", "bram"),
        Coding("c", "1", 60, 90, "t", "bram"),
        Coding("d", "1", 60, 90, "u", "anna"),
    ]
    table = matrix(CODES, found, TRANSCRIPTS, "case")
    case = TRANSCRIPTS[0].case
    assert (table.count("t", case), table.count("u", case), table.highest) == (2, 1, 2)
    themes = matrix(CODES, found, TRANSCRIPTS, "case", themes=True)
    assert themes.count("t", case) == 2  # a code and the one under it on the same words
    assert len(themes.cells["t", case]) == 4


def test_the_last_character_lies_in_the_last_part() -> None:
    table = matrix(CODES, [Coding("a", "1", 99, 100, "t", "anna")], TRANSCRIPTS, "position")
    assert table.count("t", PARTS - 1) == 1


@given(codings)
def test_codes_meet_where_their_codings_overlap(found: list[Coding]) -> None:
    expected = 0
    for n, x in enumerate(found):
        for y in found[n + 1 :]:
            same_place = x.transcript_id == y.transcript_id and x.start < y.end and y.start < x.end
            expected += same_place and x.code_id != y.code_id
    assert co_occurrence(CODES, found).total() == expected


def test_a_place_marked_by_two_is_one_quote() -> None:
    found = [
        Coding("a", "1", 0, 20, "t", "anna"),
        Coding("b", "1", 2, 22, "t", "bram"),
        Coding("c", "1", 2, 22, "t", "anna"),
        Coding("d", "1", 60, 90, "t", "bram"),
    ]
    quotes = quotes_of(found, {t.id: t for t in TRANSCRIPTS})
    assert [(q.span, q.coders) for q in quotes] == [((2, 22), ("anna", "bram")), ((60, 90), ("bram",))]
    assert choose(quotes, 1) == quotes[:1]


def test_saturation_says_where_a_code_was_new() -> None:
    found = [
        Coding("a", "2", 0, 5, "t", "anna"),
        Coding("b", "3", 0, 5, "t", "anna"),
        Coding("c", "3", 0, 5, "m", "b"),
    ]
    assert first_seen(CODES, found, TRANSCRIPTS) == {"t": 2, "m": 3}


def test_codes_seen_over_all_orders_are_the_mean_over_every_order() -> None:
    interviews = [{"a", "b"}, {"a"}, {"c"}, {"a", "c", "d"}]
    codings = [_coded(code, f"t{n}") for n, codes in enumerate(interviews) for code in sorted(codes)]
    found = seen_over_orders([*codings, codings[0]], 4)
    orders = list(permutations(interviews))
    for n in range(1, 5):
        mean = sum(len(set().union(*order[:n])) for order in orders) / len(orders)
        assert found[n - 1] == pytest.approx(mean)
    assert seen_over_orders([], 2) == [0, 0]


def _coded(code: str, transcript: str) -> Coding:
    return Coding(f"{code}{transcript}", transcript, 0, 5, code, "anna")
