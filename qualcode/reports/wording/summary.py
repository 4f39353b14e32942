"""What is shown of a comparison: lines (a few first, the rest under "more"), bars and dots in characters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.agreement.closely import Confused
from qualcode.agreement.intervals import RELIABLE, TENTATIVE, Interval
from qualcode.agreement.planning import more_to_decide
from qualcode.agreement.result import Agreement, CodeAgreement, CodeState, GroupAgreement
from qualcode.agreement.value import Reason, Value
from qualcode.i18n import N_, _, ngettext, number, percent
from qualcode.reports.wording.sentences import (
    Tone,
    coefficient_text,
    interval_sentence,
    interval_text,
    measure_hint,
    measure_name,
    shared_sentence,
    tone,
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
    alpha = _with_interval("alpha", found["alpha"], found.interval)
    about = verdict(found, coders)
    if found.state is CodeState.COMPARED and found.interval.ends:
        about = f"{interval_sentence(found.interval)} {about}"
    return [
        SummaryLine("shared", _figure(found, "shared"), shared_sentence(name, found)),
        SummaryLine("alpha", alpha, about),
        SummaryLine("kappa", _figure(found, "kappa"), measure_hint("kappa")),
        SummaryLine("f1", _figure(found, "f1"), _passages(found, coders)),
    ]


def _figure(found: CodeAgreement, name: str) -> str:
    return _with_interval(name, found[name], found.intervals[name])


def _with_interval(name: str, value: Value, interval: Interval) -> str:
    """A figure with its interval in brackets, where there is one."""
    shown = _shown(name, value)
    if interval.ends is None or value.value is None:
        return shown
    say = percent if name == "shared" else coefficient_text
    low, high = map(say, interval.ends)
    return f"{shown} [≥ {low}]" if interval.one_sided else f"{shown} [{low} – {high}]"


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


def lines_of_values(values: Mapping[str, Value]) -> list[SummaryLine]:
    """Measures by name, each with what it is or why it is missing."""
    return [_line(name, value) for name, value in values.items()]


def confused_lines(found: Sequence[Confused], names: Mapping[str, str], most: int = 5) -> list[str]:
    """Which codes are taken for each other more often than by chance, in words."""
    more = [each for each in found if each.times > 1][:most]
    if not more:
        return [_("No two codes are taken for each other more often than by chance.")]
    said = [
        _("{a} – {b}: {n} characters, {times} times what chance gives").format(
            a=names[each.codes[0]], b=names[each.codes[1]], n=each.characters, times=number(each.times, 1)
        )
        for each in more
    ]
    return [_("Where both marked something, one code for the other:"), *said]


def lines_of_all(found: Agreement) -> list[SummaryLine]:
    """The first lines of all codes together; empty when coefficients are switched off."""
    overall = found.overall
    if not found.coefficients:
        return []
    named = (("shared", overall.shared), ("pooled_kappa", overall.pooled_kappa), ("f1", overall.f1))
    lines = [_line(name, value, overall.intervals[name]) for name, value in named]
    if overall.groups:
        lines += lines_of_group(overall.groups[0])
    return [*lines, _line("sets", overall.sets, overall.intervals["sets"])]


def pooled_line(found: Agreement) -> str:
    """Pooled kappa with its interval."""
    return _with_interval("pooled_kappa", found.overall.pooled_kappa, found.overall.intervals["pooled_kappa"])


def more_of_all(found: Agreement) -> list[SummaryLine]:
    """The other measures of all codes together."""
    return [_line("sets_all_text", found.overall.sets_all_text)] if found.coefficients else []


def lines_of_group(group: GroupAgreement) -> list[SummaryLine]:
    """Where against what: the same passages, and there the same code?"""
    covered = ""
    if group.what.alpha.value is not None:
        by = (
            _("(alpha on sets; rests on {share} of the text)")
            if group.by_sets
            else _("(rests on {share} of the text)")
        )
        covered = " " + by.format(share=percent(group.what.coverage.value))
    what = _line("what_sets" if group.by_sets else "what", group.what.alpha, group.what_interval)
    return [_line("where", group.where, group.interval), replace(what, value=what.value + covered)]


def _line(name: str, value: Value, interval: Interval | None = None) -> SummaryLine:
    shown = _with_interval(name, value, interval) if interval is not None else _shown(name, value)
    return SummaryLine(name, shown, value.words or measure_hint(name))


def _shown(name: str, value: Value) -> str:
    return percent(value.value) if name in ("shared", "percent") else value_text(value)


def codings_parts(found: CodeAgreement) -> tuple[int, int, int]:
    """Codings that match, of A alone and of B alone: the bar in codings; zeros when they cannot be paired."""
    matches = found.matches
    if matches is None:
        return (0, 0, 0)
    return (matches.close, matches.codings_a - matches.close, matches.codings_b - matches.close)


_HEADINGS = {
    Tone.STRONG: N_("Enough, and strongly so"),
    Tone.ENOUGH: N_("Enough"),
    Tone.NOT_ENOUGH: N_("Not enough: sharpen the definition"),
    Tone.OPEN: N_("Cannot be said yet"),
}


def by_verdict(codes: Sequence[CodeAgreement], name: Callable[[str], str]) -> list[tuple[str, str]]:
    """Every verdict with the codes it holds for, in one sentence each; codes nobody used are left out."""
    found: list[tuple[str, str]] = []
    for wanted, heading in _HEADINGS.items():
        judged = [code for code in codes if code.state is CodeState.COMPARED and tone(code) is wanted]
        if judged:
            found.append((_(heading), "; ".join(_in_brief(name(code.code), code) for code in judged) + "."))
    little = [name(code.code) for code in codes if code.state is CodeState.LITTLE]
    alone = [name(code.code) for code in codes if code.state in (CodeState.ONLY_A, CodeState.ONLY_B)]
    for heading, names in ((_("Marked too little to judge"), little), (_("Used by one coder only"), alone)):
        if names:
            found.append((heading, "; ".join(names) + "."))
    return found


def _in_brief(name: str, code: CodeAgreement) -> str:
    """A code with its interval; if nothing can be said yet, with what would help."""
    alpha, spread = code["alpha"], code.interval
    if spread.ends is None or alpha.value is None:
        return name + (f" ({spread.reason.words.rstrip('.')})" if spread.reason else "")
    shown = f"{name} ({interval_text(spread)})"
    if tone(code) is not Tone.OPEN:
        return shown
    n = more_to_decide(alpha.value, spread, len(code.cells))
    if n is None:
        return shown
    more = ngettext("about {n} more interview", "about {n} more interviews", n).format(n=n)
    return f"{name} ({interval_text(spread)}; {more})"


def chance_below(found: CodeAgreement) -> str:
    """How likely alpha lies under Krippendorff's lower line; empty where that cannot be stated well enough."""
    below = found.interval.below
    if below is None or found.state is not CodeState.COMPARED:
        return ""
    if not 0.01 <= below <= 0.99:
        share = f"< {percent(0.01)}" if below < 0.5 else f"> {percent(0.99)}"
    else:
        share = percent(below)
    return _("The chance that alpha lies below {line} is {share}.").format(
        line=number(TENTATIVE, 3), share=share
    )


_SHADES = " ░▒▓█"


def pair_matrix(pairs: Sequence[Agreement]) -> list[list[str]]:
    """Pooled kappa of every two coders as a table, the darker the more alike; the first row and column are names."""
    found = {pair.coders: pair.overall.pooled_kappa for pair in pairs}
    names = list(dict.fromkeys(name for coders in found for name in coders))

    def shown(one: str, other: str) -> str:
        value = found.get((one, other)) or found.get((other, one))
        if value is None or value.value is None:
            return "–"
        return f"{_SHADES[round(max(0.0, value.value) * (len(_SHADES) - 1))] * 2} {coefficient_text(value.value)}"

    return [["", *names], *([one, *(shown(one, other) for other in names)] for one in names)]


BOTH, ONLY_A, ONLY_B = "█", "▓", "░"
LOWEST = -0.2  # what lies lower is drawn at the left edge
_MANY = "·•●"  # one, two, three or more transcripts at one place


def bar(parts: Sequence[int], width: int) -> tuple[int, ...]:
    """`width` cells shared out over counts by largest remainder; a part above zero gets at least one.

    All zero when there is nothing to share out. Raises `ValueError` if there are more parts than cells.
    """
    total = sum(parts)
    if not total:
        return (0,) * len(parts)
    if width < len(parts):
        raise ValueError("too narrow for so many parts")
    exact = [part * width / total for part in parts]
    cells = [max(int(share), 1) if part else 0 for share, part in zip(exact, parts, strict=True)]
    while sum(cells) != width:
        step = 1 if sum(cells) < width else -1
        wanting = [
            (step * (share - have), n)
            for n, (share, have) in enumerate(zip(exact, cells, strict=True))
            if parts[n] and (step > 0 or have > 1)
        ]
        cells[max(wanting)[1]] += step
    return tuple(cells)


def bar_text(parts: Sequence[int], width: int) -> str:
    """The bar of (both, only A, only B) as one string; empty when there is nothing."""
    signs = (BOTH, ONLY_A, ONLY_B)
    return "".join(sign * cells for sign, cells in zip(signs, bar(parts, width), strict=True))


def place(value: float, width: int) -> int:
    """The cell of a coefficient on an axis from `LOWEST` to 1."""
    share = (min(max(value, LOWEST), 1.0) - LOWEST) / (1.0 - LOWEST)
    return round(share * (width - 1))


def dots(values: Sequence[float], width: int) -> str:
    """One dot per transcript where its alpha lies; larger where several meet. `│` stands at the two lines."""
    cells = [" "] * width
    for line in (TENTATIVE, RELIABLE):
        cells[place(line, width)] = "│"
    seen = [0] * width
    for value in values:
        seen[place(value, width)] += 1
    for cell, n in enumerate(seen):
        if n:
            cells[cell] = _MANY[min(n, len(_MANY)) - 1]
    return "".join(cells)


def span(alpha: float | None, interval: Interval, width: int) -> str:
    """The interval as a line with alpha as `◆` on it; only the `◆` when there is no interval."""
    cells = [" "] * width
    if interval.ends is not None:
        low, high = (place(end, width) for end in interval.ends)
        cells[low : high + 1] = "─" * (high - low + 1)
        cells[low], cells[high] = "├", "┤"
    if alpha is not None:
        cells[place(alpha, width)] = "◆"
    return "".join(cells)


def axis(width: int) -> str:
    """The figures under the dots: 0, the two customary lines, and 1; those that would overlap are left out."""
    cells = [" "] * width
    until = -1
    for value, digits in ((0.0, 0), (TENTATIVE, 2), (RELIABLE, 2), (1.0, 0)):
        words = number(value, digits).lstrip("0") or "0"
        start = min(max(place(value, width) - len(words) // 2, 0), width - len(words))
        if start > until:
            cells[start : start + len(words)] = words
            until = start + len(words)
    return "".join(cells)
