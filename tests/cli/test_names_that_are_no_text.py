"""File names that are not UTF-8: every verb says in words what is wrong, never with a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ODD = b"\xff\xe9"


def outcome(folder: Path, *words: bytes) -> subprocess.CompletedProcess[bytes]:
    code = [sys.executable, "-X", "utf8", "-c", "from qualcode.cli import main; main()"]
    return subprocess.run(
        [*code, *words],
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a file be called so")
@pytest.mark.parametrize(
    "words",
    [
        [ODD + b".qualcode"],
        [b"open", ODD + b".qualcode"],
        [b"new", ODD + b".qualcode"],
        [b"demo", ODD, b"--no-open"],
        [b"check", ODD + b".qualcode"],
        [b"import", b"study.qualcode", ODD + b".docx"],
        [b"merge", b"study.qualcode", ODD + b".qcx"],
        [b"restore", b"study.qualcode", ODD],
        [b"names", b"find", ODD + b".docx"],
        [b"codebook", b"import", b"study.qualcode", ODD + b".yaml"],
    ],
)
def test_a_file_name_that_is_no_text(tmp_path: Path, words: list[bytes]) -> None:
    for name in (b".qualcode", b".docx", b".qcx", b".yaml", b""):
        (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + ODD + name))).write_bytes(b"x")
    result = outcome(tmp_path, *words)
    assert result.returncode in (1, 2)
    assert result.stderr.strip()
    assert ODD not in result.stderr
    assert b"Traceback" not in result.stderr + result.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a folder be called so")
def test_a_folder_whose_name_is_no_text(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + ODD))
    folder.mkdir()
    for words in ([b"new", b"s.qualcode"], [b"check", b"s.qualcode"], [b"backup", b"s.qualcode"]):
        result = outcome(folder, *words)
        assert (result.returncode, b"Traceback" in result.stderr) == (0, False), result.stderr
