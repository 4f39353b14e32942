"""What more interviews coded twice would probably bring: how narrow an interval gets, and when a verdict is possible.

The estimate is taken to stay where it is, and clusters to go on differing as they did so far.
"""

from __future__ import annotations

from math import ceil, log

from qualcode.agreement.intervals import TENTATIVE, Interval, shrunk, stretched, student_quantile

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
