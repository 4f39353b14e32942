"""What an analysis would be made with now, said without loading anything.

Kept beside a cached analysis: when it differs, the analysis is redone. A pipeline that is
there but cannot be used does not make a cache stale again and again, because the same
circumstances give the same pipeline.
"""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from qualcode.language.pipeline import candidates, rules_identity


def basis(language: str = "nl", preferred: str | None = None) -> str:
    """The pipelines that would be tried with their versions, and the versions of our own rules."""
    named = [f"{name} {_version(name)}" for name in candidates(language, preferred)]
    return ", ".join([*named, f"spaCy {version('spacy')}", rules_identity()] if named else [rules_identity()])


def _version(name: str) -> str:
    """The version of a package, or of a pipeline in a folder; "?" if there is none to be read."""
    try:
        return version(name)
    except (PackageNotFoundError, ValueError):
        pass
    try:
        return str(json.loads((Path(name) / "meta.json").read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return "?"
