"""Lines, cells and offsets of a text on a screen."""

import pytest
from hostile_text import text_with_turns
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.text.graphemes import splits_cluster
from qualcode.text.layout import Layout
from qualcode.text.spans import Span


def lay_out(text: str, width: int, *, spaced: bool = False) -> Layout:
    return Layout(text, [Span(0, len(text))], width, spaced=spaced)


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    text, turns = draw(text_with_turns())
    return Layout(text, [Span(*turn) for turn in turns], draw(st.integers(2, 25)), spaced=draw(st.booleans()))


def lines(layout: Layout) -> list[str]:
    return [layout.span(line).of(layout.text) for line in range(len(layout))]


def test_words_stay_whole_and_blanks_hang() -> None:
    assert lines(lay_out("we hebben nooit  over geld gepraat", 10)) == [
        "we hebben ",
        "nooit  ",
        "over geld ",
        "gepraat",
    ]


def test_a_no_break_space_keeps_words_together() -> None:
    assert lines(lay_out("aan mevrouw\u00a0Jansen", 14)) == ["aan ", "mevrouw\u00a0Jansen"]


def test_a_long_word_is_cut_between_visible_characters() -> None:
    assert lines(lay_out("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 5)) == ["👩‍👩‍👧👩‍👩‍👧", "👩‍👩‍👧"]
    assert lines(lay_out("abcdefg", 3)) == ["abc", "def", "g"]


def test_line_ends_and_turns_begin_paragraphs() -> None:
    layout = Layout("een\ntwee\ndrie", [Span(0, 8), Span(9, 13)], 20, spaced=True)
    assert lines(layout) == ["een\n", "twee\n", "", "drie"]
    assert [layout.is_spacer(line) for line in range(4)] == [False, False, True, False]
    assert [layout.paragraph(line) for line in (0, 1, 3)] == [1, 2, 3]
    assert [layout.begins_paragraph(line) for line in range(4)] == [True, True, False, True]
    assert layout.line(9) == 3


def test_cells_count_wide_characters_twice() -> None:
    layout = lay_out("a中b👍🏽c", 20)
    assert [layout.position(offset)[1] for offset in (0, 1, 2, 3, 5)] == [0, 1, 3, 4, 6]
    assert [layout.offset(0, cell) for cell in range(8)] == [0, 1, 1, 2, 3, 3, 5, 6]


def test_tabs_and_controls_are_one_cell() -> None:
    layout = lay_out("a\tb\x1bc", 20)
    assert layout.row(0).text(0, 5) == "a→b␛c"
    assert layout.position(4) == (0, 4)


def test_moving_up_and_down_keeps_the_column_and_skips_spacers() -> None:
    layout = Layout(
        "lange regel\nkort\nnog een lange", [Span(0, 11), Span(12, 16), Span(17, 30)], 20, spaced=True
    )
    assert layout.moved(9, 1, 9) == 16
    assert layout.moved(16, 1, 9) == 26
    assert layout.moved(26, -1, 9) == 16
    assert layout.moved(26, -99, 9) == 9


@pytest.mark.parametrize("text", ["", "\n", "\n\n", " ", "   ", "\u200b", "a" * 100_000, "中" * 50_000])
def test_odd_texts_have_a_line_for_every_offset(text: str) -> None:
    layout = lay_out(text, 7)
    assert "".join(lines(layout)) == text
    assert layout.line(len(text)) == len(layout) - 1
    assert max(layout.row(line).width for line in range(len(layout))) <= 7


@settings(max_examples=150, deadline=None)
@given(layouts())
def test_lines_partition_the_text_within_the_width(layout: Layout) -> None:
    text = layout.text
    assert "".join(lines(layout)) == text
    for line in range(len(layout)):
        row = layout.row(line)
        # an edge between two paragraphs is a line end or a turn, not a cut of ours
        assert layout.begins_paragraph(line) or not splits_cluster(text, layout.start(line))
        filled = row.width
        for index in range(len(row.faces) - 1, -1, -1):
            if text[row.offsets[index]] not in " \t\u3000":
                break
            filled = row.cells[index]
        assert filled <= layout.width


@settings(max_examples=150, deadline=None)
@given(layouts())
def test_offset_to_cell_and_back(layout: Layout) -> None:
    text = layout.text
    for line in range(len(layout)):
        row = layout.row(line)
        for offset, cell in zip(row.offsets, row.cells, strict=True):
            assert row.offset(cell) == offset
            if not layout.is_spacer(line) and offset <= layout.last_offset(line):
                assert layout.position(offset) == (line, cell)
                assert layout.offset(line, cell) == offset
    for offset in range(len(text) + 1):
        assert layout.span(layout.line(offset)).contains(offset) or offset == len(text)


@settings(max_examples=100, deadline=None)
@given(layouts())
def test_stepping_forward_and_back_visits_the_same_places(layout: Layout) -> None:
    text = layout.text
    forward = [0]
    while forward[-1] < len(text):
        forward.append(layout.after(forward[-1]))
        assert forward[-1] > forward[-2]
    back = [len(text)]
    while back[-1] > 0:
        back.append(layout.before(back[-1]))
    assert forward == back[::-1]
