"""What an article says about agreement, in one paragraph: nothing that the record does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from qualcode.agreement.intervals import FEWEST, TENTATIVE, Interval
from qualcode.agreement.kinds import DifferenceKind, Reconciliation
from qualcode.agreement.result import Agreement, CodeAgreement, CodeState, Series
from qualcode.agreement.sampling import Sample
from qualcode.agreement.value import Value
from qualcode.i18n import _, ngettext, number, percent, speaking
from qualcode.reports.wording.claims import Independence, independence_sentences
from qualcode.reports.wording.sentences import coefficient_text, interval_text, sample_chances, unit_name


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
    `roles` what the coders are; `earlier` names the rounds before, whose figures are not these; `kinds` the
    differences counted. `names` gives the readable name of a code. `through` has every round, before
    talking and after. `codebook` and `version` are those of the codebook and of this program; `inputs` is what
    the figures can be computed again from. With more than two coders `pairs` has every two of them, `together`
    alpha of all on each code they used. `days_between`: the same person read twice, so many days apart.
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
    pairs: tuple[Agreement, ...] = ()
    together: tuple[tuple[str, Value, Interval], ...] = ()
    days_between: int | None = None

    def name(self, code: str) -> str:
        """The readable name of a code."""
        return (self.names or {}).get(code, code)

    def called(self, names: Mapping[str, str]) -> Facts:
        """The same, in which coders go by other names than their own (`names`: own name → the other)."""

        def one(found: Agreement) -> Agreement:
            a, b = (names.get(name, name) for name in found.coders)
            return replace(found, coders=(a, b))

        return replace(
            self,
            agreement=one(self.agreement),
            discussed=one(self.discussed) if self.discussed else None,
            through=tuple(map(one, self.through)),
            pairs=tuple(map(one, self.pairs)),
            roles=tuple(names.get(name, name) for name in self.agreement.coders),
        )


def methods_paragraph(facts: Facts, language: str | None = None) -> str:
    """The paragraph for the methods section, in "nl" or "en" (or the language in use)."""
    with speaking(language):
        sentences = [
            *_material(facts),
            *_coders(facts),
            *_counting(facts),
            *(_measures(facts.agreement) if facts.agreement.coefficients else []),
            *(_results(facts) if facts.agreement.coefficients else []),
            *_kinds(facts),
            *_afterwards(facts),
            *_made_with(facts),
        ]
        return " ".join(sentences)


def _material(facts: Facts) -> list[str]:
    found = facts.agreement
    sentences = [_extent(facts)]
    if found.series is Series.DISCUSSED:
        sentences.append(_("The figures are from after the discussion and say nothing about reliability."))
    elif facts.days_between is None:
        states = facts.independence or {}
        sentences += independence_sentences(
            states.get(transcript, Independence.UNSEALED) for transcript in found.documents
        )
    if facts.earlier:
        rounds = _("The figures are those of {round}; left out, as earlier rounds: {earlier}.")
        sentences.append(rounds.format(round=found.label, earlier="; ".join(facts.earlier)))
    if found.left_out:
        n = len(found.left_out)
        sentences.append(
            ngettext(
                "{n} transcript is left out, because not both coders had finished it.",
                "{n} transcripts are left out, because not both coders had finished them.",
                n,
            ).format(n=n)
        )
    return [*sentences, *(_drawn(facts.sample) if facts.sample else [])]


def _extent(facts: Facts) -> str:
    n = len(facts.agreement.documents)
    if facts.days_between is not None:
        twice = _("The figures rest on {n} of {all} transcripts, coded twice.")
        return twice.format(n=n, all=facts.available)
    if n == facts.available == 1:
        return _("The one transcript was coded by two coders.")
    if n == facts.available:
        return _("All {n} transcripts were coded by two coders.").format(n=n)
    share = percent(n / facts.available) if facts.available else "–"
    return _("The figures rest on {n} of the {all} transcripts ({share}), coded by two coders.").format(
        all=facts.available, n=n, share=share
    )


def _drawn(sample: Sample) -> list[str]:
    how = _("They were drawn by lot (seed {seed}).")
    if sample.method == "stratified":
        how = _("They were drawn by lot, stratified by informant and spread over cases (seed {seed}).")
    sentences = [how.format(seed=sample.seed), *filter(None, [sample_chances(sample)])]
    if sample.redrawn:
        before = ngettext(
            "Before this sample {n} other was drawn.",
            "Before this sample {n} others were drawn.",
            sample.redrawn,
        )
        sentences.append(before.format(n=sample.redrawn))
    return sentences


def _coders(facts: Facts) -> list[str]:
    sentences = []
    if facts.days_between is not None:
        sentences.append(
            ngettext(
                "Both readings are of the same person, {n} day apart (median): the figures say how stable they are, "
                "not whether two people agree.",
                "Both readings are of the same person, {n} days apart (median): the figures say how stable they are, "
                "not whether two people agree.",
                facts.days_between,
            ).format(n=facts.days_between)
        )
    elif facts.roles:
        *first, last = facts.roles
        roles = _("{first} and {last}").format(first=", ".join(first), last=last) if first else last
        sentences.append(_("The coders were {roles}.").format(roles=roles))
    if facts.codebook:
        sentences.append(_("They used version {version} of the codebook.").format(version=facts.codebook[:8]))
    return sentences


def _counting(facts: Facts) -> list[str]:
    found = facts.agreement
    sentences = [
        _(
            "Coders chose themselves where a passage begins and ends (free unitizing); several codes may lie on the "
            "same words."
        )
    ]
    counted = _("The codings were compared passage by passage ({unit}); no coefficients were computed.")
    if found.coefficients:
        counted = _("Agreement was computed per code ({unit}), from counts added over transcripts.")
    unit = _("unit: {unit}, N = {length}").format(unit=unit_name(found), length=with_thousands(found.length))
    sentences.append(counted.format(unit=unit))
    sentences.append(
        _("White space at the edges of fragments was left out of account.")
        if found.trimmed
        else _("The edges of fragments were taken as they were coded.")
    )
    settings = (facts.inputs or {}).get("settings", {})
    if found.excluded:
        sentences.append(_("The interviewer's words were left out of account."))
    elif settings.get("interviewer", True):
        sentences.append(_("The interviewer's words counted."))
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
    if any(code.interval.ends for code in found.codes):
        sentences.append(
            _(
                "The 95 % intervals are jackknife intervals that leave out one {cluster} at a time, with Student's t, "
                "on the scale ln((x + 1/3)/(1 − x)). One pseudo-{cluster} was added, in which the coders share half of "
                "what either marked."
            ).format(cluster=_("case") if found.by_case else _("transcript"))
        )
    else:
        what = _("cases") if found.by_case else _("transcripts")
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
    pooled, spread = found.overall.pooled_kappa, found.overall.intervals.get("pooled_kappa")
    if judged and pooled.value is not None:
        kappa = coefficient_text(pooled.value)
        if spread and spread.ends:
            kappa += f" [{interval_text(spread)}]"
        sentences.append(_("Pooled kappa was {kappa}.").format(kappa=kappa))
    sure = [code for code in judged if code.interval.ends and code.interval.ends[0] >= TENTATIVE]
    one_sided = [code for code in found.codes if code.state in (CodeState.ONLY_A, CodeState.ONLY_B)]
    below = [
        code for code in judged if (alpha := code.values["alpha"].value) is not None and alpha < TENTATIVE
    ]
    for sentence, codes in (
        (
            _("Lower bound of alpha at least {line}: {codes}.").replace("{line}", number(TENTATIVE, 3)),
            sure,
        ),
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
    agreed = ngettext("on {n} passage", "on {n} passages", places[DifferenceKind.AGREED])
    differed = ngettext("in {n} place", "in {n} places", n)
    sentence = _("The coders agreed {agreed} and differed {differed}").format(
        agreed=agreed.format(n=places[DifferenceKind.AGREED]), differed=differed.format(n=n)
    )
    return [f"{sentence} ({listed})." if listed else f"{sentence}."]


def _afterwards(facts: Facts) -> list[str]:
    sentences = []
    if facts.settled is not None:
        sentences.append(
            _(
                "Of the differences the coders settled {settled}, agreed to differ on {differ} and left {open} open."
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
        intervals = any(code.interval.ends for code in facts.agreement.codes)
        named = [*_MEASURES, *(_INTERVALS if intervals else ())]
        sentences.append(_("References: {references}.").format(references="; ".join(named)))
    return sentences


_MEASURES = (
    "Krippendorff (2019), Content Analysis, 4th ed.",
    "Cohen (1960), Educ. Psychol. Meas. 20:37",
    "De Vries et al. (2008), Field Methods 20:272",
    "Passonneau (2006), LREC",
)
_INTERVALS = (
    "Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 11",
    "Agresti & Coull (1998), Am. Stat. 52:119",
)
