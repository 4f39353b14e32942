"""What every step of the procedure shares: the bars, the open project, and the parts that do its actions."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import isawaitable
from typing import Any, ClassVar, TypeVar

from textual.actions import parse
from textual.app import ComposeResult
from textual.screen import Screen

from qualcode.model import JournalEntry
from qualcode.tui.actions import action, bindings
from qualcode.tui.common.bars import HintBar, ModeBar
from qualcode.tui.program import InProgram
from qualcode.tui.session import Session
from qualcode.tui.steps import load

Answer = TypeVar("Answer")


class StepScreen(InProgram, Screen[None]):
    """A step. Subclasses say which (`STEP`), what stands between the bars and which panes can be jumped to.

    `refresh_all` brings everything shown up to date with the session. In short: `class CasesScreen(StepScreen,
    step="transcripts", place="cases", panes=("cases",))`. From these follow its keys (the actions of the `place`,
    which is the step itself if none is named), the style sheet of the step's folder, and the focus on the first pane.
    """

    STEP: ClassVar[str] = ""
    PLACES: ClassVar[tuple[str, ...]] = ("step",)
    PANES: ClassVar[tuple[str, ...]] = ()
    PARTS: ClassVar[Mapping[str, str]] = {"project": "qualcode.tui.project.actions:ProjectActions"}
    """The parts that do actions of the registry: name and place (`module:class`); made with the screen."""
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
        self._parts: dict[str, Any] = {}

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
        """Show the keys that fit this moment; an id without a dot is one of this screen's own."""
        own = self.PLACES[0]
        self.query_one(HintBar).hint([name if "." in name else f"{own}.{name}" for name in action_ids])

    def part(self, name: str) -> Any:
        """A part of this screen; made, and its module loaded, when it is first needed."""
        if name not in self._parts:
            self._parts[name] = load(self.PARTS[name])(self)
        return self._parts[name]

    async def action_do(self, action_id: str, *arguments: object) -> None:
        """Do an action of the registry: by the part that does it, else where it applies (a hint was clicked)."""
        wanted = action(action_id)
        if wanted.part not in self.PARTS:
            await self.workbench.do(action_id)
            return
        _dot, call, fixed = parse(wanted.call.removeprefix(f"{wanted.part}."))
        done = getattr(self.part(wanted.part), call)(*fixed, *arguments)
        if isawaitable(done):
            await done

    def do_soon(self, action_id: str) -> None:
        """Do an action of the registry as soon as what is going on has ended."""
        self.call_later(self.action_do, action_id)

    def after_turning(self, entry: JournalEntry) -> None:
        """Go to what undo or redo changed."""


class OverStep(StepScreen):
    """A screen opened over a step, from which one goes back to it."""

    def action_back(self) -> None:
        """Go back to the step below."""
        self.dismiss(None)
