"""Keys of one's own (`keys.toml` in the folder of settings), and a screen that names the keys a terminal sends."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from textual import events
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, _character_to_key
from textual.widgets import Static

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.tui.actions import ACTIONS, Action, one_key, unseen
from qualcode.tui.common.words import put, styled

FILE = "keys.toml"
_MODIFIERS = {"ctrl", "shift", "alt"}
_NAMED = {key.value for key in Keys if "+" not in key.value} | {"space", "delete", "insert"}
_PUNCTUATION = {_character_to_key(char) for char in r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""}


def read_keymap(path: Path, actions: Iterable[Action]) -> dict[str, str]:
    """The keys of one's own, per action id; empty if there is no such file.

    Raises `InputError` that names every line with an unknown id, an unknown key or a
    key that is taken where the action applies.
    """
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8")
        wanted = tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise InputError(
            _("{path} cannot be read as a list of keys: {detail}").format(path=path, detail=error)
        ) from error
    problems = [
        _("line {n}: {problem}").format(n=_line_of(text, name), problem=problem)
        for name, problem in keymap_problems(wanted, list(actions))
    ]
    if problems:
        raise InputError(
            _("Your keys in {path} are not used, because of this. The usual keys work.").format(path=path),
            problems,
        )
    return {name: ",".join(_long(key) for key in _split(str(keys))) for name, keys in wanted.items()}


def keymap_problems(wanted: Mapping[str, object], actions: list[Action]) -> list[tuple[str, str]]:
    """What is wrong with a keymap: pairs of the id it stands under and the problem in words."""
    known = {action.id: action for action in actions}
    problems: list[tuple[str, str]] = []
    for name, keys in wanted.items():
        if name not in known or known[name].counted:
            problems.append((name, _("there is no act “{id}” whose keys can be changed").format(id=name)))
        elif not isinstance(keys, str) or not _split(keys):
            problems.append((name, _('write the keys of “{id}” as "key,key"').format(id=name)))
        else:
            problems += [
                (name, _("there is no key “{key}”").format(key=key))
                for key in _split(keys)
                if not is_key(key)
            ]
    return problems or _clashes(wanted, actions)


def is_key(key: str) -> bool:
    """Whether a terminal program can be sent this key: a character, a name, or `ctrl+` and the like."""
    *modifiers, last = _long(key).split("+")
    if not set(modifiers) <= _MODIFIERS or (modifiers and last.isalpha() and last != last.lower()):
        return False
    return len(last) == 1 or last in _NAMED | _PUNCTUATION


def _clashes(wanted: Mapping[str, object], actions: list[Action]) -> list[tuple[str, str]]:
    changed = [
        replace(action, keys=str(wanted[action.id])) if action.id in wanted else action for action in actions
    ]
    holders: dict[str, list[Action]] = {}
    problems: list[tuple[str, str]] = []
    for action in sorted(changed, key=lambda each: each.id in wanted):
        for key in map(_long, _split(action.keys)):
            for other in holders.get(key, []):
                if action.id in wanted and other is not action and meet(action.where, other.where):
                    problems.append(
                        (action.id, _("“{key}” belongs to “{id}” already").format(key=key, id=other.id))
                    )
            holders.setdefault(key, []).append(action)
    return problems


def meet(one: str, other: str) -> bool:
    """Whether actions of two places can be reached at the same moment."""
    screens = {"transcripts", "compare", "export", "code", "start"}
    screens |= {"themes", "matrix", "voices", "rank", "checklist", "parts", "cases", "agreement", "walk"}
    if {"search", "names", "who", "survey"} & {one, other}:  # they lie over a step, whose keys rest meanwhile
        return one == other or "app" in (one, other)
    if "codebook" in (one, other):  # the pane has the focus, so its keys go before those of its screen
        return one == other or bool({one, other} & {"app", "step"})
    return one == other or not (one in screens and other in screens)


def _split(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",") if key.strip()]


def _long(key: str) -> str:
    key = key.strip()
    return _character_to_key(key) if len(key) == 1 else KEY_NAME_REPLACEMENTS.get(key, key)


def _line_of(text: str, name: str) -> int:
    pattern = re.compile(rf"""^\s*["']?{re.escape(name)}["']?\s*=""")
    return next((n for n, line in enumerate(text.split("\n"), 1) if pattern.match(line)), 1)


_KEPT = 200


def done_by(key: str) -> list[str]:
    """What a key does, on whichever screen."""
    return [_(each.does) for each in ACTIONS if key in each.keys.split(",")]


class KeyEcho(App[None]):
    """Echoes keys and the mouse; ctrl+q ends it."""

    BINDINGS = unseen({"ctrl+q": "quit"}, priority=True)
    ENABLE_COMMAND_PALETTE = False
    CSS = "#echoed { padding: 0 1; } VerticalScroll { height: 1fr; } #about { height: auto; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Content] = []

    def compose(self) -> ComposeResult:
        """A word of explanation, and the keys."""
        words = _(
            "Press keys: here stands what your terminal sends. A key that shows nothing never arrives. ctrl+q ends."
        )
        yield Static(Content.styled(words, "bold"), id="about")
        with VerticalScroll(can_focus=False):
            yield Static(id="echoed")

    def on_key(self, event: events.Key) -> None:
        """Name the key and what it does."""
        event.stop()
        event.prevent_default()
        done = done_by(event.key)
        char = f" {event.character!r}" if event.character and event.is_printable else ""
        self._say(one_key(event.key), f'"{event.key}"{char}', " / ".join(done) or _("nothing in qualcode"))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Name the button and the place."""
        self._say(_("mouse"), _("button {n} at {x}, {y}").format(n=event.button, x=event.x, y=event.y), "")

    def on_paste(self, event: events.Paste) -> None:
        """Say how much was pasted."""
        self._say(_("paste"), _("{n} characters").format(n=len(event.text)), "")

    def _say(self, key: str, sent: str, does: str) -> None:
        line = styled((f"{key:<16}", "bold"), f"{sent:<32} ", does)
        self._lines = [line, *self._lines][:_KEPT]
        put(self, "#echoed", Content("\n").join(self._lines))
