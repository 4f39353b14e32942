"""The share file: what is in it, what is not, and what is refused."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.errors import ConflictError, InputError, ProjectError, QualcodeError
from qualcode.model import Change, Turn, new_id
from qualcode.store.journal import share
from qualcode.store.journal.incoming import read_project
from qualcode.store.journal.merge import merge
from qualcode.store.project import Project, create_project
from tests.merge.histories import dump, take

Laptops = tuple[Project, Project]
Members = dict[str, Any]


@pytest.fixture
def file(laptops: Laptops, tmp_path: Path) -> Path:
    """Bram's share file, with two codings and a memo."""
    _anna, bram = laptops
    one = bram.transcripts.all()[0]
    for start in (14, 19):
        coding = bram.codings.add(one, start, 24, bram.codebook.get("tijd"))
    bram.memos.add("coding", coding.id, "twijfel [b]")
    path = tmp_path / "bram.qcx"
    path.write_bytes(share.pack(bram, bram.require_coder()))
    return path


def rewrite(path: Path, change: Callable[[Members], None], *, signed: bool = True) -> None:
    """Change what is in a share file; with `signed` its sum is made right again, as its sender can."""
    with zipfile.ZipFile(path) as archive:
        raw = {name: archive.read(name) for name in archive.namelist()}
    members: Members = {
        "manifest": json.loads(raw["manifest.json"]),
        "entries": [json.loads(line) for line in raw["entries.jsonl"].splitlines()],
        "texts": [json.loads(line) for line in raw["texts.jsonl"].splitlines()],
    }
    change(members)
    packed = {f"{name}.jsonl": share._lines(members[name]) for name in ("entries", "texts")}
    if signed:
        path.write_bytes(share.zipped(members["manifest"], packed))
        return
    packed["manifest.json"] = json.dumps(members["manifest"]).encode()
    path.write_bytes(share._zipped(packed))


def test_a_share_file_brings_ones_work_over(laptops: Laptops, file: Path) -> None:
    anna, bram = laptops
    found = share.read_share(file)
    assert (found.coder, found.title) == ("bram", "A study")
    merge(anna, found.incoming)
    assert dump(anna)["codings"] == dump(bram)["codings"]
    assert anna.memos.all() == bram.memos.all()


def test_the_other_coders_work_is_not_in_it(laptops: Laptops) -> None:
    """Not even when nobody in particular took the work of both in at once."""
    anna, _bram = laptops
    anna.coder = None
    one, code = anna.transcripts.all()[0], anna.codebook.get("tijd")
    people = [anna.coders.get(name) for name in ("anna", "bram")]
    with anna.transaction("codings.import"):
        for person in people:
            (coding,) = anna.codings.add_all([(one, 14, 24, code, person)])
            anna.memos.add("coding", coding.id, f"geheim van {person.name}", person)
            anna.progress.mark(one, person)
    anna.codings.move(anna.codings.all(coder=people[1])[0], 15, 23)
    with zipfile.ZipFile(io.BytesIO(share.pack(anna, people[0]))) as archive:
        entries = archive.read("entries.jsonl").decode()
    assert "geheim van anna" in entries
    assert "geheim van bram" not in entries
    rows = [c[3] for line in entries.splitlines() for c in json.loads(line)["changes"] if c[0] == "codings"]
    assert [row["coder_id"] for row in rows if row] == [people[0].id]


def test_what_was_kept_back_is_filled_in_later(laptops: Laptops, tmp_path: Path) -> None:
    """Nobody in particular took in codings of both at once; each comes with its own coder's file, in any order."""
    anna, bram = laptops
    one, code = anna.transcripts.all()[0], anna.codebook.get("tijd")
    people = [anna.coders.get(name) for name in ("anna", "bram")]
    anna.coder = None
    anna.codings.add_all([(one, 14, 24, code, person) for person in people])
    for n, person in enumerate(people):
        path = tmp_path / f"{n}.qcx"
        path.write_bytes(share.pack(anna, person))
        merge(bram, share.read_share(path).incoming)
        assert len(bram.codings.all()) == n + 1
    assert dump(anna)["journal"] == dump(bram)["journal"]


def test_a_text_travels_with_its_interview(laptops: Laptops, tmp_path: Path) -> None:
    anna, bram = laptops
    text = "Een\x1enieuwe tekst 👩‍👧"
    bram.transcripts.add("nieuw", text, [Turn(1, 0, len(text))])
    path = tmp_path / "bram.qcx"
    path.write_bytes(share.pack(bram, bram.require_coder()))
    merge(anna, share.read_share(path).incoming)
    assert anna.transcripts.get("nieuw") == bram.transcripts.get("nieuw")


def test_another_version_of_a_text_is_refused_with_what_differs(laptops: Laptops) -> None:
    anna, bram = laptops
    for project, last in ((anna, "goed"), (bram, "slecht")):
        project.transcripts.add("casus-05", f"Het ging {last}.", [Turn(1, 0, 10)])
    before = dump(anna)
    with pytest.raises(ConflictError, match=r"casus-05.*not the same text.*character 9.*goed.*slecht"):
        take(anna, bram)
    assert dump(anna) == before
    with pytest.raises(ConflictError, match="casus-05"):
        take(bram, anna)


def test_another_project_is_refused(laptops: Laptops, tmp_path: Path) -> None:
    with (
        create_project(tmp_path / "else.qualcode") as other,
        pytest.raises(InputError, match="another project"),
    ):
        take(other, laptops[0])


def _tick(members: Members) -> None:
    members["entries"][-1]["tick"] = 2**60


def _table(members: Members) -> None:
    members["entries"][-1]["changes"][0][0] = "sqlite_master"


def _column(members: Members) -> None:
    members["entries"][-1]["changes"][0][3]["id) VALUES (1); --"] = "x"


def _kind(members: Members) -> None:
    members["entries"][-1]["changes"][0][3]["text"] = 12


def _coder(members: Members) -> None:
    members["entries"][-1]["coder"] = new_id()


def _text(members: Members) -> None:
    members["texts"][0][1] += "!"


def _beyond(members: Members) -> None:
    row = next(c[3] for e in members["entries"] for c in e["changes"] if c[0] == "codings")
    row["end"] = 4000


def _orphan(members: Members) -> None:
    row = next(c[3] for e in members["entries"] for c in e["changes"] if c[0] == "codings")
    row["code_id"] = new_id()


def _no_entries(members: Members) -> None:
    members["entries"] = [{"id": 3}]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_tick, "changed or damaged"),
        (_table, "does not know"),
        (_column, "changed or damaged"),
        (_kind, "changed or damaged"),
        (_coder, "did not sign"),
        (_text, "changed or damaged"),
        (_beyond, "another version of the text"),
        (_orphan, "not complete"),
        (_no_entries, "no share file"),
    ],
)
def test_what_no_qualcode_wrote_is_refused(
    laptops: Laptops, file: Path, change: Callable[[Members], None], words: str
) -> None:
    """Even with its sum made right, and the project stays as it was."""
    anna, _bram = laptops
    rewrite(file, change)
    before = dump(anna)
    with pytest.raises(QualcodeError, match=words):
        merge(anna, share.read_share(file).incoming)
    assert dump(anna) == before


def test_a_missing_text_is_told(laptops: Laptops, tmp_path: Path) -> None:
    anna, bram = laptops
    bram.transcripts.add("nieuw", "Een nieuwe tekst", [Turn(1, 0, 16)])
    path = tmp_path / "bram.qcx"
    path.write_bytes(share.pack(bram, bram.require_coder()))
    rewrite(path, lambda members: members["texts"].clear())
    with pytest.raises(InputError, match="lacks the text of nieuw"):
        merge(anna, share.read_share(path).incoming)


def test_an_edited_file_is_refused(file: Path) -> None:
    rewrite(file, lambda members: members["entries"].pop(), signed=False)
    with pytest.raises(InputError, match="changed after it was made"):
        share.read_share(file)


def test_an_edited_manifest_is_refused(file: Path) -> None:
    rewrite(file, lambda members: members["manifest"].update(coder="anna"), signed=False)
    with pytest.raises(InputError, match="changed after it was made"):
        share.read_share(file)


def test_a_newer_format_is_refused(file: Path) -> None:
    rewrite(file, lambda members: members["manifest"].update(version=99))
    with pytest.raises(InputError, match="newer version"):
        share.read_share(file)


def test_a_newer_project_is_refused(laptops: Laptops) -> None:
    anna, bram = laptops
    bram.db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('qualcode', '9999_x', '')"
    )
    with pytest.raises(ProjectError, match="newer version"):
        take(anna, bram)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(cut=st.floats(0, 0.999), flip=st.floats(0, 0.999), byte=st.integers(1, 255))
def test_a_damaged_file_is_refused(file: Path, tmp_path: Path, cut: float, flip: float, byte: int) -> None:
    """Cut off anywhere, or with any byte changed: a sentence."""
    whole = file.read_bytes()
    damaged = tmp_path / "damaged.qcx"
    damaged.write_bytes(whole[: int(cut * len(whole))])
    with pytest.raises(InputError):
        share.read_share(damaged)
    at = int(flip * len(whole))
    damaged.write_bytes(whole[:at] + bytes([whole[at] ^ byte]) + whole[at + 1 :])
    with pytest.raises(InputError):
        share.read_share(damaged)


@pytest.mark.parametrize("content", [b"", b"PK", b"hello", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_share_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.qcx"
    path.write_bytes(content)
    with pytest.raises(InputError, match="no share file"):
        share.read_share(path)


def test_one_act_with_two_contents_is_refused(laptops: Laptops) -> None:
    anna, bram = laptops
    anna.codings.add(anna.transcripts.all()[0], 14, 24, anna.codebook.get("tijd"))
    take(bram, anna)
    incoming = read_project(bram.path)
    last = incoming.entries[-1]
    row = {**(last.changes[0].after or {}), "end": 20}
    forged = replace(last, changes=(Change("codings", last.changes[0].id, None, row),))
    before = dump(anna)
    with pytest.raises(ConflictError, match="one thing here and another there"):
        merge(anna, replace(incoming, entries=(*incoming.entries[:-1], forged)))
    assert dump(anna) == before
