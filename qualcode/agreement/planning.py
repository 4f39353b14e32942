"""What more interviews coded twice would probably bring: how narrow an interval gets, and when a verdict is possible.

The estimate is taken to stay where it is, and clusters to go on differing as they did so far.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log
from typing import Any

from qualcode.agreement.intervals import FEWEST, TENTATIVE, Interval, shrunk, stretched, student_quantile
from qualcode.agreement.result import Agreement, CodeAgreement, CodeState

FARTHEST = 60  # clusters; what takes more than this is not worth the advice


def expected_ends(value: float, found: Interval, clusters: int) -> tuple[float, float] | None:
    """Lower and upper bound to be expected with so many clusters that hold the code.

    `None` without an interval to start from, and after perfect agreement, of which no spread is known.
    """
    if found.ends is None or found.one_sided:
        return None
    low, high = (stretched(min(end, 1 - 1e-9)) for end in found.ends)
    sure = (1 + found.level) / 2
    k = found.clusters
    spread = (high - low) / 2 / student_quantile(sure, k - 1) * (k + 1) ** 0.5
    pulled = (low + high) / 2 - stretched(min(value, 1 - 1e-9))
    middle = stretched(min(value, 1 - 1e-9)) + pulled * (k + 1) / (clusters + 1)
    margin = student_quantile(sure, clusters - 1) * spread / (clusters + 1) ** 0.5
    return min(value, shrunk(middle - margin)), max(value, shrunk(middle + margin))


def clusters_to_decide(value: float, found: Interval, line: float = TENTATIVE) -> int | None:
    """How many clusters it probably takes until the interval lies on one side of `line`; `None`: too many."""
    if found.one_sided:
        halves = log(1 - found.level) / log(0.5)  # as many can agree by chance if half is disputed
        return max(found.clusters + 1, ceil(halves))
    for clusters in range(found.clusters + 1, FARTHEST + 1):
        ends = expected_ends(value, found, clusters)
        if ends is not None and (ends[0] >= line or ends[1] < line):
            return clusters
    return None


def more_to_decide(alpha: float, found: Interval, transcripts: int) -> int | None:
    """How many more interviews coded twice would probably allow a verdict; `None`: too many to advise it."""
    clusters = clusters_to_decide(alpha, found)
    return None if clusters is None else ceil((clusters - found.clusters) * transcripts / found.clusters)


@dataclass(frozen=True, slots=True)
class Prospect:
    """What more interviews coded twice would probably do for one code.

    `later` holds the bounds to be expected for each number of interviews asked about, `None` where that cannot
    be said; `missing` is how many more it takes before there is an interval at all.
    """

    code: str
    now: Interval
    later: tuple[tuple[float, float] | None, ...]
    missing: int = 0

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return {
            "code": self.code,
            "now": self.now.to_dict(),
            "later": [list(ends) if ends else None for ends in self.later],
            "interviews_to_an_interval": self.missing,
        }


@dataclass(frozen=True, slots=True)
class Gain:
    """How much narrower the intervals get, probably, when these interviews are coded twice: `by`, per code."""

    documents: tuple[str, ...]
    by: Mapping[str, float]

    @property
    def total(self) -> float:
        """Over all codes."""
        return sum(self.by.values())

    @property
    def most(self) -> list[str]:
        """The codes of which it narrows the interval, the most first."""
        return sorted((code for code, by in self.by.items() if by > 0), key=lambda code: -self.by[code])


def prospects(found: Agreement, more: Sequence[int]) -> list[Prospect]:
    """For every code that can be judged how wide its interval will be after so many more interviews."""
    judged = [code for code in found.codes if code.state is CodeState.COMPARED]
    return [_prospect(code, found, more) for code in judged]


def _prospect(code: CodeAgreement, found: Agreement, more: Sequence[int]) -> Prospect:
    holding, transcripts = len(_holding(code, found)), len(found.documents)
    alpha = code["alpha"].value
    if code.interval.ends is None or alpha is None:
        lacking = max(0, FEWEST - holding)
        return Prospect(code.code, code.interval, (None,) * len(more), ceil(lacking * transcripts / holding))
    clusters = [holding + round(n * holding / transcripts) for n in more]
    return Prospect(code.code, code.interval, tuple(expected_ends(alpha, code.interval, k) for k in clusters))


def _holding(code: CodeAgreement, found: Agreement) -> set[str]:
    """The clusters that hold a code."""
    cases = found.cases if found.by_case else ("",) * len(found.documents)
    at = dict(zip(found.documents, cases, strict=True))
    return {at[document] or document for document, counts in code.cells if counts.coded}


def gains(
    found: Agreement, coming: Mapping[str, str], chances: Mapping[str, Mapping[str, float]]
) -> list[Gain]:
    """What each interview not compared yet, or each case of them, would probably bring; the most first.

    `coming` gives the case of each ("": none), `chances` how likely it is to hold each code. A case that holds a
    code already is no new cluster for it, so it brings nothing there.
    """
    groups: dict[str, list[str]] = {}
    for document, case in coming.items():
        groups.setdefault(case if found.by_case and case else document, []).append(document)
    steps = {code.code: _step(code) for code in found.codes if code.state is CodeState.COMPARED}
    there = {code.code: _holding(code, found) for code in found.codes if code.code in steps}
    made = []
    for group, documents in groups.items():
        by = {}
        for code, step in steps.items():
            none = 1.0
            for document in documents:
                none *= 1 - chances[document].get(code, 0.0)
            by[code] = 0.0 if group in there[code] else step * (1 - none)
        made.append(Gain(tuple(documents), by))
    return sorted(made, key=lambda gain: -gain.total)


def _step(code: CodeAgreement) -> float:
    """How much narrower one more cluster makes the interval of a code; 0 where that cannot be said."""
    alpha, k = code["alpha"].value, code.interval.clusters
    if alpha is None:
        return 0.0
    now, then = (expected_ends(alpha, code.interval, clusters) for clusters in (k, k + 1))
    return max(0.0, now[1] - now[0] - then[1] + then[0]) if now and then else 0.0
