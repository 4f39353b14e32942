"""The palette: every action of the registry, and every code, transcript and step, by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from qualcode.i18n import _
from qualcode.text.spans import Span
from qualcode.tui.actions import ACTIONS, Action, key_words
from qualcode.tui.program import InProgram
from qualcode.tui.steps import STEPS


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
        """What fits the letters typed."""
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
