"""Work on the codebook from its pane: make, edit, colour, place, merge, split, retire, look back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.widgets import Input, SelectionList, Static, TextArea

from qualcode.model import Code
from qualcode.store.project import Project
from qualcode.text.code_marks import HUES
from qualcode.tui.app import Workbench
from qualcode.tui.common.codes import CodeTree
from qualcode.tui.common.dialog import TextPage
from qualcode.tui.reader import Reader

from .desk import opened, press

Make = Callable[[Project | None], Workbench]


def tree(app: Workbench) -> CodeTree:
    return app.screen.query_one(CodeTree)


def code(project: Project, slug: str) -> Code:
    return project.codebook.get(slug)


async def at_code(app: Workbench, pilot: object, slug: str) -> None:
    """Put the focus on the tree and its cursor on a code."""
    tree(app).focus()
    tree(app).point_at(code(app.session.project, slug))  # type: ignore[union-attr]
    await pilot.pause()  # type: ignore[attr-defined]
    await pilot.pause()  # type: ignore[attr-defined]
    assert tree(app).chosen is not None
    assert tree(app).chosen.slug == slug  # type: ignore[union-attr]


async def test_a_code_is_made_beside_or_under_another_and_undone(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await at_code(app, pilot, "meta")
        await press(pilot, "n", *"Geduld", "enter")
        assert code(study, "geduld").parent_id is None
        assert tree(app).chosen.slug == "geduld"  # type: ignore[union-attr]
        await press(pilot, "N", *"Wachten", "enter")
        assert code(study, "wachten").parent_id == code(study, "geduld").id
        await pilot.press("u")
        assert study.codebook.find("wachten") is None


async def test_a_name_that_is_taken_is_refused_in_words(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), notifications=True) as (app, pilot):
        await at_code(app, pilot, "meta")
        await press(pilot, "n", *"Ontlasten", "enter")
        assert any("already" in note.message for note in app._notifications)
        assert len(study.codebook.all()) == 4


async def test_everything_about_a_code_is_changed_in_a_form(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await at_code(app, pilot, "tijd")
        await press(pilot, "e")
        app.screen.query_one("#name-nl", Input).value = "  Besef van  tijd "
        app.screen.query_one("#use-nl", TextArea).text = "Bij haast [en] geduld."
        app.screen.query_one("#mnemonic", Input).value = "toolong"
        await pilot.press("ctrl+s")
        assert "two letters" in str(app.screen.query_one("#problem", Static).render())
        app.screen.query_one("#mnemonic", Input).value = "Bt"
        await press(pilot, "ctrl+s")
        changed = code(study, "tijd")
        assert (changed.name.nl, changed.use.nl, changed.mnemonic) == (
            "Besef van tijd",
            "Bij haast [en] geduld.",
            "Bt",
        )
        assert changed.name.en == "Notion of time"
        await pilot.press("u")
        assert code(study, "tijd").name.nl == "Notie van tijd"


async def test_a_code_gets_another_of_the_seven_hues(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await at_code(app, pilot, "tijd")
        await press(pilot, "o", "6")
        assert code(study, "tijd").colour == HUES[5]


async def test_codes_move_nest_and_come_out_by_keys(workbench: Make, study: Project) -> None:
    def order() -> list[str]:
        return [each.slug for each in study.codebook.all()]

    async with opened(workbench(study)) as (app, pilot):
        assert order() == ["tijd", "snel", "meta", "ontlasten"]
        await at_code(app, pilot, "ontlasten")
        await press(pilot, "K")
        assert order() == ["tijd", "snel", "ontlasten", "meta"]
        await press(pilot, "L")
        assert code(study, "ontlasten").parent_id == code(study, "tijd").id
        assert tree(app).chosen.slug == "ontlasten"  # type: ignore[union-attr]
        await press(pilot, "H")
        assert code(study, "ontlasten").parent_id is None
        await press(pilot, "p", *"meta", "enter")
        assert code(study, "ontlasten").parent_id == code(study, "meta").id


async def test_a_code_cannot_be_put_under_itself(workbench: Make, study: Project) -> None:
    async with opened(workbench(study), notifications=True) as (app, pilot):
        await at_code(app, pilot, "tijd")
        await press(pilot, "p", *"snel", "enter")
        assert any("under itself" in note.message for note in app._notifications)
        assert code(study, "tijd").parent_id is None


async def test_a_code_is_dragged_onto_another_and_the_click_codes_nothing(
    workbench: Make, study: Project
) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await pilot.press("N")
        rows = [node.data.slug for node in tree(app).root.children if node.data]
        assert rows == ["tijd", "meta", "ontlasten"]  # snel stands on the line between
        await pilot.mouse_down(tree(app), offset=(8, 3))
        await pilot.hover(tree(app), offset=(8, 2))
        await pilot.mouse_up(tree(app), offset=(8, 2))
        await pilot.pause()
        assert code(study, "ontlasten").parent_id == code(study, "meta").id
        assert len(study.codings.all(coder=study.coders.get("anna"))) == 2


async def test_merging_takes_codings_along(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await at_code(app, pilot, "ontlasten")
        await press(pilot, "ampersand", *"meta", "enter")
        assert study.codings.counts()[code(study, "meta").id] == 2
        assert code(study, "ontlasten").retired
        await pilot.press("u")
        assert not code(study, "ontlasten").retired


async def test_splitting_gives_ticked_fragments_to_a_new_code(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await at_code(app, pilot, "ontlasten")
        await press(pilot, "vertical_line")
        app.screen.query_one(Input).value = "Alleen staan"
        await pilot.press("enter")
        assert "tick" in str(app.screen.query_one("#problem", Static).render())
        app.screen.query_one(SelectionList).select_all()
        await press(pilot, "enter")
        made = code(study, "alleen-staan")
        assert made.parent_id == code(study, "ontlasten").id
        assert study.codings.counts(study.coders.get("anna"))[made.id] == 1


async def test_a_used_code_retires_and_an_unused_one_goes_away(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await at_code(app, pilot, "ontlasten")
        await press(pilot, "x")
        assert code(study, "ontlasten").retired
        assert "ontlasten" not in {node.data.slug for node in tree(app).all_nodes() if node.data}
        await pilot.press("X")
        await at_code(app, pilot, "ontlasten")
        await press(pilot, "x")
        assert not code(study, "ontlasten").retired
        await at_code(app, pilot, "meta")
        await press(pilot, "x")
        assert study.codebook.find("meta") is None
        await pilot.press("u")
        assert study.codebook.find("meta") is not None


async def test_versions_and_counts_are_told(workbench: Make, study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await at_code(app, pilot, "tijd")
        await press(pilot, "v")
        assert isinstance(app.screen, TextPage)
        told = str(app.screen.query_one("#page Static", Static).render())
        assert "anna" in told
        assert "Over geduld en haast." in told
        await press(pilot, "escape", "t")
        counted = str(app.screen.query_one("#page Static", Static).render())
        assert "2 codings" in counted
        assert "bram" in counted
        assert "Case 01" in counted


async def test_the_keys_of_the_pane_walk_along_the_codings_of_its_code(
    workbench: Make, study: Project
) -> None:
    async with opened(workbench(study)) as (app, pilot):
        await at_code(app, pilot, "ontlasten")
        await press(pilot, "right_square_bracket")
        reader = app.screen.query_one("#reader", Reader)
        assert reader.transcript.name == "casus-01-leraar"
        assert reader.selection is not None
        assert reader.selection.of(reader.transcript.text) == "Ik stond er alleen voor."


@pytest.mark.parametrize("key", ["N", "e", "o", "p", "ampersand", "x", "v", "t", "K", "L", "H"])
async def test_without_a_code_under_the_cursor_a_key_says_what_to_do(
    workbench: Make, study: Project, key: str
) -> None:
    for each in study.codebook.all():
        study.codebook.change(Code(**{**_fields(each), "retired": True}))
    async with opened(workbench(study), notifications=True) as (app, pilot):
        tree(app).focus()
        await press(pilot, key)
        assert any("codebook" in note.message for note in app._notifications)


def _fields(one: Code) -> dict[str, object]:
    return {name: getattr(one, name) for name in Code.__slots__}
