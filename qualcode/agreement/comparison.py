"""Two coders compared: all codes, all measures of the default view, and slices of the project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qualcode.agreement.coefficients import BINARY, binary_coefficients, coefficient
from qualcode.agreement.counts import Counts, UnitRule, count
from qualcode.agreement.intervals import RESAMPLES, SEED, Interval, intervals
from qualcode.agreement.matching import Matches, match_all, span_f1
from qualcode.agreement.readings import TwoReadings, finished
from qualcode.agreement.result import Agreement, CodeAgreement, GroupAgreement, Overall, Series
from qualcode.agreement.segments import set_alphas, set_pairs
from qualcode.agreement.table import CountTable, codes_used, count_by_unit, count_characters
from qualcode.agreement.unitized import Covered, Unit, unitizing
from qualcode.agreement.value import Reason, Value, ratio, undefined
from qualcode.text.spans import union


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
