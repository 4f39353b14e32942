"""Agreement on sets of codes, where several codes may lie on the same words.

The text falls into elementary segments between neighbouring span ends, and on each one both coders
have one set. Segments with the same two sets are added up, so alpha takes one step per pair of
different sets, whatever the length of the text. A set is an integer here: bit i stands for code i.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Literal

from qualcode.agreement.alpha import Alpha
from qualcode.agreement.readings import Mark, TwoReadings
from qualcode.agreement.table import codes_used
from qualcode.agreement.value import Reason, Value, undefined
from qualcode.text.spans import Span, union

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
    if len(marks) == 1:
        return [(position, side, bit) for mark in marks for position in (mark.start, mark.end)]
    joined = union(Span(mark.start, mark.end) for mark in marks)
    return [(position, side, bit) for span in joined for position in span]


def set_alphas(pairs: SetPairs, distance: SetDistance = "masi") -> tuple[Alpha, Alpha]:
    """Krippendorff's alpha over characters whose value is a set of codes: on coded text, and on all text.

    On coded text, characters that neither coder coded are left out: with them in, the
    number climbs with every page nobody marked. Always say which of the two it is.
    Distances as in `distances`. Passonneau 2006; Krippendorff 2019, chapter 12.
    """
    return alphas_without_each([pairs], distance)[:2]


def alphas_without_each(
    parts: Sequence[SetPairs], distance: SetDistance = "masi"
) -> tuple[Alpha, Alpha, Callable[[], list[float | None]]]:
    """The same of all `parts` together; and what alpha on coded text would be without each of them in turn.

    The last takes one step per set of a part: with v the volumes and A the distances, vᵀAv without a
    part w is vᵀAv − 2 wᵀAv + wᵀAw.
    """
    coded = [_coded(pairs, distance) for pairs in parts]
    volumes: Counter[int] = Counter()
    for own, _part in coded:
        volumes.update(own)
    apart = _apart(volumes, distance)
    disagreement, chance = sum(part for _own, part in coded), _product(volumes, apart)
    on_coded = volumes.total()
    uncoded = 2 * sum(pairs.get((0, 0), 0) for pairs in parts)
    # more empty sets, each as far as can be from every set that is not empty
    more = 2 * uncoded * (on_coded - volumes[0])
    reason = Reason.UNUSED if any(parts) else Reason.NO_TEXT

    def without(own: Counter[int], part: float) -> float | None:
        left = chance - 2 * _product(own, apart) + _product(own, _apart(own, distance))
        if left < 1e-9 * chance:
            return None
        return _alpha(disagreement - part, left, on_coded - own.total(), reason).alpha.value

    return (
        _alpha(disagreement, chance, on_coded, reason),
        _alpha(disagreement, chance + more, on_coded + uncoded, reason),
        lambda: [without(*own) for own in coded],
    )


def _coded(pairs: SetPairs, distance: str) -> tuple[Counter[int], float]:
    """How often each set was given where something was coded, and the disagreement added up."""
    volumes: Counter[int] = Counter()
    disagreement = 0.0
    for (x, y), n in pairs.items():
        if x or y:
            volumes[x] += n
            volumes[y] += n
            disagreement += 2 * n * mask_distance(x, y, distance)
    return volumes, disagreement


def _product(volumes: Counter[int], apart: Mapping[int, float]) -> float:
    return sum(n * apart[x] for x, n in volumes.items())


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


def _apart(volumes: Counter[int], distance: str) -> dict[int, float]:
    """For every set how far all judgements together lie from it: Σ n·δ."""
    if len(volumes) >= MANY_SETS:
        return _apart_by_array(volumes, distance)
    sets = list(volumes.items())
    apart = dict.fromkeys(volumes, 0.0)
    for i, (x, n) in enumerate(sets):
        for y, m in sets[i + 1 :]:
            delta = mask_distance(x, y, distance)
            apart[x] += m * delta
            apart[y] += n * delta
    return apart


def _apart_by_array(volumes: Counter[int], distance: str) -> dict[int, float]:
    """The same by matrices of what every two sets of given sizes have in common."""
    import numpy as np

    width = max(volumes).bit_length()
    row_bytes = (width + 7) // 8
    raw = b"".join(x.to_bytes(row_bytes, "little") for x in volumes)
    packed = np.frombuffer(raw, np.uint8).reshape(len(volumes), row_bytes)
    members = np.unpackbits(packed, axis=1, bitorder="little").astype(np.float32)
    volume = np.fromiter(volumes.values(), np.float64, len(volumes))
    sizes = np.fromiter((x.bit_count() for x in volumes), np.int64, len(volumes))
    by_size = [(int(size), np.flatnonzero(sizes == size)) for size in np.unique(sizes)]
    apart = np.zeros(len(volumes))
    for i, (x, rows) in enumerate(by_size):
        for y, columns in by_size[i:]:
            common = (members[rows] @ members[columns].T).astype(np.intp)
            distances = np.array([size_distance(x, y, k, distance) for k in range(min(x, y) + 1)])[common]
            apart[rows] += distances @ volume[columns]
            if x != y:
                apart[columns] += distances.T @ volume[rows]
    return dict(zip(volumes, apart.tolist(), strict=True))
