"""Which transcripts to code twice: drawn by lot, so that the choice can be defended."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappushpop
from math import ceil
from random import Random
from typing import Any, Literal

CUSTOMARY_SHARE = (0.10, 0.25)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A transcript that may be drawn, with the role of its informant and its case.

    `name` is what it is sorted by before the lot decides: ids hold the moment at which a file was taken in.
    """

    id: str
    role: str = ""
    case: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn, and all that is needed to draw it again.

    `drawn` are ids in the order of the list they were drawn from. `by_role` gives drawn and available
    per role. `redrawn` counts the samples drawn before this one. `chances` says of each that was drawn how likely
    that was, from many lots of the same kind.
    """

    drawn: tuple[str, ...]
    available: int
    share: float
    method: Literal["random", "stratified"]
    seed: int
    by_role: tuple[tuple[str, int, int], ...]
    redrawn: int = 0
    chances: tuple[float, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON and the journal."""
        return {
            "drawn": list(self.drawn),
            "available": self.available,
            "share": self.share,
            "method": self.method,
            "seed": self.seed,
            "redrawn": self.redrawn,
            "chances": list(self.chances),
            "by_role": [{"role": role, "drawn": n, "available": of} for role, n, of in self.by_role],
        }


def draw(
    candidates: Sequence[Candidate],
    share: float = 0.20,
    *,
    method: Literal["random", "stratified"] = "stratified",
    seed: int,
) -> Sample:
    """Draw `share` (0 to 1) of the transcripts, rounded up, at least one.

    Stratified: each role gets its part of the sample (largest remainders first), and at least one, also where
    that makes the sample larger; within a role the cases drawn least so far come first, so that
    the sample is spread over cases. The same candidates in any order and the same seed give the same sample.
    Raises `ValueError` for a share outside (0, 1], no candidates, or an id given twice.
    """
    if not 0 < share <= 1:
        raise ValueError("the share to draw lies between 0 and 1")
    if not candidates or len({candidate.id for candidate in candidates}) < len(candidates):
        raise ValueError("a sample is drawn from at least one transcript, each named once")
    roles = Counter(candidate.role for candidate in candidates)
    n = max(1, ceil(round(share * len(candidates), 9)))  # 0.1 × 30 is 3, not a hair more
    if method == "stratified":
        n = max(n, len(roles))
    order = sorted(candidates, key=lambda candidate: (candidate.name, candidate.id))

    def lot(seed: int) -> set[str]:
        shuffled = order.copy()
        Random(seed).shuffle(shuffled)
        return set(_stratified(shuffled, n) if method == "stratified" else [c.id for c in shuffled[:n]])

    chosen = lot(seed)
    drawn = [candidate for candidate in candidates if candidate.id in chosen]
    lots = min(max(_WORK // len(candidates), _LOTS[0]), _LOTS[1])
    often = Counter(one for other in range(lots) for one in lot(other))
    alike = _alike(candidates)
    parts = Counter(candidate.role for candidate in drawn)
    return Sample(
        drawn=tuple(candidate.id for candidate in drawn),
        available=len(candidates),
        share=share,
        method=method,
        seed=seed,
        by_role=tuple((role, parts[role], of) for role, of in sorted(roles.items())),
        chances=tuple(
            sum(often[one] for one in alike[candidate.id]) / lots / len(alike[candidate.id])
            for candidate in drawn
        ),
    )


def _alike(candidates: Sequence[Candidate]) -> dict[str, list[str]]:
    """For each the ids that are as likely to be drawn: of its role, from a case with the same roles in it."""
    in_case: defaultdict[str, list[str]] = defaultdict(list)
    for one in candidates:
        in_case[one.case or one.id].append(one.role)
    groups: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for one in candidates:
        groups[one.role, *sorted(in_case[one.case or one.id])].append(one.id)
    return {one: group for group in groups.values() for one in group}


_LOTS = (100, 1000)  # so many lots, at least and at most, tell how likely each was to be drawn
_WORK = 400_000  # candidates in all those lots together


def _stratified(shuffled: Sequence[Candidate], n: int) -> list[str]:
    by_role: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in shuffled:
        by_role[candidate.role].append(candidate)
    exact = {role: n * len(members) / len(shuffled) for role, members in by_role.items()}
    quota = {role: int(part) for role, part in exact.items()}
    # roles in the order of the lot, so that equal remainders are settled by chance
    for role in sorted(exact, key=lambda role: quota[role] - exact[role])[: n - sum(quota.values())]:
        quota[role] += 1
    if n >= len(quota):  # the roles that would get none get one, from those that have most
        for role in [role for role, part in quota.items() if not part]:
            quota[max(quota, key=lambda role: quota[role])] -= 1
            quota[role] = 1
    per_case: Counter[str] = Counter()
    chosen: list[str] = []
    for role in sorted(by_role, key=lambda role: len(by_role[role])):
        waiting = [(per_case[c.case], place, c) for place, c in enumerate(by_role[role])]
        heapify(waiting)
        for _turn in range(quota[role]):
            drawn, place, best = heappop(waiting)
            while drawn < per_case[best.case]:  # another of its case was drawn meanwhile
                drawn, place, best = heappushpop(waiting, (per_case[best.case], place, best))
            per_case[best.case] += 1
            chosen.append(best.id)
    return chosen
