"""The project file: made, opened, and refused with a clear word."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

import qualcode
from qualcode.errors import LockedError, NotFoundError, ProjectError
from qualcode.store.file import schema
from qualcode.store.file.check import problems
from qualcode.store.project import Project, create_project, open_project


def test_a_new_project_is_readable_for_its_owner_only(tmp_path: Path) -> None:
    with create_project(tmp_path / "a") as project:
        assert project.path.name == "a.qualcode"
        assert stat.S_IMODE(project.path.stat().st_mode) == 0o600
        assert problems(project) == []


def test_what_was_saved_is_there_after_opening_again(project: Project) -> None:
    transcript, code = project.transcripts.all()[0], project.codebook.get("tijd")
    coding = project.codings.add(transcript, 0, 3, code)
    with qualcode.open(project.path, coder="Anna") as again:
        assert again.codings.all() == [coding]
        assert again.transcripts.all() == [transcript]
        assert again.id == project.id
        assert again.coder == project.coder


def test_an_existing_file_is_not_overwritten(project: Project) -> None:
    before = project.path.read_bytes()
    with pytest.raises(ProjectError, match="exists already"):
        create_project(project.path)
    assert project.path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "holds nothing"), (b"PK\x03\x04 a zip", "not a qualcode project")],
)
def test_a_file_that_is_no_project_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.qualcode"
    path.write_bytes(content)
    with pytest.raises(ProjectError, match=words):
        open_project(path)
    assert path.read_bytes() == content


def test_a_missing_file_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="There is no project"):
        open_project(tmp_path / "none.qualcode")
    with pytest.raises(ProjectError, match="is a folder"):
        open_project(tmp_path)
    with pytest.raises(ProjectError, match="no folder"):
        create_project(tmp_path / "none" / "x.qualcode")


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.qualcode"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE t (a)")
    other.close()
    with pytest.raises(ProjectError, match="another program"):
        open_project(path)


def test_a_damaged_project_is_refused(project: Project) -> None:
    project.close()
    content = bytearray(project.path.read_bytes())
    content[4096:12288] = os.urandom(8192)
    project.path.write_bytes(bytes(content))
    with pytest.raises(ProjectError, match="damaged"):
        open_project(project.path).transcripts.all()


def test_a_project_of_a_newer_version_is_refused(project: Project) -> None:
    project.close()
    with sqlite3.connect(project.path) as other:
        other.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('qualcode', '9999_x', '')"
        )
    other.close()
    with pytest.raises(ProjectError, match="newer version"):
        open_project(project.path)


def test_a_locked_project_says_so(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "_WAIT_FOR_LOCK_S", 0.05)
    with sqlite3.connect(project.path) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LockedError, match="Another program"), open_project(project.path) as again:
            again.coders.add("cas")
    other.close()
    assert [coder.name for coder in project.coders.all()] == ["anna", "bram"]


def test_a_full_disk_changes_nothing(project: Project) -> None:
    pages = project.db.execute("PRAGMA page_count").fetchone()[0]
    project.db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ProjectError, match="disk is full"):
        project.memos.add("project", "", "woord " * 20_000)
    project.db.execute("PRAGMA max_page_count = 1000000")
    assert project.memos.all() == []
    assert problems(project) == []
    assert project.memos.add("project", "", "kort").text == "kort"


def test_a_file_in_a_read_only_folder_opens_for_reading(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.close()
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    with open_project(project.path, "anna") as again:
        assert "may not be written" in again.read_only
        assert len(again.transcripts.all()) == 1
        with pytest.raises(ProjectError, match="reading only"):
            again.memos.add("project", "", "iets")


def test_an_unknown_coder_is_refused_with_those_there_are(project: Project) -> None:
    with pytest.raises(NotFoundError, match="anna, bram"):
        open_project(project.path, coder="carla")
