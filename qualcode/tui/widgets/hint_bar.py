"""The bottom row: the few keys that fit this moment, each of which can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from qualcode.i18n import _
from qualcode.tui.actions import Action, action, one_key
from qualcode.tui.widgets.chips import Chip, Chips


class HintBar(Chips):
    """Hints by action id; the keys shown are those in use (a keymap of one's own counts)."""

    def __init__(self) -> None:
        super().__init__(id="hint-bar")
        self._hinted: tuple[str, ...] = ()

    def hint(self, action_ids: Sequence[str], always: Sequence[str] = ("app.palette", "app.help")) -> None:
        """Show the hints of some actions, and on the right those that always fit."""
        hinted = (*action_ids, *always)
        if hinted == self._hinted:
            return
        self._hinted = hinted
        self.show([self._chip(name) for name in action_ids], [self._chip(name) for name in always])

    def _chip(self, name: str) -> Chip:
        act = action(name)
        keys = Content.styled(f" {_shown_keys(act, self.app._keymap.get(act.id, act.keys))} ", "bold $here")
        words = Content.styled(f"{_(act.hint)} ", "$ink-soft")
        run = "" if act.counted else f"screen.do('{act.id}')"
        return Chip(Content.assemble(keys, words), run, _(act.does))


def _shown_keys(act: Action, keys: str) -> str:
    each = keys.split(",")
    return f"{each[0]}–{each[-1]}" if act.counted else one_key(each[0])
