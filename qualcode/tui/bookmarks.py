"""Bookmarks: places a coder wants to come back to, kept beside the settings of this machine.

They hold no words of an interview.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qualcode.tui.preferences import Preferences


@dataclass(frozen=True, order=True, slots=True)
class Bookmark:
    """A place in a transcript (by id)."""

    transcript_id: str
    offset: int


class Bookmarks:
    """The bookmarks of one coder in one project."""

    def __init__(self, preferences: Preferences, project: Path, coder: str) -> None:
        self._preferences = preferences
        self._key = f"{project.resolve()}\n{coder}"

    def all(self) -> list[Bookmark]:
        """In the order of transcripts and places; what cannot be read is passed over."""
        kept = self._preferences.bookmarks.get(self._key)
        rows = kept if isinstance(kept, list) else []
        return sorted(found for row in rows if (found := _bookmark(row)))

    def add(self, bookmark: Bookmark) -> None:
        """Keep one more."""
        self._keep([*self.all(), bookmark])

    def remove(self, bookmark: Bookmark) -> None:
        """Keep one less."""
        self._keep([other for other in self.all() if other != bookmark])

    def _keep(self, bookmarks: list[Bookmark]) -> None:
        self._preferences.bookmarks[self._key] = [[mark.transcript_id, mark.offset] for mark in bookmarks]
        self._preferences.save()


def _bookmark(row: object) -> Bookmark | None:
    match row:
        case [str(transcript_id), int(offset)] if offset >= 0:
            return Bookmark(transcript_id, offset)
    return None
