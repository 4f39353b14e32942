"""Choosing files: a path to type, and what lies in its folder to point at."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from platformdirs import user_desktop_path, user_downloads_path
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from qualcode.i18n import _, can_be_shown, ngettext
from qualcode.tui.actions import unseen
from qualcode.tui.common.dialog import DIALOG_STYLE, Choose, Dialog
from qualcode.tui.common.lists import QuietList
from qualcode.tui.common.words import put, styled
from qualcode.tui.program import Program, Then

MOST_SHOWN = 300
_WHOLE_PATH = re.compile(r"(?<=[/\\])(?=[/~]|[A-Za-z]:[/\\])")
_MOST_AT_HAND = 8


class ChooseFile(Dialog[list[Path]]):
    """One file, or with `several` as many as are ticked; only names with one of the endings are shown."""

    CSS_PATH = [DIALOG_STYLE, "files.tcss"]
    BINDINGS = unseen({"down": "into_list", "space": "tick", "a": "tick_all"})

    def __init__(
        self, title: str, endings: Sequence[str], *, several: bool = False, folder: Path | None = None
    ) -> None:
        super().__init__(title)
        self._endings = tuple(endings)
        self._several = several
        self._folder = (folder or Path.cwd()).absolute()
        self._here: list[Path] = []
        self._ticked: list[Path] = []

    def body(self) -> ComposeResult:
        """The path, the folder, and how many are ticked."""
        yield Input(f"{self._folder}/", id="path", select_on_focus=False)
        yield QuietList(id="folder")
        if self._several:
            with Horizontal(classes="buttons"):
                yield Button(_("Take these"), id="take", variant="primary")
                yield Static(id="ticked")

    def help_line(self) -> str:
        """What the keys do here."""
        if self._several:
            return _("Type a path, or ↓ into the list · Space ticks, a all · Enter takes · Esc closes")
        return _("Type a path, or ↓ into the list · Enter opens · Esc closes")

    def on_mount(self) -> None:
        """Look into the first folder."""
        self._look()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._look()

    def _look(self) -> None:
        typed = self._typed_path()
        folder, start = (
            (typed, "") if self.query_one(Input).value.endswith("/") else (typed.parent, typed.name)
        )
        self._here = [
            path
            for path in _inside(folder, self._endings)
            if path.name.casefold().startswith(start.casefold())
        ]
        self._list()

    def _typed_path(self) -> Path:
        """What was typed; a whole path behind the folder that stood there goes before it."""
        words = self.query_one(Input).value
        return Path(os.path.normpath(typed_path(_WHOLE_PATH.split(words)[-1])))

    def _list(self) -> None:
        options = self.query_one(OptionList)
        chosen = options.highlighted
        options.set_options([Option(self._line(path)) for path in self._here[:MOST_SHOWN]])
        if self._here:
            options.highlighted = min(chosen or 0, len(self._here) - 1)
        else:
            words = _("Nothing to choose here ({endings}).").format(endings=", ".join(self._endings))
            options.set_options([Option(Content.styled(words, "$ink-soft"), disabled=True)])
        if self._several:
            n = len(self._ticked)
            words = ngettext("{n} file ticked", "{n} files ticked", n).format(n=n)
            put(self, "#ticked", words)

    def _line(self, path: Path) -> Content:
        if path.is_dir():
            return Content.styled(f"  {path.name}/", "bold $primary")
        tick = ("■ " if path in self._ticked else "□ ") if self._several else "  "
        return styled((tick, "$here"), path.name)

    def action_into_list(self) -> None:
        """Go from the path to the list, past the way up."""
        options = self.query_one(OptionList)
        if len(self._here) > 1:
            options.highlighted = max(options.highlighted or 0, 1)
        options.focus()

    def action_tick(self) -> None:
        """Tick the file under the cursor, or take its tick away."""
        place = self.query_one(OptionList).highlighted
        if self._several and place is not None and place < len(self._here) and self._here[place].is_file():
            path = self._here[place]
            self._ticked = (
                [p for p in self._ticked if p != path] if path in self._ticked else [*self._ticked, path]
            )
            self._list()

    def action_tick_all(self) -> None:
        """Tick all files that are shown, or if they are ticked, none of them."""
        files = [path for path in self._here if path.is_file()]
        if self._several:
            others = [path for path in self._ticked if path not in files]
            self._ticked = others if set(files) <= set(self._ticked) else [*others, *files]
            self._list()

    @on(OptionList.OptionSelected)
    def _pointed_at(self, event: OptionList.OptionSelected) -> None:
        path = self._here[event.option_index]
        if path.is_dir():
            self.query_one(Input).value = f"{os.path.normpath(path).rstrip(os.sep)}/"
        elif self._several:
            self.dismiss(self._ticked or [path])
        else:
            self.dismiss([path])

    @on(Input.Submitted)
    @on(Button.Pressed)
    def _take(self) -> None:
        typed = self._typed_path()
        if self._ticked:
            self.dismiss(self._ticked)
        elif typed.is_dir():
            self.query_one(Input).value = f"{str(typed).rstrip('/')}/"
            self.action_into_list()
        elif typed.exists():
            self.dismiss([typed])
        else:
            self.app.notify(_("There is no file {path}.").format(path=typed), timeout=5)


def choose_at_hand(
    app: Program, title: str, found: Sequence[Path], endings: Sequence[str], then: Callable[[Path], object]
) -> None:
    """Choose one of the files that were found, or one from anywhere; `then` is called with it."""

    def look() -> None:
        window = ChooseFile(title, endings, folder=found[0].parent if found else Path.home())
        app.ask(window, lambda paths: then(paths[0]))

    options: list[tuple[str, Then]] = [
        (f"{path.name} · {path.parent.name or path.parent}", partial(then, path)) for path in found
    ]
    if options:
        app.ask(Choose(title, [*options, (_("Another file…"), look)]), lambda do: do())
    else:
        look()


def at_hand(endings: Sequence[str], *folders: Path) -> list[Path]:
    """The files in some folders and where mail and browsers put what comes in, the newest first."""
    places = dict.fromkeys([*folders, user_downloads_path(), user_desktop_path(), Path.home()])
    found = (path for place in places for path in _inside(place, tuple(endings)) if path.is_file())
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)[:_MOST_AT_HAND]


def typed_path(words: str) -> Path:
    """A path that somebody typed; ~ is their home, and stays what it is where it means no home."""
    return Path(os.path.expanduser(words))


def from_home(path: Path) -> str:
    """A path as people read it and may type it: short where it lies in their home."""
    home = Path.home()
    return str("~" / path.relative_to(home)) if path.is_relative_to(home) else str(path)


def _inside(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    """Folders and fitting files, with the way up first; nothing if the folder cannot be read."""
    try:
        found = [
            path
            for path in folder.iterdir()
            if not path.name.startswith(".")
            and can_be_shown(path.name)
            and (path.is_dir() or path.suffix.casefold() in endings)
        ]
    except OSError:
        return []
    above = [folder / ".."] if folder.parent != folder else []
    return [*above, *sorted(found, key=lambda path: (path.is_file(), path.name.casefold()))]
