"""What becomes of each column of a survey, to be looked at and changed before anything is taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import DataTable, Static

from qualcode.errors import InputError
from qualcode.i18n import _, ngettext
from qualcode.model import ColumnKind, SurveyColumn
from qualcode.tasks.transcripts.survey_plan import ColumnSaid, SurveyPlan
from qualcode.tasks.transcripts.survey_scales import ScaleSaid, by_letter
from qualcode.text.normal import one_line
from qualcode.text.words import cut
from qualcode.tui.actions import bindings
from qualcode.tui.common.bars import HintBar
from qualcode.tui.common.dialog import Choose, OneLine
from qualcode.tui.common.lists import QuietTable
from qualcode.tui.common.place import faces
from qualcode.tui.common.words import put
from qualcode.tui.program import InProgram

_OTHER_COLUMNS, _FEWEST_WORDS, _TITLE = 46, 12, 34
_KINDS = tuple(kind for kind in ColumnKind if kind is not ColumnKind.EMPTY)
_Said = tuple[list[ColumnSaid], list[ScaleSaid]]


class SurveyTable(InProgram, Screen[bool]):
    """Shows a plan and changes it. The answer is whether to take the survey in."""

    PLACES = ("survey",)
    PANES = ("columns", "reasons")
    CSS_PATH = "transcripts.tcss"
    BINDINGS = bindings("survey")
    AUTO_FOCUS = "#columns"

    def __init__(self, plan: SurveyPlan) -> None:
        super().__init__()
        self.plan = plan
        self._before: list[_Said] = []

    def compose(self) -> ComposeResult:
        """What is being read, its columns, what there is to say of one, and the keys."""
        yield Static(id="heading")
        yield QuietTable(id="columns")
        with VerticalScroll(id="reasons", can_focus=True):
            yield Static(id="why")
        yield HintBar()

    def on_mount(self) -> None:
        """Show the columns."""
        heads = ["", _("question"), _("becomes"), _("answers"), _("scale")]
        self.query_one(QuietTable).add_columns(*map(Text, heads))
        self._show()

    def _show(self) -> None:
        table = self.query_one(QuietTable)
        row = table.cursor_row
        table.clear()
        for each in self.plan.columns:
            table.add_row(*self._cells(each))
        table.move_cursor(row=min(row, len(self.plan.columns) - 1))
        who = ngettext("{n} respondent", "{n} respondents", len(self.plan.rows)).format(n=len(self.plan.rows))
        what = ngettext("{n} interview", "{n} interviews", len(self.plan.speaking))
        counts = f"   {who} · {what.format(n=len(self.plan.speaking))}"
        title = _("What becomes of {survey}").format(survey=faces(cut(self.plan.name, _TITLE)))
        put(self, "#heading", (title, "bold"), (counts, "$ink-soft"))
        self._tell()
        keys = ["survey.kind", "survey.call", "survey.scale", "survey.title", "survey.ready"]
        self.query_one(HintBar).hint(keys if self.plan.problems else [keys[-1], *keys[:-1]])

    def _cells(self, column: SurveyColumn) -> list[Text]:
        soft = (
            ""
            if column.kind.is_fact or column.kind is ColumnKind.OPEN
            else self.app.theme_variables["ink-soft"]
        )
        width = max(_FEWEST_WORDS, self.app.size.width - _OTHER_COLUMNS)
        return [
            Text(column.letter, style="bold"),
            Text(faces(cut(column.name, width)), style=soft),
            Text(column.kind.label, style=soft),
            Text(str(self.plan.answered(column)), justify="right"),
            Text(faces(cut(self._scale_of(column), 12))),
        ]

    def _scale_of(self, column: SurveyColumn) -> str:
        """The scale of which a question is an item, with a dash if it counts the other way round."""
        for scale in self.plan.scales:
            if column.letter in scale.items:
                return ("-" if column.letter in scale.reversed else "") + scale.name
        return ""

    def _tell(self) -> None:
        column = self.column
        parts = [Content.styled(f"{faces(words)}\n", "$error") for words in self.plan.problems]
        parts += [Content(f"{faces(words)}\n") for words in self.plan.remarks]
        if column is not None:
            parts.append(Content.styled(f"{faces(column.words or column.name)}\n", "bold"))
            parts += [Content(f"{faces(words)}\n") for words in self.plan.notes[column.letter]]
            parts += (
                [Content.styled(f"{faces(' | '.join(column.choices))}\n", "$ink-soft")]
                if column.choices
                else []
            )
            if column.kind is not ColumnKind.PERSONAL:
                parts.append(Content.styled(faces(" · ".join(self.plan.examples(column))), "$ink-soft"))
        put(self, "#why", *parts)

    @property
    def column(self) -> SurveyColumn | None:
        """The column under the cursor."""
        place = self.query_one(QuietTable).cursor_row
        return self.plan.columns[place] if 0 <= place < len(self.plan.columns) else None

    @on(DataTable.RowHighlighted)
    def _pointed_at(self) -> None:
        self._tell()

    async def action_do(self, action_id: str) -> None:
        """Do an act of the registry (a hint was clicked)."""
        await self.workbench.do(action_id)

    def _say(self, said: Sequence[ColumnSaid], scales: Sequence[ScaleSaid]) -> None:
        """Plan it with what was said; what cannot be is told, and stays as it was."""
        before = (self.plan.said, self.plan.scales_said)
        try:
            self.plan.say(said, scales)
        except InputError:
            self.plan.say(*before)
            raise
        self._before.append(before)
        self._show()

    def _say_of(self, column: SurveyColumn, said: ColumnSaid) -> None:
        others = [each for each in self.plan.said if each.column != by_letter(column.letter)]
        self._say([*others, said], self.plan.scales_said)

    def _said_of(self, column: SurveyColumn) -> ColumnSaid:
        """What was said of a column by now."""
        name = by_letter(column.letter)
        return next((each for each in self.plan.said if each.column == name), ColumnSaid(name))

    @on(DataTable.RowSelected)
    def action_kind(self) -> None:
        """Ask what a column holds."""
        column = self.column
        if column is None:
            return
        window = Choose(
            _("What does “{column}” hold?").format(column=faces(cut(column.name, 40))),
            [(kind.label, kind) for kind in _KINDS],
            about=faces(" · ".join(self.plan.examples(column)))
            if column.kind is not ColumnKind.PERSONAL
            else "",
        )
        self.ask(window, lambda kind: self._say_of(column, replace(self._said_of(column), kind=kind)))

    def action_call(self) -> None:
        """Ask what the answers in a column are called."""
        column = self.column
        if column is not None:
            window = OneLine(_("What are these answers called from now on?"), column.name)
            self.ask(window, lambda name: self._say_of(column, replace(self._said_of(column), name=name)))

    def action_title(self) -> None:
        """Ask what the survey is called; so begin the names of its interviews."""

        def named(name: str) -> None:
            self.plan.name = one_line(name)
            self._show()

        self.ask(OneLine(_("What is the survey called?"), self.plan.name), named)

    def action_scale(self) -> None:
        """Ask of which scale a question is an item."""
        column = self.column
        if column is None:
            return

        def named(typed: str) -> None:
            turned, name = typed.startswith("-"), typed.removeprefix("-").strip()
            item = ("-" if turned else "") + by_letter(column.letter)
            kept = self._scales_without(column)
            known = next((each for each in kept if each.name == name), ScaleSaid(name, ()))
            others = [each for each in kept if each.name != name]
            added = [replace(known, items=(*known.items, item))] if name else []
            self._say(self.plan.said, [*others, *added])
            self.query_one(QuietTable).action_cursor_down()

        last = self._scale_of(column) or next((each.name for each in reversed(self.plan.scales)), "")
        title = _("Which scale? (-name: it counts the other way round; -: none)")
        self.ask(OneLine(title, last), named)

    def _scales_without(self, column: SurveyColumn) -> list[ScaleSaid]:
        found = [
            replace(
                each,
                items=tuple(
                    item for item in each.items if item.removeprefix("-") != by_letter(column.letter)
                ),
            )
            for each in self.plan.scales_said
        ]
        return [each for each in found if each.items]

    def action_reopen(self) -> None:
        """Take back what was said last."""
        if self._before:
            self.plan.say(*self._before.pop())
            self._show()

    def action_ready(self) -> None:
        """Go on, unless something is in the way."""
        if self.plan.problems:
            self.app.notify("\n".join(self.plan.problems[:3]), severity="error", timeout=10)
        else:
            self.dismiss(True)

    def action_stop(self) -> None:
        """Stop."""
        self.dismiss(False)
