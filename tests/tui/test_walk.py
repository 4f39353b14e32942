"""The walk through the differences, by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static, TextArea

from qualcode.i18n import Bilingual
from qualcode.model import Code, CoderKind, Coding
from qualcode.store.project import Project
from qualcode.store.records.decisions import Outcome
from qualcode.tui.app import Workbench
from qualcode.tui.coding.code_forms import CodeForm
from qualcode.tui.coding.screen import CodeScreen
from qualcode.tui.comparing.outcomes import ChooseEdges, GiveReason, MendMeaning
from qualcode.tui.comparing.rounds import LookBack
from qualcode.tui.comparing.screen import CompareScreen
from qualcode.tui.comparing.walk_codes import OlderCodings
from qualcode.tui.comparing.walk_screen import WalkScreen
from qualcode.tui.project.people import AskPin
from qualcode.tui.reader import Reader

from .conftest import code_words
from .desk import at, opened, press, words
from .test_looks import HOSTILE, compare_with_golden, screen_text

Make = Callable[[Project | None], Workbench]


@pytest.fixture
def argued(study: Project) -> Project:
    """Four differences in the first interview: two about relief, one about edges, one about the code."""
    first = study.transcripts.get("casus-01-leraar")
    code_words(study, first, "Toen belde ze.", "meta", "anna")
    code_words(study, first, "[zucht] Toen belde ze.", "meta", "bram")
    code_words(study, first, "Elke dinsdag kwam ze even kijken.", "snel", "anna")
    code_words(study, first, "Elke dinsdag kwam ze even kijken.", "tijd", "bram")
    return study


async def walking(app: Workbench, pilot: Pilot[None]) -> WalkScreen:
    """Begin the walk from the step Compare."""
    await at(app, pilot, "compare")
    await press(pilot, "w")
    assert isinstance(app.screen, WalkScreen)
    return app.screen


def consensus(project: Project) -> list[Coding]:
    return [
        coding
        for coder in project.coders.all()
        if coder.kind is CoderKind.CONSENSUS
        for coding in project.codings.all(coder=coder)
    ]


async def test_the_agenda_is_grouped_by_the_codes_that_meet(workbench: Make, argued: Project) -> None:
    async with opened(workbench(argued), size=(120, 40)) as (app, pilot):
        await walking(app, pilot)
        assert not app.screen.query_one("#agenda").display  # only the passage, until figures are asked for
        assert "alpha" not in words(app, "#what")
        await press(pilot, "equals_sign")
        lines = [str(option.prompt) for option in app.screen.query_one("#agenda", OptionList).options]
        assert "Relief  2×" in lines[0]
        assert any("Notion of time" in line and "↔" in line and "Quick results" in line for line in lines)
        assert "4 differences to go" in words(app, "#heading")
        assert "only anna" in words(app, "#what")
        assert "alpha" in words(app, "#what")
        assert "Relief" in words(app, "#meanings")
        assert "Ik stond er alleen voor." in words(app, "#passage-a")
        assert "nothing here" in words(app, "#passage-b")
        for order in ("by effect on alpha", "by the text read differently", "in the order of the texts"):
            await pilot.press("s")
            assert order in words(app, "#heading")


async def test_settling_by_one_key_goes_on_to_the_next_and_makes_the_third_layer(
    workbench: Make, argued: Project
) -> None:
    async with opened(workbench(argued), size=(120, 40)) as (app, pilot):
        screen = await walking(app, pilot)
        first = screen.walk.at
        await press(pilot, "o")
        assert screen.walk.at is not first
        assert "3 differences to go" in words(app, "#heading")
        assert [c.span for c in consensus(argued)] == [first.span]
        assert argued.decisions.all()[0].outcome is Outcome.BOTH
        await press(pilot, "n", "l")
        assert "2 differences to go" in words(app, "#heading")  # one settled as neither, one put off
        await press(pilot, "escape")
        await app.workers.wait_for_complete()
        assert isinstance(app.screen, CompareScreen)
        reader = app.screen.query_one("#a", Reader)
        assert any(mark.side == "consensus" for mark in reader.marks.shown.between(0, 999))
        await walking(app, pilot)  # it goes on where it was
        assert "2 differences to go" in words(app, "#heading")


async def test_who_gives_way_is_owed_a_reason(workbench: Make, argued: Project) -> None:
    async with opened(workbench(argued), size=(120, 40)) as (app, pilot):
        await walking(app, pilot)
        await press(pilot, "a")
        assert isinstance(app.screen, GiveReason)
        await press(pilot, "enter")
        assert "Say in a line why" in words(app, "#problem")
        assert argued.decisions.all() == []
        app.screen.query_one("#text", Input).value = HOSTILE
        await press(pilot, "enter")
        decision = argued.decisions.all()[0]
        assert (decision.outcome, decision.text) == (Outcome.A, HOSTILE)
        await pilot.press("v")  # show what was settled too
        screen = app.screen
        assert isinstance(screen, WalkScreen)
        screen.go_to(next(item for item in screen.walk.agenda.items if screen.walk.agenda.decision_on(item)))
        await pilot.pause()
        assert "as anna read it" in words(app, "#decision")
        assert "[lacht] [b] nee" in screen_text(app)


async def test_one_outcome_for_a_whole_group_after_looking(workbench: Make, argued: Project) -> None:
    async with opened(workbench(argued), size=(120, 40)) as (app, pilot):
        await walking(app, pilot)
        await pilot.press("asterisk")
        assert "settles all 2 of this group" in words(app, "#heading")
        await press(pilot, "o")
        assert isinstance(app.screen, GiveReason)  # a group always asks first
        assert "2 differences at once" in str(app.screen.query(Static).first().content)
        await press(pilot, "enter")
        assert len(argued.decisions.all()) == 2
        assert "2 differences to go" in words(app, "#heading")
        await pilot.press("u")  # one act, one undo
        await pilot.pause()
        assert argued.decisions.all() == []
        assert "4 differences to go" in words(app, "#heading")
        await press(pilot, "ctrl+r")
        assert len(argued.decisions.all()) == 2


async def test_new_edges_word_by_word(workbench: Make, argued: Project) -> None:
    async with opened(workbench(argued), size=(120, 40)) as (app, pilot):
        screen = await walking(app, pilot)
        item = next(i for i in screen.walk.agenda.items if i.difference.kind == "edges")
        screen.go_to(item)
        await press(pilot, "e")
        assert isinstance(app.screen, ChooseEdges)
        await press(pilot, "right", "down", "enter")
        stands = consensus(argued)[0]
        assert item.transcript.text[stands.start : stands.end] == "Toen belde"
        assert stands.code_id == argued.codebook.get("meta").id


async def test_another_code(workbench: Make, argued: Project) -> None:
    async with opened(workbench(argued), size=(120, 40)) as (app, pilot):
        await walking(app, pilot)
        await press(pilot, "c")
        await press(pilot, *"Mp", "enter")
        assert [c.code_id for c in consensus(argued)] == [argued.codebook.get("meta").id]


async def test_agreeing_to_differ_leaves_two_readings(workbench: Make, argued: Project) -> None:
    async with opened(workbench(argued), size=(120, 40)) as (app, pilot):
        await walking(app, pilot)
        await press(pilot, "d")
        app.screen.query_one("#text", Input).value = "wij kijken anders"
        await press(pilot, "enter")
        assert argued.decisions.all()[0].outcome is Outcome.DIFFER
        assert consensus(argued) == []
        assert len(argued.codings.all(coder=argued.coders.get("anna"))) == 4  # the originals stay


async def test_each_writes_a_line_before_seeing_the_others(workbench: Make, argued: Project) -> None:
    app = workbench(argued)
    argued.pins.set(argued.coders.get("bram"), "2468")
    async with app.run_test(size=(120, 40)) as pilot:
        await walking(app, pilot)
        await pilot.press("W")  # bram writes first, on this laptop, under his PIN
        await pilot.pause()
        assert isinstance(app.screen, AskPin)
        await press(pilot, *"1111", "enter")
        assert isinstance(app.screen, WalkScreen)  # refused
        await press(pilot, "W", *"2468", "enter")
        await press(pilot, *"geheim", "enter")
        assert "geheim" not in words(app, "#reason-b")
        assert "you will see it when you have written yours" in words(app, "#reason-b")
        await press(pilot, "w", *"lucht", "enter")
        assert "“lucht”" in words(app, "#reason-a")
        assert "“geheim”" in words(app, "#reason-b")
        assert argued.coder == argued.coders.get("anna")  # still the one at work


async def test_that_can_be_switched_off(workbench: Make, argued: Project) -> None:
    argued.settings.set("own_reasons", False)
    async with opened(workbench(argued), size=(120, 40)) as (app, pilot):
        await walking(app, pilot)
        await press(pilot, "W", *"meteen", "enter")
        assert "“meteen”" in words(app, "#reason-b")


async def test_reopening_takes_the_layer_back_and_keeps_both_states(workbench: Make, argued: Project) -> None:
    async with opened(workbench(argued), size=(120, 40)) as (app, pilot):
        screen = await walking(app, pilot)
        first = screen.walk.at
        await pilot.press("o", "v")
        screen.go_to(first)
        await press(pilot, "R")
        await press(pilot, *"toch", "space", *"niet", "enter")
        assert consensus(argued) == []
        assert argued.decisions.all() == []
        assert len(argued.decisions.all(reopened=True)) == 1
        assert "4 differences to go" in words(app, "#heading")


async def test_sharpening_a_code_from_the_card_leads_back_to_the_decisions(
    workbench: Make, argued: Project
) -> None:
    async with opened(workbench(argued), size=(120, 40), notifications=True) as (app, pilot):
        screen = await walking(app, pilot)
        first = screen.walk.at
        await pilot.press("o", "v")
        screen.go_to(first)
        before = argued.codebook.get("ontlasten").definition
        await press(pilot, "f")
        assert isinstance(app.screen, MendMeaning)
        app.screen.query_one(TextArea).text = "breath returns"
        await press(pilot, "ctrl+s")
        code = argued.codebook.get("ontlasten")
        assert code.definition == Bilingual(before.nl, "breath returns")  # in the language spoken
        assert argued.code_history.decisions_behind(code) == [argued.decisions.all()[0].id]
        assert isinstance(app.screen, OlderCodings)  # what it touches is looked at again at once
        assert "Dat gaf lucht." in screen_text(app)
        await press(pilot, "escape")
        assert "breath returns" in words(app, "#meanings")
        await press(pilot, "ctrl+e")
        assert isinstance(app.screen, CodeForm)
        app.screen.query_one("#use-en").text = "when breath returns"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s", "escape")
        assert argued.codebook.get("ontlasten").use.en == "when breath returns"


async def test_codings_made_under_older_words_are_said_to_hold(workbench: Make, argued: Project) -> None:
    code = argued.codebook.get("ontlasten")
    argued.codebook.change(replace(code, use=Bilingual("bij lucht", "when breath returns")))

    def waiting() -> int:
        return len(argued.code_history.coded_before(code))

    async with opened(workbench(argued), size=(120, 44)) as (app, pilot):
        screen = await walking(app, pilot)
        screen.go_to(next(item for item in screen.walk.rows if code.id in item.difference.codes))
        n = waiting()
        assert n > 1
        await press(pilot, "F", "h")
        assert waiting() == n - 1
        await press(pilot, "escape", "H")
        assert waiting() == 0
        await press(pilot, "u", "u")
        assert waiting() == n


async def test_the_balance_is_a_question(workbench: Make, argued: Project) -> None:
    first = argued.transcripts.get("casus-01-leraar")
    for said in ("Met een stoel", "eigenlijk", "lucht", "even kijken", "acht weken"):
        code_words(argued, first, said, "meta", "anna")
    async with opened(workbench(argued), size=(120, 44)) as (app, pilot):
        screen = await walking(app, pilot)
        for _n in range(5):
            screen.walk.settle([screen.walk.at], Outcome.A, text="zo")
        screen.show_all()
        await pilot.pause()
        await press(pilot, "equals_sign")
        assert "as anna read it 5" in words(app, "#balance")
        assert words(app, "#balance").endswith("Does that fit how you both look at it?")


async def test_an_auditor_reads_along_and_may_reopen(workbench: Make, argued: Project) -> None:
    async with opened(workbench(argued), size=(120, 40), notifications=True) as (app, pilot):
        screen = await walking(app, pilot)
        first = screen.walk.at
        await press(pilot, "o", "escape")
        assert app.session is not None
        app.session.switch_coder(argued.coders.add("vera", CoderKind.AUDITOR))
        screen = await walking(app, pilot)
        await press(pilot, "n")
        assert len(argued.decisions.all()) == 1
        assert any("auditor reads along" in note.message for note in app._notifications)
        await pilot.press("v")
        screen.go_to(next(item for item in screen.walk.agenda.items if item.key == first.key))
        await press(pilot, "R", *"waarom", "enter")
        assert argued.decisions.all() == []


async def test_agreed_passages_go_into_the_shared_layer(workbench: Make, argued: Project) -> None:
    async with opened(workbench(argued), size=(120, 40)) as (app, pilot):
        await walking(app, pilot)
        await press(pilot, "equals_sign")
        assert "+ keeps 1 agreed passage" in words(app, "#heading")
        await press(pilot, "plus")
        assert len(consensus(argued)) == 1
        assert "agreed passage" not in words(app, "#heading")


async def test_when_all_is_settled_it_says_so_and_no_key_fails(workbench: Make, argued: Project) -> None:
    async with opened(workbench(argued), size=(120, 40)) as (app, pilot):
        await walking(app, pilot)
        await press(pilot, "n", "n", "n", "n")
        assert "Every difference is settled" in words(app, "#empty")
        await press(pilot, *"abonedlwWRfFts", "asterisk", "c", "equals_sign", "v")


async def test_enter_goes_to_the_passage_in_its_interview(workbench: Make, argued: Project) -> None:
    async with opened(workbench(argued), size=(120, 40)) as (app, pilot):
        await walking(app, pilot)
        await press(pilot, "enter")
        await pilot.pause()
        assert isinstance(app.screen, CodeScreen)
        assert app.screen.panes.reader.selection is not None


@pytest.mark.parametrize("size", [(20, 6), (80, 24)], ids=str)
async def test_hostile_words_and_small_screens(
    workbench: Make, argued: Project, size: tuple[int, int]
) -> None:
    code = argued.codebook.get("ontlasten")
    text = Bilingual(HOSTILE, HOSTILE)
    argued.codebook.change(
        Code(code.id, code.slug, text, text, text, text, text, mnemonic="[]", position=code.position)
    )
    async with opened(workbench(argued), size=size) as (app, pilot):
        await walking(app, pilot)
        await press(pilot, "w", *"[b]", "enter")
        if size[0] >= 80:
            assert "[lacht] [b] nee" in screen_text(app)
        await pilot.resize_terminal(size[1] + 20, size[0] + 10)
        await pilot.press("a", "escape", "e", "escape", "c", "escape", "f", "escape", "s", "v")


async def test_picture_of_the_walk(workbench: Make, argued: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(workbench(argued)) as (app, pilot):
        await walking(app, pilot)
        await press(pilot, "w", *"zij", "space", *"droeg", "enter")
        compare_with_golden("walk", app.export_screenshot())


async def test_where_both_said_what_they_saw_one_key_settles(workbench: Make, argued: Project) -> None:
    async with opened(workbench(argued), size=(120, 40)) as (app, pilot):
        screen = await walking(app, pilot)
        await press(pilot, "a")
        assert isinstance(
            app.screen, GiveReason
        )  # nobody wrote anything: the one who gives way is owed a reason
        await press(pilot, "escape", "w", *"lucht", "enter", "W", *"stoel", "enter")
        assert screen.walk.at is not None
        await press(pilot, "a")
        assert isinstance(app.screen, WalkScreen)
        (decision,) = argued.decisions.all()
        assert (decision.outcome, decision.text) == (Outcome.A, "anna: lucht · bram: stoel")


async def test_a_difference_is_left_open_by_going_on(workbench: Make, argued: Project) -> None:
    async with opened(workbench(argued), size=(80, 24)) as (app, pilot):
        screen = await walking(app, pilot)
        first = screen.walk.at
        await press(pilot, "down", "down", "down", "down", "down")
        assert screen.walk.at is screen.walk.rows[-1]
        await press(pilot, "up", "up", "up", "up")
        assert screen.walk.at is first
        assert argued.decisions.all() == []


async def test_it_ends_in_the_five_questions_of_the_round(workbench: Make, argued: Project) -> None:
    first = argued.transcripts.get("casus-01-leraar")
    one = argued.rounds.start([first], [argued.coders.get(name) for name in ("anna", "bram")], "")
    for name in ("anna", "bram"):
        argued.progress.mark(first, argued.coders.get(name))
    argued.rounds.close(one)
    async with opened(workbench(argued), size=(120, 40)) as (app, pilot):
        await walking(app, pilot)
        await press(pilot, "n", "n", "n", "n")
        assert isinstance(app.screen, LookBack)
        await press(pilot, *"samen", "escape")
        assert [answer.text for answer in argued.reflections.of(one)] == ["samen"]
        assert "Every difference is settled" in words(app, "#empty")
