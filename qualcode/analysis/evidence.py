"""Evidence for a checklist: per criterion the fragments of the codes tied to it, case by case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.quotes import Quote, quotes_of
from qualcode.model import Checklist, Code, Coding, Criterion, Transcript


@dataclass(frozen=True, slots=True)
class CriterionEvidence:
    """A criterion, the codes tied to it, and per case (label, "" if unknown) its quotes."""

    criterion: Criterion
    codes: tuple[Code, ...]
    quotes: Mapping[str, tuple[Quote, ...]]


def evidence(
    checklist: Checklist,
    codes: Sequence[Code],
    codings: Iterable[Coding],
    transcripts: Sequence[Transcript],
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
