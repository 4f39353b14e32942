"""`invite` and `accept`: the first meeting of two laptops without a screen."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from qualcode.store.project import open_project
from qualcode.tui.preferences import load_preferences
from tests.verbs import ok, refused, said, study_with


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study of anna and bram with an interview."""
    return study_with(tmp_path, {"casus-01-ouder": "I: Hoe ging het?\nR: We belden elke week.\n"})


@pytest.fixture
def invitation(study: Path) -> Path:
    """That of anna for bram."""
    return Path(ok("invite", study, "bram", "--as", "anna")["file"])


def test_who_is_invited_begins_and_is_known_on_that_machine(
    study: Path, invitation: Path, tmp_path: Path
) -> None:
    assert invitation == tmp_path / "study-for-bram.qci"
    there = tmp_path / "there" / "mine.qualcode"
    assert ok("accept", invitation, there) == {"project": str(there), "coder": "bram", "advice": None}
    assert load_preferences().coder_of(there) == "bram"
    assert load_preferences().coder_of(study) == "anna"
    assert ok("compare-copies", study, there)["same"]
    assert "You are bram" in said("accept", invitation, there)  # a second time brings nothing new
    assert ok("compare-copies", study, there)["same"]


def test_a_new_laptop_begins_with_an_invitation_as_well(
    study: Path, invitation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, keys in ((tmp_path / "laptop 1", 1), (tmp_path / "laptop 2", 2)):
        with monkeypatch.context() as there:
            there.setenv("XDG_CONFIG_HOME", str(folder))
            copy = folder / "study.qualcode"
            ok("accept", invitation, copy)
            ok("code", copy, "casus-01-ouder", "0", str(7 + keys), "retrospectief", "--as", "bram")
            shared = ok("share", copy, "--as", "bram")["file"]
            with open_project(copy) as project:
                assert len(project.keys.of(project.coders.get("bram"))) == keys
        if keys == 1:
            ok("merge", study, shared, "--as", "anna")
            invitation = Path(ok("invite", study, "bram", "--as", "anna")["file"])
    assert "key of bram that is new here" in refused("merge", study, shared, "--as", "anna")


def test_one_s_own_name_and_a_name_that_is_not_there_are_refused(study: Path) -> None:
    assert "yourself" in refused("invite", study, "anna", "--as", "anna")
    assert "no coder “carla”" in refused("invite", study, "carla", "--as", "anna")
    assert "invitation is called" in refused("invite", study, "bram", "--as", "anna", "-o", "x.docx")
    assert not list(study.parent.glob("*.qci"))


def test_the_copy_of_who_invites_is_not_made_that_of_the_other(study: Path, invitation: Path) -> None:
    before = study.read_bytes()
    assert "is the copy of anna" in refused("accept", invitation, study)
    assert "is the copy of anna" in refused("accept", invitation, study.with_suffix(""))
    assert study.read_bytes() == before
    assert load_preferences().coder_of(study) == "anna"


def test_what_is_taken_into_a_copy_with_work_in_it_keeps_that_work(
    study: Path, invitation: Path, tmp_path: Path
) -> None:
    there = tmp_path / "there.qualcode"
    ok("accept", invitation, there)
    ok("code", there, "casus-01-ouder", "0", "8", "retrospectief", "--as", "bram")
    ok("codebook", "add", study, "nieuw", "--as", "anna")
    again = ok("invite", study, "bram", "--as", "anna")["file"]
    ok("accept", again, there)
    with open_project(there) as project:
        assert len(project.codings.all()) == 1
        assert "nieuw" in {code.slug for code in project.codebook.all()}


@pytest.mark.parametrize("at", [0, 100, -1])
def test_a_damaged_invitation_makes_nothing(at: int, invitation: Path, tmp_path: Path) -> None:
    invitation.write_bytes(invitation.read_bytes()[:at])
    assert "Ask for it to be sent again" in refused("accept", invitation, tmp_path / "new" / "x.qualcode")
    assert not (tmp_path / "new").exists()


def test_places_that_cannot_be_are_refused_and_left_as_they_were(
    study: Path, invitation: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other" / "study.qualcode"
    other.parent.mkdir()
    study_with(other.parent, {})
    before = other.read_bytes()
    assert "another project" in refused("accept", invitation, other)
    assert other.read_bytes() == before
    assert "Choose another place" in refused("accept", invitation, tmp_path / ("x" * 300 + ".qualcode"))
    assert "Choose another place" in refused("accept", invitation, "/proc/there/x.qualcode")
    assert "called NAME.qualcode" in refused("accept", invitation, tmp_path / "letter.docx")


def test_in_a_folder_a_copy_is_named_after_the_study(invitation: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Documents"
    folder.mkdir()
    assert ok("accept", invitation, folder)["project"] == str(folder / "study.qualcode")


def test_a_share_file_and_a_project_are_no_invitation(study: Path, tmp_path: Path) -> None:
    shared = ok("share", study, "--as", "anna")["file"]
    assert "ask anna for one" in refused("accept", shared, tmp_path / "x.qualcode")
    assert "no share file" in refused("accept", study, tmp_path / "x.qualcode")
    assert not (tmp_path / "x.qualcode").exists()


def test_an_invitation_of_somebody_who_was_taken_out_again_still_begins(study: Path, tmp_path: Path) -> None:
    with open_project(study, "anna") as project:
        project.coders.add("carla")
    invitation = ok("invite", study, "carla", "--as", "anna")["file"]
    ok("undo", study, "--as", "anna")
    newer = ok("invite", study, "bram", "--as", "anna")["file"]
    there = tmp_path / "there.qualcode"
    assert ok("accept", invitation, there)["coder"] == "carla"
    shutil.copyfile(there, tmp_path / "again.qualcode")
    ok("merge", tmp_path / "again.qualcode", newer, "--as", "carla")
    assert "carla" in refused("accept", invitation, tmp_path / "again.qualcode")


@pytest.mark.skipif(os.name == "nt", reason="how such a file is called differs")
def test_a_file_that_is_not_there_is_said_before_anything_is_drawn(tmp_path: Path) -> None:
    assert "The workbench needs a terminal" in refused(tmp_path / "gone.qci")
