"""How files are taken in: what is done with names, who is known to be in them, and whether names are kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Input, Select, Static, TextArea

from qualcode.errors import InputError
from qualcode.i18n import _, ngettext
from qualcode.pseudonyms.proposal import Known
from qualcode.tui.dialogs.dialog import Dialog


class Names(StrEnum):
    """What is done with names."""

    REVIEW = "review"
    REPLACE = "replace"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class HowToTakeIn:
    """The answer. `listed` are the participants as they were typed; a `passphrase` opens or makes the key file.

    `invented`: by names made up, instead of [leerling-1].
    """

    names: Names = Names.REVIEW
    invented: bool = False
    listed: str = ""
    participants: tuple[Known, ...] = ()
    passphrase: str | None = None


class AskHowToTakeIn(Dialog[HowToTakeIn]):
    """A form. The names typed in it are kept in memory only, until the import is over."""

    CSS_PATH = ["dialog.tcss", "how_to_take_in.tcss"]

    def __init__(self, files: int, *, has_key: bool, before: HowToTakeIn, problem: str = "") -> None:
        title = ngettext("Take in {n} file", "Take in {n} files", files)
        super().__init__(title.format(n=files))
        self._has_key = has_key
        self._before = before
        self._problem = problem

    def body(self) -> ComposeResult:
        """What to do with names, the participants, the passphrase."""
        ways = [
            (_("let me decide name by name"), Names.REVIEW),
            (_("replace them all; I read the result later"), Names.REPLACE),
            (_("leave them in"), Names.KEEP),
        ]
        with Horizontal(classes="field"):
            yield Static(Content(_("Names")), classes="label")
            yield Select(ways, value=self._before.names, allow_blank=False, id="names", classes="wide")
        looks = [(_("[leerling-1], [school-2] …"), False), (_("invented names"), True)]
        with Horizontal(classes="field"):
            yield Static(Content(_("Replaced by")), classes="label")
            yield Select(looks, value=self._before.invented, allow_blank=False, id="invented", classes="wide")
        yield Static(
            Content(_("Who is in them, a line each: name; leerling, ouder, leraar …; nicknames")), id="who"
        )
        yield TextArea(self._before.listed, tab_behavior="focus", id="listed")
        yield Static(
            Content.styled(
                _("You may leave it empty. The list is forgotten when the files have been taken in."),
                "$ink-soft",
            )
        )
        with Horizontal(classes="field"):
            yield Static(Content(_("Passphrase")), classes="label")
            yield Input(password=True, placeholder=self._about_key(), id="passphrase", classes="wide")
        if not self._has_key:
            with Horizontal(classes="field"):
                yield Static(Content(_("Once more")), classes="label")
                yield Input(password=True, id="again", classes="wide")
        yield Static(Content.styled(self._problem, "$error"), id="problem")
        with Horizontal(classes="buttons"):
            yield Button(_("Go on"), id="go", variant="primary")
            yield Button(_("Not now"), id="not-now")

    def _about_key(self) -> str:
        if self._has_key:
            return _("of the key file, so that people keep their pseudonym")
        return _("only to keep the names in a key file; else leave it empty")

    def help_line(self) -> str:
        """What the keys do here."""
        return _("Tab goes to the next field · ctrl+s goes on · Esc closes")

    BINDINGS = [("ctrl+s", "go")]

    @on(Button.Pressed, "#not-now")
    def _not_now(self) -> None:
        self.action_close()

    @on(Input.Submitted)
    @on(Button.Pressed, "#go")
    def action_go(self) -> None:
        """Check what was typed, and go on with it."""
        try:
            self.dismiss(self._answer())
        except InputError as error:
            self.query_one("#problem", Static).update(Content.styled(str(error), "$error"))

    def _answer(self) -> HowToTakeIn:
        from qualcode.tasks.names import participants_in

        listed = self.query_one("#listed", TextArea).text
        names = Names(str(self.query_one("#names", Select).value))
        participants = tuple(participants_in(listed))
        passphrase = self.query_one("#passphrase", Input).value
        if passphrase and not self._has_key and passphrase != self.query_one("#again", Input).value:
            raise InputError(_("The two passphrases are not the same."))
        invented = self.query_one("#invented", Select).value is True
        return HowToTakeIn(names, invented, listed, participants, passphrase or None)
