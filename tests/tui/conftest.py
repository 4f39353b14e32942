"""A small study, and the workbench on it with nothing remembered from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from qualcode.i18n import Bilingual
from qualcode.model import Code, CoderKind, Role, Transcript, Turn
from qualcode.store.project import Project, create_project
from qualcode.tui.app import Workbench
from qualcode.tui.preferences import Preferences

_TRIES = 100  # a key that a widget kept may not be told of


@pytest.fixture(autouse=True)
def patient_fingers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever presses keys looks on until they have done their work, however busy the machine is."""
    at_once = Pilot.press

    async def press(pilot: Pilot[Any], *keys: str) -> None:
        await at_once(pilot, *keys)
        for _try in range(_TRIES):
            if not (isinstance(pilot.app, Workbench) and pilot.app.typing.under_way):
                return
            await pilot.pause(0.005)

    monkeypatch.setattr(Pilot, "press", press)


INTERVIEWS = {
    ("01", Role.TEACHER): (
        ("I", "Hoe begon het voor u?"),
        ("Leraar", "Met een stoel, eigenlijk. Ik stond er alleen voor. [zucht] Toen belde ze."),
        ("I", "En daarna?"),
        ("Leraar", "We spraken acht weken af. Elke dinsdag kwam ze even kijken. Dat gaf lucht."),
    ),
    ("01", Role.PARENT): (
        ("I", "Wat merkte u thuis?"),
        ("Moeder", "Hij sliep weer. Dat was het eerste. Niemand had ons gevraagd hoe lang het mocht duren."),
    ),
    ("02", Role.CARE_WORKER): (
        ("I", "Hoe keek u ernaar?"),
        ("Hulpverlener", "Ik vroeg wat er tussen hen gebeurde. De school wilde snel resultaat."),
    ),
}
CODES = (
    Code(
        "",
        "tijd",
        Bilingual("Notie van tijd", "Notion of time"),
        Bilingual("Over geduld en haast."),
        mnemonic="Nt",
    ),
    Code("", "snel", Bilingual("Snel resultaat", "Quick results"), mnemonic="Sr"),
    Code("", "meta", Bilingual("Meta-perspectief", "Meta-perspective"), mnemonic="Mp"),
    Code("", "ontlasten", Bilingual("Ontlasten", "Relief"), mnemonic="Ol"),
)


def add_interview(project: Project, case: str, role: Role, said: tuple[tuple[str, str], ...]) -> Transcript:
    """Store one interview."""
    turns, start = [], 0
    for n, (speaker, words) in enumerate(said, 1):
        turns.append(Turn(n, start, start + len(words), speaker, speaker == "I"))
        start += len(words) + 1
    text = "\n".join(words for _speaker, words in said)
    return project.transcripts.add(f"casus-{case}-{role}", text, turns, case=case, informant=role)


def code_words(project: Project, transcript: Transcript, words: str, slug: str, coder: str) -> None:
    """Code the place where `words` stand."""
    start = transcript.text.index(words)
    code = project.codebook.get(slug)
    project.codings.add(transcript, start, start + len(words), code, project.coders.get(coder))


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    """Three interviews, four codes, two coders who have both finished the first; anna is at work."""
    with create_project(tmp_path / "study.qualcode", "A study") as made:
        anna = made.coders.add("anna", CoderKind.PRACTITIONER)
        bram = made.coders.add("bram", CoderKind.RESEARCHER)
        made.coder = anna
        for code in CODES:
            parent = made.codebook.get("tijd").id if code.slug == "snel" else None
            made.codebook.add(replace(code, parent_id=parent))
        first, *_others = [add_interview(made, case, role, said) for (case, role), said in INTERVIEWS.items()]
        code_words(made, first, "We spraken acht weken af.", "tijd", "anna")
        code_words(made, first, "We spraken acht weken af.", "tijd", "bram")
        code_words(made, first, "Ik stond er alleen voor.", "ontlasten", "anna")
        code_words(made, first, "Dat gaf lucht.", "ontlasten", "bram")
        for coder in (anna, bram):
            made.progress.mark(first, coder)
        yield made


@pytest.fixture
def settings_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of settings, in place of that of the person who runs the tests."""
    folder = tmp_path / "settings"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setattr("qualcode.tui.preferences.config_folder", lambda: folder)
    monkeypatch.setattr("qualcode.tui.app.config_folder", lambda: folder)
    return folder


@pytest.fixture
def workbench(settings_folder: Path) -> Callable[[Project | None], Workbench]:
    """Makes the app on a project; what first-time users are shown has been seen."""

    def make(project: Project | None) -> Workbench:
        return Workbench(project, Preferences(seen=["code", "tour"]))

    return make


async def until(pilot: Pilot[None], reached: Callable[[], bool], tries: int = 200) -> None:
    """Wait until a state is reached, however busy the machine is; fails if it never is."""
    for _try in range(tries):
        if reached():
            return
        await pilot.pause(0.02)
    raise AssertionError("the state waited for was not reached")
