"""Evidence for a checklist, and the verdicts of two coders on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.quotes import Quote, quotes_of
from qualcode.model import Checklist, Code, Coding, Criterion, Rating, Transcript, Verdict


@dataclass(frozen=True, slots=True)
class CriterionEvidence:
    """A criterion, the codes tied to it, and per case (label, "" if unknown) its quotes."""

    criterion: Criterion
    codes: tuple[Code, ...]
    quotes: Mapping[str, tuple[Quote, ...]]


def evidence(
    checklist: Checklist, codes: Sequence[Code], codings: Iterable[Coding], transcripts: Sequence[Transcript]
) -> list[CriterionEvidence]:
    """For each criterion, in the order of the checklist, what was coded with its codes or their sub-codes."""
    at = {transcript.id: transcript for transcript in transcripts}
    by_code: dict[str, list[Coding]] = {}
    for coding in codings:
        by_code.setdefault(coding.code_id, []).append(coding)
    return [_of(criterion, codes, by_code, at) for criterion in checklist.criteria]


def _of(
    criterion: Criterion,
    codes: Sequence[Code],
    by_code: Mapping[str, Sequence[Coding]],
    at: Mapping[str, Transcript],
) -> CriterionEvidence:
    tied = [code for code in codes if code.slug in criterion.codes]
    ids = {code.id for code in tied}
    for code in codes:  # parents come before their children
        if code.parent_id in ids:
            ids.add(code.id)
    quotes: dict[str, list[Quote]] = {}
    for quote in quotes_of((c for i in ids for c in by_code.get(i, ())), at):
        quotes.setdefault(quote.transcript.case, []).append(quote)
    return CriterionEvidence(criterion, tuple(tied), {case: tuple(found) for case, found in quotes.items()})


VERDICTS = tuple(Verdict)


def cells(ratings: Iterable[Rating]) -> dict[tuple[str, str], dict[str, Rating]]:
    """The ratings by (criterion id, case id), and in each by coder id."""
    found: dict[tuple[str, str], dict[str, Rating]] = {}
    for rating in ratings:
        found.setdefault((rating.criterion_id, rating.case_id), {})[rating.coder_id] = rating
    return found


def cross_table(ratings: Iterable[Rating], a: str, b: str) -> list[list[int]]:
    """How often coder `a` (rows) and coder `b` (columns) gave each verdict to the same cell.

    Rows and columns in the order of `VERDICTS`. Cells that only one of them rated are left out.
    """
    table = [[0] * len(VERDICTS) for _verdict in VERDICTS]
    for by_coder in cells(ratings).values():
        if a in by_coder and b in by_coder:
            row, column = VERDICTS.index(by_coder[a].verdict), VERDICTS.index(by_coder[b].verdict)
            table[row][column] += 1
    return table


Verdicts = tuple[Verdict, ...]  # one that holds; or, where raters differ, what each of them found


def verdicts_of(by_coder: Mapping[str, Rating], coders: Sequence[str], settled: str = "") -> Verdicts:
    """What holds for a cell: the verdict of coder `settled` if given, else that of all who rated it.

    Where they differ, the different verdicts, in the order of `VERDICTS`: nobody's verdict is made of them. Empty
    if nobody rated it.
    """
    if settled in by_coder:
        return (by_coder[settled].verdict,)
    given = {by_coder[coder].verdict for coder in coders if coder in by_coder}
    return tuple(verdict for verdict in VERDICTS if verdict in given)


def tally(
    ratings: Iterable[Rating], coders: Sequence[str], settled: str = ""
) -> dict[str, Counter[Verdicts]]:
    """Per criterion id in how many cases each verdict holds, or raters differ in this way (`verdicts_of`)."""
    found: dict[str, Counter[Verdicts]] = {}
    for (criterion, _case), by_coder in cells(ratings).items():
        verdicts = verdicts_of(by_coder, coders, settled)
        if verdicts:
            found.setdefault(criterion, Counter())[verdicts] += 1
    return found
