"""Writing a memo. What was typed is kept when the window closes, unless one says otherwise."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, TextArea

from qualcode.i18n import N_, _
from qualcode.tui.actions import unseen
from qualcode.tui.common.dialog import Dialog, buttons
from qualcode.tui.program import Program


class MemoEditor(Dialog[str]):
    """A text to write in; the answer is the text, or `None` to leave all as it was."""

    BINDINGS = unseen({"escape,ctrl+s": "keep", "ctrl+x": "close"}, priority=True)
    HELP_LINE = N_("Esc keeps the memo and closes · ctrl+x leaves it as it was")

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__(title)
        self._text = text

    def body(self) -> ComposeResult:
        """The text and two buttons."""
        yield TextArea(self._text, soft_wrap=True, tab_behavior="focus")
        yield from buttons(keep=_("Keep"), leave=_("Leave as it was"))

    def on_mount(self) -> None:
        """Write on at the end."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    @on(Button.Pressed, "#keep")
    def action_keep(self) -> None:
        """Keep what stands here."""
        self.dismiss(self.query_one(TextArea).text)

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.action_close()


def edit_memo(app: Program, kind: str, target_id: str, title: str, then: Callable[[], object]) -> None:
    """Write, change or (by emptying it) remove my memo on something; `then` is called if it changed."""
    session = app.session
    if session is None:
        return
    memos = session.project.memos
    mine = [memo for memo in memos.of(kind, target_id) if session.coder and memo.coder_id == session.coder.id]
    before = mine[-1] if mine else None

    def written(text: str) -> None:
        if text.strip() == (before.text if before else ""):
            return
        if before is None:
            memos.add(kind, target_id, text)
        elif text.strip():
            memos.change(before, text)
        else:
            memos.remove(before)
        session.with_memo = {memo.target_id for memo in memos.all()}
        then()

    app.ask(MemoEditor(title, before.text if before else ""), written)
