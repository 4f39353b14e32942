"""What an article says about agreement, in one paragraph: nothing that the record does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from qualcode.agreement.intervals import FEWEST, TENTATIVE
from qualcode.agreement.kinds import DifferenceKind, Reconciliation
from qualcode.agreement.result import Agreement, CodeAgreement, CodeState, Series
from qualcode.agreement.sampling import Sample
from qualcode.i18n import _, ngettext, number, percent, speaking
from qualcode.reports.wording.claims import Independence, independence_sentences
from qualcode.reports.wording.sentences import coefficient_text, sample_chances, unit_name


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the differences: settled, agreed to differ, still open."""

    settled: int
    differ: int
    open: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the methods section needs besides the agreement itself.

    `available` is the number of transcripts in the project; `independence` says per transcript how it was read;
    `roles` what the coders are; `rounds` names the earlier rounds, whose figures are not these; `kinds` the
    differences counted. `names` gives the readable name of a code. `through` has every round, before
    talking and after. `codebook` and `version` are those of the codebook and of this program; `inputs` is what
    the figures can be computed again from.
    """

    agreement: Agreement
    available: int
    sample: Sample | None = None
    kinds: Reconciliation | None = None
    settled: Settled | None = None
    discussed: Agreement | None = None
    names: Mapping[str, str] | None = None
    through: tuple[Agreement, ...] = ()
    independence: Mapping[str, Independence] | None = None
    roles: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    codebook: str = ""
    version: str = ""
    inputs: Mapping[str, Any] | None = None

    def name(self, code: str) -> str:
        """The readable name of a code."""
        return (self.names or {}).get(code, code)


def methods_paragraph(facts: Facts, language: str | None = None) -> str:
    """The paragraph for the methods section, in "nl" or "en" (or the language in use)."""
    with speaking(language):
        sentences = [
            *_material(facts),
            *_coders(facts),
            *_counting(facts.agreement),
            *(_measures(facts.agreement) if facts.agreement.coefficients else []),
            *(_results(facts) if facts.agreement.coefficients else []),
            *_kinds(facts),
            *_afterwards(facts),
            *_made_with(facts),
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
            "Of {all} transcripts, {n} ({share}) was coded by two coders.",
            "Of {all} transcripts, {n} ({share}) were coded by two coders.",
            n,
        )
    sentences = [first.format(all=facts.available, n=n, share=share)]
    if facts.agreement.series is not Series.DISCUSSED:
        states = facts.independence or {}
        sentences += independence_sentences(
            states.get(transcript, Independence.UNSEALED) for transcript in facts.agreement.documents
        )
    if facts.sample is None:
        return sentences
    if facts.sample.method == "stratified":
        how = _("They were drawn by lot, stratified by informant and spread over cases (seed {seed}).")
    else:
        how = _("They were drawn by lot (seed {seed}).")
    sentences += [how.format(seed=facts.sample.seed), *filter(None, [sample_chances(facts.sample)])]
    if facts.sample.redrawn:
        sentences.append(
            ngettext(
                "Before this sample {n} other was drawn.",
                "Before this sample {n} others were drawn.",
                facts.sample.redrawn,
            ).format(n=facts.sample.redrawn)
        )
    return sentences


def _coders(facts: Facts) -> list[str]:
    sentences = []
    if facts.roles:
        sentences.append(_("The coders: {roles}.").format(roles=", ".join(facts.roles)))
    if facts.codebook:
        sentences.append(_("They used version {version} of the codebook.").format(version=facts.codebook[:8]))
    return sentences


def _counting(found: Agreement) -> list[str]:
    sentences = [
        _(
            "Coders chose themselves where a passage begins and ends; several codes may lie on the same words."
        ),
        _(
            "Agreement was computed per code, with the {unit} as unit (N = {length}); counts were added over "
            "transcripts first."
        ).format(unit=unit_name(found), length=with_thousands(found.length)),
        _("White space at the edges of fragments was left out of account.")
        if found.trimmed
        else _("The edges of fragments were taken as they were coded."),
        _("The interviewer's words were left out of account.")
        if found.excluded
        else _("The interviewer's words counted."),
    ]
    if found.dropped:
        sentences.append(
            ngettext(
                "{n} coding of which nothing remained was dropped.",
                "{n} codings of which nothing remained were dropped.",
                found.dropped,
            ).format(n=found.dropped)
        )
    return sentences


THIN_SPACE = "\u202f"  # between thousands, right in either language


def with_thousands(n: int) -> str:
    """A large number that can be read."""
    return f"{n:,}".replace(",", THIN_SPACE)


def _measures(found: Agreement) -> list[str]:
    sentences = [
        _(
            "We report the share of the coded text that both coders marked (Jaccard index), Krippendorff's "
            "alpha (nominal, per code; text without the code is a value too), Cohen's kappa, and the F1 of "
            "codings matched one to one with at least half of their text in common; over all codes pooled kappa "
            "and alpha on sets of codes (MASI) on coded text."
        )
    ]
    what = _("cases") if found.by_case else _("transcripts")
    if any(code.interval.ends for code in found.codes):
        sentences.append(
            _(
                "Intervals (95 %) come from a jackknife over {what} on a logarithmic scale, with one pretended one "
                "added, and Student's t."
            ).format(what=what)
        )
    else:
        sentences.append(
            _(
                "No intervals are given: they take at least {n} {what} coded twice in which the code occurs."
            ).format(n=FEWEST, what=what)
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
                n=len(alphas),
                low=coefficient_text(alphas[0]),
                high=coefficient_text(alphas[-1]),
                median=coefficient_text(median(alphas)),
            )
        )
    pooled = found.overall.pooled_kappa
    if pooled.value is not None:
        sentences.append(_("Pooled kappa was {kappa}.").format(kappa=coefficient_text(pooled.value)))
    one_sided = [code for code in found.codes if code.state in (CodeState.ONLY_A, CodeState.ONLY_B)]
    below = [
        code for code in judged if (alpha := code.values["alpha"].value) is not None and alpha < TENTATIVE
    ]
    for sentence, codes in (
        (_("Alpha below {line}: {codes}.").replace("{line}", number(TENTATIVE, 3)), below),
        (_("Without an interval: {codes}."), [code for code in judged if code.interval.ends is None]),
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
    if facts.earlier and facts.agreement.label:
        sentences.append(
            _("The figures are those of {round}; earlier rounds, which are not in them: {earlier}.").format(
                round=facts.agreement.label, earlier=", ".join(facts.earlier)
            )
        )
    if facts.settled is not None:
        sentences.append(
            _(
                "Of the differences {settled} were settled, {differ} agreed to differ on, and {open} left open."
            ).format(settled=facts.settled.settled, differ=facts.settled.differ, open=facts.settled.open)
        )
    if facts.discussed is not None and facts.discussed.coefficients:
        value = facts.discussed.overall.pooled_kappa
        if value.value is not None:
            sentences.append(
                _("After discussion pooled kappa was {kappa}, which is not a reliability figure.").format(
                    kappa=coefficient_text(value.value)
                )
            )
    return sentences


def _made_with(facts: Facts) -> list[str]:
    if not facts.version:
        return []
    sentences = [_("Computed with qualcode {version}.").format(version=facts.version)]
    if facts.agreement.coefficients:
        sentences.append(
            _("References: {references}.").format(
                references="; ".join(
                    (
                        "Krippendorff (2019), Content Analysis, 4th ed.",
                        "Cohen (1960), Educ. Psychol. Meas. 20:37",
                        "De Vries et al. (2008), Field Methods 20:272",
                        "Passonneau (2006), LREC",
                        "Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 11",
                        "Agresti & Coull (1998), Am. Stat. 52:119",
                    )
                )
            )
        )
    return sentences
