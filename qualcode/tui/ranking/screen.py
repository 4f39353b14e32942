"""Rankings: my order, that of the other, and the one we settled, side by side."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qualcode.analysis.ranking import places
from qualcode.i18n import _, number
from qualcode.model import Coder, Ranking, RankingOrder
from qualcode.reports.documents.ranking import comparison_words
from qualcode.tasks.ranking import label_of, proposal, readers_orders, settled
from qualcode.tui.actions import bindings
from qualcode.tui.common.lists import QuietList
from qualcode.tui.ranking.acts import RankActs


class RankScreen(RankActs):
    """Three columns; below, how alike the orders are."""

    STEP = "rank"
    PLACES = ("rank", "step")
    PANES = ("mine", "shared")
    CSS_PATH = "rank.tcss"
    BINDINGS = bindings("rank")
    AUTO_FOCUS = "#mine"

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
        self.labels = {transcript.id: label_of(transcript) for transcript in self.session.transcripts}
        self.query_one("#columns").display = self.ranking is not None
        if self.ranking is None:
            self.mine, self.shared = [], None
            self._say_what_to_do()
            return
        self.query_one("#heading", Static).update(
            Content.assemble(
                Content.styled(self.ranking.name, "bold"),
                Content.styled("  " + _("1 is where collaboration went best"), "$ink-soft"),
            )
        )
        self._show(self.ranking)
        self.hint(
            "rank.ask",
            "rank.up",
            "rank.down",
            "rank.tie",
            "rank.settle",
            "rank.contrast",
            "rank.choose",
            "rank.new",
        )

    def _say_what_to_do(self) -> None:
        self.query_one("#heading", Static).update(
            Content(
                _(
                    "There is no ranking yet. Press a to begin one: the interviews with the teachers, say, in the "
                    "order of how well the collaboration went."
                )
            )
        )
        self.query_one("#words", Static).update("")
        self.hint("rank.new")

    def _show(self, ranking: Ranking) -> None:
        project, me = self.session.project, self.session.coder
        orders = {order.coder_id: order for order in readers_orders(project, ranking)}
        own = orders.get(me.id) if me else None
        self.mine = [list(tied) for tied in own.ranks] if own else [list(self._items(ranking))]
        self._fill("mine", self.mine)
        self.query_one("#mine-name", Static).update(
            _named(me.name if me else "–", "" if own else _("no order yet"))
        )
        other = next((coder for coder in project.coders.pair() if me is None or coder.id != me.id), None)
        theirs = orders.get(other.id) if other else None
        self._show_other(other, theirs, made_mine=own is not None)
        shared = settled(project, ranking)
        if self.shared is None:
            self.shared = (
                [list(t) for t in shared.ranks]
                if shared
                else (proposal(project, ranking) if len(orders) > 1 and own else None)
            )
        self._fill("shared", self.shared or [])
        state = (
            _("settled")
            if shared and self.shared == [list(t) for t in shared.ranks]
            else _("proposal")
            if self.shared
            else _("later")
        )
        self.query_one("#shared-name", Static).update(_named(_("together"), state))
        self.query_one("#words", Static).update(self._words(own, theirs, other, shared))

    def _show_other(self, other: Coder | None, theirs: RankingOrder | None, *, made_mine: bool) -> None:
        self.query_one("#other-name", Static).update(_named(other.name if other else "–", ""))
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
        if shared and shared.reason:
            parts.append(_("Why this order: ") + shared.reason)
        if not own:
            parts.append(
                _("Press w to be asked which of two went better, or move the interviews with J and K.")
            )
        return Content("\n".join(parts))

    def _items(self, ranking: Ranking) -> list[str]:
        return [
            transcript.id for transcript in self.session.transcripts if transcript.id in ranking.transcripts
        ]

    def _fill(self, where: str, ranks: list[list[str]]) -> None:
        column = self.query_one(f"#{where}", OptionList)
        before = column.highlighted
        column.clear_options()
        found = places(ranks)
        column.add_options(
            [Option(_line(place, self.labels.get(one, one)), id=one) for one, place in found.items()]
        )
        if found:
            column.highlighted = min(before or 0, len(found) - 1)

    @on(OptionList.OptionSelected)
    def _to_text(self) -> None:
        self.action_open()


def _named(name: str, state: str) -> Content:
    return Content.assemble(Content.styled(name, "bold"), Content.styled(f"  {state}", "$ink-soft"))


def _line(place: float, label: str) -> Content:
    shown = number(place, 0 if place == int(place) else 1)
    return Content.assemble(Content.styled(f"{shown:>4} ", "bold $here"), Content(label))


def _step(mine: float | None, theirs: float) -> Content:
    """How far the other one's place lies from mine, in an arrow and a number."""
    if mine is None or mine == theirs:
        return Content("")
    step = abs(theirs - mine)
    return Content.styled(
        f"  {'↑' if theirs < mine else '↓'} {number(step, 0 if step == int(step) else 1)}", "$ink-soft"
    )
