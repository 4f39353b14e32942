"""The answers to one question of a form side by side, lesson by lesson, with what I coded in them."""

from __future__ import annotations

from itertools import pairwise

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, HorizontalScroll, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qualcode.analysis.forms import LOGBOOK, FormAnswer, FormQuestion, questions
from qualcode.i18n import _, ngettext
from qualcode.text.spans import Span
from qualcode.tui.common.codes import code_ink
from qualcode.tui.common.lists import QuietList
from qualcode.tui.common.place import faces
from qualcode.tui.common.step import OverStep
from qualcode.tui.common.words import put, styled
from qualcode.tui.session import Session


class AnswerPane(VerticalScroll, can_focus=True):
    """One answer."""

    def __init__(self, answer: FormAnswer, words: Content) -> None:
        super().__init__(Static(words), classes="answer")
        self.answer = answer


class PartsScreen(OverStep, step="transcripts", place="parts", panes=("questions", "answers")):
    """Opened over the step Transcripts: questions on the left, a column per answer."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._questions: list[FormQuestion] = []
        self._coded_only = False

    def body(self) -> ComposeResult:
        """The question in words, the list of questions, the answers."""
        yield Static(id="heading")
        with Horizontal(id="panes"):
            yield QuietList(id="questions")
            yield HorizontalScroll(id="answers")

    def refresh_all(self) -> None:
        """Show the forms as they are now."""
        super().refresh_all()
        session = self.session
        self._questions = questions(session.transcripts, session.codings.values())
        self.query_one(QuietList).refill([Option(_titled(each)) for each in self._questions])
        if not self._questions:
            words = _("There are no forms among the interviews: none has numbered questions or lessons.")
            put(self, "#heading", words)
        self.hint("open", "next", "previous", "coded", "back")

    @property
    def question(self) -> FormQuestion | None:
        """The question under the cursor."""
        place = self.query_one("#questions", OptionList).highlighted
        return self._questions[place] if place is not None and place < len(self._questions) else None

    @on(OptionList.OptionHighlighted, "#questions")
    async def _pointed_at(self) -> None:
        await self._show()

    async def _show(self) -> None:
        question = self.question
        if question is None:
            return
        answers = [each for each in question.answers if each.codings or not self._coded_only]
        count = ngettext("{n} answer", "{n} answers", len(answers)).format(n=len(answers))
        if self._coded_only:
            count += " · " + _("only those with a coding")
        title = _("Logbooks") if question.id == LOGBOOK else _("Question {id}").format(id=question.id)
        put(self, "#heading", (f"{title}  ", "bold"), faces(question.words), (f"  {count}", "$ink-soft"))
        pane = self.query_one("#answers", HorizontalScroll)
        await pane.remove_children()
        await pane.mount_all(AnswerPane(answer, self._laid_out(answer)) for answer in answers)

    def _laid_out(self, answer: FormAnswer) -> Content:
        number = answer.part.rpartition(" · ")[2]  # of a survey its name stands in that of the interview
        where = " · ".join(filter(None, [answer.lesson, answer.transcript.name, number]))
        parts = [Content.styled(f"{where}\n\n", "bold $here")]
        for span in answer.spans:
            parts += [self._marked(answer, span), Content("\n\n")]
        for coding in answer.codings:
            code = self.session.code_of(coding)
            name = f"{str(code.name) or code.slug}\n"
            parts += [Content.styled(f"{code.mnemonic:<2} ", code_ink(code, self)), Content(name)]
        if not answer.codings:
            parts.append(Content.styled(_("no coding of mine"), "$ink-soft"))
        return Content.assemble(*parts)

    def _marked(self, answer: FormAnswer, span: Span) -> Content:
        """The words of a paragraph, what was coded underlined."""
        edges = {span.start, span.end}
        inside = [each.span for each in answer.codings if each.span.overlaps(span)]
        edges |= {edge for each in inside for edge in each if span.start < edge < span.end}
        ordered = sorted(edges)
        pieces = []
        for start, end in pairwise(ordered):
            words = "\n".join(map(faces, answer.transcript.text[start:end].split("\n")))
            coded = any(each.start <= start and end <= each.end for each in inside)
            pieces.append(Content.styled(words, "underline on $mark") if coded else Content(words))
        return Content.assemble(*pieces)

    def action_question(self, by: int) -> None:
        """Show another question."""
        shown = self.query_one("#questions", OptionList)
        if self._questions:
            shown.highlighted = ((shown.highlighted or 0) + by) % len(self._questions)

    async def action_coded(self) -> None:
        """Show only answers with a coding, or all."""
        self._coded_only = not self._coded_only
        await self._show()

    @on(OptionList.OptionSelected, "#questions")
    def action_open(self) -> None:
        """Go to the answer that has the focus, else the first, in its interview."""
        panes = list(self.query(AnswerPane))
        if panes:
            answer = next((pane for pane in panes if pane.has_focus), panes[0]).answer
            self.workbench.arrive(answer.transcript, answer.spans[0])


def _titled(question: FormQuestion) -> Content:
    codings = sum(len(answer.codings) for answer in question.answers)
    title = _("Logbooks") if question.id == LOGBOOK else question.id
    counts = f" {len(question.answers)}×" + (f" · {codings}" if codings else "")
    return styled((f"{title:<4}", "bold"), (counts, "$ink-soft"))
