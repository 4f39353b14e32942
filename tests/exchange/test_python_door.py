"""qualcode from a script, and the notebook in the documentation."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

import qualcode
from qualcode.store.project import Project

DOCS = Path(__file__).parents[2] / "docs"


def test_the_notebook_runs_from_top_to_bottom() -> None:
    notebook = json.loads((DOCS / "agreement.ipynb").read_text(encoding="utf-8"))
    assert notebook["nbformat"] == 4
    room: dict[str, Any] = {}
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                assert cell["outputs"] == []
                exec("".join(cell["source"]), room)
    assert room["figure"].read_bytes().startswith(b"\x89PNG")
    assert (room["folder"] / "study.qdpx").exists()
    assert re.search(r"tijd\s+both\s+32", said.getvalue()), said.getvalue()
    assert len(room["records"]) == 7


def test_measuring_names_codes_and_interviews(project: Project) -> None:
    transcript = project.transcripts.all()[0]
    tijd, bram = project.codebook.get("tijd"), project.coders.get("bram")
    project.codings.add(transcript, 0, 13, tijd)
    project.codings.add(transcript, 0, 4, tijd, bram)
    assert qualcode.measure(project).left_out == ("casus-04-leraar",)
    found = qualcode.measure(project, "anna", "bram", everything=True)
    assert found.documents == ("casus-04-leraar",)
    counts = found.of("tijd").counts
    assert (counts.both, counts.only_a) == (3, 10)  # the space at the edge does not count
    with pytest.raises(qualcode.QualcodeError):
        qualcode.measure(project, "anna", "anna")


def test_every_name_of_the_door_opens() -> None:
    for name in qualcode.__all__:
        assert getattr(qualcode, name) is not None
