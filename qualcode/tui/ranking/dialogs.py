"""Windows of the step Rank: which of two went better, and what goes with the top of an order."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qualcode.analysis.quotes import Quote
from qualcode.analysis.ranking import Contrast, PairwiseQuestion
from qualcode.i18n import N_, _, ngettext, number
from qualcode.model import Transcript
from qualcode.reports.documents.ranking import Contrasted, caution
from qualcode.tasks.ranking import label_of
from qualcode.tui.actions import unseen
from qualcode.tui.common.dialog import Dialog
from qualcode.tui.common.lists import QuietList
from qualcode.tui.common.passages import quote_content
from qualcode.tui.common.words import styled

_ANSWERS = (1, -1, 0)


class Which(Dialog[int]):
    """The answer is 1 for the first, −1 for the second, 0 for a tie."""

    BINDINGS = unseen({"1": "answer(1)", "2": "answer(-1)", "3,equals_sign": "answer(0)"})
    HELP_LINE = N_("1, 2 or = answers · Esc stops; your answers are kept")

    def __init__(self, first: Transcript, second: Transcript, question: PairwiseQuestion) -> None:
        super().__init__(_("Once more: which went better?") if question.again else _("Which went better?"))
        self._two = (first, second)
        self._left = question.left

    def body(self) -> ComposeResult:
        """The two, and a tie."""
        options = [
            f"1  {label_of(self._two[0])}",
            f"2  {label_of(self._two[1])}",
            f"=  {_('as well as each other')}",
        ]
        yield QuietList(*(Option(Content(words)) for words in options))
        words = ngettext("At most {n} question.", "At most {n} questions.", self._left).format(n=self._left)
        yield Static(Content.styled(words, "$ink-soft"))

    def action_answer(self, answer: int) -> None:
        """Take an answer."""
        self.dismiss(answer)

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(_ANSWERS[event.option_index])


_MOST = 40


class ContrastView(Dialog[Quote]):
    """Features, the strongest first; Enter shows the passages of one, and Enter there goes to it."""

    HELP_LINE = N_("Enter shows the passages, and goes to one · Esc closes")

    def __init__(self, found: Contrasted, labels: Mapping[str, str]) -> None:
        super().__init__(_("What goes with the best and with the poorest"))
        self._found = found
        self._labels = labels
        self._quotes: list[Quote] = []
        self._features = found.differing[:_MOST]

    def body(self) -> ComposeResult:
        """The caution, the sides, the features."""
        sides = [
            ", ".join(self._labels.get(one, one) for one in side)
            for side in (self._found.top, self._found.bottom)
        ]
        yield Static(
            styled(
                (caution(self._found), "$ink-soft"),
                "\n" + _("Top: {names}").format(names=sides[0] or "–"),
                "\n" + _("Bottom: {names}").format(names=sides[1] or "–"),
            )
        )
        yield QuietList(*(Option(self._line(each)) for each in self._features), id="features")
        yield QuietList(id="passages")

    def on_mount(self) -> None:
        """The passages come when they are asked for."""
        self.query_one("#passages").display = False

    def _line(self, each: Contrast) -> Content:
        sign = "+" if each.effect > 0 else "−" if each.effect < 0 else "="
        figures = [f"{each.top}/{each.of_top} – {each.bottom}/{each.of_bottom}", self._found.sure(each)]
        if self._found.measured:
            figures.insert(1, f"h {number(each.effect)}")
        return styled(
            (f"{sign} ", "bold $here"),
            self._found.names.get(each.feature, each.feature),
            ("  " + ", ".join(filter(None, figures)), "$ink-soft"),
        )

    @on(OptionList.OptionSelected, "#features")
    def _opened(self, event: OptionList.OptionSelected) -> None:
        feature = self._features[event.option_index].feature
        top, bottom = self._found.quotes.get(feature, ((), ()))
        self._quotes = [*top, *bottom]
        passages = self.query_one("#passages", OptionList)
        passages.clear_options()
        passages.add_options(
            [Option(styled((_("top") + " ", "bold $here"), quote_content(q))) for q in top]
            + [Option(styled((_("bottom") + " ", "bold $here"), quote_content(q))) for q in bottom]
        )
        passages.display = True
        passages.focus()

    @on(OptionList.OptionSelected, "#passages")
    def _taken(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._quotes[event.option_index])
