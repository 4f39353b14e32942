"""Files in: all or none, or the good ones; speakers as somebody said once."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import InputError, NotFoundError
from qualcode.model import Role
from qualcode.store.file.check import problems
from qualcode.store.project import Project
from qualcode.tasks.transcripts.intake import SomeNotTaken, take_in
from qualcode.tasks.transcripts.speakers import rules_of, say_who, speakers_in

SPOKEN = "Speaker 1: Hoe ging het {n}?\nSpreker 2: Goed hoor, {n} keer.\n"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = []
    for n in range(4):
        path = tmp_path / f"teams-{n}.txt"
        path.write_text(SPOKEN.format(n=n) if n != 2 else "", encoding="utf-8")
        paths.append(path)
    return paths


def names(project: Project) -> list[str]:
    return [t.name for t in project.transcripts.all()]


def test_one_bad_file_keeps_all_out(project: Project, files: list[Path]) -> None:
    before = names(project)
    with pytest.raises(InputError, match=r"because of 1 file:\n.*teams-2"):
        take_in(project, files)
    assert names(project) == before
    take_in(project, [path for path in files if "2" not in path.name])
    assert len(names(project)) == 4
    project.undo()
    assert names(project) == before


def test_the_good_files_come_in_if_that_is_asked(project: Project, files: list[Path]) -> None:
    with pytest.raises(SomeNotTaken, match="1 file was not taken in") as caught:
        take_in(project, files, skip_bad=True)
    assert [t.name for t, _warnings in caught.value.taken] == ["teams-0", "teams-1", "teams-3"]
    assert names(project) == ["casus-04-leraar", "teams-0", "teams-1", "teams-3"]
    project.undo()
    assert names(project) == ["casus-04-leraar", "teams-0", "teams-1"]


def test_a_person_may_stop_between_two_files(project: Project, files: list[Path]) -> None:
    told = []

    def stop_at_the_second(n: int, total: int, path: Path) -> bool:
        told.append((n, total, path.name))
        return n < 1

    taken = take_in(project, files, progress=stop_at_the_second, skip_bad=True)
    assert told == [(0, 4, "teams-0.txt"), (1, 4, "teams-1.txt")]
    assert [t.name for t, _warnings in taken] == ["teams-0"]
    assert problems(project) == []


def test_speakers_are_said_once_and_remembered(project: Project, files: list[Path]) -> None:
    take_in(project, files[:1])
    assert not any(asking for _n, _t, asking in list(speakers_in(project).values())[2:])
    changed = say_who(project, "Speaker 1", "interviewer", "teams-*")
    assert [t.name for t in changed] == ["teams-0"]
    say_who(project, "Spreker 2", "leraar")
    take_in(project, files[1:2])
    made = project.transcripts.get("teams-1")
    assert [(t.speaker, t.interviewer) for t in made.turns] == [("Interviewer", True), ("Leraar", False)]
    assert made.informant == Role.TEACHER
    assert [t.speaker for t in project.transcripts.get("teams-0").turns] == ["Interviewer", "Leraar"]
    assert [(r.label, r.role, r.pattern) for r in rules_of(project)] == [
        ("Speaker 1", "interviewer", "teams-*"),
        ("Spreker 2", "leraar", "*"),
    ]


def test_a_rule_is_for_its_files_only(project: Project, files: list[Path], tmp_path: Path) -> None:
    say_who(project, "Speaker 1", "interviewer", "zoom-*")
    take_in(project, files[:1])
    assert [t.interviewer for t in project.transcripts.get("teams-0").turns] == [False, False]


def test_nobody_left_to_answer_is_refused(project: Project) -> None:
    before = project.transcripts.all()
    with pytest.raises(InputError, match="nobody would answer in casus-04-leraar"):
        say_who(project, "R", "interviewer")
    assert project.transcripts.all() == before
    assert rules_of(project) == []
    with pytest.raises(NotFoundError, match="no role “astronaut”"):
        say_who(project, "R", "astronaut")


def test_the_verb_lists_and_says(project: Project, files: list[Path]) -> None:
    from click.testing import CliRunner

    from qualcode.cli.group import qualcode

    take_in(project, files[:1])
    run = CliRunner().invoke(
        qualcode, ["speakers", str(project.path), "Speaker 1=interviewer", "Spreker 2=teacher"]
    )
    assert run.exit_code == 0, run.output
    assert "Spreker 2 = leraar (*)" in run.output
    assert CliRunner().invoke(qualcode, ["speakers", str(project.path), "Spreker 2"]).exit_code == 2
