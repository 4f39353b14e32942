"""What a verb prints stands on any terminal: in any encoding, and with words and file names of any bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qualcode.cli.terminal import Guarded, tell_progress
from tests.verbs import ok, refused, run, study_with

NAME = "Café → “\u202etijd” [31m"
LATIN = os.fsdecode(b"caf\xe9.txt")
MACHINES = {
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "windows": {"PYTHONIOENCODING": "cp1252"},
    "plain": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "posix": {"LC_ALL": "POSIX"},
}


def process(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program itself, in a process of its own; what it prints as bytes."""
    return subprocess.run(
        [sys.executable, "-c", "from qualcode.cli import main; main()", *map(str, words)],
        capture_output=True,
        env={**os.environ, "QUALCODE_LANG": "nl", **environment},
        check=False,
    )


@pytest.mark.parametrize("machine", MACHINES)
def test_no_encoding_stops_a_verb(machine: str, tmp_path: Path) -> None:
    path = study_with(tmp_path, {})
    ok("codebook", "add", path, NAME)
    for words in (["codebook", "show", path], ["codebook", "show", path, "--json"], ["--help"], ["zoék"]):
        done = process(*words, **MACHINES[machine])
        assert b"Traceback" not in done.stderr
        assert done.returncode == (2 if words == ["zoék"] else 0), done.stderr
        assert b"\x1b" not in done.stdout
    told = json.loads(process("codebook", "show", path, "--json", **MACHINES[machine]).stdout)
    assert told["codes"][-1]["name"]["nl"] == NAME


def test_a_file_may_have_a_name_that_is_no_utf_8_but_words_may_not(tmp_path: Path) -> None:
    path = study_with(tmp_path, {})
    (tmp_path / LATIN).write_text("I: Hoe ging het?\nR: Dat gaf lucht.\n")
    assert "caf\N{REPLACEMENT CHARACTER}" in run("import", path, tmp_path / LATIN).stdout
    assert (
        "caf⟨xE9⟩.csv" in run("codings", "export", path, "-o", tmp_path / LATIN.replace("txt", "csv")).stdout
    )
    assert "⟨xE9⟩" in refused("import", path, tmp_path / f"niet-{LATIN}")
    done = run("codebook", "add", path, LATIN)
    assert done.exit_code == 2
    assert "“caf⟨xE9⟩.txt”" in done.stderr


def test_progress_is_told_over_the_line_before_and_shows_what_would_steer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Seen(Guarded):
        def isatty(self) -> bool:
            return True

    sent: list[str] = []

    class Screen:
        encoding = "utf-8"
        write = staticmethod(sent.append)
        flush = staticmethod(lambda: None)

    monkeypatch.setattr(sys, "stderr", Seen(Screen()))  # type: ignore[arg-type]
    tell_progress("1/2  a\x1b[2J.txt", done=False)
    monkeypatch.undo()
    assert "".join(sent) == "\r\x1b[K1/2  a␛[2J.txt"


def test_a_kept_question_is_forgotten(tmp_path: Path) -> None:
    path = study_with(tmp_path, {"casus-01-leraar": "I: Hoe ging het?\nR: Dat gaf lucht.\n"})
    ok("search", path, "lucht", "--save", "Air")
    assert ok("search", path, "--forget", "Air") == {"forgotten": "Air"}
    assert ok("search", path, "--list") == {"searches": {}}
    assert "Air" in refused("search", path, "--forget", "Air")
    ok("undo", path)
    assert ok("search", path, "--list") == {"searches": {"Air": "lucht"}}
