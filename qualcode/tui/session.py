"""What is being worked on: the open project, who codes, and their codings at hand.

Knows no widget. Screens read it and act through it; every act is saved at once and the
lists here are brought up to date from what the store gave back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from qualcode.i18n import _
from qualcode.model import Code, Coder, CoderKind, Coding, JournalEntry, Transcript
from qualcode.store.project import Project
from qualcode.store.records.base import News
from qualcode.text.spans import Span
from qualcode.tui.preferences import Slots

if TYPE_CHECKING:
    from qualcode.tasks.comparing.agreement import LiveComparison


class Session:
    """An open project and the place of one coder in it."""

    def __init__(self, project: Project, coder: Coder | None) -> None:
        self.project = project
        self.coder = coder
        self.file_is_read_only = project.read_only
        """Why nothing may be written in the file, whoever sits here; else ""."""
        self.places: dict[str, int] = {}
        self.transcript: Transcript | None = None
        self.last_code: Code | None = None
        self.slots = Slots()
        self.hidden: set[str] = set()  # ids of codes whose codings are not shown in the text
        self.others_shown = False
        self.compared: tuple[Coder, Coder] | None = None  # chosen by hand; else the only two there are
        self._live: LiveComparison | None = None
        self._news: News | None = None
        self.reload()

    def reload(self) -> None:
        """Read everything again from the project file."""
        project = self.project
        self._let_write()
        self.transcripts: list[Transcript] = project.transcripts.all()
        self.codes: list[Code] = project.codebook.all()
        self.codes_by_id: dict[str, Code] = {code.id: code for code in project.codebook.all(retired=True)}
        mine = project.codings.all(coder=self.coder) if self.coder else []
        self.codings: dict[str, Coding] = {}
        self._per_transcript: dict[str, dict[str, Coding]] = {}
        self._per_code: Counter[str] = Counter()
        for coding in mine:
            self._put(coding)
        self.done: set[str] = {
            transcript
            for transcript, coder in project.progress.done()
            if self.coder and coder == self.coder.id
        }
        self._others: list[Coding] | None = None
        self.with_memo: set[str] = {memo.target_id for memo in project.memos.all()}
        self.hidden &= set(self.codes_by_id)
        self.slots.fit(self.codes)
        self.last_code = self.codes_by_id.get(self.last_code.id) if self.last_code else None
        kept = self.transcript.id if self.transcript else ""
        self.transcript = next((t for t in self.transcripts if t.id == kept), self._first_transcript())

    def _first_transcript(self) -> Transcript | None:
        unfinished = (t for t in self.transcripts if t.id not in self.done)
        return next(unfinished, self.transcripts[0] if self.transcripts else None)

    @property
    def title(self) -> str:
        """The name of the project."""
        return str(self.project.settings.get("title") or self.project.path.stem)

    def live_comparison(self) -> LiveComparison:
        """The comparison of the pair as things stand; kept, so that only what changed is counted again.

        Raises `InputError` when it is not clear whom to compare.
        """
        from qualcode.tasks.comparing.agreement import LiveComparison
        from qualcode.tasks.comparing.comparison import two_coders

        a, b = self.compared or two_coders(self.project)
        kept = self._live
        if kept is None or (kept.comparison.a, kept.comparison.b) != (a, b):
            self._live = kept = LiveComparison(self.project, a, b)
        else:
            kept.refresh()
        return kept

    def news(self) -> bool:
        """Whether another program changed the project since this was asked last."""
        if self._news is None:
            self._news = News(self.project)
            return False
        return self._news.any()

    def _let_write(self) -> None:
        """Let whoever sits here work in the project; as long as nobody said who that is, nothing is written."""
        self.project.coder = self.coder
        nobody = "" if self.coder else _("Nobody said yet who sits here. Press F9 and say who you are.")
        self.project.journal.read_only = self.file_is_read_only or nobody

    def switch_coder(self, coder: Coder) -> None:
        """Go on as somebody else; only their codings are at hand from now on."""
        self.coder = coder
        self.reload()

    def newcomer(self, name: str, kind: CoderKind) -> Coder:
        """Add somebody who codes here too; whoever sits down here may say so before anybody is at work."""
        self.project.journal.read_only = self.file_is_read_only
        try:
            return self.project.coders.add(name, kind)
        finally:
            self._let_write()

    # looking

    def codings_in(self, transcript: Transcript) -> list[Coding]:
        """My codings of one transcript, in the order of the text."""
        found = self._per_transcript.get(transcript.id, {}).values()
        return sorted(found, key=lambda coding: (coding.start, -coding.end, coding.id))

    def others_in(self, transcript: Transcript) -> list[Coding]:
        """The codings of others that I may see: none in a sealed round, and none unless they are shown."""
        if not self.others_shown:
            return []
        if self._others is None:
            mine = self.coder.id if self.coder else ""
            self._others = [coding for coding in self.project.codings.all() if coding.coder_id != mine]
        return [coding for coding in self._others if coding.transcript_id == transcript.id]

    def coding(self, coding_id: str) -> Coding | None:
        """A coding of mine, or of another if those are shown."""
        others = self._others or []
        found = self.codings.get(coding_id)
        return found or next((coding for coding in others if coding.id == coding_id), None)

    def codings_of(self, code: Code) -> list[Coding]:
        """My codings with a code, in the order of the transcripts and their texts."""
        places = {transcript.id: place for place, transcript in enumerate(self.transcripts)}
        found = [coding for coding in self.codings.values() if coding.code_id == code.id]
        return sorted(
            found, key=lambda coding: (places.get(coding.transcript_id, 0), coding.start, coding.id)
        )

    def codings_at(self, transcript: Transcript, place: Span) -> list[Coding]:
        """My codings that touch a place; the one with just these edges, else the shortest, first."""
        reach = place if place.length else Span(place.start, place.start + 1)
        mine = self._per_transcript.get(transcript.id, {}).values()
        found = [coding for coding in mine if coding.span.overlaps(reach)]
        return sorted(found, key=lambda coding: (coding.span != place, coding.span.length, coding.id))

    def counts_by_code(self) -> Mapping[str, int]:
        """Number of my codings per code id; codes without any count 0."""
        return self._per_code

    def count_in(self, transcript: Transcript) -> int:
        """Number of my codings of one transcript."""
        return len(self._per_transcript.get(transcript.id, ()))

    def code_of(self, coding: Coding) -> Code:
        """The code of a coding, retired ones too."""
        return self.codes_by_id[coding.code_id]

    def neighbour(self, step: int) -> Transcript | None:
        """The transcript so many places further in the list (`None` past its ends)."""
        if self.transcript is None:
            return None
        place = [t.id for t in self.transcripts].index(self.transcript.id) + step
        return self.transcripts[place] if 0 <= place < len(self.transcripts) else None

    # acting

    def add(self, span: Span, code: Code) -> Coding:
        """Code a stretch of the transcript that is open."""
        if self.transcript is None:
            raise ValueError("no transcript is open")
        coding = self.project.codings.add(self.transcript, span.start, span.end, code)
        self._put(coding)
        self.use(code)
        return coding

    def use(self, code: Code) -> None:
        """Remember a code as the one used last."""
        self.last_code = code

    def remove(self, coding: Coding) -> None:
        """Take a coding of mine away."""
        self.project.codings.remove(coding)
        self._drop(coding)

    def move(self, coding: Coding, span: Span) -> Coding:
        """Give a coding of mine other edges."""
        return self._keep(self.project.codings.move(coding, span.start, span.end))

    def recode(self, coding: Coding, code: Code) -> Coding:
        """Give a coding of mine another code."""
        self.use(code)
        return self._keep(self.project.codings.recode(coding, code))

    def _keep(self, coding: Coding) -> Coding:
        self._drop(self.codings[coding.id])
        self._put(coding)
        return coding

    def _put(self, coding: Coding) -> None:
        self.codings[coding.id] = coding
        self._per_transcript.setdefault(coding.transcript_id, {})[coding.id] = coding
        self._per_code[coding.code_id] += 1

    def _drop(self, coding: Coding) -> None:
        del self.codings[coding.id]
        del self._per_transcript[coding.transcript_id][coding.id]
        self._per_code[coding.code_id] -= 1

    def split(self, first: Coding, second: Coding) -> None:
        """Take note that a coding of mine, now the first, was cut in two."""
        self._keep(first)
        self._put(second)

    def mark_done(self, transcript: Transcript, done: bool) -> None:
        """Say that I have finished a transcript, or have not after all."""
        self.project.progress.mark(transcript, self.project.require_coder(), done)
        (self.done.add if done else self.done.discard)(transcript.id)

    def undo(self) -> JournalEntry:
        """Turn back my last act."""
        entry = self.project.undo()
        self.reload()
        return entry

    def redo(self) -> JournalEntry:
        """Do again what I turned back last."""
        entry = self.project.redo()
        self.reload()
        return entry
