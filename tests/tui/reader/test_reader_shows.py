"""What the reader shows: user text as it is, small and colourless terminals, followers, focus mode."""

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reader_app import HOSTILE, ReaderApp, mark_on, span_of, transcript
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.containers import Horizontal

from qualcode.text.spans import Span
from qualcode.tui.colours import OWN_THEMES, contrast
from qualcode.tui.reader import Overview, Reader, TextMark

TALK = transcript(
    ("I", "Hoe ging dat?"),
    ("[Ouder]", f"Wij zeiden: {HOSTILE} en toen niets meer."),
    *(("Leraar", f"Beurt {number} met een paar woorden erin.") for number in range(30)),
    timed=True,
)
TEXT = TALK.text


def screen(reader: Reader) -> list[str]:
    return [reader.render_line(y).text for y in range(reader.size.height)]


async def test_user_text_is_shown_as_it_is() -> None:
    app = ReaderApp(TALK, [mark_on(TEXT, "Wij zeiden", "1", mnemonic="[/]")])
    async with app.run_test(size=(150, 12)) as pilot:
        await pilot.pause()
        shown = "\n".join(screen(app.reader))
        assert "[lacht] [b] [/] [[x]] [red]ja[/red] 👩‍👩‍👧 é中文→na␛[31m tab" in shown
        assert "[Ouder]" in shown
        await pilot.resize_terminal(70, 12)
        await pilot.pause()
        assert "0:21" in screen(app.reader)[3]


async def test_lines_are_as_wide_as_the_reader() -> None:
    app = ReaderApp(TALK, [mark_on(TEXT, HOSTILE, "1", mnemonic="中")])
    async with app.run_test(size=(71, 12)) as pilot:
        for width in (71, 33, 20, 120):
            await pilot.resize_terminal(width, 12)
            await pilot.pause()
            assert {cell_len(line) for line in screen(app.reader)} == {app.reader.size.width}


async def test_marks_are_tinted_exactly_as_by_a_highlighter_and_underlined_where_two_lie() -> None:
    marks = [
        mark_on(TEXT, "zeiden: [lacht]", "1", colour="#F0E442"),
        mark_on(TEXT, "[lacht] [b]", "2", colour="#0072B2"),
    ]
    app = ReaderApp(TALK, marks)
    async with app.run_test(size=(150, 12)) as pilot:
        await pilot.pause()
        strip = app.reader.render_line(2)
        paper = strip._segments[0].style.bgcolor
        assert "".join(s.text for s in strip if s.style.bgcolor != paper) == "zeiden: [lacht] [b]"
        tints = {s.text: s.style.bgcolor for s in strip if s.style.bgcolor != paper}
        assert tints["[lacht]"] == tints[" [b]"] != tints["zeiden: "]  # the shorter of the two
        assert "".join(s.text for s in strip if s.style.underline) == "[lacht]"
        app.reader.select(span_of(TEXT, "zeiden"))
        await pilot.pause()
        chosen = next(s for s in app.reader.render_line(2) if s.text == "zeiden")
        assert chosen.style.reverse
        assert chosen.style.underline  # still seen to be coded


@pytest.mark.parametrize("theme", [theme.name for theme in OWN_THEMES])
@pytest.mark.parametrize("colour", ["#F0E442", "#0072B2", "#000000", "#FFFFFF", "#D55E00", "paars", ""])
async def test_tinted_words_can_be_read_in_every_theme_of_ours(theme: str, colour: str) -> None:
    from textual.color import Color

    app = ReaderApp(TALK, [mark_on(TEXT, "Wij zeiden", "1", colour=colour)], theme=theme)
    async with app.run_test(size=(150, 12)) as pilot:
        await pilot.pause()
        word = next(s for s in app.reader.render_line(2) if s.text == "Wij zeiden")
        ink, ground = (Color.from_rich_color(one) for one in (word.style.color, word.style.bgcolor))
        paper = Color.from_rich_color(app.reader.render_line(0)._segments[0].style.bgcolor)
        assert contrast(ink, ground) >= 4.5
        assert ground != paper


async def test_marks_are_underlined_exactly_and_twice_where_two_lie_if_one_prefers_that() -> None:
    app = ReaderApp(TALK, [mark_on(TEXT, "zeiden: [lacht]", "1"), mark_on(TEXT, "[lacht] [b]", "2")])
    app.CSS = ".reader--coded { text-style: underline; }"
    async with app.run_test(size=(150, 12)) as pilot:
        await pilot.pause()
        strip = app.reader.render_line(2)
        assert "".join(s.text for s in strip if s.style.underline) == "zeiden: [lacht] [b]"
        assert "".join(s.text for s in strip if s.style.underline2) == "[lacht]"
        app.reader.focus_mode = True
        await pilot.pause()
        assert not any(s.style.underline for s in app.reader.render_line(2))


async def test_the_selection_is_reversed_and_every_segment_has_the_ground_of_the_reader() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=(150, 12)) as pilot:
        app.reader.select(span_of(TEXT, "[lacht] [b]"))
        await pilot.pause()
        strips = [app.reader.render_line(y) for y in range(12)]
        assert "".join(s.text for strip in strips for s in strip if s.style.reverse) == "[lacht] [b]"
        assert all(s.style.bgcolor for strip in strips for s in strip)


@pytest.mark.parametrize(
    "theme", ["qualcode-dark", "qualcode-light", "qualcode-contrast", "textual-dark", "ansi-dark"]
)
async def test_brackets_can_be_read_in_every_theme(theme: str) -> None:
    from textual.color import Color

    marks = [
        TextMark(str(n), n, n + 3, "Tr", colour)
        for n, colour in enumerate(["#F0E442", "#0072B2", "#000000", "paars"])
    ]
    app = ReaderApp(TALK, marks, theme=theme)
    async with app.run_test(size=(150, 12)) as pilot:
        await pilot.pause()
        signs = [s for s in app.reader.render_line(0) if "┤" in s.text or "Tr" in s.text]
        assert "".join(s.text for s in signs).strip() == "Tr┤" * 4
        for sign in signs:
            if sign.style.color and sign.style.color.triplet and sign.style.bgcolor.triplet:
                ink, ground = (
                    Color.from_rich_color(sign.style.color),
                    Color.from_rich_color(sign.style.bgcolor),
                )
                assert contrast(ink, ground) >= 4.5


async def test_without_colour_everything_can_still_be_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = ReaderApp(TALK, [mark_on(TEXT, "zeiden", "1", mnemonic="Tr", colour="#F0E442", side="b")])
    async with app.run_test(size=(150, 12)) as pilot:
        assert app.no_color
        app.reader.select(span_of(TEXT, "toen niets"))
        app.reader.show_hits([span_of(TEXT, "meer")])
        await pilot.pause()
        strip = app.reader.render_line(2)
        assert {(s.style.color, s.style.bgcolor) for s in strip} == {
            (strip._segments[0].style.color, strip._segments[0].style.bgcolor)
        }
        assert "".join(s.text for s in strip if s.style.reverse).startswith("toen niets")
        assert [s.text for s in strip if s.style.underline] == ["zeiden"]
        assert "meer" in [s.text for s in strip if s.style.italic and s.style.bold]
        assert "┫" in strip.text


async def test_a_tiny_terminal() -> None:
    app = ReaderApp(TALK, [mark_on(TEXT, "Wij zeiden", "1", mnemonic="Tr")])
    async with app.run_test(size=(20, 5)) as pilot:
        for key in ("G", "pageup", "s", "plus", "n", "t", "g", "v", "j", "j", "escape", "pagedown"):
            await pilot.press(key)
        line = app.reader.text_layout.line(app.reader.cursor_offset) - app.reader.scroll_offset.y
        assert 0 <= line < 5
        await pilot.resize_terminal(3, 2)
        await pilot.press("j", "k", "G")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Beurt 29" in "\n".join(screen(app.reader))


async def test_another_width_keeps_the_line_at_the_top() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=(120, 10)) as pilot:
        start = TALK.turns[7].start
        app.reader.scroll_to_offset(start)
        for width in (50, 30, 100):
            await pilot.resize_terminal(width, 10)
            await pilot.pause()
            assert app.reader.first_offset == start


async def test_the_terminal_cursor_stands_on_the_reading_position() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=(100, 12)) as pilot:
        app.reader.goto(TEXT.index("ging"))
        await pilot.pause()
        assert app.cursor_position == (app.reader.columns.text_x + 4, 0)
        await pilot.press("down")
        assert app.cursor_position == (app.reader.columns.text_x + 4, 2)
        app.reader.scroll_to(y=1, animate=False)
        await pilot.pause()
        assert app.cursor_position == (app.reader.columns.text_x + 4, 1)


async def test_filters_and_focus_mode() -> None:
    marks = [
        mark_on(TEXT, "Hoe", "1", mnemonic="Aa", code="a", coder="x"),
        mark_on(TEXT, "dat", "2", mnemonic="Bb", code="b", coder="y"),
    ]
    app = ReaderApp(TALK, marks)
    async with app.run_test(size=(120, 10)) as pilot:
        await pilot.pause()
        reader = app.reader
        assert "Aa┤" in screen(reader)[0]
        reader.marks.filter(lambda mark: mark.code != "a")
        assert "Aa" not in screen(reader)[0]
        assert "Bb┤" in screen(reader)[0]
        reader.marks.add(mark_on(TEXT, "ging", "3", mnemonic="Cc", code="a"))
        assert reader.marks.shown.at(TEXT.index("ging")) == []
        reader.marks.filter(None)
        assert [mark.id for mark in reader.marks.shown.at(TEXT.index("ging"))] == ["3"]
        reader.marks.add(mark_on(TEXT, "dat", "3", mnemonic="Dd"))
        assert [mark.id for mark in reader.marks.shown.at(TEXT.index("dat"))] == ["2", "3"]
        reader.focus_mode = True
        await pilot.pause()
        assert screen(reader)[0].split() == ["I", "Hoe", "ging", "dat?"]


async def test_the_caret_is_seen_at_the_end_of_every_line() -> None:
    talk = transcript(("A", "vol " * 40 + "   veel blanco       einde" + "x" * 200), ("B", "中" * 99))
    app = ReaderApp(talk)
    async with app.run_test(size=(60, 30)) as pilot:
        await pilot.pause()
        ground = {s.style.bgcolor for s in app.reader.render_line(29)}
        lines = app.reader.text_layout
        for line in (line for line in range(len(lines)) if not lines.is_spacer(line)):
            app.reader.goto(lines.last_offset(line))
            drawn = [s for s in app.reader.render_line(line) if s.style.bgcolor not in ground]
            assert len(drawn) == 1, line
            assert cell_len(app.reader.render_line(line).text) == app.reader.size.width


async def test_other_marks_repaint_no_more_than_they_change() -> None:
    marks = [TextMark(f"{number}", *turn.span) for number, turn in enumerate(TALK.turns)]
    app = ReaderApp(TALK, marks)
    async with app.run_test(size=(100, 12)):
        reader = app.reader
        reader.marks.set(marks[3:8])
        assert [mark.id for mark in reader.marks.shown.between(0, 999)] == ["3", "4", "5", "6", "7"]
        reader.marks.set([TextMark(f"n{number}", number, number + 9) for number in range(150)])
        assert len(reader.marks.shown) == 150
        with pytest.raises(ValueError, match="outside"):
            reader.show(transcript(("A", "kort")), marks)


async def test_a_mark_outside_the_text_is_refused() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=(80, 10)):
        with pytest.raises(ValueError, match="outside"):
            app.reader.marks.add(TextMark("1", 0, len(TEXT) + 1))


async def test_two_readers_scroll_together() -> None:
    left, right = Reader(id="left"), Reader(id="right", interactive=False)

    class Pair(App[None]):
        def compose(self) -> ComposeResult:
            with Horizontal():
                yield left
                yield right

        def on_mount(self) -> None:
            left.show(TALK)
            right.show(TALK)
            left.follow(right)
            right.follow(left)

    async with Pair().run_test(size=(120, 10)) as pilot:
        left.scroll_to_offset(TALK.turns[9].start)
        await pilot.pause()
        assert right.first_offset == left.first_offset == TALK.turns[9].start
        right.scroll_to_offset(TALK.turns[4].start)
        await pilot.pause()
        assert left.first_offset == TALK.turns[4].start


async def test_the_overview_shows_where_codings_lie_and_goes_there() -> None:
    marks = [TextMark("1", *TALK.turns[0].span), TextMark("2", *TALK.turns[-1].span, side="b")]
    app = ReaderApp(TALK, marks)
    async with app.run_test(size=(100, 11)) as pilot:
        overview = app.query_one(Overview)
        await pilot.pause()
        strip = "".join(overview.render_line(y).text for y in range(11))
        assert strip == "▌·········▐"
        app.reader.marks.add(TextMark("3", *TALK.turns[-1].span))
        await pilot.pause()
        assert overview.render_line(10).text == "█"
        await pilot.click(overview, offset=(0, 10))
        await pilot.pause()
        assert app.reader.scroll_offset.y == app.reader.max_scroll_y


async def test_another_transcript_starts_afresh() -> None:
    app = ReaderApp(TALK, [mark_on(TEXT, "Hoe", "1")])
    async with app.run_test(size=(100, 11)) as pilot:
        await pilot.press("G", "shift+up")
        other = transcript(("Ouder", "Kort."))
        app.reader.show(other)
        await pilot.pause()
        assert app.reader.selection is None
        assert app.reader.cursor_offset == 0
        assert len(app.reader.marks.shown) == 0
        app.reader.show(TALK, at=TEXT.index("Beurt 20"))
        await pilot.pause()
        assert app.reader.cursor_offset == TEXT.index("Beurt 20")
        assert any("Beurt 20" in line for line in screen(app.reader))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.text(alphabet=st.sampled_from("ab é中👍\u0301\u200b\u200d\ufe0f🇳🇱\t\x1b[]\u00ad\n"), max_size=40),
        min_size=1,
        max_size=4,
    ),
    st.lists(st.tuples(st.integers(0, 100), st.integers(1, 40)), max_size=5),
    st.integers(1, 60),
)
async def test_any_text_with_any_marks_is_painted_at_any_width(
    turns: list[str], places: list[tuple[int, int]], width: int
) -> None:
    talk = transcript(*(("A", words) for words in turns))
    size = len(talk.text)
    marks = [
        TextMark(f"{n}", start, min(start + length, size), "Tr")
        for n, (start, length) in enumerate(places)
        if start < size
    ]
    reader = Reader()
    async with ReaderApp(talk, marks, reader=reader).run_test(size=(width, 8)) as pilot:
        await pilot.press("s", "G", "t")
        for y in range(8):
            assert cell_len(reader.render_line(y).text) == reader.size.width


def test_the_reader_needs_no_language_model_document_or_database() -> None:
    code = (
        "import sys, qualcode.tui.reader;"
        "heavy = {'spacy', 'docx', 'sqlite3', 'sqlite_utils', 'sklearn', 'babel'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_spans_are_spans() -> None:
    assert TextMark("1", 2, 5).span == Span(2, 5)
