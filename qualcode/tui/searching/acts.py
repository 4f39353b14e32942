"""What one can do with what a search found; the actions of the registry's part `search`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.screen import Screen
from textual.widgets import Input

from qualcode.i18n import _, ngettext
from qualcode.language.search import Order
from qualcode.model import Code, Memo
from qualcode.tasks.searching.search import code_places, save_search, saved_searches
from qualcode.text.spans import Span
from qualcode.tui.common.dialog import OneLine
from qualcode.tui.common.place import SearchPlace
from qualcode.tui.common.step import StepScreen
from qualcode.tui.searching.kwic_view import FormsList, KwicView
from qualcode.tui.searching.looking import Answer, Question

if TYPE_CHECKING:
    from qualcode.tui.program import Program
    from qualcode.tui.session import Session

_ORDERS = (Order.PLACE, Order.LEFT, Order.RIGHT, Order.FORM)


class SearchActs(Screen[None]):
    """The acts of the search screen; the screen itself says how things are shown."""

    answer: Answer | None = None
    order: Order = Order.PLACE
    plain: bool = False
    coded: bool = False
    # the question asked last and the place in its answer, per project
    _before: ClassVar[dict[str, tuple[Question, int]]] = {}

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    @property
    def workbench(self) -> Program:
        """The app, as what it is."""
        return cast("Program", self.app)

    def ask_anew(self) -> None:
        """Ask what stands in the line, in the order chosen."""
        raise NotImplementedError

    def remember(self, cursor: int) -> None:
        """Keep the question and the place in its answer for next time."""
        if self.answer is not None:
            self._before[self.session.project.id] = self.answer.question, cursor

    def remembered(self) -> Question | None:
        """The question asked last in this project."""
        return self._before.get(self.session.project.id, (None, 0))[0]

    def cursor_before(self) -> int:
        """The place in the answer given last, if the same was asked."""
        question, cursor = self._before.get(self.session.project.id, (None, 0))
        return cursor if self.answer is not None and question == self.answer.question else 0

    def forget_answer(self) -> None:
        """Begin at the first line next time, with all forms."""
        self._before.pop(self.session.project.id, None)
        self.query_one(FormsList).without.clear()

    async def action_do(self, action_id: str) -> None:
        """Do an act of the registry (a hint was clicked)."""
        await self.workbench.do(action_id)

    @property
    def view(self) -> KwicView:
        """The lines."""
        return self.query_one(KwicView)

    # going

    @on(KwicView.Chosen)
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
        from qualcode.tui.common.pick_code import PickCode

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

        def picked(code: Code | None) -> None:
            if code is not None:
                self._give(code, ticked, unit)

        self.app.push_screen(dialog, picked)

    def _give(self, code: Code, ticked: list[SearchPlace], unit: str) -> None:
        with self.workbench.saying():
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
        self.order = _ORDERS[(_ORDERS.index(self.order) + 1) % len(_ORDERS)]
        self.ask_anew()

    def action_plain(self) -> None:
        """Search bare text and memos, or words in all their forms."""
        self.plain = not self.plain
        self.set_class(self.plain, "-plain")
        self.ask_anew()

    def action_save(self) -> None:
        """Keep the question under a name."""
        typed = self.query_one("#question", Input).value

        def named(name: str | None) -> None:
            if name:
                with self.workbench.saying():
                    save_search(self.session.project, name, typed)
                    self.app.notify(_("Kept as “{name}”.").format(name=name), timeout=3)

        self.app.push_screen(OneLine(_("Keep this question as"), typed), named)

    def action_saved(self) -> None:
        """Ask a question that was kept."""
        from qualcode.tui.common.dialog import Choose

        kept = saved_searches(self.session.project)
        if not kept:
            self.app.notify(_("No question is kept yet: ctrl+s keeps one."), timeout=4)
            return

        def chosen(typed: str | None) -> None:
            if typed:
                self.query_one("#question", Input).value = typed
                self.forget_answer()
                self.view.focus()
                self.ask_anew()

        options = [(f"{name}: {typed}" if name != typed else name, typed) for name, typed in kept.items()]
        self.app.push_screen(Choose(_("Ask which question?"), options), chosen)
