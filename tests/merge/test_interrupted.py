"""A merge that does not come to its end leaves the old state."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qualcode.errors import LockedError
from qualcode.i18n import Bilingual
from qualcode.model import Code
from qualcode.store.file import schema
from qualcode.store.file.check import problems
from qualcode.store.journal import merge as merging
from qualcode.store.journal.incoming import read_project
from qualcode.store.journal.merge import merge
from qualcode.store.project import Project, open_project
from tests.merge.histories import dump

Laptops = tuple[Project, Project]

# merges, and has itself killed after so many thousand steps of the database
_MERGE = """
import itertools, os, signal, sys
from pathlib import Path
from qualcode.store.journal.incoming import read_project
from qualcode.store.journal.merge import merge
from qualcode.store.project import open_project
project = open_project(Path(sys.argv[1]))
incoming = read_project(Path(sys.argv[2]))
steps = itertools.count()
def stop_at():
    if next(steps) == int(sys.argv[3]):
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
project.db.conn.set_progress_handler(stop_at, 1000)
merge(project, incoming)
"""


def _much_work(project: Project) -> None:
    one, code = project.transcripts.all()[0], project.codebook.get("tijd")
    me = project.require_coder()
    with project.transaction("codings.import"):
        for _n in range(400):
            project.codings.add_all([(one, start, start + 6, code, me) for start in range(0, 60, 7)])


@pytest.mark.parametrize("step", ["_write_journal", "write_state", "_report", "fingerprint"])
def test_an_error_in_the_middle_leaves_the_old_state(
    laptops: Laptops, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    anna, bram = laptops
    bram.codings.add(bram.transcripts.all()[0], 14, 24, bram.codebook.get("meta"))
    if step in ("write_state", "_report"):  # these take part when more than codings came
        bram.codebook.add(Code("", "rust", Bilingual("Rust")))
    before = dump(anna)
    place = merging if hasattr(merging, step) else merging._Merge
    original = getattr(place, step)

    def broken(*args: object) -> object:
        original(*args)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(place, step, broken)
    with pytest.raises(Exception, match="disk is full"):
        merge(anna, read_project(bram.path))
    monkeypatch.undo()
    assert dump(anna) == before
    merge(anna, read_project(bram.path))
    assert len(anna.codings.all()) == 1


def test_power_off_at_any_moment(laptops: Laptops) -> None:
    """Killed ever later: the project is the old one or, at the end, the new one, and sound."""
    anna, bram = laptops
    _much_work(bram)
    old = anna.path.read_bytes()
    anna.close()
    seen = []
    for steps in (0, 5, 40, 150, 400, 800, 10**9):
        anna.path.with_name(anna.path.name + "-journal").unlink(missing_ok=True)
        anna.path.write_bytes(old)
        subprocess.run(
            [sys.executable, "-c", _MERGE, str(anna.path), str(bram.path), str(steps)], check=False
        )
        with open_project(anna.path) as after:
            assert problems(after) == []
            seen.append(len(after.codings.all()))
    assert set(seen) == {0, 3600}
    assert seen[0] == 0


def test_the_second_of_two_merges_waits_or_says_so(laptops: Laptops, monkeypatch: pytest.MonkeyPatch) -> None:
    anna, bram = laptops
    bram.memos.add("project", "", "iets")
    incoming = read_project(bram.path)
    monkeypatch.setattr(schema, "_WAIT_FOR_LOCK_S", 0.05)
    with open_project(anna.path) as other, anna.db.atomic():
        anna.db.execute("UPDATE meta SET value = value")
        with pytest.raises(LockedError, match="Another program is writing"):
            merge(other, incoming)
    with open_project(anna.path) as other:
        assert merge(other, incoming).entries == 1


def test_a_copy_is_read_without_being_touched(laptops: Laptops) -> None:
    anna, bram = laptops
    before = bram.path.read_bytes()
    os.chmod(bram.path, 0o400)
    merge(anna, read_project(Path(bram.path)))
    assert bram.path.read_bytes() == before
