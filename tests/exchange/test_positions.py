"""Positions on their way: labels in and out, ways of counting, stored form."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.exchange.positions import Counted, LabelledText, Stored, View, WithoutLabels, best_view
from qualcode.exchange.refi.note import labels_in
from qualcode.files.text import as_it_stands
from qualcode.i18n import clock
from qualcode.model import Transcript, Turn
from qualcode.text.normal import normal
from qualcode.text.spans import Span

from .interviews import interview, interviews


def test_labels_stand_before_the_turns() -> None:
    text = "Ja.\nNee.\nJa."
    turns = [
        Turn(1, 0, 3, "I", True, 65_000),
        Turn(2, 4, 8, "Moeder"),
        Turn(3, 9, 12, "", time_start=3_725_999),
    ]
    found = LabelledText(text, turns)
    assert found.text == "[00:01:05] I: Ja.\nMoeder: Nee.\n[01:02:05] Ja."
    assert found.span(Span(4, 7)).of(found.text) == "Nee"
    assert found.span(Span(0, 9)).of(found.text) == "Ja.\nMoeder: Nee.\n"
    assert clock(0) == "00:00:00"


@given(interviews(), st.data())
@settings(max_examples=60, deadline=None)
def test_positions_survive_labels_there_and_back(transcript: Transcript, data: st.DataObject) -> None:
    size = len(transcript.text)
    start, end = sorted(data.draw(st.tuples(st.integers(0, size), st.integers(0, size))))
    labelled = LabelledText(transcript.text, transcript.turns)
    back = WithoutLabels(labelled.text, labels_in(labelled.text, transcript.turns) or [])
    assert back.text == transcript.text
    if start < end:
        assert back.span(labelled.span(Span(start, end))) == Span(start, end)


def test_a_passage_that_begins_or_ends_in_a_label_keeps_its_words() -> None:
    labelled = LabelledText(interview().text, interview().turns)
    back = WithoutLabels(labelled.text, labels_in(labelled.text, interview().turns) or [])
    words = labelled.text[1:20]
    assert words.startswith(": Hoe")
    assert back.span(Span(1, 20)).of(back.text) == "Hoe ging het, in "


RAW = "\ufeffEén 😀 regel.\r\nTwee 😀\r\ndrie."


@pytest.mark.parametrize(
    "view", [View(b, e, u) for b in (True, False) for e in ("one", "two", "as it is") for u in (True, False)]
)
def test_every_way_of_counting_is_found_out_by_the_quoted_words(view: View) -> None:
    """Positions are counted by hand here: what stands before, in the units of the view."""

    def count(place: int) -> int:
        before = RAW[:place]
        n = len(before) - (0 if view.bom_counts else 1)
        n += sum(sign > "\uffff" for sign in before) if view.utf16 else 0
        return n - (before.count("\r\n") if view.line_end == "one" else 0)

    quotes = []
    for words in ("Eén", "regel", "Twee", "drie"):
        start = RAW.index(words)
        quotes.append((count(start), count(start + len(words)), words))
    fit = best_view([(RAW, quotes)])
    assert (fit.matched, fit.named) == (4, 4)
    counted = Counted(RAW, fit.view)
    for start, end, words in quotes:
        span = counted.span(start, end)
        assert span is not None
        assert span.of(RAW) == words
        stored = Stored(RAW)
        assert stored.span(span).of(stored.text) == words


def test_a_bare_line_end_may_count_as_two() -> None:
    raw = "een\ntwee\ndrie"
    fit = best_view([(raw, [(5, 9, "twee"), (11, 15, "drie")])], "NVivo")
    assert (fit.view.line_end, fit.matched) == ("two", 2)
    assert best_view([(raw, [])]).view == View()


def test_cut_off_quotes_and_line_numbers_are_understood() -> None:
    raw = "een twee drie"
    assert best_view([(raw, [(0, 13, "een tw…"), (4, 8, "line:3")])]).matched == 1


def test_places_outside_are_not_clipped() -> None:
    for view in (View(), View(line_end="two"), View(utf16=True)):
        counted = Counted(RAW, view)
        assert counted.span(0, 10_000) is None
        assert counted.span(-1, 3) is None
        assert counted.span(4, 2) is None


_SIGNS = st.text(st.sampled_from("ae\u0301\u0308\r\n\u1100\u1161\u11a8\u2028😀\ufeffx "), max_size=30)


def loose(text: str) -> str:
    """Text taken apart, without line ends and marks."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if sign not in "\r\n\u2028\ufeff")


@given(_SIGNS, st.data())
@settings(max_examples=200, deadline=None)
def test_stored_form_keeps_every_word(raw: str, data: st.DataObject) -> None:
    stored = Stored(raw)
    assert stored.text == normal(raw)
    assert stored.span(Span(0, len(raw))) == Span(0, len(stored.text))
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(raw)), st.integers(0, len(raw)))))
    span = stored.span(Span(start, end))
    assert 0 <= span.start <= span.end <= len(stored.text)
    assert loose(raw[start:end]) in loose(span.of(stored.text))


def test_texts_in_other_encodings() -> None:
    assert as_it_stands("één".encode("utf-16"), "x") == "één"
    assert as_it_stands("één".encode("cp1252"), "x") == "één"
    with pytest.raises(InputError, match="encoding"):
        as_it_stands(b"\x00\x01\x02\x81", "x")
