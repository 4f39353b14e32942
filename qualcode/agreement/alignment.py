"""Gamma for two coders: how well their passages can be laid beside each other.

Source: Mathet, Widlöcher & Métivier 2015, Computational Linguistics 41(3):437. With two
coders a unit is laid beside one unit of the other or stays alone, so the best alignment
is an assignment problem. What chance gives is sampled: the seed belongs to the figure.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random
from typing import Any

from qualcode.agreement.assignment import best_pairs
from qualcode.agreement.counts import check_spans
from qualcode.agreement.value import Reason, Value, undefined

Unit = tuple[int, int, Hashable]


@dataclass(frozen=True, slots=True)
class Weights:
    """`alpha` weighs place, `beta` the code, `alone` (Δ∅) is the cost of a unit without partner."""

    alpha: float = 1.0
    beta: float = 1.0
    alone: float = 1.0


EVEN = Weights()


@dataclass(frozen=True, slots=True)
class Gamma:
    """Gamma with what it is made of. `error` is the standard error of the sampled expectation."""

    gamma: Value
    observed: float
    expected: float
    error: float
    samples: int
    seed: int

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return {
            "gamma": self.gamma.value,
            "reason": self.gamma.words,
            "observed": self.observed,
            "expected": self.expected,
            "error": self.error,
            "samples": self.samples,
            "seed": self.seed,
        }


def dissimilarity_of_place(a: Unit, b: Unit) -> float:
    """((|Δbegin| + |Δend|) / (length + length))²: 0 for the same place, 1 for touching units of one length."""
    return ((abs(a[0] - b[0]) + abs(a[1] - b[1])) / (a[1] - a[0] + b[1] - b[0])) ** 2


def disorder(a: Sequence[Unit], b: Sequence[Unit], weights: Weights = EVEN) -> float:
    """The disorder of the best alignment: its cost over the mean number of units per coder.

    A pair costs alpha·Δ∅·d_pos + beta·Δ∅·[codes differ], a unit alone Δ∅. Units (start,
    end, code). No units at all: 0.
    """
    if not a and not b:
        return 0.0
    costs = _costs(a, b, weights)
    pairs = best_pairs(costs, weights.alone)
    cost = sum(costs[pair] for pair in pairs) + weights.alone * (len(a) + len(b) - 2 * len(pairs))
    return cost / ((len(a) + len(b)) / 2)


def _costs(a: Sequence[Unit], b: Sequence[Unit], weights: Weights) -> dict[tuple[int, int], float]:
    """The cost of every pair that is cheaper than two units alone."""
    # d_pos < 2/alpha bounds how far two starts may lie apart
    reach = sqrt(2 / weights.alpha) if weights.alpha else float("inf")
    longest = max((end - start for start, end, _code in b), default=0)
    order = sorted(range(len(b)), key=lambda j: b[j][0])
    costs = {}
    first = 0
    by_start = sorted(range(len(a)), key=lambda i: a[i][0])
    widest = max((end - start for start, end, _code in a), default=0) + longest
    for i in by_start:
        while first < len(order) and b[order[first]][0] < a[i][0] - reach * widest:
            first += 1
        for j in order[first:]:
            if b[j][0] > a[i][0] + reach * widest:
                break
            place = weights.alpha * dissimilarity_of_place(a[i], b[j])
            cost = weights.alone * (place + weights.beta * (a[i][2] != b[j][2]))
            if cost < 2 * weights.alone:
                costs[i, j] = cost
    return costs


def gamma(
    length: int,
    a: Sequence[Unit],
    b: Sequence[Unit],
    *,
    weights: Weights = EVEN,
    samples: int = 100,
    seed: int,
) -> Gamma:
    """1 − disorder / expected disorder, for two coders on a text of `length` characters.

    The expected disorder is the mean over `samples` pairs of shuffled readings: each is the
    reading of A or of B (by lot) moved round by a random distance, what runs off the
    end coming back at the start; the two distances differ by at least the mean length of a unit.
    Undefined when one of the two marked nothing. Raises `InputError` for units outside
    the text, `ValueError` for fewer than two samples.
    """
    check_spans([unit[:2] for unit in (*a, *b)], length)
    if samples < 2:
        raise ValueError("the expected disorder needs at least two samples")
    observed = disorder(a, b, weights)
    if not a or not b:
        reason = Reason.ONE_CODER if a or b else Reason.UNUSED
        return Gamma(undefined(reason), observed, 0.0, 0.0, 0, seed)
    chance = Random(seed)
    drawn = [disorder(*_shuffled(length, (a, b), chance), weights) for _sample in range(samples)]
    mean = sum(drawn) / samples
    error = sqrt(sum((one - mean) ** 2 for one in drawn) / (samples - 1) / samples)
    value = Value(1 - observed / mean) if mean else undefined(Reason.NO_VARIATION)
    return Gamma(value, observed, mean, error, samples, seed)


def _shuffled(
    length: int, readings: tuple[Sequence[Unit], Sequence[Unit]], chance: Random
) -> tuple[list[Unit], list[Unit]]:
    """Two readings by lot, each moved round the text by its own distance."""
    every = [end - start for row in readings for start, end, _code in row]
    apart = min(round(sum(every) / len(every)), length // 2)
    first = chance.randrange(length)
    second = (first + apart + chance.randrange(max(1, length - 2 * apart + 1))) % length
    moved = []
    for distance in (first, second):
        row = chance.choice(readings)
        starts = [((start + distance) % length, end - start, code) for start, end, code in row]
        moved.append([(start, start + size, code) for start, size, code in starts])
    return moved[0], moved[1]
