"""Codings typed by people: as a CSV table, beside a text, or line by line from a printed interview.

A code may be its name in either language, its letters or its number, with a memo.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qualcode.errors import InputError
from qualcode.files.tables import BrokenTableError, read_csv
from qualcode.i18n import _
from qualcode.model import Code
from qualcode.text.layout import PaperLines
from qualcode.text.spans import Span

_EDGE = " \t\xa0.,;:!?'\"“”‘’()[]#*•-–—"
_MEMO = re.compile(r":\s+|\s[–—-]+\s|\s?!\s?|\s=\s")
_LIST = re.compile(r"\s*[,;/+&|]\s*")
_SPACE = re.compile(r"[\s,;/+&|]+")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Said:
    """What a comment says: its codes and the memo beside them, or why it could not be understood."""

    codes: tuple[Code, ...] = ()
    memo: str = ""
    problem: str = ""


class CodeMentions:
    """The words by which the codes of a project are known: id, slug, name, letters, number, in this order.

    `numbers` are those of a legend beside the text (by default codes are numbered in the order
    of `codes`, from 1); `more` are words of somebody's own, with what they stand for.
    """

    def __init__(
        self,
        codes: Iterable[Code],
        *,
        numbers: Mapping[str, str] | None = None,
        more: Mapping[str, str] | None = None,
    ) -> None:
        codes = list(codes)
        self._levels: list[dict[str, list[Code]]] = []
        self._level((code.id, code) for code in codes)
        self._level((code.slug, code) for code in codes)
        self._level((name, code) for code in codes for name in {code.name.nl, code.name.en})
        self._level((code.mnemonic, code) for code in codes)
        listed = numbers if numbers is not None else {str(n): code.slug for n, code in enumerate(codes, 1)}
        self._level((n, code) for n, name in listed.items() for code in self._meant(name))
        self._level((word, code) for word, name in (more or {}).items() for code in self._meant(name))
        self._levels.insert(0, self._levels.pop())  # what somebody said themselves comes first
        self._near = {
            _plain(word): word for code in codes for word in (code.slug, code.name.nl, code.name.en)
        }

    def _level(self, words: Iterable[tuple[str, Code]]) -> None:
        level: dict[str, list[Code]] = {}
        for word, code in words:
            known = level.setdefault(_plain(word), [])
            if code not in known:
                known.append(code)
        level.pop("", None)
        self._levels.append(level)

    def _meant(self, word: str) -> list[Code]:
        """Every code that a word can stand for."""
        plain = _plain(word)
        return next((level[plain] for level in self._levels if plain in level), [])

    def code(self, word: str) -> Code | None:
        """The code that a word stands for, if it is clear which; a retired one only if no other is meant."""
        meant = self._meant(word)
        found = [code for code in meant if not code.retired] or meant
        return found[0] if len(found) == 1 else None

    def understand(self, text: str) -> Said:
        """The codes in a comment: one on the first line (or several, with commas), then a memo; or one per line.

        A line that begins with ! is memo.
        """
        lines = text.strip().split("\n")
        head = lines[0].strip()
        if not head:
            return Said(problem=_("the comment is empty"))
        listed = [self.listed(line) for line in lines if line.strip()]
        if all(listed):
            return Said(tuple(dict.fromkeys(code for codes in listed for code in codes)))
        codes, memo = self._head(head)
        if not codes:
            return Said(problem=self.problem(head))
        rest = [memo] if memo else []
        return Said(codes, "\n".join([*rest, *lines[1:]]).strip().removeprefix("!").strip())

    def write(self, code: Code, memo: str, language: str) -> str:
        """A comment that `understand` reads as this code with this memo."""
        head = next(
            (word for word in (code.name.in_language(language), code.slug) if self.code(word) == code),
            code.id,
        )
        text = f"{head}\n{memo.strip()}".strip()
        return text if self.understand(text) == Said((code,), memo.strip()) else f"{head}\n! {memo.strip()}"

    def _head(self, line: str) -> tuple[tuple[Code, ...], str]:
        if codes := self.listed(line):
            return codes, ""
        for sign in _MEMO.finditer(line[:_LONGEST]):
            if codes := self.listed(line[: sign.start()]):
                return codes, line[sign.end() :].strip()
        return (), ""

    def listed(self, text: str) -> tuple[Code, ...]:
        """The codes in a list of words, with commas or spaces between; nothing if one of them is no code."""
        if whole := self.code(text):
            return (whole,)
        for separator in (_LIST, _SPACE):
            words = [word for word in separator.split(text) if word.strip(_EDGE)]
            found = [self.code(word) for word in words]
            if found and all(found):
                return tuple(dict.fromkeys(code for code in found if code))
        return ()

    def problem(self, line: str) -> str:
        """Why the words before a memo are no code, in words."""
        head = _MEMO.split(line[:_LONGEST])[0]
        meant = self._meant(head)
        if len(meant) > 1:
            names = ", ".join(code.slug for code in meant)
            return _("“{word}” can be several codes ({codes})").format(word=head.strip(), codes=names)
        near = difflib.get_close_matches(_plain(head), self._near, n=1, cutoff=0.75)
        if near:
            return _("no code is called that; did you mean “{name}”?").format(name=self._near[near[0]])
        return _("no code is called that")


def _plain(word: str) -> str:
    return " ".join(word.strip(_EDGE).casefold().split())


REQUIRED = ("transcript", "start", "end", "code", "coder")
COLUMNS = (*REQUIRED, "text", "memo")


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One row of the table; `line` is its line in the file, `text` and `memo` may be empty."""

    line: int
    transcript: str
    start: int
    end: int
    code: str
    coder: str
    text: str = ""
    memo: str = ""


@dataclass(frozen=True, slots=True, order=True)
class RowProblem:
    """What is wrong with the row on a line of the file, in words."""

    line: int
    words: str

    def __str__(self) -> str:
        return _("line {line}: {problem}").format(line=self.line, problem=self.words)


def parse(content: str, where: str) -> tuple[list[CodingRow], list[RowProblem]]:
    """The rows of a table, and what is wrong with the others.

    Commas, semicolons and tabs are understood. Raises `InputError` if the table is
    empty or lacks a column.
    """
    rows: list[CodingRow] = []
    problems: list[RowProblem] = []
    table = read_csv(content.removeprefix("\ufeff"))
    try:
        head = next(table, None)
        names = [name.strip().casefold() for name in head.cells] if head else []
        _refuse_missing(names, where)
        for line in table:
            if not any(cell.strip() for cell in line.cells):
                continue
            found = _row(names, line.cells, line.last)
            if isinstance(found, RowProblem):
                problems.append(found)
            else:
                rows.append(found)
    except BrokenTableError as error:
        raise InputError(
            _("{where}, line {line}: this is not a table that can be read ({detail}).").format(
                where=where, line=error.last, detail=error
            )
        ) from error
    return rows, problems


def _refuse_missing(names: list[str], where: str) -> None:
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise InputError(
            _("{where} lacks the column {missing}. It needs: {needed}.").format(
                where=where, missing=", ".join(missing), needed=", ".join(REQUIRED)
            )
        )


def _row(names: list[str], fields: list[str], line: int) -> CodingRow | RowProblem:
    if len(fields) != len(names):
        return RowProblem(
            line,
            _("{found} fields where the first line has {expected}").format(
                found=len(fields), expected=len(names)
            ),
        )
    value = dict(zip(names, fields, strict=True))
    empty = [name for name in REQUIRED if not value[name].strip()]
    if empty:
        return RowProblem(line, _("nothing under {columns}").format(columns=", ".join(empty)))
    try:
        start, end = int(value["start"]), int(value["end"])
    except ValueError:
        return RowProblem(
            line,
            _("start and end must be whole numbers, not “{start}” and “{end}”").format(
                start=value["start"], end=value["end"]
            ),
        )
    transcript, code, coder = (value[name].strip() for name in ("transcript", "code", "coder"))
    return CodingRow(line, transcript, start, end, code, coder, value.get("text", ""), value.get("memo", ""))


_LINE = re.compile(r"\s*(\d{1,6})\s*(?:[-–—]\s*(\d{1,6}))?[\s:]+(.*)", re.DOTALL)
_QUOTED = re.compile(r"[\"“”„«](.+?)[\"“”»]")
_GAP = re.compile(r"\s*(?:…|\.\.\.)\s*")


@dataclass(frozen=True, slots=True)
class PencilMark:
    """One typed line: the passage, its codes, the memo beside it."""

    span: Span
    codes: tuple[Code, ...]
    memo: str = ""


def understand(typed: str, lines: PaperLines, text: str, words: CodeMentions) -> PencilMark:
    """What a typed line stands for; `InputError` says what is wrong with it.

    Line numbers first, then codes (letters or names), perhaps words in quotes that narrow the
    passage, perhaps a memo after an exclamation mark.
    """
    found = _LINE.fullmatch(typed.rstrip())
    if not found:
        raise InputError(_("begin with a line number and a code, such as: 12-18 mp"))
    first, last = int(found[1]), int(found[2] or found[1])
    if not 1 <= first <= last <= len(lines):
        raise InputError(
            _("there are no lines {first}-{last}; the interview has lines 1-{n}").format(
                first=first, last=last, n=len(lines)
            )
        )
    beside, _sign, memo = found[3].partition("!")
    span = lines.passage(first, last)
    quoted = _QUOTED.search(beside)
    if quoted:
        span = _narrowed(span, quoted[1], text)
        beside = beside.replace(quoted[0], " ")
    if span.length == 0:
        raise InputError(_("there are no words on that line"))
    if not beside.strip():
        raise InputError(_("the code is missing; put its letters after the line number"))
    return PencilMark(span, _codes(beside.strip(), words), memo.strip())


def _codes(beside: str, words: CodeMentions) -> tuple[Code, ...]:
    codes = words.listed(beside)
    if not codes:
        raise InputError(f"“{beside}”: {words.problem(beside)}")
    retired = next((code for code in codes if code.retired), None)
    if retired:
        raise InputError(_("the code “{code}” is retired").format(code=retired.slug))
    return codes


def _narrowed(span: Span, quoted: str, text: str) -> Span:
    """The quoted words within the passage; with … between, from the first to the last of them."""
    parts = [part for part in _GAP.split(quoted.strip()) if part]
    pattern = r".*?".join(r"\s+".join(map(re.escape, part.split())) for part in parts)
    found = re.compile(pattern, re.IGNORECASE | re.DOTALL).search(text, span.start, span.end)
    if not parts or not found:
        raise InputError(_("“{words}” does not stand on these lines").format(words=quoted))
    return Span(*found.span())
