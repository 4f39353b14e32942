"""Correcting the words of one turn; what happens to codings is said before anything is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from qualcode.i18n import _, ngettext
from qualcode.model import Transcript, Turn
from qualcode.store.revisions import Revision
from qualcode.tui.dialogs.choose import Choose
from qualcode.tui.dialogs.memo import MemoEditor

if TYPE_CHECKING:
    from qualcode.tui.app import Workbench
    from qualcode.tui.session import Session


class TurnEditor(MemoEditor):
    """The words of a turn to write in; the answer is the words as they should be."""

    def help_line(self) -> str:
        """What the keys do here."""
        return _("ctrl+s or Esc goes on (nothing changes before you agree) · ctrl+x leaves it as it was")


def correct_turn(
    app: Workbench, session: Session, transcript: Transcript, turn: Turn, then: Callable[[], object]
) -> None:
    """Let the words of a turn be corrected, say what that does, and ask; `then` is called if it was done."""
    before = turn.span.of(transcript.text)

    def written(words: str | None) -> None:
        if words is None or words == before:
            return
        with app.saying():
            _plan(words)

    def _plan(words: str) -> None:
        from qualcode.tasks.revising import corrected_words

        project = session.project
        if "\n" not in before:  # a turn of one paragraph stays one
            words = re.sub(r"\s*\n\s*", " ", words.strip())
        revision, turns = corrected_words(project, transcript, turn.span, words)

        def agreed(answer: str | None) -> None:
            if answer == "yes":
                with app.saying():
                    project.revisions.make(revision, turns, drop=bool(revision.lost))
                    then()
                    app.notify(_("Corrected. Press u to undo."), timeout=4)
            elif answer == "again":
                app.push_screen(TurnEditor(title, words), written)

        options = [(_agree(revision), "yes"), (_("Go on writing"), "again"), (_("Leave it as it was"), "no")]
        app.push_screen(Choose(_says(revision), options), agreed)

    title = _("Turn {n}, {speaker}").format(n=turn.n, speaker=turn.speaker or "–")
    app.push_screen(TurnEditor(title, before), written)


def _agree(revision: Revision) -> str:
    count = len(revision.lost)
    if not count:
        return _("Correct it")
    return ngettext(
        "Correct it, and take {n} coding away", "Correct it, and take {n} codings away", count
    ).format(n=count)


def _says(revision: Revision) -> str:
    """What the correction does to codings, in a line."""
    text = revision.transcript.text
    changed = sum(coding.span.of(text) != span.of(revision.text) for coding, span in revision.moved)
    kept = ngettext("{n} coding gets other words", "{n} codings get other words", changed).format(n=changed)
    lost = ngettext("{n} would be lost", "{n} would be lost", len(revision.lost)).format(n=len(revision.lost))
    return f"{kept} · {lost}" if revision.lost else kept if changed else _("No coding is touched")
