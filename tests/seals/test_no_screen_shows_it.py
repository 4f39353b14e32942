"""Every screen, many windows and the Python door over a sealed round: the same as if the other had done nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import qualcode
from qualcode.errors import SealedError
from qualcode.store.project import Project, open_project
from qualcode.tui.app import Workbench
from qualcode.tui.preferences import Preferences
from tests.seals.two_worlds import OPEN, SEALED, SECRET, Worlds, make_worlds, plain

# keys pressed one after another; each row is one way through the workbench
STEPS = ("transcripts", "code", "compare", "themes", "rank", "checklist", "export")
# on each step: ways into its windows, each left again by Esc
WINDOWS: dict[str, list[list[str]]] = {
    "transcripts": [["c"], ["f"], ["s"], ["e"]],
    "code": [["O"], ["M"], ["@"], ["S"], ["]", "]", ")"], ["?"]],
    "compare": [["m"], ["w"], ["v"], ["t"], ["}"], ["n"]],
    "themes": [["f6", "enter"], ["f7"], ["down", "down"]],
    "rank": [["c"], ["r"]],
    "checklist": [["e"]],
    "export": [["v"], ["down", "v"]],
}


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return make_worlds(tmp_path_factory.mktemp("worlds"))


@pytest.fixture(autouse=True)
def settings_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qualcode.tui.preferences.config_folder", lambda: tmp_path)
    monkeypatch.setattr("qualcode.tui.app.config_folder", lambda: tmp_path)


def copy_of(file: Path, folder: Path) -> Path:
    folder.mkdir(parents=True)
    return Path(shutil.copyfile(file, folder / "study.qualcode"))


def drawn(app: Workbench) -> str:
    """What stands on the screen, line by line."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def shown(file: Path, who: str, interview: str, ways: list[list[str]]) -> list[str]:
    """What stands on the screen at the end of each way."""
    shown = []
    with open_project(file, who) as project:
        app = Workbench(project, Preferences(seen=["code", "tour"]))
        async with app.run_test(size=(150, 50)) as pilot:
            assert app.session is not None
            app.session.transcript = project.transcripts.get(interview)
            for keys in ways:
                await pilot.press(*keys)
                await app.workers.wait_for_complete()
                await pilot.pause()
                shown.append(drawn(app))
                if keys[0] != "ctrl+o":
                    await pilot.press("escape")
    return shown


async def seen(file: Path, interview: str, ways: list[list[str]], folder: Path) -> list[str]:
    """What anna is shown, without what differs between any two runs."""
    return [plain(screen, folder) for screen in await shown(file, "anna", interview, ways)]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("interview", [OPEN, SEALED[0]])
async def test_no_screen_shows_what_is_sealed(
    step: str, interview: str, worlds: Worlds, tmp_path: Path
) -> None:
    ways = [["ctrl+o", str(1 + STEPS.index(step))], *WINDOWS[step]]
    without = await seen(copy_of(worlds.without, tmp_path / "a"), interview, ways, tmp_path / "a")
    with_work = await seen(copy_of(worlds.with_work, tmp_path / "b"), interview, ways, tmp_path / "b")
    assert SECRET not in "".join(with_work)
    for keys, here, there in zip(ways, without, with_work, strict=True):
        assert here == there, keys


async def test_the_logbook_and_search_tell_no_word_of_it(worlds: Worlds, tmp_path: Path) -> None:
    ways = [["U"], ["ctrl+f", *"weken", "enter"], ["f6", "enter"]]
    (*_, found) = shown = await seen(copy_of(worlds.with_work, tmp_path / "b"), SEALED[0], ways, tmp_path)
    assert "bram coded a fragment" in shown[0]
    assert "acht weken" in found
    assert SECRET not in "".join(shown)


def told(project: Project) -> str:
    """All that the Python door tells."""
    found: list[object] = [
        project.codings.all(),
        project.codings.records(),
        project.codings.counts(),
        project.memos.all(),
        project.ratings.all(),
        [project.rankings.orders(one) for one in project.rankings.all()],
        project.themes.quotes(),
        project.code_history.coded_before(project.codebook.get("tijd")),
        project.decisions.all(),
        project.rounds.freezes(),
        [project.memos.of("code", code.id) for code in project.codebook.all()],
    ]
    return plain(repr(found))


@pytest.mark.parametrize("who", ["anna", None])
def test_the_python_door_shows_nothing_sealed(who: str | None, worlds: Worlds) -> None:
    with qualcode.open(worlds.without, who) as without, qualcode.open(worlds.with_work, who) as with_work:
        assert told(with_work) == told(without)
        with pytest.raises(SealedError):
            qualcode.measure(with_work, everything=True)


def test_the_other_sees_their_own_work(worlds: Worlds) -> None:
    with qualcode.open(worlds.with_work, "bram") as project:
        assert len(project.codings.all(coder=project.coders.get("bram"))) == 3
        assert len([memo for memo in project.memos.all() if SECRET in memo.text]) == 5
        assert project.ratings.all(coder=project.coders.get("bram"))[0].note == SECRET
