"""Two coders compared: all codes, all measures of the default view, and slices of the project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qualcode.agreement import headline
from qualcode.agreement.coefficients import BINARY, binary_coefficients, coefficient, pooled_kappa
from qualcode.agreement.counts import Counts, UnitRule
from qualcode.agreement.headline import Clusters
from qualcode.agreement.intervals import of_counts
from qualcode.agreement.matching import Matches, match_each, span_f1
from qualcode.agreement.readings import TwoReadings, finished
from qualcode.agreement.result import Agreement, CodeAgreement, GroupAgreement, Overall, Series
from qualcode.agreement.sets import SetPairs, counts_of, set_pairs, within
from qualcode.agreement.table import CountTable, codes_used, count_by_unit, count_characters
from qualcode.agreement.unitized import NOTHING_SHARED, Covered, Unit, shared_text
from qualcode.agreement.value import Reason, ratio, undefined
from qualcode.text.spans import union


@dataclass(frozen=True, slots=True)
class AgreementOptions:
    """How to compare.

    `everything` counts transcripts not marked done as well. `coefficients` off gives
    counts only (reflexive work). `groups` gives for a code the group it belongs to.
    """

    unit: Literal["character", "sentence", "turn"] = "character"
    rule: UnitRule = "touched"
    everything: bool = False
    coefficients: bool = True
    groups: Mapping[str, str] | None = None


CUSTOMARY = AgreementOptions()


def compare(
    readings: Sequence[TwoReadings],
    coders: tuple[str, str] = ("A", "B"),
    codes: Sequence[str] | None = None,
    options: AgreementOptions = CUSTOMARY,
    *,
    series: Series = Series.AS_CODED,
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
        cases=tuple(reading.case for reading in used),
    )


def code_agreements(
    readings: Sequence[TwoReadings], table: CountTable, options: AgreementOptions = CUSTOMARY
) -> tuple[CodeAgreement, ...]:
    """The record of every code of `table`, which counts these `readings`."""
    clusters = Clusters(readings)
    return tuple(_code(readings, table, code, clusters, options) for code in table.codes)


def _code(
    readings: Sequence[TwoReadings],
    table: CountTable,
    code: str,
    clusters: Clusters,
    options: AgreementOptions,
) -> CodeAgreement:
    counts, column = table.total(code), table.column(code)
    each = match_each(reading.cells.get(code, ((), ())) for reading in readings)
    matched = tuple(each) if each is not None else None
    names = [*BINARY, "f1", "f1_exact", "f1_any"]
    cells = tuple(zip(table.documents, column, strict=True))
    if not options.coefficients:
        off = dict.fromkeys(names, undefined(Reason.SWITCHED_OFF))
        return CodeAgreement(code, options.unit, counts, matched, off, {}, cells)
    matches = sum(matched, Matches()) if matched is not None else None
    f1 = {name: span_f1(matches, at) for name, at in zip(names[-3:], ("close", "exact", "any"), strict=True)}
    values = binary_coefficients(counts) | f1
    intervals = headline.of_code(column, each, clusters)
    return CodeAgreement(code, options.unit, counts, matched, values, intervals, cells)


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
        return Overall(counts, matches, off, off, off, off, off, (), {})
    clusters = Clusters(readings)
    pairs = [set_pairs([reading], table.codes) for reading in readings]
    on_coded, on_all, surety = headline.of_sets(pairs, clusters)
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
        sets=on_coded,
        sets_all_text=on_all,
        groups=(
            group_agreement(readings, pairs, table.codes),
            *(
                group_agreement(readings, pairs, table.codes, group, members)
                for group, members in groups.items()
            ),
        ),
        intervals={
            **headline.of_all(table, clusters),
            "f1": headline.of_matches(_per_interview(per_code, len(readings)), clusters),
            "sets": surety,
        },
    )


def _per_interview(codes: Sequence[CodeAgreement], interviews: int) -> list[Matches] | None:
    """The matches of all codes together in each interview."""
    total = [Matches()] * interviews
    for code in codes:
        if code.matched is None:
            return None
        total = [
            one + own if own.codings_a or own.codings_b else one
            for one, own in zip(total, code.matched, strict=True)
        ]
    return total


def group_agreement(
    readings: Sequence[TwoReadings],
    pairs: Sequence[SetPairs],
    codes: Sequence[str],
    group: str = "",
    members: Sequence[str] | None = None,
) -> GroupAgreement:
    """Where and what for the `members` of one group (character level); by default all codes are one group.

    `pairs` holds the sets of `codes` per reading (`sets.set_pairs`).
    """
    members = codes if members is None else members
    if members is not codes:
        bits = sum(1 << n for n, code in enumerate(codes) if code in set(members))
        pairs = [within(each, bits) for each in pairs]
    counts, clusters = [counts_of(each) for each in pairs], Clusters(readings)
    total = sum(counts, Counts())
    several = any((x & (x - 1)) or (y & (y - 1)) for each in pairs for x, y in each)
    if several:
        choice, surety = headline.of_choice_of_sets(pairs, clusters)
    else:
        marked = [shared_text(_units(reading, set(members))) for reading in readings]
        choice = sum(marked, NOTHING_SHARED).cu(total.total).alpha if readings else undefined(Reason.NO_TEXT)
        surety = headline.of_choice(marked, clusters)
    return GroupAgreement(
        group=group,
        codes=tuple(members),
        where=coefficient("alpha", total),
        what=Covered(choice, ratio(total.both, total.total, Reason.NO_TEXT)),
        interval=of_counts(clusters.counts(counts), terms=clusters.terms),
        what_interval=surety,
        by_sets=several,
    )


def _units(reading: TwoReadings, codes: set[str]) -> tuple[list[Unit], list[Unit]]:
    """The codings of both coders as units with the code as value, in order of place."""
    units: tuple[list[Unit], list[Unit]] = ([], [])
    for code, sides in reading.cells.items():
        if code in codes:
            for row, marks in zip(units, sides, strict=True):
                spans = union(mark.span for mark in marks) if len(marks) > 1 else marks
                row += [(span.start, span.end, code) for span in spans]
    for row in units:
        row.sort(key=lambda unit: unit[:2])
    return units


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
