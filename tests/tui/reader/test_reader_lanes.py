"""The lanes of the margin, and the marks found by line and offset."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.text.layout import Layout
from qualcode.text.spans import Span
from qualcode.tui.reader.marks import Lanes, MarkIndex, Placed, TextMark, columns_for
from qualcode.tui.reader.painting import margin_cells

TEXT = "\n".join("abcdefghij" for _ in range(20))
LAYOUT = Layout(TEXT, [Span(0, len(TEXT))], 10)

spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 60)).map(
    lambda pair: (pair[0], min(pair[0] + pair[1], len(TEXT)))
)
many_marks = st.lists(spans, max_size=25).map(
    lambda found: [TextMark(f"m{number}", *span) for number, span in enumerate(found)]
)


def lanes_of(index: MarkIndex) -> dict[str, int]:
    return {mark.id: lane for line in range(len(LAYOUT)) for mark, _, lane in index.on_line(line)}


@settings(max_examples=100, deadline=None)
@given(many_marks)
def test_marks_on_a_line_have_lanes_of_their_own_and_no_lane_is_wasted(marks: list[TextMark]) -> None:
    index = MarkIndex(LAYOUT, marks)
    most = 0
    for line in range(len(LAYOUT)):
        found = index.on_line(line)
        covering = {
            mark.id
            for mark in marks
            if LAYOUT.lines_of(mark.span)[0] <= line <= LAYOUT.lines_of(mark.span)[1]
        }
        assert {mark.id for mark, _, _ in found} == covering
        lanes = [lane for _, _, lane in found]
        assert len(set(lanes)) == len(lanes)
        most = max(most, len(lanes))
    assert max(lanes_of(index).values(), default=-1) == most - 1


@settings(max_examples=100, deadline=None)
@given(many_marks, st.data())
def test_adding_and_removing_gives_what_a_fresh_start_gives(
    marks: list[TextMark], data: st.DataObject
) -> None:
    at_first = data.draw(st.sets(st.sampled_from(marks))) if marks else set()
    index = MarkIndex(LAYOUT, at_first)
    here = {mark.id: mark for mark in at_first}
    for mark in data.draw(st.permutations(marks)):
        before = lanes_of(index)
        if mark.id in here:
            changed = index.remove(mark.id)
            del here[mark.id]
        else:
            changed = index.add(mark)
            here[mark.id] = mark
        after = lanes_of(index)
        assert after == lanes_of(MarkIndex(LAYOUT, here.values()))
        repainted = {line for first, last in changed for line in range(first, last + 1)}
        for other in {*before, *after, mark.id}:
            if other == mark.id or before.get(other) != after.get(other):
                first, last = LAYOUT.lines_of(mark.span if other == mark.id else here[other].span)
                assert repainted.issuperset(range(first, last + 1))


@settings(max_examples=60, deadline=None)
@given(many_marks, st.integers(0, len(TEXT)))
def test_marks_are_found_by_offset(marks: list[TextMark], offset: int) -> None:
    index = MarkIndex(LAYOUT, marks)
    assert {mark.id for mark in index.at(offset)} == {
        mark.id for mark in marks if mark.start <= offset < mark.end
    }
    assert index.next_start(offset) == min((m.start for m in marks if m.start > offset), default=None)
    assert index.previous_start(offset) == max((m.start for m in marks if m.start < offset), default=None)
    end = min(offset + 7, len(TEXT))
    assert index.covered(Span(offset, end)) == any(m.start < end and offset < m.end for m in marks)


def test_a_distant_mark_keeps_its_cluster() -> None:
    lanes = Lanes([Placed(0, -5, "one", 0, 0), Placed(50, -60, "far", 5, 6)])
    assert lanes.add(Placed(2, -20, "two", 0, 1)) == []
    assert [lanes.lane(mark_id) for mark_id in ("one", "two", "far")] == [0, 1, 0]
    assert [placed.id for placed in lanes.remove(Placed(0, -5, "one", 0, 0))] == ["two"]


def drawn(line: int, marks: list[TextMark], lanes: int) -> list[str]:
    cells = margin_cells(line, MarkIndex(LAYOUT, marks).on_line(line), lanes)
    return [cell.label + cell.sign for cell in cells]


def test_brackets_tell_coders_apart_and_mnemonics_stand_on_the_first_line() -> None:
    marks = [
        TextMark("1", 0, 30, "Tr", side="a"),
        TextMark("2", 0, 20, "Mo", side="b"),
        TextMark("3", 0, 5, "Ge", side="consensus"),
    ]
    assert drawn(0, marks, 4) == ["Tr┐", "Mo┓", "Ge╣", "   "]
    assert drawn(1, marks, 4) == ["  │", "  ┗", "   ", "   "]
    assert drawn(2, marks, 4) == ["  └", "   ", "   ", "   "]


def test_a_memo_has_a_sign_of_its_own_for_each_coder() -> None:
    assert drawn(
        0, [TextMark("1", 0, 5, "Tr", memo=True), TextMark("2", 0, 5, "Mo", side="b", memo=True)], 2
    ) == [
        "Tr◇",
        "Mo◆",
    ]


def test_more_marks_than_lanes_are_counted_in_the_last_lane() -> None:
    marks = [TextMark(str(number), 0, 40 - number, "Tr") for number in range(5)]
    assert drawn(0, marks, 3) == ["Tr┐", "Tr┐", "+2┐"]
    assert drawn(0, marks, 0) == []


@pytest.mark.parametrize("mnemonic", ["", "x", "lang", "中文", "\x1b[", "👩‍👩‍👧"])
def test_any_mnemonic_fills_two_cells(mnemonic: str) -> None:
    from rich.cells import cell_len

    assert cell_len(drawn(0, [TextMark("1", 0, 5, mnemonic)], 1)[0]) == 3


@settings(deadline=None)
@given(st.integers(1, 250), st.integers(1, 6), st.integers(0, 40), st.booleans())
def test_columns_fit_the_width(width: int, number: int, speaker: int, focus_mode: bool) -> None:
    columns = columns_for(width, longest_number=number, longest_speaker=speaker, focus_mode=focus_mode)
    assert columns.text >= 2
    assert columns.text_x + columns.text <= max(width, columns.text_x + 2)
    assert width < 20 or columns.text >= 12
    assert [columns.lane_at(x) for x in (columns.margin_x, columns.text_x)] == [
        columns.lanes - 1 if columns.lanes else None,
        None,
    ]
