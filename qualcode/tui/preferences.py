"""What the program remembers about this person on this machine, outside any project."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

_MOST = 12


@dataclass
class Preferences:
    """Language ("" for that of the machine), theme, projects opened lately, hints seen, bookmarks."""

    language: str = ""
    theme: str = "qualcode-dark"
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
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")


_FILE = "preferences.json"


def config_folder() -> Path:
    """The folder of settings of this person on this machine."""
    from platformdirs import user_config_path

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
