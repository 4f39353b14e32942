"""The agenda of a walk as a list, and what is said about it: how much there is to go, whose reading prevailed."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from qualcode.i18n import N_, _, ngettext
from qualcode.tasks.comparing.agenda import AgendaItem
from qualcode.tui.common.codes import code_ink
from qualcode.tui.common.lists import QuietList, cut
from qualcode.tui.comparing.differences import SIGNS
from qualcode.tui.comparing.walk import Walk, grouped

_ORDER_WORDS = {
    "codes": N_("by the codes that meet most"),
    "effect": N_("by effect on alpha"),
    "size": N_("by the text read differently"),
    "place": N_("in the order of the texts"),
}
_WORDS_SHOWN = 40


class AgendaList(QuietList):
    """The differences of a walk, under the codes that meet where it is in that order."""

    def __init__(self) -> None:
        super().__init__(id="agenda")
        self._rows: list[AgendaItem | None] = []  # None: a heading

    def fill(self, walk: Walk) -> None:
        """Show the rows of a walk, the cursor on the one at hand; nobody is told."""
        self._rows = []
        options: list[Option] = []
        blocks = grouped(walk.rows) if walk.order == "codes" else [((), walk.rows)]
        for codes, items in blocks:
            if codes and items:
                options.append(Option(self._heading(walk, items), disabled=True))
                self._rows.append(None)
            options += [Option(_line(walk, item)) for item in items]
            self._rows += items
        keys = [item.key if item else "" for item in self._rows]
        self.set_options(options)
        if walk.at is not None and walk.at.key in keys:
            with self.prevent(OptionList.OptionHighlighted):
                self.highlighted = keys.index(walk.at.key)
            self.scroll_to_highlight()

    def item(self, row: int) -> AgendaItem | None:
        """The difference in a row; `None` for a heading."""
        return self._rows[row] if row < len(self._rows) else None

    def _heading(self, walk: Walk, items: list[AgendaItem]) -> Content:
        """The codes that meet, and how often: “Nt ↔ Rc 14×”."""
        parts: list[Content] = []
        for code in walk.codes_of(items[0]):
            parts += [
                Content.styled(" ↔ " if parts else "", "$ink-soft"),
                Content.styled(f"{code.mnemonic} ", code_ink(code, self)),
                Content.styled(str(code.name) or code.slug, "bold"),
            ]
        return Content.assemble(*parts, Content.styled(f"  {len(items)}×", "bold $here"))


def _line(walk: Walk, item: AgendaItem) -> Content:
    words = " ".join(item.span.of(item.transcript.text).split())
    decision = walk.agenda.decision_on(item)
    sign = "╗" if decision and decision.settled else "…" if decision else SIGNS[item.difference.kind]
    return Content.assemble(
        Content.styled(f" {sign} ", "bold $here"),
        Content.styled(f"{item.transcript.name} ", "$ink-soft"),
        Content(cut(words, _WORDS_SHOWN)),
    )


def progress_words(walk: Walk, *, whole_group: bool) -> Content:
    """How far the pair is: what is open and settled, in which order, and what the next outcome settles."""
    open_ = len(walk.agenda.open_items())
    done = len(walk.agenda.items) - open_
    to_go = ngettext("{n} difference to go", "{n} differences to go", open_).format(n=open_)
    parts = [
        Content.styled(to_go, "bold"),
        Content.styled(f"  {_('{n} settled').format(n=done)} · {_(_ORDER_WORDS[walk.order])}", "$ink-soft"),
    ]
    if waiting := walk.agreed_waiting():
        words = ngettext("= keeps {n} agreed passage", "= keeps {n} agreed passages", waiting)
        parts.append(Content.styled(f" · {words.format(n=waiting)}", "$ink-soft"))
    if whole_group and walk.at is not None:
        words = _("The next outcome settles all {n} of this group.")
        told = words.format(n=len(walk.group_of(walk.at)))
        parts.append(Content.styled(f"  {told}", "bold $here"))
    return Content.assemble(*parts)


def balance_words(walk: Walk) -> Content:
    """Whose reading prevailed so far, and the question to ask where it is nearly always the same one's."""
    balance = walk.balance()
    a, b = walk.pair
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
    question = balance.question(a, b)
    lines = [Content.styled(counted, "$ink-soft")] if counted else []
    if question:
        lines.append(Content.styled(question, "$here"))
    return Content("\n").join(lines)
