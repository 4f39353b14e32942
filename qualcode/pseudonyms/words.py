"""Words the detector goes by: never names, everyday words, what stands before a name and gives its role.

They stand in the text files of `data/`, where anyone can read and add to them.
"""

from __future__ import annotations

from pathlib import Path

from qualcode.pseudonyms.kinds import Kind

_FOLDER = Path(__file__).parent / "data"


def lines_of(name: str) -> list[str]:
    """The lines of `data/{name}.txt`, without remarks and empty ones."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def words_of(name: str) -> frozenset[str]:
    """The words of `data/{name}.txt`."""
    return frozenset(word for line in lines_of(name) for word in line.split())


def _kinds_of(name: str) -> dict[str, Kind]:
    """Words with their kind, from lines such as `teacher: juf meester`."""
    found: dict[str, Kind] = {}
    for line in lines_of(name):
        kind, _colon, words = line.partition(":")
        found.update(dict.fromkeys(words.split(), Kind(kind)))
    return found


SAFE = words_of("safe")
SAFE_PHRASES = tuple(lines_of("safe_phrases"))
STOP = words_of("stop")
STOP_ENGLISH = words_of("stop_english")
TITLES = _kinds_of("titles")
TITLES_WITH_COMMA = words_of("titles_with_comma")
ROLES_AFTER = _kinds_of("roles_after")
EVERYDAY_HEADS = words_of("everyday_heads")
