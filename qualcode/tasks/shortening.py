"""Words of an interview shown in one line of a report."""

from __future__ import annotations

_QUOTE = 60


def short(words: str, length: int = _QUOTE) -> str:
    """Words on one line, cut at `length`."""
    line = " ".join(words.split())
    return line if len(line) <= length else line[: length - 1] + "…"
