"""Whatever holds people's words is readable for its owner only, whichever verb writes it."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.tui.app import keep_report
from qualcode.tui.preferences import Preferences
from tests.seals.test_no_verb_shows_it import commands
from tests.seals.two_worlds import SEALED, make_worlds
from tests.verbs import run

P, OUT = "{project}", "{out}"
DOCUMENTS = [
    *("agreement", "chapter", "checklist", "checklist-cases", "checklist-form", "codebook", "differences"),
    *("everything", "matrices", "ranking", "respondents", "themes"),
    *("article", "board", "differences-form"),
]
# every verb that writes files of words: its call, and the endings it knows
WRITES: dict[str, tuple[list[str], str]] = {
    **{f"export {kind}": ([P, "-o", OUT], "docx html md") for kind in DOCUMENTS},
    "export margin": ([P, SEALED[0], "-o", OUT], "docx"),
    "export transcript": ([P, SEALED[0], "-o", OUT], "docx"),
    "export paper": ([P, SEALED[0], "-o", OUT], "docx"),
    "export codings": ([P, "-o", OUT], "xlsx"),
    "export table": (["codings", P, "-o", OUT], "csv json xlsx"),
    "export project": ([P, "-o", OUT], "qdpx"),
    "codebook export": ([P, "-o", OUT], "yaml csv xlsx qdc taguette.csv txt"),
    "checklist export": ([P, "-o", OUT], "yaml"),
    "codings export": ([P, "-o", OUT], "csv"),
    "decide": ([P, "--as", "anna", "--apart", OUT], "csv"),
    "words": ([P, "--picture", OUT], "png"),
    "share": ([P, "--as", "anna", "-o", OUT], "qcx"),
    "invite": ([P, "bram", "--as", "anna", "-o", OUT], "qci"),
    "accept": (["{folder}/bram.qci", OUT], "qualcode"),
    "names replace": (["{folder}/interview.txt", "-o", OUT], "txt"),
    "new": ([OUT], "qualcode"),
    "project import": ([OUT, "{folder}/study.qdpx"], "qualcode"),
}
_WHERE = {"output", "picture", "apart"}


@pytest.fixture(params=[0o022, 0o000], ids=["022", "000"])
def loose(request: pytest.FixtureRequest) -> Iterator[None]:
    """A machine on which all can read new files."""
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study, and what verbs read that open none."""
    made = tmp_path_factory.mktemp("study")
    shutil.copyfile(make_worlds(made).without, made / "study.qualcode")
    (made / "interview.txt").write_text("I: Hoe ging het?\nR: Sanne belde elke week.\n")
    assert (
        run("invite", made / "study.qualcode", "bram", "--as", "anna", "-o", made / "bram.qci").exit_code == 0
    )
    assert run("export", "project", made / "study.qualcode", "-o", made / "study.qdpx").exit_code == 0
    return made


def mode(path: Path) -> int:
    """Who may do what with a file or a folder."""
    return stat.S_IMODE(path.stat().st_mode)


def test_every_verb_that_asks_where_to_write_is_called() -> None:
    asking = {
        verb
        for verb, command in commands().items()
        if _WHERE & {parameter.name for parameter in command.params}
    }
    assert asking <= set(WRITES)


@pytest.mark.parametrize("verb", sorted(WRITES))
@pytest.mark.usefixtures("loose")
def test_what_a_verb_writes_is_for_its_owner(verb: str, folder: Path, tmp_path: Path) -> None:
    arguments, endings = WRITES[verb]
    for ending in endings.split():
        out = tmp_path / f"it.{ending}"
        words = [word.format(project=folder / "study.qualcode", out=out, folder=folder) for word in arguments]
        done = run(*verb.split(), *words)
        assert done.exit_code == 0, done.output
        assert mode(out) == 0o600
        if verb not in ("new", "project import", "accept", "names replace"):  # these write over nothing
            out.chmod(0o644)
            done = run(*verb.split(), *words)
            assert done.exit_code == 0, done.output
            assert mode(out) == 0o600


@pytest.mark.usefixtures("loose")
def test_what_is_written_without_being_told_where_is_for_its_owner(folder: Path, tmp_path: Path) -> None:
    study = shutil.copyfile(folder / "study.qualcode", tmp_path / "study.qualcode")
    assert run("export", "themes", study).exit_code == 0
    assert run("share", study, "--as", "anna").exit_code == 0
    assert run("demo", tmp_path / "a" / "demo", "--no-open").exit_code == 0
    passphrase = {"QUALCODE_PASSPHRASE": "een lange zin die niemand raadt"}
    kept = run("import", study, folder / "interview.txt", "--names", "replace", "--key", env=passphrase)
    assert kept.exit_code == 0, kept.output
    study.chmod(0o600)  # it was copied here
    made = list(tmp_path.rglob("*"))
    assert {path.suffix for path in made} >= {".docx", ".qcx", ".qualcode", ".qualcode-key"}
    assert {path.name for path in made if mode(path) != (0o700 if path.is_dir() else 0o600)} == set()


@pytest.mark.usefixtures("loose")
def test_preferences_and_reports_are_for_their_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "new" / "settings"
    monkeypatch.setattr("qualcode.tui.preferences.config_folder", lambda: settings)
    Preferences().save()
    report = keep_report(ValueError("x"), settings)
    assert report is not None
    assert [mode(path) for path in (settings.parent, settings, *sorted(settings.iterdir()))] == [
        *(0o700, 0o700),
        *(0o600, 0o600),
    ]
