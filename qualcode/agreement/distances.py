"""How far apart two sets of codes are, from 0 (the same) to 1 (nothing in common).

All take two frozensets. Two empty sets are the same: distance 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

Codes = frozenset[object]
Distance = Callable[[Codes, Codes], float]
DistanceName = Literal["jaccard", "masi", "passonneau2004", "masi-dkpro"]


def jaccard_distance(x: Codes, y: Codes) -> float:
    """1 − |x ∩ y| / |x ∪ y|."""
    return 1 - len(x & y) / len(x | y) if x or y else 0.0


def masi_distance(x: Codes, y: Codes) -> float:
    """1 − J·M: Jaccard times 1 when equal, 2/3 when one holds the other, 1/3 on overlap, else 0.

    Passonneau 2006, "Measuring agreement on set-valued items (MASI)". A set and the
    empty set have nothing in common: distance 1.
    """
    if x == y:
        return 0.0
    common = len(x & y)
    inclusion = 2 / 3 if x <= y or y <= x else 1 / 3
    return 1 - common / len(x | y) * inclusion


def passonneau_2004_distance(x: Codes, y: Codes) -> float:
    """0 when equal, 1/3 when one holds the other (any set holds the empty one), 2/3 on overlap, else 1."""
    if x == y:
        return 0.0
    if x <= y or y <= x:
        return 1 / 3
    return 2 / 3 if x & y else 1.0


def masi_dkpro_distance(x: Codes, y: Codes) -> float:
    """What DKPro Statistics calls MASI: (1 − J) times the Passonneau 2004 distance."""
    return jaccard_distance(x, y) * passonneau_2004_distance(x, y)


def nominal_distance(x: object, y: object) -> float:
    """0 when the same, else 1."""
    return 0.0 if x == y else 1.0


DISTANCES: Mapping[str, Distance] = {
    "jaccard": jaccard_distance,
    "masi": masi_distance,
    "passonneau2004": passonneau_2004_distance,
    "masi-dkpro": masi_dkpro_distance,
}
