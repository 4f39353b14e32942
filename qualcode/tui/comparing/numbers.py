"""The agreement per code in figures: what is shared as a bar, alpha, kappa, and how many differences."""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Static

from qualcode.agreement.comparison import AgreementOptions
from qualcode.agreement.result import Agreement, CodeAgreement, CodeState
from qualcode.i18n import _, percent
from qualcode.model import Code
from qualcode.reports.wording import summary
from qualcode.reports.wording.sentences import Tone, convention, judged_text, tone, value_text
from qualcode.tasks.comparing.agreement import LiveComparison
from qualcode.tasks.comparing.comparison import Comparison
from qualcode.text.words import cut
from qualcode.tui.common.codes import code_ink
from qualcode.tui.common.lists import QuietTable
from qualcode.tui.comparing.agreement_page import brief, brief_of_all, parts_of

_BAR = 8
_OTHER_COLUMNS = 58
_LONGEST_NAME = 30
_SIGNS = (summary.BOTH, summary.ONLY_A, summary.ONLY_B)
_BAR_COLOURS = ("primary", "secondary", "accent")
_TONE_COLOURS = {Tone.STRONG: "success", Tone.ENOUGH: "here", Tone.NOT_ENOUGH: "error"}


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
        pair = [cut(comparison.a.name, 8), cut(comparison.b.name, 8)]
        self.add_columns(*map(Text, [_("code"), shared, *figures, *pair, _("differs")]))
        self.add_row(*self._total(result))
        for code, agreement in self._rows:
            self.add_row(*self._cells(code, agreement, self._differences.get(code.id, 0)))
        self.move_cursor(row=min(kept, len(self._rows)))

    def _total(self, result: Agreement) -> list[Text]:
        overall = result.overall
        figures = [_right("·"), _right(value_text(overall.pooled_kappa))] if result.coefficients else []
        matches = overall.matches
        return [
            Text(cut(_("all codes"), self._room_for_names()), style="italic"),
            self._bar(parts_of(overall.counts), overall.shared.value),
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
            cut(name, self._room_for_names() - len(indent)),
        )
        matches = agreement.matches
        figures: list[Text] = []
        if self._result is not None and self._result.coefficients:
            alpha = _right(judged_text(agreement))
            alpha.stylize(self._tone(agreement))
            figures = [alpha, _right(judged_text(agreement, "kappa"))]
        return [
            label,
            self._bar(parts_of(agreement.counts), agreement["shared"].value),
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
        for sign, cells, colour in zip(_SIGNS, summary.bar(parts, _BAR), _BAR_COLOURS, strict=True):
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


class Numbers(Horizontal):
    """The table of agreement, and beside it what the row under the cursor says. Counts in a thread of its own."""

    def __init__(self) -> None:
        super().__init__(id="numbers")
        self._comparison: Comparison | None = None

    def compose(self) -> ComposeResult:
        """The table and the words."""
        yield AgreementTable()
        with VerticalScroll(id="explained", can_focus=False):
            yield Static(id="words")

    def count(self, live: LiveComparison, options: AgreementOptions, differences: Mapping[str, int]) -> None:
        """Count a comparison as it is now, and show it; `differences` are how many there are per code."""
        self._comparison = live.comparison
        self._count(live, options, differences)

    @work(thread=True, exclusive=True, group="agreement")
    def _count(self, live: LiveComparison, options: AgreementOptions, differences: Mapping[str, int]) -> None:
        comparison = live.comparison
        result = live.agreement(options)
        self.app.call_from_thread(self._counted, comparison, result, differences)

    def _counted(self, comparison: Comparison, result: Agreement, differences: Mapping[str, int]) -> None:
        if comparison is self._comparison and self.is_attached:  # else another one was asked for meanwhile
            self.query_one(AgreementTable).fill(comparison, result, differences)
            self._tell()

    @on(DataTable.RowHighlighted)
    def _tell(self) -> None:
        table, words = self.query_one(AgreementTable), self.query_one("#words", Static)
        room = max(self.query_one("#explained").content_size.width - 1, 24)
        words.update(table.words(room))
        words.tooltip = Content(table.aside()) if table.aside() else None

    @property
    def code(self) -> Code | None:
        """The code of the row under the cursor; `None` on the row of all codes."""
        return self.query_one(AgreementTable).code
