"""Codings in from a table, all rows or none; and a coding cut in two."""

from __future__ import annotations

from pathlib import Path

from qualcode.errors import InputError
from qualcode.exchange import codings
from qualcode.exchange.codings import CodingRow, RowProblem
from qualcode.files.text import first_decoding
from qualcode.i18n import Bilingual, _
from qualcode.model import Code, Coding, Transcript
from qualcode.store.project import Project
from qualcode.store.records.codings import span_problem
from qualcode.text.spans import Span, trim
from qualcode.text.words import short


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
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(
            _("{path} cannot be read: {detail}.").format(path=path, detail=error.strerror)
        ) from error
    content = first_decoding(raw, ("utf-8-sig", "cp1252"))
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
