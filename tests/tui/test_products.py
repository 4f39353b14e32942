"""The steps Themes, Rank and Checklist, by keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Select, Static, TextArea

from qualcode.i18n import Bilingual, language, set_language, speaking
from qualcode.model import Checklist, Criterion, Dimension, Role, Verdict
from qualcode.reports.content import Document
from qualcode.reports.writers.blocks import Progress
from qualcode.store.project import Project
from qualcode.tasks.themes import arranged
from qualcode.tui.app import Workbench
from qualcode.tui.coding.screen import CodeScreen
from qualcode.tui.common.lists import Grid
from qualcode.tui.exporting.preview import Preview
from qualcode.tui.exporting.screen import ExportScreen
from qualcode.tui.ranking.dialogs import Which
from qualcode.tui.reader import Reader
from qualcode.tui.themes.matrices import MatrixScreen, VoicesScreen
from qualcode.tui.themes.screen import ThemesScreen
from tests.tui.conftest import code_words

from .desk import at, opened, press
from .test_looks import screen_text

Make = Callable[[Project | None], Workbench]
LEFT, RIGHT = "Ik stond er alleen voor.", "Dat gaf lucht."


async def until(app: Workbench, pilot: Pilot[None], words: str) -> None:
    """Wait for words that another thread brings."""
    for _n in range(500):
        await pilot.pause(0.01)
        if words in screen_text(app):
            return
    raise AssertionError(f"{words!r} did not come")


def relief(project: Project) -> list[str]:
    """The fragments of the third theme in hand order."""
    return [f.quote.text for f in arranged(project)[2].fragments]


@pytest.fixture
def rated(study: Project) -> Project:
    """The study with a checklist of two lines."""
    criteria = (
        Criterion(
            "c1",
            "tijd",
            "d",
            Bilingual("Er is over tijd gesproken."),
            Bilingual("Stil aangenomen."),
            ("tijd",),
        ),
        Criterion(
            "c2", "lucht", "d", Bilingual("Het geeft lucht."), Bilingual("Het kost tijd."), ("ontlasten",)
        ),
    )
    study.checklist.take(Checklist("x", dimensions=(Dimension("d", Bilingual("D")),), criteria=criteria))
    return study


async def test_strips_are_starred_moved_and_grouped(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "themes", size=(80, 24)) as (app, pilot):
        await pilot.press("j", "j", "enter")
        assert isinstance(app.screen, ThemesScreen)
        assert app.screen.theme is not None
        assert app.screen.theme.title == "Relief"
        assert relief(study) == [LEFT, RIGHT]
        await pilot.press("j", "K")
        assert relief(study) == [RIGHT, LEFT]
        assert app.screen.fragment is not None
        assert app.screen.fragment.quote.text == RIGHT  # the cursor goes along
        await pilot.press("s", "n")
        fragment = arranged(study)[2].fragments[0]
        assert (fragment.starred, fragment.negative) == (True, True)
        assert "★ −" in screen_text(app)
        await pilot.press("b", "1", *"later", "enter")
        assert [f.subgroup for f in arranged(study)[2].fragments] == ["", "later"]
        await pilot.press("u")
        assert arranged(study)[2].fragments[0].subgroup == ""


async def test_a_strip_is_shortened_and_moved_to_another_theme(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "themes", size=(100, 30), notifications=True) as (app, pilot):
        await pilot.press("j", "j", "enter", "e")
        app.screen.query_one(TextArea).text = "Ik […] alleen voor."
        await pilot.press("escape")
        assert arranged(study)[2].fragments[0].words == "Ik […] alleen voor."
        await pilot.press("e")
        app.screen.query_one(TextArea).text = "Zelf bedacht."
        await pilot.press("escape")
        assert any("keeps the words" in note.message for note in app._notifications)
        await pilot.press("m", "1")
        assert relief(study) == [RIGHT]
        assert "Ik […] alleen voor." in [f.words for f in arranged(study)[0].fragments]


async def test_a_theme_gets_a_title_a_text_codes_and_another_place(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "themes") as (app, pilot):
        await pilot.press("r")
        app.screen.query_one(Input).value = "Over [b]tijd[/b]"
        await pilot.press("enter", "w")
        app.screen.query_one(TextArea).text = "Wat we zagen: [lacht]"
        await pilot.press("escape")
        assert "Wat we zagen: [lacht]" in screen_text(app)
        assert "Over [b]tijd[/b]" in screen_text(app)
        await pilot.press("J")
        assert [theme.title for theme in arranged(study)] == [
            "Meta-perspective",
            "Over [b]tijd[/b]",
            "Relief",
        ]
        await pilot.press("c", "3")
        assert len(study.themes.get("Over [b]tijd[/b]").codes) == 2
        await pilot.press("a", *"Nieuw", "enter", "x")
        assert len(study.themes.all()) == 3


async def test_enter_goes_to_the_fragment_in_its_interview(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "themes") as (app, pilot):
        await press(pilot, "j", "j", "enter", "j", "enter")
        await pilot.pause()
        assert isinstance(app.screen, CodeScreen)
        reader = app.screen.query_one("#reader", Reader)
        assert reader.transcript.name == "casus-01-leraar"
        assert reader.selection.of(reader.transcript.text) == RIGHT


async def test_a_count_opens_and_leads_to_its_passages(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "themes", size=(80, 24)) as (app, pilot):
        await press(pilot, "f")
        assert isinstance(app.screen, MatrixScreen)
        grid = app.screen.query_one(Grid)
        assert [str(cell).strip() for cell in grid.get_row_at(2)] == ["Relief", "2", "·"]
        await press(pilot, "down", "down", "enter")
        assert LEFT in screen_text(app)
        await press(pilot, "escape", "d", "2")
        assert "Codes by informant" in screen_text(app)
        await press(pilot, "v", "2")
        assert "anna · 2 passages" in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, ThemesScreen)


async def test_the_informants_of_a_case_lie_side_by_side(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "themes", size=(100, 30)) as (app, pilot):
        await press(pilot, "i")
        assert isinstance(app.screen, VoicesScreen)
        await press(pilot, "down", "down")
        assert RIGHT in screen_text(app)
        assert "silent on this" in screen_text(app)
        await press(pilot, "right_square_bracket")
        assert "Case 02" in screen_text(app)


async def test_questions_give_an_order_and_the_other_s_stays_hidden_until_then(
    workbench: Make, study: Project
) -> None:
    async with opened(workbench(study), "rank", size=(80, 24)) as (app, pilot):
        assert "There is no ranking yet" in screen_text(app)
        await pilot.press("a", "4")
        ranking = study.rankings.all()[0]
        bram = study.coders.get("bram")
        study.rankings.set_order(ranking, bram, [[one] for one in ranking.transcripts])
        await at(app, pilot, "rank")
        assert "Make your own order" in screen_text(app)
        await press(pilot, "w")
        while isinstance(app.screen, Which):
            await press(pilot, "1")
        order = study.rankings.order_of(ranking, study.coders.get("anna"))
        assert order is not None
        assert [tied[0] for tied in order.ranks] == list(reversed(ranking.transcripts))
        assert "Make your own order" not in screen_text(app)
        assert "the other way round" in screen_text(app)


async def test_rows_move_tie_and_are_settled(workbench: Make, study: Project) -> None:
    app = workbench(study)
    anna, bram = study.coders.pair()
    ranking = study.rankings.add("alle", study.transcripts.all())
    ids = list(ranking.transcripts)
    for coder in (anna, bram):
        study.rankings.set_order(ranking, coder, [[one] for one in ids])
    async with app.run_test(size=(100, 30)) as pilot:
        await at(app, pilot, "rank")
        await pilot.press("down", "K", "down", "down", "equals_sign")
        order = study.rankings.order_of(ranking, anna)
        assert order is not None
        assert order.ranks == ((ids[1],), (ids[0], ids[2]))
        assert study.rankings.order_of(ranking, bram).ranks == tuple((one,) for one in ids)  # type: ignore[union-attr]
        app.screen.query_one("#shared", OptionList).focus()
        await press(pilot, "home", "J", "s")
        app.screen.query_one(TextArea).text = "zo besproken"
        await pilot.press("escape")
        settled = study.rankings.order_of(ranking, study.coders.consensus())
        assert settled is not None
        assert settled.reason == "zo besproken"
        await press(pilot, "c")
        assert "could be chance" in screen_text(app).replace("\n", " ")
        await pilot.press("enter")
        await pilot.press("escape", "x")
        assert study.rankings.all() == []
        await pilot.press("u")
        assert len(study.rankings.orders(ranking)) == 3


async def test_cases_are_rated_by_key_with_evidence(workbench: Make, rated: Project) -> None:
    async with opened(workbench(rated), "checklist", size=(80, 24)) as (app, pilot):
        await pilot.press("g", "right", "n", "down", "left", "p", "m")
        anna = rated.coders.get("anna")
        verdicts = {(r.criterion_id, r.case_id): r.verdict for r in rated.ratings.all(coder=anna)}
        one, two = (case.id for case in rated.cases.all())
        assert verdicts == {
            ("c1", one): Verdict.GOOD,
            ("c1", two): Verdict.SILENT,
            ("c2", one): Verdict.MIXED,
        }
        await press(pilot, "e")
        assert LEFT in screen_text(app)
        await pilot.press("down", "enter", "escape")
        kept = rated.ratings.of(rated.checklist.book().criteria[1], rated.cases.get("01"), anna)
        assert kept is not None
        assert len(kept.evidence) == 1
        assert "★" in screen_text(app)
        await pilot.press("w")
        app.screen.query_one(TextArea).text = "even [b]kijken[/b]"
        await pilot.press("escape")
        assert "even [b]kijken[/b]" in screen_text(app)
        await pilot.press("x", "u")
        assert len(rated.ratings.all()) == 3
        await pilot.press("right", "x")
        await pilot.press("e", "escape")


async def test_a_shared_verdict_is_settled_with_its_reason(workbench: Make, rated: Project) -> None:
    criterion, case = rated.checklist.book().criteria[0], rated.cases.get("01")
    rated.ratings.rate(criterion, case, rated.coders.get("bram"), Verdict.POOR)
    async with opened(workbench(rated), "checklist", size=(80, 24)) as (app, pilot):
        await pilot.press("g", "s", "3")
        app.screen.query_one(TextArea).text = "het [b]wisselde[/b]"
        await pilot.press("escape")
        assert "+−→±" in screen_text(app)
        assert "together ± mixed (het [b]wisselde[/b])" in " ".join(screen_text(app).split())
        kept = rated.ratings.of(criterion, case, rated.coders.consensus())
        assert kept is not None
        assert (kept.verdict, kept.note) == (Verdict.MIXED, "het [b]wisselde[/b]")
        await pilot.press("u")
        assert "+−→±" not in screen_text(app)
        await pilot.press("ctrl+r")
        assert "+−→±" in screen_text(app)
        await pilot.press("s", "5")
        assert rated.ratings.of(criterion, case, rated.coders.consensus()) is None


async def test_without_a_checklist_or_codes_it_says_what_to_do(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "checklist", size=(80, 24)) as (app, pilot):
        assert "no checklist" in screen_text(app)
        await pilot.press("g", "e", "w")
        await at(app, pilot, "rank")
        await pilot.press("w", "s", "c", "K", "equals_sign", "r", "x")
        assert study.rankings.all() == []


async def test_a_quote_of_twenty_thousand_words_is_no_trouble(workbench: Make, study: Project) -> None:
    words = "woord " * 20_000
    transcript = study.transcripts.add("lang", words, [], case="03", informant=Role.CHILD)
    code_words(study, transcript, words[:-1], "ontlasten", "anna")
    async with opened(workbench(study), "themes", size=(80, 24)) as (app, pilot):
        await pilot.press("j", "j", "enter", "j", "j", "s")
        assert arranged(study)[2].fragments[2].starred
        assert isinstance(app.screen.query_one("#about"), Static)


async def test_a_document_is_looked_at_before_it_is_saved(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "export", size=(80, 24)) as (app, pilot):
        await pilot.press("v")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, Preview)
        assert "Theme table" in screen_text(app)
        assert f"“{LEFT}”" in "\n".join(str(piece.content) for piece in app.screen.query(Static))
        await pilot.press("space", "j", "k", "b", "escape")
        assert isinstance(app.screen, ExportScreen)
        assert not (study.path.parent / "exports").exists()


async def test_a_file_that_somebody_changed_is_written_over_only_when_asked(
    workbench: Make, study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualcode.tasks.exporting.write.refuse_unreviewed", lambda project, transcripts: None)
    async with opened(workbench(study), "export", size=(100, 40)) as (app, pilot):
        app.screen.query_one("#form", Select).value = ".md"
        await pilot.press("s")
        await until(app, pilot, "Saved: ")
        (path,) = (study.path.parent / "exports").iterdir()
        path.write_text("wat juf Ank schreef")
        await pilot.press("v")
        await until(app, pilot, "not as qualcode wrote it")
        await pilot.press("escape", "s")
        await until(app, pilot, "Save it beside it")
        await pilot.press("3")
        await pilot.pause()
        assert path.read_text() == "wat juf Ank schreef"
        await pilot.press("s")
        await until(app, pilot, "Save it beside it")
        await pilot.press("2")
        await until(app, pilot, "What was there before")
        assert path.with_stem(f"{path.stem}-before").read_text() == "wat juf Ank schreef"
        assert "Theme table" in path.read_text(encoding="utf-8")


async def test_a_document_is_stopped_while_it_is_written(
    workbench: Make, study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(document: Document, path: object, *, progress: Progress, **_how: object) -> None:
        while True:
            progress(1, 2)

    monkeypatch.setattr("qualcode.reports.writers.word.write_word", endless)
    monkeypatch.setattr("qualcode.tasks.exporting.write.refuse_unreviewed", lambda project, transcripts: None)
    async with opened(workbench(study), "export", size=(100, 30)) as (app, pilot):
        await pilot.press("s")
        await until(app, pilot, "1 of 2 rows")
        await pilot.press("escape")
        await until(app, pilot, "Stopped.")
        assert list((study.path.parent / "exports").iterdir()) == []


async def test_an_english_document_leaves_a_dutch_screen_dutch(
    workbench: Make, study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []

    def endless(document: Document, path: object, *, progress: Progress, **_how: object) -> None:
        with speaking(document.language):
            while True:
                written.append(document.title)
                progress(1, 2)

    monkeypatch.setattr("qualcode.reports.writers.word.write_word", endless)
    monkeypatch.setattr("qualcode.tasks.exporting.write.refuse_unreviewed", lambda project, transcripts: None)
    set_language("nl")
    async with opened(workbench(study), size=(100, 30)) as (app, pilot):
        await at(app, pilot, "export")
        app.screen.query_one("#language", Select).value = "en"
        await pilot.press("s")
        await until(app, pilot, "1 van 2 rijen")
        assert language() == "nl"
        await pilot.press("escape")
        await until(app, pilot, "Gestopt.")
        assert written[0] == "Theme table"
