"""The reader under the fingers."""

import pytest
from reader_app import ReaderApp, mark_on, span_of, transcript

from qualcode.text.spans import Span
from qualcode.tui.reader import Reader

TALK = transcript(
    ("I", "Hoe ging dat?"),
    ("Ouder", "Goed, denk ik. Maar het duurde lang! Zo'n [leraar-1] 👩‍👩‍👧 中文 belt. Wij wachtten."),
    ("I", "En toen?"),
    ("Leraar", "Toen niets. Echt niets."),
)
TEXT = TALK.text
SIZE = (130, 20)


def chosen(app: ReaderApp) -> str | None:
    return app.reader.selection and app.reader.selection.of(TEXT)


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ("w", "ging"), ("w w b", "ging"), ("l l l", " ging"), ("right right left", "oe ging"), ("j", "Goed"),
        ("down down", "En toen"), ("G g", "Hoe"), ("end home", "Hoe"), ("ctrl+down", "Goed"),
        ("ctrl+down ctrl+down ctrl+up", "Goed"), ("w j k", "ging"), ("ctrl+end ctrl+home", "Hoe"),
    ],
)  # fmt: skip
async def test_moving(keys: str, place: str) -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*keys.split())
        assert app.reader.cursor_offset == TEXT.index(place)
        assert app.reader.selection is None


async def test_moving_tells_and_keeps_to_visible_characters() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=SIZE) as pilot:
        family = span_of(TEXT, "👩‍👩‍👧")
        app.reader.goto(family.start + 2)
        assert app.reader.cursor_offset == family.start
        await pilot.press("right")
        assert app.reader.cursor_offset == family.end
        await pilot.press("left")
        assert app.reader.cursor_offset == family.start
        offsets = [message.offset for message in app.heard if isinstance(message, Reader.CursorMoved)]
        assert offsets == [family.start, family.end, family.start]


async def test_two_keys_mark_a_sentence_and_the_next() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=SIZE) as pilot:
        app.reader.goto(TEXT.index("duurde"))
        await pilot.press("s")
        assert chosen(app) == "Maar het duurde lang!"
        await pilot.press("s")
        assert chosen(app) == "Maar het duurde lang! Zo'n [leraar-1] 👩‍👩‍👧 中文 belt."
        await pilot.press("t")
        assert chosen(app) == TALK.turns[1].span.of(TEXT)
        await pilot.press("escape")
        assert chosen(app) is None
        spans = [message.span for message in app.heard if isinstance(message, Reader.SelectionChanged)]
        assert len(spans) == 4
        assert spans[-1] is None


async def test_sentences_come_from_the_function_given() -> None:
    reader = Reader(sentences=lambda text: [0, text.index(" ") + 1])
    app = ReaderApp(TALK, reader=reader)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("s")
        assert chosen(app) == "Hoe"


async def test_widen_and_narrow() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=SIZE) as pilot:
        app.reader.goto(TEXT.index("denk"))
        seen = []
        for key in ("plus", "plus", "plus", "minus", "minus", "minus"):
            await pilot.press(key)
            seen.append(chosen(app))
        assert seen == ["denk", "denk ik.", "Goed, denk ik.", "denk ik.", "denk", None]


async def test_mark_mode_extends_with_movement_keys_and_swaps_ends() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=SIZE) as pilot:
        app.reader.goto(TEXT.index("het"))
        await pilot.press("v", "w", "w")
        assert chosen(app) == "het duurde "
        await pilot.press("o", "b")
        assert chosen(app) == "Maar het duurde "
        await pilot.press("v", "right")
        assert chosen(app) is None


async def test_shift_and_its_letters_extend() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=SIZE) as pilot:
        app.reader.goto(TEXT.index("👩"))
        await pilot.press("shift+right")
        assert chosen(app) == "👩‍👩‍👧"
        await pilot.press("L", "L", "H", "W")
        assert chosen(app) == "👩‍👩‍👧 中文 "
        await pilot.press("shift+left", "shift+left")
        assert chosen(app) == "👩‍👩‍👧 中"


async def test_edges_move_by_word_and_by_character() -> None:
    app = ReaderApp(TALK)
    async with app.run_test(size=SIZE) as pilot:
        app.reader.select(span_of(TEXT, "het duurde"))
        for key, expected in [
            ("a", "het duurde lang"),
            ("i", "Maar het duurde lang"),
            ("A", "Maar het duurde"),
            ("I", "het duurde"),
            ("alt+left", " het duurde"),
            ("alt+right", "het duurde"),
            ("alt+shift+right", "het duurde "),
            ("alt+shift+left", "het duurde"),
        ]:
            await pilot.press(key)
            assert chosen(app) == expected


async def test_jumping_between_codings_and_to_what_is_uncoded() -> None:
    marks = [
        mark_on(TEXT, "Goed, denk ik.", "1"),
        mark_on(TEXT, "duurde lang", "2"),
        mark_on(TEXT, "Toen niets.", "3"),
    ]
    app = ReaderApp(TALK, marks)
    async with app.run_test(size=SIZE) as pilot:
        for key, place in [
            ("n", "Goed"),
            ("n", "duurde"),
            ("n", "Toen niets"),
            ("n", "Toen niets"),
            ("p", "duurde"),
        ]:
            await pilot.press(key)
            assert app.reader.cursor_offset == TEXT.index(place)
        await pilot.press("g", "N")
        assert chosen(app) == "Zo'n [leraar-1] 👩‍👩‍👧 中文 belt."
        await pilot.press("N", "N")
        assert chosen(app) == "Echt niets."
        await pilot.press("P")
        assert chosen(app) == "Wij wachtten."


async def test_hits_take_n_and_p_over() -> None:
    app = ReaderApp(TALK, [mark_on(TEXT, "Goed", "1")])
    async with app.run_test(size=SIZE) as pilot:
        first = TEXT.index("niets")
        hits = [
            Span(first, first + 5),
            Span(TEXT.index("niets", first + 1), TEXT.index("niets", first + 1) + 5),
        ]
        app.reader.show_hits(hits)
        seen = []
        for key in ("n", "n", "n", "p"):
            await pilot.press(key)
            seen.append(app.reader.selection)
        assert seen == [hits[0], hits[1], hits[0], hits[1]]
        app.reader.show_hits([])
        await pilot.press("p")
        assert app.reader.cursor_offset == TEXT.index("Goed")


async def test_a_page_moves_by_what_is_in_sight() -> None:
    long = transcript(*(("A", f"regel {number}") for number in range(60)))
    app = ReaderApp(long)
    async with app.run_test(size=(60, 11)) as pilot:
        await pilot.press("pagedown")
        assert app.reader.cursor_offset == long.text.index("regel 5")
        await pilot.press("pagedown", "pageup", "pageup")
        assert app.reader.cursor_offset == 0
        await pilot.press("G")
        assert app.reader.cursor_offset == len(long.text)
        assert app.reader.scroll_offset.y == app.reader.max_scroll_y


async def test_every_key_has_an_id_and_leaves_the_screens_keys_free() -> None:
    bindings = Reader.BINDINGS
    keys = [key for binding in bindings for key in binding.key.split(",")]
    assert len(set(keys)) == len(keys)
    assert all(binding.id.startswith("reader.") and binding.description for binding in bindings)
    taken = {*"cdemurx123456789", "semicolon", "full_stop", "comma", "slash", "question_mark", "colon"}
    taken |= {f"{side}_{kind}_bracket" for side in ("left", "right") for kind in ("square", "curly")}
    assert not taken & set(keys)


async def test_escape_with_nothing_marked_is_left_to_the_screen() -> None:
    class Closing(ReaderApp):
        BINDINGS = [("escape", "note", "note")]
        noted = 0

        def action_note(self) -> None:
            self.noted += 1

    app = Closing(TALK)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("s", "escape")
        assert app.noted == 0
        await pilot.press("escape")
        assert app.noted == 1
