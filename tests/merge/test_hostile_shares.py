"""Share files that somebody made up: refused in words, or harmless. The long run is `benchmarks/hostile.py`."""

from __future__ import annotations

import io
import json
import sqlite3
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from benchmarks.hostile import Found, Members, attack, honest, mutation, opened
from qualcode.model import new_id
from qualcode.store.project import open_project
from qualcode.text.normal import text_hash
from tests.verbs import refused, said

Attack = Callable[[Members], None]


@dataclass(frozen=True)
class Study:
    """Anna's project, and the honest share file of bram."""

    project: Path
    content: bytes


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return Study(*honest(tmp_path_factory.mktemp("study")))


def after(study: Study, folder: Path, content: bytes) -> Found:
    """What became of a share file in a copy of the project, with every door opened afterwards."""
    found = Found()
    attack(study.project, content, folder, found, "this", thorough=True, fresh=False)
    assert found.wrong == []
    return found


def rows(members: Members, table: str) -> list[dict[str, Any]]:
    """The records of a table as they were made."""
    made = (c for line in members.entries for c in line["changes"] if c[0] == table and c[2] is None)
    return [change[3] for change in made if change[3]]


def field(table: str, column: str, value: Any) -> Attack:
    """The last record of a table has another value in a column."""

    def change(members: Members) -> None:
        rows(members, table)[-1][column] = value

    return change


def line(**fields: Any) -> Attack:
    """The last act says other things of itself."""
    return lambda members: members.entries[-1].update(fields)


def value(name: str, text: str) -> Attack:
    """A setting has another value."""

    def change(members: Members) -> None:
        row = {"id": name, "value": text}
        members.entries[-1]["changes"].append(["settings", name, None, row])

    return change


def turns(*given: tuple[int, int]) -> Attack:
    """An interview has these turns."""
    return field("turns", "turns", [[start, end, "I", 1, None, None, ""] for start, end in given])


def text(change: Callable[[str], str]) -> Attack:
    """An interview has another text, whose hash is right wherever it stands."""

    def made(members: Members) -> None:
        old, was = members.texts[0]
        new = change(was)
        members.texts[0] = [text_hash(new), new]
        members.entries = json.loads(json.dumps(members.entries).replace(old, text_hash(new)))

    return made


def wrong_table(members: Members) -> None:
    rows(members, "codings")[-1]["code_id"] = rows(members, "transcripts")[-1]["id"]


def twice(members: Members) -> None:
    members.entries.append(members.entries[-1])


def undoes_itself(members: Members) -> None:
    members.entries[-1]["undoes"] = members.entries[-1]["id"]


def undoes_what_comes_later(members: Members) -> None:
    members.entries[0]["undoes"] = members.entries[-1]["id"]


def other_kind(members: Members) -> None:
    """Somebody called anna was here before, and does not code."""
    one = {"id": "00000000-0000-7000-8000-000000000000", "name": "Anna", "kind": "auditor", "pin": ""}
    members.entries.append(
        {**members.entries[-1], "id": new_id(), "tick": 1, "changes": [["coders", one["id"], None, one]]}
    )


def other_person(members: Members) -> None:
    anna = next(c[1] for e in members.entries for c in e["changes"] if c[0] == "coders")
    members.entries[-1]["changes"] = [["coders", anna, {"kind": "practitioner"}, {"kind": "auditor"}]]


def other_name(members: Members) -> None:
    """Anna was called otherwise; names were hidden, so words that people wrote may differ, but not hers."""
    rows(members, "coders")[0]["name"] = "aaa"


def pin(members: Members) -> None:
    members.entries[-1]["changes"] = [["pins", "x", None, {"id": "x", "salt": "", "hash": ""}]]


def circle_of_corrections(members: Members) -> None:
    row = rows(members, "revisions")[-1]
    row["parents"] = json.dumps([row["id"]])


def masked(members: Members) -> None:
    """A text under a hash that is not its own, as one in which a name was wiped."""
    members.texts[0][1] = "█" * 7


DEEP = "[" * 100_000 + "]" * 100_000
REFUSED: dict[str, Attack] = {
    "a list of ids that is no JSON": field("rankings", "transcripts", "[1, 2"),
    "a list of ids that is none": field("themes", "codes", '{"a": 1}'),
    "a list with what is no id": field("rankings", "transcripts", '["a b", 3]'),
    "a list with what nobody made": field("rankings", "transcripts", json.dumps([new_id()])),
    "a round that nobody can end": field("rounds", "coders", json.dumps([new_id()])),
    "a round without people": field("rounds", "coders", "[]"),
    "a round of nobody": field("rounds", "coder_id", None),
    "a frozen coding that is none": field("freezes", "codings", "[[1, 2]]"),
    "a seal that is broken": field("freezes", "at", "2026-01-01T00:00:00.000Z"),
    "a span outside the text": field("theme_quotes", "end", 4_000),
    "a span before the text": field("theme_quotes", "start", -4),
    "a span that runs backwards": field("theme_quotes", "start", 500),
    "a span in a text that is not there": field("theme_quotes", "text_hash", "0" * 64),
    "turns on top of each other": turns((0, 9), (4, 20)),
    "turns in another order": turns((10, 20), (0, 9)),
    "turns outside the text": turns((0, 9), (10, 4_000)),
    "a turn that is none": field("turns", "turns", [[0, 9]]),
    "a name with control signs": field("coders", "name", "bram\x1b[2J"),
    "a name on two lines": field("cases", "label", "01\n02"),
    "a name without end": field("transcripts", "name", "x" * 10_000_000),
    "no name": field("transcripts", "name", " "),
    "an unknown kind": field("coders", "kind", "boss"),
    "a role of two lines": field("informants", "role", "boss\nof all"),
    "an unknown state": field("rounds", "state", "asleep"),
    "an unknown outcome": field("decisions", "outcome", "won"),
    "an unknown kind of memo": field("memos", "target_kind", "weather"),
    "an unknown verdict": field("ratings", "verdict", "so-so"),
    "an unknown question": field("reflections", "question", "why"),
    "an unknown language": field("transcripts", "language", "tlh"),
    "an id without signs": line(id=""),
    "an id without end": line(id="x" * 100_000),
    "an id with commas": field("memos", "target_id", "a,b"),
    "a date that is none": field("memos", "created_at", "yesterday"),
    "a date before all calendars": line(at="0001-01-01T00:00:00.000Z"),
    "a date after all calendars": line(at="9999-12-31T23:59:59.999Z"),
    "an act that stands in it twice": twice,
    "an act that undoes itself": undoes_itself,
    "an act that undoes what comes later": undoes_what_comes_later,
    "a reference to another table": wrong_table,
    "half a sign": field("memos", "text", "\ud800"),
    "a sign that ends texts": field("memos", "text", "a\0b"),
    "a text with such a sign": text(lambda words: words + "\0"),
    "a text in another form": text(lambda words: words + " cafe\u0301"),
    "a text without words": text(lambda words: " \n "),
    "a place in the order beyond all counting": field("codes", "position", 2**60),
    "stop words of a language that nobody speaks": value("stop_words", '{"tlh": []}'),
    "a correction outside its text": field("revisions", "edits", '[[4000, 4001, "x"]]'),
    "corrections on top of each other": field("revisions", "edits", '[[0, 4, "x"], [2, 6, "y"]]'),
    "a correction that makes another text": field("revisions", "edits", '[[0, 3, "Wat"]]'),
    "a correction that rests on itself": circle_of_corrections,
    "a hidden name without a key": field("hidden_names", "salt", ""),
    "a hidden name whose key is none": field("hidden_names", "salt", "sleutel"),
    "a hidden name of a thousand words": field(
        "hidden_names", "forms", f'[["{"0" * 32}", 1000, "[x-1]", true]]'
    ),
    "what stands for a name and clings to it": field(
        "hidden_names", "forms", f'[["{"0" * 32}", 1, "\u0301", true]]'
    ),
    "a masked text of another length": masked,
    "a PIN": pin,
    "a number that is none": value("iou_agreed", "NaN"),
    "a number without end": value("iou_agreed", "1e999"),
    "a switch for a number": field("codes", "position", True),
    "a share for a number": field("codes", "position", 1.5),
    "a number of a hundred digits": field("codes", "position", 10**100),
    "a tick of truth": line(tick=True),
    "a tick at the end of the clock": line(tick=2**53 - 1),
    "a tick beyond what SQLite counts": line(tick=2**70),
    "a tick before the first": line(tick=0),
    "nesting without end": field("memos", "text", json.loads("[" * 400 + "]" * 400)),
    "JSON nested without end": value("searches", DEEP),
    "a setting of another shape": value("codebook", '{"title": 3}'),
    "a setting that nobody knows": value("colour", '"red"'),
    "a pipeline on another machine": value("pipeline", '{"nl": "//there/is/one"}'),
    "somebody who does not code any more": other_kind,
    "somebody who is somebody else": other_person,
    "somebody by another name": other_name,
    "a column too few": lambda members: rows(members, "codings")[-1].pop("code_id"),
    "a project without number": lambda members: members.manifest.update(project="x"),
    "a version that is a word": lambda members: members.manifest.update(version="2"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_it_is_refused_in_words(kind: str, study: Study, tmp_path: Path) -> None:
    """With its sum made right, and the project stays as it was."""
    members = opened(study.content)
    REFUSED[kind](members)
    found = after(study, tmp_path, members.packed())
    assert found.refused.total() == 1


def undoes_nothing(members: Members) -> None:
    members.entries[-1]["undoes"] = new_id()


def undoes_what_anna_did(members: Members) -> None:
    anna = members.entries[0]["coder"] or members.entries[1]["coder"]
    members.entries[-1]["undoes"] = next(e["id"] for e in members.entries if e["coder"] == anna)


def circle(members: Members) -> None:
    """Three codes, each below the next, the last below the first."""
    pattern, ids = rows(members, "codes")[-1], [new_id() for _n in range(3)]
    for n, one in enumerate(ids):
        row = {**pattern, "id": one, "slug": f"kring-{n}", "parent_id": ids[n - 1]}
        members.entries[-1]["changes"].append(["codes", one, None, row])


def deep_codes(members: Members) -> None:
    """Each of a hundred codes stands below the one before."""
    pattern, above = rows(members, "codes")[-1], None
    for n in range(100):
        row = {**pattern, "id": new_id(), "slug": f"diep-{n}", "parent_id": above}
        members.entries[-1]["changes"].append(["codes", row["id"], None, row])
        above = row["id"]


def far_tick(members: Members) -> None:
    for n, entry in enumerate(members.entries[-5:]):
        entry["tick"] = 10**9 + n


def long_words(members: Members) -> None:
    rows(members, "memos")[-1]["text"] = "let op\n" * 100_000


HARMLESS: dict[str, Attack] = {
    "an act that undoes nothing": undoes_nothing,
    "an act that undoes what another did": undoes_what_anna_did,
    "a circle of codes": circle,
    "codes below codes below codes": deep_codes,
    "a clock that jumped": far_tick,
    "a memo of a whole book": long_words,
    "lines in another order": lambda members: members.entries.reverse(),
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_it_does_no_harm(kind: str, study: Study, tmp_path: Path) -> None:
    members = opened(study.content)
    HARMLESS[kind](members)
    found = after(study, tmp_path, members.packed())
    assert found.harmless == 1, found.refused


def test_any_change_is_refused_or_harmless(study: Study, tmp_path: Path) -> None:
    """Fields, columns, lines, changes, texts, manifest and bytes, a hundred and fifty of them."""
    found = Found()
    for seed in range(150):
        content, told = mutation(seed, study.content)
        (tmp_path / str(seed)).mkdir()
        attack(
            study.project,
            content,
            tmp_path / str(seed),
            found,
            told,
            thorough=seed % 50 == 0,
            fresh=seed % 7 == 3,
        )
    assert found.wrong == []
    assert found.refused.total() > 50
    assert found.harmless > 10


def test_the_clock_goes_on_after_the_furthest_jump(study: Study, tmp_path: Path) -> None:
    """Whoever takes in the furthest tick there may be can go on working, and so can whom they share with."""
    members = opened(study.content)
    low, high = 1, 2**53
    while low + 1 < high:
        middle = (low + high) // 2
        members.entries[-1]["tick"] = middle
        if _taken(study, tmp_path, members):
            low = middle
        else:
            high = middle
    assert low > 10**9
    members.entries[-1]["tick"] = low
    anna, other = tmp_path / "anna.qualcode", tmp_path / "other.qualcode"
    (tmp_path / "bram.qcx").write_bytes(members.packed())
    for copy in (anna, other):
        copy.write_bytes(study.project.read_bytes())
    said("merge", anna, tmp_path / "bram.qcx")
    said("code", anna, "casus-02-leraar", 2, 5, "tijd", "--as", "anna")
    said("share", anna, "--as", "anna", "-o", tmp_path / "anna.qcx")
    said("merge", other, tmp_path / "bram.qcx")
    said("merge", other, tmp_path / "anna.qcx")
    said("code", other, "casus-02-leraar", 3, 6, "tijd", "--as", "bram")
    assert "sound" in said("check", other)


def _taken(study: Study, folder: Path, members: Members) -> bool:
    copy, file = folder / "try.qualcode", folder / "try.qcx"
    copy.write_bytes(study.project.read_bytes())
    file.write_bytes(members.packed())
    with open_project(copy) as project:
        tick = project.journal.entries(limit=1)[0].tick
    try:
        said("merge", copy, file, "--dry-run")
    except AssertionError:
        return False
    assert tick < 10**6
    return True


def test_a_zip_that_unpacks_without_end_is_refused(tmp_path: Path, study: Study) -> None:
    members = opened(study.content)
    members.texts.append(["0" * 64, "x" * 30_000_000])
    content = members.packed()
    assert len(content) < 100_000
    assert "no share file" in next(iter(after(study, tmp_path, content).refused))


@pytest.mark.parametrize("name", ["entries.jsonl", "manifest.json", "more.txt"])
def test_a_member_twice_or_too_many_is_refused(name: str, study: Study, tmp_path: Path) -> None:
    packed = io.BytesIO(study.content)
    with zipfile.ZipFile(packed, "a") as archive, warnings.catch_warnings(action="ignore"):
        archive.writestr(name, b"{}")
    assert "no share file" in next(iter(after(study, tmp_path, packed.getvalue()).refused))


def test_a_whole_copy_is_looked_over_as_well(study: Study, tmp_path: Path) -> None:
    """What somebody put into the other project file with a tool of their own."""
    for n, (sql, words) in enumerate(
        (
            ("UPDATE journal SET tick = 9007199254740991 WHERE rowid = 5", "counted further"),
            ("UPDATE journal SET changes = '[[1' WHERE rowid = 5", "damaged"),
            ("UPDATE journal SET changes = '[[\"codes\", \"x\", {\"slug\": 3}, null]]' WHERE rowid = 5", "slug"),
            ("UPDATE journal SET at = x'00' WHERE rowid = 5", "'at' in journal"),
            ("UPDATE texts SET text = text || char(0)", "a text is not as it was"),
            ("DROP TABLE journal", "damaged"),
            ("ALTER TABLE journal RENAME TO j; CREATE VIEW journal AS SELECT * FROM j", "damaged"),
            ("DELETE FROM meta WHERE key = 'project_id'", "damaged"),
        )
    ):  # fmt: skip
        copy, other = tmp_path / f"{n}.qualcode", tmp_path / f"other-{n}.qualcode"
        for path in (copy, other):
            path.write_bytes(study.project.read_bytes())
        db = sqlite3.connect(other)
        db.executescript(sql)
        db.commit()
        db.close()
        before = copy.read_bytes()
        assert words in refused("merge", copy, other)
        assert copy.read_bytes() == before
