"""What one can do on every step: undo, who is coding, the next step, and the windows about the whole project."""

from __future__ import annotations

from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.tasks.project.logbook import action_in_words
from qualcode.tui.common.step import StepScreen
from qualcode.tui.project.logbook import Logbook
from qualcode.tui.project.memos import show_memos
from qualcode.tui.project.people import ask_coder
from qualcode.tui.project.together import show_together
from qualcode.tui.project.tour import Tour
from qualcode.tui.steps import STEPS


class ProjectActions:
    """The part of every step that does the actions `step.…` of the registry."""

    def __init__(self, screen: StepScreen) -> None:
        self._screen = screen
        self._session = screen.session
        self._workbench = screen.workbench

    def undo(self) -> None:
        """Undo my last act."""
        self._turn(back=True)

    def redo(self) -> None:
        """Do again what I undid last."""
        self._turn(back=False)

    def _turn(self, *, back: bool) -> None:
        try:
            entry = self._session.undo() if back else self._session.redo()
        except QualcodeError as error:
            self._workbench.notify(str(error), severity="warning")
            return
        words = _("Undone: {act}") if back else _("Done again: {act}")
        self._screen.refresh_all()
        self._screen.after_turning(entry)
        self._workbench.notify(words.format(act=action_in_words(entry.action)), timeout=3)

    def coder(self) -> None:
        """Ask who is coding."""
        ask_coder(self._workbench, self._session, self._coder_switched)

    def _coder_switched(self) -> None:
        self._screen.refresh_all()
        if self._session.coder is not None:
            words = _("{name} is coding now: only their own codings are shown.")
            self._workbench.notify(words.format(name=self._session.coder.name), timeout=3)

    def memos(self) -> None:
        """Read, search and write memos."""
        show_memos(self._workbench, self._session, self._screen.refresh_all)

    def journal(self) -> None:
        """See who did what; undo or redo from there."""
        self._workbench.push_screen(Logbook(self._session), lambda _answer: self._screen.refresh_all())

    def tour(self) -> None:
        """Walk through the first steps."""
        self._workbench.push_screen(Tour())

    def pair(self) -> None:
        """Rounds, sharing, PINs and settings: what two people do as a pair."""
        show_together(self._workbench, self._session, self._screen.refresh_all)

    def next(self) -> None:
        """Go to the next step."""
        self._go(+1)

    def previous(self) -> None:
        """Go to the step before."""
        self._go(-1)

    def _go(self, by: int) -> None:
        ids = [step.id for step in STEPS]
        place = ids.index(self._screen.STEP) + by
        if 0 <= place < len(ids):
            self._workbench.go_to_step(ids[place])
