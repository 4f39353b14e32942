"""Projects that were changed outside qualcode: found, read as well as they can be, mended; never a traceback."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from qualcode.store.file.check import problems, torn
from qualcode.store.project import open_project
from qualcode.tasks.project.beginning import make_demo
from tests.verbs import ok, refused, run, said

DAMAGE = {
    "span": "UPDATE codings SET start = 9999, end = 99999 WHERE rowid % 40 = 0",
    "text gone": "DELETE FROM texts WHERE hash = (SELECT text_hash FROM transcripts LIMIT 1)",
    "texts changed": "UPDATE texts SET text = 'kort'",
    "text no text": "UPDATE texts SET text = x'fffe00'",
    "turns torn": "UPDATE turns SET end = end - 3 WHERE n = 2",
    "turns far": "UPDATE turns SET start = 99999, end = 999999 WHERE n = 2",
    "turns gone": "DELETE FROM turns",
    "speaker": "UPDATE turns SET speaker = x'ff', time_start = 'x'",
    "circle": "UPDATE codes SET parent_id = id",
    "code gone": "DELETE FROM codes WHERE id IN (SELECT code_id FROM codings LIMIT 1)",
    "coders gone": "DELETE FROM coders",
    "coder": "UPDATE coders SET kind = 'king'",
    "interview gone": "DELETE FROM transcripts WHERE id = (SELECT transcript_id FROM codings LIMIT 1)",
    "other text": "UPDATE transcripts SET text_hash = 'x'",
    "role": "UPDATE informants SET role = 'aunt'",
    "attributes": "UPDATE cases SET attributes = 'no json'",
    "settings": "INSERT OR REPLACE INTO settings VALUES ('trim', '{{'), ('iou_agreed', '\"x\"')",
    "checklist": "UPDATE checklist SET codes = '{\"a\": 1}', dimension = 'x'",
    "rounds": "INSERT INTO rounds VALUES ('r', 1, 'r', 'no', 'no', 'x', 'running', NULL, 'x', '', 1)",
    "themes": "INSERT INTO themes (id, title, text, codes, position) VALUES ('t', 'T', 'x', 'no json', 0)",
    "decisions": "INSERT INTO decisions SELECT 'd', NULL, id, 'x', 'a', 'b', 'x', 'y', 'z', '', '', 'c', '', '' "
    "FROM transcripts LIMIT 1",
    "ratings": "INSERT INTO ratings (id, criterion_id, case_id, coder_id, verdict, evidence) "
    "SELECT 'r', id, 'x', 'x', 'x', 'no' FROM checklist LIMIT 1",
    "names": "INSERT INTO name_states VALUES ('n', 'x', 'x', 'x', '')",
    "key no text": "UPDATE codings SET id = x'ff' WHERE id = (SELECT id FROM codings LIMIT 1)",
    "entry": "UPDATE journal SET changes = 'no json' WHERE tick = 2",
    "entries": "UPDATE journal SET changes = '[[1]]', at = 'yesterday'",
    "journal gone": "DELETE FROM journal",
    "clock": "UPDATE meta SET value = 'x' WHERE key = 'tick'",
    "identity": "DELETE FROM meta",
    "table gone": "DROP TABLE codings",
}
BEYOND_THE_JOURNAL = {"text gone", "texts changed", "text no text"} | {
    *("entry", "entries", "journal gone", "identity", "table gone")
}
READING = (
    *("transcripts list", "transcripts show {p} casus-01-ouder", "codebook show", "codings export"),
    *("compare", "agreement {p} --all", "themes list", "cases list", "journal", "search {p} weken"),
    *("checklist overview", "export themes {p} -o {o}/themes.docx", "share {p} --as marit"),
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_demo(tmp_path_factory.mktemp("demo"))
    made.close()
    return made.path


def damaged(demo: Path, folder: Path, how: str) -> Path:
    path = folder / "study.qualcode"
    shutil.copyfile(demo, path)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute(DAMAGE[how])
    db.close()
    return path


@pytest.mark.parametrize("how", DAMAGE)
def test_what_is_damaged_is_found_read_and_mended(demo: Path, tmp_path: Path, how: str) -> None:
    path = damaged(demo, tmp_path, how)
    found = run("check", path)
    assert found.exit_code == 1
    assert "qualcode repair" in found.output
    before = path.read_bytes()
    for words in READING:
        verb = words if "{p}" in words else f"{words} {{p}}"
        result = run(*verb.format(p=path, o=tmp_path).split())
        assert result.exception is None or isinstance(result.exception, SystemExit), (words, result.exception)
        assert str(path) in result.stderr  # it is said, whatever can be read
    assert run("coders", "add", path, "carla").exit_code == 1
    assert path.read_bytes() == before
    mended = run("repair", path)
    assert mended.exception is None or isinstance(mended.exception, SystemExit), mended.exception
    assert (mended.exit_code == 0) == (how not in BEYOND_THE_JOURNAL)
    if mended.exit_code == 0:
        assert said("check", path).strip() == "Everything is sound."
        ok("coders", "add", path, "carla")


@pytest.mark.parametrize(
    "how", ["text gone", "texts changed", "text no text", "entry", "entries", "identity"]
)
def test_what_the_journal_does_not_know_comes_from_a_backup(demo: Path, tmp_path: Path, how: str) -> None:
    path = tmp_path / "study.qualcode"
    shutil.copyfile(demo, path)
    ok("backup", path)
    ok("coders", "add", path, "carla")  # since the backup, and so not to be lost
    with sqlite3.connect(path) as db:
        db.execute(
            DAMAGE[how].replace("changes = '[[1]]', at = 'yesterday'", "changes = '[[1]]' WHERE tick < 4")
        )
    db.close()
    assert ok("repair", path)["left"] == []
    assert "carla" in said("coders", "list", path)


def test_a_text_that_is_gone_takes_only_its_own_interview_along(demo: Path, tmp_path: Path) -> None:
    path = damaged(demo, tmp_path, "text gone")
    shown = run("transcripts", "list", path)
    assert len(ok("transcripts", "list", demo)["transcripts"]) == 16
    assert len(shown.stdout.splitlines()) == 1 + 15
    assert "reading only" in shown.stderr


def test_a_sound_project_is_looked_over_once_and_then_trusted_until_something_touches_it(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "study.qualcode"
    shutil.copyfile(demo, path)
    looked: list[Path] = []

    def looking(file: object) -> list[str]:
        looked.append(path)
        return problems(file)  # type: ignore[arg-type]

    monkeypatch.setattr("qualcode.store.file.check.problems", looking)
    for _n in range(3):
        with open_project(path, "marit") as project:
            project.memos.add("project", "", "iets")
    assert len(looked) == 1
    path.write_bytes(path.read_bytes())
    open_project(path).close()
    assert len(looked) == 2


@pytest.mark.parametrize(
    ("turns", "wrong"),
    [
        ([(0, 3), (4, 8)], False),
        ([(0, 3), (5, 8)], True),  # a letter is in no turn
        ([(0, 3), (4, 6)], True),
        ([(0, 6), (6, 8)], True),  # a word is cut
        ([(0, 5), (4, 8)], True),
        ([(0, 3), (4, 9)], True),
        ([(1, 3), (4, 8)], True),
        ([], True),
    ],
)
def test_turns_cover_the_text_and_cut_no_word(turns: list[tuple[int, int]], wrong: bool) -> None:
    assert torn(turns, "een\ntwee") is wrong


def test_turns_that_the_journal_itself_tears_are_made_whole(demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "study.qualcode"
    shutil.copyfile(demo, path)
    with open_project(path) as project:
        one = project.transcripts.get("casus-01-ouder")
        wrong = [[turn.start + 2, turn.end + 2, turn.speaker, 0, None, None, ""] for turn in one.turns]
        with project.transaction("transcript.turns") as transaction:
            transaction.set_turns(one.id, {"turns": wrong})
        project.is_sound = False  # not to be trusted at the next opening
    assert "casus-01-ouder" in run("check", path).output
    assert "casus-01-ouder" in said("repair", path)
    with open_project(path) as project:
        turns = project.transcripts.get("casus-01-ouder").turns
        assert [(t.start, t.end, t.speaker) for t in turns] == [
            (t.start, t.end, t.speaker) for t in one.turns
        ]


@pytest.mark.parametrize("size", [0, 100, 8192])
def test_a_project_whose_making_was_stopped_is_said_and_made_again(
    demo: Path, tmp_path: Path, size: int
) -> None:
    path = tmp_path / "study.qualcode"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA application_id = 1363365700")
        if size:
            db.execute("CREATE TABLE journal (id TEXT)")
    db.close()
    if size == 0:
        path.write_bytes(b"")
    for verb in (("check",), ("transcripts", "list"), ("repair",)):
        assert run(*verb, path).exit_code == 1
    ok("new", path, "--practitioner", "anna")
    assert said("check", path).strip() == "Everything is sound."
    assert "exists already" in refused("new", path)


def test_whichever_page_of_the_file_is_garbled_it_is_said_in_words(demo: Path, tmp_path: Path) -> None:
    """As a copy is that was taken while the file was being written."""
    whole = demo.read_bytes()
    size = int.from_bytes(whole[16:18], "big")
    path = tmp_path / "study.qualcode"
    for page in range(1, 60):
        garbled = b"\xa5" * size
        path.write_bytes(whole[: page * size] + garbled + whole[(page + 1) * size :])
        for verb in ("check", "codings export"):
            result = run(*verb.split(), path)
            assert result.exception is None or isinstance(result.exception, SystemExit), (page, verb)
