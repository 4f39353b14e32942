"""What a comparison of two coders finds: records for the screen, the command line, reports; and rounds in a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from qualcode.agreement.coefficients import coefficient
from qualcode.agreement.counts import Counts
from qualcode.agreement.intervals import Interval, without_interval
from qualcode.agreement.matching import Matches
from qualcode.agreement.unitized import Covered
from qualcode.agreement.value import Reason, Value
from qualcode.i18n import N_, Labelled

# Fewer coded characters (or sentences, turns) than this are too few to judge a code by.
LITTLE_TEXT = 500
LITTLE_UNITS = 10


class CodeState(StrEnum):
    """How far the use of a code can be compared at all."""

    UNUSED = "unused"
    ONLY_A = "only-a"
    ONLY_B = "only-b"
    LITTLE = "little"
    COMPARED = "compared"


class Series(Labelled):
    """Which of the two quantities a figure is; the one never stands for the other."""

    AS_CODED = "independent", N_("Agreement as each coded it")
    DISCUSSED = "discussed", N_("Agreement after discussion (not a reliability figure)")


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """One code (or group of codes): counts, coefficients by name, intervals of the headline ones.

    `values` holds every coefficient of `coefficients.BINARY` and f1, f1_exact, f1_any; `intervals` those of
    alpha, kappa, shared and f1 (none with coefficients off). `cells` are the counts in each document, `matched`
    the codings that pair up there.
    """

    code: str
    unit: str
    counts: Counts
    matched: tuple[Matches, ...] | None
    values: Mapping[str, Value]
    intervals: Mapping[str, Interval]
    cells: tuple[tuple[str, Counts], ...] = ()

    @property
    def matches(self) -> Matches | None:
        """How many codings pair up in all documents; `None` where they are too dense to pair."""
        return sum(self.matched, Matches()) if self.matched is not None else None

    @property
    def interval(self) -> Interval:
        """The interval of alpha, or why there is none."""
        return self.intervals.get("alpha", without_interval(Reason.SWITCHED_OFF))

    @property
    def documents(self) -> int:
        """In how many documents either coder used it."""
        return sum(counts.coded > 0 for _document, counts in self.cells)

    @property
    def dots(self) -> list[tuple[str, Value]]:
        """Alpha per document, to draw as dots; empty when coefficients are off."""
        if self.values["alpha"].reason is Reason.SWITCHED_OFF:
            return []
        return [(document, coefficient("alpha", counts)) for document, counts in self.cells if counts.coded]

    @property
    def state(self) -> CodeState:
        """How far it can be compared."""
        if not self.counts.coded:
            return CodeState.UNUSED
        if not self.counts.b:
            return CodeState.ONLY_A
        if not self.counts.a:
            return CodeState.ONLY_B
        little = LITTLE_TEXT if self.unit == "character" else LITTLE_UNITS
        return CodeState.LITTLE if self.counts.coded < little else CodeState.COMPARED

    def __getitem__(self, name: str) -> Value:
        """The coefficient called `name`."""
        return self.values[name]

    def to_dict(self) -> dict[str, Any]:
        """Counts, coefficients (`None` where undefined) and the reasons, for JSON."""
        reasons = {name: value.words for name, value in self.values.items() if value.reason}
        if self.interval.reason is not None:
            reasons["interval"] = self.interval.reason.words
        return {
            "code": self.code,
            "both": self.counts.both,
            "only_a": self.counts.only_a,
            "only_b": self.counts.only_b,
            "neither": self.counts.neither,
            **{name: value.value for name, value in self.values.items()},
            "interval": self.interval.to_dict(),
            "intervals": {name: found.to_dict() for name, found in self.intervals.items()},
            "codings_a": self.matches.codings_a if self.matches else None,
            "codings_b": self.matches.codings_b if self.matches else None,
            "documents": self.documents,
            "state": self.state.value,
            "reasons": reasons,
        }


@dataclass(frozen=True, slots=True)
class GroupAgreement:
    """A group of codes: do the coders mark the same passages, and, there, choose the same code?

    `where` is alpha of "any code of the group" by characters, which is |u-alpha but for the
    fifth decimal on a text as long as an interview, `interval` the interval of that; `what` is
    cu-alpha with its coverage, the share of the text that both marked, `what_interval` its interval. `by_sets`:
    a coder put several of the codes on the same words, so `what` is alpha on sets of codes instead.
    """

    group: str
    codes: tuple[str, ...]
    where: Value
    what: Covered
    interval: Interval
    what_interval: Interval
    by_sets: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Numbers and reasons, for JSON."""
        named = {"where": self.where, "what": self.what.alpha, "coverage": self.what.coverage}
        return {
            "group": self.group,
            "codes": list(self.codes),
            **{name: value.value for name, value in named.items()},
            "interval": self.interval.to_dict(),
            "what_interval": self.what_interval.to_dict(),
            "what_by": "alpha on sets (MASI)" if self.by_sets else "cu-alpha",
            "reasons": {name: value.words for name, value in named.items() if value.reason},
        }


@dataclass(frozen=True, slots=True)
class Overall:
    """All codes together. `counts` adds up the codes; `groups` starts with all codes as one group.

    `sets` is set-valued alpha (MASI) on coded text, `sets_all_text` the same on all text. `intervals` are
    those of shared, pooled_kappa, f1 and sets (none with coefficients off).
    """

    counts: Counts
    matches: Matches | None
    shared: Value
    pooled_kappa: Value
    f1: Value
    sets: Value
    sets_all_text: Value
    groups: tuple[GroupAgreement, ...]
    intervals: Mapping[str, Interval]

    def to_dict(self) -> dict[str, Any]:
        """Numbers and reasons, for JSON."""
        named = {
            "shared": self.shared,
            "pooled_kappa": self.pooled_kappa,
            "f1": self.f1,
            "alpha_sets_coded_text": self.sets,
            "alpha_sets_all_text": self.sets_all_text,
        }
        return {
            **{name: value.value for name, value in named.items()},
            "intervals": {name: found.to_dict() for name, found in self.intervals.items()},
            "groups": [group.to_dict() for group in self.groups],
            "reasons": {name: value.words for name, value in named.items() if value.reason},
        }


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two coders compared. `documents` were compared, `left_out` were not done by both.

    `unit` is "character", "sentence" or "turn"; for the last two, `rule` says when a unit
    counts as coded ("touched", "majority"). `label` names what it is about (a round, a case,
    a role). `excluded` characters (the interviewer's words) were cut out. `dropped` codings had nothing left.
    `cases` names the case of each document ("": none).
    """

    coders: tuple[str, str]
    documents: tuple[str, ...]
    codes: tuple[CodeAgreement, ...]
    overall: Overall
    left_out: tuple[str, ...] = ()
    unit: str = "character"
    rule: str = "touched"
    length: int = 0
    trimmed: bool = False
    excluded: int = 0
    dropped: int = 0
    series: Series = Series.AS_CODED
    label: str = ""
    coefficients: bool = True
    cases: tuple[str, ...] = ()

    @property
    def by_case(self) -> bool:
        """Whether intervals rest on cases: as soon as one case has more than one interview."""
        labels = [case for case in self.cases if case]
        return len(set(labels)) < len(labels)

    def of(self, code: str) -> CodeAgreement:
        """The record of one code; raises `KeyError` when it was not compared."""
        for found in self.codes:
            if found.code == code:
                return found
        raise KeyError(code)

    def to_dict(self) -> dict[str, Any]:
        """The whole, for JSON."""
        return {
            "coders": list(self.coders),
            "unit": self.unit,
            "rule": None if self.unit == "character" else self.rule,
            "documents": len(self.documents),
            "transcripts": list(self.documents),
            "left_out": list(self.left_out),
            "length": self.length,
            "trimmed": self.trimmed,
            "excluded": self.excluded,
            "dropped": self.dropped,
            "series": self.series.value,
            "label": self.label,
            "coefficients": self.coefficients,
            "overall": self.overall.to_dict(),
            "codes": [code.to_dict() for code in self.codes],
        }


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """The figure of one code in one round. `round` is the label of the round, `interval` that of alpha."""

    round: str
    documents: int
    alpha: Value
    shared: Value
    interval: Interval


@dataclass(frozen=True, slots=True)
class CodeThroughRounds:
    """One code through the rounds, in one series. `label` says what the figures are."""

    series: Series
    code: str
    points: tuple[RoundFigures, ...]

    @property
    def label(self) -> str:
        """The heading that must stand with the figures."""
        return self.series.label

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return {
            "series": self.series.value,
            "code": self.code,
            "points": [
                {
                    "round": point.round,
                    "documents": point.documents,
                    "alpha": point.alpha.value,
                    "shared": point.shared.value,
                    "interval": point.interval.to_dict(),
                }
                for point in self.points
            ],
        }


def through_rounds(comparisons: Iterable[Agreement]) -> list[CodeThroughRounds]:
    """The lines of every code, those before discussion first; rounds in the order given.

    Each comparison says which series it belongs to; a code has one line per series.
    """
    points: dict[tuple[Series, str], list[RoundFigures]] = {}
    for found in comparisons:
        for code in found.codes:
            point = RoundFigures(
                found.label, len(found.documents), code["alpha"], code["shared"], code.interval
            )
            points.setdefault((found.series, code.code), []).append(point)
    return [
        CodeThroughRounds(series, code, tuple(of_code))
        for wanted in Series
        for (series, code), of_code in points.items()
        if series is wanted
    ]
