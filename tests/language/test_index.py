"""Rows of words, the index of them, and keyword in context."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.language.index import word_rows
from qualcode.language.kwic import Order, arrange, forms_found, lines
from qualcode.language.query import parse
from qualcode.language.search import search
from qualcode.model import Turn
from tests.language.real import RealIndex


def test_rows_of_two_turns() -> None:
    text = "Ja, dat klopt. Echt fijn.\nBij [leraar-1]."
    rows = list(word_rows(text, [Turn(1, 0, 25), Turn(2, 26, len(text))]))
    assert [row.surface for row in rows] == ["Ja", "dat", "klopt", "Echt", "fijn", "Bij", "[leraar-1]"]
    assert [row.sentence for row in rows] == [0, 0, 0, 1, 1, 2, 2]
    assert [row.turn for row in rows] == [1, 1, 1, 1, 1, 2, 2]
    assert [row.closes for row in rows] == [True, False, True, False, True, False, True]
    assert [row.n for row in rows] == list(range(7))


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("'s Avonds om 10.30 uur, i.v.m. foto's", ["'s", "Avonds", "om", "10.30", "uur", "i.v.m.", "foto's"]),
        ("[kind-2]'s tas ([kind-12]/[kind-3])", ["[kind-2]", "'s", "tas", "[kind-12]", "[kind-3]"]),
        ("de IB'er 'riep' ‘nee’ naïef", ["de", "IB'er", "riep", "nee", "naïef"]),
        ("😀 👨‍👩‍👧 🇳🇱", []),
        ("", []),
    ],
)
def test_words(text: str, surfaces: list[str]) -> None:
    assert [row.surface for row in word_rows(text)] == surfaces


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="aB é.'’-[]1\n😀", max_size=30), max_size=4))
def test_rows_lie_in_order_inside_their_turns(said: list[str]) -> None:
    turns, place = [], 0
    for n, words in enumerate(said, 1):
        turns.append(Turn(n, place, place + len(words)))
        place += len(words) + 1
    text = "\n".join(said)
    rows = list(word_rows(text, turns))
    assert all(text[row.start : row.end] == row.surface for row in rows)
    assert all(turns[row.turn - 1].start <= row.start < row.end <= turns[row.turn - 1].end for row in rows)
    assert [row.start for row in rows] == sorted(row.start for row in rows)
    assert [row.sentence for row in rows] == sorted(row.sentence for row in rows)


def test_empty_turns_and_mixed_languages_are_indexed() -> None:
    index = RealIndex()
    index.add("leeg", "")
    index.add("leeg2", "\n\n", [Turn(1, 0, 0), Turn(2, 1, 1)])
    index.add("mix", "She said: the children, de kinderen.", language="en")
    assert [hit.form for hit in search(index, parse("child"), languages=("nl", "en"))] == ["children"]


def test_a_word_is_found_for_certain_by_the_key_of_its_reading() -> None:
    index = RealIndex()
    index.add("a", "Ja, zorgen dus.", tags={4: "n"})
    found = search(index, parse("zorgen"), also=True)
    assert [(hit.start, hit.reading, hit.sure) for hit in found] == [(4, "n", False)]
    assert search(index, parse("zorgen")) == []
    assert [(hit.start, hit.sure) for hit in search(index, parse("zorg"))] == [(4, True)]


@pytest.fixture
def index() -> RealIndex:
    index = RealIndex()
    index.add("b", "Goede hulp kwam laat.\nAlle hulp telt.", [Turn(1, 0, 21), Turn(2, 22, 37)])
    index.add("a", "Zonder hulp gaat het. Hulpen bestaat niet.")
    return index


def test_lines_show_what_stands_left_and_right(index: RealIndex) -> None:
    hits = search(index, parse('"hulp"'))
    found = [
        (line.left, line.keyword, line.right)
        for line in lines(index, arrange(index, hits, documents=["b"]), 6)
    ]
    assert found == [("Goede ", "hulp", " kwam "), (" Alle ", "hulp", " telt."), ("onder ", "hulp", " gaat ")]


def test_lines_are_sorted_by_the_words_beside_the_hit(index: RealIndex) -> None:
    hits = search(index, parse('"hulp"'))
    assert [hit.start for hit in arrange(index, hits, Order.LEFT)] == [27, 6, 7]
    assert [hit.start for hit in arrange(index, hits, Order.RIGHT)] == [7, 6, 27]
    assert [hit.document for hit in arrange(index, hits)] == ["a", "b", "b"]


def test_forms_are_counted(index: RealIndex) -> None:
    hits = search(index, parse("hulp*"))
    assert forms_found(hits) == [("hulp", 3), ("hulpen", 1)]
    assert [hit.form for hit in arrange(index, hits, Order.FORM)][-1] == "hulpen"
