"""Two laptops from the first meeting on: two homes that know nothing of each other, and not a verb typed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.model import CoderKind
from qualcode.store.journal.state import fingerprint
from qualcode.store.project import create_project, open_project

from .conftest import CODES, INTERVIEWS, add_interview
from .terminal import Terminal

ENTER, ESCAPE = "\r", "\x1b"


class Laptop:
    """A home of its own, with a window of 80 by 24 in which qualcode runs."""

    def __init__(self, home: Path) -> None:
        self.home = home
        (home / "Downloads").mkdir(parents=True)
        self._terminal: Terminal | None = None

    @property
    def terminal(self) -> Terminal:
        assert self._terminal is not None
        return self._terminal

    def starts(self, *words: str) -> None:
        """Type qualcode, with nothing or with a file."""
        self._terminal = Terminal(self.home, *words, size=(80, 24))

    def sees(self, *words: str) -> None:
        """Wait until all of that stands on the screen."""
        for each in words:
            self.terminal.wait_for(each)

    def presses(self, keys: str) -> None:
        self.terminal.send(keys)

    def quits(self) -> None:
        assert self.terminal.leave() == 0

    def close(self) -> None:
        if self._terminal is not None:
            self._terminal.close()

    def mails(self, name: str, to: Laptop) -> None:
        """Send a file, wherever it stands in this home; the other finds it where mail puts it."""
        (file,) = [path for path in self.home.rglob(name) if path.parent.name != "Downloads"]
        shutil.copy(file, to.home / "Downloads")

    def together(self, number: int) -> None:
        """Choose from the list of what a pair does."""
        self.presses("@")
        self.sees("Together", "Settings of this project")
        self.presses(str(number))

    def shares(self, name: str, to: Laptop) -> None:
        """Share, and mail the file."""
        self.together(7)
        self.sees("Saved:")
        self.presses(ENTER)
        self.mails(name, to)

    def takes_in(self, name: str) -> None:
        """Choose a file of the other, and agree to what it brings."""
        self.together(8)
        self.sees(f"1 {name} · Downloads")
        self.presses("1")
        self.sees("This is what it brings", "Take it in")
        self.presses("1")
        self.sees("Taken in")


@pytest.fixture
def marit(tmp_path: Path) -> Iterator[Laptop]:
    """She has a study with an interview and four codes."""
    laptop = Laptop(tmp_path / "marit")
    with create_project(laptop.home / "study.qualcode", "A study") as made:
        made.coders.add("Marit", CoderKind.PRACTITIONER)
        made.coder = made.coders.get("Marit")
        made.coders.add("Joost", CoderKind.RESEARCHER)
        for code in CODES:
            made.codebook.add(code)
        case, role = next(iter(INTERVIEWS))
        add_interview(made, case, role, INTERVIEWS[case, role])
    yield laptop
    laptop.close()


@pytest.fixture
def joost(tmp_path: Path) -> Iterator[Laptop]:
    """He has nothing."""
    laptop = Laptop(tmp_path / "joost")
    yield laptop
    laptop.close()


def test_from_an_invitation_to_work_that_is_the_same_on_both(marit: Laptop, joost: Laptop) -> None:
    # her laptop asks who she is, for nobody told it
    marit.starts("study.qualcode")
    marit.sees("Who are you?", "Marit", "Joost")
    marit.presses("1")
    marit.sees("Marit is coding now")

    # she invites him
    marit.together(6)
    marit.sees("Whom do you invite?", "Joost")
    marit.presses("1")
    marit.sees("study-for-Joost.qci", "I was invited")
    marit.presses(ENTER)
    marit.mails("study-for-Joost.qci", to=joost)

    # he begins on his laptop, and codes
    joost.starts()
    joost.sees("I was invited")
    joost.presses("i")
    joost.sees("study-for-Joost.qci")
    joost.presses("1")
    joost.sees(
        "You are Joost; this is your laptop.", "Marit invites you", "A study", "~/qualcode/A-study.qualcode"
    )
    joost.presses(ENTER)
    joost.sees("mark sentence", "Joost")
    joost.presses("N")
    joost.sees("words marked")
    joost.presses("1")
    joost.sees("Here: Notion of time")

    # he shares; she takes it in
    joost.together(7)
    joost.sees("the other takes it in from the same list")
    joost.presses(ENTER)
    joost.mails("A-study-Joost.qcx", to=marit)
    marit.takes_in("A-study-Joost.qcx")
    marit.sees("Joost: 1")
    marit.presses(ENTER)

    # on her laptop she cannot go on as him
    marit.presses("\x1b[20~")  # F9
    marit.sees("Who are you?")
    marit.presses("2")
    marit.sees("Joost works on another laptop", "I am not Joost")
    marit.presses("2")

    # she codes, and shares; he takes it in
    marit.presses("N")
    marit.sees("words marked")
    marit.presses("2")
    marit.sees("Here: Quick results")
    marit.together(7)
    marit.sees("the other takes it in from the same list")
    marit.presses(ENTER)
    marit.mails("study-Marit.qcx", to=joost)
    joost.takes_in("study-Marit.qcx")
    joost.sees("Both copies are the same now")
    joost.presses(ENTER)
    marit.quits()
    joost.quits()

    # both hold the same, each coding under the name of who made it, and each laptop knows who sits there
    with (
        open_project(marit.home / "study.qualcode") as hers,
        open_project(joost.home / "qualcode" / "A-study.qualcode") as his,
    ):
        assert fingerprint(hers.db) == fingerprint(his.db)
        for project in (hers, his):
            names = {coder.id: coder.name for coder in project.coders.all()}
            assert sorted(names[one.coder_id] for one in project.codings.all()) == ["Joost", "Marit"]
    joost.starts("qualcode/A-study.qualcode")
    joost.sees("mark sentence", "Joost")
    assert "Who are you?" not in joost.terminal.text()


def test_a_double_click_on_an_invitation_opens_it(marit: Laptop, joost: Laptop) -> None:
    meet(marit, joost)


def test_a_sealed_round_from_its_start_to_what_can_be_claimed_of_it(marit: Laptop, joost: Laptop) -> None:
    """Nothing of what either marked is with the other before both have finished."""
    meet(marit, joost)
    marit.together(1)
    marit.sees("Start a round", "While it runs")
    marit.presses("\x13")  # ctrl+s
    marit.sees("round 1 has begun")
    marit.shares("study-Marit.qcx", to=joost)
    joost.takes_in("study-Marit.qcx")
    joost.presses(ENTER)
    for laptop, code in ((marit, "1"), (joost, "2")):
        laptop.presses("N")
        laptop.sees("words marked")
        laptop.presses(code)
        laptop.sees("Here:")
        laptop.presses(ESCAPE)
        laptop.sees("d done")
    marit.presses("d")
    marit.sees("fixed.")
    marit.shares("study-Marit.qcx", to=joost)
    joost.takes_in("study-Marit.qcx")
    joost.presses(ENTER)
    assert whose_codings(joost.home / "qualcode" / "A-study.qualcode") == ["Joost"]
    joost.presses("d")
    joost.sees("Finished")
    joost.shares("A-study-Joost.qcx", to=marit)
    marit.takes_in("A-study-Joost.qcx")
    marit.sees("the seal is open")
    marit.presses(ENTER)
    marit.shares("study-Marit.qcx", to=joost)
    joost.takes_in("study-Marit.qcx")
    joost.sees("Both copies are the same now")
    joost.presses(ENTER)
    joost.together(2)
    joost.sees("frozen · sealed and proved")
    joost.presses(ENTER)
    for laptop in (marit, joost):
        laptop.quits()
    for file in (marit.home / "study.qualcode", joost.home / "qualcode" / "A-study.qualcode"):
        assert whose_codings(file) == ["Joost", "Marit"]


def meet(marit: Laptop, joost: Laptop) -> None:
    """She invites him, and he begins."""
    marit.starts("study.qualcode")
    marit.sees("Who are you?")
    marit.presses("1")
    marit.sees("Marit is coding now")
    marit.together(6)
    marit.sees("Whom do you invite?")
    marit.presses("1")
    marit.sees("study-for-Joost.qci")
    marit.presses(ENTER)
    marit.mails("study-for-Joost.qci", to=joost)
    joost.starts("Downloads/study-for-Joost.qci")
    joost.sees("You are Joost; this is your laptop.")
    joost.presses(ENTER)
    joost.sees("mark sentence", "Joost")


def whose_codings(file: Path) -> list[str]:
    """Who made the codings that a project file holds, whoever may see them."""
    with sqlite3.connect(file) as db:
        found = db.execute("SELECT p.name FROM codings c JOIN coders p ON p.id = c.coder_id ORDER BY p.name")
        return [name for (name,) in found.fetchall()]
