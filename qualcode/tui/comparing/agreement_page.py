"""The agreement per code: what is shared as a bar, alpha, kappa, and how many differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.style import Style
from rich.text import Text
from textual.content import Content

from qualcode.agreement.result import Agreement, CodeAgreement, CodeState
from qualcode.i18n import _, number, percent
from qualcode.model import Code
from qualcode.reports.wording import bars, sentences, summary
from qualcode.reports.wording.sentences import Tone, convention, tone, value_text
from qualcode.reports.wording.summary import SummaryLine
from qualcode.tasks.comparing.comparison import Comparison
from qualcode.tui.common.codes import code_ink
from qualcode.tui.common.lists import QuietTable

BAR_STYLES = ("$primary", "$secondary", "$accent")
TONES = {Tone.RELIABLE: "bold $success", Tone.TENTATIVE: "bold $here", Tone.NOT_YET: "bold $error"}
_BAR_SIGNS = (bars.BOTH, bars.ONLY_A, bars.ONLY_B)
_WIDEST = 60
_SHORT_NAMES = 12


def tone_style(found: CodeAgreement) -> str:
    """The style of alpha: a colour only when its whole interval lies on one side of a line."""
    return TONES.get(sentences.tone(found), "bold")


def bar(parts: Sequence[int], width: int) -> Content:
    """A bar of (both, only A, only B); blank when there is nothing."""
    cells = bars.bar(parts, max(width, len(parts)))
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
    in_text = (found.counts.both, found.counts.only_a, found.counts.only_b)
    units = {"character": _("text"), "sentence": _("sentences"), "turn": _("turns")}
    for label, parts in ((units[found.unit], in_text), (_("codings"), summary.codings_parts(found))):
        if any(parts):
            head = f"{label:<9}"
            lines.append(Content.assemble(Content.styled(head, "$ink-soft"), bar(parts, width - len(head))))
            lines.append(_legend(parts, coders))
    return lines


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
        Content.styled(bars.dots(values, width), "$ink"),
        Content.styled(bars.span(alpha, found.interval, width), tone_style(found)),
        Content.styled(bars.axis(width), "$ink-soft"),
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


def _row(name: str, found: CodeAgreement, width: int) -> Content:
    """One code in one line: its name, the bar, and alpha."""
    room = max(min(width - 34, 34), _SHORT_NAMES)
    short = name if len(name) <= room else name[: room - 1] + "…"
    parts = (found.counts.both, found.counts.only_a, found.counts.only_b)
    alpha = found["alpha"].value
    figure = f"  {number(alpha)}" if alpha is not None else ""
    return Content.assemble(
        Content(f"{short:<{room}} "), bar(parts, 20), Content.styled(figure, tone_style(found))
    )


def brief_of_all(whole: Agreement, width: int) -> Content:
    """All codes together in the small pane."""
    lines = [Content.styled(_("All codes together"), "bold")]
    counts = whole.overall.counts
    parts = (counts.both, counts.only_a, counts.only_b)
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


_BAR = 8
_OTHER_COLUMNS = 58
_LONGEST_NAME = 30
_SIGNS = (bars.BOTH, bars.ONLY_A, bars.ONLY_B)
_BAR_COLOURS = ("primary", "secondary", "accent")
_TONE_COLOURS = {Tone.RELIABLE: "success", Tone.TENTATIVE: "here", Tone.NOT_YET: "error"}


class AgreementTable(QuietTable):
    """All codes together, then one row per code that either used, in the order of the codebook.

    With coefficients switched off only what was counted is shown.
    """

    def __init__(self) -> None:
        super().__init__(id="agreement")
        self._rows: list[tuple[Code, CodeAgreement]] = []
        self._comparison: Comparison | None = None
        self._result: Agreement | None = None
        self._differences: Mapping[str, int] = {}

    def fill(self, comparison: Comparison, result: Agreement, differences: Mapping[str, int]) -> None:
        """Show the numbers of a comparison; the row under the cursor stays."""
        self._comparison, self._result = comparison, result
        self._differences = differences
        found = {agreement.code: agreement for agreement in result.codes}
        self._rows = [
            (code, found[code.id])
            for code in comparison.codes
            if code.id in found and found[code.id].state is not CodeState.UNUSED
        ]
        self._put_rows(comparison, result)

    def on_resize(self) -> None:
        """Names get the room there is."""
        if self._comparison is not None and self._result is not None:
            self._put_rows(self._comparison, self._result)

    def _put_rows(self, comparison: Comparison, result: Agreement) -> None:
        kept = self.cursor_row
        self.clear(columns=True)
        figures = [_("alpha"), _("kappa")] if result.coefficients else []
        shared = _("shared text") if result.coefficients else _("both")
        pair = [_short(comparison.a.name), _short(comparison.b.name)]
        self.add_columns(*map(Text, [_("code"), shared, *figures, *pair, _("differ")]))
        self.add_row(*self._total(result))
        for code, agreement in self._rows:
            self.add_row(*self._cells(code, agreement, self._differences.get(code.id, 0)))
        self.move_cursor(row=min(kept, len(self._rows)))

    def _total(self, result: Agreement) -> list[Text]:
        overall = result.overall
        figures = [_right("·"), _right(value_text(overall.pooled_kappa))] if result.coefficients else []
        matches = overall.matches
        counts = (overall.counts.both, overall.counts.only_a, overall.counts.only_b)
        return [
            Text(_cut(_("all codes"), self._room_for_names()), style="italic"),
            self._bar(counts, overall.shared.value),
            *figures,
            _right(str(matches.codings_a) if matches else "–"),
            _right(str(matches.codings_b) if matches else "–"),
            _right("·"),
        ]

    def _cells(self, code: Code, agreement: CodeAgreement, differing: int) -> list[Text]:
        name = str(code.name) or code.slug
        indent = " " if code.parent_id else ""
        label = Text.assemble(
            indent,
            (f"{code.mnemonic:<3}", code_ink(code, self)),
            _cut(name, self._room_for_names() - len(indent)),
        )
        counts, matches = agreement.counts, agreement.matches
        figures: list[Text] = []
        if self._result is not None and self._result.coefficients:
            alpha = _right(value_text(agreement["alpha"]))
            alpha.stylize(self._tone(agreement))
            figures = [alpha, _right(value_text(agreement["kappa"]))]
        return [
            label,
            self._bar((counts.both, counts.only_a, counts.only_b), agreement["shared"].value),
            *figures,
            _right(str(matches.codings_a) if matches else "–"),
            _right(str(matches.codings_b) if matches else "–"),
            _right(str(differing or "·")),
        ]

    def _tone(self, agreement: CodeAgreement) -> Style:
        colour = _TONE_COLOURS.get(tone(agreement))
        if colour is None or self.app.no_color:
            return Style()
        return Style(color=self.app.theme_variables[colour], bold=True)

    def _bar(self, parts: tuple[int, int, int], shared: float | None) -> Text:
        """Both, only A, only B as stretches with signs of their own; the share both did behind it."""
        if not any(parts):
            return Text("–")
        text = Text()
        for sign, cells, colour in zip(_SIGNS, bars.bar(parts, _BAR), _BAR_COLOURS, strict=True):
            text.append(sign * cells, None if self.app.no_color else self.app.theme_variables[colour])
        return text.append(f" {percent(shared):>5}") if shared is not None else text

    def _room_for_names(self) -> int:
        return min(max(self.size.width - _OTHER_COLUMNS, 12), _LONGEST_NAME)

    @property
    def code(self) -> Code | None:
        """The code of the row under the cursor; `None` on the row of all codes."""
        row = self.cursor_row - 1
        return self._rows[row][0] if 0 <= row < len(self._rows) else None

    def words(self, width: int) -> Content:
        """What the numbers of the row under the cursor say, in that many columns."""
        if self._result is None:
            return Content("")
        if self.code is None:
            return brief_of_all(self._result, width)
        code, agreement = self._rows[self.cursor_row - 1]
        return brief(str(code.name) or code.slug, agreement, self._result, width)

    def aside(self) -> str:
        """The conventional name for the alpha under the cursor, for a tooltip; empty if it has none."""
        return "" if self.code is None else convention(self._rows[self.cursor_row - 1][1])


def _right(words: str) -> Text:
    return Text(words, justify="right")


def _short(name: str) -> str:
    return _cut(name, 8)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
