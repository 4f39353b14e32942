"""Two coders compared: all codes, all measures of the default view, and slices of the project.

Where several codes may lie on the same words, agreement is measured on the *set* of codes: the
text falls into elementary segments between neighbouring span ends, and on each one both coders
have one set. Segments with the same two sets are added up, so alpha takes one step per pair of
different sets, whatever the length of the text. A set is an integer here: bit i stands for code i.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qualcode.agreement.alpha import Alpha
from qualcode.agreement.coefficients import BINARY, binary_coefficients, coefficient
from qualcode.agreement.counts import Counts, UnitRule, count
from qualcode.agreement.intervals import RESAMPLES, SEED, Interval, intervals
from qualcode.agreement.matching import Matches, match_all, span_f1
from qualcode.agreement.readings import Mark, TwoReadings, finished
from qualcode.agreement.result import Agreement, CodeAgreement, GroupAgreement, Overall, Series
from qualcode.agreement.table import CountTable, codes_used, count_by_unit, count_characters
from qualcode.agreement.unitized import Covered, Unit, unitizing
from qualcode.agreement.value import Reason, Value, ratio, undefined
from qualcode.text.spans import Span, union


def pooled_kappa(counts: Iterable[Counts]) -> Value:
    """Pooled kappa: (mean Po − mean Pe) / (1 − mean Pe) over the codes, Pe as for Cohen's kappa.

    De Vries, Elliott, Kanouse & Teleki 2008, Field Methods 20:272. Codes that neither
    coder used are left out: nothing was judged there. Undefined when none is left.
    """
    used = [count for count in counts if count.coded]
    if not used:
        return undefined(Reason.UNUSED)
    observed = sum((count.both + count.neither) / count.total for count in used)
    expected = sum(
        (count.a * count.b + (count.total - count.a) * (count.total - count.b)) / count.total**2
        for count in used
    )
    return ratio(observed - expected, len(used) - expected, Reason.EVERYWHERE)


@dataclass(frozen=True, slots=True)
class AgreementOptions:
    """How to compare.

    `everything` counts transcripts not marked done as well. `coefficients` off gives
    counts only (reflexive work). `by_case` resamples cases instead of documents.
    `groups` gives for a code the group it belongs to.
    """

    unit: Literal["character", "sentence", "turn"] = "character"
    rule: UnitRule = "touched"
    everything: bool = False
    coefficients: bool = True
    by_case: bool = False
    groups: Mapping[str, str] | None = None
    resamples: int = RESAMPLES
    seed: int = SEED


CUSTOMARY = AgreementOptions()


def compare(
    readings: Sequence[TwoReadings],
    coders: tuple[str, str] = ("A", "B"),
    codes: Sequence[str] | None = None,
    options: AgreementOptions = CUSTOMARY,
    *,
    series: Series = Series.INDEPENDENT,
    label: str = "",
    table: CountTable | None = None,
) -> Agreement:
    """Compare two coders on all `readings` that both marked done (or on all of them).

    `codes` are those to report, in order, also where unused; by default all that occur.
    Counts are added over documents first; coefficients come from the sums. `table` holds the counts
    of just these readings and codes, if they were counted before.
    """
    used, missing = (list(readings), []) if options.everything else finished(readings)
    codes = list(codes) if codes is not None else codes_used(used)
    if table is not None:
        if (table.documents, table.codes) != (tuple(r.document for r in used), tuple(codes)):
            raise ValueError("the counts are of other readings or codes")
    elif options.unit == "character":
        table = count_characters(used, codes)
    else:
        table = count_by_unit(used, options.unit, options.rule, codes)
    per_code = code_agreements(used, table, options)
    return Agreement(
        coders=coders,
        documents=table.documents,
        codes=per_code,
        overall=_overall(used, table, per_code, options),
        left_out=tuple(reading.document for reading in missing),
        unit=options.unit,
        rule=options.rule,
        length=table.length,
        trimmed=all(reading.trimmed for reading in used),
        excluded=sum(reading.excluded for reading in used),
        dropped=sum(reading.dropped for reading in used),
        series=series,
        label=label,
        coefficients=options.coefficients,
        by_case=options.by_case,
        resamples=options.resamples,
        seed=options.seed,
    )


def code_agreements(
    readings: Sequence[TwoReadings], table: CountTable, options: AgreementOptions = CUSTOMARY
) -> tuple[CodeAgreement, ...]:
    """The record of every code of `table`, which counts these `readings`."""
    found: Mapping[str, Interval | Reason] = dict.fromkeys(table.codes, Reason.SWITCHED_OFF)
    if options.coefficients:
        groups = [reading.case or reading.document for reading in readings] if options.by_case else None
        found = intervals(table, groups=groups, resamples=options.resamples, seed=options.seed)
    return tuple(_code(readings, table, code, found[code], options) for code in table.codes)


def _code(
    readings: Sequence[TwoReadings],
    table: CountTable,
    code: str,
    interval: Interval | Reason,
    options: AgreementOptions,
) -> CodeAgreement:
    counts = table.total(code)
    matches = match_all(reading.cells[code] for reading in readings if code in reading.cells)
    names = [*BINARY, "f1", "f1_exact", "f1_any"]
    values = dict.fromkeys(names, undefined(Reason.SWITCHED_OFF))
    if options.coefficients:
        f1 = {
            name: span_f1(matches, at) for name, at in zip(names[-3:], ("close", "exact", "any"), strict=True)
        }
        values = binary_coefficients(counts) | f1
    cells = zip(table.documents, table.column(code), strict=True)
    used = tuple((document, cell) for document, cell in cells if cell.coded)
    return CodeAgreement(code, options.unit, counts, matches, values, interval, used)


def _overall(
    readings: Sequence[TwoReadings],
    table: CountTable,
    per_code: Sequence[CodeAgreement],
    options: AgreementOptions,
) -> Overall:
    counts = sum((code.counts for code in per_code), Counts())
    every = [code.matches for code in per_code if code.matches is not None]
    matches = sum(every, Matches()) if len(every) == len(per_code) else None
    if not options.coefficients:
        off = undefined(Reason.SWITCHED_OFF)
        return Overall(counts, matches, off, off, off, off, off, ())
    pairs = set_pairs(readings, table.codes)
    on_coded, on_all = set_alphas(pairs)
    groups: dict[str, list[str]] = {}
    for code in table.codes:
        if options.groups and code in options.groups:
            groups.setdefault(options.groups[code], []).append(code)
    return Overall(
        counts=counts,
        matches=matches,
        shared=coefficient("shared", counts),
        pooled_kappa=pooled_kappa(code.counts for code in per_code),
        f1=span_f1(matches),
        sets=on_coded.alpha,
        sets_all_text=on_all.alpha,
        groups=(
            group_agreement(readings, "", table.codes),
            *(group_agreement(readings, group, members) for group, members in groups.items()),
        ),
    )


def group_agreement(readings: Sequence[TwoReadings], group: str, codes: Sequence[str]) -> GroupAgreement:
    """Where and what for the codes of one group (character level)."""
    members = set(codes)
    total = Counts()
    for reading in readings:
        a, b = ([mark for mark in side if mark.code in members] for side in (reading.a, reading.b))
        total += count(a, b, reading.length)
    length, units = _units(readings, members)
    what = unitizing(length, units).cu if length else _NO_TEXT
    return GroupAgreement(group, tuple(codes), coefficient("alpha", total), what)


_NO_TEXT = Covered(undefined(Reason.NO_TEXT), undefined(Reason.NO_TEXT))


def _units(readings: Sequence[TwoReadings], codes: set[str]) -> tuple[int, list[list[Unit]]]:
    """All documents as one continuum, the codings of a coder as units with the code as value."""
    units: list[list[Unit]] = [[], []]
    begin = 0
    for reading in readings:
        for code, sides in reading.cells.items():
            if code in codes:
                for row, marks in zip(units, sides, strict=True):
                    spans = union(mark.span for mark in marks) if len(marks) > 1 else marks
                    row += [(begin + span.start, begin + span.end, code) for span in spans]
        begin += reading.length
    return begin, units


def slices(
    readings: Sequence[TwoReadings],
    by: Literal["document", "case", "role"],
    coders: tuple[str, str] = ("A", "B"),
    codes: Sequence[str] | None = None,
    options: AgreementOptions = CUSTOMARY,
) -> dict[str, Agreement]:
    """One comparison per transcript, per case or per informant role, in order of first appearance."""
    parts: dict[str, list[TwoReadings]] = {}
    for reading in readings:
        key = {"document": reading.document, "case": reading.case, "role": reading.role}[by]
        parts.setdefault(key, []).append(reading)
    codes = codes if codes is not None else codes_used(readings)
    return {key: compare(part, coders, codes, options, label=key) for key, part in parts.items()}


SetPairs = Mapping[tuple[int, int], int]

# From here on the distances between all sets are worth importing numpy.
MANY_SETS = 300


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


def _toggles(marks: Collection[Mark], side: int, bit: int) -> list[tuple[int, int, int]]:
    if len(marks) == 1:
        return [(position, side, bit) for mark in marks for position in (mark.start, mark.end)]
    joined = union(Span(mark.start, mark.end) for mark in marks)
    return [(position, side, bit) for span in joined for position in span]


def set_alphas(pairs: SetPairs, distance: Literal["jaccard", "masi"] = "masi") -> tuple[Alpha, Alpha]:
    """Krippendorff's alpha over characters whose value is a set of codes: on coded text, and on all text.

    On coded text, characters that neither coder coded are left out: with them in, the
    number climbs with every page nobody marked. Always say which of the two it is.
    Distances as in `distances`. Passonneau 2006; Krippendorff 2019, chapter 12.
    """
    volumes: Counter[int] = Counter()
    disagreement = 0.0
    for (x, y), n in pairs.items():
        if x or y:
            volumes[x] += n
            volumes[y] += n
            disagreement += 2 * n * mask_distance(x, y, distance)
    chance = _by_array(volumes, distance) if len(volumes) >= MANY_SETS else _by_pair(volumes, distance)
    on_coded = volumes.total()
    uncoded = 2 * pairs.get((0, 0), 0)
    # more empty sets, each as far as can be from every set that is not empty
    more = 2 * uncoded * (on_coded - volumes[0])
    reason = Reason.UNUSED if pairs else Reason.NO_TEXT
    return (
        _alpha(disagreement, chance, on_coded, reason),
        _alpha(disagreement, chance + more, on_coded + uncoded, reason),
    )


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


def _by_pair(volumes: Counter[int], distance: str) -> float:
    """Σ over ordered pairs of different sets of n·m·δ."""
    sets = list(volumes.items())
    return 2 * sum(
        n * m * mask_distance(x, y, distance) for i, (x, n) in enumerate(sets) for y, m in sets[i + 1 :]
    )


def _by_array(volumes: Counter[int], distance: str) -> float:
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
    apart = 0.0
    for i, (x, rows) in enumerate(by_size):
        for y, columns in by_size[i:]:
            common = (members[rows] @ members[columns].T).astype(np.intp)
            distances = np.array([size_distance(x, y, k, distance) for k in range(min(x, y) + 1)])
            block = float(volume[rows] @ distances[common] @ volume[columns])
            apart += block if x == y else 2 * block
    return apart
