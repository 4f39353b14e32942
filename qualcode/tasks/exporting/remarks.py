"""What readers wrote in a Word document of ours, taken in as memos on what it is about.

A change in the words of a quote is a proposal for a correction of the interview, one in a definition a proposal
for the codebook: nothing is changed by it, somebody decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.i18n import _
from qualcode.text.spans import Span
from qualcode.text.words import short

if TYPE_CHECKING:
    from pathlib import Path

    from qualcode.model import Code, Transcript
    from qualcode.reports.writers.word_remarks import Remark
    from qualcode.store.project import Project

_QUOTED = re.compile(r"[“\"]([^”\"]{12,})[”\"]")
_LEFT_OUT = re.compile(r"\s*(?:\[…\]|…)\s*")
_SHORTEST = 12  # characters of a quote by which its place is known


@dataclass(frozen=True, slots=True)
class Noted:
    """A remark, what it is about (kind and id of a memo's target, and its name), and the memo it becomes.

    `known`: such a memo is there already.
    """

    remark: Remark
    kind: str
    target: str
    about: str
    memo: str
    known: bool = False


def plan_remarks(project: Project, path: Path) -> list[Noted]:
    """What would be taken in; raises `InputError` if it is no document that this project wrote."""
    # python-docx is loaded when a document is opened
    from qualcode.reports.writers.word_again import refuse_another
    from qualcode.reports.writers.word_page import open_word
    from qualcode.reports.writers.word_record import Pedigree, record_of
    from qualcode.reports.writers.word_remarks import remarks_of

    word = open_word(path)
    record = record_of(word)
    refuse_another(record, Pedigree(project.id, record.document if record else ""), path)
    return [_noted(project, remark, path.name) for remark in remarks_of(word)]


def take_remarks(project: Project, noted: list[Noted]) -> int:
    """Write the memos that are not there yet, as one act of the person at work; returns how many."""
    new = [each for each in noted if not each.known]
    project.require_coder()
    if new:
        with project.transaction("memo.add"):
            for each in new:
                project.memos.add(each.kind, each.target, each.memo)
    return len(new)


def _noted(project: Project, remark: Remark, file: str) -> Noted:
    place = _place_of_quote(project.transcripts.all(), remark)
    code = _code_of(project.codebook.all(), remark)
    if place is not None:
        transcript, span = place
        coding = next((c for c in project.codings.all(transcript=transcript) if c.span == span), None)
        kind, target = ("coding", coding.id) if coding else ("transcript", transcript.id)
        about = f"{transcript.name}, {span.start}–{span.end}"
    elif code is not None:
        kind, target, about = "code", code.id, str(code.name)
    else:
        kind, target, about = "project", project.id, _("the project")
    memo = _memo(remark, file, quoted=place is not None, defined=_is_definition(code, remark))
    known = any(each.text == memo for each in project.memos.of(kind, target))
    return Noted(remark, kind, target, about, memo, known)


def _place_of_quote(transcripts: list[Transcript], remark: Remark) -> tuple[Transcript, Span] | None:
    """Where the words of the quote stand that a remark is about; the longest piece of one that was shortened."""
    quotes = [match[1] for match in _QUOTED.finditer(remark.line)]
    marked = [words for words in (remark.at.strip('“”" '), remark.before.strip()) if words]
    near = [quote for quote in quotes if any(words in quote or quote in words for words in marked)]
    for quote in near or (quotes if len(quotes) == 1 else []):
        piece = max(_LEFT_OUT.split(quote), key=len).strip()
        if len(piece) < _SHORTEST:
            continue
        words = re.compile(r"\s+".join(map(re.escape, piece.split())))
        for transcript in transcripts:
            if found := words.search(transcript.text):
                return transcript, Span(found.start(), found.end())
    return None


def _code_of(codes: list[Code], remark: Remark) -> Code | None:
    """The code whose name stands in the row, or in the heading, of a remark."""
    for words in (remark.label, remark.heading, remark.line):
        for code in codes:
            names = {code.name.nl.casefold(), code.name.en.casefold()} - {""}
            if words.split(" (")[0].strip().casefold() in names:
                return code
    return None


def _is_definition(code: Code | None, remark: Remark) -> bool:
    if code is None or not remark.line:
        return False
    texts = (code.definition, code.use, code.not_use, code.example)
    return any(words and words in remark.line for each in texts for words in (each.nl, each.en))


def _memo(remark: Remark, file: str, *, quoted: bool, defined: bool) -> str:
    who = _("{author}, in {file}").format(author=remark.author or _("somebody"), file=file)
    at = f" “{short(remark.at, 80)}”" if remark.at else ""
    if remark.words:
        return f"{who}{at}: {remark.words}"
    change = _("“{before}” → “{after}”").format(before=remark.before.strip(), after=remark.after.strip())
    if quoted:
        what = _("proposes to correct the words of the interview")
    elif defined:
        what = _("proposes to change what the codebook says")
    else:
        what = _("proposes to change the words of the document")
    return f"{who}: {what}: {change}\n{short(remark.line, 200)}"
