"""Going from anywhere to a place in an interview, on the step Code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode.model import Transcript
from qualcode.text.spans import Span
from qualcode.tui.steps import step

if TYPE_CHECKING:
    from qualcode.tui.app import Workbench


def arrive(app: Workbench, transcript: Transcript, span: Span, hits: Sequence[Span] = ()) -> None:
    """Show a stretch marked in its interview, and light up the other hits there."""

    async def go() -> None:
        from qualcode.tui.coding.screen import CodeScreen

        session = app.session
        if session is None:
            return
        while len(app.screen_stack) > 1:
            app.pop_screen()
        if not isinstance(app.screen, CodeScreen):
            await app.switch_screen(step("code").screen(session))
        screen = app.screen
        if not isinstance(screen, CodeScreen):
            return
        session.transcript = next((t for t in session.transcripts if t.id == transcript.id), None)
        session.places[transcript.id] = span.start
        screen.refresh_all()
        if session.transcript is not None and session.transcript.text_hash == transcript.text_hash:
            screen.reader.show_hits(hits)
            screen.reader.select(span)
        screen.reader.focus()

    app.call_later(go)
