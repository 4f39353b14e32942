"""A text and the corrections of it, made by several people who did not always know of each other."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.text.history import Correction, TextHistory
from qualcode.text.revisions import Carrier, Edit, apply
from qualcode.text.spans import Span

FIRST = "De juf kwam langs. Dat hielp ons veel. Daarna ging het beter."


def corrections(*given: tuple[str, tuple[str, ...], str, str], first: str = FIRST) -> list[Correction]:
    """Corrections told as (id, parents, old words, new words); the old words stand in the text of the parents."""
    made: list[Correction] = []
    for name, parents, old, new in given:
        history = TextHistory(len(first), made)
        at = history.text(history.known_to(parents), first).index(old)
        made.append(Correction(name, parents, (Edit(at, at + len(old), new),)))
    return made


def together(*given: tuple[str, tuple[str, ...], str, str]) -> tuple[TextHistory, str]:
    history = TextHistory(len(FIRST), corrections(*given))
    return history, history.text(history.whole, FIRST)


def test_two_corrections_made_apart_both_stand() -> None:
    history, text = together(("a", (), "juf", "meester"), ("b", (), "veel", "erg veel"))
    assert text == "De meester kwam langs. Dat hielp ons erg veel. Daarna ging het beter."
    assert history.clashes(history.whole) == []


def test_of_two_corrections_of_the_same_words_the_later_one_stands_and_the_other_is_told() -> None:
    history, text = together(("a", (), "juf", "meester"), ("b", (), "juf kwam", "directeur ging"))
    assert text == "De directeur ging langs. Dat hielp ons veel. Daarna ging het beter."
    (clash,) = history.clashes(history.whole)
    assert (clash.held, clash.other) == (("b", 0), ("a", 0))


def test_the_same_correction_made_twice_is_one() -> None:
    history, text = together(
        ("a", (), "juf", "meester"), ("b", (), "juf", "meester"), ("c", (), "veel", "wat")
    )
    assert text == "De meester kwam langs. Dat hielp ons wat. Daarna ging het beter."
    assert history.clashes(history.whole) == []


def test_who_knows_of_a_correction_may_correct_it_again() -> None:
    _history, text = together(("a", (), "juf", "meester"), ("b", ("a",), "meester", "juffrouw"))
    assert text.startswith("De juffrouw kwam")


def test_what_was_done_to_words_that_do_not_stand_does_not_stand() -> None:
    history, text = together(
        ("a", (), "juf", "meester en de juf"),
        ("b", ("a",), "meester en", "meester met"),
        ("c", (), "De juf", "Zij"),
    )
    assert text.startswith("Zij kwam langs")
    assert {clash.other for clash in history.clashes(history.whole)} == {("a", 0), ("b", 0)}


def test_nothing_overrules_a_firm_correction() -> None:
    made = corrections(("a", (), "juf", "[leraar-1]"), ("b", (), "juf kwam", "juf ging"))
    made[0] = Correction("a", (), made[0].edits, firm=True)
    history = TextHistory(len(FIRST), made)
    assert history.text(history.whole, FIRST).startswith("De [leraar-1] kwam")


def test_a_correction_is_taken_back_beside_what_others_corrected() -> None:
    history, _text = together(("a", (), "juf", "meester"), ("b", (), "veel", "erg veel"))
    back = history.taken_back("a", history.whole, FIRST)
    assert back is not None
    assert apply(history.text(history.whole, FIRST), back) == FIRST.replace("veel", "erg veel")


def test_a_correction_that_somebody_built_on_cannot_be_taken_back() -> None:
    history, _text = together(("a", (), "juf", "meester"), ("b", ("a",), "meester", "lieve meester Jan"))
    assert history.taken_back("a", history.whole, FIRST) is None


@pytest.mark.parametrize(("old", "new"), [("juf", "meester"), ("juf kwam langs", "")])
def test_a_passage_keeps_its_words_whatever_others_corrected(old: str, new: str) -> None:
    history, text = together(("a", (), old, new), ("b", (), "veel", "erg veel"))
    span = Span(FIRST.index("Dat"), FIRST.index(" veel"))
    carried = history.carried(span, frozenset(), history.whole)
    assert carried is not None
    assert carried.of(text) == "Dat hielp ons"


words = st.lists(st.sampled_from(["juf", "kwam", "de", "moeder", " ", ". ", "x"]), min_size=1, max_size=12)


@st.composite
def edits_of(draw: st.DrawFn, text: str, most: int = 3) -> tuple[Edit, ...]:
    """Edits of a text, in order and apart from each other."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2 * most)))
    found: list[Edit] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        if found and start <= found[-1].end:
            continue
        found.append(Edit(start, end, draw(st.sampled_from(["", "a", "meester", "ü b"]))))
    return tuple(edit for edit in found if edit.text or edit.start < edit.end)


@st.composite
def histories(draw: st.DrawFn) -> tuple[str, list[Correction]]:
    """Three people who correct one text, and sometimes take in what another did."""
    first = "".join(draw(words))
    made: list[Correction] = []
    known: list[set[str]] = [set(), set(), set()]
    for n in range(draw(st.integers(1, 6))):
        who = draw(st.integers(0, 2))
        if draw(st.booleans()):
            known[who] |= known[draw(st.integers(0, 2))]
        history = TextHistory(len(first), [one for one in made if one.id in known[who]])
        text = history.text(history.whole, first)
        edits = draw(edits_of(text))
        if edits:
            made.append(Correction(str(n), tuple(sorted(known[who])), edits))
            known[who].add(str(n))
    return first, made


@given(histories())
def test_what_somebody_saw_does_not_depend_on_what_others_did(told: tuple[str, list[Correction]]) -> None:
    first, made = told
    every = TextHistory(len(first), made)
    for one in made:
        seen = every.known_to(one.parents)
        alone = TextHistory(len(first), [other for other in made if other.id in seen])
        assert every.text(seen, first) == alone.text(seen, first)
        mine = every.known_to([one.id])
        ours = TextHistory(len(first), [other for other in made if other.id in mine])
        assert every.text(mine, first) == ours.text(mine, first)
        assert every.clashes(mine) == ours.clashes(mine)


@given(histories())
def test_who_corrects_what_they_see_gets_what_they_wrote(told: tuple[str, list[Correction]]) -> None:
    first, made = told
    history = TextHistory(len(first), made)
    for one in made:
        before = history.text(history.known_to(one.parents), first)
        assert history.text(history.known_to([one.id]), first) == apply(before, one.edits)


@given(st.data())
def test_one_correction_carries_passages_as_a_carrier_does(data: st.DataObject) -> None:
    first = "".join(data.draw(words))
    edits = data.draw(edits_of(first))
    history = TextHistory(len(first), [Correction("a", (), edits)])
    start = data.draw(st.integers(0, len(first) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(first))))
    assert history.carried(span, frozenset(), history.whole) == Carrier(edits).span(span)


@given(histories(), st.data())
def test_a_character_that_still_stands_is_the_same(
    told: tuple[str, list[Correction]], data: st.DataObject
) -> None:
    first, made = told
    history = TextHistory(len(first), made)
    old = history.known_to([data.draw(st.sampled_from([one.id for one in made]))] if made else [])
    before, after = history.text(old, first), history.text(history.whole, first)
    for at in range(len(before)):
        if history.stands(at, old, history.whole):
            assert after[history.position(at, old, history.whole)] == before[at]


@given(histories())
def test_characters_keep_their_order(told: tuple[str, list[Correction]]) -> None:
    first, made = told
    history = TextHistory(len(first), made)
    places = [history.position(at, frozenset(), history.whole) for at in range(len(first))]
    assert places == list(accumulate(places, max))
