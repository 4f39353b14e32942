"""Replacing carries every turn along exactly, whatever stands in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.model import Turn
from qualcode.pseudonyms.giving import NameDecisions, Replacement, replace


def turns_of(pieces: list[str], speaker: str = "R") -> tuple[str, tuple[Turn, ...]]:
    turns, start = [], 0
    for n, piece in enumerate(pieces, 1):
        turns.append(Turn(n, start, start + len(piece), speaker))
        start += len(piece) + 1
    return "\n".join(pieces), tuple(turns)


def test_turns_hold_the_same_words_as_before() -> None:
    text, turns = turns_of(["Emma kwam.", "Wie?", "Emma's moeder."])
    decisions = NameDecisions((Replacement(0, 4, "[leerling-1]"), Replacement(16, 20, "[leerling-1]")))
    new, moved = replace(text, turns, decisions)
    assert [new[turn.start : turn.end] for turn in moved] == [
        "[leerling-1] kwam.",
        "Wie?",
        "[leerling-1]'s moeder.",
    ]


def test_labels_and_file_names_are_replaced_too() -> None:
    decisions = NameDecisions((), {"Emma de Vries": "[leerling-1]", "Emma": "[leerling-1]"})
    _text, (turn,) = replace("Ja.", [Turn(1, 0, 3, "Moeder van EMMA")], decisions)
    assert turn.speaker == "Moeder van [leerling-1]"
    assert decisions.in_words("interview_emma_de_vries-2.docx") == "interview_[leerling-1]-2.docx"
    assert decisions.in_words("Emmanuel") == "Emmanuel"


@pytest.mark.parametrize("bad", [[(0, 3), (2, 5)], [(2, 2)], [(4, 99)], [(3, 7)]])
def test_replacements_that_do_not_fit_are_refused(bad: list[tuple[int, int]]) -> None:
    text, turns = turns_of(["abcde", "fghij"])
    with pytest.raises(ValueError, match="replacement"):
        replace(text, turns, NameDecisions(tuple(Replacement(s, e, "x") for s, e in bad)))


@given(st.lists(st.text("abc 👩é", min_size=1, max_size=12), min_size=1, max_size=6), st.data())
def test_what_is_not_replaced_stays_letter_for_letter(pieces: list[str], data: st.DataObject) -> None:
    text, turns = turns_of(pieces)
    chosen = []
    expected = list(pieces)
    for n, turn in enumerate(turns):
        start = data.draw(st.integers(0, turn.end - turn.start - 1))
        end = data.draw(st.integers(start + 1, turn.end - turn.start))
        words = data.draw(st.text("xyz", max_size=20))
        chosen.append(Replacement(turn.start + start, turn.start + end, words))
        expected[n] = pieces[n][:start] + words + pieces[n][end:]
    new, moved = replace(text, turns, NameDecisions(tuple(chosen)))
    assert new == "\n".join(expected)
    assert [new[turn.start : turn.end] for turn in moved] == expected
