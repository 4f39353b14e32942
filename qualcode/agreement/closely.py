"""What stands behind "more": how often and how unevenly a code was used, its edges, unitizing, gamma, and which
codes are taken for each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from qualcode.agreement.alignment import gamma
from qualcode.agreement.counts import Counts
from qualcode.agreement.readings import TwoReadings
from qualcode.agreement.sets import SetPairs
from qualcode.agreement.unitized import Unit, unitizing
from qualcode.agreement.value import Reason, Value, ratio, undefined
from qualcode.text.spans import union

NEAR = 20  # characters within which an edge is a near miss
_MOST_UNITS = 20_000  # with more, gamma takes too long to wait for
_SAMPLES, _SEED = 30, 1


def indices(counts: Counts) -> dict[str, Value]:
    """Prevalence |a − d|/n and bias |b − c|/n (Byrt, Bishop & Carlin 1993, J. Clin. Epidemiol. 46:423)."""
    return {
        "prevalence": ratio(abs(counts.both - counts.neither), counts.total, Reason.NO_TEXT),
        "bias": ratio(abs(counts.only_a - counts.only_b), counts.total, Reason.NO_TEXT),
    }


def boundary_similarity(texts: Iterable[tuple[Collection[int], Collection[int]]], near: int = NEAR) -> Value:
    """1 − (edges of one coder alone + near misses) / all edges (Fournier 2013, ACL, p. 1702), over all texts.

    Each text has the places of the edges of A and of B. Two edges fewer than `near` characters apart are one near
    miss, which weighs their distance over `near`. Undefined without any edge.
    """
    alone = missed = pairs = 0.0
    for a, b in texts:
        one, other = set(a) - set(b), set(b) - set(a)
        pairs += len(set(a) & set(b))
        close = sorted((abs(x - y), x, y) for x in one for y in other if abs(x - y) < near)
        for distance, x, y in close:
            if x in one and y in other:
                one.remove(x)
                other.remove(y)
                pairs += 1
                missed += distance / near
        alone += len(one) + len(other)
    value = ratio(alone + missed, alone + pairs, Reason.UNUSED)
    return Value(1 - value.value) if value.value is not None else value


def closely(readings: Sequence[TwoReadings], code: str | None = None) -> dict[str, Value]:
    """Boundary similarity of a code (of all), the alphas for unitizing and gamma, by name.

    All texts are laid behind each other. Gamma is drawn with seed 1, and left out where it would take minutes.
    """
    sides: tuple[list[Unit], list[Unit]] = ([], [])
    edges: list[tuple[set[int], set[int]]] = []
    begin = 0
    for reading in readings:
        here: tuple[set[int], set[int]] = (set(), set())
        for name, cell in reading.cells.items():
            if code in (None, name):
                for row, places, marks in zip(sides, here, cell, strict=True):
                    for span in union(mark.span for mark in marks):
                        row.append((begin + span.start, begin + span.end, name))
                        places.update(span)
        edges.append(here)
        begin += reading.length
    found = unitizing(begin, sides)
    values = {"boundary": boundary_similarity(edges), "bar_u": found.bar_u}
    if code is None:  # with one code there is nothing but where
        values |= {"u": found.u, "cu": found.cu.alpha}
    many = sum(map(len, sides)) > _MOST_UNITS
    drawn = None if many else gamma(begin, *sides, samples=_SAMPLES, seed=_SEED).gamma
    return values | {"gamma": drawn or undefined(Reason.TOO_MANY)}


@dataclass(frozen=True, slots=True)
class Confused:
    """Two codes: how many characters got the one from one coder and the other from the other, and by chance."""

    codes: tuple[str, str]
    characters: int
    expected: float

    @property
    def times(self) -> float:
        """How many times as often as by chance."""
        return self.characters / self.expected

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return {"codes": list(self.codes), "characters": self.characters, "expected": self.expected}


def confusion(pairs: SetPairs, codes: Sequence[str]) -> list[Confused]:
    """Which codes are taken for each other where both marked something, what is most above chance first.

    Counted is text to which one coder gave the one code and not the other, and the other coder the reverse. Chance is
    what the volumes of the codes on text that both marked would give, as in a table of one coder against the other.
    """
    volumes: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    met: Counter[tuple[int, int]] = Counter()
    total = 0
    for (x, y), n in pairs.items():
        if x and y:
            total += n
            for volume, one in zip(volumes, (x, y), strict=True):
                volume.update(dict.fromkeys(_bits(one), n))
            for c in _bits(x & ~y):
                for k in _bits(y & ~x):
                    met[min(c, k), max(c, k)] += n
    a, b = volumes
    found = [
        Confused((codes[c], codes[k]), n, (a[c] * b[k] + a[k] * b[c]) / total) for (c, k), n in met.items()
    ]
    return sorted(found, key=lambda each: (each.expected - each.characters, each.codes))


def _bits(mask: int) -> list[int]:
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]
