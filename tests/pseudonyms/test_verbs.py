"""`qualcode names …` and `qualcode import --names …`, as a script uses them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from qualcode.cli import names
from qualcode.pseudonyms import keyfile
from tests.verbs import ok, refused, run, study_with

INTERVIEW = "I: Wie is Emma?\nR: Emma de Vries, uit Zeist. Haar juf is juf Marieke.\n"


@pytest.fixture
def interview(tmp_path: Path) -> Path:
    path = tmp_path / "casus-04-leraar.txt"
    path.write_text(INTERVIEW, encoding="utf-8")
    return path


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return study_with(tmp_path, {})


def test_find_lists_places_in_the_text_of_the_file(interview: Path) -> None:
    found = ok("names", "find", interview)
    assert [INTERVIEW[one["start"] : one["end"]] for one in found] == [
        "Emma", "Emma de Vries", "Zeist", "Marieke",
    ]  # fmt: skip
    assert set(found[0]) == {"start", "end", "text", "kind", "tier", "reasons"}
    assert found[3]["kind"] == "teacher"
    assert found[3]["tier"] == "sure"


def test_find_says_when_there_is_nothing_or_no_file(tmp_path: Path) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("Het ging goed.\n")
    assert run("names", "find", plain).stdout == "No names were found.\n"
    assert "none.txt" in refused("names", "find", tmp_path / "none.txt")


def test_replace_writes_a_private_file_and_never_over_another(interview: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    ok("names", "replace", interview, "-o", out)
    assert out.read_text() == (
        "I: Wie is [persoon-1]?\nR: [persoon-1], uit [plaats-1]. Haar juf is juf [leraar-1].\n"
    )
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert run("names", "replace", interview, "-o", out).exit_code == 1


def test_import_keeps_names_unless_told_otherwise_and_says_so(study: Path, interview: Path) -> None:
    (taken,) = ok("import", study, interview)["transcripts"]
    assert any("probably left in" in warning for warning in taken["warnings"])
    assert {slip["text"] for slip in ok("names", "scan", study)} >= {"Emma", "Zeist", "Marieke"}
    assert ok("names", "forget", study, "casus-04-leraar") == {"forgotten": 1}
    assert b"Marieke" not in study.read_bytes()


def test_import_replaces_names_and_keeps_them_in_a_key(
    study: Path, interview: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyfile.write_key, "__kwdefaults__", {"cost": 2**4})
    monkeypatch.setenv("QUALCODE_PASSPHRASE", "een korte zin")
    (taken,) = ok("import", study, interview, "--names", "replace", "--key")["transcripts"]
    assert taken["warnings"] == []
    assert ok("names", "scan", study) == []
    key = {one["pseudonym"]: one["names"] for one in ok("names", "key", study)}
    assert key["[leraar-04]"] == ["Marieke"]
    monkeypatch.setenv("QUALCODE_PASSPHRASE", "een andere zin")
    assert "not the passphrase" in run("names", "key", study).stderr


def test_a_key_without_a_passphrase_is_refused_before_anything_is_stored(
    study: Path, interview: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUALCODE_PASSPHRASE", raising=False)
    assert "QUALCODE_PASSPHRASE" in refused("import", study, interview, "--names", "replace", "--key")
    assert ok("transcripts", "list", study)["transcripts"] == []


def test_deciding_one_by_one_takes_a_terminal(study: Path, interview: Path) -> None:
    assert "--names replace" in refused("import", study, interview, "--names", "review")


def test_names_are_decided_one_by_one_in_their_sentence(
    study: Path, interview: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "_at_terminal", lambda: True)
    answers = "r\nn\np\n[juf]\n"  # Emma (as Emma de Vries) replaced, Zeist never a name, Marieke renamed
    result = run("import", study, interview, "--names", "review", stdin="k\n" + answers)
    assert result.exit_code == 0, result.output
    assert "Haar juf is juf »Marieke«." in result.stderr
    (shown,) = ok("transcripts", "list", study)["transcripts"]
    text = ok("transcripts", "show", study, shown["name"])["text"]
    assert text == "Wie is Emma?\n[persoon-04], uit Zeist. Haar juf is juf [juf]."


def test_a_slip_is_hidden_for_good(study: Path, interview: Path) -> None:
    ok("import", study, interview)
    done = ok("names", "hide", study, "casus-04-leraar", "Marieke", "--kind", "leraar")
    assert done == {"pseudonym": "[leraar-1]", "places": 1}
    assert b"Marieke" not in study.read_bytes()
    refused("undo", study)
    assert run("names", "hide", study, "casus-04-leraar", "Emma", "--kind", "xyz").exit_code == 2


def test_options_about_names_need_something_to_do(study: Path, interview: Path) -> None:
    assert run("import", study, interview, "--key").exit_code == 2


def test_a_read_interview_is_marked(study: Path, interview: Path) -> None:
    ok("import", study, interview)
    assert ok("names", "done", study, "casus-04-leraar") == {"transcript": "casus-04-leraar"}
