"""What Dutch is read with: which pipelines are installed, and installing one when a person asks."""

from __future__ import annotations

import importlib
import importlib.util
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import InputError, NotFoundError, QualcodeError
from qualcode.i18n import _
from qualcode.language.pipeline import (
    OFFICIAL,
    OWN,
    RULES,
    Pipeline,
    candidates,
    folder_of,
    packages,
    pipeline,
    rules_identity,
)


def basis(language: str = "nl", preferred: str | None = None) -> str:
    """The pipelines that would be tried with their versions, and the versions of our own rules."""
    named = [f"{name} {_version(name)}" for name in candidates(language, preferred)]
    return ", ".join(
        [*named, f"spaCy {packages().version('spacy')}", rules_identity()] if named else [rules_identity()]
    )


def _version(name: str) -> str:
    """The version of a package, or of a pipeline in a folder; "?" if there is none to be read."""
    try:
        return str(packages().version(name))
    except (packages().PackageNotFoundError, ValueError):
        pass
    try:
        return str(json.loads((folder_of(name) / "meta.json").read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return "?"


@dataclass(frozen=True, slots=True)
class PipelineDescription:
    """The pipeline of a language, in words. `gives` says what it serves; `better` are official ones to install."""

    language: str
    source: str
    version: str
    identity: str
    trained: bool
    gives: tuple[str, ...]
    problems: tuple[str, ...]
    better: tuple[str, ...]

    @property
    def text(self) -> str:
        """The description as lines to read."""
        if self.source in OWN.values():
            name = _("The small pipeline that comes with qualcode: {name} {version}.")
        elif self.trained:
            name = _("Trained pipeline: {name} {version}.")
        else:
            name = _("No trained pipeline: sentences and lemmas by rules and a word list.")
        lines = [name.format(name=self.source, version=self.version), *self.gives, *self.problems]
        if self.better:
            lines.append(
                _(
                    "An official pipeline looks for names as well. To install one from the "
                    "internet: qualcode language install {name}; from a file: qualcode language install FILE.whl"
                ).format(name=self.better[-1])
            )
        return "\n".join([*lines, _("Versions: {identity}").format(identity=self.identity)])


def describe(language: str = "nl", preferred: str | None = None) -> PipelineDescription:
    """What is in use for a language. Loads it, so call it in a worker."""
    used = pipeline(language, preferred)
    better = OFFICIAL.get(language, ()) if used.source in (RULES, *OWN.values()) else ()
    return PipelineDescription(
        language,
        used.source,
        used.version,
        used.identity,
        used.trained,
        tuple(_gives(used)),
        used.problems,
        better,
    )


def _gives(used: Pipeline) -> list[str]:
    gives = [_("Search finds every form of a word.")]
    if used.language != "nl":
        gives.append(_("It has lemmas only: a noun and a verb of one form are found together."))
    elif used.source in OWN.values():
        gives.append(
            _(
                "Search keeps “zorgen” the noun and “zorgen” the verb apart; nine of ten doubtful words are read right."
            )
        )
    elif used.has_pos:
        gives.append(_("Search keeps “zorgen” the noun and “zorgen” the verb apart."))
    else:
        gives.append(
            _("Search keeps “zorgen” the noun and “zorgen” the verb apart where the words around tell.")
        )
    if used.has_entities:
        gives.append(_("Names are looked for with it as well."))
    return gives


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
