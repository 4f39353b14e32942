"""One code and more than two coders: how many of them marked each character."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from qualcode.agreement.alpha import Alpha, alpha
from qualcode.agreement.counts import Stretch
from qualcode.text.spans import Span, union

Histogram = tuple[int, ...]


def count_coders(coders: Sequence[Collection[Stretch]], length: int) -> Histogram:
    """How many characters of a text 0, 1, … m of the m coders gave the code.

    One sweep over the ends of their spans; a coder's own overlaps count once.
    """
    ends: list[tuple[int, int]] = []
    for marks in coders:
        for start, end in union(Span(mark.start, mark.end) for mark in marks):
            ends += (start, 1), (end, -1)
    found = [0] * (len(coders) + 1)
    depth = last = 0
    for position, step in sorted(ends):
        found[depth] += position - last
        last = position
        depth += step
    found[0] += length - last
    return tuple(found)


def alpha_of_coders(histograms: Iterable[Histogram]) -> Alpha:
    """Krippendorff's alpha of one code for all coders together, over texts they all coded.

    Binary nominal alpha with characters as units; for two coders the alpha of `coefficients`.
    The histograms of all texts come from the same number of coders. Undefined when nobody,
    or everybody everywhere, used the code.
    """
    rows = list(histograms)
    if len({len(row) for row in rows}) > 1:
        raise ValueError("the texts were coded by different numbers of coders")
    sums = [sum(column) for column in zip(*rows, strict=True)]
    coders = len(sums) - 1
    return alpha(((True,) * k + (False,) * (coders - k), n) for k, n in enumerate(sums) if n)
