"""The walk: the differences one by one, each with both readings, and an outcome by one key."""

from __future__ import annotations

import json

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qualcode.i18n import N_, _, ngettext
from qualcode.model import JournalEntry
from qualcode.tasks.comparing.agenda import AgendaItem
from qualcode.tui.actions import bindings
from qualcode.tui.common.codes import code_ink
from qualcode.tui.common.lists import QuietList
from qualcode.tui.common.step import StepScreen
from qualcode.tui.comparing.difference_card import DifferenceCard
from qualcode.tui.comparing.differences import SIGNS
from qualcode.tui.comparing.walk import Walk, grouped
from qualcode.tui.comparing.walk_acts import WalkActs
from qualcode.tui.session import Session

ORDER_WORDS = {
    "codes": N_("by the codes that meet most"),
    "effect": N_("by effect on alpha"),
    "size": N_("by the text read differently"),
    "place": N_("in the order of the texts"),
}
_WORDS_SHOWN = 40


class WalkScreen(WalkActs, StepScreen):
    """Opened over the step Compare. On the left the agenda, on the right the card of the one at hand."""

    STEP = "compare"
    PLACES = ("walk", "step")
    PANES = ("agenda",)
    CSS_PATH = "walk.tcss"
    BINDINGS = bindings("walk")
    AUTO_FOCUS = "#agenda"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._rows: list[AgendaItem | None] = []

    def body(self) -> ComposeResult:
        """How far we are; the agenda and the card; whose reading prevailed."""
        yield Static(id="heading")
        with Horizontal(id="panes"):
            yield QuietList(id="agenda")
            with Vertical(id="right"):
                yield DifferenceCard()
                yield Static(id="balance")
        yield Static(id="empty")

    def refresh_all(self) -> None:
        """Make the agenda anew, and go on where one was."""
        super().refresh_all()
        standing = self.session.standing()
        kept = getattr(self, "walk", None)
        self.walk = Walk(self.session.project, standing)
        if kept is not None:
            self.walk.order, self.walk.settled_shown = kept.order, kept.settled_shown
            self.walk.at = next(
                (item for item in self.walk.agenda.items if kept.at and item.key == kept.at.key), None
            )
            self.walk.arrange()
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
        self._fill()
        self._tell()

    def _fill(self) -> None:
        walk, agenda = self.walk, self.query_one("#agenda", OptionList)
        agenda.clear_options()
        self._rows = []
        options: list[Option] = []
        blocks = grouped(walk.rows) if walk.order == "codes" else [((), walk.rows)]
        for codes, items in blocks:
            if codes and items:
                options.append(Option(self._heading_of(items), disabled=True))
                self._rows.append(None)
            for item in items:
                options.append(Option(self._line(item)))
                self._rows.append(item)
        agenda.add_options(options)
        keys = [item.key if item else "" for item in self._rows]
        if walk.at is not None and walk.at.key in keys:
            with self.prevent(OptionList.OptionHighlighted):
                agenda.highlighted = keys.index(walk.at.key)
            agenda.scroll_to_highlight()

    def _heading_of(self, items: list[AgendaItem]) -> Content:
        """The codes that meet, and how often: “Nt ↔ Rc 14×”."""
        codes = self.walk.codes_of(items[0])
        parts: list[Content] = []
        for code in codes:
            parts += [
                Content.styled(" ↔ " if parts else "", "$ink-soft"),
                Content.styled(f"{code.mnemonic} ", code_ink(code, self)),
                Content.styled(str(code.name) or code.slug, "bold"),
            ]
        return Content.assemble(*parts, Content.styled(f"  {len(items)}×", "bold $here"))

    def _line(self, item: AgendaItem) -> Content:
        words = " ".join(item.span.of(item.transcript.text).split())
        short = words if len(words) <= _WORDS_SHOWN else words[: _WORDS_SHOWN - 1] + "…"
        decision = self.walk.agenda.decision_on(item)
        sign = "╗" if decision and decision.settled else "…" if decision else SIGNS[item.difference.kind]
        return Content.assemble(
            Content.styled(f" {sign} ", "bold $here"),
            Content.styled(f"{item.transcript.name} ", "$ink-soft"),
            Content(short),
        )

    def _tell(self) -> None:
        walk = self.walk
        open_ = len(walk.agenda.open_items())
        done = len(walk.agenda.items) - open_
        to_go = ngettext("{n} difference to go", "{n} differences to go", open_).format(n=open_)
        parts = [
            Content.styled(to_go, "bold"),
            Content.styled(
                f"  {_('{n} settled').format(n=done)} · {_(ORDER_WORDS[walk.order])}", "$ink-soft"
            ),
        ]
        if walk.agreed_waiting():
            waiting = walk.agreed_waiting()
            words = ngettext("= keeps {n} agreed passage", "= keeps {n} agreed passages", waiting)
            parts.append(Content.styled(f" · {words.format(n=waiting)}", "$ink-soft"))
        if self.whole_group and walk.at is not None:
            words = _("The next outcome settles all {n} of this group.")
            told = words.format(n=len(walk.group_of(walk.at)))
            parts.append(Content.styled(f"  {told}", "bold $here"))
        self.query_one("#heading", Static).update(Content.assemble(*parts))
        self._tell_balance()
        self.set_class(walk.at is None, "-empty")
        if walk.at is None:
            self.query_one("#empty", Static).update(Content(_all_done(bool(walk.agenda.items))))
        else:
            self.query_one(DifferenceCard).tell(walk, walk.at, self.session.coder)
        self.hint("walk.a", "walk.b", "walk.both", "walk.neither", "walk.differ", "walk.later", "walk.reason")

    def _tell_balance(self) -> None:
        balance = self.walk.balance()
        a, b = self.walk.pair
        question = balance.question(a, b)
        counted = " · ".join(
            f"{words} {n}"
            for words, n in (
                (_("as {name} read it").format(name=a.name), balance.a),
                (_("as {name} read it").format(name=b.name), balance.b),
                (_("both"), balance.both),
                (_("neither"), balance.neither),
                (_("new"), balance.new),
                (_("differ"), balance.differ),
                (_("later"), balance.later),
            )
            if n
        )
        lines = [Content.styled(counted, "$ink-soft")] if counted else []
        if question:
            lines.append(Content.styled(question, "$here"))
        self.query_one("#balance", Static).update(Content("\n").join(lines))

    @on(OptionList.OptionHighlighted, "#agenda")
    def _pointed_at(self, event: OptionList.OptionHighlighted) -> None:
        item = self._rows[event.option_index] if event.option_index < len(self._rows) else None
        if item is not None and item is not self.walk.at:
            self.walk.at = item
            self.whole_group = False
            self._tell()

    @on(OptionList.OptionSelected, "#agenda")
    def _selected(self) -> None:
        self.action_open()

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


def _all_done(any_: bool) -> str:
    if not any_:
        return _("You read everything alike: there is nothing to talk about.")
    return _("Every difference is settled. v shows what was decided; Esc goes back to the texts.")
