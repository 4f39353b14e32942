"""A project that was damaged is mended from its journal, and says what was done."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from qualcode.store.file.check import problems
from qualcode.store.project import Project, open_project
from tests.verbs import ok, refused, run


def test_what_was_changed_outside_qualcode_is_as_the_journal_says_again(project: Project) -> None:
    coding = project.codings.add(project.transcripts.all()[0], 14, 24, "tijd")
    path = project.path
    with sqlite3.connect(path) as db:
        db.execute("UPDATE codings SET start = start + 9000, end = end + 9000")
        db.execute("UPDATE codes SET slug = 'weg' WHERE slug = 'meta'")
    db.close()
    assert "qualcode repair" in run("check", path).output
    assert ok("repair", path, "--as", "anna")["left"] == []
    with open_project(path, "anna") as mended:
        assert mended.codings.all() == [coding]
        assert mended.codebook.find("meta") is not None
        assert problems(mended) == []
    assert "nothing to mend" in run("repair", path).output


def test_a_passage_outside_its_text_is_put_inside_and_told(project: Project) -> None:
    """An entry of the journal itself may say so: an older version let an undo do it."""
    coding = project.codings.add(project.transcripts.all()[0], 14, 24, "tijd")
    with project.transaction("coding.edges") as transaction:
        transaction.update("codings", coding.id, start=9000, end=9010)
    assert "lies outside the text" in run("agreement", project.path, "--all", "--as", "anna").stderr
    done = ok("repair", project.path, "--as", "anna")
    assert done["left"] == []
    assert "look at it" in done["mended"][0]
    assert problems(project) == []
    size = len(project.transcripts.all()[0].text)
    assert all(0 <= one.start < one.end <= size for one in project.codings.all())


def test_a_damaged_journal_is_said(project: Project) -> None:
    project.codings.add(project.transcripts.all()[0], 14, 24, "tijd")
    project.db.execute("PRAGMA foreign_keys = OFF")
    with project.db.atomic():
        project.db.execute("DELETE FROM journal WHERE action = 'transcript.add'")
    assert "journal is damaged" in refused("repair", project.path)
    assert Path(project.path).exists()
