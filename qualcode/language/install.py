"""Installing a trained pipeline, only when a person asks for it.

By name through spaCy's own downloader, and then the official names only: a name that
anybody may register elsewhere is never handed to a package installer. Or a wheel on disk.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from qualcode.errors import InputError, NotFoundError, QualcodeError
from qualcode.i18n import _
from qualcode.language.pipeline import OFFICIAL, pipeline

Run = Callable[[Sequence[str]], "subprocess.CompletedProcess[str]"]


def install(name_or_wheel: str, run: Run | None = None) -> str:
    """Install an official pipeline by name, or from a wheel on disk; returns its name.

    `run` carries out a command (default: a subprocess). Errors say why it did not work.
    """
    is_wheel = name_or_wheel.endswith(".whl")
    name = _name_in_wheel(Path(name_or_wheel)) if is_wheel else _official(name_or_wheel)
    if importlib.util.find_spec("pip") is None:
        raise QualcodeError(
            _(
                "Python's installer pip is missing here, so the pipeline cannot be installed. Install pip first."
            )
        )
    python = sys.executable
    command = (
        [python, "-m", "pip", "install", "--no-deps", "--no-index", name_or_wheel]
        if is_wheel
        else [python, "-m", "spacy", "download", name]
    )
    done = (run or _run)(command)
    if done.returncode != 0:
        raise QualcodeError(_refusal(name, done.stdout + "\n" + done.stderr))
    importlib.invalidate_caches()
    pipeline.cache_clear()
    return name


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _official(name: str) -> str:
    known = [known for names in OFFICIAL.values() for known in names]
    if name not in known:
        raise InputError(
            _(
                "“{name}” is not an official pipeline. There are {known}; any other comes as a file (.whl)."
            ).format(name=name, known=", ".join(known))
        )
    return name


def _name_in_wheel(path: Path) -> str:
    """The package in a wheel, after a look whether it is a spaCy pipeline at all."""
    if not path.is_file():
        raise NotFoundError(_("There is no file {path}.").format(path=path))
    try:
        with zipfile.ZipFile(path) as wheel:
            metas = [
                name for name in wheel.namelist() if name.count("/") == 1 and name.endswith("/meta.json")
            ]
            meta = json.loads(wheel.read(metas[0])) if metas else {}
    except (zipfile.BadZipFile, ValueError) as error:
        raise InputError(_("{path} is damaged; fetch it again.").format(path=path)) from error
    if not (isinstance(meta, dict) and "lang" in meta and "pipeline" in meta):
        raise InputError(_("{path} holds no spaCy pipeline.").format(path=path))
    return metas[0].partition("/")[0]


def _refusal(name: str, output: str) -> str:
    last = next((line.strip() for line in reversed(output.splitlines()) if line.strip()), "")
    return _("{name} could not be installed: {reason}").format(name=name, reason=last)
