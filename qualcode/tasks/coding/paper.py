"""Pencil work from paper, typed in line by line or as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.errors import InputError, QualcodeError
from qualcode.exchange.codings import CodeMentions, PencilMark, understand
from qualcode.i18n import _
from qualcode.model import Code, Coding, Transcript
from qualcode.store.project import Project
from qualcode.text.layout import PaperLines
from qualcode.text.words import short

_PASSAGE = 200


@dataclass(frozen=True, slots=True)
class Echo:
    """What a typed line did: the codings it made, and the sentence that says so."""

    codings: tuple[Coding, ...]
    words: str


class Desk:
    """One coder typing in the marks on one printed interview."""

    def __init__(self, project: Project, transcript: Transcript) -> None:
        self._project = project
        self.transcript = transcript
        self._coder = project.require_coder()
        self.lines = PaperLines(transcript.text, [turn.span for turn in transcript.turns])
        # letters and names only: the numbers of codes change when codes are added
        self._words = CodeMentions(project.codebook.all(retired=True), numbers={})
        self._made: list[Echo] = []
        self._known = self._there()

    def _there(self) -> set[tuple[int, int, str]]:
        found = self._project.codings.all(transcript=self.transcript, coder=self._coder)
        return {(coding.start, coding.end, coding.code_id) for coding in found}

    def understand(self, typed: str) -> PencilMark:
        """What a typed line means; `InputError` if it means nothing, or is there already."""
        mark = understand(typed, self.lines, self.transcript.text, self._words)
        if all((*mark.span, code.id) in self._known for code in mark.codes):
            raise InputError(_("that is there already"))
        return mark

    def take(self, typed: str) -> Echo:
        """Make the codings of one typed line, as one act."""
        mark = self.understand(typed)
        with self._project.transaction("codings.paper"):
            made = self._take(mark)
        echo = Echo(tuple(made), self.in_words(mark))
        self._made.append(echo)
        return echo

    def undo(self) -> str:
        """Turn back the last line typed here; says which."""
        if not self._made:
            raise InputError(_("nothing has been typed in yet"))
        self._project.undo()
        self._known = self._there()
        return self._made.pop().words

    def take_all(self, marks: Iterable[PencilMark]) -> list[Coding]:
        """Make the codings of many lines, as one act."""
        with self._project.transaction("codings.paper"):
            return [coding for mark in marks for coding in self._take(mark)]

    def read(self, content: str) -> tuple[list[PencilMark], list[str]]:
        """The marks in a whole text, a mark on each line, and what is wrong with the other lines.

        Empty lines and lines that begin with # are left out.
        """
        marks: list[PencilMark] = []
        problems: list[str] = []
        seen: dict[tuple[int, int, Code], int] = {}
        for number, typed in enumerate(content.removeprefix("\ufeff").splitlines(), 1):
            if not typed.strip() or typed.lstrip().startswith("#"):
                continue
            try:
                mark = self.understand(typed)
                for code in mark.codes:
                    first = seen.setdefault((*mark.span, code), number)
                    if first != number:
                        raise InputError(_("the same stands on line {n}").format(n=first))
            except QualcodeError as error:
                problems.append(
                    _("line {line}: {problem}").format(line=number, problem=f"{error} — {short(typed)}")
                )
            else:
                marks.append(mark)
        return marks, problems

    def in_words(self, mark: PencilMark) -> str:
        """The code and the passage, to look over."""
        names = ", ".join(str(code.name) for code in mark.codes)
        memo = f" ! {mark.memo}" if mark.memo else ""
        return f"{names}: “{short(mark.span.of(self.transcript.text), _PASSAGE)}”{memo}"

    def _take(self, mark: PencilMark) -> list[Coding]:
        made = []
        for code in mark.codes:
            if (*mark.span, code.id) in self._known:
                continue
            self._known.add((*mark.span, code.id))
            coding = self._project.codings.add(self.transcript, *mark.span, code, self._coder)
            if mark.memo:
                self._project.memos.add("coding", coding.id, mark.memo, self._coder)
            made.append(coding)
        return made
