"""Says in words what is at the cursor: for everyone, and first of all for screen readers."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from qualcode.i18n import _, ngettext
from qualcode.model import Coding
from qualcode.tui.session import Session


class StatusLine(Static):
    """One row."""

    DEFAULT_CSS = "StatusLine { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self) -> None:
        super().__init__(id="status")
        self._words = Content("")

    def say(self, words: str) -> None:
        """Show a plain sentence."""
        self.put(Content.styled(words, "$ink-soft"))

    def put(self, words: Content) -> None:
        """Show words, if they are others than those shown."""
        if not words.is_same(self._words):
            self._words = words
            self.update(words, layout=False)

    def tell(self, session: Session, codings: Sequence[Coding], marked: str, *, held: bool) -> None:
        """Name the codes at the cursor, how much is marked, and whether a coding is held."""
        parts: list[Content] = []
        if held:
            parts.append(
                Content.styled(_("Held: + − a A i I move its edges, Enter lets go.") + " ", "bold $here")
            )
        if marked:
            count = len(marked.split())
            words = ngettext("{n} word marked.", "{n} words marked.", count).format(n=count)
            parts.append(Content.styled(words + " ", "bold $here"))
        if codings:
            parts.append(Content.styled(_("Here: "), "$ink-soft"))
            parts.append(Content.styled(", ".join(_name(session, coding) for coding in codings), "bold"))
        elif not marked:
            parts.append(Content.styled(_("No code here."), "$ink-soft"))
        self.put(Content.assemble(*parts))


def _name(session: Session, coding: Coding) -> str:
    name = str(session.code_of(coding).name) or session.code_of(coding).slug
    mine = coding.id in session.codings
    who = "" if mine else next((c.name for c in session.project.coders.all() if c.id == coding.coder_id), "?")
    notes = [note for note in (who, _("with memo") if coding.id in session.with_memo else "") if note]
    return name + (f" ({', '.join(notes)})" if notes else "")
