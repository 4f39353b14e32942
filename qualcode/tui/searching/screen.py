"""Searching all interviews: a question, the words in their context, and the forms that were found."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from qualcode.errors import QualcodeError
from qualcode.i18n import _, ngettext
from qualcode.language.search import Order
from qualcode.tui.actions import bindings
from qualcode.tui.common.bars import HintBar
from qualcode.tui.common.place import SearchPlace, faces
from qualcode.tui.searching.acts import SearchActs
from qualcode.tui.searching.kwic_view import FormsList, KwicView
from qualcode.tui.searching.looking import Answer, Question, look


class SearchScreen(SearchActs):
    """Opened over any step; the last question and the place in its answer are there again next time."""

    PLACES = ("search",)
    PANES = ("question", "lines", "forms")
    CSS_PATH = "search.tcss"
    BINDINGS = bindings("search")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (110, "-wide")]
    AUTO_FOCUS = "#question"

    class Reading(Message):
        """Words are being read: so many of so many interviews are done."""

        def __init__(self, done: int, of: int) -> None:
            super().__init__()
            self.done, self.of = done, of

    class Answered(Message):
        """The answer to a question, or why there is none."""

        def __init__(self, question: Question, answer: Answer | None, problem: str = "") -> None:
            super().__init__()
            self.question, self.answer, self.problem = question, answer, problem

    def compose(self) -> ComposeResult:
        """The question, what was found, the forms, and a line of words below."""
        with Horizontal(id="ask"):
            yield Static(Content.styled(f" {_('Search')} ", "bold $here"), id="sign")
            yield Input(placeholder=_("a word, in all its forms"), id="question", select_on_focus=True)
        yield Static(Content.styled(self._help(), "$ink-soft"), id="help")
        with Horizontal(id="found"):
            yield KwicView(id="lines")
            with Vertical(id="side"):
                yield Static(Content.styled(_("Forms found"), "bold"), id="forms-heading")
                yield FormsList(id="forms")
        yield Static(id="status")
        yield HintBar()

    def _help(self) -> str:
        if self.plain:
            return _(
                'Just these letters, in interviews and memos · "two words" together · F6: words in all forms'
            )
        return _(
            'afspraak: all forms · "zo is het" · *gesprek* · hulp ~5 vragen · en, of, niet · '
            "informant:ouder case:04 code:tijd uncoded · F6: bare text and memos"
        )

    def on_mount(self) -> None:
        """Ask again what was asked last."""
        before = self.remembered()
        if before is not None:
            self.plain, self.order = before.plain, before.order
            self.set_class(self.plain, "-plain")
            self.query_one("#question", Input).value = before.typed
            self.query_one(KwicView).focus()
            self.ask_anew()
        self._tell_keys()

    # asking

    @on(Input.Submitted, "#question")
    def _asked(self) -> None:
        self.query_one(KwicView).focus()
        self.forget_answer()
        self.ask_anew()

    def ask_anew(self) -> None:
        """Ask what stands in the line, in the order chosen."""
        typed = self.query_one("#question", Input).value
        self.query_one("#help", Static).update(Content.styled(self._help(), "$ink-soft"))
        if not typed.strip():
            self.say(_("Type a word to search for."))
            return
        self.say(_("Searching…"))
        self._look(Question(typed, self.order, self.plain))

    @work(thread=True, exclusive=True, group="search")
    def _look(self, question: Question) -> None:
        session = self.session
        worker = get_current_worker()
        try:
            answer = look(
                session.project.path,
                session.coder,
                session.transcripts,
                question,
                told=self._read_so_far,
                stopped=lambda: worker.is_cancelled,
            )
        except QualcodeError as error:
            self.post_message(self.Answered(question, None, str(error)))
        else:
            if not worker.is_cancelled:
                self.post_message(self.Answered(question, answer))

    def _read_so_far(self, done: int, of: int) -> None:
        self.post_message(self.Reading(done, of))

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
            self.query_one(KwicView).show(())
            self.say(event.problem, "$error")
            self.query_one("#question", Input).focus()
            return
        forms.fill(event.answer.forms, forms.without)
        self._show(self.cursor_before())

    @on(FormsList.Changed)
    def _other_forms(self) -> None:
        self._show(0)

    def _show(self, cursor: int) -> None:
        if self.answer is not None:
            without = self.query_one(FormsList).without
            shown = [place for place in self.answer.places if place.form not in without]
            self.query_one(KwicView).show(shown, cursor)

    # what is said

    @on(KwicView.Moved)
    def tell(self) -> None:
        """Say how much was found, what is ticked, and where the line under the cursor is from."""
        view = self.query_one(KwicView)
        if self.answer is None:
            return
        self.remember(view.cursor)
        count = len(view.places)
        parts = [
            ngettext("{n} hit", "{n} hits", count).format(n=count),
            ngettext("in {n} text", "in {n} texts", view.sources).format(n=view.sources),
        ]
        if self.order is not Order.PLACE and not self.plain:
            parts.append(self._order_in_words())
        if view.ticked:
            parts.append(ngettext("{n} ticked", "{n} ticked", len(view.ticked)).format(n=len(view.ticked)))
        said = [Content.styled(" " + " · ".join(parts), "bold")]
        if self.answer.shortfall:
            said.append(Content.styled("  " + self.answer.shortfall, "$warning"))
        elif view.place is not None:
            said.append(Content.styled("  " + self._where(view.place), "$ink-soft"))
        self.query_one("#status", Static).update(Content.assemble(*said))
        self._tell_keys()

    def _where(self, place: SearchPlace) -> str:
        transcript = place.transcript
        if transcript is None:
            return _("a memo; Enter goes to what it is about")
        turn = transcript.turn_at(place.span.start)
        return " · ".join(filter(None, [faces(transcript.name), faces(turn.speaker) if turn else ""]))

    def say(self, words: str, style: str = "$ink-soft") -> None:
        """Say something in the line below."""
        self.query_one("#status", Static).update(Content.styled(" " + words, style))

    def _tell_keys(self) -> None:
        found = ("search.go", "search.tick", "search.code", "search.sort", "search.question", "search.save")
        asking = ("search.plain", "search.saved", "search.close")
        self.query_one(HintBar).hint(found if self.answer and self.answer.places else asking)

    def _order_in_words(self) -> str:
        return {
            Order.PLACE: _("in the order of the interviews"),
            Order.LEFT: _("by the words to the left"),
            Order.RIGHT: _("by the words to the right"),
            Order.FORM: _("by the form"),
        }[self.order]
