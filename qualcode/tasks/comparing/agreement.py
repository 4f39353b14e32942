"""How much the coders of a project agree, code by code: two of them, or more.

For two also kept up to date while people code; for more, alpha for all together and every pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

from qualcode.agreement.agenda import Effect, Order, WeighedDifference, WhatIf, agenda
from qualcode.agreement.alpha import Histogram, alpha_of_coders, count_coders
from qualcode.agreement.closely import Confused, closely, confusion, indices
from qualcode.agreement.comparison import AgreementOptions
from qualcode.agreement.comparison import compare as compare_readings
from qualcode.agreement.comparison import slices as measure_slices
from qualcode.agreement.counts import Counts, count
from qualcode.agreement.headline import Clusters, as_dice
from qualcode.agreement.intervals import Interval, jackknife, too_few, without_interval
from qualcode.agreement.kinds import Difference, differences
from qualcode.agreement.sets import set_pairs
from qualcode.agreement.table import CountTable, count_characters
from qualcode.agreement.value import Reason, Value, undefined
from qualcode.analysis.matrices import top_codes
from qualcode.tasks.comparing.comparison import Comparison, codings_of, compare, two_coders
from qualcode.tasks.comparing.comparison import too_few as too_few_coders

if TYPE_CHECKING:
    from qualcode.agreement.readings import Mark
    from qualcode.agreement.result import Agreement
    from qualcode.model import Code, Coder, Coding, Transcript
    from qualcode.store.project import Project

By = Literal["group", "document", "case", "role"]
Unit = Literal["character", "sentence", "turn"]


def options_of(project: Project, codes: tuple[Code, ...], *, unit: Unit = "character") -> AgreementOptions:
    """How the project wants its agreement measured; the groups are the top codes."""
    return AgreementOptions(
        unit=unit,
        everything=True,  # what is not to be counted was left out of the comparison already
        coefficients=project.settings.get("coefficients"),
        groups=top_codes(codes),
    )


def agree(comparison: Comparison, options: AgreementOptions, *, table: CountTable | None = None) -> Agreement:
    """The agreement on every code of the codebook, named by code id, over all that is compared.

    Transcripts that were left out of the comparison are named in `left_out`. `table` holds the
    counts, if they are known already.
    """
    found = compare_readings(
        comparison.readings,
        (comparison.a.name, comparison.b.name),
        [code.id for code in comparison.codes],
        options,
        series=comparison.series,
        label=comparison.label,
        table=table,
    )
    return replace(found, left_out=tuple(transcript.id for transcript in comparison.left_out))


def more_of(comparison: Comparison, code: str | None = None) -> dict[str, Value]:
    """The measures behind "more" of one code (id) or of all: indices, edges, unitizing, gamma."""
    values = closely(comparison.readings, code)
    if code is None:
        return values
    cells = (reading.cells.get(code, ((), ())) for reading in comparison.readings)
    counted = (count(*cell, reading.length) for cell, reading in zip(cells, comparison.readings, strict=True))
    return indices(sum(counted, Counts())) | values


def confused(comparison: Comparison) -> list[Confused]:
    """Which codes (ids) the two take for each other, what is most above chance first."""
    codes = [code.id for code in comparison.codes]
    return confusion(set_pairs(comparison.readings, codes), codes)


def agree_by(comparison: Comparison, by: By, options: AgreementOptions) -> dict[str, Agreement]:
    """The same per top code (id), transcript (id), case (label) or informant role.

    Per top code: what both did with any code of its group, as one code of that name.
    """
    if by == "group":
        groups = top_codes(comparison.codes)
        readings = tuple(reading.relabelled(groups.get) for reading in comparison.readings)
        tops = [code for code in comparison.codes if groups[code.id] == code.id]
        return {top.id: agree(replace(comparison, readings=readings, codes=(top,)), options) for top in tops}
    coders = (comparison.a.name, comparison.b.name)
    readings = comparison.role_by_role() if by == "role" else comparison.readings
    parts = measure_slices(readings, by, coders, [code.id for code in comparison.codes], options)
    return {key: replace(part, series=comparison.series) for key, part in parts.items()}


def measure(
    project: Project, a: str | None = None, b: str | None = None, *, everything: bool = False
) -> Agreement:
    """How much coders `a` and `b` (by default the only two) agree, code by code, counted in characters.

    Compared are the interviews that both have marked done, or with `everything` all of them.
    The codes and interviews in what comes back are named by slug and name instead of id.
    Raises `QualcodeError` when it is not clear who is meant, or what is sealed would be seen.
    """
    comparison = compare(project, *two_coders(project, a, b), everything=everything)
    found = agree(comparison, options_of(project, comparison.codes))
    slugs = {code.id: code.slug for code in comparison.codes}
    names = {t.id: t.name for t in (*comparison.transcripts, *comparison.left_out)}
    return replace(
        found,
        codes=tuple(replace(code, code=slugs[code.code]) for code in found.codes),
        documents=tuple(names[document] for document in found.documents),
        left_out=tuple(names[document] for document in found.left_out),
    )


class LiveComparison:
    """Two coders of a project compared as things stand; `refresh` takes up what was done since.

    `comparison` is what is compared, `table` the counts in characters per transcript and code.
    `interviewer` is as the project's settings say, unless given.
    """

    def __init__(self, project: Project, a: Coder, b: Coder, *, interviewer: bool | None = None) -> None:
        self._project = project
        self._asked = interviewer
        self._start(compare(project, a, b, interviewer=interviewer, empty=True))

    def _start(self, empty: Comparison) -> None:
        """Read and count everything."""
        self._outline = empty
        codings = codings_of(self._project, empty.a, empty.b)
        self.comparison = empty.with_codings(codings, [t.id for t in empty.transcripts])
        self.table: CountTable = count_characters(self.comparison.readings, [code.id for code in empty.codes])
        self._found: dict[str, list[Difference]] = {}
        self._answers: WhatIf | None = None

    def refresh(self) -> int:
        """Take up what was done since; returns how many cells (transcript × code) were counted again.

        When something else than codings changed (which transcripts are done, a text, the codebook, a
        setting), everything is counted afresh.
        """
        kept = self.comparison
        now = compare(self._project, kept.a, kept.b, interviewer=self._asked, empty=True)
        if now != self._outline:
            self._start(now)
            return len(self.table.documents) * len(self.table.codes)
        codings = codings_of(self._project, now.a, now.b)
        cells = self._changed_cells(codings)
        if codings != self.comparison.codings:
            changed = {document for document, _code in cells}
            self.comparison = self.comparison.with_codings(codings, changed)
            self._recount(cells)
        return len(cells)

    def _changed_cells(self, codings: dict[str, Coding]) -> set[tuple[str, str]]:
        """The cells of the table in which a coding came, went or changed."""
        known = self.comparison.codings
        touched = {
            coding
            for before, after in ((known, codings), (codings, known))
            for key, coding in before.items()
            if after.get(key) != coding
        }
        compared = set(self.table.documents)
        return {(c.transcript_id, c.code_id) for c in touched if c.transcript_id in compared}

    def _recount(self, cells: set[tuple[str, str]]) -> None:
        readings = {reading.document: reading for reading in self.comparison.readings}
        for document, code in cells:
            self.table.recount(document, code, *readings[document].cells.get(code, ((), ())))
            self._found.pop(document, None)
        self._answers = None

    def differences(self) -> list[Difference]:
        """All agreements and differences, in the order of the texts."""
        comparison = self.comparison
        for reading in comparison.readings:
            if reading.document not in self._found:
                self._found[reading.document] = differences([reading], comparison.parents, comparison.rule)
        return [found for reading in comparison.readings for found in self._found[reading.document]]

    @property
    def answers(self) -> WhatIf:
        """What would change in alpha if a difference were settled."""
        if self._answers is None:
            self._answers = WhatIf(self.comparison.readings, self.table)
        return self._answers

    def effects(self, difference: Difference) -> list[Effect]:
        """The effect of settling a difference on alpha, one per code; none with coefficients off."""
        return self.answers.effects(difference) if self._project.settings.get("coefficients") else []

    def agenda(self, order: Order = "effect") -> list[WeighedDifference]:
        """The differences to talk about, in the order asked for."""
        return agenda(self.differences(), self.answers, order)

    def agreement(self, options: AgreementOptions) -> Agreement:
        """The agreement on every code; in characters it comes from the counts that are kept."""
        table = self.table if options.unit == "character" else None
        return agree(self.comparison, options, table=table)


@dataclass(frozen=True, slots=True)
class CodeOfAll:
    """One code: how many characters 0, 1, … all coders gave it, and alpha of all together."""

    code: Code
    marked_by: Histogram
    alpha: Value
    interval: Interval

    @property
    def used(self) -> bool:
        """Whether anybody used it."""
        return any(self.marked_by[1:])

    def to_dict(self) -> dict[str, Any]:
        """Numbers and the reason for a missing one, for JSON."""
        return {
            "code": self.code.slug,
            "marked_by": list(self.marked_by),
            "alpha": self.alpha.value,
            "interval": self.interval.to_dict(),
            "reasons": {"alpha": self.alpha.words} if self.alpha.reason else {},
        }


@dataclass(frozen=True, slots=True)
class Several:
    """What several coders agree on.

    `transcripts` are those that all have finished, `left_out` the others. A pair is compared on
    all transcripts that just those two have finished.
    """

    coders: tuple[Coder, ...]
    transcripts: tuple[Transcript, ...]
    left_out: tuple[Transcript, ...]
    codes: tuple[CodeOfAll, ...]
    pairs: tuple[Agreement, ...]

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON; codes and transcripts by name."""
        return {
            "coders": [coder.name for coder in self.coders],
            "unit": "character",
            "documents": len(self.transcripts),
            "transcripts": [transcript.name for transcript in self.transcripts],
            "left_out": [transcript.name for transcript in self.left_out],
            "codes": [code.to_dict() for code in self.codes],
            "pairs": [_pair(pair) for pair in self.pairs],
        }


def _pair(pair: Agreement) -> dict[str, Any]:
    overall = pair.overall.to_dict()
    names = ("shared", "pooled_kappa", "f1", "alpha_sets_coded_text")
    return {
        "coders": list(pair.coders),
        "documents": len(pair.documents),
        **{name: overall[name] for name in names},
        "reasons": {name: words for name, words in overall["reasons"].items() if name in names},
    }


def agree_all(
    project: Project, coders: Sequence[Coder] | None = None, *, everything: bool = False
) -> Several:
    """Compare all who read independently (or the `coders` given), together and two by two.

    Raises `InputError` for fewer than two coders, and `SealedError` as `comparison.compare` does.
    """
    people = tuple(coders) if coders is not None else tuple(project.coders.pair())
    if len(people) < 2:
        raise too_few_coders(len(people))
    pairs = [compare(project, a, b, everything=everything) for a, b in combinations(people, 2)]
    shared = set.intersection(*({t.id for t in pair.transcripts} for pair in pairs))
    first = pairs[0]
    chosen = [*first.transcripts, *first.left_out]
    on = project.settings.get("coefficients")
    return Several(
        coders=people,
        transcripts=tuple(t for t in chosen if t.id in shared),
        left_out=tuple(t for t in chosen if t.id not in shared),
        codes=tuple(_of_all(code, people, pairs, shared, on) for code in first.codes),
        pairs=tuple(agree(pair, options_of(project, pair.codes)) for pair in pairs),
    )


def _of_all(
    code: Code, people: Sequence[Coder], pairs: Sequence[Comparison], shared: set[str], on: bool
) -> CodeOfAll:
    histograms = _histograms(code, pairs[: len(people) - 1], shared)  # the first coder with each other one
    total = tuple(sum(column) for column in zip(*histograms, strict=True)) or (0,) * (len(people) + 1)
    if not on:
        off = Reason.SWITCHED_OFF
        return CodeOfAll(code, total, undefined(off), without_interval(off))
    alpha = alpha_of_coders(histograms).alpha
    clusters = Clusters([reading for reading in pairs[0].readings if reading.document in shared])
    return CodeOfAll(code, total, alpha, _interval_of_all(alpha, clusters.added_up(histograms), clusters))


def _interval_of_all(alpha: Value, parts: Sequence[Histogram], clusters: Clusters) -> Interval:
    """The interval of alpha of all coders together, from the histograms per cluster."""
    if alpha.reason is not None:
        return without_interval(alpha.reason)
    holding = [part for part in parts if any(part[1:])]
    if (reason := too_few(len(parts), len(holding), clusters.terms)) is not None:
        return without_interval(reason)
    without = [alpha_of_coders(part for part in parts if part is not out).alpha.value for out in holding]
    return jackknife(alpha.value, without, [sum(part[1:]) for part in holding], as_dice, clusters.terms)


def _histograms(code: Code, pairs: Sequence[Comparison], shared: set[str]) -> list[Histogram]:
    """Per transcript how many characters 0, 1, … coders marked; `pairs` all have the same first coder."""
    marks: dict[str, list[Sequence[Mark]]] = {}
    lengths: dict[str, int] = {}
    for n, pair in enumerate(pairs):
        for reading in pair.readings:
            if reading.document in shared:
                of_a, of_b = reading.cells.get(code.id, ((), ()))
                marks.setdefault(reading.document, []).extend([of_b] if n else [of_a, of_b])
                lengths[reading.document] = reading.length
    return [count_coders(sides, lengths[document]) for document, sides in marks.items()]
