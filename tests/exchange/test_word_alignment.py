"""Words of one text found in another that is nearly the same."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.text.spans import Span
from qualcode.text.word_alignment import WordAlignment, paired

A = "We belden elke week, juf en ik. Daarna niet meer, dat was jammer."


def place(a: str, b: str, words: str) -> str | None:
    start = a.index(words)
    found = WordAlignment(a, b).place(Span(start, start + len(words))).span
    return None if found is None else found.of(b)


def test_words_are_found_where_others_were_put_in_taken_out_or_changed() -> None:
    b = "Ja. We belden elke maandag en elke week, juf en ik. Daarna helemaal niet meer, dat was jammer."
    assert place(A, b, "juf en ik") == "juf en ik"
    assert place(A, b, "Daarna niet meer") == "Daarna helemaal niet meer"
    assert place(A, "We belden iedere week, juf en ik.", "belden elke week") == "belden iedere week"
    assert place(A, "Iets heel anders.", "belden elke week") is None


def test_curly_quotes_capitals_and_spaces_do_not_matter() -> None:
    a = "Zij zei: ’t was  “goed”."
    b = 'zij zei: \'t was "goed".'
    assert place(a, b, "’t was  “goed”") == '\'t was "goed"'
    assert WordAlignment(a, b).place(Span(0, len(a))).exact is False  # capitals differ
    assert WordAlignment(a, 'Zij zei: \'t was "goed".').place(Span(0, len(a))).exact


def test_parts_of_words_keep_their_place() -> None:
    assert place("de samenwerking liep", "toen: de samenwerking liep goed", "werk") == "werk"


def test_words_that_are_skipped_take_no_part() -> None:
    a, b = "I: Ja, ja.\nR: Nee.", "Ja, ja.\nNee."
    whole = WordAlignment(a, b, [Span(0, 2), Span(11, 13)])
    assert whole.place(Span(0, len(a))).span == Span(0, len(b))
    assert whole.share == 1


@given(
    st.lists(
        st.sampled_from(["de", "het", "een", "ik", "was", "en", "toen", "juf", "belde", "week"]), max_size=60
    ),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_an_unchanged_text_keeps_every_place(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    found = WordAlignment(text, text).place(Span(start, end))
    if text[start:end].strip():
        assert (found.span, found.exact) == (Span(start, end), True)


@given(st.lists(st.integers(0, 9), max_size=700), st.lists(st.integers(0, 9), max_size=700))
@settings(max_examples=40, deadline=None)
def test_pairs_rise_and_are_the_same_words(a: list[int], b: list[int]) -> None:
    one, other = [str(n) for n in a], [str(n) for n in b]
    pairs = list(paired(one, other))
    assert all(one[i] == other[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
    if one == other:
        assert len(pairs) == len(one)
