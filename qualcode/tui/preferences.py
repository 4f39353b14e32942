"""What the program remembers about this person on this machine, outside any project."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from platformdirs import user_config_path

from qualcode.errors import InputError
from qualcode.files.saving import save_text
from qualcode.model import Code
from qualcode.text.visible import escaped

_MOST = 12


@dataclass
class Preferences:
    """Language ("" for that of the machine), theme, looks, projects opened lately, hints seen, bookmarks.

    `underlined`: what is coded is underlined, instead of tinted as under a highlighter.
    """

    language: str = ""
    theme: str = "qualcode-dark"
    underlined: bool = False
    recent: list[str] = field(default_factory=list)
    coders: dict[str, str] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    bookmarks: dict[str, list[list[str | int]]] = field(default_factory=dict)

    def opened(self, path: Path, coder: str) -> None:
        """Note that a project was opened, and by whom."""
        name = str(path.resolve())
        self.recent = [name, *(other for other in self.recent if other != name)][:_MOST]
        self.coders = {other: self.coders[other] for other in self.recent if other in self.coders}
        if coder:
            self.coders[name] = coder
        self.save()

    def coder_of(self, path: Path) -> str:
        """Who opened that project last on this machine ("" if unknown)."""
        return self.coders.get(str(path.resolve()), "")

    def projects(self) -> list[Path]:
        """Projects opened lately that are still there, the last one first."""
        return [path for path in map(Path, self.recent) if path.is_file()]

    def first_time(self, hint: str) -> bool:
        """Whether a hint has not been shown before; notes that it has been now."""
        if hint in self.seen:
            return False
        self.seen.append(hint)
        self.save()
        return True

    def save(self) -> None:
        """Write it down; a folder that cannot be written is no reason to stop."""
        path = config_folder() / _FILE
        with suppress(InputError):
            save_text(path, escaped(json.dumps(asdict(self), ensure_ascii=False, indent=1)))


_FILE = "preferences.json"


def config_folder() -> Path:
    """The folder of settings of this person on this machine."""
    return user_config_path("qualcode", appauthor=False)


def load_preferences() -> Preferences:
    """What was remembered; a missing or damaged file counts as nothing remembered."""
    try:
        stored = json.loads((config_folder() / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    fresh = Preferences()
    if not isinstance(stored, dict):
        return fresh
    for name, value in stored.items():
        if name in fresh.__dataclass_fields__ and type(value) is type(getattr(fresh, name)):
            setattr(fresh, name, value)
    fresh.recent = [path for path in fresh.recent if isinstance(path, str)]
    return fresh


HOW_MANY = 9


class Slots:
    """Which code has which key."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._codes: dict[str, Code] = {}

    def fit(self, codes: Iterable[Code]) -> None:
        """Fit the keys to a codebook: codes that are gone lose theirs, free keys are given out."""
        self._codes = {code.id: code for code in codes}
        self._ids = [code_id for code_id in self._ids if code_id in self._codes]
        in_line = sorted(self._codes.values(), key=lambda code: code.parent_id is not None)
        self._ids += [code.id for code in in_line if code.id not in self._ids][: HOW_MANY - len(self._ids)]

    def code(self, number: int) -> Code | None:
        """The code under the key `number` (1 to 9)."""
        return self._codes[self._ids[number - 1]] if 1 <= number <= len(self._ids) else None

    def number(self, code: Code) -> int | None:
        """The key of a code, if it has one."""
        return self._ids.index(code.id) + 1 if code.id in self._ids else None

    def codes(self) -> list[Code]:
        """The codes with a key, in the order of their keys."""
        return [self._codes[code_id] for code_id in self._ids]


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
