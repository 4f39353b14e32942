"""Agreement in words and bars: a code, or all of them, in a small pane or on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from qualcode.agreement.counts import Counts
from qualcode.agreement.planning import Prospect
from qualcode.agreement.result import Agreement, CodeAgreement, CodeState
from qualcode.i18n import _, number
from qualcode.reports.wording import planning, sentences, summary
from qualcode.reports.wording.sentences import Tone
from qualcode.reports.wording.summary import SummaryLine
from qualcode.tasks.comparing.planning import Plan
from qualcode.text.words import cut
from qualcode.tui.common.words import styled

BAR_STYLES = ("$primary", "$secondary", "$accent")
TONES = {Tone.STRONG: "bold $success", Tone.ENOUGH: "bold $here", Tone.NOT_ENOUGH: "bold $error"}
_BAR_SIGNS = (summary.BOTH, summary.ONLY_A, summary.ONLY_B)
_WIDEST = 60
_SHORT_NAMES = 12


def tone_style(found: CodeAgreement) -> str:
    """The style of alpha: a colour only when its whole interval lies on one side of a line."""
    return TONES.get(sentences.tone(found), "bold")


def bar(parts: Sequence[int], width: int) -> Content:
    """A bar of (both, only A, only B); blank when there is nothing."""
    cells = summary.bar(parts, max(width, len(parts)))
    return Content.assemble(
        *(
            Content.styled(sign * n, style)
            for sign, n, style in zip(_BAR_SIGNS, cells, BAR_STYLES, strict=True)
            if n
        )
    )


def bar_lines(found: CodeAgreement, coders: tuple[str, str], width: int) -> list[Content]:
    """What both, only A and only B gave the code: in characters (sentences, turns), then in codings."""
    lines = []
    units = {"character": _("text"), "sentence": _("sentences"), "turn": _("turns")}
    for label, parts in (
        (units[found.unit], parts_of(found.counts)),
        (_("codings"), summary.codings_parts(found)),
    ):
        if any(parts):
            head = f"{label:<9}"
            lines.append(styled((head, "$ink-soft"), bar(parts, width - len(head))))
            lines.append(_legend(parts, coders))
    return lines


def parts_of(counts: Counts) -> tuple[int, int, int]:
    """What both did, only A, only B."""
    return counts.both, counts.only_a, counts.only_b


def _legend(parts: Sequence[int], coders: tuple[str, str]) -> Content:
    labels = (_("both"), *(_("only {coder}").format(coder=coder) for coder in coders))
    told = []
    for sign, style, label, n in zip(_BAR_SIGNS, BAR_STYLES, labels, parts, strict=True):
        told += [Content.styled(f"  {sign} ", style), Content.styled(f"{label} {n}", "$ink-soft")]
    return Content.assemble(*told)


def dots(found: CodeAgreement, width: int) -> list[Content]:
    """A dot per transcript, below it alpha with its interval, and the scale; nothing without dots."""
    values = [value.value for _document, value in found.dots if value.value is not None]
    if not values:
        return []
    width = min(width, _WIDEST)
    alpha = found["alpha"].value
    return [
        Content.styled(summary.dots(values, width), "$ink"),
        Content.styled(summary.span(alpha, found.interval, width), tone_style(found)),
        Content.styled(summary.axis(width), "$ink-soft"),
        Content.styled(_("dots: alpha per transcript; line: 95 % interval"), "$ink-soft"),
    ]


def brief(name: str, found: CodeAgreement, whole: Agreement, width: int) -> Content:
    """One code in the small pane: the question, bars, the first figures, what they say, dots."""
    head, *said = sentences.code_lines(name, found, whole.coders)
    lines = [Content.styled(head, "bold"), *bar_lines(found, whole.coders, width)]
    figures = summary.lines_of_code(name, found, whole.coders)
    if figures and found.state is not CodeState.UNUSED:
        lines.append(_in_a_row(figures, found))
    elif found.counts.coded:
        said = []  # with coefficients off the bars said it all
    lines += [Content(line) for line in said]
    lines += dots(found, width)
    return _joined([*lines, Content.styled(sentences.provenance(whole), "$ink-soft")])


def _in_a_row(figures: Sequence[SummaryLine], found: CodeAgreement) -> Content:
    told: list[Content] = []
    for line in figures:
        style = tone_style(found) if line.measure == "alpha" else "bold"
        name = _("alpha") if line.measure == "alpha" else sentences.short_name(line.measure)
        told += [Content.styled(f"{name} ", "$ink-soft"), Content.styled(f"{line.value}   ", style)]
    return Content.assemble(*told)


def page(name: str, found: CodeAgreement, whole: Agreement, width: int, *, more: bool) -> Content:
    """One code on a page of its own; `more` adds the other measures."""
    head, *said = sentences.code_lines(name, found, whole.coders)
    lines = [
        Content.styled(head, "bold"),
        Content.styled(sentences.provenance(whole), "$ink-soft"),
        Content(""),
        *bar_lines(found, whole.coders, min(width, _WIDEST)),
        Content(""),
    ]
    figures = summary.lines_of_code(name, found, whole.coders)
    if not figures:
        lines += [Content(line) for line in (said if not found.counts.coded else [_off()])]
        return _joined(lines)
    lines += [_figure(line, tone_style(found) if line.measure == "alpha" else "bold") for line in figures]
    lines += [Content(""), *dots(found, width)]
    if more:
        lines += [Content(""), *(_figure(line, "$ink-soft") for line in summary.more_of_code(found))]
        lines += [Content.styled(line, "$ink-soft") for line in _fine_print(found) if line]
    return _joined(lines)


def _fine_print(found: CodeAgreement) -> list[str]:
    return [summary.chance_below(found), sentences.convention(found)]


def page_of_all(title: str, whole: Agreement, names: Mapping[str, str], width: int, *, more: bool) -> Content:
    """All codes together (of a transcript, case, informant, round): the first figures, then code by code."""
    lines = [
        Content.styled(title, "bold"),
        Content.styled(sentences.provenance(whole), "$ink-soft"),
        Content(""),
    ]
    if whole.coefficients:
        every = [*summary.lines_of_all(whole), *(summary.more_of_all(whole) if more else [])]
        lines += [_figure(line, "bold") for line in every]
    else:
        lines.append(Content(_off()))
    lines.append(Content(""))
    used = [code for code in whole.codes if code.state is not CodeState.UNUSED]
    return _joined([*lines, *(_row(names.get(code.code, code.code), code, width) for code in used)])


def page_of_plan(prospect: Prospect, plan: Plan, names: Mapping[str, str]) -> Content:
    """How wide the interval of a code will probably be; which interviews narrow most; what it costs."""
    if not plan.found.coefficients:
        return Content(_off())
    head, row = planning.prospect_head(plan.more)[1:], planning.prospect_row(prospect, "")[1:]
    lines = [Content.styled(names[prospect.code], "bold")]
    lines += [
        styled((f"{name}: ", "$ink-soft"), (value, "bold")) for name, value in zip(head, row, strict=True)
    ]
    lines += [Content.styled(planning.caution(), "$ink-soft"), Content("")]
    lines += map(Content, planning.gain_lines(plan.gains, names))
    lines += [Content(""), *map(Content, planning.hours_sentences(plan.hours, plan.paced, plan.more))]
    return _joined(lines)


def _row(name: str, found: CodeAgreement, width: int) -> Content:
    """One code in one line: its name, the bar, and alpha."""
    room = max(min(width - 34, 34), _SHORT_NAMES)
    alpha = found["alpha"].value
    return styled(
        f"{cut(name, room):<{room}} ",
        bar(parts_of(found.counts), 20),
        (f"  {number(alpha)}" if alpha is not None else "", tone_style(found)),
    )


def brief_of_all(whole: Agreement, width: int) -> Content:
    """All codes together in the small pane."""
    lines = [Content.styled(_("All codes together"), "bold")]
    parts = parts_of(whole.overall.counts)
    if any(parts):
        lines += [bar(parts, width), _legend(parts, whole.coders)]
    if whole.coefficients:
        lines += [_figure(line, "bold", says=False) for line in summary.lines_of_all(whole)]
    else:
        lines.append(Content(_off()))
    return _joined([*lines, Content.styled(sentences.provenance(whole), "$ink-soft")])


def _figure(line: SummaryLine, style: str, *, says: bool = True) -> Content:
    told = [Content.styled(f"{line.name}: ", "$ink-soft"), Content.styled(line.value, style)]
    if line.says and (says or line.value.startswith("–")):
        told.append(Content(f"  {line.says}"))
    return Content.assemble(*told)


def _off() -> str:
    return _("Coefficients are switched off for this project; the comparison of passages stays.")


def _joined(lines: Sequence[Content]) -> Content:
    return Content("\n").join(lines)
