"""The intervals of the headline figures of a comparison, per code and over all codes.

The clusters are cases as soon as one case has more than one interview, else interviews.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qualcode.agreement.coefficients import pooled_parts
from qualcode.agreement.counts import Counts
from qualcode.agreement.intervals import (
    Cell,
    Interval,
    Terms,
    added,
    added_up,
    jackknife,
    of_counts,
    sharing,
    too_few,
    without_interval,
)
from qualcode.agreement.matching import Matches
from qualcode.agreement.readings import TwoReadings
from qualcode.agreement.sets import SetPairs, add_pairs, alphas_without_each
from qualcode.agreement.table import CountTable
from qualcode.agreement.unitized import NOTHING_SHARED, SharedText
from qualcode.agreement.value import Reason, Value, undefined

OF_COUNTS = ("alpha", "kappa", "shared")


class Clusters:
    """Which interviews of a comparison belong together; adds up per cluster what was counted per interview."""

    def __init__(self, readings: Sequence[TwoReadings]) -> None:
        self.labels = [(reading.case or "", "" if reading.case else reading.document) for reading in readings]
        self.terms = Terms(by_case=len(set(self.labels)) < len(self.labels))

    def counts(self, column: Iterable[Counts]) -> list[Cell]:
        """Counts per cluster from those per interview."""
        return added_up([(n.both, n.only_a, n.only_b, n.neither) for n in column], self.labels)

    def added_up(self, per_interview: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
        """Rows of numbers per cluster from those per interview."""
        found: dict[tuple[str, str], tuple[int, ...]] = {}
        for label, row in zip(self.labels, per_interview, strict=True):
            known = found.get(label, (0,) * len(row))
            found[label] = tuple(map(sum, zip(known, row, strict=True)))
        return list(found.values())

    def matches(self, per_interview: Sequence[Matches]) -> list[Matches]:
        """Matches per cluster from those per interview."""
        found: dict[tuple[str, str], Matches] = {}
        for label, one in zip(self.labels, per_interview, strict=True):
            found[label] = found.get(label, Matches()) + one
        return list(found.values())

    def shared_texts(self, per_interview: Sequence[SharedText]) -> list[SharedText]:
        """What was counted on text that both marked, per cluster from that per interview."""
        found: dict[tuple[str, str], SharedText] = {}
        for label, one in zip(self.labels, per_interview, strict=True):
            found[label] = found[label] + one if label in found else one
        return list(found.values())

    def set_pairs(self, per_interview: Sequence[SetPairs]) -> list[SetPairs]:
        """Pairs of sets per cluster from those per interview."""
        found: dict[tuple[str, str], list[SetPairs]] = {}
        for label, pairs in zip(self.labels, per_interview, strict=True):
            found.setdefault(label, []).append(pairs)
        return [add_pairs(parts) for parts in found.values()]


def of_code(
    column: Sequence[Counts], matches: Sequence[Matches] | None, clusters: Clusters
) -> dict[str, Interval]:
    """The intervals of one code: alpha, kappa, shared text, and F1 of matching passages."""
    cells = clusters.counts(column)
    found = {measure: of_counts(cells, measure, clusters.terms) for measure in OF_COUNTS}
    return found | {"f1": of_matches(matches, clusters)}


def of_matches(matches: Sequence[Matches] | None, clusters: Clusters) -> Interval:
    """The interval of span F1 from the matches per interview."""
    if matches is None:
        return without_interval(Reason.TOO_DENSE)
    parts = clusters.matches(matches)
    total = sum(parts, Matches())
    if not (total.codings_a and total.codings_b):
        return without_interval(Reason.ONE_CODER if total.codings_a + total.codings_b else Reason.UNUSED)
    holding = [part for part in parts if part.codings_a + part.codings_b]
    if (reason := too_few(len(parts), len(holding), clusters.terms)) is not None:
        return without_interval(reason)
    codings = total.codings_a + total.codings_b

    def without(part: Matches) -> float | None:
        rest = codings - part.codings_a - part.codings_b
        return 2 * (total.close - part.close) / rest if rest else None

    return jackknife(
        2 * total.close / codings,
        [without(part) for part in holding],
        [part.codings_a + part.codings_b for part in holding],
        as_dice,
        clusters.terms,
        floor=0.0,
    )


def as_dice(share: float) -> float:
    """What a measure that counts what is shared twice makes of a shared part of what either marked."""
    return 2 * share / (1 + share)


def of_all(table: CountTable, clusters: Clusters) -> dict[str, Interval]:
    """Shared text and pooled kappa over all codes."""
    codes = [
        column for code in table.codes if any(map(_marked, column := clusters.counts(table.column(code))))
    ]
    together = [added(cells) for cells in zip(*codes, strict=True)]
    shared = of_counts(together, "shared", clusters.terms)
    if shared.reason is not None:
        return {"shared": shared, "pooled_kappa": shared}
    totals = [added(column) for column in codes]

    def pooled(cells: Iterable[Sequence[float]]) -> float | None:
        numerator, denominator = pooled_parts(cell for cell in cells if _marked(cell))
        return numerator / denominator if denominator else None

    def without(cluster: int) -> float | None:
        parts = zip(totals, (column[cluster] for column in codes), strict=True)
        return pooled([a - w, b - x, c - y, d - z] for (a, b, c, d), (w, x, y, z) in parts)

    holding = [n for n, cell in enumerate(together) if _marked(cell)]
    kappa = jackknife(
        pooled(totals),
        [without(cluster) for cluster in holding],
        [_marked(together[cluster]) for cluster in holding],
        lambda share: pooled(sharing(share, cell) for cell in totals),
        clusters.terms,
    )
    return {"shared": shared, "pooled_kappa": kappa}


def _marked(cell: Sequence[float]) -> float:
    return cell[0] + cell[1] + cell[2]


def of_choice(per_interview: Sequence[SharedText], clusters: Clusters) -> Interval:
    """The interval of cu-alpha: is it the same code where both marked something?"""
    parts = clusters.shared_texts(per_interview)
    total = sum(parts, NOTHING_SHARED)
    numerator, denominator = total.parts
    if not denominator:
        return without_interval(total.reason)
    holding = [part for part in parts if part.shared]
    if (reason := too_few(len(parts), len(holding), clusters.terms)) is not None:
        return without_interval(reason)

    def without(part: SharedText) -> float | None:
        above, below = (total - part).parts
        return above / below if below else None

    return jackknife(
        numerator / denominator,
        [without(part) for part in holding],
        [part.shared.total() for part in holding],
        lambda share: 1 - (1 - share) * total.chance,
        clusters.terms,
    )


def of_choice_of_sets(per_interview: Sequence[SetPairs], clusters: Clusters) -> tuple[Value, Interval]:
    """The same where a coder put several codes on the same words: alpha on sets, with its interval."""
    both = [{pair: n for pair, n in pairs.items() if all(pair)} for pairs in per_interview]
    if not any(both):
        return undefined(Reason.NO_SHARED_TEXT), without_interval(Reason.NO_SHARED_TEXT)
    alpha, _all_text, surety = of_sets(both, clusters, choice=True)
    return alpha, surety


def of_sets(
    per_interview: Sequence[SetPairs], clusters: Clusters, *, choice: bool = False
) -> tuple[Value, Value, Interval]:
    """Alpha on sets of codes, on coded text and on all text, with the interval of the first.

    `choice`: only text that both coded is in it, so that sharing text is no question any more.
    """
    parts = clusters.set_pairs(per_interview)
    on_coded, on_all, without_each = alphas_without_each(parts)
    volumes = [sum(n for (x, y), n in pairs.items() if x or y) for pairs in parts]
    holding = sum(volume > 0 for volume in volumes)
    reason = on_coded.alpha.reason or too_few(len(parts), holding, clusters.terms)
    if reason is not None:
        return on_coded.alpha, on_all.alpha, without_interval(reason)
    without = [alpha for alpha, volume in zip(without_each, volumes, strict=True) if volume]
    expected = on_coded.expected.value or 1.0
    shared_by = (lambda share: 1 - (1 - share) / expected) if choice else as_dice
    surety = jackknife(on_coded.alpha.value, without, [v for v in volumes if v], shared_by, clusters.terms)
    return on_coded.alpha, on_all.alpha, surety
