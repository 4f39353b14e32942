"""Evidence for a checklist, for its good and its poor side, and the verdicts of two coders on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.quotes import Quote, quotes_of
from qualcode.model import SIDES, Checklist, Code, Coding, Criterion, Rating, Transcript, Verdict


@dataclass(frozen=True, slots=True)
class CriterionEvidence:
    """A criterion, the codes tied to it, and per case (label, "" if unknown) its quotes.

    `sides` gives for a code (id) the side for which it speaks by itself, if for one.
    """

    criterion: Criterion
    codes: tuple[Code, ...]
    quotes: Mapping[str, tuple[Quote, ...]]
    sides: Mapping[str, Verdict | None]

    @property
    def all_quotes(self) -> list[Quote]:
        """Its quotes from all cases."""
        return [quote for of_case in self.quotes.values() for quote in of_case]

    def proposed(self, quote: Quote) -> Verdict | None:
        """The side for which the codes of a quote speak by themselves; `None` if for none, or for both."""
        spoken = {side for coding in quote.codings if (side := self.sides.get(coding.code_id))}
        return spoken.pop() if len(spoken) == 1 else None


def named_sides(quote: Quote, ratings: Iterable[Rating]) -> set[Verdict | None]:
    """The sides for which these ratings name a quote as evidence (`None`: named, but for which was not said)."""
    return {
        rating.side_of(coding.id)
        for rating in ratings
        for coding in quote.codings
        if coding.id in rating.evidence
    }


@dataclass(frozen=True, slots=True)
class Sided:
    """Quotes of a criterion laid to the side they speak for; `unsaid` are those of which nobody said so."""

    good: tuple[Quote, ...]
    poor: tuple[Quote, ...]
    apart: tuple[Quote, ...]
    unsaid: tuple[Quote, ...]

    def of(self, side: Verdict) -> tuple[Quote, ...]:
        """The quotes of one side."""
        return self.good if side is Verdict.GOOD else self.poor


def sided(found: CriterionEvidence, quotes: Iterable[Quote], ratings: Iterable[Rating]) -> Sided:
    """Quotes by the side for which raters named them; where nobody named any, by the side of their codes.

    `apart` are those that one named for the good and another for the poor side: they stand for neither.
    """
    mine = [rating for rating in ratings if rating.criterion_id == found.criterion.id]
    laid: dict[Verdict | None, list[Quote]] = {side: [] for side in (*SIDES, Verdict.MIXED, None)}
    proposed: dict[Verdict | None, list[Quote]] = {side: [] for side in SIDES}
    for quote in quotes:
        named = named_sides(quote, mine) - {None}
        if len(named) == 1:
            laid[named.pop()].append(quote)
        elif named:
            laid[Verdict.MIXED].append(quote)
        elif side := found.proposed(quote):
            proposed[side].append(quote)
        else:
            laid[None].append(quote)
    good, poor = (tuple(laid[side] or proposed[side]) for side in SIDES)
    return Sided(good, poor, tuple(laid[Verdict.MIXED]), tuple(laid[None]))


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
    own = criterion.sides
    tied = [code for code in codes if code.slug in own]
    sides: dict[str, Verdict | None] = {}
    for code in codes:  # parents come before their children
        if code.slug in own:
            sides[code.id] = own[code.slug]
        elif code.parent_id in sides:
            sides[code.id] = sides[code.parent_id]
    quotes: dict[str, list[Quote]] = {}
    for quote in quotes_of((c for i in sides for c in by_code.get(i, ())), at):
        quotes.setdefault(quote.transcript.case, []).append(quote)
    by_case = {case: tuple(found) for case, found in quotes.items()}
    return CriterionEvidence(criterion, tuple(tied), by_case, sides)


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
