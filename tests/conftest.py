"""What many tests start from."""

from __future__ import annotations

import locale
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from qualcode.i18n import Bilingual, set_language
from qualcode.model import Code, CoderKind, Role, Turn
from qualcode.store.project import Project, create_project

# colours are drawn as in a full terminal, whatever runs the tests (read when textual loads)
os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"
# a busy machine is no reason for a property to fail
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(autouse=True, scope="session")
def own_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests, and the processes they start, keep backups, settings and keys in folders of their own."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patched.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        yield


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tests speak English, whatever the machine does."""
    monkeypatch.setenv("QUALCODE_LANG", "en")
    locale.setlocale(locale.LC_ALL, "C")
    set_language("en")
    yield
    set_language("en")


WORDS = (
    "Hoe ging het?",
    "Goed hoor. [lacht] We belden elke week, juf en ik.",
    "En daarna?",
    "Daarna niet meer.",
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with one interview of four turns, two codes, and two coders of whom anna is at work."""
    with create_project(tmp_path / "study.qualcode", "A study") as made:
        anna = made.coders.add("anna", CoderKind.PRACTITIONER)
        made.coders.add("bram", CoderKind.RESEARCHER)
        made.coder = anna
        turns, start = [], 0
        for n, words in enumerate(WORDS, 1):
            speaker = "R" if n % 2 == 0 else "I"
            turns.append(Turn(n, start, start + len(words), speaker, speaker == "I"))
            start += len(words) + 1
        made.transcripts.add("casus-04-leraar", "\n".join(WORDS), turns, case="04", informant=Role.TEACHER)
        made.codebook.add(Code("", "tijd", Bilingual("Notie van tijd", "Notion of time")))
        made.codebook.add(Code("", "meta", Bilingual("Meta-perspectief", "Meta-perspective")))
        yield made
