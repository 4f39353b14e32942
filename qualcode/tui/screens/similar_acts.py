"""From the coding screen to passages that use the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.i18n import _
from qualcode.model import Code, Coding

if TYPE_CHECKING:
    from qualcode.tui.screens.code_acts import CodeActs


def offer_similar(screen: CodeActs) -> None:
    """Passages like what is marked; else like the fragments of the code at the cursor; else of one that is asked."""
    from qualcode.tui.dialogs.pick_code import PickCode

    session, place = screen.session, screen.reader.selection
    if session.transcript is None:
        return
    here = session.codings_at(session.transcript, screen.place)
    exact = [coding for coding in here if coding.span == place]
    if len(exact) == 1:
        _of_code(screen, session.code_of(exact[0]))
    elif place is not None:
        _open(screen, _("Passages like what is marked"), None)
    elif len(here) == 1:
        _of_code(screen, session.code_of(here[0]))
    elif here:
        screen.choose_coding(
            _("Passages like those of which code?"), here, lambda coding: _of(screen, coding)
        )
    else:
        title = _("Passages like those of which code?")
        dialog = PickCode(title, session.codes, session.counts_by_code(), session.last_code)
        screen.ask(dialog, lambda code: _of_code(screen, code))


def _of(screen: CodeActs, coding: Coding) -> None:
    _of_code(screen, screen.session.code_of(coding))


def _of_code(screen: CodeActs, code: Code) -> None:
    _open(screen, _("Passages like those of {code}").format(code=str(code.name) or code.slug), code)


def _open(screen: CodeActs, title: str, code: Code | None) -> None:
    from qualcode.tui.dialogs.similar import SimilarDialog

    session, span = screen.session, screen.reader.selection
    place = (session.transcript, span) if code is None and session.transcript and span else None

    def closed(_answer: None) -> None:
        session.reload()
        screen.refresh_all()

    screen.app.push_screen(SimilarDialog(title, session, code, place), closed)
