"""The walk: the differences one by one, each with both readings, and an outcome by one key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList, Static

from qualcode.i18n import _, ngettext
from qualcode.model import Code, Coder, JournalEntry
from qualcode.store.records.decisions import ASKS_WHY, Outcome, Why
from qualcode.tasks.comparing.agenda import AgendaItem, Edges
from qualcode.text.spans import Span
from qualcode.tui.common.dialog import OneLine
from qualcode.tui.common.pick_code import PickCode
from qualcode.tui.common.step import OverStep
from qualcode.tui.common.words import put
from qualcode.tui.comparing.outcomes import ChooseEdges, Given, GiveReason
from qualcode.tui.comparing.rounds import RoundWindows
from qualcode.tui.comparing.walk import Walk
from qualcode.tui.comparing.walk_panes import (
    AgendaList,
    DifferenceCard,
    around,
    balance_words,
    outcome_label,
    progress_words,
)
from qualcode.tui.project.people import with_pin


class WalkScreen(OverStep, step="compare", place="walk", panes=("agenda",)):
    """Opened over the step Compare: the card of the one at hand, and with figures the agenda beside it."""

    PARTS: ClassVar[Mapping[str, str]] = {
        **OverStep.PARTS,
        "codes": "qualcode.tui.comparing.walk_codes:WalkCodes",
    }
    walk: Walk
    figures = False
    """Whether the agenda is shown, what outcomes do to alpha, and whose reading prevailed."""
    whole_group = False
    """Whether the next outcome settles all differences about the same codes."""

    def body(self) -> ComposeResult:
        """How far we are; the agenda and the card; whose reading prevailed."""
        yield Static(id="heading")
        with Horizontal(id="panes"):
            yield AgendaList()
            with Vertical(id="right"):
                yield DifferenceCard()
                yield Static(id="balance")
        yield Static(id="empty")

    def refresh_all(self) -> None:
        """Make the agenda anew, and go on where one was."""
        super().refresh_all()
        kept = getattr(self, "walk", None)
        self.walk = Walk(self.session.project, self.session.live_comparison())
        if kept is not None:
            self.walk.go_on_from(kept)
        self.show_all()

    def after_turning(self, entry: JournalEntry) -> None:
        """Go to the difference whose decision was turned back."""
        for change in entry.changes:
            row = change.after or {}
            if change.table == "decisions" and "a" in row:
                about = {*json.loads(row["a"]), *json.loads(row["b"])}
                for item in self.walk.agenda.items:
                    if about.intersection(item.codings):
                        self.go_to(item)
                        return

    def show_all(self) -> None:
        """Show the agenda, the card and how far we are."""
        self.query_one(AgendaList).fill(self.walk)
        self._tell()

    def _tell(self) -> None:
        walk = self.walk
        put(self, "#heading", progress_words(walk, whole_group=self.whole_group, figures=self.figures))
        put(self, "#balance", balance_words(walk, figures=self.figures))
        self.set_class(walk.at is None, "-empty")
        self.set_class(not self.figures, "-no-figures")
        self.query_one(AgendaList).disabled = not self.figures
        if walk.at is None:
            put(self, "#empty", _all_done(bool(walk.agenda.items)))
        else:
            self.query_one(DifferenceCard).tell(walk, walk.at, self.session.coder, figures=self.figures)
        self.hint("a", "b", "both", "neither", "differ", "later", "reason", "mend", "figures")

    @on(OptionList.OptionHighlighted, "#agenda")
    def _pointed_at(self, event: OptionList.OptionHighlighted) -> None:
        item = self.query_one(AgendaList).item(event.option_index)
        if item is not None and item is not self.walk.at:
            self.walk.at = item
            self.whole_group = False
            self._tell()

    def on_resize(self) -> None:
        """The card shows as much of the text as fits."""
        super().on_resize()
        if hasattr(self, "walk"):
            self.call_after_refresh(self._tell)

    def go_to(self, item: AgendaItem) -> None:
        """Have another one at hand."""
        self.walk.at = item
        if item.key not in {row.key for row in self.walk.rows}:
            self.walk.settled_shown = True
            self.walk.arrange()
        self.show_all()

    # settling

    def _items(self) -> list[AgendaItem]:
        """What the next outcome settles: the one at hand, or all of its group; nothing if it may not be."""
        at = self.walk.at
        if at is None:
            return []
        if not self.walk.may_decide:
            self.app.notify(_("An auditor reads along: comment, or reopen a decision (R)."), timeout=5)
            return []
        decision = self.walk.agenda.decision_on(at)
        if decision is not None and decision.settled:
            self.app.notify(_("This is settled. R takes it up again."), timeout=4)
            return []
        return self.walk.group_of(at) if self.whole_group else [at]

    def action_settle(self, outcome: str) -> None:
        """Settle by one key; where a reason is owed, or a whole group goes, ask first."""
        items, wanted = self._items(), Outcome(outcome)
        if not items:
            return
        owed = wanted in ASKS_WHY and not (len(items) == 1 and self.walk.says_why(items[0]))
        if len(items) == 1 and not owed:
            self._settle(items, wanted, None)
        else:
            a, b = self.walk.pair
            named = {Outcome.A: a, Outcome.B: b}.get(wanted)
            title = _("as {name} read it").format(name=named.name) if named else wanted.label
            about = ngettext(
                "This settles {n} difference.", "This settles {n} differences at once.", len(items)
            ).format(n=len(items))
            window = GiveReason(title, about, owed=owed)
            self.ask(window, lambda given: self._settle(items, wanted, given))

    def _settle(
        self,
        items: list[AgendaItem],
        outcome: Outcome,
        given: Given | None,
        *,
        edges: Span | None = None,
        code: Code | None = None,
    ) -> None:
        said = given or Given(Why.NONE, "")
        place: Edges | None = edges or ("widest" if code else None)
        with self.workbench.saying():
            self.walk.settle(items, outcome, reason=said.reason, text=said.text, edges=place, code=code)
            self.whole_group = False
        self.show_all()
        if not self.walk.agenda.open_items():
            self._look_back(items[0])

    def _look_back(self, last: AgendaItem) -> None:
        """All is settled: ask the five questions of the round it was read in, while it is fresh."""
        one = self.session.project.rounds.latest_with(last.transcript.id)
        if one is not None and not one.running:
            RoundWindows(self.workbench, self.session, self.refresh_all).answer(one)

    def action_edges(self) -> None:
        """Choose other edges."""
        items = self._items()
        if not items:
            return
        item = items[0]
        codings = item.a + item.b
        start, end = max(c.start for c in codings), min(c.end for c in codings)
        shared = Span(start, end) if end > start and item.a and item.b else None
        window = around(item.transcript, item.span)
        self.ask(
            ChooseEdges(item.transcript.text, window, item.span, shared),
            lambda edges: self._settle([item], Outcome.EDGES, None, edges=edges),
        )

    def action_new_code(self) -> None:
        """Choose another code for it."""
        items = self._items()
        if items:
            counts = self.session.counts_by_code()
            self.ask(
                PickCode(_("Which code stands?"), self.session.codes, counts, None),
                lambda code: self._settle(items, Outcome.NEW_CODE, None, code=code),
            )

    def action_group(self) -> None:
        """Let the next outcome settle the whole group, or only this one again."""
        self.whole_group = not self.whole_group
        self.show_all()

    def action_agreed(self) -> None:
        """Put what both agree on in the layer of decisions."""
        with self.workbench.saying():
            n = self.walk.take_agreed()
            words = ngettext(
                "{n} agreed passage now stands in the shared layer.",
                "{n} agreed passages now stand in the shared layer.",
                n,
            )
            self.app.notify(words.format(n=n), timeout=4)
        self.show_all()

    def action_reopen(self) -> None:
        """Take a decision up again."""
        item = self.walk.at
        decision = self.walk.agenda.decision_on(item) if item else None
        if item is None or decision is None:
            return
        names = {coder.id: coder.name for coder in self.walk.pair}
        title = _("Why take “{outcome}” up again?").format(outcome=outcome_label(decision, names))

        def given(why: str) -> None:
            with self.workbench.saying():
                self.walk.reopen(item, why)
            self.show_all()

        self.ask(OneLine(title), given)

    # each one's own line

    def action_reason(self) -> None:
        """Write why I read it so."""
        item, me = self.walk.at, self.session.coder
        if item is None or me is None:
            return
        if me not in self.walk.pair:
            self.app.notify(_("Only the two who coded it write why they did."), timeout=4)
            return
        self._write(item, me)

    def action_other_reason(self) -> None:
        """Let the other one write theirs, on the same laptop."""
        item, other = self.walk.at, self.walk.other(self.session.coder)
        if item is not None and other is not None:
            with_pin(self.workbench, self.session.project, other, lambda: self._write(item, other))

    def _write(self, item: AgendaItem, coder: Coder) -> None:
        known = self.walk.reasons(item).get(coder.id)
        before = known.text or "" if known and coder == self.session.coder else ""
        title = _("{name}: why did you read it so?").format(name=coder.name)

        def written(text: str) -> None:
            with self.workbench.saying():
                self.walk.write_reason(item, coder, text)
            self.show_all()

        self.ask(OneLine(title, before), written)

    # looking

    def action_figures(self) -> None:
        """Show the figures and the agenda, or only the passage."""
        self.figures = not self.figures
        self.show_all()
        if self.figures:
            self.query_one(AgendaList).focus()

    def action_skip(self, by: int) -> None:
        """Go to another difference without settling this one."""
        self.walk.skip(by)
        self.whole_group = False
        self.show_all()

    def action_scroll_card(self, by: int) -> None:
        """Scroll the card."""
        self.query_one("#card").scroll_relative(y=3 * by, animate=False)

    def action_order(self) -> None:
        """Put the agenda in another order."""
        self.walk.next_order()
        self.show_all()

    def action_settled(self) -> None:
        """Show what was settled too, or only what is open."""
        self.walk.settled_shown = not self.walk.settled_shown
        self.walk.arrange()
        self.show_all()

    @on(OptionList.OptionSelected, "#agenda")
    def action_open(self) -> None:
        """Go to the passage in its interview."""
        if self.walk.at is not None:
            self.workbench.arrive(self.walk.at.transcript, self.walk.at.span)


def _all_done(any_: bool) -> str:
    if not any_:
        return _("You read everything alike: there is nothing to talk about.")
    return _("Every difference is settled. v shows what was decided; Esc goes back to the texts.")
