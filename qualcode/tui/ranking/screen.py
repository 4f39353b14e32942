"""Rankings: my order, that of the other, and the one we settled, side by side."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qualcode.analysis.ranking import PairwiseQuestion, places
from qualcode.i18n import _, number
from qualcode.model import Coder, Ranking, RankingOrder, Role, in_order, wide
from qualcode.reports.documents.ranking import FEWEST_CASES, comparison_words, group_words
from qualcode.tasks import ranking as ranking_
from qualcode.tasks.material import gather
from qualcode.text.spans import Span
from qualcode.tui.common.dialog import Choose, MemoEditor
from qualcode.tui.common.lists import QuietList
from qualcode.tui.common.step import StepScreen
from qualcode.tui.common.words import put, styled
from qualcode.tui.ranking.dialogs import ContrastView, Which


class RankScreen(StepScreen, step="rank", panes=("mine", "shared")):
    """Three columns; below, how alike the orders are. `mine` and `shared` are ranks of transcript ids."""

    ranking: Ranking | None = None
    mine: list[list[str]]
    shared: list[list[str]] | None = None
    labels: dict[str, str]

    def body(self) -> ComposeResult:
        """The heading, the columns and the words."""
        yield Static(id="heading")
        with Horizontal(id="columns"):
            with Vertical(classes="column"):
                yield Static(id="mine-name", classes="name")
                yield QuietList(id="mine")
            with Vertical(classes="column"):
                yield Static(id="other-name", classes="name")
                with VerticalScroll(can_focus=False):
                    yield Static(id="other")
            with Vertical(classes="column"):
                yield Static(id="shared-name", classes="name")
                yield QuietList(id="shared")
        yield Static(id="words")

    def refresh_all(self) -> None:
        """Show the ranking as it is now."""
        super().refresh_all()
        rankings = self.session.project.rankings.all()
        kept = self.ranking.id if self.ranking else ""
        self.ranking = next((r for r in rankings if r.id == kept), rankings[0] if rankings else None)
        self.labels = {
            transcript.id: ranking_.label_of(transcript) for transcript in self.session.transcripts
        }
        self.query_one("#columns").display = self.ranking is not None
        if self.ranking is None:
            self.mine, self.shared = [], None
            self._say_what_to_do()
            return
        put(
            self,
            "#heading",
            (self.ranking.name, "bold"),
            ("  " + _("1 is where collaboration went best"), "$ink-soft"),
        )
        self._show(self.ranking)
        self.hint("ask", "up", "down", "tie", "settle", "contrast", "choose", "new")

    def _say_what_to_do(self) -> None:
        put(
            self,
            "#heading",
            _(
                "There is no ranking yet. Press a to begin one: the interviews with the teachers, say, in the "
                "order of how well the collaboration went."
            ),
        )
        put(self, "#words", "")
        self.hint("new")

    def _show(self, ranking: Ranking) -> None:
        project, me = self.session.project, self.session.coder
        orders = {order.coder_id: order for order in ranking_.readers_orders(project, ranking)}
        own = orders.get(me.id) if me else None
        unordered = [each.id for each in self.session.transcripts if each.id in ranking.transcripts]
        self.mine = [list(tied) for tied in own.ranks] if own else [unordered]
        self._fill("mine", self.mine)
        put(self, "#mine-name", _named(me.name if me else "–", "" if own else _("no order yet")))
        other = next((coder for coder in project.coders.pair() if me is None or coder.id != me.id), None)
        theirs = orders.get(other.id) if other else None
        self._show_other(other, theirs, made_mine=own is not None)
        shared = ranking_.settled(project, ranking)
        if self.shared is None:
            self.shared = (
                [list(t) for t in shared.ranks]
                if shared
                else (ranking_.proposal(project, ranking) if len(orders) > 1 and own else None)
            )
        self._fill("shared", self.shared or [])
        state = (
            _("settled")
            if shared and self.shared == [list(t) for t in shared.ranks]
            else _("proposal")
            if self.shared
            else _("later")
        )
        put(self, "#shared-name", _named(_("together"), state))
        put(self, "#words", self._words(own, theirs, other, shared))

    def _show_other(self, other: Coder | None, theirs: RankingOrder | None, *, made_mine: bool) -> None:
        put(self, "#other-name", _named(other.name if other else "–", ""))
        shown = self.query_one("#other", Static)
        if theirs is None:
            shown.update(Content.styled(_("no order yet"), "$ink-soft"))
        elif not made_mine:
            shown.update(Content.styled(_("Make your own order first; then you see this one."), "$ink-soft"))
        else:
            at = places(self.mine)
            lines = [
                Content.assemble(_line(place, self.labels.get(one, one)), _step(at.get(one), place), "\n")
                for one, place in places(theirs.ranks).items()
            ]
            shown.update(Content.assemble(*lines))

    def _words(
        self,
        own: RankingOrder | None,
        theirs: RankingOrder | None,
        other: Coder | None,
        shared: RankingOrder | None,
    ) -> Content:
        parts = []
        if own and theirs and other and self.session.coder:
            names = (self.session.coder.name, other.name)
            parts.append(comparison_words(names, places(own.ranks), places(theirs.ranks)))
        if self.ranking and self.session.coder:
            parts.append(ranking_.steadiness(self.session.project, self.ranking, self.session.coder))
        parts += self._groups()
        if shared and shared.reason:
            parts.append(_("Why this order: ") + shared.reason)
        if not own:
            parts.append(
                _("Press w to be asked which of two went better, or move the interviews with J and K.")
            )
        return Content("\n".join(filter(None, parts)))

    def _groups(self) -> list[str]:
        """How alike this ranking and the others put the cases in order."""
        project, here = self.session.project, self.ranking
        mine = ranking_.by_case(project, here) if here else {}
        found = []
        for other in project.rankings.all() if mine else ():
            theirs = ranking_.by_case(project, other)
            if here and other.id != here.id and len(mine.keys() & theirs) >= FEWEST_CASES:
                found.append(group_words((here.name, other.name), mine, theirs))
        return found

    def _fill(self, where: str, ranks: list[list[str]]) -> None:
        found = places(ranks)
        self.query_one(f"#{where}", QuietList).refill(
            [Option(_line(place, self.labels.get(one, one)), id=one) for one, place in found.items()]
        )

    # what can be done

    @property
    def _on_shared(self) -> bool:
        return self.query_one("#shared").has_focus

    def _under_cursor(self) -> str | None:
        column = self.query_one("#shared" if self._on_shared else "#mine", OptionList)
        at = column.highlighted
        return column.get_option_at_index(at).id if at is not None and at < column.option_count else None

    def _reorder(self, ranks: list[list[str]], item: str) -> None:
        """Keep an order that was changed by hand, and leave the cursor on the item."""
        if self.ranking is None:
            return
        where = "shared" if self._on_shared else "mine"
        with self.workbench.saying():
            if self._on_shared:
                self.shared = ranks
            else:
                self.session.project.rankings.set_order(
                    self.ranking, self.session.project.require_coder(), ranks
                )
            self.refresh_all()
            column = self.query_one(f"#{where}", OptionList)
            column.highlighted = column.get_option_index(item)

    def action_move(self, by: int) -> None:
        """Move the interview up or down."""
        item = self._under_cursor()
        ranks = self.shared if self._on_shared else self.mine
        if item and ranks:
            self._reorder(ranking_.moved_by(ranks, item, by), item)

    def action_tie(self) -> None:
        """Tie it with the one above, or no longer."""
        item = self._under_cursor()
        ranks = self.shared if self._on_shared else self.mine
        if item and ranks:
            self._reorder(ranking_.tied_with_above(ranks, item), item)

    def action_new(self) -> None:
        """Begin a ranking."""
        heard = in_order(wide(role) for t in self.session.transcripts for role in t.roles)
        options: list[tuple[str, Role | None]] = [(role.label, role) for role in heard if role]
        options.append((_("all interviews"), None))

        def begin(choice: tuple[Role | None]) -> None:
            self.ranking = ranking_.begin_ranking(self.session.project, "", role=choice[0])
            self.shared = None
            self.refresh_all()
            self.query_one("#mine").focus()

        self.ask(
            Choose(_("Put which interviews in order?"), [(words, (role,)) for words, role in options]), begin
        )

    def action_choose(self) -> None:
        """Choose a ranking."""

        def chosen(ranking: Ranking) -> None:
            self.ranking, self.shared = ranking, None
            self.refresh_all()

        known = self.session.project.rankings.all()
        if known:
            self.ask(Choose(_("Which ranking?"), [(each.name, each) for each in known]), chosen)

    def action_ask(self) -> None:
        """Answer which of two went better, until there is an order."""
        if self.ranking is None:
            return
        with self.workbench.saying():
            coder = self.session.project.require_coder()
            question = ranking_.next_to_ask(self.session.project, self.ranking, coder)
            if question is None:
                self.refresh_all()
                self.app.notify(
                    _("That gives this order. Change it with J and K, or press W to begin anew."), timeout=5
                )
            else:
                self._put(self.ranking, coder, question)

    def _put(self, ranking: Ranking, coder: Coder, question: PairwiseQuestion) -> None:
        first, second = str(question.first), str(question.second)

        def answered(answer: int) -> None:
            with self.workbench.saying():
                ranking_.answer(self.session.project, ranking, coder, first, second, answer)
            self.action_ask()

        at = {transcript.id: transcript for transcript in self.session.transcripts}
        self.ask(Which(at[first], at[second], question), answered)

    def action_restart(self) -> None:
        """Begin the questions anew."""
        if self.ranking is not None:
            with self.workbench.saying():
                self.session.project.rankings.forget_answers(
                    self.ranking, self.session.project.require_coder()
                )
                self.action_ask()

    def action_settle(self) -> None:
        """Settle the shared order, with the reason."""
        ranking, shared = self.ranking, self.shared
        if ranking is None:
            return
        if not shared:
            self.notify(_("Both make an order first; then there is something to settle."), severity="warning")
            return

        def because(reason: str) -> None:
            ranking_.settle(self.session.project, ranking, shared, reason)
            self.refresh_all()

        kept = ranking_.settled(self.session.project, ranking)
        self.ask(MemoEditor(_("Why is this the order?"), kept.reason if kept else ""), because)

    def action_contrast(self) -> None:
        """Show what goes with the best and the poorest."""
        if self.ranking is None:
            return
        with self.workbench.saying():
            material = gather(self.session.project)
            ranks = self.shared or ranking_.proposal(self.session.project, self.ranking)
            found = ranking_.contrasted(self.session.project, material, ranks)
            self.ask(
                ContrastView(found, self.labels),
                lambda quote: self.workbench.arrive(quote.transcript, quote.span),
            )

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """Go to the interview."""
        item = self._under_cursor()
        for transcript in self.session.transcripts:
            if transcript.id == item:
                self.workbench.arrive(transcript, Span(0, 0))

    def action_remove(self) -> None:
        """Take the ranking away."""
        if self.ranking is not None:
            name = self.ranking.name
            with self.workbench.saying():
                self.session.project.rankings.remove(self.ranking)
                self.ranking = self.shared = None
                self.refresh_all()
                self.app.notify(_("Taken out: {name}. Press u to undo.").format(name=name), timeout=4)


def _named(name: str, state: str) -> Content:
    return styled((name, "bold"), (f"  {state}", "$ink-soft"))


def _line(place: float, label: str) -> Content:
    shown = number(place, 0 if place == int(place) else 1)
    return styled((f"{shown:>4} ", "bold $here"), label)


def _step(mine: float | None, theirs: float) -> Content:
    """How far the other one's place lies from mine, in an arrow and a number."""
    if mine is None or mine == theirs:
        return Content("")
    step = abs(theirs - mine)
    return Content.styled(
        f"  {'↑' if theirs < mine else '↓'} {number(step, 0 if step == int(step) else 1)}", "$ink-soft"
    )
