"""What a number says, for someone who is not a statistician.

About the definition of the code as it stands today, never about a coder: there are
no good or bad coders here. Everything in the language in use.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from qualcode.agreement.intervals import (
    BOOTSTRAP_FROM,
    JACKKNIFE_FROM,
    RELIABLE,
    TENTATIVE,
    Interval,
    normal_cdf,
)
from qualcode.agreement.result import Agreement, CodeAgreement, CodeState
from qualcode.agreement.sampling import CUSTOMARY_SHARE, Sample
from qualcode.agreement.value import Reason, Value
from qualcode.i18n import N_, _, ngettext, number, percent

# Landis & Koch 1977, Biometrics 33:159; their authors called the lines arbitrary.
LANDIS_KOCH = (
    (0.8, N_("almost perfect")),
    (0.6, N_("substantial")),
    (0.4, N_("moderate")),
    (0.2, N_("fair")),
    (0.0, N_("slight")),
    (-1.0, N_("poor")),
)


def cumulative(coefficient: float, error: float) -> dict[str, float]:
    """For each band, best first, the probability that the true coefficient reaches it.

    The coefficient is taken as normal with standard error `error`, cut off at −1 and 1
    (Gwet, Handbook of Inter-Rater Reliability, 2014, chapter 6).
    """
    if error == 0:
        return {name: float(coefficient >= line) for line, name in LANDIS_KOCH}
    top = normal_cdf((coefficient - 1) / error)
    whole = normal_cdf((coefficient + 1) / error) - top
    return {name: (normal_cdf((coefficient - line) / error) - top) / whole for line, name in LANDIS_KOCH}


def band(coefficient: float, error: float, certainty: float = 0.95) -> str:
    """The best band that is reached with at least `certainty` (msgid of its name)."""
    return next(name for name, p in cumulative(coefficient, error).items() if p >= certainty)


class Tone(StrEnum):
    """How a coefficient may be coloured: only if its whole interval lies on one side of a line."""

    RELIABLE = "reliable"
    TENTATIVE = "tentative"
    NOT_YET = "not-yet"
    OPEN = "open"


MEASURES = {
    "shared": (
        N_("Shared text"),
        N_("Of the text either of you gave the code, the part that both of you did."),
    ),
    "alpha": (N_("Krippendorff's alpha"), N_("1 is always the same reading, 0 is what chance would give.")),
    "kappa": (N_("Cohen's kappa"), N_("Nearly the same as alpha here; many reviewers ask for it.")),
    "f1": (
        N_("Matching passages (F1)"),
        N_("Codings that find a partner with at least half of the text in common."),
    ),
    "f1_exact": (
        N_("Same passages (F1, exact)"),
        N_("Codings that start and end at the very same character."),
    ),
    "f1_any": (N_("Touching passages (F1, any overlap)"), N_("Codings that share at least one character.")),
    "dice": (
        N_("Dice"),
        N_("Shared text counted twice over the text of each; for long interviews kappa comes near it."),
    ),
    "pi": (N_("Scott's pi"), N_("The same as alpha for long texts; not a second proof.")),
    "percent": (
        N_("Percent agreement"),
        N_("Careful: nears 100 % by itself, because most text is coded by nobody."),
    ),
    "brennan_prediger": (
        N_("Brennan–Prediger"),
        N_("Careful: nears 1 by itself when little is coded. As in MAXQDA."),
    ),
    "ac1": (N_("Gwet's AC1"), N_("Careful: nears 1 by itself when little is coded.")),
    "pooled_kappa": (N_("Pooled kappa"), N_("One kappa over all codes; a weak code can hide in it.")),
    "sets": (
        N_("Alpha on sets of codes (MASI), on coded text"),
        N_("Several codes on one passage count together."),
    ),
    "sets_all_text": (
        N_("Alpha on sets of codes (MASI), on all text"),
        N_("Higher by the text nobody coded."),
    ),
    "where": (N_("Where"), N_("Do you mark the same passages, whatever the code?")),
    "what": (N_("What"), N_("Where both of you marked something: do you choose the same code?")),
    "gamma": (N_("Gamma"), N_("Advanced: the best way to lay the two sets of passages beside each other.")),
}


def measure_name(name: str) -> str:
    """The name of a measure for people."""
    return _(MEASURES[name][0])


_SHORT = {
    "kappa": N_("kappa"),
    "f1": "F1",
    "f1_exact": N_("F1, exact"),
    "f1_any": N_("F1, any"),
    "pi": "pi",
    "percent": N_("percent"),
    "ac1": "AC1",
}


def short_name(name: str) -> str:
    """The name of a measure at the head of a column."""
    return _(_SHORT.get(name, MEASURES[name][0]))


def measure_hint(name: str) -> str:
    """One line about a measure, with a caution where it misleads."""
    return _(MEASURES[name][1])


def question(code: str) -> str:
    """The question that every figure of a code answers. `code` is its name."""
    return _("How repeatable is “{code}” as its definition stands today?").format(code=code)


def tone(found: CodeAgreement) -> Tone:
    """The colour of alpha. `OPEN` while there is no interval or it straddles a line."""
    interval = found.interval
    if isinstance(interval, Reason) or found.state is not CodeState.COMPARED:
        return Tone.OPEN
    if interval.high < TENTATIVE:
        return Tone.NOT_YET
    if interval.low >= RELIABLE:
        return Tone.RELIABLE
    return Tone.TENTATIVE if interval.low >= TENTATIVE and interval.high < RELIABLE else Tone.OPEN


def verdict(found: CodeAgreement, coders: Sequence[str] = ("A", "B")) -> str:
    """What alpha says about the definition of the code, in one sentence."""
    alpha = found.values["alpha"]
    if found.state is CodeState.UNUSED:
        return Reason.UNUSED.words
    if found.state in (CodeState.ONLY_A, CodeState.ONLY_B):
        name = coders[0] if found.state is CodeState.ONLY_A else coders[1]
        return _("Only {coder} used this code: talk about when it is meant to be used.").format(coder=name)
    if alpha.value is None:
        return alpha.words
    if found.state is CodeState.LITTLE:
        return _little(found)
    return level(alpha.value)


def _little(found: CodeAgreement) -> str:
    n = found.counts.coded
    if found.unit == "character":
        sentence = ngettext(
            "Only {n} character coded: too little to judge.",
            "Only {n} characters coded: too little to judge.",
            n,
        )
    elif found.unit == "sentence":
        sentence = ngettext(
            "Only {n} sentence coded: too little to judge.",
            "Only {n} sentences coded: too little to judge.",
            n,
        )
    else:
        sentence = ngettext(
            "Only {n} turn coded: too little to judge.", "Only {n} turns coded: too little to judge.", n
        )
    return sentence.format(n=n)


def level(alpha: float) -> str:
    """What Krippendorff's customary lines say of an alpha."""
    if alpha >= RELIABLE:
        return _("Reliable enough to draw conclusions from (Krippendorff's customary line).")
    if alpha >= TENTATIVE:
        return _("Only for tentative conclusions. Look at the differences below.")
    return _("Not yet a shared reading. Talk first, then recode.")


def shared_sentence(code: str, found: CodeAgreement) -> str:
    """How much of the marked text is shared: “of the text either of you coded …”."""
    share = found.counts.both / found.counts.coded if found.counts.coded else None
    if share is None:
        return Reason.UNUSED.words
    return _("Of the text either of you coded “{code}”, you both coded {share}.").format(
        code=code, share=percent(share)
    )


def interval_sentence(interval: Interval | Reason) -> str:
    """How sure alpha is; which side of a line it lies on, or that this is open."""
    if isinstance(interval, Reason):
        return interval.words
    sentence = _("95 % interval {low} to {high}.").format(
        low=number(interval.low), high=number(interval.high)
    )
    for line in (TENTATIVE, RELIABLE):
        if interval.low < line <= interval.high:
            return f"{sentence} " + _(
                "Could be either side of {line}; more double-coded transcripts would tell."
            ).format(line=number(line, 3))
    return sentence


def value_text(value: Value, digits: int = 2) -> str:
    """The number, or a dash; the reason is `value.words`."""
    return "–" if value.value is None else number(value.value, digits)


def convention(found: CodeAgreement) -> str:
    """The name Landis & Koch would give kappa or alpha, its uncertainty counted in; for a tooltip only."""
    alpha = found.values["alpha"].value
    if alpha is None or isinstance(found.interval, Reason) or found.state is not CodeState.COMPARED:
        return ""
    return _(
        "Landis and Koch's word for it would be “{band}”, a convention its authors called arbitrary."
    ).format(band=_(band(alpha, found.interval.error)))


def counted(found: CodeAgreement, coders: Sequence[str] = ("A", "B")) -> str:
    """How many characters (sentences, turns) both, only A and only B gave the code."""
    counts = found.counts
    return _("both {both} · only {a} {only_a} · only {b} {only_b}").format(
        both=counts.both, a=coders[0], only_a=counts.only_a, b=coders[1], only_b=counts.only_b
    )


def code_lines(code: str, found: CodeAgreement, coders: Sequence[str] = ("A", "B")) -> list[str]:
    """Question, shared text, verdict and interval of one code: what the screen shows under it.

    With coefficients switched off only what was counted.
    """
    if found.values["alpha"].reason is Reason.SWITCHED_OFF:
        return [_("What each of you gave “{code}”").format(code=code), counted(found, coders)]
    if found.state is not CodeState.COMPARED:
        return [question(code), verdict(found, coders)]
    lines = [question(code), shared_sentence(code, found)]
    return [*lines, verdict(found, coders), interval_sentence(found.interval)]


def _shown(value: Value) -> str:
    return number(value.value) if value.value is not None else f"– {value.words}"


def provenance(found: Agreement) -> str:
    """What always stands beside a number: documents, unit, series, coders, trimming."""
    n = len(found.documents)
    parts = [
        ngettext("{n} transcript", "{n} transcripts", n).format(n=n),
        _("unit: {unit}").format(unit=unit_name(found)),
        found.series.label + (f", {found.label}" if found.label else ""),
        " – ".join(found.coders),
        _("white space at the edges left out") if found.trimmed else _("edges as they were coded"),
    ]
    if found.excluded:
        parts.append(_("without the interviewer's words"))
    if found.left_out:
        k = len(found.left_out)
        parts.append(
            ngettext(
                "{n} transcript left out, not yet done by both",
                "{n} transcripts left out, not yet done by both",
                k,
            ).format(n=k)
        )
    if found.dropped:
        parts.append(
            ngettext(
                "{n} coding of which nothing remained", "{n} codings of which nothing remained", found.dropped
            ).format(n=found.dropped)
        )
    return " · ".join(parts)


def unit_name(found: Agreement) -> str:
    """The unit for people, with the rule that decides when a sentence or turn has a code."""
    units = {"character": _("character"), "sentence": _("sentence"), "turn": _("turn")}
    if found.unit == "character":
        return units["character"]
    rules = {"touched": _("any part coded"), "majority": _("more than half coded")}
    return f"{units[found.unit]} ({rules[found.rule]})"


def sample_warnings(sample: Sample) -> list[str]:
    """What a sample of transcripts to code twice cannot do."""
    n = len(sample.drawn)
    found = []
    if n < JACKKNIFE_FROM:
        found.append(
            _("With {n} transcripts coded twice there will be no interval: it takes at least five.").format(
                n=n
            )
        )
    elif n < BOOTSTRAP_FROM:
        found.append(
            _("With {n} transcripts coded twice the interval will be rough: ten or more is better.").format(
                n=n
            )
        )
    low, high = CUSTOMARY_SHARE
    if sample.share < low or n / sample.available > high + 1 / sample.available:
        found.append(_("Customary is to code between 10 and 25 % of the transcripts twice."))
    if any(drawn == 0 for _role, drawn, _all in sample.by_role):
        found.append(_("Not every kind of informant is in the sample."))
    return found
