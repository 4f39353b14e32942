"""Settling one difference: why, and with which edges."""

from __future__ import annotations

import re
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Select, Static

from qualcode.i18n import N_, _, language
from qualcode.model import Code
from qualcode.store.records.decisions import Why
from qualcode.text.spans import Span
from qualcode.tui.actions import unseen
from qualcode.tui.common.dialog import Dialog, MemoEditor, buttons, field
from qualcode.tui.common.words import put


@dataclass(frozen=True, slots=True)
class Given:
    """A reason, and a line in words."""

    reason: Why
    text: str


class GiveReason(Dialog[Given]):
    """One choice and one line; where a reason is `owed`, one of the two must be filled in."""

    BINDINGS = unseen({"escape": "close"}, priority=True)
    HELP_LINE = N_("Enter settles it · Tab goes to the next field · Esc leaves it open")

    def __init__(self, title: str, about: str, *, owed: bool) -> None:
        super().__init__(title)
        self._about = about
        self._owed = owed

    def body(self) -> ComposeResult:
        """What is settled, where it came from, and why."""
        yield Static(Content(self._about))
        reasons = [(why.label or _("not said"), why.value) for why in Why]
        yield from field(_("In a line, why"), Input(id="text"))
        yield from field(
            _("It came from"), Select(reasons, value=Why.NONE.value, allow_blank=False, id="reason")
        )
        yield Static(id="problem")
        yield from buttons(settle=_("Settle"))

    @on(Input.Submitted)
    @on(Button.Pressed)
    def _ready(self) -> None:
        text = self.query_one("#text", Input).value.strip()
        reason = Why(str(self.query_one("#reason", Select).value))
        if self._owed and not text and not reason:
            problem = _("Say in a line why: the one who gives way will want to read it later.")
            self.say_problem(problem)
            return
        self.dismiss(Given(reason, text))


class MendMeaning(MemoEditor):
    """What a code means, in the language in use; the answer is the new words."""

    HELP_LINE = N_("ctrl+s keeps it · ctrl+x leaves it as it was")

    def __init__(self, code: Code) -> None:
        title = _("{code}: what does it mean?").format(code=str(code.name) or code.slug)
        super().__init__(title, code.definition.in_language(language()))


_WORD = re.compile(r"\S+")


class ChooseEdges(Dialog[Span]):
    """Begins at the widest edges; the answer is a place in the text."""

    BINDINGS = unseen(
        {
            "left": "start(-1)",
            "right": "start(1)",
            "shift+left,down": "end(-1)",
            "shift+right,up": "end(1)",
            "w": "set('widest')",
            "s": "set('shared')",
            "enter": "take",
        }
    )
    HELP_LINE = N_(
        "← → move the start · shift+← → (or ↓ ↑) the end · w widest · s shared · Enter takes it · Esc closes"
    )

    def __init__(self, text: str, window: Span, widest: Span, shared: Span | None) -> None:
        super().__init__(_("Which edges stand?"))
        self._text = text
        self._window = window
        self._places = {"widest": widest, "shared": shared}
        found = [match.span() for match in _WORD.finditer(text, window.start, window.end)]
        self._starts = sorted({start for start, _end in found} | {widest.start})
        self._ends = sorted({end for _start, end in found} | {widest.end})
        self._now = widest

    def body(self) -> ComposeResult:
        """The words with what is chosen marked."""
        with VerticalScroll(id="page"):
            yield Static(id="chosen")

    def on_mount(self) -> None:
        """Show what is chosen."""
        self._show()

    def _show(self) -> None:
        text, window, now = self._text, self._window, self._now
        put(
            self,
            "#chosen",
            (text[window.start : now.start], "$ink-soft"),
            (text[now.start : now.end], "underline on $mark"),
            (text[now.end : window.end], "$ink-soft"),
        )

    def action_start(self, by: int) -> None:
        """Move the start by a word."""
        start = _step(self._starts, self._now.start, by)
        if start < self._now.end:
            self._now = Span(start, self._now.end)
            self._show()

    def action_end(self, by: int) -> None:
        """Move the end by a word."""
        end = _step(self._ends, self._now.end, by)
        if end > self._now.start:
            self._now = Span(self._now.start, end)
            self._show()

    def action_set(self, which: str) -> None:
        """Take the widest, or the shared, edges."""
        place = self._places[which]
        if place is None:
            self.app.notify(_("The passages share nothing."), timeout=3)
            return
        self._now = place
        self._show()

    def action_take(self) -> None:
        """Take these edges."""
        self.dismiss(self._now)


def _step(places: list[int], now: int, by: int) -> int:
    """The next place before or after, or `now` at the end of them."""
    if by > 0:
        return next((place for place in places if place > now), now)
    return next((place for place in reversed(places) if place < now), now)
