"""Files that come with qualcode: codebooks and demo interviews, and lists of words.

In an installed copy the former lie inside the package, in a checkout beside it; the latter lie beside the code.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder `name` ("codebooks" or "transcripts") that comes with qualcode."""
    packed = _PACKAGE / "material" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


def listed_lines(file: Path) -> list[str]:
    """The lines of a list that lies beside the code, without empty ones and remarks (lines that begin with #)."""
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def listed_words(file: Path) -> frozenset[str]:
    """The words of such a list, with white space between."""
    return frozenset(word for line in listed_lines(file) for word in line.split())


def grouped_words(file: Path) -> dict[str, frozenset[str]]:
    """The words of a list in groups: `teacher: juf meester`; a group may take several lines."""
    groups: dict[str, frozenset[str]] = {}
    for line in listed_lines(file):
        name, _colon, words = line.partition(":")
        groups[name] = groups.get(name, frozenset()) | frozenset(words.split())
    return groups
