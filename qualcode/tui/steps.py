"""The steps of the procedure, in their order: the registry behind the mode bar.

A step that is not here does not exist in the program. Its screen is imported when it is
first shown, by `load`: the one place where the terminal program is lazy.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from textual.screen import Screen

from qualcode.i18n import N_
from qualcode.tui.session import Session


def load(place: str) -> Any:
    """What stands at a place (`module:name`); the module is imported when it is first asked for."""
    module, _colon, name = place.partition(":")
    return getattr(import_module(module), name)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its id, its title, and where its screen is (`module:class`)."""

    id: str
    title: str
    place: str

    def screen(self, session: Session) -> Screen[None]:
        """A fresh screen of this step for an open project."""
        made: Screen[None] = load(self.place)(session)
        return made


STEPS: tuple[Step, ...] = (
    Step("transcripts", N_("Transcripts"), "qualcode.tui.transcripts.screen:TranscriptsScreen"),
    Step("code", N_("Coding"), "qualcode.tui.coding.screen:CodeScreen"),
    Step("compare", N_("Compare"), "qualcode.tui.comparing.screen:CompareScreen"),
    Step("themes", N_("Themes"), "qualcode.tui.themes.screen:ThemesScreen"),
    Step("rank", N_("Rank"), "qualcode.tui.ranking.screen:RankScreen"),
    Step("checklist", N_("Checklist"), "qualcode.tui.checklist.screen:ChecklistScreen"),
    Step("export", N_("Export"), "qualcode.tui.exporting.screen:ExportScreen"),
)


def step(step_id: str) -> Step:
    """The step with that id; `KeyError` if there is none."""
    return {each.id: each for each in STEPS}[step_id]
