"""A window over something that takes a while: how far it is, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Button, Static

from qualcode.errors import QualcodeError, StoppedError
from qualcode.i18n import N_, _
from qualcode.tui.common.dialog import Dialog
from qualcode.tui.common.words import put
from qualcode.tui.program import Program

Result = TypeVar("Result")
HowFar = Callable[[int, int, str], bool]
"""Told how much is done, of how much, and what is being done; answers whether to go on."""
Work = Callable[[HowFar], Result]
_BAR = 40


class Working(Dialog[bool], Generic[Result]):
    """Runs `work` beside the screen. `work` is given `told(done, all, what)`, which answers whether to go on.

    The answer is `True` when the work is over; then `result` or `error` is there.
    """

    HELP_LINE = N_("Esc stops after this file")

    class CameSoFar(Message):
        """The work has come so far."""

        def __init__(self, done: int, of: int, what: str) -> None:
            super().__init__()
            self.done, self.of, self.what = done, of, what

    class Over(Message):
        """The work is over."""

    def __init__(self, title: str, work: Work[Result]) -> None:
        super().__init__(title)
        self._work = work
        self.stopping = False
        self.result: Result | None = None
        self.error: QualcodeError | None = None

    def body(self) -> ComposeResult:
        """What is being done, how far it is, and a button."""
        yield Static(id="what")
        yield Static(id="bar")
        with Horizontal(classes="buttons"):
            yield Button(_("Stop"), id="stop")

    def on_mount(self) -> None:
        """Begin."""
        self._run()

    @work(thread=True)
    def _run(self) -> None:
        try:
            self.result = self._work(self._told)
        except QualcodeError as error:
            self.error = error
        self.post_message(self.Over())

    def _told(self, done: int, of: int, what: str) -> bool:
        self.post_message(self.CameSoFar(done, of, what))
        return not self.stopping

    @on(CameSoFar)
    def _show(self, event: CameSoFar) -> None:
        full = _BAR * event.done // event.of if event.of else _BAR
        put(self, "#what", event.what)
        put(
            self,
            "#bar",
            ("━" * full, "$primary"),
            ("─" * (_BAR - full), "$line"),
            f"  {min(event.done + 1, event.of)} / {event.of}",
        )

    @on(Over)
    def _end(self) -> None:
        self.dismiss(True)

    @on(Button.Pressed)
    def action_close(self) -> None:
        """Stop as soon as possible; the window goes away when the work has ended."""
        self.stopping = True
        put(self, "#bar", (_("Stopping…"), "$ink-soft"))


async def working(app: Program, title: str, work: Work[Result], *, keep: bool = False) -> Result:
    """Do something that takes a while, with a window over the screen; its result, which is never `None`.

    Call it from an async worker. Raises what the work raises, and `StoppedError` if it was stopped, unless
    what was done by then is to be kept (`keep`).
    """
    window = Working(title, work)
    await app.push_screen_wait(window)
    if window.error is not None:
        raise window.error
    if window.stopping and not keep:
        raise StoppedError(_("Stopped. Nothing was kept."))
    assert window.result is not None
    return window.result
