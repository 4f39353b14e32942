"""Gamma for two coders: how well their passages can be laid beside each other.

Source: Mathet, Widlöcher & Métivier 2015, Computational Linguistics 41(3):437. With two
coders a unit is laid beside one unit of the other or stays alone, so the best alignment
is an assignment problem. What chance gives is sampled: the seed belongs to the figure.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random
from typing import Any

from qualcode.agreement.counts import check_spans
from qualcode.agreement.value import Reason, Value, undefined

Pair = tuple[int, int]


def best_pairs(costs: Mapping[Pair, float], alone: float) -> list[Pair]:
    """The pairs (row, column) of an alignment of least cost.

    `costs` holds the cost of pairs that may be made; every row or column left alone
    costs `alone`. A pair that costs as much as two left alone is not made. What
    cannot touch is solved apart, each part by shortest augmenting paths (Kuhn 1955; Munkres
    1957, with potentials), O(n³) in the size of the part.
    """
    useful = {pair: cost for pair, cost in costs.items() if cost < 2 * alone}
    return sorted(pair for part in _parts(useful) for pair in _solve(part, useful, alone))


def _parts(pairs: Mapping[Pair, float]) -> list[list[Pair]]:
    """The pairs, split so that no row or column stands in two parts."""
    across: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row, column in pairs:
        across.setdefault((0, row), []).append((1, column))
        across.setdefault((1, column), []).append((0, row))
    part_of: dict[tuple[int, int], int] = {}
    parts: list[list[Pair]] = []
    for first in across:
        if first in part_of:
            continue
        stack = [first]
        while stack:
            node = stack.pop()
            if node not in part_of:
                part_of[node] = len(parts)
                stack += across[node]
        parts.append([])
    for pair in pairs:
        parts[part_of[0, pair[0]]].append(pair)
    return parts


def _solve(part: Sequence[Pair], costs: Mapping[Pair, float], alone: float) -> list[Pair]:
    rows = sorted({row for row, _column in part})
    columns = sorted({column for _row, column in part})
    # A pair saves its column's `alone`; each row has a column of its own to be alone in.
    never = float("inf")
    matrix = [
        [costs.get((row, column), never) - alone for column in columns]
        + [alone if own == i else never for own in range(len(rows))]
        for i, row in enumerate(rows)
    ]
    assigned = assign(matrix)
    return [(row, columns[j]) for row, j in zip(rows, assigned, strict=True) if j < len(columns)]


def assign(matrix: Sequence[Sequence[float]]) -> list[int]:
    """For each row its column in the assignment of least total cost.

    Needs at least as many columns as rows and a finite assignment; a cost may be infinite.
    """
    rows, columns = len(matrix), len(matrix[0]) if matrix else 0
    if columns < rows:
        raise ValueError("an assignment needs a column for every row")
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)  # row (from 1) that holds a column; column 0 is the start
    for row in range(1, rows + 1):
        owner[0] = row
        _augment(matrix, row_price, column_price, owner)
    found = [0] * rows
    for column in range(1, columns + 1):
        if owner[column]:
            found[owner[column] - 1] = column - 1
    return found


def _augment(
    matrix: Sequence[Sequence[float]], row_price: list[float], column_price: list[float], owner: list[int]
) -> None:
    """Give the row in `owner[0]` a column along the cheapest path of reassignments."""
    columns = len(column_price) - 1
    cheapest = [float("inf")] * (columns + 1)
    came_from = [0] * (columns + 1)
    visited = [False] * (columns + 1)
    at = 0
    while owner[at]:
        visited[at] = True
        row = owner[at]
        step, following = float("inf"), 0
        for column in range(1, columns + 1):
            if visited[column]:
                continue
            cost = matrix[row - 1][column - 1] - row_price[row] - column_price[column]
            if cost < cheapest[column]:
                cheapest[column], came_from[column] = cost, at
            if cheapest[column] < step:
                step, following = cheapest[column], column
        if not following:
            raise ValueError("there is no assignment of finite cost")
        for column in range(columns + 1):
            if visited[column]:
                row_price[owner[column]] += step
                column_price[column] -= step
            else:
                cheapest[column] -= step
        at = following
    while at:
        owner[at] = owner[came_from[at]]
        at = came_from[at]


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
