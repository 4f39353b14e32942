"""Coding in the workbench, by keys and by mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.widgets import Input, Static, TextArea

from qualcode.store.project import Project
from qualcode.tui.app import Workbench
from qualcode.tui.coding.panes import QuickCodes
from qualcode.tui.coding.screen import CodeScreen
from qualcode.tui.common.bars import ModeBar
from qualcode.tui.common.codes import CodeTree
from qualcode.tui.reader import Reader
from tests.tui.conftest import until

from .desk import opened, press

Make = Callable[[Project | None], Workbench]
FIRST_ANSWER = "Hij sliep weer."


def coded(project: Project, coder: str = "anna") -> list[tuple[str, str]]:
    """Code and words of every coding of a coder in the interview with the parent."""
    transcript = project.transcripts.get("casus-01-ouder")
    codings = project.codings.all(transcript=transcript, coder=project.coders.get(coder))
    slugs = {code.id: code.slug for code in project.codebook.all()}
    return [(slugs[coding.code_id], coding.span.of(transcript.text)) for coding in codings]


def messages(app: Workbench) -> list[str]:
    """What the toasts say."""
    return [note.message for note in app._notifications]


def reader(app: Workbench) -> Reader:
    """The reader of the coding screen."""
    return app.screen.query_one("#reader", Reader)


async def test_the_first_unfinished_transcript_is_open_with_my_codings_only(
    workbench: Make, study: Project
) -> None:
    async with opened(workbench(study)) as (app, pilot):
        assert isinstance(app.screen, CodeScreen)
        assert reader(app).transcript.name == "casus-01-ouder"
        await pilot.press("left_curly_bracket", "right_curly_bracket")
        assert reader(app).transcript.name == "casus-01-leraar"
        assert len(reader(app).marks.shown) == 2  # bram's two stay sealed


async def test_a_sentence_is_coded_in_two_keys(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await pilot.press("N", "1")
        assert coded(study) == [("tijd", FIRST_ANSWER)]
        assert reader(app).marks.shown.at(reader(app).selection.start)[0].mnemonic == "Nt"  # type: ignore[union-attr]


async def test_several_codes_on_one_passage_by_number_letters_and_picker(
    workbench: Make, study: Project
) -> None:
    async with opened(workbench(study)) as (_app, pilot):
        await pilot.press("N", "1", "semicolon", "o", "l", "c")
        await pilot.press(*"persp")
        await pilot.press("enter")
        assert sorted(code for code, _words in coded(study)) == ["meta", "ontlasten", "tijd"]
        assert {words for _code, words in coded(study)} == {FIRST_ANSWER}


async def test_the_same_code_twice_is_refused_in_words(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), notifications=True) as (app, pilot):
        await pilot.press("N", "1", "1")
        assert len(coded(study)) == 1
        assert any("already" in message for message in messages(app))


async def test_without_a_passage_a_code_key_says_what_to_do(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), notifications=True) as (app, pilot):
        await pilot.press("1", "full_stop")
        assert coded(study) == []
        assert any("Mark a passage first" in message for message in messages(app))
        assert any("not used a code yet" in message for message in messages(app))


async def test_code_and_go_to_the_next_uncoded_sentence(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), notifications=True) as (app, pilot):
        await pilot.press("N", "1", "comma", "comma", "comma")
        assert [code for code, _words in coded(study)] == ["tijd", "tijd", "tijd"]
        assert coded(study)[1][1] == "Dat was het eerste."
        assert any("Every sentence further on" in message for message in messages(app))


async def test_undo_and_redo_bring_the_mark_and_the_counts_along(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await pilot.press("N", "1", "u")
        assert coded(study) == []
        assert len(reader(app).marks.shown) == 0
        await pilot.press("ctrl+r")
        assert coded(study) == [("tijd", FIRST_ANSWER)]
        assert len(reader(app).marks.shown) == 1
        await pilot.press("u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u")
        assert isinstance(app.screen, CodeScreen)  # also with nothing left to undo


async def test_edges_code_and_removal_of_a_coding(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (_app, pilot):
        await pilot.press("N", "1", "s", "e")  # one sentence more, then: these are the edges
        assert coded(study) == [("tijd", "Hij sliep weer. Dat was het eerste.")]
        await pilot.press("r")
        await pilot.press(*"Mp")
        await pilot.press("enter")
        assert coded(study) == [("meta", "Hij sliep weer. Dat was het eerste.")]
        await pilot.press("escape", "left_square_bracket", "x")
        assert coded(study) == []


async def test_with_two_codings_here_it_asks_which_one(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (_app, pilot):
        await pilot.press("N", "1", "3", "x")
        await press(pilot, "1")
        assert len(coded(study)) == 1
        await pilot.press("x")
        assert coded(study) == []


async def test_a_memo_is_kept_when_its_window_closes(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await pilot.press("N", "1", "m")
        app.screen.query_one(TextArea).text = "Zie ook [b] en [/]"
        await press(pilot, "escape")
        (memo,) = study.memos.all()
        assert (memo.target_kind, memo.text) == ("coding", "Zie ook [b] en [/]")
        assert "with memo" in str(app.screen.query_one("#status", Static).content)
        await pilot.press("m")
        app.screen.query_one(TextArea).text = "other words"
        await pilot.press("ctrl+x")
        assert study.memos.all() == [memo]
        await pilot.press("m")
        app.screen.query_one(TextArea).text = ""
        await pilot.press("ctrl+s")
        assert study.memos.all() == []


async def test_marking_as_done_and_not_done(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        transcript = reader(app).transcript
        await pilot.press("d")
        assert (transcript.id, study.coders.get("anna").id) in study.progress.done()
        await pilot.press("d")
        assert (transcript.id, study.coders.get("anna").id) not in study.progress.done()


async def test_another_coder_sees_their_own_codings(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await press(pilot, "N", "1", "f9", "2")
        assert len(reader(app).marks.shown) == 0
        await pilot.press("g", "N", "2")
        assert coded(study, "bram")[0][0] == "meta"
        assert len(coded(study, "anna")) == 1


async def test_a_new_coder_can_be_added_on_the_way(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await pilot.press("f9", "3")
        app.screen.query_one("#name", Input).value = "cees"
        app.screen.query_one("#name", Input).focus()
        await press(pilot, "enter")
        assert study.coders.get("cees")
        assert app.session is not None
        assert app.session.coder == study.coders.get("cees")


async def test_the_mouse_marks_a_word_and_a_click_on_a_code_codes_it(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        text = reader(app)
        line, cell = text.text_layout.position(text.transcript.text.index("sliep"))
        await pilot.click(text, offset=(text.columns.text_x + cell, line), times=2)
        tree = app.screen.query_one(CodeTree)
        await pilot.click(tree, offset=(8, 3))
        assert coded(study) == [("ontlasten", "sliep")]


async def test_dragging_then_clicking_a_quick_code(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        text = reader(app)
        line, cell = text.text_layout.position(text.transcript.text.index("Hij sliep"))
        start = text.columns.text_x + cell
        await pilot.mouse_down(text, offset=(start, line))
        await pilot.hover(text, offset=(start + 8, line))
        await pilot.mouse_up(text, offset=(start + 8, line))
        column = app.screen.query_one(QuickCodes).column_of("screen.do('code.slot', 2)")
        assert column is not None
        await pilot.click(QuickCodes, offset=(column + 1, 0))
        assert coded(study) == [("meta", "Hij sliep")]


async def test_finding_words_lights_up_hits_and_goes_round(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await pilot.press("slash")
        await pilot.press(*"DAT")
        await pilot.press("enter")
        assert reader(app).selection is not None
        assert reader(app).selection.of(reader(app).transcript.text) == "Dat"  # type: ignore[union-attr]


async def test_panes_fold_and_text_only_hides_everything_else(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        left, right = app.screen.query_one("#left"), app.screen.query_one("#right")
        await pilot.press("f6")
        assert (left.display, right.display) == (False, True)
        await pilot.press("greater_than_sign", "f6")
        assert (left.display, right.display) == (True, False)
        await pilot.press("f3")
        assert (left.display, right.display) == (False, False)
        await pilot.resize_terminal(80, 24)
        await pilot.press("f3", "f7")
        assert left.display or right.display


async def test_jumping_by_letter_and_by_number(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await pilot.press("ctrl+o", "d")
        assert app.screen.query_one(CodeTree).has_focus
        await press(pilot, "ctrl+o", "1")
        assert app.screen.STEP == "transcripts"  # type: ignore[attr-defined]


async def test_help_and_palette_open_and_close_by_escape_and_q(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        for opening, closing in (
            ("f1", "q"),
            ("question_mark", "escape"),
            ("ctrl+p", "escape"),
            ("f2", "escape"),
        ):
            await press(pilot, opening)
            assert not isinstance(app.screen, CodeScreen), opening
            await press(pilot, closing)
            assert isinstance(app.screen, CodeScreen), closing


async def test_the_place_is_kept_when_one_comes_back(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await pilot.press("G")
        place = reader(app).cursor_offset
        assert place > 0
        await pilot.press("ctrl+pagedown")
        await until(pilot, lambda: not isinstance(app.screen, CodeScreen))
        await pilot.press("ctrl+pageup")
        await until(pilot, lambda: bool(app.screen.query(Reader)) and reader(app).cursor_offset == place)


async def test_steps_are_changed_by_the_mouse_and_explain_themselves(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        bar = app.screen.query_one(ModeBar)
        column = bar.column_of("app.go_to_step('transcripts')")
        assert column is not None
        await pilot.hover(bar, offset=(column + 2, 0))
        assert "Step 1" in str(bar.tooltip)
        await pilot.click(bar, offset=(column + 2, 0))
        await until(
            pilot, lambda: bool(app.screen.query(ModeBar)) and app.screen.query_one(ModeBar) is not bar
        )
        assert app.screen.query_one(ModeBar).current == "transcripts"


async def test_undoing_a_code_leaves_the_passage_marked(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (_app, pilot):
        await pilot.press("N", "1", "u", "2")
        assert coded(study) == [("meta", FIRST_ANSWER)]


async def test_undo_goes_to_what_it_changed_in_another_transcript(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await pilot.press("N", "1", "right_curly_bracket", "right_curly_bracket")
        assert reader(app).transcript.name == "casus-02-hulpverlener"
        await press(pilot, "u")
        assert reader(app).transcript.name == "casus-01-ouder"


async def test_marked_words_are_copied(
    workbench: Make, study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")  # over SSH only the terminal itself can copy
    async with opened(workbench(study)) as (app, pilot):
        await pilot.press("N", "y")
        assert app.clipboard == FIRST_ANSWER
