"""Who a transcript is from, and who its speakers are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Input, OptionList, Select, Static
from textual.widgets.option_list import Option

from qualcode.i18n import _, ngettext
from qualcode.model import Role, Transcript
from qualcode.tasks.transcripts.people import INTERVIEWER, say_who, speakers_in
from qualcode.tui.common.dialog import Choose, Dialog, field
from qualcode.tui.common.lists import QuietList
from qualcode.tui.session import Session

_UNKNOWN = "-"


@dataclass(frozen=True)
class TranscriptFields:
    """What was filled in about a transcript."""

    name: str
    case: str
    informant: Role | None


class Describe(Dialog[TranscriptFields]):
    """A form of three fields."""

    def __init__(self, transcript: Transcript) -> None:
        super().__init__(transcript.name)
        self._transcript = transcript

    def body(self) -> ComposeResult:
        """The fields, filled in as things stand."""
        roles = [(_("unknown"), _UNKNOWN), *((role.label, role.value) for role in Role)]
        chosen = self._transcript.informant.value if self._transcript.informant else _UNKNOWN
        yield from field(_("Name"), Input(self._transcript.name, id="name"))
        yield from field(_("Case"), Input(self._transcript.case, id="case"))
        yield from field(_("Informant"), Select(roles, value=chosen, allow_blank=False, id="informant"))
        with Horizontal(classes="buttons"):
            yield Button(_("Keep"), id="keep", variant="primary")

    def help_line(self) -> str:
        """What the keys do here."""
        return _("Tab goes to the next field · Enter keeps · Esc closes")

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

    def help_line(self) -> str:
        """What the keys do here."""
        return _("Enter says who it is · Esc closes")

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
                    Content.assemble(
                        Content.styled(label or _("(no label)"), "bold"),
                        Content.styled(f"  {count} {where}  ", "$ink-soft"),
                        Content.styled(who, "$here"),
                    )
                )
            )
        self.query_one(QuietList).refill(options)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        label = self._labels[event.option_index]
        options = [(_("the interviewer"), INTERVIEWER), *((role.label, role.value) for role in Role)]

        def said(role: str | None) -> None:
            if role is not None:
                with self.workbench.saying():
                    say_who(self._session.project, label, role)
                    self._session.reload()
                    self._tell()
                    self._then()

        self.app.push_screen(Choose(_("Who is “{label}”?").format(label=label), options), said)
