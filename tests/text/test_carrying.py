"""Corrections: untouched words stay coded exactly as before."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qualcode.text.revisions import Carrier, Edit, apply, differences
from qualcode.text.spans import Span

words = st.text(alphabet="ab cé👍\n.", max_size=40)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text, and edits of it in order."""
    text = draw(words)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [Edit(a, b, draw(st.text(alphabet="xyz", max_size=4))) for a, b in pairs]


@given(words, words)
def test_the_differences_make_the_new_text_of_the_old(old: str, new: str) -> None:
    assert apply(old, differences(old, new)) == new


@given(edited(), st.data())
def test_untouched_words_stay_coded_exactly_as_before(
    case: tuple[str, list[Edit]], data: st.DataObject
) -> None:
    text, edits = case
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    new = apply(text, edits)
    carried = Carrier(edits).span(span)
    # the characters of the span that no edit touches, wherever they have gone
    touched = {n for edit in edits for n in range(edit.start, edit.end)}
    kept = [n for n in range(span.start, span.end) if n not in touched]
    places = {
        n: n + sum(len(e.text) - (e.end - e.start) for e in edits if e.end <= n) for n in range(len(text))
    }
    if carried is None:
        assert kept == []
        return
    assert 0 <= carried.start < carried.end <= len(new)
    for n in kept:
        assert carried.start <= places[n] < carried.end
        assert new[places[n]] == text[n]
    for n in range(len(text)):
        if n not in touched and not span.contains(n):
            assert not carried.contains(places[n])


@given(edited())
def test_carrying_keeps_the_order(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    carrier = Carrier(edits)
    found = [carrier.position(n) for n in range(len(text) + 1)]
    assert found == sorted(found)
    assert found[-1] <= len(apply(text, edits))


@pytest.mark.parametrize(
    ("old", "new", "coded", "becomes"),
    [
        ("de lerar zei niets", "de leraar zei niets", "lerar", "leraar"),
        ("de lerar zei niets", "de leraar zei niets", "lerar zei", "leraar zei"),
        ("de leraar zei niets", "de leraar zei toen niets", "zei", "zei"),
        ("de leraar zei niets", "de leraar zei toen niets", "zei niets", "zei toen niets"),
        ("Emma kwam. Emma ging.", "[leerling-4] kwam. [leerling-4] ging.", "Emma ging", "[leerling-4] ging"),
        ("een twee drie", "nul een twee drie", "een twee", "een twee"),
        ("een twee drie", "een drie", "twee drie", "drie"),
        ("een\ntwee\ndrie", "een twee\ndrie", "twee", "twee"),
    ],
)
def test_a_correction_keeps_the_coding_on_its_words(old: str, new: str, coded: str, becomes: str) -> None:
    start = old.index(coded)
    carried = Carrier(differences(old, new)).span(Span(start, start + len(coded)))
    assert carried is not None
    assert carried.of(new) == becomes


def test_what_was_deleted_is_gone_and_said_so() -> None:
    old, new = "een twee drie", "een drie"
    assert Carrier(differences(old, new)).span(Span(4, 8)) is None


def test_edits_out_of_order_or_outside_are_refused() -> None:
    for edits in ([Edit(3, 5, ""), Edit(4, 6, "")], [Edit(4, 5, ""), Edit(0, 1, "")], [Edit(0, 99, "")]):
        with pytest.raises(ValueError, match=r"overlap|outside"):
            apply("een twee", edits)


def test_a_long_text_with_one_typo_is_one_edit() -> None:
    old = "Dat was een heel gewone dag op school. " * 20_000
    new = old[:400_000] + "X" + old[400_000:]
    (edit,) = differences(old, new)
    assert edit.end - edit.start < 12
