"""Passages that use the same words: look at each, and give it the code or refuse it."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from qualcode.errors import QualcodeError
from qualcode.i18n import N_, _, ngettext
from qualcode.language.similar import explanation
from qualcode.model import Code, Coding, Transcript
from qualcode.store.project import open_project
from qualcode.tasks.searching.words import Offer, Similar, accept, refuse, unrefuse
from qualcode.text.spans import Span
from qualcode.tui.actions import unseen
from qualcode.tui.coding.code_help import switch_help
from qualcode.tui.coding.finding import Choosing
from qualcode.tui.coding.panes import CodingPart
from qualcode.tui.common.dialog import DIALOG_STYLE, Dialog, buttons
from qualcode.tui.common.lists import QuietList
from qualcode.tui.common.pick_code import PickCode
from qualcode.tui.common.place import faces
from qualcode.tui.common.words import put, styled
from qualcode.tui.session import Session

MOST = 40


@dataclass(frozen=True, slots=True)
class _Decided:
    """What was done with an offer, and where it stood in the list; `coding` if it was accepted."""

    offer: Offer
    place: int
    code: Code
    coding: Coding | None


class SimilarDialog(Dialog[None]):
    """Like the fragments of a code, or like one place (then the code is asked when a passage is accepted)."""

    CSS_PATH = [DIALOG_STYLE, "similar.tcss"]
    BINDINGS = unseen({"a": "accept", "x,delete": "refuse", "u": "take_back"})
    HELP_LINE = N_("Enter looks at it there · a gives it the code · x refuses it · u takes back · Esc closes")

    class Offered(Message):
        """The passages, or why there are none."""

        def __init__(self, offers: list[Offer], problem: str = "") -> None:
            super().__init__()
            self.offers, self.problem = offers, problem

    def __init__(
        self, title: str, session: Session, code: Code | None, place: tuple[Transcript, Span] | None = None
    ) -> None:
        super().__init__(title)
        self._session = session
        self._code = code
        self._place = place
        self._offers: list[Offer] = []
        self._decided: list[_Decided] = []

    def body(self) -> ComposeResult:
        """What it is worth, the passages, and how it goes."""
        yield Static(Content.styled(explanation(), "bold"), id="explained")
        yield QuietList(id="offers")
        yield Static(Content.styled(_("Comparing all passages…"), "$ink-soft"), id="said")
        yield from buttons(accept=_("Give it the code"), refuse=_("Refuse it"), take_back=_("Take back"))

    def on_mount(self) -> None:
        """Look for passages."""
        self.query_one(OptionList).focus()
        self._look()

    @work(thread=True, exclusive=True, group="similar")
    def _look(self) -> None:
        worker = get_current_worker()
        try:
            offers = self._found()
        except QualcodeError as error:
            self.post_message(self.Offered([], str(error)))
        else:
            if not worker.is_cancelled:
                self.post_message(self.Offered(offers))

    def _found(self) -> list[Offer]:
        session = self._session
        with open_project(session.project.path) as project:
            project.coder = session.coder
            similar = Similar(project, session.transcripts)
            if self._place is not None:
                return similar.to_place(*self._place, most=MOST)
            return similar.to_code(self._code, most=MOST) if self._code is not None else []

    @on(Offered)
    def _offered(self, event: Offered) -> None:
        self._offers = event.offers
        self._show(0)
        if event.problem:
            self._say(event.problem, "$warning")

    def _show(self, cursor: int) -> None:
        offers = self.query_one(OptionList)
        offers.set_options([Option(_line(offer)) for offer in self._offers])
        offers.highlighted = min(cursor, len(self._offers) - 1) if self._offers else None
        count = len(self._offers)
        words = ngettext("{n} passage to look at.", "{n} passages to look at.", count).format(n=count)
        self._say(words if count else _("No other passage uses the same words."))

    def _say(self, words: str, style: str = "$ink-soft") -> None:
        put(self, "#said", (words, style))

    @property
    def offer(self) -> Offer | None:
        """The passage under the cursor."""
        place = self.query_one(OptionList).highlighted
        return self._offers[place] if place is not None and place < len(self._offers) else None

    @on(OptionList.OptionSelected)
    def _look_at_it(self) -> None:
        if self.offer is not None:
            if self._decided:
                self._session.reload()
            self.workbench.arrive(self.offer.transcript, self.offer.span)

    @on(Button.Pressed, "#accept")
    def action_accept(self) -> None:
        """Give the passage the code; asks which one if it is not known."""
        if self.offer is None:
            return
        if self._code is not None:
            self._accept(self._code)
            return
        session = self._session
        dialog = PickCode(_("Which code?"), session.codes, session.counts_by_code(), session.last_code)
        self.ask(dialog, self._accept)

    def _accept(self, code: Code) -> None:
        offer = self.offer
        if offer is None:
            return
        with self.workbench.saying():
            coding = accept(self._session.project, offer, code)
            self._session.use(code)
            self._decide(_Decided(offer, self._offers.index(offer), code, coding))

    @on(Button.Pressed, "#refuse")
    def action_refuse(self) -> None:
        """Do not offer this passage for this code again."""
        offer = self.offer
        if offer is None:
            return
        if self._code is None:
            self._drop(self._offers.index(offer))
            return
        with self.workbench.saying():
            refuse(self._session.project, offer, self._code)
            self._decide(_Decided(offer, self._offers.index(offer), self._code, None))

    def _decide(self, decided: _Decided) -> None:
        self._decided.append(decided)
        self._drop(decided.place)

    def _drop(self, place: int) -> None:
        del self._offers[place]
        self._show(place)

    @on(Button.Pressed, "#take-back")
    def action_take_back(self) -> None:
        """Take the last decision back."""
        if not self._decided:
            return
        last = self._decided[-1]
        project = self._session.project
        with self.workbench.saying():
            if last.coding is not None:
                project.codings.remove(last.coding)
            else:
                unrefuse(project, last.offer, last.code)
            self._decided.pop()
            self._offers.insert(last.place, last.offer)
            self._show(last.place)


def _line(offer: Offer) -> Content:
    informant = f" · {offer.transcript.heard}" if offer.transcript.heard else ""
    return styled(
        (faces(offer.transcript.name) + informant + "\n", "$ink-soft"),
        faces(offer.text) + "\n",
        (_("same words: {words}").format(words=faces(", ".join(offer.shared))) + "\n", "$here"),
    )


class LikenessActions(CodingPart):
    """The part `likeness` of the coding screen: similar passages, likely codes."""

    def similar(self) -> None:
        """List passages like what is marked; else like the fragments of the code at the cursor, else of one asked."""
        session, panes = self.session, self.panes
        if session.transcript is None:
            return
        here = panes.codings_here()
        exact = [coding for coding in here if coding.span == self.reader.selection]
        title = _("Passages like those of which code?")
        if len(exact) == 1:
            self._of_code(session.code_of(exact[0]))
        elif self.reader.selection is not None:
            self._open(_("Passages like what is marked"), None)
        elif here:
            choose = Choosing(self.screen)
            choose.coding(title, here, lambda coding: self._of_code(session.code_of(coding)))
        else:
            dialog = PickCode(title, session.codes, session.counts_by_code(), session.last_code)
            self.screen.ask(dialog, self._of_code)

    def _of_code(self, code: Code) -> None:
        self._open(_("Passages like those of {code}").format(code=str(code.name) or code.slug), code)

    def _open(self, title: str, code: Code | None) -> None:
        session, span = self.session, self.reader.selection
        place = (session.transcript, span) if code is None and session.transcript and span else None
        dialog = SimilarDialog(title, session, code, place)
        self.workbench.push_screen(dialog, lambda _answer: self.show_anew())

    def suggest(self) -> None:
        """Put likely codes first when a code is looked up, or no longer."""
        with self.workbench.saying():
            self.say(switch_help(self.session))
