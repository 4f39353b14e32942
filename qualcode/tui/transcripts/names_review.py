"""Deciding on names: each with its kind, how sure it is and why, and the sentences it stands in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import DataTable, Static

from qualcode.i18n import _, ngettext
from qualcode.pseudonyms.proposals import NameKind, Tier
from qualcode.pseudonyms.review import NameChoice, NameGroup, Review
from qualcode.tasks.transcripts.names import replace_all, worth_asking
from qualcode.tui.actions import bindings
from qualcode.tui.common.bars import HintBar
from qualcode.tui.common.dialog import Choose, OneLine
from qualcode.tui.common.lists import QuietTable
from qualcode.tui.common.place import faces
from qualcode.tui.common.words import put, styled
from qualcode.tui.program import InProgram

Answer = TypeVar("Answer")

_MOST_SENTENCES = 40
_AROUND = 220  # so many characters of a sentence are shown on either side of a name
_SIGNS = {NameChoice.OPEN: "□", NameChoice.REPLACE: "■", NameChoice.KEEP: "–"}


class NamesReview(InProgram, Screen[bool]):
    """Decides on the names of one text, in the `Review` given. The answer is whether to go on with it."""

    PLACES = ("names",)
    PANES = ("names", "around")
    CSS_PATH = "transcripts.tcss"
    BINDINGS = bindings("names")
    AUTO_FOCUS = "#names"

    def __init__(self, review: Review, title: str) -> None:
        super().__init__()
        self.review = review
        self._title = title
        self._groups = review.groups

    def compose(self) -> ComposeResult:
        """What is being read, the names, the sentences around one, and the keys."""
        yield Static(id="heading")
        yield QuietTable(id="names")
        with VerticalScroll(id="around", can_focus=True):
            yield Static(id="sentences")
        yield HintBar()

    def on_mount(self) -> None:
        """Fill the table, once; later only cells change."""
        table = self.query_one(QuietTable)
        heads = ["", _("name"), _("kind"), _("how sure"), _("places"), _("becomes")]
        for key, head in zip(("sign", "name", "kind", "tier", "count", "becomes"), heads, strict=True):
            table.add_column(Text(head), key=key)
        for group in self._groups:
            table.add_row(*self._cells(group), key=group.key)
        self._tell()

    def _cells(self, group: NameGroup) -> list[Text]:
        soft = self.app.theme_variables["ink-soft"]
        decided = group.choice is not NameChoice.OPEN
        sign = "∅" if group.choice is NameChoice.KEEP and group.always else _SIGNS[group.choice]
        return [
            Text(sign, style="bold"),
            Text(faces(group.name), style="" if decided else "bold"),
            Text(group.kind.label),
            Text(group.tier.label, style=soft if group.tier is Tier.LOOK else ""),
            Text(str(group.count), justify="right"),
            Text(self._becomes(group), style=soft if group.choice is NameChoice.OPEN else ""),
        ]

    def _becomes(self, group: NameGroup) -> str:
        if group.choice is NameChoice.KEEP:
            return _("stays as it is")
        if group.choice is NameChoice.OPEN and group.same_as:
            return _("as {name}?").format(name=faces(self.review.group(group.same_as).name))
        return group.pseudonym

    def _show(self) -> None:
        table = self.query_one(QuietTable)
        for group in self._groups:
            for column, cell in zip(table.columns, self._cells(group), strict=True):
                if table.get_cell(group.key, column) != cell:
                    table.update_cell(group.key, column, cell, update_width=True)
        self._tell()

    def _tell(self) -> None:
        open_ones = len(self.review.undecided)
        count = ngettext("{n} name", "{n} names", len(self._groups)).format(n=len(self._groups))
        left = ngettext("{n} to decide", "{n} to decide", open_ones).format(n=open_ones)
        put(
            self,
            "#heading",
            (_("Names in {text}").format(text=faces(self._title)), "bold"),
            (f"   {count} · {left}", "$ink-soft"),
        )
        keys = ["names.accept", "names.refuse", "names.sure", "names.kind", "names.pseudonym", "names.ready"]
        group = self.group
        if group is not None and group.same_as:
            keys.insert(2, "names.separate")
        self.query_one(HintBar).hint(keys if open_ones else ["names.ready", *keys[:-1]])

    @property
    def group(self) -> NameGroup | None:
        """The name under the cursor."""
        row = self.query_one(QuietTable).cursor_row
        return self._groups[row] if 0 <= row < len(self._groups) else None

    @on(DataTable.RowHighlighted)
    def _pointed_at(self) -> None:
        group = self.group
        if group is None:
            return
        reasons = "; ".join(dict.fromkeys(str(reason) for reason in group.reasons))
        parts = [Content.styled(f"{reasons}\n", "$ink-soft")]
        parts += [self._sentence(group, n) for n in range(min(len(group.places), _MOST_SENTENCES))]
        for label in group.outside:
            words = _("In a speaker's label or the title: {words}").format(words=faces(label))
            parts.append(Content(f"\n{words}"))
        if len(group.places) > _MOST_SENTENCES:
            more = _("… and {n} more places").format(n=len(group.places) - _MOST_SENTENCES)
            parts.append(Content.styled(f"\n{more}", "$ink-soft"))
        put(self, "#sentences", *parts)
        self.query_one("#around").scroll_home(animate=False)
        self._tell()

    def _sentence(self, group: NameGroup, n: int) -> Content:
        before, name, after = self.review.sentence(group.places[n])
        return styled(
            "\n", faces(before[-_AROUND:]), (faces(name), "bold $background on $here"), faces(after[:_AROUND])
        )

    # deciding

    async def action_do(self, action_id: str) -> None:
        """Do an act of the registry (a hint was clicked)."""
        await self.workbench.do(action_id)

    def _decided(self) -> None:
        """Show it, and go to the next name that is to be decided, from the cursor on and then from the top."""
        table = self.query_one(QuietTable)
        self._show()
        here = table.cursor_row
        order = [*range(here + 1, len(self._groups)), *range(here)]
        following = next((n for n in order if self._groups[n].choice is NameChoice.OPEN), None)
        if following is not None:
            table.move_cursor(row=following)

    @on(DataTable.RowSelected)
    def action_accept(self) -> None:
        """Replace the name."""
        if self.group is not None:
            self.review.accept(self.group.key)
            self._decided()

    def action_refuse(self, always: bool = False) -> None:
        """Leave the name as it is; `always`: in later files as well."""
        if self.group is not None:
            self.review.refuse(self.group.key, always=always)
            self._decided()

    def action_reopen(self) -> None:
        """Take back what was decided."""
        if self.group is not None:
            self.review.reopen(self.group.key)
            self._show()

    def action_separate(self) -> None:
        """It is another person than the one with the fuller name."""
        if self.group is not None:
            self.review.separate(self.group.key)
            self._show()

    def _ask(self, window: Screen[Answer | None], decide: Callable[[Answer], object]) -> None:
        """Ask something about the name under the cursor, and decide on it by the answer, if there is one."""

        def answered(answer: Answer) -> None:
            decide(answer)
            self._decided()

        self.ask(window, answered)

    def action_kind(self) -> None:
        """Ask whose or what name it is."""
        group = self.group
        if group is not None:
            kinds = [(kind.label, kind) for kind in NameKind if kind is not NameKind.UNKNOWN]
            window = Choose(_("What is {name}?").format(name=faces(group.name)), kinds)
            self._ask(window, lambda kind: self.review.change(group.key, kind=kind))

    def action_pseudonym(self) -> None:
        """Ask for a pseudonym."""
        group = self.group
        if group is not None:
            window = OneLine(_("Pseudonym for {name}").format(name=faces(group.name)), group.pseudonym)
            self._ask(window, lambda pseudonym: self.review.change(group.key, pseudonym=pseudonym))

    def action_same(self) -> None:
        """Ask as which other name this one is the same."""
        group = self.group
        others = [(faces(other.name), other.key) for other in self._groups if other is not group]
        if group is not None and others:
            window = Choose(_("{name} is the same as …").format(name=faces(group.name)), others)
            self._ask(window, lambda key: self.review.same(group.key, key))

    def action_sure(self) -> None:
        """Replace all that are sure and not decided yet."""
        for group in self.review.in_text_order():
            if group.choice is NameChoice.OPEN and group.tier is Tier.SURE:
                self.review.accept(group.key)
        self._decided()

    def action_all(self) -> None:
        """Replace all that are sure or likely, and all people, where nothing else was decided."""
        kept = [(group.key, group.always) for group in self._groups if group.choice is NameChoice.KEEP]
        replace_all(self.review)
        for key, always in kept:
            self.review.refuse(key, always=always)
        self._decided()

    # going on

    def action_ready(self) -> None:
        """Go on with what was decided; asks what to do with sure and likely names that were passed over."""
        passed = [group for group in self.review.undecided if worth_asking(group)]
        if not passed:
            self.dismiss(True)
            return
        names = ", ".join(faces(group.name) for group in passed[:8]) + (" …" if len(passed) > 8 else "")
        ways = [
            (_("Go on deciding"), "back"),
            (_("Replace them"), "replace"),
            (_("Leave them in for now; the interview is then not ready to leave"), "leave"),
        ]

        def answered(way: str) -> None:
            if way == "replace":
                for group in passed:
                    self.review.accept(group.key)
            if way in ("replace", "leave"):
                self.dismiss(True)

        self.ask(Choose(_("Not decided yet"), ways, about=names), answered)

    def action_stop(self) -> None:
        """Stop."""
        self.dismiss(False)
