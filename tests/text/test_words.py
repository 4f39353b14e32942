"""Words, and where the next one is."""

from itertools import pairwise

import pytest
from hostile_text import hostile_text
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.text import words
from qualcode.text.graphemes import splits_cluster
from qualcode.text.spans import Span


def starts(text: str) -> list[str]:
    found, offset = [words.word_at(text, 0).of(text)], 0
    while (offset := words.next_word(text, offset)) < len(text):
        found.append(words.word_at(text, offset).of(text))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'t was zo'n auto-ongeluk", ["'t", "was", "zo'n", "auto-ongeluk"]),
        ("’s-middags bij foto’s", ["’s-middags", "bij", "foto’s"]),
        ("met [leraar-1] en [lacht] ja", ["met", "[leraar-1]", "en", "[lacht]", "ja"]),
        ("[[x]] [/] 10.30 uur", ["[", "[x]", "]", "[", "/]", "10.30", "uur"]),
        ("hij zei: 'ja', toen", ["hij", "zei", ":", "'", "ja", "',", "toen"]),
        ("één 👩‍👩‍👧 1️⃣ keer", ["één", "👩‍👩‍👧", "1️⃣", "keer"]),
    ],
)
def test_words_of_dutch(text: str, expected: list[str]) -> None:
    assert starts(text) == expected


def test_word_at_a_blank_is_the_word_before_it() -> None:
    assert words.word_at("een twee", 3) == Span(0, 3)
    assert words.word_at("een  twee", 4) == Span(4, 4)


def test_back_and_ends() -> None:
    text = "een twee drie"
    assert words.previous_word(text, 13) == 9
    assert words.previous_word(text, 9) == 4
    assert words.next_word_end(text, 0) == 3
    assert words.previous_word_end(text, 8) == 3
    assert words.previous_word(text, 0) == 0
    assert words.next_word(text, 9) == 13


def test_clauses() -> None:
    text = "Ja, dat klopt; maar 1,5 uur – te lang. Toch?"
    cuts = [*words.clause_starts(text), len(text)]
    assert [text[a:b] for a, b in pairwise(cuts)] == [
        "Ja, ", "dat klopt; ", "maar 1,5 uur – ", "te lang. ", "Toch?",
    ]  # fmt: skip


def test_a_text_without_blanks_and_a_gap_without_words() -> None:
    assert words.next_word("a" + " " * 5000 + "b", 0) == 5001
    assert words.previous_word("a" + " " * 5000 + "b", 5001) == 0
    assert 0 < words.next_word("a" * 1_000_000, 500_000) <= 1_000_000


@settings(max_examples=150, deadline=None)
@given(hostile_text, st.data())
def test_moves_advance_and_never_split_a_character(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert words.next_word(text, offset) > offset or offset == len(text)
    assert words.next_word_end(text, offset) > offset or offset == len(text)
    assert words.previous_word(text, offset) < offset or offset == 0
    assert words.previous_word_end(text, offset) < offset or offset == 0
    for place in (
        words.next_word(text, offset),
        words.previous_word(text, offset),
        *words.word_at(text, offset),
    ):
        assert place == offset or not splits_cluster(text, place)
