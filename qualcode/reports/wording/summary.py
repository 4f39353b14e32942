"""What is shown of a comparison, line by line: a few lines first, the rest under "more"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.agreement.intervals import Interval
from qualcode.agreement.result import Agreement, CodeAgreement, CodeState, GroupAgreement
from qualcode.agreement.value import Reason, Value
from qualcode.i18n import _, number, percent
from qualcode.reports.wording.sentences import (
    interval_sentence,
    measure_hint,
    measure_name,
    shared_sentence,
    value_text,
    verdict,
)

MORE = ("dice", "f1_exact", "f1_any", "pi", "percent", "brennan_prediger", "ac1")


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A measure: its key in `words.MEASURES`, its value for people, and what it says (may be empty)."""

    measure: str
    value: str
    says: str = ""

    @property
    def name(self) -> str:
        """The name of the measure."""
        return measure_name(self.measure)


def lines_of_code(name: str, found: CodeAgreement, coders: Sequence[str]) -> list[SummaryLine]:
    """The first lines of one code: shared text, alpha with its interval, kappa, matching passages.

    Empty when coefficients are switched off.
    """
    if found["alpha"].reason is Reason.SWITCHED_OFF:
        return []
    judged = found.state is CodeState.COMPARED
    alpha = value_text(found["alpha"])
    if isinstance(found.interval, Interval):
        alpha += f" [{number(found.interval.low)} – {number(found.interval.high)}]"
    about = " ".join(
        part for part in (verdict(found, coders), interval_sentence(found.interval) if judged else "") if part
    )
    return [
        SummaryLine("shared", percent(found["shared"].value), shared_sentence(name, found)),
        SummaryLine("alpha", alpha, about),
        SummaryLine("kappa", value_text(found["kappa"]), measure_hint("kappa")),
        SummaryLine("f1", value_text(found["f1"]), _passages(found, coders)),
    ]


def _passages(found: CodeAgreement, coders: Sequence[str]) -> str:
    if found.matches is None:
        return found["f1"].words
    return _("Codings: {a} {n}, {b} {m}; {close} pairs match.").format(
        a=coders[0],
        b=coders[1],
        n=found.matches.codings_a,
        m=found.matches.codings_b,
        close=found.matches.close,
    )


def more_of_code(found: CodeAgreement) -> list[SummaryLine]:
    """The other measures of one code, each with what it is or why it is missing."""
    if found["alpha"].reason is Reason.SWITCHED_OFF:
        return []
    return [
        SummaryLine(name, _shown(name, found[name]), found[name].words or measure_hint(name)) for name in MORE
    ]


def lines_of_all(found: Agreement) -> list[SummaryLine]:
    """The first lines of all codes together; empty when coefficients are switched off."""
    overall = found.overall
    if not found.coefficients:
        return []
    named = (("shared", overall.shared), ("pooled_kappa", overall.pooled_kappa), ("f1", overall.f1))
    lines = [_line(name, value) for name, value in named]
    if overall.groups:
        lines += lines_of_group(overall.groups[0])
    return [*lines, _line("sets", overall.sets)]


def more_of_all(found: Agreement) -> list[SummaryLine]:
    """The other measures of all codes together."""
    return [_line("sets_all_text", found.overall.sets_all_text)] if found.coefficients else []


def lines_of_group(group: GroupAgreement) -> list[SummaryLine]:
    """Where against what: the same passages, and there the same code?"""
    covered = ""
    if group.what.coverage.value is not None:
        covered = " " + _("(rests on {share} of the text)").format(share=percent(group.what.coverage.value))
    what = _line("what", group.what.alpha)
    return [_line("where", group.where), SummaryLine("what", what.value + covered, what.says)]


def _line(name: str, value: Value) -> SummaryLine:
    return SummaryLine(name, _shown(name, value), value.words or measure_hint(name))


def _shown(name: str, value: Value) -> str:
    return percent(value.value) if name in ("shared", "percent") else value_text(value)


def codings_parts(found: CodeAgreement) -> tuple[int, int, int]:
    """Codings that match, of A alone and of B alone: the bar in codings; zeros when they cannot be paired."""
    matches = found.matches
    if matches is None:
        return (0, 0, 0)
    return (matches.close, matches.codings_a - matches.close, matches.codings_b - matches.close)


def chance_below(found: CodeAgreement) -> str:
    """How likely alpha lies under Krippendorff's lower line; empty without an interval."""
    if not isinstance(found.interval, Interval):
        return ""
    return _("The chance that alpha lies below {line} is {share}.").format(
        line=number(0.667, 3), share=percent(found.interval.below)
    )
