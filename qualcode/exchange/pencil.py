"""Pencil work typed in: `12-18 mp`, `23 nt, ti !memo`, `40-41 mp "elke week … juf"`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcode.errors import InputError
from qualcode.exchange.code_words import CodeWords
from qualcode.i18n import _
from qualcode.model import Code
from qualcode.text.paper import PaperLines
from qualcode.text.spans import Span

_LINE = re.compile(r"\s*(\d{1,6})\s*(?:[-–—]\s*(\d{1,6}))?[\s:]+(.*)", re.DOTALL)
_QUOTED = re.compile(r"[\"“”„«](.+?)[\"“”»]")
_GAP = re.compile(r"\s*(?:…|\.\.\.)\s*")


@dataclass(frozen=True, slots=True)
class PencilMark:
    """One typed line: the passage, its codes, the memo beside it."""

    span: Span
    codes: tuple[Code, ...]
    memo: str = ""


def understand(typed: str, lines: PaperLines, text: str, words: CodeWords) -> PencilMark:
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


def _codes(beside: str, words: CodeWords) -> tuple[Code, ...]:
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
