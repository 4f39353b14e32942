"""What an article says about agreement: a methods paragraph and an appendix table, as text and rows.

Both come in Dutch or English; Word, CSV and JSON are made of them elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from qualcode.agreement.intervals import BOOTSTRAP_FROM, JACKKNIFE_FROM, Interval
from qualcode.agreement.kinds import DifferenceKind, Reconciliation
from qualcode.agreement.result import Agreement, CodeAgreement, CodeState, Series, through_rounds
from qualcode.agreement.sampling import Sample
from qualcode.agreement.value import Reason
from qualcode.i18n import _, ngettext, number, percent, speaking
from qualcode.reports.wording.sentences import measure_name, unit_name, value_text, verdict

THIN_SPACE = "\u202f"  # between thousands, right in either language


@dataclass(frozen=True, slots=True)
class Facts:
    """What the methods section needs besides the agreement itself.

    `available` is the number of transcripts in the project; `rounds` how many rounds there
    were; `kinds` the differences counted; `unresolved` differences left as two readings.
    `names` gives the readable name of a code. `through` has every round, before talking and after.
    """

    agreement: Agreement
    available: int
    sample: Sample | None = None
    kinds: Reconciliation | None = None
    rounds: int = 1
    unresolved: int | None = None
    discussed: Agreement | None = None
    names: Mapping[str, str] | None = None
    through: tuple[Agreement, ...] = ()

    def name(self, code: str) -> str:
        """The readable name of a code."""
        return (self.names or {}).get(code, code)


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table as text: caption, header, rows, and notes to stand below it."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return {
            "caption": self.caption,
            "header": list(self.header),
            "rows": [list(row) for row in self.rows],
            "notes": list(self.notes),
        }


def methods_paragraph(facts: Facts, language: str | None = None) -> str:
    """The paragraph for the methods section, in "nl" or "en" (or the language in use)."""
    with speaking(language):
        sentences = [
            *_material(facts),
            *_counting(facts.agreement),
            *(_measures(facts.agreement) if facts.agreement.coefficients else []),
            *(_results(facts) if facts.agreement.coefficients else []),
            *_kinds(facts),
            *_afterwards(facts),
        ]
        return " ".join(sentences)


def _material(facts: Facts) -> list[str]:
    n = len(facts.agreement.documents)
    share = percent(n / facts.available) if facts.available else "–"
    if facts.agreement.series is Series.DISCUSSED:
        first = ngettext(
            "Of {all} transcripts, {n} ({share}) was coded by two coders and then discussed; "
            "the figures below are from after the discussion and say nothing about reliability.",
            "Of {all} transcripts, {n} ({share}) were coded by two coders and then discussed; "
            "the figures below are from after the discussion and say nothing about reliability.",
            n,
        )
    else:
        first = ngettext(
            "Of {all} transcripts, {n} ({share}) was coded by two coders independently of each other.",
            "Of {all} transcripts, {n} ({share}) were coded by two coders independently of each other.",
            n,
        )
    sentences = [first.format(all=facts.available, n=n, share=share)]
    if facts.sample is None:
        return sentences
    if facts.sample.method == "stratified":
        how = _("They were drawn by lot, stratified by informant and spread over cases (seed {seed}).")
    else:
        how = _("They were drawn by lot (seed {seed}).")
    return [*sentences, how.format(seed=facts.sample.seed)]


def _counting(found: Agreement) -> list[str]:
    sentences = [
        _(
            "Agreement was computed per code, with the {unit} as unit; counts were added over transcripts first."
        ).format(unit=unit_name(found))
    ]
    if found.trimmed:
        sentences.append(_("White space at the edges of fragments was left out of account."))
    if found.excluded:
        sentences.append(_("The interviewer's words were left out of account."))
    return sentences


def _measures(found: Agreement) -> list[str]:
    sentences = [
        _(
            "We report the share of the coded text that both coders marked (Jaccard index), Krippendorff's "
            "alpha (nominal, per code), Cohen's kappa, and the F1 of codings matched one to one with at "
            "least half of their text in common; over all codes pooled kappa and alpha on sets of codes "
            "(MASI) on coded text."
        )
    ]
    methods = {code.interval.method for code in found.codes if isinstance(code.interval, Interval)}
    what = _("cases") if found.by_case else _("transcripts")
    if "bootstrap" in methods:
        sentences.append(
            _(
                "Intervals (95 %) for alpha come from a percentile bootstrap over {what} ({n} resamples, seed {seed})."
            ).format(what=what, n=found.resamples, seed=found.seed)
        )
    elif "jackknife" in methods:
        sentences.append(
            _("Intervals (95 %) for alpha come from a jackknife over {what} with Student's t.").format(
                what=what
            )
        )
    else:
        sentences.append(
            _(
                "No intervals are given: they take at least {n} transcripts coded twice in which the code occurs."
            ).format(n=JACKKNIFE_FROM)
        )
    return sentences


def _results(facts: Facts) -> list[str]:
    found = facts.agreement
    judged = [code for code in found.codes if code.state is CodeState.COMPARED]
    alphas = sorted(value for code in judged if (value := code.values["alpha"].value) is not None)
    sentences = []
    if alphas:
        sentences.append(
            ngettext(
                "Alpha was {median} for the one code used often enough to judge.",
                "Over the {n} codes used often enough to judge, alpha ran from {low} to {high} (median {median}).",
                len(alphas),
            ).format(
                n=len(alphas), low=number(alphas[0]), high=number(alphas[-1]), median=number(median(alphas))
            )
        )
    pooled = found.overall.pooled_kappa
    if pooled.value is not None:
        sentences.append(_("Pooled kappa was {kappa}.").format(kappa=number(pooled.value)))
    one_sided = [code for code in found.codes if code.state in (CodeState.ONLY_A, CodeState.ONLY_B)]
    for sentence, codes in (
        (_("Not used by either coder: {codes}."), _in(found, CodeState.UNUSED)),
        (_("Used by one of the two coders only: {codes}."), one_sided),
        (_("Used too rarely to judge: {codes}."), _in(found, CodeState.LITTLE)),
    ):
        if codes:
            sentences.append(sentence.format(codes=", ".join(facts.name(code.code) for code in codes)))
    return sentences


def _in(found: Agreement, state: CodeState) -> list[CodeAgreement]:
    return [code for code in found.codes if code.state is state]


def _kinds(facts: Facts) -> list[str]:
    if facts.kinds is None:
        return []
    places = facts.kinds.places
    differing = [kind for kind in DifferenceKind if kind is not DifferenceKind.AGREED and places[kind]]
    n = sum(places[kind] for kind in differing)
    listed = ", ".join(f"{kind.named(facts.agreement.coders)} {places[kind]}" for kind in differing)
    sentence = ngettext(
        "The coders agreed on {agreed} passages and differed in {n} place",
        "The coders agreed on {agreed} passages and differed in {n} places",
        n,
    ).format(agreed=places[DifferenceKind.AGREED], n=n)
    return [f"{sentence} ({listed})." if listed else f"{sentence}."]


def _afterwards(facts: Facts) -> list[str]:
    sentences = []
    if facts.rounds > 1 and facts.agreement.label:
        sentences.append(
            _("There were {n} rounds of coding; the figures are those of “{round}”.").format(
                n=facts.rounds, round=facts.agreement.label
            )
        )
    elif facts.rounds > 1:
        sentences.append(_("There were {n} rounds of coding.").format(n=facts.rounds))
    if facts.unresolved is not None:
        sentences.append(
            _("All differences were talked through and settled.")
            if facts.unresolved == 0
            else ngettext(
                "{n} difference was left as two readings.",
                "{n} differences were left as two readings.",
                facts.unresolved,
            ).format(n=facts.unresolved)
        )
    if facts.discussed is not None and facts.discussed.coefficients:
        value = facts.discussed.overall.pooled_kappa
        if value.value is not None:
            sentences.append(
                _("After discussion pooled kappa was {kappa}, which is not a reliability figure.").format(
                    kappa=number(value.value)
                )
            )
    return sentences


def rounds_tables(facts: Facts, language: str | None = None) -> list[TextTable]:
    """Alpha per code through the rounds: one table per series, so that the two never stand in one."""
    with speaking(language):
        tables = []
        for series in Series:
            found = [one for one in facts.through if one.series is series and one.coefficients]
            lines = [line for line in through_rounds(found) if any(p.shared.defined for p in line.points)]
            if lines:
                tables.append(
                    TextTable(
                        caption=_("Alpha per code and round: {series}").format(series=series.label),
                        header=(
                            _("code").capitalize(),
                            *(f"{one.label or _('all done')} ({len(one.documents)})" for one in found),
                        ),
                        rows=tuple(
                            (facts.name(line.code), *(value_text(point.alpha) for point in line.points))
                            for line in lines
                        ),
                        notes=(),
                    )
                )
        return tables


def appendix_table(facts: Facts, language: str | None = None) -> TextTable:
    """One row per code, rare and undefined ones included, with what they rest on."""
    with speaking(language):
        found = facts.agreement
        counts = (
            _("code").capitalize(),
            _("Codings {a} / {b}").format(a=found.coders[0], b=found.coders[1]),
            _("Both"),
            *(_("Only {coder}").format(coder=coder) for coder in found.coders),
        )
        figures = (
            (measure_name("shared"), _("Alpha [95 %]"), measure_name("kappa"), "F1", _("Remark"))
            if found.coefficients
            else ()
        )
        return TextTable(
            caption=_("Agreement of two coders per code: {series}").format(series=found.series.label),
            header=(*counts, *figures),
            rows=tuple(_row(facts, code) for code in found.codes),
            notes=tuple(_notes(facts)),
        )


def _row(facts: Facts, code: CodeAgreement) -> tuple[str, ...]:
    matches, counts = code.matches, code.counts
    one_sided = code.state in (CodeState.ONLY_A, CodeState.ONLY_B)
    alpha, kappa = ("–" if one_sided else value_text(code.values[name]) for name in ("alpha", "kappa"))
    if isinstance(code.interval, Interval):
        alpha += f" [{number(code.interval.low)}; {number(code.interval.high)}]"
    counted = (
        facts.name(code.code),
        f"{matches.codings_a} / {matches.codings_b}" if matches else "–",
        str(counts.both),
        str(counts.only_a),
        str(counts.only_b),
    )
    if not facts.agreement.coefficients:
        return counted
    return (
        *counted,
        percent(code.values["shared"].value),
        alpha,
        kappa,
        value_text(code.values["f1"]),
        _remark(code) if code.state is CodeState.COMPARED else verdict(code, facts.agreement.coders),
    )


def _remark(code: CodeAgreement) -> str:
    return code.interval.words if code.interval is Reason.RARE_CODE else ""


def _notes(facts: Facts) -> Sequence[str]:
    found = facts.agreement
    notes = [
        _("Unit: {unit}. N = {n} transcripts, {length} units.").format(
            unit=unit_name(found), n=len(found.documents), length=f"{found.length:,}".replace(",", THIN_SPACE)
        )
    ]
    if found.coefficients:
        notes.append(
            _(
                "Alpha: Krippendorff, nominal. F1: codings matched one to one, at least half of the text in common."
            )
        )
    if found.coefficients and len(found.documents) >= BOOTSTRAP_FROM:
        notes.append(_("Bootstrap: {n} resamples, seed {seed}.").format(n=found.resamples, seed=found.seed))
    if found.left_out:
        names = ", ".join(facts.name(transcript) for transcript in found.left_out)
        notes.append(_("Not yet done by both and left out: {names}.").format(names=names))
    return notes
