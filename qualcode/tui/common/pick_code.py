"""Looking a code up by typing a part of its name, in either language, or its letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.fuzzy import Matcher
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from qualcode.i18n import N_, _
from qualcode.model import Code
from qualcode.tui.actions import unseen
from qualcode.tui.common.codes import CodeCard, code_ink
from qualcode.tui.common.dialog import DIALOG_STYLE, Dialog
from qualcode.tui.common.words import styled

MOST_SHOWN = 100


def find_codes(codes: Sequence[Code], typed: str) -> list[Code]:
    """The codes that fit what was typed, the best first: letters exactly, a name from its start, any part."""
    wanted = " ".join(typed.casefold().split())
    if not wanted:
        return list(codes)
    matcher = Matcher(wanted)
    scored = [(_score(code, wanted, matcher), place, code) for place, code in enumerate(codes)]
    return [code for score, _place, code in sorted(scored, key=lambda row: (-row[0], row[1])) if score > 0]


def _score(code: Code, wanted: str, matcher: Matcher) -> float:
    names = [name.casefold() for name in (code.name.nl, code.name.en, code.slug) if name]
    if wanted == code.mnemonic.casefold():
        return 1000.0
    if any(name.startswith(wanted) for name in names):
        return 500.0
    if any(wanted in name for name in names):
        return 300.0
    return max((matcher.match(name) for name in names), default=0.0)


class PickCode(Dialog[Code]):
    """Type to find; Enter takes the code under the cursor, whose meaning is shown below."""

    CSS_PATH = [DIALOG_STYLE, "pick_code.tcss"]
    BINDINGS = unseen(
        {"up": "move(-1)", "down": "move(1)", "pageup": "move(-10)", "pagedown": "move(10)"}, priority=True
    )
    HELP_LINE = N_("↑ ↓ choose · Enter takes it · Esc closes")

    def __init__(
        self,
        title: str,
        codes: Sequence[Code],
        counts: Mapping[str, int],
        last: Code | None,
        notes: Mapping[str, str] | None = None,
    ) -> None:
        """`notes` are a few words behind a code, by its id."""
        super().__init__(title)
        self._notes = notes or {}
        self._codes = codes
        self._counts = counts
        self._last = last
        self._shown: list[Code] = []

    def body(self) -> ComposeResult:
        """A line to type in, the codes that fit, the card of one."""
        yield Input(placeholder=_("Type a part of the name"), id="typed", select_on_focus=False)
        options = OptionList(id="found")
        options.can_focus = False
        yield options
        yield CodeCard()

    def on_mount(self) -> None:
        """All codes, the one used last under the cursor."""
        self._show("")
        if self._last in self._shown:
            self.query_one(OptionList).highlighted = self._shown.index(self._last)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, typed: str) -> None:
        self._shown = find_codes(self._codes, typed)[:MOST_SHOWN]
        found = self.query_one(OptionList)
        found.set_options([Option(self._line(code)) for code in self._shown])
        found.highlighted = 0 if self._shown else None
        if not self._shown:
            self.query_one(CodeCard).tell(None)

    def _line(self, code: Code) -> Content:
        depth = "" if code.parent_id is None else "  "
        count = self._counts.get(code.id, 0)
        return styled(
            depth,
            (f"{code.mnemonic:<3}", code_ink(code, self.query_one("#window"))),
            str(code.name) or code.slug,
            (f"  {count}" if count else "", "$ink-soft"),
            (f"  {self._notes[code.id]}" if code.id in self._notes else "", "$here"),
        )

    @on(OptionList.OptionHighlighted)
    def _pointed_at(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index < len(self._shown):
            self.query_one(CodeCard).tell(self._shown[event.option_index])

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._shown[event.option_index])

    @on(Input.Submitted)
    def _taken(self) -> None:
        place = self.query_one(OptionList).highlighted
        if place is not None and place < len(self._shown):
            self.dismiss(self._shown[place])

    def action_move(self, by: int) -> None:
        """Go through the list without leaving the line."""
        found = self.query_one(OptionList)
        if self._shown:
            found.highlighted = min(max((found.highlighted or 0) + by, 0), len(self._shown) - 1)
