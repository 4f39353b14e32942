"""Agreement on sets of codes, where several codes may lie on the same words.

The text falls into elementary segments between neighbouring span ends, and on each one both coders
have one set. Segments with the same two sets are added up, so alpha takes one step per pair of
different sets, whatever the length of the text. A set is an integer here: bit i stands for code i.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from qualcode.agreement.alpha import Alpha
from qualcode.agreement.counts import Counts
from qualcode.agreement.readings import Mark, TwoReadings
from qualcode.agreement.table import codes_used
from qualcode.agreement.value import Reason, Value, undefined
from qualcode.text.spans import union

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SetPairs = Mapping[tuple[int, int], int]
SetDistance = Literal["jaccard", "masi"]

# From here on the distances between all sets are worth importing numpy.
MANY_SETS = 60


def set_pairs(readings: Sequence[TwoReadings], codes: Sequence[str] | None = None) -> SetPairs:
    """For each (set of A, set of B) the number of characters that have it, uncoded text included."""
    bits = {code: 1 << i for i, code in enumerate(codes_used(readings) if codes is None else codes)}
    pairs: Counter[tuple[int, int]] = Counter()
    for reading in readings:
        ends = [
            event
            for code, sides in reading.cells.items()
            if code in bits
            for side, marks in enumerate(sides)
            for event in _toggles(marks, side, bits[code])
        ]
        ends.sort()
        now_a = now_b = last = 0
        for position, side, bit in ends:
            if position > last:
                pairs[now_a, now_b] += position - last
                last = position
            if side:
                now_b ^= bit
            else:
                now_a ^= bit
        pairs[0, 0] += reading.length - last
    return {pair: n for pair, n in pairs.items() if n}


def add_pairs(parts: Iterable[SetPairs]) -> SetPairs:
    """The pairs of several texts together."""
    total: Counter[tuple[int, int]] = Counter()
    for pairs in parts:
        for pair, n in pairs.items():
            total[pair] += n
    return total


def _toggles(marks: Collection[Mark], side: int, bit: int) -> list[tuple[int, int, int]]:
    """Where the code begins and ends; what lies over each other is joined first."""
    if any(after.start < before.end for before, after in pairwise(marks)):
        return [(end, side, bit) for span in union(mark.span for mark in marks) for end in span]
    return [(end, side, bit) for mark in marks for end in mark[:2]]


def within(pairs: SetPairs, members: int) -> SetPairs:
    """The same for the codes whose bits are set in `members`."""
    found: Counter[tuple[int, int]] = Counter()
    for (x, y), n in pairs.items():
        found[x & members, y & members] += n
    return found


def counts_of(pairs: SetPairs) -> Counts:
    """How many characters both, one or neither gave any code at all."""
    found = Counter[tuple[bool, bool]]()
    for (x, y), n in pairs.items():
        found[x > 0, y > 0] += n
    return Counts(*(found[kind] for kind in ((True, True), (True, False), (False, True), (False, False))))


def set_alphas(pairs: SetPairs, distance: SetDistance = "masi") -> tuple[Alpha, Alpha]:
    """Krippendorff's alpha over characters whose value is a set of codes: on coded text, and on all text.

    On coded text, characters that neither coder coded are left out: with them in, the
    number climbs with every page nobody marked. Always say which of the two it is.
    Distances as in `distances`. Passonneau 2006; Krippendorff 2019, chapter 12.
    """
    return alphas_without_each([pairs], distance)[:2]


def alphas_without_each(
    parts: Sequence[SetPairs], distance: SetDistance = "masi"
) -> tuple[Alpha, Alpha, list[float | None]]:
    """The same of all `parts` together; and what alpha on coded text would be without each of them in turn.

    With v the volumes of the sets and A the distances, vᵀAv without a part w is vᵀAv − 2 wᵀAv + wᵀAw.
    """
    coded = [_coded(pairs, distance) for pairs in parts]
    volumes: Counter[int] = Counter()
    for own, _part in coded:
        volumes.update(own)
    across, within_each = _distances_added([own for own, _part in coded], volumes, distance)
    disagreement, chance = sum(part for _own, part in coded), sum(across)
    on_coded = volumes.total()
    uncoded = 2 * sum(pairs.get((0, 0), 0) for pairs in parts)
    # more empty sets, each as far as can be from every set that is not empty
    more = 2 * uncoded * (on_coded - volumes[0])
    reason = Reason.UNUSED if any(parts) else Reason.NO_TEXT
    without: list[float | None] = []
    for (own, part), far, near in zip(coded, across, within_each, strict=True):
        left = chance - 2 * far + near
        rest = _alpha(disagreement - part, left, on_coded - own.total(), reason).alpha.value
        without.append(rest if left >= 1e-9 * chance else None)
    return (
        _alpha(disagreement, chance, on_coded, reason),
        _alpha(disagreement, chance + more, on_coded + uncoded, reason),
        without,
    )


def _coded(pairs: SetPairs, distance: str) -> tuple[Counter[int], float]:
    """How often each set was given where something was coded, and the disagreement added up."""
    volumes: Counter[int] = Counter()
    disagreement = 0.0
    for (x, y), n in pairs.items():
        if x or y:
            volumes[x] += n
            volumes[y] += n
            if x != y:
                disagreement += 2 * n * mask_distance(x, y, distance)
    return volumes, disagreement


def _alpha(disagreement: float, chance: float, total: int, reason: Reason) -> Alpha:
    if not total:
        nothing = undefined(reason)
        return Alpha(nothing, nothing, nothing, 0)
    observed, expected = disagreement / total, chance / (total * (total - 1))
    value = Value(1 - observed / expected) if expected else undefined(Reason.NO_VARIATION)
    return Alpha(value, Value(observed), Value(expected), total)


def mask_distance(x: int, y: int, distance: str) -> float:
    """The distance of `distances` between two sets given as bits."""
    return size_distance(x.bit_count(), y.bit_count(), (x & y).bit_count(), distance)


def size_distance(x: int, y: int, common: int, distance: str) -> float:
    """The same, from the sizes of two sets and of what they have in common."""
    if common == x == y:
        return 0.0
    jaccard = common / (x + y - common)
    if distance == "jaccard":
        return 1 - jaccard
    return 1 - jaccard * (2 / 3 if common == min(x, y) else 1 / 3)


def _distances_added(
    parts: Sequence[Counter[int]], volumes: Counter[int], distance: str
) -> tuple[list[float], list[float]]:
    """For every part w of the volumes v, with A the distances: wᵀAv and wᵀAw."""
    if len(volumes) >= MANY_SETS:
        return _added_by_array(parts, sorted(volumes), distance)
    apart = _apart(volumes, distance)
    own = [_apart(part, distance) for part in parts]
    return [_product(part, apart) for part in parts], [*map(_product, parts, own)]


def _product(volumes: Counter[int], apart: Mapping[int, float]) -> float:
    return sum(volumes[x] * apart[x] for x in sorted(volumes))


def _apart(volumes: Counter[int], distance: str) -> dict[int, float]:
    """For every set how far all judgements together lie from it: Σ n·δ."""
    sets = sorted(volumes.items())
    apart = dict.fromkeys(volumes, 0.0)
    for i, (x, n) in enumerate(sets):
        for y, m in sets[i + 1 :]:
            delta = mask_distance(x, y, distance)
            apart[x] += m * delta
            apart[y] += n * delta
    return apart


ROWS = 256  # sets of which the distances to all others are held at a time


def _added_by_array(
    parts: Sequence[Counter[int]], sets: Sequence[int], distance: str
) -> tuple[list[float], list[float]]:
    """The same with arrays: the distance of two sets from their sizes and what they have in common."""
    import numpy as np

    words = -(-max(sets).bit_length() // 64)
    members = np.array([[x >> 64 * word & 2**64 - 1 for word in range(words)] for x in sets], np.uint64).T
    sizes = np.array([x.bit_count() for x in sets], np.int32)
    wide = int(sizes.max()) + 1
    known = np.array(
        [
            size_distance(x, y, min(k, x, y), distance)
            for x in range(wide)
            for y in range(wide)
            for k in range(wide)
        ]
    )

    def apart(rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
        entry = (sizes[rows, None] * wide + sizes[columns]) * wide
        for word in members:
            entry += np.bitwise_count(word[rows, None] & word[columns])
        return np.take(known, entry)

    place = {x: i for i, x in enumerate(sets)}
    at = [np.array([place[x] for x in part], np.intp) for part in parts]
    volumes = [np.array([*part.values()], np.float64) for part in parts]
    every, whole = np.arange(len(sets)), np.zeros(len(sets))
    for here, own in zip(at, volumes, strict=True):
        whole[here] += own
    far = np.concatenate([apart(every[i : i + ROWS], every) @ whole for i in range(0, len(sets), ROWS)])
    both = list(zip(at, volumes, strict=True))
    return [float(own @ far[here]) for here, own in both], [
        float(own @ apart(here, here) @ own) for here, own in both
    ]
