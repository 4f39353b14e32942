"""The reader under the mouse: exact offsets, word and turn, margin, edges of the screen."""

from reader_app import ReaderApp, mark_on, span_of, transcript
from textual.pilot import Pilot

from qualcode.text.spans import Span
from qualcode.tui.reader import Reader, TextMark

TALK = transcript(
    ("I", "Hoe ging dat?"),
    ("Ouder", "Wij 👍🏽 中文 [lacht] [b] zo'n gesprek. Ja."),
    ("Leraar", "Nee."),
    *(("Leraar", f"beurt {number}") for number in range(40)),
)
TEXT = TALK.text
SIZE = (100, 16)


def place(reader: Reader, offset: int) -> tuple[int, int]:
    """Where on the widget the character at `offset` stands."""
    line, cell = reader.text_layout.position(offset)
    x = reader.columns.text_x + cell
    return x, line - reader.scroll_offset.y


async def drag(pilot: Pilot[None], reader: Reader, start: tuple[int, int], *stops: tuple[int, int]) -> None:
    await pilot.mouse_down(reader, offset=start)
    for stop in stops:
        await pilot.hover(reader, offset=stop)
    await pilot.mouse_up(reader, offset=stops[-1])


async def test_a_drag_takes_in_the_characters_under_both_ends() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=SIZE) as pilot:
        reader = app.reader
        thumb, wen = span_of(TEXT, "👍🏽"), span_of(TEXT, "文")
        await drag(pilot, reader, place(reader, thumb.start), place(reader, wen.start))
        assert reader.selection == Span(thumb.start, wen.end)
        x, y = place(reader, wen.start)
        await drag(pilot, reader, (x + 1, y), place(reader, thumb.start))
        assert reader.selection == Span(thumb.start, wen.end)


async def test_a_drag_over_brackets_gives_their_exact_offsets() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=SIZE) as pilot:
        notes = span_of(TEXT, "[lacht] [b]")
        await drag(pilot, app.reader, place(app.reader, notes.start), place(app.reader, notes.end - 1))
        assert app.reader.selection == notes


async def test_past_the_end_of_a_line_is_its_end_and_back_is_nothing() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=SIZE) as pilot:
        reader = app.reader
        x, y = place(reader, TEXT.index("ging"))
        await drag(pilot, reader, (x, y), (x + 40, y))
        assert reader.selection == Span(TEXT.index("ging"), TALK.turns[0].end)
        await pilot.click(reader, offset=(x + 40, y))
        assert reader.selection is None
        assert reader.cursor_offset == TALK.turns[0].end


async def test_double_click_is_a_word_and_triple_click_a_turn() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=SIZE) as pilot:
        x, y = place(app.reader, TEXT.index("zo'n") + 3)
        await pilot.click(app.reader, offset=(x, y), times=2)
        assert app.reader.selection == span_of(TEXT, "zo'n")
        await pilot.click(app.reader, offset=(x, y), times=3)
        assert app.reader.selection == TALK.turns[1].span


async def test_ctrl_click_extends_to_the_character_clicked() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=SIZE) as pilot:
        word = span_of(TEXT, "gesprek")
        app.reader.goto(TEXT.index("Wij"))
        for modifier in ("control", "shift"):
            await pilot.click(app.reader, offset=place(app.reader, word.end - 1), **{modifier: True})
            assert app.reader.selection == Span(TEXT.index("Wij"), word.end)
            app.reader.goto(TEXT.index("Wij"))


async def test_holding_the_pointer_below_the_text_scrolls_and_marks_on() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=SIZE) as pilot:
        reader = app.reader
        x, y = place(reader, TEXT.index("Nee"))
        await pilot.mouse_down(reader, offset=(x, y))
        await pilot.hover(reader, offset=(x, SIZE[1] - 1))
        assert reader._drag.scroller is None
        reader._drag.pointer = reader._drag.pointer._replace(y=SIZE[1] + 2)
        reader._drag.scroll_on()
        await pilot.pause()
        assert reader.scroll_offset.y == 3
        assert reader.selection.start == TEXT.index("Nee")
        assert reader.text_layout.line(reader.selection.end) == SIZE[1] - 1 + 3
        await pilot.mouse_up(reader, offset=(x, 3))
        assert app.mouse_captured is None


async def test_another_width_in_the_middle_of_a_drag_keeps_its_start() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=SIZE) as pilot:
        reader = app.reader
        notes = span_of(TEXT, "[lacht] [b]")
        await pilot.mouse_down(reader, offset=place(reader, notes.start))
        await pilot.resize_terminal(52, 12)
        await pilot.pause()
        assert reader.text_layout.width < 50
        stop = place(reader, notes.end - 1)
        await pilot.hover(reader, offset=stop)
        await pilot.mouse_up(reader, offset=stop)
        assert reader.selection == notes


async def test_a_click_in_the_margin_names_the_marks_there() -> None:
    words = "zo'n gesprek"
    marks = [mark_on(TEXT, words, str(number), mnemonic="Tr") for number in range(6)]
    app = ReaderApp(TALK, marks)
    async with app.run_test(size=SIZE) as pilot:
        reader = app.reader
        y = place(reader, TEXT.index(words))[1]
        x = reader.columns.margin_x
        await pilot.click(reader, offset=(x + 10, y))
        await pilot.click(reader, offset=(x + 1, y))
        await pilot.click(reader, offset=(x + 1, y + 2))
        clicks = [message for message in app.heard if isinstance(message, Reader.MarkClicked)]
        assert [[mark.id for mark in message.marks] for message in clicks] == [["0"], ["3", "4", "5"]]
        assert reader.selection is None


async def test_a_reader_that_is_only_looked_at_selects_nothing() -> None:
    marks = [TextMark("1", *TALK.turns[0].span)]
    app = ReaderApp(TALK, marks, reader=Reader(interactive=False))
    async with app.run_test(size=SIZE) as pilot:
        reader = app.reader
        assert not reader.has_focus
        await drag(pilot, reader, (30, 0), (36, 0))
        await pilot.click(reader, offset=(30, 2), times=3)
        assert reader.selection is None
        await pilot.click(reader, offset=(reader.columns.text_x - 2, 0))
        assert any(isinstance(message, Reader.MarkClicked) for message in app.heard)


async def test_a_lost_mouse_up_does_not_hold_the_mouse() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.mouse_down(app.reader, offset=(30, 2))
        app.reader.show(TALK)
        await pilot.pause()
        assert app.mouse_captured is None
