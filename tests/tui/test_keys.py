"""The registry of actions and keys of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.binding import Binding

from qualcode.errors import InputError
from qualcode.store.project import Project
from qualcode.tui.actions import ACTIONS, action, bindings, grouped, keys_page
from qualcode.tui.app import Workbench
from qualcode.tui.checklist.screen import ChecklistScreen
from qualcode.tui.coding.screen import CodeScreen
from qualcode.tui.common.step import StepScreen
from qualcode.tui.comparing.agreement import AgreementScreen
from qualcode.tui.comparing.screen import CompareScreen
from qualcode.tui.comparing.walk_screen import WalkScreen
from qualcode.tui.exporting.screen import ExportScreen
from qualcode.tui.keymap import is_key, keymap_problems, meet, read_keymap
from qualcode.tui.preferences import Preferences
from qualcode.tui.project.start import StartScreen
from qualcode.tui.ranking.screen import RankScreen
from qualcode.tui.reader import Reader
from qualcode.tui.searching.screen import SearchScreen
from qualcode.tui.steps import load
from qualcode.tui.themes.matrices import MatrixScreen, VoicesScreen
from qualcode.tui.themes.screen import ThemesScreen
from qualcode.tui.transcripts.cases import CasesScreen
from qualcode.tui.transcripts.names_review import NamesReview
from qualcode.tui.transcripts.parts import PartsScreen
from qualcode.tui.transcripts.screen import TranscriptsScreen
from qualcode.tui.transcripts.speakers_table import SpeakersTable
from qualcode.tui.transcripts.survey_table import SurveyTable

from .desk import opened

WHERE = {
    "app": Workbench,
    "step": StepScreen,
    "start": StartScreen,
    "transcripts": TranscriptsScreen,
    "names": NamesReview,
    "who": SpeakersTable,
    "survey": SurveyTable,
    "parts": PartsScreen,
    "cases": CasesScreen,
    "code": CodeScreen,
    "compare": CompareScreen,
    "agreement": AgreementScreen,
    "walk": WalkScreen,
    "themes": ThemesScreen,
    "matrix": MatrixScreen,
    "voices": VoicesScreen,
    "rank": RankScreen,
    "checklist": ChecklistScreen,
    "export": ExportScreen,
    "search": SearchScreen,
    "reader": Reader,
    "codebook": CodeScreen,
}
# Escape does both on purpose: the reader lets it through when nothing is marked
SHARED_ON_PURPOSE = {("escape", "reader.clear", "code.clear_hits")}


@pytest.mark.parametrize("act", ACTIONS, ids=lambda act: act.id)
def test_every_action_exists_where_it_applies_and_has_keys_and_words(act: object) -> None:
    assert hasattr(act, "call")
    name = act.call.partition("(")[0]
    if act.part:
        doer = load(WHERE[act.where].PARTS[act.part])  # type: ignore[attr-defined]
        assert callable(getattr(doer, name.removeprefix(f"{act.part}.")))
    else:
        assert callable(getattr(WHERE[act.where], f"action_{name}"))
    assert act.does
    assert act.hint
    assert all(is_key(key) for key in act.keys.split(","))


def test_no_two_actions_share_an_id_or_a_key_at_the_same_moment() -> None:
    assert len({act.id for act in ACTIONS}) == len(ACTIONS)
    holders: dict[str, list[str]] = {}
    for act in ACTIONS:
        for key in act.keys.split(","):
            holders.setdefault(key, []).append(act.id)
    clashes = {
        (key, one, other)
        for key, ids in holders.items()
        for n, one in enumerate(ids)
        for other in ids[n + 1 :]
        if meet(action(one).where, action(other).where) and not _apart(one, other)
    }
    assert clashes == SHARED_ON_PURPOSE


def _apart(one: str, other: str) -> bool:
    """The reader has the focus on the coding screen only; the start screen is no step."""
    places = {one.partition(".")[0], other.partition(".")[0]}
    return (
        "reader" in places and bool(places & (WHERE.keys() - {"app", "step", "code", "reader"}))
    ) or places == {
        "start",
        "step",
    }


def test_no_action_depends_on_keys_that_terminals_lose() -> None:
    for act in ACTIONS:
        lost = [key for key in act.keys.split(",") if key.startswith(("shift+", "alt+", "ctrl+shift+"))]
        kept = set(act.keys.split(",")) - set(lost) - {"ctrl+m", "ctrl+i", "ctrl+h", "f5", "f11"}
        assert kept or act.where == "reader", act.id


def test_bindings_carry_their_ids_so_that_a_keymap_reaches_them() -> None:
    made = [binding for binding in bindings("code") if isinstance(binding, Binding)]
    assert {binding.id for binding in made if binding.id} == {
        act.id for act in ACTIONS if act.where == "code" and not act.counted
    }
    assert sum(binding.action.startswith("do('code.slot', ") for binding in made) == 9


def test_the_page_of_keys_names_every_action_in_both_languages() -> None:
    for language in ("nl", "en"):
        page = keys_page(language)
        assert all(f"`{act.id}`" in page for act in ACTIONS)
    assert page.count("\n## ") == len(grouped(ACTIONS))


def test_the_docs_have_the_page_of_keys_as_it_is() -> None:
    page = Path(__file__).parents[2] / "docs" / "keys.md"
    assert page.read_text(encoding="utf-8") == keys_page("en"), (
        "write docs/keys.md anew with qualcode.tui.actions.keys_page"
    )


def test_a_good_keymap_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('"code.pick" = "z,ctrl+k"\n"app.help" = "?"\n', encoding="utf-8")
    assert read_keymap(path, ACTIONS) == {"code.pick": "z,ctrl+k", "app.help": "question_mark"}
    assert read_keymap(tmp_path / "none.toml", ACTIONS) == {}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('"code.pikc" = "z"', "no act “code.pikc”"),
        ('"code.slot" = "z"', "no act “code.slot”"),
        ('"code.pick" = "hyper+z"', "no key “hyper+z”"),
        ('"code.pick" = "ctrl+K"', "no key “ctrl+K”"),
        ('"code.pick" = "pagedwon"', "no key “pagedwon”"),
        ('"code.pick" = 3', 'as "key,key"'),
        ('"code.pick" = ""', 'as "key,key"'),
        ('"code.pick" = "u"', "belongs to “step.undo”"),
        ('"code.pick" = "s"', "belongs to “reader.sentence”"),
    ],
)
def test_a_wrong_keymap_is_refused_with_its_line(tmp_path: Path, line: str, complaint: str) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(f"# my keys\n\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_keymap(path, ACTIONS)
    assert "line 3: " in str(refused.value)
    assert complaint in str(refused.value)


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "keys.toml").write_text("code.pick -> z", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        read_keymap(tmp_path / "keys.toml", ACTIONS)


def test_two_acts_may_change_places() -> None:
    assert keymap_problems({"code.memo": "d", "code.done": "m"}, list(ACTIONS)) == []
    assert keymap_problems({"code.memo": "d"}, list(ACTIONS)) != []


async def test_keys_of_ones_own_work_and_show_in_the_footer(settings_folder: Path, study: Project) -> None:
    (settings_folder / "keys.toml").write_text('"code.done" = "z"\n', encoding="utf-8")
    app = Workbench(study, Preferences(seen=["code"]))
    async with app.run_test(size=(120, 36)) as pilot:
        transcript = app.session.transcript  # type: ignore[union-attr]
        await pilot.press("d")
        assert app.session is not None
        assert transcript.id not in app.session.done  # type: ignore[union-attr]
        await pilot.press("z")
        assert transcript.id in app.session.done  # type: ignore[union-attr]
        assert " z done " in str(app.screen.query_one("#hint-bar").render())


async def test_a_wrong_keymap_is_said_and_the_usual_keys_work(settings_folder: Path, study: Project) -> None:
    (settings_folder / "keys.toml").write_text('"code.done" = "u"\n', encoding="utf-8")
    app = Workbench(study, Preferences(seen=["code"]))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.pause()
        assert any("line 1" in note.message for note in app._notifications)
        await pilot.press("d")
        assert app.session is not None
        assert len(app.session.done) == 2


async def test_every_hint_can_be_clicked(workbench: Callable[[Project], Workbench], study: Project) -> None:
    async with opened(workbench(study)) as (app, pilot):
        bar = app.screen.query_one("#hint-bar")
        column = bar.column_of("screen.do('reader.sentence')")  # type: ignore[attr-defined]
        await pilot.click(bar, offset=(column + 1, 0))
        assert app.screen.query_one(Reader).selection is not None
