"""What more interviews would bring, in words: rows for a table, sentences beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.agreement.planning import Gain, Prospect
from qualcode.i18n import _, ngettext, number
from qualcode.reports.wording.sentences import coefficient_text, interval_text

_CODES, _BEST = 3, 8


def prospect_head(more: Sequence[int]) -> list[str]:
    """The head of the table."""
    return [_("code"), _("now"), *(_("after {n} more").format(n=n) for n in more)]


def prospect_row(found: Prospect, name: str) -> list[str]:
    """A code: its interval now, and as it will probably be; how many it takes where there is none yet."""
    cells = [" – ".join(map(coefficient_text, ends)) if ends else "–" for ends in found.later]
    now = interval_text(found.now)
    if found.missing:
        now = _("none; takes about {n} more").format(n=found.missing)
    return [name, now, *cells]


def gain_lines(gains: Sequence[Gain], names: Mapping[str, str]) -> list[str]:
    """Which of the interviews (cases) that are left narrow the intervals most, and of which codes."""
    if not gains:
        return [_("Every interview is coded by both.")]
    best = [_gain(gain, names) for gain in gains if gain.total > 0][:_BEST]
    if not best:
        return [
            _(
                "None of those that are left narrows an interval: their cases are in already, or there is no interval "
                "to narrow yet."
            )
        ]
    return [_("Of those that are left these narrow the intervals most, by so much:"), *best]


def _gain(gain: Gain, names: Mapping[str, str]) -> str:
    codes = ", ".join(f"{names[code]} −{number(gain.by[code])}" for code in gain.most[:_CODES])
    return f"  {', '.join(names[one] for one in gain.documents)}: {codes}"


def hours_sentences(hours: float | None, paced: int, more: Sequence[int]) -> list[str]:
    """What coding costs, at one's own pace; how to say it where that is not known."""
    if hours is None:
        return [
            _(
                "Your pace is not known yet: finish an interview, or say the hours with: qualcode plan PROJECT --hours"
            )
        ]
    said = [_("Coding one interview takes you about {hours} hours.").format(hours=number(hours, 1))]
    if paced:
        said[0] += " " + ngettext(
            "(From {n} interview that you finished, pauses of more than ten minutes left out.)",
            "(From {n} interviews that you finished, pauses of more than ten minutes left out.)",
            paced,
        ).format(n=paced)
    costs = ", ".join(_("{n}: {hours}").format(n=n, hours=number(2 * n * hours, 0)) for n in more)
    return [*said, _("Hours for two coders together, by number of interviews: {costs}.").format(costs=costs)]


def caution() -> str:
    """What the forecast rests on."""
    return _(
        "A forecast, if agreement stays as it is and interviews go on differing as they did. What came was about as "
        "wide on the average, and in eight of ten simulated studies between two thirds and twice as wide."
    )
