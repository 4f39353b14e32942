"""The command line as tests use it: a verb with its words, as a person types it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from qualcode.cli.group import qualcode


def run(*words: object, stdin: str | None = None, env: dict[str, str] | None = None) -> Result:
    """A verb with its words, as a person types it."""
    return CliRunner().invoke(qualcode, [str(word) for word in words], input=stdin, env=env)


def said(*words: object, stdin: str | None = None) -> str:
    """What a verb prints for people."""
    result = run(*words, stdin=stdin)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


def ok(*words: object, stdin: str | None = None) -> Any:
    """What a verb prints with `--json`."""
    return json.loads(said(*words, "--json", stdin=stdin))


def refused(*words: object, stdin: str | None = None) -> str:
    """The message with which a verb is refused; nothing is printed as a result."""
    result = run(*words, stdin=stdin)
    assert result.exit_code == 1, (result.output, result.exception)
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.stdout == ""
    return result.stderr


def study_with(folder: Path, interviews: Mapping[str, str]) -> Path:
    """A project of anna and bram with interviews (name: what the file says), made by the verbs themselves."""
    path = folder / "study.qualcode"
    ok("new", path, "--practitioner", "anna", "--researcher", "bram")
    for name, words in interviews.items():
        (folder / f"{name}.txt").write_text(words, encoding="utf-8")
    if interviews:
        ok("import", path, *(folder / f"{name}.txt" for name in interviews))
    return path


def in_a_process(*words: object, language: str = "en") -> subprocess.CompletedProcess[str]:
    """The program itself, in a process of its own, in a language."""
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", "from qualcode.cli import main; main()", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "QUALCODE_LANG": language},
        check=False,
    )
