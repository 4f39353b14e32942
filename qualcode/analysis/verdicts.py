"""Verdicts of two coders on the criteria of a checklist: counted, compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from qualcode.model import Rating, Verdict

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


def verdict_of(by_coder: Mapping[str, Rating], coders: Sequence[str], settled: str = "") -> Verdict | None:
    """What holds for a cell: the verdict of coder `settled` if given, else that of all who rated it.

    Where they differ it is mixed; `None` if nobody rated it.
    """
    if settled in by_coder:
        return by_coder[settled].verdict
    given = {by_coder[coder].verdict for coder in coders if coder in by_coder}
    if not given:
        return None
    return given.pop() if len(given) == 1 else Verdict.MIXED


def tally(ratings: Iterable[Rating], coders: Sequence[str], settled: str = "") -> dict[str, Counter[Verdict]]:
    """Per criterion id in how many cases each verdict holds (`verdict_of`)."""
    found: dict[str, Counter[Verdict]] = {}
    for (criterion, _case), by_coder in cells(ratings).items():
        verdict = verdict_of(by_coder, coders, settled)
        if verdict is not None:
            found.setdefault(criterion, Counter())[verdict] += 1
    return found
