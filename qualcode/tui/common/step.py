"""What every step of the procedure shares: the bars, the open project, undo, the coder, the next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.screen import Screen

from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.model import JournalEntry
from qualcode.tasks.project.logbook import action_in_words
from qualcode.tui.actions import bindings
from qualcode.tui.common.bars import HintBar, ModeBar
from qualcode.tui.steps import STEPS

if TYPE_CHECKING:
    from qualcode.tui.app import Workbench
    from qualcode.tui.session import Session

Answer = TypeVar("Answer")


class StepScreen(Screen[None]):
    """A step. Subclasses say which (`STEP`), what stands between the bars and which panes can be jumped to.

    `refresh_all` brings everything shown up to date with the session. In short: `class CasesScreen(StepScreen,
    step="transcripts", place="cases", panes=("cases",))`. From these follow its keys (the actions of the `place`,
    which is the step itself if none is named), the style sheet of the step's folder, and the focus on the first pane.
    """

    STEP: ClassVar[str] = ""
    PLACES: ClassVar[tuple[str, ...]] = ("step",)
    PANES: ClassVar[tuple[str, ...]] = ()
    BINDINGS = bindings("step")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (110, "-wide")]
    AUTO_FOCUS = ""

    def __init_subclass__(
        cls, *, step: str = "", place: str = "", panes: tuple[str, ...] = (), **more: Any
    ) -> None:
        if step:
            cls.STEP, cls.PANES = step, panes
            cls.PLACES = (place or step, "step")
            cls.BINDINGS = bindings(place or step)
            cls.CSS_PATH = f"{step}.tcss"
            if "AUTO_FOCUS" not in cls.__dict__:
                cls.AUTO_FOCUS = f"#{panes[0]}"
        super().__init_subclass__(**more)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    @property
    def workbench(self) -> Workbench:
        """The app, as what it is."""
        return cast("Workbench", self.app)

    @property
    def session(self) -> Session:
        """The open project."""
        return self._session

    def compose(self) -> ComposeResult:
        """The bars around the body."""
        self.add_class(self._width_class(), update=False)
        yield ModeBar(self.STEP)
        yield from self.body()
        yield HintBar()

    def _width_class(self) -> str:
        """What Textual will call this width; known from the start, nothing is laid out twice."""
        return [name for width, name in self.HORIZONTAL_BREAKPOINTS or [] if width <= self.app.size.width][-1]

    def body(self) -> ComposeResult:
        """What stands between the bars."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Fill in what is known."""
        self.refresh_all()

    def on_resize(self) -> None:
        """The bars hold more or less."""
        self.query_one(ModeBar).tell(self.session)

    def refresh_all(self) -> None:
        """Show everything as it is in the project now."""
        self.query_one(ModeBar).tell(self.session)

    def hint(self, *action_ids: str) -> None:
        """Show the keys that fit this moment."""
        self.query_one(HintBar).hint(action_ids)

    async def action_do(self, action_id: str) -> None:
        """Do an act of the registry (a hint was clicked)."""
        await self.workbench.do(action_id)

    def ask(self, dialog: Screen[Answer | None], then: Callable[[Answer], object]) -> None:
        """Open a window; `then` is called with its answer, if there is one."""

        def answered(answer: Answer | None) -> None:
            if answer is not None:
                then(answer)

        self.app.push_screen(dialog, answered)

    def action_undo(self) -> None:
        """Undo my last act."""
        self._turn(back=True)

    def action_redo(self) -> None:
        """Do again what I undid last."""
        self._turn(back=False)

    def _turn(self, *, back: bool) -> None:
        try:
            entry = self.session.undo() if back else self.session.redo()
        except QualcodeError as error:
            self.notify(str(error), severity="warning")
            return
        words = _("Undone: {act}") if back else _("Done again: {act}")
        self.refresh_all()
        self.after_turning(entry)
        self.app.notify(words.format(act=action_in_words(entry.action)), timeout=3)

    def after_turning(self, entry: JournalEntry) -> None:
        """Go to what undo or redo changed."""

    def action_switch_coder(self) -> None:
        """Ask who is coding."""
        from qualcode.tui.project.people import ask_coder

        ask_coder(self.workbench, self.session, self._coder_switched)

    def _coder_switched(self) -> None:
        self.refresh_all()
        if self.session.coder is not None:
            words = _("{name} is coding now: only their own codings are shown.")
            self.app.notify(words.format(name=self.session.coder.name), timeout=3)

    def action_memos(self) -> None:
        """Read, search and write memos."""
        from qualcode.tui.project.memos import show_memos

        show_memos(self.workbench, self.session, self.refresh_all)

    def action_journal(self) -> None:
        """See who did what; undo or redo from there."""
        from qualcode.tui.project.logbook import Logbook

        self.app.push_screen(Logbook(self.session), lambda _answer: self.refresh_all())

    def action_tour(self) -> None:
        """Walk through the first steps."""
        from qualcode.tui.project.tour import Tour

        self.app.push_screen(Tour())

    def action_pair(self) -> None:
        """Rounds, sharing, PINs and settings: what two people do as a pair."""
        from qualcode.tui.project.together import show_together

        show_together(self.workbench, self.session, self.refresh_all)

    def action_next_step(self) -> None:
        """Go to the next step."""
        self._go(+1)

    def action_previous_step(self) -> None:
        """Go to the step before."""
        self._go(-1)

    def _go(self, by: int) -> None:
        ids = [step.id for step in STEPS]
        place = ids.index(self.STEP) + by
        if 0 <= place < len(ids):
            self.workbench.go_to_step(ids[place])


class OverStep(StepScreen):
    """A screen opened over a step, from which one goes back to it."""

    def action_back(self) -> None:
        """Go back to the step below."""
        self.dismiss(None)
