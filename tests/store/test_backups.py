"""Backups: when they are made, who may read them, how one is put back, and that no name stays in them."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from qualcode.errors import ProjectError
from qualcode.store.file import backups
from qualcode.store.project import Project
from tests.verbs import ok, refused, run, said, study_with

WORDS = "I: Hoe ging het?\nR: Goed. Sanne belde elke week, en juf ook.\n"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return study_with(tmp_path, {"een": WORDS})


def listed(path: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = ok("restore", path)["backups"]
    return found


def all_bytes() -> bytes:
    return b"".join(file.read_bytes() for file in backups.folder().rglob("*") if file.is_file())


def test_a_backup_is_made_listed_and_put_back(study: Path) -> None:
    assert [one["why"] for one in listed(study)] == ["day"]  # before the interview came in
    made = Path(ok("backup", study)["file"])
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    ok("coders", "add", study, "carla")
    done = ok("restore", study, "1")
    assert done["restored"] == str(made)
    assert "carla" not in said("coders", "list", study)
    assert [one["why"] for one in listed(study)] == ["restore", "asked", "day"]
    ok("restore", study, "1")  # and back again
    assert "carla" in said("coders", "list", study)
    assert said("check", study).strip() == "Everything is sound."


def test_the_newest_ten_are_kept(study: Path) -> None:
    for _n in range(12):
        newest = ok("backup", study)["file"]
    assert len(listed(study)) == backups.KEPT == 10
    assert listed(study)[0]["file"] == newest


def test_the_first_change_of_a_day_and_a_merge_are_preceded_by_a_backup(study: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.qualcode"
    ok("merge", other, study)
    ok("coders", "add", study, "carla")
    ok("coders", "add", study, "dirk")
    assert [one["why"] for one in listed(study)] == ["day"]
    ok("merge", study, other)
    assert [one["why"] for one in listed(study) if one["here"]] == ["merge", "day"]
    assert not listed(other)[0]["here"]  # of the same project, in another place


def test_no_backup_holds_a_name_that_was_hidden(study: Path, tmp_path: Path) -> None:
    ok("backup", study)
    other = tmp_path / "other.qualcode"
    ok("merge", other, study)
    ok("backup", other)
    assert b"Sanne" in all_bytes()
    ok("names", "hide", study, "een", "Sanne", "--as", "anna")
    assert [one["why"] for one in listed(study)] == ["hide"]
    assert b"Sanne" not in all_bytes()


def test_a_hiding_that_comes_in_with_a_merge_cleans_the_backups_too(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.qualcode"
    ok("merge", other, study)
    ok("names", "hide", study, "een", "Sanne", "--as", "anna")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "laptop of bram"))
    ok("backup", other)
    assert b"Sanne" in all_bytes()
    ok("merge", other, study)
    assert [one["why"] for one in listed(other)] == ["hide"]


def test_no_backup_holds_an_interview_that_was_forgotten(study: Path) -> None:
    ok("backup", study)
    ok("names", "forget", study, "een", "--as", "anna")
    assert b"Sanne" not in all_bytes()


def test_what_is_no_copy_of_this_project_is_not_put_back(study: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "study.qualcode"
    other.parent.mkdir()
    ok("new", other)
    before = study.read_bytes()
    assert "another project" in refused("restore", study, other)
    (tmp_path / "torn.qualcode").write_bytes(before[: len(before) // 2])
    assert "damaged" in refused("restore", study, tmp_path / "torn.qualcode")
    assert "no backup 7" in refused("restore", study, "7")
    assert study.read_bytes() == before


def test_a_copy_that_a_cloud_folder_put_beside_is_told_of(study: Path) -> None:
    other = study.with_name("study (1).qualcode")
    other.write_bytes(study.read_bytes())
    ok("new", study.with_name("study-two.qualcode"))
    told = said("check", study)
    assert "study (1).qualcode" in told
    assert "study-two" not in told
    ok("coders", "add", other, "carla")
    ok("merge", study, other)
    assert "carla" in said("coders", "list", study)


def test_a_torn_file_says_which_backup_there_is_and_is_kept_when_it_goes(study: Path) -> None:
    ok("backup", study)
    whole = study.read_bytes()
    for torn in (whole[: len(whole) // 2], bytes(len(whole)), b""):
        study.write_bytes(torn)
        for verb in (("transcripts", "list"), ("check",), ("repair",)):
            assert f"qualcode restore {study}" in run(*verb, study).output
        n = next(n for n, one in enumerate(listed(study), 1) if not one["damaged"])
        kept = Path(ok("restore", study, str(n))["replaced"]["file"])
        assert kept.read_bytes() == torn
        assert said("check", study).strip() == "Everything is sound."


def test_a_journal_left_by_the_torn_file_does_not_spoil_what_is_put_back(study: Path) -> None:
    ok("backup", study)
    study.with_name(study.name + "-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    study.write_bytes(study.read_bytes()[:9000])
    ok("restore", study, "1")
    assert said("check", study).strip() == "Everything is sound."


def test_backups_that_cannot_be_made_stand_in_nobodys_way_and_are_said_when_asked_for(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "full").write_text("a file, no folder")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "full"))
    ok("coders", "add", study, "carla")
    assert "cannot be written" in refused("backup", study)
    assert said("restore", study).strip() == "There are no backups yet."


def test_a_file_that_was_moved_or_replaced_while_it_was_open_says_so(
    project: Project, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.qualcode"
    project.path.rename(elsewhere)
    with pytest.raises(ProjectError, match="moved or deleted while it was open"):
        project.memos.add("project", "", "iets")
    with sqlite3.connect(elsewhere) as old, sqlite3.connect(project.path) as new:
        old.backup(new)
    old.close()
    new.close()
    before = project.path.read_bytes()
    with pytest.raises(ProjectError, match="replaced by another file"):
        project.memos.add("project", "", "iets")
    with pytest.raises(ProjectError, match="replaced by another file"):
        project.pins.set(project.require_coder(), "1234")
    assert project.path.read_bytes() == before
