"""The floors of the house, and what a light path must not load."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = {"textual", "spacy", "sklearn", "docx", "numpy", "matplotlib", "babel", "openpyxl"}


def loaded_by(statement: str) -> set[str]:
    """The top-level modules in memory after a statement in a fresh Python."""
    program = f"{statement}\nimport sys, json; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in json.loads(run.stdout.splitlines()[-1])}


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import qualcode", HEAVY | {"sqlite3", "sqlite_utils", "click", "yaml"}),
        ("import qualcode.cli.group", HEAVY | {"sqlite_utils", "yaml"}),
        ("from qualcode.cli.group import Verbs, qualcode; qualcode.get_help(__import__('click').Context(qualcode))",
         HEAVY | {"sqlite_utils"}),
        ("import qualcode; qualcode.open", HEAVY),
        ("import qualcode.cli.agreement, qualcode.cli.compare, qualcode.cli.decisions", HEAVY),
        ("import qualcode.cli.codings, qualcode.cli.transcripts", HEAVY),
        ("import qualcode.cli.workbench", HEAVY | {"sqlite_utils", "yaml"}),
        ("import qualcode.cli.export", HEAVY),
        ("import qualcode.cli.search, qualcode.cli.words, qualcode.cli.language", HEAVY),
        ("import qualcode.store.index.words, qualcode.store.index.plain", HEAVY | {"simplemma"}),
        ("from qualcode.tasks.searching import indexing, search, words", HEAVY | {"simplemma"}),
        ("import qualcode.text.layout", {"textual", "spacy", "sqlite3", "docx"}),
        ("import qualcode.agreement.comparison", HEAVY | {"sqlite3"}),
        ("import qualcode.analysis.themes, qualcode.analysis.checklist", HEAVY | {"sqlite3"}),
        ("import qualcode.tui.app", {"spacy", "sklearn", "docx", "numpy", "matplotlib"}),
    ],
)  # fmt: skip
def test_light_paths_load_nothing_heavy(statement: str, forbidden: set[str]) -> None:
    assert loaded_by(statement) & forbidden == set()


def test_the_floors_hold() -> None:
    lint = pytest.importorskip("importlinter.cli", reason="import-linter is a tool of developers")
    assert lint.lint_imports(config_filename=str(ROOT / "pyproject.toml")) == 0
