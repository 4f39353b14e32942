"""Krippendorff's alphas for unitizing: where the coders see something, and what.

Source: Krippendorff, Mathet, Bouvry & Widlöcher 2016, Quality & Quantity 50:2347;
Krippendorff 2019, section 12.6. Each coder cuts the text into units that carry a
value, with gaps between. A gap counts as that many independent characters, a unit
as one thing: that is the self-pair correction w. All sums are kept as integers (times
m − 1, m the number of coders) until one division.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from qualcode.agreement.counts import check_spans
from qualcode.agreement.value import Reason, Value, ratio, undefined

Unit = tuple[int, int, Hashable]
Segment = tuple[int, int, Hashable | None]  # None: a gap


@dataclass(frozen=True, slots=True)
class Covered:
    """A value and the share of the text it rests on (for one value: of the text that got it)."""

    alpha: Value
    coverage: Value


@dataclass(frozen=True, slots=True)
class Unitizing:
    """The family: `u` where and what, `bar_u` where only, `cu` what, `k` what for one value.

    `cu` and `k` look only at text that two coders marked, and come with their coverage:
    a value on a sliver of text says little.
    """

    u: Value
    bar_u: Value
    cu: Covered
    k: Mapping[Hashable, Covered]

    def to_dict(self) -> dict[str, Any]:
        """Numbers by name (`None` where undefined) and the reasons, for JSON."""
        named = {"u_alpha": self.u, "bar_u_alpha": self.bar_u, "cu_alpha": self.cu.alpha}
        return {
            **{name: value.value for name, value in named.items()},
            "cu_coverage": self.cu.coverage.value,
            "k": {
                str(value): {"alpha": found.alpha.value, "coverage": found.coverage.value}
                for value, found in self.k.items()
            },
            "reasons": {name: value.words for name, value in named.items() if value.reason},
        }


def unitizing(length: int, units: Mapping[Any, Iterable[Unit]] | Sequence[Iterable[Unit]]) -> Unitizing:
    """The family of 2016 for a text of `length` characters.

    `units` holds, per coder, units (start, end, value), end-exclusive. Units of one
    coder may touch but not overlap; where they do, everything is undefined with that reason.
    `u` and `bar_u` are undefined when no unit or no gap varies; `cu` when the coders have no
    marked text in common, one value only there, or too little of it; `k[value]` at coverage 0.
    Raises `InputError` for units outside the text, `ValueError` for fewer than two coders.
    """
    coders = [sorted(row, key=lambda unit: unit[:2]) for row in _rows(units)]
    if len(coders) < 2:
        raise ValueError("agreement needs at least two coders")
    check_spans([unit[:2] for row in coders for unit in row], length)
    values = sorted({value for row in coders for _s, _e, value in row}, key=str)
    reason = None
    if length == 0:
        reason = Reason.NO_TEXT
    elif any(left[1] > right[0] for row in coders for left, right in pairwise(row)):
        reason = Reason.OVERLAPPING_UNITS
    elif not values:
        reason = Reason.UNUSED
    if reason:
        nothing = Covered(undefined(reason), undefined(reason))
        return Unitizing(nothing.alpha, nothing.alpha, nothing, dict.fromkeys(values, nothing))
    segments = [with_gaps(row, length) for row in coders]
    plain: list[list[Segment]] = [[(s, e, v is not None or None) for s, e, v in row] for row in segments]
    marked = shared_text(coders)
    k = {value: marked.k(value) for value in values}
    return Unitizing(_u(segments, length), _u(plain, length), marked.cu(length), k)


def _rows(units: Mapping[Any, Iterable[Unit]] | Sequence[Iterable[Unit]]) -> Iterable[Iterable[Unit]]:
    return units.values() if isinstance(units, Mapping) else units


def with_gaps(units: Sequence[Unit], length: int) -> list[Segment]:
    """Sorted units with the gaps between them filled in, from 0 to `length`."""
    row: list[Segment] = []
    last = 0
    for start, end, value in units:
        if start > last:
            row.append((last, start, None))
        row.append((start, end, value))
        last = end
    if last < length:
        row.append((last, length, None))
    return row


def _overlaps(one: Sequence[Segment], other: Sequence[Segment]) -> Iterable[tuple[int, int, int]]:
    """(index in `one`, index in `other`, shared characters), by two pointers."""
    i = j = 0
    while i < len(one) and j < len(other):
        shared = min(one[i][1], other[j][1]) - max(one[i][0], other[j][0])
        if shared > 0:
            yield i, j, shared
        if one[i][1] <= other[j][1]:
            i += 1
        else:
            j += 1


def _u(segments: Sequence[Sequence[Segment]], length: int) -> Value:
    """u-alpha: 1 − (ℓ − Σ ℓ_cc) / (ℓ − Σ ε_cc), ℓ = m·L, ε_cc = ℓ (ℓ_c² − w_c) / (ℓ² − Σ w)."""
    others = len(segments) - 1
    total = len(segments) * length
    volume: defaultdict[Hashable, int] = defaultdict(int)
    correction = agreed = 0
    for i, row in enumerate(segments):
        for start, end, value in row:
            volume[value] += end - start
            correction += end - start if value is None else (end - start) ** 2
        for j, other in enumerate(segments):
            if i != j:
                agreed += sum(n for g, h, n in _overlaps(row, other) if row[g][2] == other[h][2])
    squares = sum(n * n for n in volume.values())
    observed = (total * others - agreed) * (total * total - correction)
    expected = others * total * (total * total - squares)
    reason = Reason.UNUSED if set(volume) == {None} else Reason.EVERYWHERE
    return ratio(expected - observed, expected, reason)


@dataclass(frozen=True)
class SharedText:
    """What cu-alpha and (k)u-alpha are made of, per value: sums, so that texts are added and left out.

    `volume` is ℓ_c; the others hold (m − 1) times ℓ*_c, ℓ*_cc and w*_c, on text that two coders marked.
    """

    others: int
    volume: Counter[Hashable]
    shared: Counter[Hashable]
    agreed: Counter[Hashable]
    squares: Counter[Hashable]

    def __add__(self, other: SharedText) -> SharedText:
        return self._joined(other, 1)

    def __sub__(self, other: SharedText) -> SharedText:
        return self._joined(other, -1)

    def _joined(self, other: SharedText, sign: int) -> SharedText:
        sums = []
        for name in ("volume", "shared", "agreed", "squares"):
            total = getattr(self, name).copy()
            for value, n in getattr(other, name).items():
                total[value] += sign * n
            sums.append(total)
        return SharedText(self.others, *sums)

    @property
    def parts(self) -> tuple[int, int]:
        """Numerator and denominator of cu-alpha; both 0 where it is undefined."""
        total, spread = self.shared.total(), self._spread
        observed = (total - self.agreed.total()) * spread
        chance = total * (total * total - sum(n * n for n in self.shared.values())) if spread else 0
        return (chance - observed, chance) if chance else (0, 0)

    @property
    def chance(self) -> float:
        """How much of the disagreement that chance would give one character of disagreement is, times all of them."""
        total, (_above, expected) = self.shared.total(), self.parts
        return total * self._spread / expected

    @property
    def _spread(self) -> int:
        total = self.shared.total()
        return total * total - self.others * self.squares.total()

    def cu(self, length: int) -> Covered:
        """cu-alpha, and how much of the text, of `length` characters, it rests on."""
        coverage = ratio(self.shared.total(), self.others * (self.others + 1) * length, Reason.NO_TEXT)
        return Covered(ratio(*self.parts, self.reason), coverage)

    @property
    def reason(self) -> Reason:
        """Why there is no cu-alpha, where there is none."""
        if not self.shared.total():
            return Reason.NO_SHARED_TEXT if self.volume else Reason.UNUSED
        return Reason.ONE_CATEGORY if self._spread else Reason.TOO_LITTLE

    def k(self, value: Hashable) -> Covered:
        """(k)u-alpha of one value, and how much of what got it the number rests on."""
        n, total = self.shared[value], self.shared.total()
        chance = n * n * (total - n) if self._spread else 0
        missed = (n * total - self.others * self.squares[value]) * (n - self.agreed[value])
        alpha = ratio(chance - missed, chance, self.reason if n else Reason.NO_SHARED_TEXT)
        return Covered(alpha, ratio(n, self.others * self.volume[value], Reason.UNUSED))


def shared_text(coders: Sequence[Sequence[Unit]]) -> SharedText:
    """The sums of one text from the sorted units of each coder: gaps left out, only text that two marked counts.

    The correction is per pair of coders: w*_c = Σ (overlap of a unit valued c with all
    marked text of another coder)² / (m − 1).
    """
    found = SharedText(len(coders) - 1, Counter(), Counter(), Counter(), Counter())
    for i, row in enumerate(coders):
        for start, end, value in row:
            found.volume[value] += end - start
        for j, other in enumerate(coders):
            if i == j:
                continue
            marked: defaultdict[int, int] = defaultdict(int)
            for g, h, n in _overlaps(row, other):
                marked[g] += n
                found.agreed[row[g][2]] += n if row[g][2] == other[h][2] else 0
            for g, n in marked.items():
                found.shared[row[g][2]] += n
                found.squares[row[g][2]] += n * n
    return found


NOTHING_SHARED = shared_text(((), ()))
