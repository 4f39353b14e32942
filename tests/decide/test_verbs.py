"""round, share, merge and decide from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.store.project import Project, open_project
from qualcode.tasks.project.sharing import advice, synced_by
from tests.verbs import ok, refused, run, said, study_with


@pytest.fixture
def study(coded: Project) -> Path:
    """The path of the project with two readings."""
    return coded.path


def test_from_the_agenda_to_a_layer(study: Path) -> None:
    found = ok("decide", study)
    assert (found["open"], found["agreed"]) == (4, 1)
    keys = {item["type"]: item["key"] for item in found["items"]}
    assert "why" in refused("decide", study, keys["edges"], "--outcome", "a", "--as", "anna")
    done = ok("decide", study, keys["edges"], "--outcome", "a", "--reason", "boundary", "--as", "anna")
    assert done["items"][0]["decision"]["outcome_label"] == "as A read it"
    ok("decide", study, keys["other-code"], "--outcome", "edges", "--edges", "55-60", "--as", "anna")
    assert ok("decide", study, "--agreed", "--as", "bram")["open"] == 2
    ok("decide", study, "--codes", "tijd", "--outcome", "neither", "--as", "bram")
    left = ok("decide", study)
    assert left["open"] == 1
    assert left["balance"]["a"] == 1
    decision = next(i["decision"]["id"] for i in left["items"] if i["type"] == "edges")
    assert ok("decide", study, "--reopen", decision, "--text", "nog eens", "--as", "bram")["open"] == 2
    assert "still to talk" not in run("decide", study).output
    assert "To talk about: 2. Agreed: 1." in run("decide", study).output
    assert ok("check", study)["problems"] == []


def test_new_code_and_table_of_what_stays_apart(study: Path, tmp_path: Path) -> None:
    key = next(i["key"] for i in ok("decide", study)["items"] if i["type"] == "other-code")
    ok("decide", study, key, "--outcome", "new-code", "--code", "tijd", "--as", "anna")
    table = tmp_path / "apart.csv"
    ok("decide", study, "--apart", table)
    assert table.read_text("utf-8").count("\n") == 4


def test_ones_own_line_first(study: Path) -> None:
    key = ok("decide", study)["items"][0]["key"]
    mine = ok("decide", study, key, "--my-line", "dit gaat over wachten", "--as", "anna")
    assert mine["items"][0]["reasons"] == {"anna": "dit gaat over wachten"}
    other = ok("decide", study, key, "--as", "bram")
    assert other["items"][0]["reasons"] == {"anna": None}


@pytest.mark.parametrize(
    "words",
    [
        ("--outcome", "a"),
        ("--outcome", "maybe"),
        ("--outcome", "edges", "--edges", "ten-20"),
    ],
)
def test_wrong_use_is_said(study: Path, words: tuple[str, ...]) -> None:
    key = ok("decide", study)["items"][0]["key"]
    keys = (key,) if "--edges" in words else ()
    assert run("decide", study, *keys, *words, "--as", "anna").exit_code == 2


def test_an_unknown_difference_is_refused(study: Path) -> None:
    assert "no difference zzz" in refused("decide", study, "zzz")


def test_a_round_from_start_to_reflection(study: Path) -> None:
    started = ok("round", "start", study, "--as", "anna", "--name", "eerste")
    assert (started["number"], started["transcripts"][0]["state"]) == (1, "frozen")
    ok("round", "close", study, "eerste")
    answers = ok("round", "reflect", study, "1", "process", "rustiger", "--as", "anna")["answers"]
    assert answers[0]["text"] == "rustiger"
    assert "process: How did it go" in run("round", "reflect", study, "1").output
    assert run("round", "reflect", study, "1", "weather", "--as", "anna").exit_code == 2
    second = ok("round", "start", study, "--as", "bram")
    assert second["transcripts"][0]["state"] == "sealed"
    shown = run("round", "show", study).output
    assert "round 1 (eerste) · closed" in shown
    assert "round 2 · running" in shown
    assert "still to be marked done" in refused("round", "close", study, "2")
    assert "Only the one" in refused(
        "round", "open-seal", study, "2", "casus-04-leraar", "--reason", "nieuwsgierig", "--as", "anna"
    )
    opened = ok("round", "open-seal", study, "2", "casus-04-leraar", "--reason", "ziek", "--as", "bram")
    assert opened["openings"][0]["reason"] == "ziek"
    assert "ziek" in run("journal", study).output
    assert ok("decide", study, "--round", "1")["open"] == 4


def test_the_journal_keeps_a_sealed_secret(study: Path) -> None:
    ok("round", "start", study, "--as", "anna")
    with open_project(study, "bram") as project:
        project.rounds.close(project.rounds.get("1"))
    ok("round", "start", study, "--as", "anna")
    ok("code", study, "--as", "bram", "casus-04-leraar", 20, 30, "meta")
    assert '"start": 20' not in run("journal", study, "--json").output
    assert '"start": 20' in run("journal", study, "--json", "--as", "bram").output


def test_two_laptops(study: Path, tmp_path: Path) -> None:
    other = tmp_path / "laptop-b" / "study.qualcode"
    other.parent.mkdir()
    file = tmp_path / "anna.qcx"
    assert ok("share", study, "--as", "anna", "-o", file)["bytes"] == file.stat().st_size
    begun = ok("merge", other, file)
    assert begun["begun"]
    assert begun["codings"] == {"anna": 4}
    looked = ok("merge", other, study, "--dry-run")
    assert (looked["codings"], looked["dry_run"]) == ({"bram": 4}, True)
    assert ok("merge", other, study)["codings"] == {"bram": 4}
    assert "Nothing new" in run("merge", other, study).output
    assert len(ok("decide", other)["items"]) == 4
    assert ok("check", other)["problems"] == []


def test_a_share_of_nothing_is_refused_and_leaves_nothing(study: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.qcx"
    bad.write_bytes(b"PK nothing")
    assert "no share file" in refused("merge", study, bad)
    assert "no share file" in refused("merge", tmp_path / "new.qualcode", bad)
    assert not (tmp_path / "new.qualcode").exists()
    assert "There is no file" in refused("merge", study, tmp_path / "gone.qcx")


def test_a_pin_is_typed_not_told(study: Path) -> None:
    assert run("coders", "pin", study, "bram", stdin="4711\n4711\n").exit_code == 0
    assert "has a PIN" in refused("code", study, "--as", "bram", "casus-04-leraar", 20, 30, "meta")
    done = run("code", study, "--as", "bram", "casus-04-leraar", 20, 30, "meta", env={"QUALCODE_PIN": "4711"})
    assert done.exit_code == 0
    assert run("coders", "pin", study, "bram", "--off", stdin="4711\n").exit_code == 0


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/Users/an/OneDrive - School Zuid/studie/s.qualcode", "OneDrive"),
        ("/home/an/Dropbox/s.qualcode", "Dropbox"),
        ("/home/an/Dropbox (Lectoraat)/s.qualcode", "Dropbox"),
        ("/Users/an/Library/Mobile Documents/com~apple~CloudDocs/s.qualcode", "iCloud"),
        ("/Users/an/Library/CloudStorage/GoogleDrive-an@x.nl/Mijn Drive/s.qualcode", "Google Drive"),
        ("/home/an/Nextcloud/s.qualcode", "Nextcloud"),
        ("/home/an/studie/s.qualcode", None),
        ("/home/an/boxen/stacks/s.qualcode", None),
        ("/home/an/dropbox.qualcode", None),
    ],
)
def test_a_synced_folder_is_known_by_its_name(path: str, service: str | None) -> None:
    assert synced_by(Path(path)) == service
    assert (advice(Path(path)) is not None) == (service is not None)


def test_an_appendix_is_counted_again(tmp_path: Path) -> None:
    """The figures of a frozen round come out the same afterwards; of what was not frozen it is said what changed."""
    path = study_with(tmp_path, {"casus-01-leraar": "I: Hoe ging het?\nR: We belden elke week, juf en ik.\n"})
    ok("round", "start", path, "--as", "anna")
    for who, end in (("anna", 22), ("bram", 26)):
        ok("code", path, "casus-01-leraar", 14, end, "tijd", "--as", who)
        ok("done", path, "--as", who)
    figures = tmp_path / "figures.json"
    said("export", "agreement", path, "-o", figures)
    assert said("audit", path, "--figures", figures) == "All figures of figures.json come out the same.\n"
    ok("round", "close", path, "1", "--as", "anna")
    ok("round", "start", path, "--as", "anna")
    ok("code", path, "casus-01-leraar", 0, 8, "tijd", "--as", "anna")
    assert ok("audit", path, "--figures", figures)["otherwise"] == []
    told = json.loads(figures.read_text(encoding="utf-8"))
    told["agreement"]["codes"][0]["both"] += 1
    told["inputs"]["codings"]["number"] = 7
    figures.write_text(json.dumps(told), encoding="utf-8")
    result = run("audit", path, "--figures", figures)
    assert result.exit_code == 1
    assert "there were 7, now there are 2" in result.stdout
    assert "both come out otherwise" in result.stdout
