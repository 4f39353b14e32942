"""Confirming who speaks in a file that is taken in: each label with its turns, role and name, and what is not clear."""

from __future__ import annotations

from dataclasses import replace

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import DataTable, Static

from qualcode.i18n import _, ngettext
from qualcode.model import Role
from qualcode.store.records.cases import Roles
from qualcode.tasks.transcripts.intake import Intake
from qualcode.tasks.transcripts.speakers import INTERVIEWER, NOBODY, SpeakerRow, SpeakerRule
from qualcode.text.normal import one_line
from qualcode.tui.actions import bindings
from qualcode.tui.common.bars import HintBar
from qualcode.tui.common.dialog import Choose, OneLine
from qualcode.tui.common.lists import QuietTable
from qualcode.tui.common.place import faces
from qualcode.tui.common.words import put
from qualcode.tui.program import InProgram

_ANOTHER = "+"
_LABEL, _CALLED = 24, 14  # so many characters of them are shown
_OTHER_COLUMNS, _FEWEST_WORDS = 72, 10  # what is beside the first words, and so much of these at least


class SpeakersTable(InProgram, Screen[bool]):
    """Says who speaks in the `Intake` given. The answer is whether to go on with it."""

    PLACES = ("who",)
    PANES = ("speakers", "reasons")
    CSS_PATH = "transcripts.tcss"
    BINDINGS = bindings("who")
    AUTO_FOCUS = "#speakers"

    def __init__(self, intake: Intake, title: str, roles: Roles) -> None:
        super().__init__()
        self.intake = intake
        self._title = title
        self._roles = roles
        self._said = {rule.label: rule for rule in intake.said}
        self._before: list[dict[str, SpeakerRule]] = []

    def compose(self) -> ComposeResult:
        """What is being read, the labels, what is not clear about them, and the keys."""
        yield Static(id="heading")
        yield QuietTable(id="speakers")
        with VerticalScroll(id="reasons", can_focus=True):
            yield Static(id="why")
        yield HintBar()

    def on_mount(self) -> None:
        """Show the labels."""
        heads = ["", _("label"), _("role"), _("called"), _("turns"), _("share"), _("first words")]
        self.query_one(QuietTable).add_columns(*map(Text, heads))
        self._show()

    def _show(self) -> None:
        table = self.query_one(QuietTable)
        row = table.cursor_row
        table.clear()
        for each in self.intake.rows:
            table.add_row(*self._cells(each))
        table.move_cursor(row=min(row, len(self.intake.rows) - 1))
        count = ngettext("{n} label", "{n} labels", len(self.intake.rows)).format(n=len(self.intake.rows))
        put(
            self,
            "#heading",
            (_("Who speaks in {file}").format(file=faces(self._title)), "bold"),
            (f"   {count}", "$ink-soft"),
        )
        self._tell()
        keys = ["who.role", "who.interviewer", "who.name", "who.same", "who.nobody", "who.ready"]
        self.query_one(HintBar).hint([keys[-1], *keys[:-1]] if not self.intake.unclear else keys)

    def _cells(self, row: SpeakerRow) -> list[Text]:
        soft = self.app.theme_variables["ink-soft"]
        return [
            Text("?" if row.doubtful else "■" if row.label in self._said else "□", style="bold"),
            Text(_cut(row.label, _LABEL) or _("(no label)"), style="bold" if row.doubtful else ""),
            Text(_("no speaker?") if row.doubtful else _role_words(row.role)),
            Text(_cut(row.person, _CALLED)),
            Text(str(row.turns or ""), justify="right"),
            Text(f"{row.share:.0%}" if row.share else "", justify="right"),
            Text(_cut(row.words, max(_FEWEST_WORDS, self.app.size.width - _OTHER_COLUMNS)), style=soft),
        ]

    def _tell(self) -> None:
        row = self.row
        parts = [Content(f"{faces(reason)}\n") for reason in self.intake.unclear]
        if row is not None and row.learnt:
            parts.append(Content.styled(_("You said before who this is.") + "\n", "$ink-soft"))
        if row is not None and row.label:
            parts.append(Content.styled(f"{faces(row.label)}: {faces(row.words[:600])}", "$ink-soft"))
        put(self, "#why", *parts)

    @property
    def row(self) -> SpeakerRow | None:
        """The label under the cursor."""
        place = self.query_one(QuietTable).cursor_row
        return self.intake.rows[place] if 0 <= place < len(self.intake.rows) else None

    @on(DataTable.RowHighlighted)
    def _pointed_at(self) -> None:
        self._tell()

    async def action_do(self, action_id: str) -> None:
        """Do an act of the registry (a hint was clicked)."""
        await self.workbench.do(action_id)

    def _say(self, *rules: SpeakerRule) -> None:
        """Say something about labels, and read the file by it."""
        self._before.append(dict(self._said))
        self._said |= {rule.label: rule for rule in rules}
        self._read()

    def _read(self) -> None:
        with self.workbench.saying():
            self.intake.say(list(self._said.values()))
        self._show()

    def _rule(self, row: SpeakerRow) -> SpeakerRule:
        """What is said about a label by now."""
        return self._said.get(row.label) or SpeakerRule(row.label, row.role, person=row.person)

    @on(DataTable.RowSelected)
    def action_role(self) -> None:
        """Ask who it is."""
        row = self.row
        if row is not None and row.label:
            ways = [
                (_("the interviewer"), str(INTERVIEWER)),
                *((role.label, str(role)) for role in self._roles.all()),
            ]
            ways += [
                (_("somebody else, or not known"), ""),
                (_("nobody: these are words of who spoke before"), NOBODY),
                (_("a role that is not in this list …"), _ANOTHER),
            ]
            title = _("Who is “{label}”?").format(label=faces(_cut(row.label, _LABEL)))
            window = Choose(title, ways, about=faces(row.words[:200]))
            self.ask(
                window, lambda role: self._ask_new_role(row) if role == _ANOTHER else self._be(row, role)
            )

    def _be(self, row: SpeakerRow, role: str) -> None:
        self._say(replace(self._rule(row), role=role))

    def _ask_new_role(self, row: SpeakerRow) -> None:
        """Ask for a role of the project's own."""

        def add(name: str) -> None:
            with self.workbench.saying():
                self._be(row, str(self._roles.add(name)))

        self.ask(OneLine(_("What is this role called?"), ""), add)

    def action_interviewer(self) -> None:
        """It is the interviewer."""
        if self.row is not None and self.row.label:
            self._say(replace(self._rule(self.row), role=INTERVIEWER))

    def action_name(self) -> None:
        """Ask what the speaker is to be called."""
        row = self.row
        if row is not None and row.label:
            window = OneLine(_("What is this speaker called from now on?"), row.person or row.label)
            self.ask(window, lambda name: self._say(replace(self._rule(row), person=one_line(name))))

    def action_same(self) -> None:
        """Ask as whom it is the same."""
        row = self.row
        others = [
            each
            for each in self.intake.rows
            if each.label and each is not row and each.turns and not each.doubtful
        ]
        if row is None or not row.label or not others:
            return

        def same(other: SpeakerRow) -> None:
            called = other.person or other.label
            self._say(
                replace(self._rule(other), person=called), SpeakerRule(row.label, other.role, person=called)
            )

        ways = [(faces(_cut(each.person or each.label, _LABEL)), each) for each in others]
        self.ask(Choose(_("“{label}” is the same person as …").format(label=faces(row.label)), ways), same)

    def action_nobody(self) -> None:
        """It is no speaker: its words are those of who spoke before."""
        if self.row is not None and self.row.label:
            self._say(SpeakerRule(self.row.label, NOBODY))

    def action_reopen(self) -> None:
        """Take back what was said last."""
        if self._before:
            self._said = self._before.pop()
            self._read()

    def action_ready(self) -> None:
        """Go on; asks what to do with what is not clear yet."""
        if not self.intake.unclear:
            self._confirm("")
            return
        ways = [(_("Go on looking"), "look"), (_("It is right as it stands"), "")]
        if any(row.doubtful for row in self.intake.rows):
            ways[1:] = [
                (_("They all are people who speak"), ""),
                (_("They are no speakers: it is said by who spoke before"), NOBODY),
            ]
        window = Choose(_("Not clear yet"), ways, about="\n".join(map(faces, self.intake.unclear)))
        self.ask(window, lambda doubtful: self._confirm(doubtful) if doubtful != "look" else None)

    def _confirm(self, doubtful: str) -> None:
        """Say of all labels what they are now, of doubtful ones as was answered, and go on if all is clear then."""
        for row in self.intake.rows:
            rule = SpeakerRule(
                row.label, doubtful if row.doubtful else row.role, person=row.person or row.label
            )
            if row.label:
                self._said.setdefault(row.label, rule)
        self._read()
        if not self.intake.unclear:
            self.dismiss(True)

    def action_stop(self) -> None:
        """Stop."""
        self.dismiss(False)


def _cut(words: str, most: int) -> str:
    return faces(words if len(words) <= most else words[: most - 1] + "…")


def _role_words(role: str) -> str:
    if role == INTERVIEWER:
        return _("interviewer")
    if role == NOBODY:
        return _("no speaker")
    return Role(role).label if role else "–"
