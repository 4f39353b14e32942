"""The transcripts grouped by case, with how far I am in each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from rich.text import Text

from qualcode.i18n import _
from qualcode.model import Transcript
from qualcode.tui.common.trees import QuietTree
from qualcode.tui.session import Session

DONE, BEGUN, UNTOUCHED = "✓", "●", "○"


@dataclass(frozen=True)
class CaseRow:
    """A case as it stands in the tree: its label, and how many of its transcripts are done."""

    label: str
    done: int
    of: int


Row = CaseRow | Transcript


class TranscriptTree(QuietTree[Row]):
    """Cases and their transcripts."""

    LEAF_SIGN = ""

    def __init__(self) -> None:
        super().__init__(id="transcripts")
        self._session: Session | None = None

    def fill(self, session: Session) -> None:
        """Show the transcripts of a project, the open one under the cursor."""
        self._session = session
        self.clear()
        for case, group in groupby(session.transcripts, key=lambda transcript: transcript.case):
            members = list(group)
            done = sum(transcript.id in session.done for transcript in members)
            top = self.root.add(Text(case), data=CaseRow(case, done, len(members)), expand=True)
            for transcript in members:
                top.add_leaf(Text(transcript.name), data=transcript)
        self.point_at(session.transcript)

    def point_at(self, transcript: Transcript | None) -> None:
        """Put the cursor on a transcript."""
        node = self.node_of(transcript) if transcript else None
        if node is not None:
            self.call_after_refresh(self.move_cursor, node)

    def recount(self) -> None:
        """Show the progress as it is now."""
        if self._session is None:
            return
        for top in self.root.children:
            if isinstance(top.data, CaseRow):
                done = sum(
                    isinstance(leaf.data, Transcript) and leaf.data.id in self._session.done
                    for leaf in top.children
                )
                top.data = CaseRow(top.data.label, done, top.data.of)
        self._invalidate()

    def row(self, thing: Row, muted: bool) -> tuple[Text, Text]:
        """A case with its progress, or a transcript with its sign and number of codings."""
        colours = self.app.theme_variables
        soft = "" if muted else colours["ink-soft"]
        if isinstance(thing, CaseRow):
            title = _("Case {label}").format(label=thing.label) if thing.label else _("Without a case")
            return Text(title, style="bold"), Text(f"{thing.done}/{thing.of}", style=soft)
        count = self._session.count_in(thing) if self._session else 0
        done = self._session is not None and thing.id in self._session.done
        sign = DONE if done else BEGUN if count else UNTOUCHED
        colour = (
            "" if muted else colours["success"] if done else colours["here"] if count else colours["ink-soft"]
        )
        open_now = self._session is not None and self._session.transcript == thing
        name = transcript_title(thing, self._session)
        left = Text.assemble((f"{sign} ", colour), (name, "bold" if open_now else ""))
        return left, Text(f"{count or '·'}", style=soft)


def transcript_title(transcript: Transcript, session: Session | None = None) -> str:
    """Its informant in words, or its name where that says more."""
    if transcript.informant is None:
        return transcript.name
    alike = [
        other
        for other in (session.transcripts if session else ())
        if other.case == transcript.case and other.informant == transcript.informant
    ]
    return transcript.informant.label if len(alike) < 2 else transcript.name
