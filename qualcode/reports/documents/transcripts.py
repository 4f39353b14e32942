"""An interview with numbered lines, and its codes in the margin."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.i18n import _
from qualcode.model import Coding, Transcript, Turn
from qualcode.reports.content import Cell, Paragraph, Run, Section, TableBlock, cell, text
from qualcode.reports.material import DocumentOptions, Material, Part
from qualcode.text.spans import Span

LINE = 76  # characters: so many fit the column of the text
_WIDTHS_MM = (12.0, 27.0, 138.0, 84.0)
_ASKED_FILL = "F4F4F4"


def transcript_report(material: Material, transcript: Transcript, options: DocumentOptions) -> Part:
    """One row per turn; its lines are numbered through, as in the program's own print."""
    del options
    mine = [c for c in material.codings if c.transcript_id == transcript.id]
    rows = []
    n = 0
    for turn in transcript.turns or (Turn(1, 0, len(transcript.text)),):
        lines = wrapped(transcript.text, turn.span)
        fill = _ASKED_FILL if turn.interviewer else ""
        rows.append(
            (
                Cell(tuple(text(str(n + k)) for k in range(1, len(lines) + 1)), fill),
                cell(turn.speaker, bold=True, fill=fill),
                Cell(tuple(text(line.of(transcript.text)) for line in lines), fill),
                Cell(tuple(_margin(mine, turn, lines, n, material)), fill),
            )
        )
        n += len(lines)
    table = TableBlock(
        transcript.name,
        (cell(_("Line")), cell(_("Speaker")), cell(_("Text")), cell(_("Codes"))),
        rows,
        _WIDTHS_MM,
        description=_(
            "The interview turn by turn with numbered lines; beside it the codes with their lines."
        ),
        keep_rows_whole=False,
    )
    words = _("In the margin: the lines, the code and who gave it. Grey: the interviewer.")
    return Part(transcript.name, (Section("transcript", (text(words), table)),))


def wrapped(words: str, span: Span) -> list[Span]:
    """A stretch of text cut into lines of at most `LINE` characters, at blanks where possible."""
    lines = []
    start = span.start
    while span.end - start > LINE:
        cut = max(words.rfind(" ", start, start + LINE + 1), words.rfind("\n", start, start + LINE + 1))
        end = cut if cut > start else start + LINE
        lines.append(Span(start, end))
        start = end + 1 if cut > start else end
    return [*lines, Span(start, span.end)]


def _margin(
    codings: Sequence[Coding], turn: Turn, lines: Sequence[Span], before: int, material: Material
) -> list[Paragraph]:
    """What was coded in a turn: codes that begin in an earlier turn are told there."""
    names = {code.id: f"{code.mnemonic} {code.name}".strip() for code in material.codes}
    found: dict[tuple[int, int, str], list[str]] = {}
    for coding in codings:
        if turn.start <= coding.start < max(turn.end, turn.start + 1):
            first = _line(lines, coding.start)
            last = _line(lines, min(coding.end - 1, turn.end))
            further = " …" if coding.end > turn.end + 1 else ""
            key = (before + first, before + last, names.get(coding.code_id, "") + further)
            found.setdefault(key, []).append(coding.coder_id)
    return [
        Paragraph(
            (
                Run(f"{first}–{last}  " if last > first else f"{first}  ", quiet=True),
                Run(name),
                Run(f"  ({_who(coders, material)})", quiet=True),
            )
        )
        for (first, last, name), coders in sorted(found.items())
    ]


def _line(lines: Sequence[Span], place: int) -> int:
    """The number, from 1, of the line in which a place lies."""
    return next((n for n, line in enumerate(lines, 1) if place <= line.end), len(lines))


def _who(coders: Sequence[str], material: Material) -> str:
    return ", ".join(coder.name for coder in material.coders if coder.id in coders)
