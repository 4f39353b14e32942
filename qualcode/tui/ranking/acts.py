"""What can be done on the step Rank."""

from __future__ import annotations

from textual.widgets import OptionList

from qualcode.analysis.ranking import PairwiseQuestion
from qualcode.i18n import _
from qualcode.model import Coder, Ranking, Role
from qualcode.tasks import ranking as ranking_
from qualcode.text.spans import Span
from qualcode.tui.common.dialog import Choose
from qualcode.tui.common.memo import MemoEditor
from qualcode.tui.common.step import StepScreen
from qualcode.tui.ranking.dialogs import ContrastView, Which


class RankActs(StepScreen):
    """The acts; `mine` and `shared` are the orders shown, by ranks of transcript ids."""

    ranking: Ranking | None = None
    mine: list[list[str]]
    shared: list[list[str]] | None = None
    labels: dict[str, str]

    @property
    def _on_shared(self) -> bool:
        return self.focused is not None and self.focused.id == "shared"

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
        roles = [role for role in Role if any(t.informant is role for t in self.session.transcripts)]
        options: list[tuple[str, Role | None]] = [(role.label, role) for role in roles]
        options.append((_("all interviews"), None))

        def begin(choice: tuple[Role | None]) -> None:
            with self.workbench.saying():
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
                self.session.project.rankings.answer(ranking, coder, first, second, answer)
            self.action_ask()

        at = {transcript.id: transcript for transcript in self.session.transcripts}
        self.ask(Which(at[first], at[second], question.left), answered)

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
            with self.workbench.saying():
                ranking_.settle(self.session.project, ranking, shared, reason)
                self.refresh_all()

        kept = ranking_.settled(self.session.project, ranking)
        self.ask(MemoEditor(_("Why is this the order?"), kept.reason if kept else ""), because)

    def action_contrast(self) -> None:
        """Show what goes with the best and the poorest."""
        from qualcode.tasks.material import gather

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
