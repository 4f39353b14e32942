"""Names that slipped through are hidden from the screen: in stored interviews and beside them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from qualcode.model import Turn
from qualcode.store.file.check import problems
from qualcode.store.project import Project
from qualcode.store.records.pseudonyms import NameState
from qualcode.tasks.searching.search import save_search
from qualcode.tui.app import Workbench
from qualcode.tui.common.dialog import Choose
from qualcode.tui.transcripts.names_review import NamesReview
from qualcode.tui.transcripts.screen import TranscriptsScreen

from .desk import opened, press
from .test_looks import screen_text
from .test_taking_in import states, traces, until

Make = Callable[[Project | None], Workbench]


async def test_slips_in_a_stored_interview_are_hidden_everywhere_and_codings_stay(
    workbench: Make, study: Project, tmp_path: Path
) -> None:
    said = "Toen zei Emma niets. Emma's moeder wel."
    slipped = study.transcripts.add(
        "praat-Emma", said, [Turn(1, 0, len(said), "Marieke")], source="praat-Emma.txt"
    )
    start = said.index("moeder wel")
    coding = study.codings.add(slipped, start, start + 10, study.codebook.get("tijd"))
    study.memos.add("coding", coding.id, "Emma zweeg, Marieke ook.")
    study.themes.add("Emma en de tijd")
    save_search(study, "Emma", "Emma")
    assert traces(tmp_path) == {"Emma", "Marieke"}
    async with opened(workbench(study), "transcripts", size=(110, 34)) as (app, pilot):
        assert app.session is not None
        place = [one.name for one in app.session.transcripts].index("praat-Emma")
        app.screen.query_one("#table").move_cursor(row=place)
        await pilot.pause()
        await pilot.press("n")
        await until(pilot, Choose)
        await pilot.press("1")
        await until(pilot, NamesReview)
        await pilot.press("A", "f")
        await until(pilot, TranscriptsScreen)
    after = study.transcripts.get(slipped.id)
    assert re.fullmatch(r"Toen zei (\[\w+-1\]) niets\. \1's moeder wel\.", after.text)
    (moved,) = [one for one in study.codings.all() if one.id == coding.id]
    assert moved.span.of(after.text) == "moeder wel"
    assert states(study)[after.name] is NameState.REVIEWED
    assert traces(tmp_path) == set()
    assert problems(study) == []


async def test_the_rest_can_be_looked_through_and_a_reading_confirmed(
    workbench: Make, study: Project
) -> None:
    study.memos.add("project", study.id, "Bellen met mevrouw Jansen over donderdag.")
    unread = study.transcripts.get("casus-01-leraar")
    study.names.set_state(unread, NameState.OPEN)
    async with opened(workbench(study), "transcripts", size=(110, 34)) as (app, pilot):
        assert app.session is not None
        app.screen.query_one("#table").move_cursor(row=app.session.transcripts.index(unread))
        await pilot.pause()
        await pilot.press("n")
        await until(pilot, Choose)
        await pilot.press("3")
        await until(pilot, Choose)
        assert "Jansen" in screen_text(app)
        await press(pilot, "1")
        await pilot.press("1")
        await until(pilot, TranscriptsScreen)
        assert "Jansen" not in study.memos.all()[0].text
        await pilot.press("n")
        await until(pilot, Choose)
        await pilot.press("4")
        await until(pilot, TranscriptsScreen)
    assert states(study)[unread.name] is NameState.REVIEWED
