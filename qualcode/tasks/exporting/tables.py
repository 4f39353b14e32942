"""What a project holds as tables: codings, quotes, cases, differences, agreement. Columns: docs/exchange.md."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.analysis.quotes import quotes_of
from qualcode.errors import InputError
from qualcode.files.tables import Cell, Table
from qualcode.i18n import _
from qualcode.store.records.codings import COLUMNS

if TYPE_CHECKING:
    from qualcode.model import Coder, Coding, Transcript
    from qualcode.store.project import Project

_AGREEMENT = (
    *("code", "code_name", "state", "codings_a", "codings_b", "both", "only_a", "only_b", "neither"),
    *("documents", "shared", "alpha", "alpha_low", "alpha_high", "kappa", "pi", "dice", "f1", "percent"),
)


@dataclass(frozen=True, slots=True)
class TableRequest:
    """What a table is to hold: the codings of some coders and of one interview (default: all).

    `everything` compares interviews that are not done as well; `columns` are those wanted, if not all.
    """

    coders: Sequence[Coder] = ()
    everything: bool = False
    transcript: Transcript | None = None
    columns: tuple[str, ...] = ()


def make_table(project: Project, name: str, request: TableRequest | None = None) -> Table:
    """The table of that name; `InputError` if there is none. Sealed codings of others are left out."""
    if name not in TABLES:
        raise InputError(
            _("There is no table “{name}”. Choose from {known}.").format(name=name, known=", ".join(TABLES))
        )
    request = request or TableRequest()
    table = TABLES[name](project, request)
    if not request.columns:
        return table
    rows = [tuple(record[column] for column in request.columns) for record in table.records()]
    return Table(table.name, request.columns, rows)


def _visible(project: Project, request: TableRequest) -> list[Coding]:
    about = [request.transcript] if request.transcript else project.transcripts.all()
    project.rounds.refuse_look(project.coder, request.coders, about)
    ids = {coder.id for coder in request.coders}
    visible = project.codings.all(transcript=request.transcript)
    return [coding for coding in visible if not ids or coding.coder_id in ids]


def _about(transcript: Transcript) -> tuple[Cell, ...]:
    informant = str(transcript.informant) if transcript.informant else None
    return (transcript.name, transcript.case or None, informant)


def codings_table(project: Project, request: TableRequest) -> Table:
    """A row per coding, in the order of the texts."""
    records = project.codings.records(_visible(project, request))
    return Table("codings", COLUMNS, [tuple(record[name] for name in COLUMNS) for record in records])


def quotes_table(project: Project, request: TableRequest) -> Table:
    """A row per code and place: overlapping codings of the same code told once, with all who made them."""
    transcripts = {transcript.id: transcript for transcript in project.transcripts.all()}
    coders = {coder.id: coder.name for coder in project.coders.all()}
    found = _visible(project, request)
    rows: list[tuple[Cell, ...]] = []
    for code in project.codebook.all(retired=True):
        of_code = [coding for coding in found if coding.code_id == code.id]
        for quote in quotes_of(of_code, transcripts):
            whose = ", ".join(coders[coder] for coder in quote.coders)
            place = (*_about(quote.transcript), quote.turn, quote.span.start, quote.span.end)
            rows.append((code.slug, str(code.name), *place, whose, len(quote.coders), quote.text, quote.role))
    columns = (
        *("code", "code_name", "transcript", "case", "informant", "turn", "start", "end"),
        *("coders", "n_coders", "text", "role"),
    )
    return Table("quotes", columns, rows)


def cases_table(project: Project, request: TableRequest) -> Table:
    """A row per case; what is known of cases comes as further columns, `about_…`."""
    found = _visible(project, request)
    transcripts = project.transcripts.all()
    where = {transcript.id: transcript.case for transcript in transcripts}
    cases = project.cases.all()
    known = list(dict.fromkeys(name for case in cases for name in case.attributes))
    rows: list[tuple[Cell, ...]] = []
    for case in cases:
        of_case = [transcript for transcript in transcripts if transcript.case == case.label]
        informants = ", ".join(dict.fromkeys(role for t in of_case for role in t.roles if role))
        n = sum(where[coding.transcript_id] == case.label for coding in found)
        about = [case.attributes.get(name) for name in known]
        rows.append((case.label, len(of_case), informants or None, n, *about))
    columns = ("case", "transcripts", "informants", "codings", *(f"about_{name}" for name in known))
    return Table("cases", columns, rows)


def differences_table(project: Project, request: TableRequest) -> Table:
    """A row per passage that two coders marked: agreed, or how they differ."""
    from qualcode.tasks.comparing.comparison import compare  # as below

    a, b = _pair(project, request)
    comparison = compare(project, a, b, everything=request.everything)
    transcripts = {transcript.id: transcript for transcript in comparison.transcripts}
    slugs = {code.id: code.slug for code in comparison.codes}
    rows: list[tuple[Cell, ...]] = []
    for difference in comparison.differences():
        sides = [[comparison.codings[mark.id] for mark in side] for side in (difference.a, difference.b)]
        both = [*sides[0], *sides[1]]
        start, end = min(c.start for c in both), max(c.end for c in both)
        transcript = transcripts[difference.document]
        told = [", ".join(dict.fromkeys(slugs[c.code_id] for c in side)) or None for side in sides]
        iou = float(difference.iou) if difference.iou is not None else None
        rows.append(
            (
                *(difference.kind.value, difference.agreed, *_about(transcript), start, end),
                *(a.name, told[0], b.name, told[1], iou, transcript.text[start:end]),
            )
        )
    columns = (
        *("type", "agreed", "transcript", "case", "informant", "start", "end"),
        *("coder_a", "codes_a", "coder_b", "codes_b", "overlap", "text"),
    )
    return Table("differences", columns, rows)


def agreement_table(project: Project, request: TableRequest) -> Table:
    """A row per code: counts of characters and coefficients, empty where they are undefined."""
    # all that is counted; the other tables do without
    from qualcode.tasks.comparing.agreement import agree, options_of
    from qualcode.tasks.comparing.comparison import compare

    a, b = _pair(project, request)
    comparison = compare(project, a, b, everything=request.everything)
    found = agree(comparison, options_of(project, comparison.codes))
    codes = {code.id: code for code in comparison.codes}
    rows: list[tuple[Cell, ...]] = []
    for told in found.to_dict()["codes"]:
        interval = told["interval"] or {}
        code = codes[told["code"]]
        said = {
            **told,
            "code": code.slug,
            "code_name": str(code.name),
            "alpha_low": interval.get("low"),
            "alpha_high": interval.get("high"),
        }
        rows.append((a.name, b.name, *(said.get(name) for name in _AGREEMENT)))
    return Table("agreement", ("coder_a", "coder_b", *_AGREEMENT), rows)


def _pair(project: Project, request: TableRequest) -> tuple[Coder, Coder]:
    from qualcode.tasks.comparing.comparison import two_coders

    names = [coder.name for coder in request.coders[:2]]
    return two_coders(project, *names)


TABLES: dict[str, Callable[[Project, TableRequest], Table]] = {
    "codings": codings_table,
    "quotes": quotes_table,
    "cases": cases_table,
    "differences": differences_table,
    "agreement": agreement_table,
}
"""Every table by its name."""
