"""Codings in from a table, all rows or none, or typed in from paper; and a coding cut in two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError, QualcodeError
from qualcode.exchange import codings
from qualcode.exchange.codings import CodeMentions, CodingRow, PencilMark, RowProblem, understand
from qualcode.files.text import bytes_of, first_reading
from qualcode.i18n import Bilingual, _
from qualcode.model import Code, Coding, Transcript
from qualcode.store.records.codings import span_problem
from qualcode.text.layout import PaperLines
from qualcode.text.spans import Span, trim
from qualcode.text.words import short

if TYPE_CHECKING:
    from qualcode.store.project import Project


def import_codings(
    project: Project, path: Path, *, create: bool = False, skip_known: bool = False
) -> list[Coding]:
    """Take in a table of codings as one act.

    Every row is checked first; if one does not fit, none is taken and all that are
    wrong are named with their lines (`InputError`). With `create`, codes and coders
    that the project does not have are made; with `skip_known`, rows that the project holds already are
    passed over. Returns the codings made.
    """
    rows, problems = codings.parse(_content(path), path.name)
    if not rows and not problems:
        raise InputError(_("{path} holds no codings.").format(path=path.name))
    check = _Check(project, create)
    if skip_known:
        rows = [row for row in rows if not check.knows(row)]
    for row in rows:
        problems += [RowProblem(row.line, words) for words in check.problems(row)]
    if problems:
        head = _("{path}: nothing was taken in, because of these rows:").format(path=path.name)
        raise InputError(head, [str(problem) for problem in sorted(problems)])
    with project.transaction("codings.import"):
        codes = {name: check.codes.get(name) or _new_code(project, name) for name in check.wanted_codes}
        coders = {name: check.coders.get(name) or project.coders.add(name) for name in check.wanted_coders}
        made = project.codings.add_all(
            (check.transcripts[row.transcript], row.start, row.end, codes[row.code], coders[row.coder])
            for row in rows
        )
        for row, coding in zip(rows, made, strict=True):
            if row.memo.strip():
                project.memos.add("coding", coding.id, row.memo, coders[row.coder])
    return made


_LONGEST_NAME = 200


class _Check:
    """What the project has, against what the rows name."""

    def __init__(self, project: Project, create: bool) -> None:
        self._project = project
        self._create = create
        self.transcripts = {t.name: t for t in project.transcripts.all()}
        self.codes: dict[str, Code | None] = {}
        self.coders = {name: coder for coder in project.coders.all() for name in (coder.name, coder.id)}
        self.wanted_codes: dict[str, None] = {}
        self.wanted_coders: dict[str, None] = {}
        self._seen = set(project.codings.keys_sealed_or_not())

    def problems(self, row: CodingRow) -> list[str]:
        """Everything wrong with a row, in words."""
        self.wanted_codes[row.code] = self.wanted_coders[row.coder] = None
        found = list(self._problems_of_names(row))
        transcript = self.transcripts.get(row.transcript)
        if transcript is None:
            return [*found, _("there is no transcript “{name}”").format(name=short(row.transcript))]
        problem = span_problem(transcript, row.start, row.end)
        if problem:
            return [*found, problem]
        if row.text and row.text != transcript.text[row.start : row.end]:
            found.append(_("the text beside it is not what stands at {s}–{e}").format(s=row.start, e=row.end))
        return found + self._twin(row, transcript)

    def _problems_of_names(self, row: CodingRow) -> list[str]:
        found = []
        if row.code not in self.codes:
            self.codes[row.code] = self._project.codebook.find(row.code)
        code = self.codes[row.code]
        if code is None and not self._create:
            found.append(_("there is no code “{name}” (--create makes it)").format(name=short(row.code)))
        if code is None and self._create and ("\n" in row.code or len(row.code) > _LONGEST_NAME):
            found.append(
                _("“{name}” is no name for a code: it must be short, on one line").format(
                    name=short(row.code)
                )
            )
        if code is not None and code.retired:
            found.append(_("the code “{name}” is retired").format(name=short(row.code)))
        if row.coder not in self.coders and not self._create:
            found.append(_("there is no coder “{name}” (--create adds them)").format(name=short(row.coder)))
        return found

    def knows(self, row: CodingRow) -> bool:
        """Whether the project holds this very coding already."""
        transcript = self.transcripts.get(row.transcript)
        return transcript is not None and self._key(row, transcript) in self._seen

    def _key(self, row: CodingRow, transcript: Transcript) -> tuple[str, int, int, str, str]:
        if row.code not in self.codes:
            self.codes[row.code] = self._project.codebook.find(row.code)
        code, coder = self.codes[row.code], self.coders.get(row.coder)
        return (
            transcript.id,
            row.start,
            row.end,
            code.id if code else row.code,
            coder.id if coder else row.coder,
        )

    def _twin(self, row: CodingRow, transcript: Transcript) -> list[str]:
        key = self._key(row, transcript)
        if key in self._seen:
            return [_("the same coding is there already (--skip-known passes over such rows)")]
        self._seen.add(key)
        return []


def _new_code(project: Project, name: str) -> Code:
    return project.codebook.add(Code("", name, Bilingual(name, name)))


def _content(path: Path) -> str:
    content = first_reading(bytes_of(path), ["utf-8-sig", "cp1252"])
    if content is None:
        raise InputError(_("{path} is not a text table (CSV).").format(path=path))
    return content


def split_coding(project: Project, coding: Coding, at: int) -> tuple[Coding, Coding]:
    """Two codings with the same code instead of one, parted at a place inside it; as one act.

    The blanks around the cut belong to neither. Raises `InputError` if one of the two would be empty.
    """
    transcript = project.transcripts.get(coding.transcript_id)
    code = project.codebook.get(coding.code_id)
    coder = next(person for person in project.coders.all() if person.id == coding.coder_id)
    inside = coding.start < at < coding.end
    left = trim(transcript.text, Span(coding.start, at if inside else coding.start))
    right = trim(transcript.text, Span(at if inside else coding.end, coding.end))
    if not left.length or not right.length:
        raise InputError(_("Put the cursor inside the coding, where it is to be cut in two."))
    with project.transaction("coding.split"):
        first = project.codings.move(coding, left.start, left.end)
        second = project.codings.add(transcript, right.start, right.end, code, coder)
    return first, second


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
