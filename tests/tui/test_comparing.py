"""Comparing, exporting and the table of transcripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.widgets import DataTable, Input, OptionList

from qualcode.store.project import Project, create_project
from qualcode.tui.app import Workbench
from qualcode.tui.comparing.differences import SIGNS
from qualcode.tui.comparing.screen import CompareScreen
from qualcode.tui.comparing.side_by_side import Gutter
from qualcode.tui.reader import Reader
from qualcode.tui.transcripts.screen import TranscriptsScreen
from qualcode.tui.transcripts.taking_in import AskHowToTakeIn

from .desk import at, opened, press, words
from .test_taking_in import until

Make = Callable[[Project | None], Workbench]


async def test_only_what_both_have_done_is_compared(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "compare") as (app, _pilot):
        assert isinstance(app.screen, CompareScreen)
        assert app.screen.comparison is not None
        assert [t.name for t in app.screen.comparison.transcripts] == ["casus-01-leraar"]
        assert "= agreed 1" in words(app, "#heading")
        assert "< only anna 1" in words(app, "#heading")
        assert "> only bram 1" in words(app, "#heading")


async def test_the_table_gives_the_numbers_and_says_what_is_undefined(
    workbench: Make, study: Project
) -> None:
    async with opened(workbench(study), "compare") as (app, pilot):
        table = app.screen.query_one(DataTable)
        rows = [[str(cell) for cell in table.get_row_at(n)] for n in range(table.row_count)]
        assert rows[0][0] == "all codes"
        assert [row[0].split()[0] for row in rows[1:]] == ["Nt", "Ol"]  # codes nobody used have no row
        assert "100 %" in rows[1][1]
        assert rows[1][2:4] == ["–", "–"]  # too little is marked to judge
        assert "0 %" in rows[2][1]
        assert rows[2][6] == "2"
        assert "Pooled kappa" in words(app, "#words")
        await press(pilot, "tab", "down")
        assert "How repeatable is “Notion of time”" in words(app, "#words")
        assert "1 transcript · unit: character · Agreement as each" in words(app, "#words")


async def test_next_and_previous_difference_by_key(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "compare", notifications=True) as (app, pilot):
        await pilot.press("f8")
        assert "only anna" in words(app, "#status")
        a, b = app.screen.query_one("#a", Reader), app.screen.query_one("#b", Reader)
        assert a.selection is not None
        assert a.selection.of(a.transcript.text) == "Ik stond er alleen voor."
        assert b.selection is None
        await pilot.press("n")
        assert "only bram" in words(app, "#status")
        await pilot.press("n")
        assert any("last difference" in note.message for note in app._notifications)
        await pilot.press("p")
        assert "only anna" in words(app, "#status")


async def test_signs_in_the_middle_can_be_clicked(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "compare") as (app, pilot):
        gutter = app.screen.query_one(Gutter)
        signs = {row: SIGNS[found.kind] for row in range(gutter.size.height) if (found := gutter.at(row))}
        assert sorted(signs.values()) == ["<", "=", ">"]
        row = next(row for row, sign in signs.items() if sign == ">")
        await pilot.click(gutter, offset=(1, row))
        assert "only bram" in words(app, "#status")


async def test_looking_at_one_code_only(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "compare") as (app, pilot):
        await pilot.press("c")
        await pilot.press(*"Ol")
        await press(pilot, "enter")
        assert "only Relief" in words(app, "#heading")
        assert "agreed" not in words(app, "#heading")
        assert len(app.screen.query_one("#a", Reader).marks.shown) == 1
        await pilot.press("c")
        assert "agreed" in words(app, "#heading")


async def test_both_texts_scroll_together(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "compare", size=(81, 18)) as (app, pilot):
        a, b = app.screen.query_one("#a", Reader), app.screen.query_one("#b", Reader)
        assert a.text_layout.width == b.text_layout.width
        await pilot.press("j", "j", "j")
        assert a.scroll_offset.y == b.scroll_offset.y == 3
        b.scroll_to(y=1, animate=False)
        await pilot.pause()
        assert a.scroll_offset.y == app.screen.query_one(Gutter).top == 1  # an empty line between two turns


async def test_before_both_are_done_the_other_reading_stays_closed(workbench: Make, study: Project) -> None:
    transcript = study.transcripts.get("casus-01-leraar")
    study.progress.mark(transcript, study.coders.get("bram"), done=False)
    async with opened(workbench(study), "compare") as (app, pilot):
        assert "both have finished" in words(app, "#why")
        assert not app.screen.query_one("#sides").display
        await pilot.press("f8", "c", "j", "t")  # nothing to go to, and no crash


async def test_a_project_with_one_coder_says_what_comparing_takes(workbench: Make, tmp_path: Path) -> None:
    with create_project(tmp_path / "alone.qualcode") as project:
        project.coder = project.coders.add("els")
        app = workbench(project)
        async with app.run_test(size=(120, 36)) as pilot:
            assert isinstance(app.screen, TranscriptsScreen)
            assert "no interviews" in words(app, "#empty")
            await at(app, pilot, "compare")
            assert "two coders" in words(app, "#why")
            await at(app, pilot, "code")
            assert "no transcript yet" in words(app, "#status")
            await pilot.press("s", "1", "d", "m", "x", "n")


async def test_documents_are_saved_and_what_cannot_be_made_is_said(
    workbench: Make, study: Project, tmp_path: Path
) -> None:
    async with opened(workbench(study), "export", size=(120, 40)) as (app, pilot):
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Saved" in words(app, "#result")
        saved = list((tmp_path / "exports").glob("*.docx"))
        assert [path.name for path in saved] == ["study-themes-en.docx"]
        assert saved[0].read_bytes()[:2] == b"PK"
        documents = app.screen.query_one("#documents", OptionList)
        documents.highlighted = documents.get_option_index("checklist")
        await pilot.press("s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "checklist" in words(app, "#result")
        assert "Saved" not in words(app, "#result")
        documents.highlighted = documents.get_option_index("margin")
        await pilot.pause()
        assert app.screen.query_one("#row-interview").display
        assert not app.screen.query_one("#row-quotes").display


async def test_interviews_are_taken_in_from_files_and_can_be_taken_out(
    workbench: Make, study: Project, tmp_path: Path
) -> None:
    (tmp_path / "casus-07-ouder.txt").write_text(
        "I: Hoe was het?\n\nR: Wel [lacht] goed.\n", encoding="utf-8"
    )
    async with opened(workbench(study), "transcripts") as (app, pilot):
        await pilot.press("a")
        app.screen.query_one("#path", Input).value = f"{tmp_path}/"
        await pilot.pause()
        await pilot.press("down")
        names = [path.name for path in app.screen._here]  # type: ignore[attr-defined]
        for _step in range(names.index("casus-07-ouder.txt") - 1):
            await pilot.press("down")
        await pilot.press("space", "enter")
        await until(pilot, AskHowToTakeIn)
        await pilot.press("ctrl+s")
        await until(pilot, TranscriptsScreen)
        assert study.transcripts.get("casus-07-ouder").case == "07"
        assert "[lacht]" in words(app, "#card")
        await pilot.press("e")
        app.screen.query_one("#case", Input).value = "08"
        app.screen.query_one("#case", Input).focus()
        await press(pilot, "enter")
        assert study.transcripts.get("casus-07-ouder").case == "08"
        await press(pilot, "x")
        assert len(study.transcripts.all()) == 3


async def test_a_coded_transcript_is_not_taken_out(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "transcripts", notifications=True) as (app, pilot):
        await pilot.press("down", "x")
        assert len(study.transcripts.all()) == 3
        assert any("codings" in note.message for note in app._notifications)
