"""Held edges, cutting in two, one more code, in vivo codes, examples, corrections, what is shown, bookmarks."""

from __future__ import annotations

from collections.abc import Callable

from textual.widgets import OptionList, TextArea

from qualcode.store.project import Project
from qualcode.tui.app import Workbench
from qualcode.tui.coding.screen import CodeScreen
from qualcode.tui.common.bars import StatusLine
from qualcode.tui.common.dialog import Choose
from qualcode.tui.preferences import Preferences
from qualcode.tui.reader import Reader

from .desk import opened, press

Make = Callable[[Project | None], Workbench]


def reader(app: Workbench) -> Reader:
    return app.screen_stack[0].query_one("#reader", Reader)


def mine(project: Project, name: str = "casus-01-ouder") -> list[tuple[str, str]]:
    """Code and words of anna's codings in an interview."""
    transcript = project.transcripts.get(name)
    slugs = {code.id: code.slug for code in project.codebook.all(retired=True)}
    found = project.codings.all(transcript=transcript, coder=project.coders.get("anna"))
    return [(slugs[coding.code_id], coding.span.of(transcript.text)) for coding in found]


def told(app: Workbench) -> list[str]:
    return [note.message for note in app._notifications]


# edges


async def test_a_held_coding_follows_the_keys_that_move_edges(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await pilot.press("N", "1", "enter")
        assert "Held" in str(app.screen.query_one(StatusLine).render())
        await press(pilot, "A", "A")
        assert mine(study) == [("tijd", "Hij sliep")]
        await press(pilot, "a", "a", "a")
        assert mine(study) == [("tijd", "Hij sliep weer. Dat")]
        await press(pilot, "minus")
        assert mine(study) == [("tijd", "Hij sliep weer.")]
        await press(pilot, "plus")
        assert mine(study)[0][1].startswith("Hij sliep weer. Dat was het eerste. Niemand")
        await press(pilot, "enter", "s", "plus")
        assert mine(study)[0][1].startswith("Hij sliep weer. Dat was het eerste. Niemand")
        assert app.screen.panes.held is None  # type: ignore[attr-defined]


async def test_a_held_coding_is_let_go_when_something_else_is_marked(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (_app, pilot):
        await pilot.press("N", "1", "enter")
        await press(
            pilot, "right_curly_bracket", "left_curly_bracket", "left_curly_bracket", "s", "plus", "A"
        )
        assert mine(study) == [("tijd", "Hij sliep weer.")]


async def test_a_coding_is_cut_in_two_at_the_cursor(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await pilot.press("N", "s", "1", "escape", "g", "w", "w", "w", "w", "j")
        text = reader(app).transcript.text
        reader(app).goto(text.index("Dat was"))
        await press(pilot, "vertical_line")
        assert mine(study) == [("tijd", "Hij sliep weer."), ("tijd", "Dat was het eerste.")]
        assert len(reader(app).marks.shown) == 2
        await pilot.press("u")
        assert mine(study) == [("tijd", "Hij sliep weer. Dat was het eerste.")]


async def test_outside_a_coding_there_is_nothing_to_cut(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), notifications=True) as (app, pilot):
        await pilot.press("G", "vertical_line")
        assert any("inside the coding" in message for message in told(app))


async def test_the_words_of_a_coding_get_one_more_code(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (_app, pilot):
        await press(pilot, "N", "1", "R", *"meta", "enter")
        assert sorted(mine(study)) == [("meta", "Hij sliep weer."), ("tijd", "Hij sliep weer.")]


# codes from words


async def test_a_code_is_made_of_the_marked_words(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), notifications=True) as (app, pilot):
        await pilot.press("C")
        assert any("Mark the words" in message for message in told(app))
        await press(pilot, "N", "C")
        assert mine(study) == [("hij-sliep-weer", "Hij sliep weer.")]
        assert len(reader(app).marks.shown) == 1
        await pilot.press("u")
        assert mine(study) == []
        assert study.codebook.find("hij-sliep-weer") is None


async def test_a_coding_becomes_the_example_of_its_code(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (_app, pilot):
        await press(pilot, "N", "1", "E")
        assert study.codebook.get("tijd").example.nl == "Hij sliep weer."


# corrections


async def test_a_correction_is_asked_about_and_carries_codings_along(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await press(pilot, "N", "s", "1", "ctrl+e")
        area = app.screen.query_one(TextArea)
        assert area.text.startswith("Hij sliep weer.")
        area.text = area.text.replace("Hij sliep", "Onze zoon\nsliep")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, Choose)
        assert mine(study) == [("tijd", "Hij sliep weer. Dat was het eerste.")]
        await press(pilot, "1")
        assert mine(study) == [("tijd", "Onze zoon sliep weer. Dat was het eerste.")]
        assert "Onze zoon sliep" in reader(app).transcript.text
        await pilot.press("u")
        assert mine(study) == [("tijd", "Hij sliep weer. Dat was het eerste.")]


async def test_a_correction_that_would_lose_a_coding_says_so_first(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await press(pilot, "N", "1", "ctrl+e")
        area = app.screen.query_one(TextArea)
        area.text = area.text.replace("Hij sliep weer. ", "")
        await press(pilot, "ctrl+s")
        assert "1 would be lost" in str(app.screen.query_one("#window").border_title)
        await press(pilot, "3")
        assert mine(study) == [("tijd", "Hij sliep weer.")]


# what is shown


async def test_codes_are_hidden_and_shown_in_the_text(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await pilot.press("N", "1", "N", "3")
        assert len(reader(app).marks.shown) == 2
        await pilot.press("F")
        assert [mark.mnemonic for mark in reader(app).marks.shown.between(0, 999)] == ["Nt"]
        await pilot.press("f")
        assert len(reader(app).marks.shown) == 2
        await pilot.press("f")
        assert len(reader(app).marks.shown) == 1
        await pilot.press("right_curly_bracket", "left_curly_bracket", "f")
        assert len(reader(app).marks.shown) == 2


async def test_codings_of_others_show_when_asked_for_and_another_coder_sees_only_their_own(
    workbench: Make, study: Project
) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await pilot.press("right_curly_bracket")
        bram, anna = study.coders.get("bram").id, study.coders.get("anna").id

        def coders() -> set[str]:
            return {mark.coder for mark in reader(app).marks.shown.between(0, 999)}

        assert coders() == {anna}
        await pilot.press("O")
        assert coders() == {anna, bram}
        reader(app).goto(reader(app).transcript.text.index("Dat gaf lucht"))
        await pilot.pause()
        assert "(bram)" in str(app.screen.query_one(StatusLine).render())
        await pilot.press("x", "O")
        assert len(study.codings.all(coder=study.coders.get("bram"))) == 2
        await press(pilot, "f9", "2")
        assert coders() == {bram}


# places


async def test_walking_along_the_codings_of_one_code(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await press(pilot, "N", "1", "right_parenthesis")
        assert reader(app).transcript.name == "casus-01-leraar"
        assert reader(app).selection.of(reader(app).transcript.text) == "We spraken acht weken af."  # type: ignore[union-attr]
        await press(pilot, "left_parenthesis")
        assert reader(app).transcript.name == "casus-01-ouder"


async def test_bookmarks_are_put_found_and_taken_away(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), notifications=True) as (app, pilot):
        await pilot.press("apostrophe")
        assert any("no bookmarks" in message for message in told(app))
        await press(pilot, "G", "asterisk", "right_curly_bracket", "g", "apostrophe")
        assert isinstance(app.screen, Choose)
        await press(pilot, "1")
        assert isinstance(app.screen, CodeScreen)
        assert reader(app).transcript.name == "casus-01-ouder"
        assert reader(app).cursor_offset > 0
        await pilot.press("asterisk")
        assert app.screen.part("places").kept.all() == []


async def test_a_damaged_list_of_bookmarks_is_passed_over(settings_folder: object, study: Project) -> None:
    key = f"{study.path.resolve()}\nanna"
    kept = Preferences(seen=["code"], bookmarks={key: [["gone", 3], "x", [1, 2], ["gone", -1]]})  # type: ignore[dict-item,list-item]
    app = Workbench(study, kept)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "apostrophe")
        assert not app.screen.query(OptionList)
        assert len(app.screen.part("places").kept.all()) == 1  # type: ignore[attr-defined]
