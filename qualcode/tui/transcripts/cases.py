"""Whom interviews are from: the table of cases, the informant of a transcript, its speakers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Checkbox, DataTable, Input, OptionList, Select, Static
from textual.widgets.option_list import Option

from qualcode.i18n import N_, _, ngettext
from qualcode.model import Case, Role, Transcript
from qualcode.reports.documents.overview import own_columns, respondent_cells
from qualcode.tasks.material import gather
from qualcode.tasks.transcripts.people import describe_case, import_respondents
from qualcode.tasks.transcripts.speakers import INTERVIEWER, say_who, speakers_in
from qualcode.tui.common.dialog import Choose, Dialog, OneLine, buttons, field
from qualcode.tui.common.files import ChooseFile
from qualcode.tui.common.lists import QuietList, QuietTable
from qualcode.tui.common.place import faces
from qualcode.tui.common.step import OverStep
from qualcode.tui.common.words import put, styled
from qualcode.tui.session import Session

_HEARD = (Role.TEACHER, Role.CARE_WORKER, Role.CHILD, Role.FILE)
"""The informants who may have been heard; a parent always was."""


@dataclass(frozen=True, slots=True)
class CaseFields:
    """What was filled in: attributes by name, and the informants who were heard."""

    attributes: Mapping[str, str]
    heard: frozenset[Role]


class CaseForm(Dialog[CaseFields]):
    """A form. `columns` are the names of the attributes with the words for them; `heard` those heard already."""

    HELP_LINE = N_("Tab goes to the next field · Space ticks · Enter keeps · Esc closes")

    def __init__(
        self,
        title: str,
        columns: Sequence[tuple[str, str]],
        attributes: Mapping[str, str],
        heard: frozenset[Role],
        fixed: frozenset[Role],
    ) -> None:
        super().__init__(title)
        self._columns = columns
        self._attributes = attributes
        self._heard = heard
        self._fixed = fixed  # of these there is an interview, so they were heard

    def body(self) -> ComposeResult:
        """The fields, and a tick per informant."""
        for n, (name, label) in enumerate(self._columns):
            yield from field(label, Input(self._attributes.get(name, ""), id=f"field-{n}"))
        with Horizontal(classes="field"):
            for role in _HEARD:
                yield Checkbox(
                    Content(role.label), role in self._heard, id=f"heard-{role}", disabled=role in self._fixed
                )
        yield from buttons(keep=_("Keep"))

    @on(Input.Submitted)
    @on(Button.Pressed)
    def _keep(self) -> None:
        filled = {
            name: " ".join(self.query_one(f"#field-{n}", Input).value.split())
            for n, (name, _label) in enumerate(self._columns)
        }
        heard = frozenset(
            Role(str(box.id).removeprefix("heard-")) for box in self.query(Checkbox) if box.value
        )
        self.dismiss(CaseFields({name: words for name, words in filled.items() if words}, heard))


class CasesScreen(OverStep, step="transcripts", place="cases", panes=("cases",)):
    """Opened over the step Transcripts."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._cases: list[Case] = []
        self._own: list[str] = []
        self._new_columns: list[str] = []

    def body(self) -> ComposeResult:
        """The table; a friendly word where there is nothing yet."""
        yield Static(id="heading")
        yield QuietTable(id="cases")
        yield Static(id="empty")

    def refresh_all(self) -> None:
        """Show the cases as they are now."""
        super().refresh_all()
        material = gather(self.session.project, coded=False)
        self._cases = list(material.cases)
        self._own = list(dict.fromkeys([*own_columns(material), *self._new_columns]))
        table = self.query_one(QuietTable)
        row = table.cursor_row
        table.clear(columns=True)
        heads = [
            _("case"),
            *(label for _name, label in self._columns()[:4]),
            *(role.label for role in _HEARD),
        ]
        table.add_columns(*map(Text, [*heads, *map(faces, self._own)]))
        for case in self._cases:
            cells = respondent_cells(case, material, self._own)
            table.add_row(Text(faces(cells[0]), style="bold"), *(Text(faces(words)) for words in cells[1:]))
        if self._cases:
            table.move_cursor(row=min(row, len(self._cases) - 1))
        self._tell()

    def _tell(self) -> None:
        some = bool(self._cases)
        self.query_one(QuietTable).display = some
        self.query_one("#empty").display = not some
        count = ngettext("{n} case", "{n} cases", len(self._cases)).format(n=len(self._cases))
        put(self, "#heading", (_("Respondents"), "bold"), (f"  {count}", "$ink-soft"))
        put(
            self,
            "#empty",
            _(
                "There are no cases yet. They come with the interviews, whose names tell the case "
                "(casus-04-leraar.docx). Press a to add one, or o to take in a table."
            ),
        )
        keys = ("cases.change", "cases.add", "cases.column", "cases.file", "cases.back")
        self.hint(*(keys if some else keys[1:]))

    def _columns(self) -> list[tuple[str, str]]:
        known = [("group", _("group")), ("age", _("age")), ("sex", _("sex")), ("parents", _("parents"))]
        return [*known, *((name, faces(name)) for name in self._own)]

    @property
    def case(self) -> Case | None:
        """The case under the cursor."""
        row = self.query_one(QuietTable).cursor_row
        return self._cases[row] if 0 <= row < len(self._cases) else None

    @on(DataTable.RowSelected)
    def action_change(self) -> None:
        """Ask what is known of the case."""
        case = self.case
        if case is None:
            return
        project = self.session.project
        used = {role for each in self.session.transcripts if each.case_id == case.id for role in each.roles}
        fixed = frozenset(role.wide for role in used if role is not None)
        heard = fixed | {each.role.wide for each in project.cases.informants(case)}
        title = _("Case {label}").format(label=faces(case.label))

        def filled(filled_in: CaseFields) -> None:
            describe_case(project, case, filled_in.attributes, filled_in.heard)
            self._again()

        self.ask(CaseForm(title, self._columns(), case.attributes, heard, fixed), filled)

    def _again(self) -> None:
        self.session.reload()
        self.refresh_all()

    def action_add(self) -> None:
        """Ask for the number or name of a new case."""

        def named(label: str) -> None:
            case = self.session.project.cases.ensure(label)
            self._again()
            place = next(n for n, each in enumerate(self._cases) if each.id == case.id)
            self.query_one(QuietTable).move_cursor(row=place)

        self.ask(OneLine(_("Number or name of the case")), named)

    def action_column(self) -> None:
        """Ask for the name of a column of one's own."""

        def named(name: str) -> None:
            self._new_columns.append(" ".join(name.split()))
            self.refresh_all()
            self.action_change()

        if self._cases:
            self.ask(OneLine(_("Name of the column")), named)

    def action_file(self) -> None:
        """Take in a table of cases."""

        def chosen(paths: list[Path]) -> None:
            taken = import_respondents(self.session.project, paths[0])
            self._again()
            self.app.notify("\n".join(taken.lines), timeout=4)

        self.ask(ChooseFile(_("Take in a table of cases"), (".csv", ".xlsx")), chosen)


_UNKNOWN = "-"


@dataclass(frozen=True)
class TranscriptFields:
    """What was filled in about a transcript."""

    name: str
    case: str
    informant: Role | None


class Describe(Dialog[TranscriptFields]):
    """A form of three fields."""

    HELP_LINE = N_("Tab goes to the next field · Enter keeps · Esc closes")

    def __init__(self, transcript: Transcript, roles: Sequence[Role]) -> None:
        super().__init__(transcript.name)
        self._transcript = transcript
        self._roles = roles

    def body(self) -> ComposeResult:
        """The fields, filled in as things stand."""
        roles = [(_("unknown"), _UNKNOWN), *((role.label, str(role)) for role in self._roles)]
        chosen = str(self._transcript.informant or _UNKNOWN)
        yield from field(_("Name"), Input(self._transcript.name, id="name"))
        yield from field(_("Case"), Input(self._transcript.case, id="case"))
        yield from field(_("Informant"), Select(roles, value=chosen, allow_blank=False, id="informant"))
        yield from buttons(keep=_("Keep"))

    @on(Input.Submitted)
    @on(Button.Pressed)
    def _keep(self) -> None:
        chosen = str(self.query_one("#informant", Select).value)
        self.dismiss(
            TranscriptFields(
                self.query_one("#name", Input).value,
                self.query_one("#case", Input).value,
                None if chosen == _UNKNOWN else Role(chosen),
            )
        )


class Speakers(Dialog[None]):
    """A list of labels; Enter says who one is. What is said holds for interviews still to come as well."""

    HELP_LINE = N_("Enter says who it is · Esc closes")

    def __init__(self, session: Session, then: Callable[[], object]) -> None:
        super().__init__(_("Who are the speakers?"))
        self._session = session
        self._then = then
        self._labels: list[str] = []

    def body(self) -> ComposeResult:
        """A word, and the labels."""
        words = _("Enter says who a label is, in all interviews, also those you take in later.")
        yield Static(Content.styled(words, "$ink-soft"))
        yield QuietList(id="labels")

    def on_mount(self) -> None:
        """Show the labels."""
        self._tell()

    def _tell(self) -> None:
        found = speakers_in(self._session.project)
        self._labels = list(found)
        options = []
        for label, (turns, transcripts, asking) in found.items():
            count = ngettext("{n} turn", "{n} turns", turns).format(n=turns)
            where = ngettext("in {n} interview", "in {n} interviews", transcripts).format(n=transcripts)
            who = _("interviewer") if asking else ""
            options.append(
                Option(
                    styled(
                        (label or _("(no label)"), "bold"),
                        (f"  {count} {where}  ", "$ink-soft"),
                        (who, "$here"),
                    )
                )
            )
        self.query_one(QuietList).refill(options)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        label = self._labels[event.option_index]
        roles = self._session.project.roles.all()
        options = [(_("the interviewer"), INTERVIEWER), *((role.label, str(role)) for role in roles)]

        def said(role: str) -> None:
            say_who(self._session.project, label, role)
            self._session.reload()
            self._tell()
            self._then()

        self.ask(Choose(_("Who is “{label}”?").format(label=label), options), said)
