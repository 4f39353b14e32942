"""Taking interviews in at the screen: names are decided on before anything is stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Select, Static, TextArea

from qualcode.errors import StoppedError
from qualcode.model import Role
from qualcode.pseudonyms import keyfile
from qualcode.pseudonyms.proposals import NameKind
from qualcode.pseudonyms.review import NameChoice as Decided
from qualcode.store.file.check import problems
from qualcode.store.project import Project, create_project
from qualcode.store.records.pseudonyms import NameState
from qualcode.tasks.exporting.documents import KINDS
from qualcode.tui.app import Workbench
from qualcode.tui.common.dialog import Choose
from qualcode.tui.common.files import ChooseFile
from qualcode.tui.common.working import Working, working
from qualcode.tui.exporting.screen import ExportScreen
from qualcode.tui.transcripts.names_review import NamesReview
from qualcode.tui.transcripts.screen import TranscriptsScreen
from qualcode.tui.transcripts.taking_in import AskHowToTakeIn, Names

from .desk import opened, press
from .test_looks import screen_text

Make = Callable[[Project | None], Workbench]

INTERVIEW = """I: Hoe begon het met Emma?
Marieke: Emma de Vries zit bij mij in groep 5. Emma's moeder, Fatma El Idrissi, belt vaak. [lacht] [b]ja[/]
I: En Yusuf?
Marieke: Yusuf zit op voetbal in Zeist. Roos viel om in de klas.
"""
SECOND = "I: Hoe ging het met Yusuf?\nR: Met Yusuf ging het goed. Emma miste hem, en Daan ook.\n"
ORIGINALS = ("Emma", "Vries", "Marieke", "Fatma", "Yusuf", "Zeist", "Daan")
PASSPHRASE = "een korte zin"


@pytest.fixture(autouse=True)
def cheap_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key file's cost is for thieves, not for tests."""
    monkeypatch.setattr(keyfile.write_key, "__kwdefaults__", {"cost": 2**4})


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "interview-Emma-leraar.txt").write_text(INTERVIEW, encoding="utf-8")
    (folder / "tweede.txt").write_text(SECOND, encoding="utf-8")
    return folder


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "empty.qualcode") as made:
        made.coder = made.coders.add("anna")
        yield made


def traces(folder: Path) -> set[str]:
    """The original words that stand in any file outside the folder `in`."""
    return {
        word
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name != "in"
        for word in ORIGINALS
        if re.search(rb"(?<![a-z])" + word.encode(), path.read_bytes())
        or word.encode("utf-16-le") in path.read_bytes()
    }


async def until(pilot: Pilot[Any], kind: type[Screen[Any]]) -> None:
    """Wait for a window or screen of that kind; for the transcripts, until nothing more is going on there."""
    for _turn in range(1000):
        await pilot.pause(0.01)
        busy = any(worker.group == "intake" and worker.is_running for worker in pilot.app.workers)
        if type(pilot.app.screen) is kind and not (busy and kind is TranscriptsScreen):
            await pilot.pause()
            return
    raise AssertionError(f"still at {pilot.app.screen}")


async def choose(
    pilot: Pilot[Any], folder: Path, fill: Callable[[Screen[Any]], None] = lambda screen: None
) -> None:
    """Choose all files of a folder, fill in the form, and go on."""
    await pilot.press("a")
    pilot.app.screen.query_one("#path", Input).value = f"{folder}/"
    await pilot.pause()
    await pilot.press("down", "a", "enter")
    await until(pilot, AskHowToTakeIn)
    fill(pilot.app.screen)
    await pilot.press("ctrl+s")


def states(project: Project) -> dict[str, NameState]:
    found = project.names.states()
    return {one.name: found[one.id] for one in project.transcripts.all() if one.id in found}


async def test_names_are_decided_on_and_only_pseudonyms_are_stored(
    workbench: Make, empty: Project, files: Path, tmp_path: Path
) -> None:
    async with opened(workbench(empty), size=(110, 34)) as (app, pilot):
        await choose(pilot, files)
        await until(pilot, NamesReview)
        assert "Names in interview-Emma-leraar.txt (1 / 2)" in screen_text(app)
        assert "[lacht] [b]ja[/]" in screen_text(app)  # a user's words are never markup
        await pilot.press("A", "f")
        await until(pilot, NamesReview)
        review = app.screen.review
        decided = {group.name: group.choice for group in review.groups}
        assert decided["Yusuf"] is decided["Emma"] is Decided.REPLACE  # equal words are decided once
        assert decided["Daan"] is Decided.OPEN
        await pilot.press("A", "f")
        await until(pilot, TranscriptsScreen)
        assert "looked at" in screen_text(app)
        assert traces(tmp_path) == set()
        await pilot.press("u")
        assert empty.transcripts.all() == []
        await pilot.press("ctrl+r")
    first, second = sorted(empty.transcripts.all(), key=lambda one: one.name)
    assert first.name == "interview-[leerling-1]-leraar"
    assert "[leerling-1] miste hem" in second.text
    assert set(states(empty).values()) == {NameState.REVIEWED}
    assert traces(tmp_path) == set()


async def test_a_file_without_names_is_not_asked_about(
    workbench: Make, empty: Project, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "casus-01-leraar.txt").write_text("I: Hoe ging het?\nR: goed hoor, met [leerling-1].\n")
    async with opened(workbench(empty), size=(110, 34)) as (app, pilot):
        await choose(pilot, folder)
        await until(pilot, TranscriptsScreen)
        assert app.session is not None
        assert app.session.transcript is not None
        assert app.session.transcript.informant == Role.TEACHER
    assert [one.name for one in empty.transcripts.all()] == ["casus-01-leraar"]


async def test_every_kind_of_name_has_its_key(workbench: Make, empty: Project, files: Path) -> None:
    (files / "tweede.txt").unlink()
    async with opened(workbench(empty), size=(80, 30)) as (app, pilot):
        await choose(pilot, files)
        await until(pilot, NamesReview)
        group = app.screen.group
        await pilot.press("t")
        await until(pilot, Choose)
        await pilot.press("b")
        await until(pilot, NamesReview)
        assert (group.kind, group.pseudonym) == (NameKind.PARENT, "[ouder-1]")


async def test_what_was_decided_name_by_name(workbench: Make, empty: Project, files: Path) -> None:
    (files / "tweede.txt").unlink()
    async with opened(workbench(empty), size=(110, 34)) as (app, pilot):
        await choose(pilot, files)
        await until(pilot, NamesReview)
        screen = app.screen
        review = screen.review

        async def at(name: str) -> None:
            place = [group.name for group in review.groups].index(name)
            screen.query_one("#names").move_cursor(row=place)
            await pilot.pause()

        await at("Zeist")
        await pilot.press("v")
        await at("Marieke")
        await pilot.press("t")
        await until(pilot, Choose)
        await pilot.press("9")  # a teacher
        await until(pilot, NamesReview)
        await at("Fatma El Idrissi")
        await press(pilot, "p")
        app.screen.query_one(Input).value = "[moeder-van-1]"
        await press(pilot, "enter")
        await at("Emma")
        await pilot.press("s", "r")  # another child than Emma de Vries
        await at("Yusuf")
        await pilot.press("x", "u", "x")
        await pilot.press("f")
        if type(app.screen) is Choose:
            await pilot.press("2")  # what was passed over is replaced
        await until(pilot, TranscriptsScreen)
    (taken,) = empty.transcripts.all()
    assert taken.text.startswith("Hoe begon het met [leerling-1]?\n[leerling-2] zit bij mij")
    assert "[moeder-van-1], belt" in taken.text
    assert "Yusuf zit op voetbal in Zeist." in taken.text
    assert re.fullmatch(r"\[leraar-\d\]", taken.turns[1].speaker)
    assert empty.names.not_names() == ["Zeist"]
    assert set(states(empty).values()) == {NameState.REVIEWED}


async def test_names_passed_over_leave_the_interview_open_and_export_asks(
    workbench: Make, empty: Project, files: Path
) -> None:
    (files / "tweede.txt").unlink()
    async with opened(workbench(empty), size=(110, 34)) as (app, pilot):
        await choose(pilot, files)
        await until(pilot, NamesReview)
        await pilot.press("f")
        await until(pilot, Choose)
        await pilot.press("3")  # leave them in for now
        await until(pilot, TranscriptsScreen)
        assert "left in" in screen_text(app)
        assert set(states(empty).values()) == {NameState.OPEN}
        app.go_to_step("export")
        await until(pilot, ExportScreen)
        place = [kind.id for kind in KINDS].index("margin")
        app.screen.query_one("#documents").highlighted = place
        await pilot.pause()
        await pilot.press("s")
        await until(pilot, Choose)
        assert "Names probably stand in 1 interview" in screen_text(app)
        await pilot.press("2")
        await until(pilot, ExportScreen)
        for _turn in range(500):
            await pilot.pause(0.01)
            if app.screen.saved:
                break
        assert app.screen.saved is not None
        assert app.screen.saved.is_file()


async def test_stopping_takes_nothing_in_or_what_is_ready(
    workbench: Make, empty: Project, files: Path, tmp_path: Path
) -> None:
    async with opened(workbench(empty), size=(110, 34)) as (_app, pilot):
        await choose(pilot, files)
        await until(pilot, NamesReview)
        await pilot.press("escape")
        await until(pilot, Choose)
        await pilot.press("1")  # go on deciding
        await until(pilot, NamesReview)
        await pilot.press("escape")
        await until(pilot, Choose)
        await pilot.press("2")
        await until(pilot, TranscriptsScreen)
        assert empty.transcripts.all() == []
        assert traces(tmp_path) == set()
        await choose(pilot, files)
        await until(pilot, NamesReview)
        await pilot.press("A", "f")
        await until(pilot, NamesReview)
        await pilot.press("escape")
        await until(pilot, Choose)
        await pilot.press("2")  # take in the one that is ready
        await until(pilot, TranscriptsScreen)
    assert [one.name for one in empty.transcripts.all()] == ["interview-[leerling-1]-leraar"]
    assert traces(tmp_path) == set()


async def test_files_that_cannot_be_read_are_named_and_the_others_come_in(
    workbench: Make, empty: Project, files: Path
) -> None:
    (files / "interview-Emma-leraar.txt").write_text("")
    (files / "kapot.docx").write_text("geen Word")
    async with opened(workbench(empty), size=(110, 34)) as (app, pilot):
        await choose(pilot, files)
        await until(pilot, Choose)
        assert "2 files cannot be taken in" in screen_text(app)
        assert "kapot.docx: " in screen_text(app)
        await pilot.press("1")
        await until(pilot, NamesReview)
        await pilot.press("A", "f")
        await until(pilot, TranscriptsScreen)
        assert [one.name for one in empty.transcripts.all()] == ["tweede"]
        assert problems(empty) == []


async def test_a_participant_list_helps_and_is_not_kept(
    workbench: Make, empty: Project, files: Path, tmp_path: Path
) -> None:
    def fill(screen: Screen[Any]) -> None:
        screen.query_one("#listed", TextArea).text = "Roos Vermeulen; leerling; Roos"
        screen.query_one("#names", Select).value = Names.REPLACE
        screen.query_one("#invented", Select).value = True

    (files / "tweede.txt").unlink()
    async with opened(workbench(empty), size=(110, 34)) as (app, pilot):
        await choose(pilot, files, fill)
        await until(pilot, TranscriptsScreen)
        assert "replaced, unread" in screen_text(app)
    (taken,) = empty.transcripts.all()
    assert re.search(r"[A-Z]\w+ viel om in de klas", taken.text)  # an invented name
    assert "Roos" not in taken.text
    assert b"Vermeulen" not in empty.path.read_bytes()
    assert traces(tmp_path) == set()


async def test_a_bad_list_and_a_wrong_passphrase_are_said_and_asked_again(
    workbench: Make, empty: Project, files: Path, tmp_path: Path
) -> None:
    def fill(**typed: str) -> Callable[[Screen[Any]], None]:
        def filled(screen: Screen[Any]) -> None:
            screen.query_one("#names", Select).value = Names.REPLACE
            for name, words in typed.items():
                place = screen.query_one(f"#{name}")
                if isinstance(place, Input):
                    place.value = words
                else:
                    place.text = words

        return filled

    (files / "tweede.txt").rename(tmp_path / "tweede.txt")
    async with opened(workbench(empty), size=(110, 40)) as (app, pilot):

        def problem() -> str:
            return str(app.screen.query_one("#problem", Static).content)

        await choose(pilot, files, fill(listed="Roos; leerlinge", passphrase=PASSPHRASE, again=PASSPHRASE))
        await pilot.pause()
        assert "line 1: “leerlinge”" in problem()
        fill(listed="Roos; leerling", passphrase=PASSPHRASE, again="een andere zin")(app.screen)
        await press(pilot, "ctrl+s")
        assert "not the same" in problem()
        fill(passphrase="kort", again="kort")(app.screen)
        await pilot.press("ctrl+s")
        await until(pilot, AskHowToTakeIn)
        assert "at least 8 characters" in problem()
        assert app.screen.query_one("#listed", TextArea).text == "Roos; leerling"
        fill(passphrase=PASSPHRASE, again=PASSPHRASE)(app.screen)
        await pilot.press("ctrl+s")
        await until(pilot, TranscriptsScreen)
        assert len(empty.transcripts.all()) == 1
        (tmp_path / "tweede.txt").rename(files / "tweede.txt")
        (files / "interview-Emma-leraar.txt").unlink()
        await choose(pilot, files, fill(passphrase="een heel andere zin"))
        await pilot.pause()
        await until(pilot, AskHowToTakeIn)
        assert "not the passphrase" in problem()
        fill(passphrase=PASSPHRASE)(app.screen)
        await pilot.press("ctrl+s")
        await until(pilot, TranscriptsScreen)
    assert "[leerling-1] miste hem" in empty.transcripts.get("tweede").text
    assert traces(tmp_path) == set()


async def test_work_tells_how_far_it_is_and_can_be_stopped(workbench: Make, study: Project) -> None:
    app = workbench(study)
    seen: list[str] = []

    def endless(told: Callable[[int, int, str], bool]) -> int:
        while told(1, 4, "[b]tweede.txt"):
            Event().wait(0.005)
        return 1

    async def flow(keep: bool) -> None:
        try:
            seen.append(str(await working(app, "Reading", endless, keep=keep)))
        except StoppedError as error:
            seen.append(str(error))

    async with app.run_test(size=(90, 24)) as pilot:
        for keep in (False, True):
            app.run_worker(flow(keep))
            await until(pilot, Working)
            for _turn in range(500):
                await pilot.pause(0.01)
                if "2 / 4" in screen_text(app):
                    break
            assert "[b]tweede.txt" in screen_text(app)
            await pilot.press("escape")
            await app.workers.wait_for_complete()
    assert seen == ["Stopped. Nothing was kept.", "1"]


@pytest.mark.parametrize("size", [(20, 6), (60, 20)], ids=str)
async def test_deciding_on_names_stands_small_terminals(
    workbench: Make, empty: Project, files: Path, size: tuple[int, int]
) -> None:
    async with opened(workbench(empty), size=size) as (_app, pilot):
        await choose(pilot, files)
        await until(pilot, NamesReview)
        await pilot.press("j", "r", "k", "x", "A", "f")
        await until(pilot, NamesReview)
        await pilot.press("A", "f")
        await until(pilot, TranscriptsScreen)
    assert len(empty.transcripts.all()) == 2


async def test_a_path_may_be_typed_behind_the_folder_and_one_that_is_not_there_is_told_at_once(
    workbench: Make, empty: Project, files: Path
) -> None:
    async with opened(workbench(empty), size=(110, 34), notifications=True) as (app, pilot):
        await pilot.press("a")
        path = app.screen.query_one("#path", Input)
        assert path.value == f"{empty.path.parent}/"  # where the project lies
        path.value += f"{files}/niets.txt"
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert type(app.screen) is ChooseFile
        assert any(f"There is no file {files}/niets.txt" in note.message for note in app._notifications)
        path.value = f"{empty.path.parent}/{files}/../{files.name}/"
        await pilot.pause()
        assert "interview-Emma-leraar.txt" in screen_text(app)
        path.value = f"{files}/"
        await pilot.pause()
        await pilot.press("down", "up", "enter")  # the way up
        await pilot.pause()
        assert path.value == f"{files.parent}/"
