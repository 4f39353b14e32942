"""The cheapest way to lay two rows beside each other, some left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
