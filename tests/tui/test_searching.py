"""Searching all interviews: asking, sorting, forms, going there, coding what was ticked, keeping a question."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from qualcode.model import Role, Turn
from qualcode.store.project import Project
from qualcode.tasks.searching.search import save_search, saved_searches
from qualcode.tui.app import Workbench
from qualcode.tui.coding.screen import CodeScreen
from qualcode.tui.reader import Reader
from qualcode.tui.searching.kwic_view import AlsoLine, FormsList, KwicView
from qualcode.tui.searching.screen import SearchScreen

from .desk import opened, press, settled

Make = Callable[[Project | None], Workbench]
HOSTILE = "[lacht] [b] nee [red]x[/red] [/] [[x]] 👨‍👩‍👧 $ink"


async def ask(app: Workbench, pilot: Pilot[None], typed: str) -> SearchScreen:
    """Open the search, ask something and wait for the answer."""
    if not isinstance(app.screen, SearchScreen):
        await press(pilot, "ctrl+f")
    assert isinstance(app.screen, SearchScreen)
    app.screen.query_one("#question", Input).value = typed
    app.screen.query_one("#question", Input).focus()
    await pilot.press("enter")
    await settled(app, pilot)
    return app.screen


def status(app: Workbench) -> str:
    """What the line below says."""
    return str(app.screen.query_one("#status", Static).content)


def rows(app: Workbench) -> list[str]:
    """The lines as they are painted."""
    view = app.screen.query_one(KwicView)
    return [view.render_line(n).text for n in range(len(view.places))]


async def test_a_word_is_found_in_all_its_forms_and_enter_goes_there(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), size=(110, 30)) as (app, pilot):
        await ask(app, pilot, "afspreken")
        assert len(rows(app)) == 1
        assert "spraken acht weken af" in rows(app)[0]
        assert "1 hit" in status(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, CodeScreen)
        reader = app.screen.query_one(Reader)
        assert reader.selection is not None
        assert reader.selection.of(reader.transcript.text) == "spraken acht weken af"


async def test_the_place_is_reached_from_another_step_too(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), "transcripts", size=(110, 30)) as (app, pilot):
        await ask(app, pilot, "resultaat")
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, CodeScreen)
        reader = app.screen.query_one(Reader)
        assert reader.transcript.name == "casus-02-hulpverlener"
        assert reader.selection is not None
        await pilot.press("ctrl+f")  # the answer is there again
        await settled(app, pilot)
        assert app.screen.query_one("#question", Input).value == "resultaat"
        assert len(rows(app)) == 1
        await pilot.press("escape")
        assert isinstance(app.screen, CodeScreen)


async def test_sorting_and_taking_forms_out(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), size=(120, 30)) as (app, pilot):
        await ask(app, pilot, "*el*")
        before = rows(app)
        assert len(before) > 2
        await pilot.press("s", "s")
        await settled(app, pilot)
        assert sorted(rows(app)) != rows(app)
        assert sorted(line.lstrip(" ☐") for line in rows(app)) == sorted(line.lstrip(" ☐") for line in before)
        assert "to the right" in status(app)
        form, times = app.screen.query_one(FormsList)._forms[0]
        await pilot.press("f")
        app.screen.query_one(FormsList).highlighted = 0
        await press(pilot, "space")
        assert len(rows(app)) == len(before) - times
        assert all(place.form != form for place in app.screen.query_one(KwicView).places)


async def test_ticked_hits_get_a_code_by_one_key_and_undo_takes_all_back(
    workbench: Make, study: Project
) -> None:
    async with opened(workbench(study), size=(120, 30), notifications=True) as (app, pilot):
        await ask(app, pilot, "komen of vragen")
        await pilot.press("c")
        assert any("Tick" in note.message for note in app._notifications)
        assert len(rows(app)) == 3
        await pilot.press("space", "space")
        assert "2 ticked" in status(app)
        before = len(study.codings.all())
        await press(pilot, "c")
        await press(pilot, *"meta", "enter")
        made = study.codings.all(code=study.codebook.get("meta"))
        texts = {t.id: t.text for t in study.transcripts.all()}
        assert sorted(coding.span.of(texts[coding.transcript_id]) for coding in made) == [
            "Elke dinsdag kwam ze even kijken.",
            "Niemand had ons gevraagd hoe lang het mocht duren.",
        ]
        await press(pilot, "escape")
        assert isinstance(app.screen, CodeScreen)
        assert app.screen.query_one("#codes")._counts[study.codebook.get("meta").id] == 2  # type: ignore[attr-defined]
        await press(pilot, "u")
        assert len(study.codings.all()) == before


async def test_memos_and_bare_text(workbench: Make, study: Project) -> None:
    transcript = study.transcripts.get("casus-02-hulpverlener")
    study.memos.add("transcript", transcript.id, "Hier gaat het over [b] vertrouwen.")
    async with opened(workbench(study), size=(110, 30)) as (app, pilot):
        await ask(app, pilot, "vertrouw")
        assert rows(app) == []
        await pilot.press("f6")
        await settled(app, pilot)
        assert len(rows(app)) == 1
        assert "memo" in rows(app)[0]
        assert "[b] vertrouwen" in rows(app)[0]
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.session is not None
        assert app.session.transcript == transcript


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type a word"),
        ('"half', "quotation mark"),
        ("code:zzz tijd", "no code"),
    ],
)
async def test_what_cannot_be_asked_is_said_in_words(
    workbench: Make, study: Project, typed: str, said: str
) -> None:
    async with opened(workbench(study), size=(110, 30)) as (app, pilot):
        await ask(app, pilot, typed)
        assert said in status(app)
        assert rows(app) == []


async def test_what_is_found_beside_it_is_taken_in_by_a_tick(workbench: Make, study: Project) -> None:
    said = "Ik werk daar. Het werk is zwaar. Wij werken door."
    study.transcripts.add("werk", said, [Turn(1, 0, len(said), "M")], informant=Role.OTHER)
    async with opened(workbench(study), size=(80, 24)) as (app, pilot):
        await ask(app, pilot, "werken")
        line = app.screen.query_one(AlsoLine)
        assert len(rows(app)) == 2
        assert "☐ also found: 1: werk (noun) 1" in str(line.render())
        await pilot.press("+")
        await settled(app, pilot)
        assert len(rows(app)) == 3
        assert "☑ also found: 1" in str(line.render())
        assert [place.sure for place in app.screen.query_one(KwicView).places] == [True, True, False]
        line.focus()
        await pilot.press("space")
        await settled(app, pilot)
        assert len(rows(app)) == 2
        await pilot.click(AlsoLine)
        await settled(app, pilot)
        assert len(rows(app)) == 3
        await ask(app, pilot, "daar")  # another question begins without it
        assert not line.display
        assert len(rows(app)) == 1


async def test_a_word_in_every_other_sentence_is_answered(workbench: Make, study: Project) -> None:
    said = " ".join(f"Dat zien we op dag {n}." for n in range(200))
    study.transcripts.add("zien", said, [Turn(1, 0, len(said), "M")], informant=Role.OTHER)
    async with opened(workbench(study), size=(110, 30)) as (app, pilot):
        await ask(app, pilot, "zien")
        assert len(app.screen.query_one(KwicView).places) >= 200
        assert "of all sentences" in status(app)


async def test_a_question_is_kept_and_asked_again(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), size=(110, 30)) as (app, pilot):
        await ask(app, pilot, "lucht")
        await press(pilot, "ctrl+s")
        app.screen.query_one(Input).value = "Air"
        await press(pilot, "enter")
        assert saved_searches(study) == {"Air": "lucht"}
        await ask(app, pilot, "stoel")
        await press(pilot, "f7")
        app.screen.query_one(OptionList).focus()
        await pilot.press("1")
        await settled(app, pilot)
        assert app.screen.query_one("#question", Input).value == "lucht"
        assert "lucht" in rows(app)[0]


async def test_a_kept_question_is_kept_no_longer(workbench: Make, study: Project) -> None:
    save_search(study, "Air", "lucht")
    save_search(study, "stoel", "stoel")
    async with opened(workbench(study), size=(110, 30)) as (app, pilot):
        await press(pilot, "ctrl+f", "f8")
        await press(pilot, "1")
        assert saved_searches(study) == {"stoel": "stoel"}
        await press(pilot, "escape", "u")
        assert len(saved_searches(study)) == 2
        assert isinstance(app.screen, CodeScreen)


@pytest.mark.parametrize("size", [(20, 5), (80, 24), (200, 50)], ids=str)
async def test_hostile_words_and_every_size(workbench: Make, study: Project, size: tuple[int, int]) -> None:
    said = f"Vooraf. {HOSTILE} zeppelin {HOSTILE}\tslot"
    study.transcripts.add(HOSTILE, said, [Turn(1, 0, len(said), "[b]")], informant=Role.OTHER)
    async with opened(workbench(study), size=size) as (app, pilot):
        await ask(app, pilot, "zeppelin")
        (line,) = rows(app)
        assert "zep" in line or size[0] < 30
        if size[0] >= 200:
            assert "[lacht] [b] nee [red]x[/red] [/] [[x]]" in line
        await pilot.press("space", "f6", "s", "a", "j", "G", "g", "pagedown")
        await settled(app, pilot)


async def test_an_interview_taken_in_meanwhile_is_found_without_asking_for_an_index(
    workbench: Make, study: Project
) -> None:
    async with opened(workbench(study), size=(110, 30)) as (app, pilot):
        await ask(app, pilot, "stoel")
        said = "Die stoelen weer."
        study.transcripts.add("later", said, [Turn(1, 0, len(said), "M")])
        assert app.session is not None
        app.session.reload()
        await ask(app, pilot, "stoel")
        assert len(rows(app)) == 2
