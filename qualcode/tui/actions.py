"""The one registry of what a person can do in the terminal program.

Bindings, the palette, the help, the footer hints and the page of keys in the docs
are all made from it. An action is named by its id ("code.pick"); where it applies is
the part before the dot: `app` everywhere, `step` on every step, else one screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from textual.binding import Binding, BindingType
from textual.keys import format_key

from qualcode.i18n import _, speaking
from qualcode.tui.action_table import TABLE

DIGITS = "1,2,3,4,5,6,7,8,9"


@dataclass(frozen=True, slots=True)
class Action:
    """One action: its id, its keys, the call that does it, and words for it.

    `call` is "edge('end', 'left')" for the method `action_edge` of the screen or widget where it applies, or
    "changes.split" for the method `split` of the part `changes` of a step (see `StepScreen.PARTS`).
    `hint` is one or two words for the footer; `does` a short sentence for help and palette.
    A `counted` action has the nine digits as its fixed keys, each handed over as its argument.
    """

    id: str
    keys: str
    call: str
    hint: str
    does: str
    group: str

    @property
    def part(self) -> str:
        """The part of a step that does it, or "" if the screen or widget itself does."""
        part, dot, _call = self.call.partition("(")[0].partition(".")
        return part if dot else ""

    def run(self, *arguments: str) -> str:
        """What Textual is to run on the screen or widget where it applies."""
        if self.part:
            return f"do({', '.join([repr(self.id), *arguments])})"
        return f"{self.call}({', '.join(arguments)})" if arguments else self.call

    @property
    def counted(self) -> bool:
        """Whether its keys are the digits, told apart by the number."""
        return self.keys == DIGITS

    @property
    def where(self) -> str:
        """Where it applies: "app", "step" or the name of a screen or widget."""
        return self.id.partition(".")[0]


def _read(table: str) -> Iterator[Action]:
    """The actions of a table: a heading of a group, then a row for each."""
    group = where = ""
    part: list[str] = []
    for line in filter(None, table.splitlines()):
        cells = [cell.strip() for cell in line.removeprefix("#").split("|")]
        if line.startswith("#"):
            group, where, *part = cells
            continue
        name, keys, hint, does, *call = cells
        doing = ".".join([*part, *(call or [name])])
        yield Action(
            f"{where}.{name}", DIGITS if keys == "digits" else keys, doing, hint or does, does, group
        )


ACTIONS = tuple(_read(TABLE))


def actions_of(where: str) -> list[Action]:
    """The actions that apply at one place, in the order of the registry."""
    return [action for action in ACTIONS if action.where == where]


def action(action_id: str) -> Action:
    """One action by its id; `KeyError` if there is none."""
    return _BY_ID[action_id]


_BY_ID = {each.id: each for each in ACTIONS}


def bindings(*places: str, on: str = "") -> list[BindingType]:
    """The Textual bindings of some places, for the `BINDINGS` of a screen or widget.

    A widget whose actions are done by its screen says so by `on="screen."`.
    """
    made: list[BindingType] = []
    for place in places:
        for each in actions_of(place):
            if each.counted:
                made += [Binding(key, each.run(key), show=False) for key in each.keys.split(",")]
            else:
                made.append(Binding(each.keys, on + each.run(), each.does, show=False, id=each.id))
    return made


def unseen(keys: Mapping[str, str], *, priority: bool = False) -> list[BindingType]:
    """Keys of a list or a window with the actions they do; the window says them in its own line of help.

    With `priority` they go before those of the widget that has the focus, such as a line to type in.
    """
    return [Binding(key, action, show=False, priority=priority) for key, action in keys.items()]


def key_words(keys: str) -> str:
    """Keys as people read them: "ctrl+p, f2"."""
    return ", ".join(one_key(key) for key in keys.split(","))


def one_key(key: str) -> str:
    """One key as people read it: `?` for "question_mark"."""
    *modifiers, last = key.strip().split("+")
    return "+".join([*modifiers, _KEY_WORDS.get(last) or format_key(last)])


_KEY_WORDS = {"pagedown": "PgDn", "pageup": "PgUp", "delete": "Del", "escape": "Esc", "enter": "Enter"}


def grouped(actions: Iterable[Action]) -> dict[str, list[Action]]:
    """Actions by the heading they stand under, in the order in which headings first occur."""
    groups: dict[str, list[Action]] = {}
    for each in actions:
        groups.setdefault(each.group, []).append(each)
    return groups


def keys_page(language: str) -> str:
    """The page of keys for the docs, in Markdown, in that language."""
    with speaking(language):
        lines = [f"# {_('Keys')}", "", _("Change a key in keys.toml by its id.")]
        for heading, group in grouped(ACTIONS).items():
            lines += [
                "",
                f"## {_(heading)}",
                "",
                f"| {_('key')} | {_('what it does')} | id |",
                "|---|---|---|",
            ]
            lines += [f"| {_keys_in_table(each)} | {_(each.does)} | `{each.id}` |" for each in group]
        return "\n".join(lines) + "\n"


def _keys_in_table(wanted: Action) -> str:
    if wanted.counted:
        first, *_rest, last = wanted.keys.split(",")
        return f"`{first}`–`{last}`"
    return ", ".join(f"`{one_key(key)}`" for key in wanted.keys.split(",")).replace("|", "\\|")
