"""Similar passages, and likely codes first: offered, never done by themselves, and off where a round is sealed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from qualcode.model import Role
from qualcode.store.project import Project
from qualcode.tui.app import Workbench
from qualcode.tui.coding.code_help import get_ready, likely_codes, likely_first, switch_help
from qualcode.tui.coding.screen import CodeScreen
from qualcode.tui.coding.similar import SimilarDialog
from qualcode.tui.common.pick_code import PickCode
from qualcode.tui.reader import Reader
from qualcode.tui.session import Session
from tests.tui.conftest import add_interview

from .desk import press

Make = Callable[[Project | None], Workbench]
SAID = (
    ("I", "Wat spraken jullie af?"),
    ("Leraar", "We spraken weken af voor elke dinsdag. Daarna deden we een spelletje met de klas."),
    ("Leraar", "De fiets stond buiten in de regen te roesten naast het hek."),
)


async def settled(app: Workbench, pilot: Pilot[None]) -> None:
    """Wait for what runs beside the screen."""
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


async def offered(app: Workbench, pilot: Pilot[None]) -> SimilarDialog:
    """Mark the coded sentence about weeks and ask for passages like its code."""
    assert isinstance(app.screen, CodeScreen)
    reader = app.screen.query_one(Reader)
    app.screen.panes.go_to(app.session.transcripts[1].id, 0)  # type: ignore[union-attr]
    span = next(
        c.span for c in app.session.codings.values() if c.span.of(reader.transcript.text).startswith("We spr")
    )  # type: ignore[union-attr]
    reader.select(span)
    await pilot.press("S")
    await settled(app, pilot)
    assert isinstance(app.screen, SimilarDialog)
    return app.screen


def offers(dialog: SimilarDialog) -> list[str]:
    """The passages offered."""
    return [offer.text for offer in dialog._offers]


async def test_passages_are_offered_with_their_words_and_accepted_by_one_key(
    workbench: Make, study: Project
) -> None:
    add_interview(study, "03", Role.TEACHER, SAID)
    app = workbench(study)
    async with app.run_test(size=(110, 36)) as pilot:
        dialog = await offered(app, pilot)
        assert "same words" in str(dialog.query_one("#explained", Static).content)
        assert offers(dialog)[0].startswith("We spraken weken af")
        assert "week" in dialog._offers[0].shared
        before = len(study.codings.all())
        assert before == 4  # nothing is coded by itself
        await press(pilot, "a")
        made = study.codings.all(code=study.codebook.get("tijd"), coder=study.coders.get("anna"))
        assert len(made) == 2
        assert not any(text.startswith("We spraken weken af") for text in offers(dialog))
        await press(pilot, "u")
        assert len(study.codings.all()) == before
        assert offers(dialog)[0].startswith("We spraken weken af")


async def test_a_refused_passage_does_not_come_again(workbench: Make, study: Project) -> None:
    add_interview(study, "03", Role.TEACHER, SAID)
    app = workbench(study)
    async with app.run_test(size=(110, 36)) as pilot:
        dialog = await offered(app, pilot)
        first = offers(dialog)[0]
        await press(pilot, "x", "escape")
        assert len(study.codings.all()) == 4
        dialog = await offered(app, pilot)
        assert first not in offers(dialog)


async def test_enter_looks_at_a_passage_in_its_interview(workbench: Make, study: Project) -> None:
    other = add_interview(study, "03", Role.TEACHER, SAID)
    app = workbench(study)
    async with app.run_test(size=(110, 36)) as pilot:
        dialog = await offered(app, pilot)
        dialog.query_one(OptionList).highlighted = 0
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, CodeScreen)
        reader = app.screen.query_one(Reader)
        assert reader.transcript.name == other.name
        assert reader.selection is not None


async def test_a_code_without_fragments_says_so(workbench: Make, study: Project) -> None:
    app = workbench(study)
    async with app.run_test(size=(110, 36)) as pilot:
        app.screen.query_one(Reader).goto(0)
        await press(pilot, "S")
        await pilot.press(*"meta", "enter")
        await settled(app, pilot)
        assert "no fragments yet" in str(app.screen.query_one("#said", Static).content)


@pytest.mark.parametrize("size", [(20, 5), (80, 24)], ids=str)
async def test_hostile_words_and_small_windows(
    workbench: Make, study: Project, size: tuple[int, int]
) -> None:
    said = "We spraken weken af. [lacht] [b] nee [red]x[/red] [/] [[x]] 👨‍👩‍👧"
    add_interview(study, "03", Role.TEACHER, (("[b]", said),))
    app = workbench(study)
    async with app.run_test(size=size) as pilot:
        dialog = await offered(app, pilot)
        assert offers(dialog)[0] == said
        assert said.split("👨")[0] in str(
            dialog.query_one("#offers", OptionList).get_option_at_index(0).prompt
        )
        await pilot.press("x", "u", "escape")


# likely codes


def opened(study: Project) -> Session:
    """A session of anna on an interview that speaks of agreed weeks as the coded one does."""
    transcript = add_interview(study, "03", Role.TEACHER, SAID)
    study.coder = study.coders.get("anna")
    session = Session(study, study.coder)
    session.transcript = next(t for t in session.transcripts if t.id == transcript.id)
    return session


def test_codes_whose_fragments_share_words_come_first(study: Project) -> None:
    session = opened(study)
    assert session.transcript is not None
    place = session.transcript.turns[1].span
    assert likely_codes(session, place) == {}  # not read yet
    get_ready(session)
    likely = likely_codes(session, place)
    tijd = study.codebook.get("tijd")
    assert next(iter(likely)) == tijd.id
    assert "week" in likely[tijd.id]
    codes = likely_first(session.codes, likely)
    assert codes[0] == tijd
    assert sorted(code.id for code in codes) == sorted(code.id for code in session.codes)
    assert likely_codes(session, None) == {}


def test_it_learns_from_what_is_coded_and_taken_away(study: Project) -> None:
    session = opened(study)
    get_ready(session)
    assert session.transcript is not None
    place = session.transcript.turns[2].span
    assert likely_codes(session, place) == {}
    coding = session.add(place, study.codebook.get("meta"))
    assert list(likely_codes(session, place)) == [study.codebook.get("meta").id]
    session.remove(coding)
    assert likely_codes(session, place) == {}


def test_it_can_be_switched_off(study: Project) -> None:
    session = opened(study)
    get_ready(session)
    assert session.transcript is not None
    place = session.transcript.turns[1].span
    assert "order of the codebook" in switch_help(session)
    assert likely_codes(session, place) == {}
    switch_help(session)
    assert likely_codes(session, place) != {}


def test_in_a_sealed_round_it_is_off_unless_the_pair_allows_it(study: Project) -> None:
    session = opened(study)
    get_ready(session)
    assert session.transcript is not None
    place = session.transcript.turns[1].span
    study.rounds.start([session.transcript], [study.coders.get("anna"), study.coders.get("bram")])
    assert likely_codes(session, place) == {}
    study.settings.set("suggest_sealed", True)
    assert likely_codes(session, place) != {}


async def test_the_picker_shows_them_first_with_their_words(workbench: Make, study: Project) -> None:
    add_interview(study, "03", Role.TEACHER, SAID)
    app = workbench(study)
    async with app.run_test(size=(110, 36)) as pilot:
        assert app.session is not None
        get_ready(app.session)
        transcript = next(t for t in app.session.transcripts if t.case == "03")
        app.screen.panes.go_to(transcript.id, 0)  # type: ignore[attr-defined]
        app.screen.query_one(Reader).select(transcript.turns[1].span)
        await press(pilot, "c")
        assert isinstance(app.screen, PickCode)
        first = app.screen.query_one("#found", OptionList).get_option_at_index(0)
        assert "Notion of time" in str(first.prompt)
        assert "week" in str(first.prompt)
