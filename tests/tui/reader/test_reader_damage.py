"""Only lines that look different are painted: counted in calls, not in milliseconds."""

from reader_app import ReaderApp, mark_on, transcript
from textual.pilot import Pilot
from textual.strip import Strip

from qualcode.tui.reader import Reader, TextMark
from qualcode.tui.reader.painting import Overlay, Painter

TALK = transcript(
    *(
        ("A", f"Dit is beurt nummer {number} en daar staat wat in dat iemand kan coderen.")
        for number in range(99)
    )
)
TEXT = TALK.text


class CountingReader(Reader):
    """Notes which lines it is asked for, and which it had to paint."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.painted: list[int] = []
        super().__init__(spaced=False)

    def render_line(self, y: int) -> Strip:
        self.asked.append(y + self.scroll_offset.y)
        return super().render_line(y)

    def _new_painter(self) -> Painter:
        painter, painted = super()._new_painter(), self.painted

        class Counting:
            def strip(self, line: int, overlay: Overlay, width: int, *, bare: bool) -> Strip:
                painted.append(line)
                return painter.strip(line, overlay, width, bare=bare)

        return Counting()  # type: ignore[return-value]

    def forget(self) -> None:
        self.asked.clear()
        self.painted.clear()


def counting_app(*marks: TextMark) -> tuple[ReaderApp, CountingReader]:
    reader = CountingReader()
    return ReaderApp(TALK, marks, reader=reader), reader


async def settle(pilot: Pilot[None], reader: CountingReader) -> None:
    await pilot.pause()
    reader.forget()


async def test_a_move_paints_the_old_and_the_new_line() -> None:
    app, reader = counting_app()
    async with app.run_test(size=(130, 40)) as pilot:
        await settle(pilot, reader)
        for key, lines in [
            ("down", [0, 1]),
            ("right", [1]),
            ("w", [1]),
            ("up", [0, 1]),
            ("ctrl+down", [0, 1]),
        ]:
            await pilot.press(key)
            await pilot.pause()
            assert sorted(reader.asked) == lines, key
            reader.forget()


async def test_extending_paints_the_lines_between() -> None:
    app, reader = counting_app()
    async with app.run_test(size=(130, 40)) as pilot:
        reader.goto(TALK.turns[4].start + 4)
        await settle(pilot, reader)
        await pilot.press("shift+down")
        await pilot.pause()
        assert sorted(reader.asked) == [4, 5]
        reader.forget()
        await pilot.press("shift+down")
        await pilot.pause()
        assert sorted(reader.asked) == [5, 6]
        reader.forget()
        await pilot.press("escape")
        await pilot.pause()
        assert sorted(reader.asked) == [4, 5, 6]


async def test_a_coding_paints_its_own_lines_and_those_whose_lane_moved() -> None:
    inner = mark_on(TEXT, "nummer 10 en daar", "inner")
    app, reader = counting_app(inner)
    async with app.run_test(size=(130, 40)) as pilot:
        await settle(pilot, reader)
        reader.marks.add(TextMark("apart", TALK.turns[20].start, TALK.turns[21].end))
        await pilot.pause()
        assert sorted(reader.asked) == [20, 21]
        reader.forget()
        reader.marks.add(TextMark("outer", TALK.turns[9].start, TALK.turns[9].end + 5))
        await pilot.pause()
        assert sorted(set(reader.asked)) == [9, 10]
        reader.forget()
        reader.marks.remove("apart")
        await pilot.pause()
        assert sorted(reader.asked) == [20, 21]


async def test_what_is_out_of_sight_is_not_painted() -> None:
    app, reader = counting_app()
    async with app.run_test(size=(130, 20)) as pilot:
        await settle(pilot, reader)
        reader.marks.add(TextMark("far", TALK.turns[70].start, TALK.turns[80].end))
        await pilot.pause()
        assert reader.asked == []
        reader.marks.add(TextMark("all", 0, len(TEXT)))
        await pilot.pause()
        assert sorted(set(reader.asked)) == list(range(20))


async def test_scrolling_by_a_line_paints_one_new_line() -> None:
    app, reader = counting_app()
    async with app.run_test(size=(130, 20)) as pilot:
        await settle(pilot, reader)
        reader.scroll_to(y=1, animate=False)
        await pilot.pause()
        assert reader.painted == [20]


async def test_hits_paint_their_lines_and_the_next_hit_two() -> None:
    app, reader = counting_app()
    async with app.run_test(size=(130, 20)) as pilot:
        hits = [turn.span for turn in TALK.turns[3:6]]
        await settle(pilot, reader)
        reader.show_hits(hits, 0)
        await pilot.pause()
        assert sorted(reader.asked) == [3, 4, 5]
        reader.forget()
        reader.show_hits(hits, 1)
        await pilot.pause()
        assert sorted(reader.asked) == [3, 4]
