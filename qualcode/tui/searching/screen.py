"""Searching all interviews: a question, the words in their context, and the forms that were found."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from qualcode.errors import QualcodeError
from qualcode.i18n import _, ngettext
from qualcode.language.kwic import Order
from qualcode.model import Code, Memo
from qualcode.tasks.searching.search import code_places, forget_search, save_search, saved_searches
from qualcode.text.spans import Span
from qualcode.tui.actions import bindings
from qualcode.tui.common.bars import HintBar
from qualcode.tui.common.dialog import Choose, OneLine
from qualcode.tui.common.pick_code import PickCode
from qualcode.tui.common.place import SearchPlace
from qualcode.tui.common.step import StepScreen
from qualcode.tui.common.words import put
from qualcode.tui.program import InProgram
from qualcode.tui.searching.asking import (
    ORDERS,
    LastAsked,
    SearchAnswer,
    SearchQuestion,
    answer,
    help_words,
    order_words,
    where,
)
from qualcode.tui.searching.kwic_view import AlsoLine, FormsList, KwicView
from qualcode.tui.session import Session


class SearchScreen(InProgram, Screen[None]):
    """Opened over any step; the last question and the place in its answer are there again next time."""

    PLACES = ("search",)
    PANES = ("question", "lines", "forms")
    CSS_PATH = "search.tcss"
    BINDINGS = bindings("search")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (110, "-wide")]
    AUTO_FOCUS = "#question"

    answer: SearchAnswer | None = None
    order: Order = Order.PLACE
    plain: bool = False
    """Whether just letters are meant, not words in all their forms."""
    also: bool = False
    """Whether what is not sure is taken in."""
    coded: bool = False
    """Whether codings were made here, so that the step below has to be shown anew."""
    _last: ClassVar[LastAsked] = LastAsked()

    class Reading(Message):
        """Words are being read: so many of so many interviews are done."""

        def __init__(self, done: int, of: int) -> None:
            super().__init__()
            self.done, self.of = done, of

    class Answered(Message):
        """The answer to a question, or why there is none."""

        def __init__(self, question: SearchQuestion, answer: SearchAnswer | None, problem: str = "") -> None:
            super().__init__()
            self.question, self.answer, self.problem = question, answer, problem

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    @property
    def view(self) -> KwicView:
        """The lines."""
        return self.query_one(KwicView)

    def compose(self) -> ComposeResult:
        """The question, what was found, the forms, and a line of words below."""
        with Horizontal(id="ask"):
            yield Static(Content.styled(f" {_('Search')} ", "bold $here"), id="sign")
            yield Input(placeholder=_("a word, in all its forms"), id="question", select_on_focus=True)
        yield Static(Content.styled(help_words(self.plain), "$ink-soft"), id="help")
        with Horizontal(id="found"):
            yield KwicView(id="lines")
            with Vertical(id="side"):
                yield Static(Content.styled(_("Forms found"), "bold"), id="forms-heading")
                yield FormsList(id="forms")
        yield AlsoLine(id="also")
        yield Static(id="status")
        yield HintBar()

    def on_mount(self) -> None:
        """Ask again what was asked last."""
        before = self._last.question(self.session.project)
        if before is not None:
            self.plain, self.order, self.also = before.plain, before.order, before.also
            self.set_class(self.plain, "-plain")
            self.query_one("#question", Input).value = before.typed
            self.view.focus()
            self.ask_anew()
        self._tell_keys()

    # asking

    @on(Input.Submitted, "#question")
    def _asked(self) -> None:
        self.view.focus()
        self._forget()
        self.ask_anew()

    def _forget(self) -> None:
        """Begin at the first line, with all forms."""
        self._last.forget(self.session.project)
        self.query_one(FormsList).without.clear()
        self.also = False

    def ask_anew(self) -> None:
        """Ask what stands in the line, in the order chosen."""
        typed = self.query_one("#question", Input).value
        put(self, "#help", (help_words(self.plain), "$ink-soft"))
        if not typed.strip():
            self.say(_("Type a word to search for."))
            return
        self.say(_("Searching…"))
        self._look(SearchQuestion(typed, self.order, self.plain, self.also))

    @work(thread=True, exclusive=True, group="search")
    def _look(self, question: SearchQuestion) -> None:
        worker = get_current_worker()

        def told(done: int, of: int) -> None:
            self.post_message(self.Reading(done, of))

        try:
            found = answer(self.session, question, told=told, stopped=lambda: worker.is_cancelled)
        except QualcodeError as error:
            self.post_message(self.Answered(question, None, str(error)))
        else:
            if not worker.is_cancelled:
                self.post_message(self.Answered(question, found))

    @on(Reading)
    def _reading(self, event: Reading) -> None:
        words = ngettext(
            "Reading the words: {done} of {n} interview…",
            "Reading the words: {done} of {n} interviews…",
            event.of,
        )
        self.say(words.format(done=event.done, n=event.of))

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        self.answer = event.answer
        forms = self.query_one(FormsList)
        if event.answer is None:
            forms.fill(())
            self.view.show(())
            self.query_one(AlsoLine).show("", ticked=False)
            self.say(event.problem, "$error")
            self.query_one("#question", Input).focus()
            return
        forms.fill(event.answer.forms, forms.without)
        self.query_one(AlsoLine).show(event.answer.beside, ticked=event.question.also)
        self._show(self._last.cursor(self.session.project, event.question))

    @on(FormsList.Changed)
    def _other_forms(self) -> None:
        self._show(0)

    def _show(self, cursor: int) -> None:
        if self.answer is not None:
            without = self.query_one(FormsList).without
            shown = [place for place in self.answer.places if place.form not in without]
            self.view.show(shown, cursor)

    # what is said

    @on(KwicView.Moved)
    def tell(self) -> None:
        """Say how much was found, what is ticked, and where the line under the cursor is from."""
        view = self.view
        if self.answer is None:
            return
        self._last.keep(self.session.project, self.answer.question, view.cursor)
        count = len(view.places)
        parts = [
            ngettext("{n} hit", "{n} hits", count).format(n=count),
            ngettext("in {n} text", "in {n} texts", view.sources).format(n=view.sources),
        ]
        if self.order is not Order.PLACE and not self.plain:
            parts.append(order_words(self.order))
        if view.ticked:
            parts.append(ngettext("{n} ticked", "{n} ticked", len(view.ticked)).format(n=len(view.ticked)))
        said = [Content.styled(" " + " · ".join(parts), "bold")]
        warning = " ".join(filter(None, [self.answer.shortfall, self.answer.remark]))
        if warning:
            said.append(Content.styled("  " + warning, "$warning"))
        elif view.place is not None:
            said.append(Content.styled("  " + where(view.place), "$ink-soft"))
        put(self, "#status", *said)
        self._tell_keys()

    def say(self, words: str, style: str = "$ink-soft") -> None:
        """Say something in the line below."""
        put(self, "#status", (" " + words, style))

    def _tell_keys(self) -> None:
        found = ("search.go", "search.tick", "search.code", "search.sort", "search.question", "search.save")
        asking = ("search.plain", "search.saved", "search.close")
        hints = found if self.answer and self.answer.places else asking
        self.query_one(HintBar).hint(("search.also", *hints) if self.answer and self.answer.beside else hints)

    async def action_do(self, action_id: str) -> None:
        """Do an act of the registry (a hint was clicked)."""
        await self.workbench.do(action_id)

    # going

    @on(KwicView.LineChosen)
    def action_go(self) -> None:
        """Go to the place in its interview, with the other hits there lit up."""
        place = self.view.place
        if place is None:
            return
        if place.transcript is not None:
            others = [other.span for other in self.view.places if other.source.id == place.source.id]
            self.workbench.arrive(place.transcript, place.span, others)
        elif isinstance(place.source, Memo):
            self._go_to_memo(place.source)

    def _go_to_memo(self, memo: Memo) -> None:
        coding = self.session.codings.get(memo.target_id)
        wanted = coding.transcript_id if coding else memo.target_id
        found = next((each for each in self.session.transcripts if each.id == wanted), None)
        if found is None:
            self.app.notify(memo.text, title=_("Memo"), timeout=15)
        else:
            self.workbench.arrive(found, coding.span if coding else Span(0, 0))

    def action_question(self) -> None:
        """Go to the line to type in."""
        self.query_one("#question", Input).focus()

    def action_forms(self) -> None:
        """Go to the forms that were found."""
        self.query_one(FormsList).focus()

    def action_close(self) -> None:
        """Go back to the step below."""
        below = self.app.screen_stack[-2]
        if self.coded and isinstance(below, StepScreen):
            self.app.call_later(below.refresh_all)
        self.dismiss(None)

    # ticking and coding

    def action_tick(self) -> None:
        """Tick this hit, or take its tick away, and go to the next."""
        if self.view.place is not None:
            self.view.tick(self.view.cursor)
            self.view.action_move(1)

    def action_tick_all(self) -> None:
        """Tick all hits, or none."""
        self.view.tick_all(len(self.view.ticked) < len(self.view.places))

    def action_code(self) -> None:
        """Give the sentences of the ticked hits a code."""
        self._code("sentence")

    def action_code_words(self) -> None:
        """Give just the words of the ticked hits a code."""
        self._code("words")

    def _code(self, unit: str) -> None:
        session = self.session
        ticked = [place for place in self.view.chosen_places() if place.transcript is not None]
        if not ticked:
            self.app.notify(_("Tick the hits that fit first: space ticks one."), severity="warning")
            return
        if session.coder is None:
            self.app.notify(_("Say who is coding first (F9 in the step Coding)."), severity="warning")
            return
        title = ngettext("Which code for {n} hit?", "Which code for {n} hits?", len(ticked)).format(
            n=len(ticked)
        )
        dialog = PickCode(title, session.codes, session.counts_by_code(), session.last_code)
        self.ask(dialog, lambda code: self._give(code, ticked, unit))

    def _give(self, code: Code, ticked: list[SearchPlace], unit: str) -> None:
        places = [(place.transcript, place.span) for place in ticked if place.transcript is not None]
        made = code_places(self.session.project, places, code, "words" if unit == "words" else "sentence")
        self.coded = True
        self.session.use(code)
        self.session.reload()
        self.view.tick_all(False)
        words = ngettext("Coded {n} passage.", "Coded {n} passages.", len(made)).format(n=len(made))
        if len(made) < len(places):
            words += " " + _("The others had the code already, or stood in the same sentence.")
        self.app.notify(words + " " + _("Undo works in the step Coding (u)."), timeout=5)

    # how the answer comes

    def action_sort(self) -> None:
        """Sort by place, by the words left or right, or by the form."""
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.ask_anew()

    @on(AlsoLine.Toggled)
    def action_also(self) -> None:
        """Take in what is found beside it, or leave it out again."""
        if self.answer is not None and self.answer.beside:
            self.also = not self.also
            self.ask_anew()

    def action_plain(self) -> None:
        """Search bare text and memos, or words in all their forms."""
        self.plain = not self.plain
        self.set_class(self.plain, "-plain")
        self.ask_anew()

    def action_save(self) -> None:
        """Keep the question under a name."""
        typed = self.query_one("#question", Input).value

        def named(name: str) -> None:
            save_search(self.session.project, name, typed)
            self.app.notify(_("Kept as “{name}”.").format(name=name), timeout=3)

        self.ask(OneLine(_("Keep this question as"), typed), named)

    def action_saved(self) -> None:
        """Ask a question that was kept."""
        kept = saved_searches(self.session.project)
        if not kept:
            self.app.notify(_("No question is kept yet: ctrl+s keeps one."), timeout=4)
            return

        def chosen(typed: str) -> None:
            self.query_one("#question", Input).value = typed
            self._forget()
            self.view.focus()
            self.ask_anew()

        options = [(_named(name, typed), typed) for name, typed in kept.items()]
        self.ask(Choose(_("Ask which question?"), options), chosen)

    def action_forget(self) -> None:
        """Keep a question no longer."""

        def chosen(name: str) -> None:
            forget_search(self.session.project, name)
            told = _("No longer kept: {name}.").format(name=name)
            self.app.notify(told + " " + _("Undo works in the step Coding (u)."), timeout=5)

        options = [
            (_named(name, typed), name) for name, typed in saved_searches(self.session.project).items()
        ]
        if options:
            self.ask(Choose(_("Keep which question no longer?"), options), chosen)
        else:
            self.app.notify(_("No question is kept yet: ctrl+s keeps one."), timeout=4)


def _named(name: str, typed: str) -> str:
    return f"{name}: {typed}" if name != typed else name
