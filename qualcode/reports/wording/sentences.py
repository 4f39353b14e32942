"""What a number says, for someone who is not a statistician.

About the definition of the code as it stands today, never about a coder: there are
no good or bad coders here. Everything in the language in use.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from qualcode.agreement.intervals import FEWEST, RELIABLE, TENTATIVE, Interval, normal_cdf
from qualcode.agreement.planning import more_to_decide
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


COMFORTABLE = 10  # transcripts coded twice, below which intervals are wide


class Tone(StrEnum):
    """What the interval of alpha allows to be said, in a sentence and in colour."""

    STRONG = "strong"  # the lower bound is at least .800
    ENOUGH = "enough"  # at least .667
    NOT_ENOUGH = "not-enough"  # the upper bound is below .667
    OPEN = "open"  # it cannot be said yet


MEASURES = {
    "shared": (
        N_("Shared text"),
        N_("Of the text that either coder gave the code, the part that both did."),
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
    "where": (N_("Where"), N_("Are the same passages marked, whatever the code?")),
    "what": (N_("What"), N_("Where both coders marked something: is it the same code?")),
    "what_sets": (
        N_("What"),
        N_("Where both coders marked something: are they the same codes? Several lie on the same words."),
    ),
    "gamma": (N_("Gamma"), N_("Advanced: the best way to lay the two sets of passages beside each other.")),
    "prevalence": (N_("Prevalence index"), N_("Near 1 when nearly all text has the code, or nearly none.")),
    "bias": (N_("Bias index"), N_("How far the coders differ in how much they gave the code.")),
    "boundary": (
        N_("Boundary similarity"),
        N_("The same edges; an edge less than 20 characters off counts in part."),
    ),
    "u": (N_("u-alpha"), N_("Unitizing: where and what at once.")),
    "bar_u": (N_("|u-alpha"), N_("Unitizing: where only.")),
    "cu": (N_("cu-alpha"), N_("Unitizing: what only, on text that both marked.")),
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
    """What can be said of a code: from the bounds of alpha, never from alpha itself."""
    ends = found.interval.ends
    return tone_of(ends) if ends is not None and found.state is CodeState.COMPARED else Tone.OPEN


def tone_of(ends: tuple[float, float]) -> Tone:
    """What an interval allows to be said."""
    low, high = ends
    if low >= TENTATIVE:
        return Tone.STRONG if low >= RELIABLE else Tone.ENOUGH
    return Tone.NOT_ENOUGH if high < TENTATIVE else Tone.OPEN


def verdict(found: CodeAgreement, coders: Sequence[str] = ("A", "B")) -> str:
    """What alpha says about the definition of the code: enough, not enough, or that it cannot be said yet."""
    alpha = found.values["alpha"]
    if found.state is CodeState.UNUSED:
        return Reason.UNUSED.words
    if found.state in (CodeState.ONLY_A, CodeState.ONLY_B):
        name = coders[0] if found.state is CodeState.ONLY_A else coders[1]
        return _("Only {coder} used this code: talk about when it is meant to be used.").format(coder=name)
    if found.state is CodeState.LITTLE and alpha.defined:
        return _little(found)
    return verdict_of(alpha, found.interval, len(found.cells))


def verdict_of(alpha: Value, found: Interval, transcripts: int) -> str:
    """The verdict on a code that was used enough, compared in so many transcripts."""
    if alpha.value is None:
        return alpha.words
    if found.ends is None:
        why = found.reason.words if found.reason else ""
        return _("Cannot be said yet. {why}").format(why=why).strip()
    low, high = map(coefficient_text, found.ends)
    tone = tone_of(found.ends)
    if tone is Tone.STRONG:
        return _("Enough, and strongly so: even the lower bound, {low}, is at least {line}.").format(
            low=low, line=number(RELIABLE, 3)
        )
    if tone is Tone.ENOUGH:
        return _("Enough: even the lower bound, {low}, is at least {line}.").format(
            low=low, line=number(TENTATIVE, 3)
        )
    if tone is Tone.NOT_ENOUGH:
        return _(
            "Not enough: even the upper bound, {high}, is below {line}. Sharpen the definition, then code again."
        ).format(high=high, line=number(TENTATIVE, 3))
    n = more_to_decide(alpha.value, found, transcripts)
    if n is None:
        return _("Cannot be said yet; so near to the line that more interviews would hardly decide it.")
    return ngettext(
        "Cannot be said yet; about {n} more interview coded twice would probably decide it.",
        "Cannot be said yet; about {n} more interviews coded twice would probably decide it.",
        n,
    ).format(n=n)


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


def shared_sentence(code: str, found: CodeAgreement) -> str:
    """How much of the marked text is shared."""
    share = found.counts.both / found.counts.coded if found.counts.coded else None
    if share is None:
        return Reason.UNUSED.words
    return _("Of the text that either coder gave “{code}”, both gave it to {share}.").format(
        code=code, share=percent(share)
    )


def interval_sentence(interval: Interval) -> str:
    """Between what alpha lies, or why that cannot be said."""
    if interval.ends is None:
        return interval.reason.words if interval.reason else ""
    low, high = map(coefficient_text, interval.ends)
    if interval.one_sided:
        return _(
            "Perfect agreement so far; from so many interviews that says, with 95 % certainty: at least {low}."
        ).format(low=low)
    return _("95 % interval {low} to {high}.").format(low=low, high=high)


def interval_text(interval: Interval) -> str:
    """The interval for a cell of a table; a dash where there is none."""
    if interval.ends is None:
        return "–"
    low, high = map(coefficient_text, interval.ends)
    return f"≥ {low}" if interval.one_sided else f"{low} – {high}"


def change_text(change: Value, interval: Interval) -> str:
    """A change in alpha with its interval, for a cell of a table; a dash where there is nothing to compare."""
    if change.value is None:
        return "–"
    shown = signed(change.value)
    return f"{shown} [{' – '.join(map(signed, interval.ends))}]" if interval.ends else shown


def signed(value: float) -> str:
    """A difference with its sign."""
    return ("+" if value > 0 else "") + number(value)


def coefficient_text(value: float, digits: int = 2) -> str:
    """A coefficient for people; what is below 1 is never rounded up to it."""
    if value < 1:
        while digits < 4 and round(value, digits) >= 1:
            digits += 1
        if round(value, digits) >= 1:
            return "> " + number(1 - 10**-digits, digits)
    return number(value, digits)


def judged_text(found: CodeAgreement, name: str = "alpha") -> str:
    """Alpha or kappa for a cell of a table; a dash where the code was used too little, or by one only, to judge."""
    return value_text(found[name]) if found.state is CodeState.COMPARED else "–"


def alpha_text(found: CodeAgreement) -> str:
    """Alpha with its interval in brackets."""
    spread = f" [{interval_text(found.interval)}]" if found.interval.ends else ""
    return judged_text(found) + spread


def value_text(value: Value, digits: int = 2) -> str:
    """The number, or a dash; the reason is `value.words`."""
    return "–" if value.value is None else coefficient_text(value.value, digits)


def convention(found: CodeAgreement) -> str:
    """The name Landis & Koch would give kappa or alpha, its uncertainty counted in; for a tooltip only."""
    alpha = found.values["alpha"].value
    if alpha is None or found.interval.ends is None or found.state is not CodeState.COMPARED:
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
        return [_("What each coder gave “{code}”").format(code=code), counted(found, coders)]
    if found.state is not CodeState.COMPARED:
        return [question(code), verdict(found, coders)]
    lines = [question(code), shared_sentence(code, found)]
    spread = [interval_sentence(found.interval)] if found.interval.ends else []
    return [*lines, *spread, verdict(found, coders)]


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


def sample_chances(sample: Sample) -> str:
    """How likely each interview was to be drawn; empty for samples of which that is not known."""
    if not sample.chances:
        return ""
    low, high = percent(min(sample.chances)), percent(max(sample.chances))
    if low == high:
        return _("Each of them had a chance of {chance} to be drawn.").format(chance=low)
    return _("Each of them had a chance of {low} to {high} to be drawn.").format(low=low, high=high)


def sample_warnings(sample: Sample) -> list[str]:
    """What a sample of transcripts to code twice cannot do."""
    n = len(sample.drawn)
    found = []
    if n < FEWEST:
        found.append(
            _("With {n} transcripts coded twice there will be no interval: it takes at least five.").format(
                n=n
            )
        )
    elif n < COMFORTABLE:
        found.append(
            _("With {n} transcripts coded twice the interval will be wide: ten or more is better.").format(
                n=n
            )
        )
    low, high = CUSTOMARY_SHARE
    if sample.share < low or n / sample.available > high + 1 / sample.available:
        found.append(_("Customary is to code between 10 and 25 % of the transcripts twice."))
    if any(drawn == 0 for _role, drawn, _all in sample.by_role):
        found.append(_("Not every kind of informant is in the sample."))
    return found
