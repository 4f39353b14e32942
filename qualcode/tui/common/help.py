"""Finding one's way: the keys that work here, a jump to any pane or step, and the palette."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from qualcode.i18n import N_, _
from qualcode.text.spans import Span
from qualcode.tui.actions import ACTIONS, Action, actions_of, grouped, key_words, unseen
from qualcode.tui.common.bars import ModeBar
from qualcode.tui.common.dialog import DIALOG_STYLE, TextPage
from qualcode.tui.common.words import styled
from qualcode.tui.program import InProgram
from qualcode.tui.steps import STEPS


class KeysHelp(TextPage, inherit_bindings=False):
    """The keys of some places, those of one's own where there are any, group by group."""

    CSS_PATH = [DIALOG_STYLE, "keys_help.tcss"]
    BINDINGS = unseen({"escape,q,f1,question_mark": "close", "j": "scroll(1)", "k": "scroll(-1)"})
    HELP_LINE = N_("↑ ↓ scroll · Esc or q closes · everything by name: ctrl+p")

    def __init__(self, places: Sequence[str], own_keys: Mapping[str, str]) -> None:
        here = [each for place in places for each in actions_of(place)]
        lines: list[Content] = []
        for heading, group in grouped(here).items():
            lines.append(Content.styled(("\n" if lines else "") + _(heading), "bold $primary"))
            for each in group:
                shown = "1–9" if each.counted else key_words(own_keys.get(each.id, each.keys))
                lines.append(styled((f"{shown:>22}  ", "bold $here"), _(each.does)))
        super().__init__(_("Keys"), Content("\n").join(lines))


_LETTERS = "asdfghjkl"


class Jump(ModalScreen[None]):
    """Signs over the screen below; any other key closes it."""

    CSS_PATH = "jump.tcss"

    def compose(self) -> ComposeResult:
        """The signs, put in place when the size is known."""
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        self._panes: dict[str, str] = {}
        for letter, pane in zip(_LETTERS, getattr(below, "PANES", ()), strict=False):
            widget = below.query(f"#{pane}").first() if below and below.query(f"#{pane}") else None
            if widget is not None and widget.region.area:
                self._panes[letter] = pane
                yield self._sign(letter, widget.region.x + 1, widget.region.y)
        bars = list(below.query(ModeBar)) if below else []
        for number, step in enumerate(STEPS, 1):
            column = bars[0].column_of(f"app.go_to_step('{step.id}')") if bars else None
            if column is not None:
                yield self._sign(str(number), column, 0)
        words = _("Press a letter to go to a pane, a number for a step. Esc closes.")
        yield Static(Content(words), id="jump-help")

    def _sign(self, text: str, x: int, y: int) -> Static:
        sign = Static(Content(f" {text} "), classes="sign")
        sign.styles.offset = (x, y)
        return sign

    def on_key(self, event: events.Key) -> None:
        """Go there, or close."""
        event.stop()
        below = self.app.screen_stack[-2]
        self.dismiss(None)
        if event.key in self._panes:
            below.query_one(f"#{self._panes[event.key]}").focus()
        elif event.key.isdecimal() and 1 <= int(event.key) <= len(STEPS):
            self.app.call_later(self.app.run_action, f"app.go_to_step('{STEPS[int(event.key) - 1].id}')")

    def on_click(self) -> None:
        """Close."""
        self.dismiss(None)


class Everything(InProgram, Provider):
    """What can be done on the screen that is shown."""

    def _actions(self) -> list[Action]:
        places = self.workbench.places_here()
        likely_first = [*(place for place in places if place != "reader"), "reader"]
        return [
            each
            for place in likely_first
            if place in places
            for each in ACTIONS
            if each.where == place and not each.counted and each.id != "app.palette"
        ]

    def _steps(self) -> list[tuple[str, str]]:
        if self.workbench.session is None:
            return []
        return [(_("Go to {step}").format(step=_(step.title)), step.id) for step in STEPS]

    def _things(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Interviews to open, and on the coding screen codes to give."""
        session, screen = self.workbench.session, self.workbench.screen_stack[0]
        for transcript in session.transcripts if session else ():
            words = _("Open {name}").format(name=transcript.name)
            yield words, partial(self.workbench.arrive, transcript, Span(0, 0))
        codings = getattr(screen, "codings", None)
        if session is None or codings is None:
            return
        for code in session.codes:
            yield _("Code with {code}").format(code=code.name), partial(codings.attach, code)

    async def discover(self) -> Hits:
        """Everything, in the order of the registry."""
        for each in self._actions():
            yield DiscoveryHit(_(each.does), partial(self.workbench.do, each.id), help=self._keys(each))
        for words, step_id in self._steps():
            yield DiscoveryHit(words, partial(self.workbench.go_to_step, step_id))

    async def search(self, query: str) -> Hits:
        """What fits the letters typed; a row says so when nothing does, before Textual says it in English."""
        found = False
        async for hit in self._fitting(query):
            found = True
            yield hit
        if not found:
            yield Hit(1, _("Nothing found."), lambda: None)

    async def _fitting(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for each in self._actions():
            words = _(each.does)
            score = max(matcher.match(words), matcher.match(_(each.hint)))
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(words),
                    partial(self.workbench.do, each.id),
                    help=self._keys(each),
                )
        for words, go in self._things():
            if (score := matcher.match(words)) > 0:
                # an action of the same name goes first
                yield Hit(score * 0.9, Content(words), go, text=words)
        for words, step_id in self._steps():
            if (score := matcher.match(words)) > 0:
                yield Hit(score, matcher.highlight(words), partial(self.workbench.go_to_step, step_id))

    def _keys(self, wanted: Action) -> str:
        return key_words(self.workbench.own_keys.get(wanted.id, wanted.keys))
