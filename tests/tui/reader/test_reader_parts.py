"""The parts of the reader by themselves, without a screen: caret, marks, what was painted."""

from __future__ import annotations

import pytest
from reader_app import mark_on, transcript

from qualcode.text.layout import Layout
from qualcode.text.spans import Span
from qualcode.text.words import TextUnit, TextUnits, simple_sentence_starts
from qualcode.tui.reader.caret import Caret
from qualcode.tui.reader.marks import ShownMarks, Stretches
from qualcode.tui.reader.painting import Canvas

TALK = transcript(
    ("I", "Hoe ging dat?"),
    ("Ouder", "Goed, denk ik. Maar het duurde lang! Echt te lang."),
)
TEXT = TALK.text
TURNS = [turn.span for turn in TALK.turns]
LAYOUT = Layout(TEXT, TURNS, 20)


def caret_on(moves: list[tuple[int, Span | None]]) -> Caret:
    caret = Caret(lambda: 3, lambda before, selected, _in_sight: moves.append((before, selected)))
    caret.lay_out(LAYOUT, TextUnits(TEXT, TURNS, simple_sentence_starts))
    return caret


def test_a_caret_tells_where_it_was_and_what_was_selected() -> None:
    moves: list[tuple[int, Span | None]] = []
    caret = caret_on(moves)
    caret.move("word_right")
    caret.extend("word_right")
    assert caret.selection is not None
    assert caret.selection.of(TEXT) == "ging "
    caret.goto(0)
    assert moves == [(0, None), (4, None), (9, Span(4, 9))]


def test_while_marking_steps_extend_and_swapping_goes_to_the_other_end() -> None:
    caret = caret_on([])
    caret.toggle_marking()
    caret.move("turn_down")
    assert caret.selection == Span(0, TURNS[1].start)
    caret.swap()
    assert (caret.offset, caret.anchor) == (0, TURNS[1].start)
    caret.select(None)
    assert not caret.marking


def test_widening_and_narrowing_adjust_what_is_selected() -> None:
    caret = caret_on([])
    caret.goto(TEXT.index("duurde"))
    caret.select_unit(TextUnit.SENTENCE)
    sentence = caret.selection
    caret.widen()
    assert caret.selection == TURNS[1]
    caret.narrow()
    assert caret.selection == sentence
    assert not caret.adjusting


def test_marks_say_which_lines_look_different() -> None:
    changes: list[Stretches | None] = []
    marks = ShownMarks(LAYOUT, changes.append)
    mark = mark_on(TEXT, "duurde lang", "a")
    marks.add(mark)
    assert changes == [[LAYOUT.lines_of(mark.span)]]
    marks.filter(lambda _mark: False)
    marks.remove("a")
    assert changes[1:] == [None]
    with pytest.raises(ValueError, match="outside"):
        marks.add(mark_on(TEXT + "!", "lang.!", "b"))


def test_the_canvas_names_only_lines_on_which_caret_or_selection_changed() -> None:
    canvas = Canvas()
    assert canvas.move(LAYOUT, 0, None) == [(0, 0)]
    assert canvas.move(LAYOUT, 0, None) == []
    last = LAYOUT.line(len(TEXT))
    assert canvas.move(LAYOUT, len(TEXT), None) == [(0, 0), (last, last)]
    assert canvas.move(LAYOUT, len(TEXT), Span(len(TEXT) - 1, len(TEXT))) == [(last, last)]
