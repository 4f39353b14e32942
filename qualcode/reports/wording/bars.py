"""Bars and dots in characters, for a terminal of any width; as text, so that a screen can colour the parts.

Every part has a sign of its own and is told apart without colour.
"""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.agreement.intervals import RELIABLE, TENTATIVE, Interval
from qualcode.agreement.value import Reason
from qualcode.i18n import number

BOTH, ONLY_A, ONLY_B = "█", "▓", "░"
LOWEST = -0.2  # what lies lower is drawn at the left edge
_MANY = "·•●"  # one, two, three or more transcripts at one place


def bar(parts: Sequence[int], width: int) -> tuple[int, ...]:
    """`width` cells shared out over counts by largest remainder; a part above zero gets at least one.

    All zero when there is nothing to share out. Raises `ValueError` if there are more parts than cells.
    """
    total = sum(parts)
    if not total:
        return (0,) * len(parts)
    if width < len(parts):
        raise ValueError("too narrow for so many parts")
    exact = [part * width / total for part in parts]
    cells = [max(int(share), 1) if part else 0 for share, part in zip(exact, parts, strict=True)]
    while sum(cells) != width:
        step = 1 if sum(cells) < width else -1
        wanting = [
            (step * (share - have), n)
            for n, (share, have) in enumerate(zip(exact, cells, strict=True))
            if parts[n] and (step > 0 or have > 1)
        ]
        cells[max(wanting)[1]] += step
    return tuple(cells)


def bar_text(parts: Sequence[int], width: int) -> str:
    """The bar of (both, only A, only B) as one string; empty when there is nothing."""
    signs = (BOTH, ONLY_A, ONLY_B)
    return "".join(sign * cells for sign, cells in zip(signs, bar(parts, width), strict=True))


def place(value: float, width: int) -> int:
    """The cell of a coefficient on an axis from `LOWEST` to 1."""
    share = (min(max(value, LOWEST), 1.0) - LOWEST) / (1.0 - LOWEST)
    return round(share * (width - 1))


def dots(values: Sequence[float], width: int) -> str:
    """One dot per transcript where its alpha lies; larger where several meet. `│` stands at the two lines."""
    cells = [" "] * width
    for line in (TENTATIVE, RELIABLE):
        cells[place(line, width)] = "│"
    seen = [0] * width
    for value in values:
        seen[place(value, width)] += 1
    for cell, n in enumerate(seen):
        if n:
            cells[cell] = _MANY[min(n, len(_MANY)) - 1]
    return "".join(cells)


def span(alpha: float | None, interval: Interval | Reason, width: int) -> str:
    """The interval as a line with alpha as `◆` on it; only the `◆` when there is no interval."""
    cells = [" "] * width
    if isinstance(interval, Interval):
        low, high = place(interval.low, width), place(interval.high, width)
        cells[low : high + 1] = "─" * (high - low + 1)
        cells[low], cells[high] = "├", "┤"
    if alpha is not None:
        cells[place(alpha, width)] = "◆"
    return "".join(cells)


def axis(width: int) -> str:
    """The figures under the dots: 0, the two customary lines, and 1; those that would overlap are left out."""
    cells = [" "] * width
    until = -1
    for value, digits in ((0.0, 0), (TENTATIVE, 2), (RELIABLE, 2), (1.0, 0)):
        words = number(value, digits).lstrip("0") or "0"
        start = min(max(place(value, width) - len(words) // 2, 0), width - len(words))
        if start > until:
            cells[start : start + len(words)] = words
            until = start + len(words)
    return "".join(cells)
