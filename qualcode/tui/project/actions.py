"""The logbook, and what one can do on every step: undo, who is coding, the next step, the windows of the project."""

from __future__ import annotations

from itertools import groupby

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from qualcode.errors import QualcodeError
from qualcode.i18n import N_, _, date, ngettext
from qualcode.model import JournalEntry
from qualcode.tasks.project.logbook import action_in_words, visible_chronicle
from qualcode.tui.actions import unseen
from qualcode.tui.common.dialog import DIALOG_STYLE, Dialog
from qualcode.tui.common.step import StepScreen
from qualcode.tui.common.words import put, styled
from qualcode.tui.project.backups import show_backups
from qualcode.tui.project.memos import show_memos
from qualcode.tui.project.people import ask_coder
from qualcode.tui.project.together import show_together
from qualcode.tui.project.tour import Tour
from qualcode.tui.session import Session
from qualcode.tui.steps import STEPS

MOST_SHOWN = 500


class Logbook(Dialog[None]):
    """Days and acts, the last on top; a line to search in, and above all what undo and redo would do."""

    CSS_PATH = [DIALOG_STYLE, "project.tcss"]
    BINDINGS = unseen(
        {
            "u,ctrl+z": "turn(True)",
            "ctrl+r,ctrl+y": "turn(False)",
            "slash": "search",
            "a": "whose",
            "j": "scroll(1)",
            "k": "scroll(-1)",
        }
    )
    HELP_LINE = N_("u undoes · ctrl+r does again · / searches · a only my acts, or all · Esc closes")

    def __init__(self, session: Session) -> None:
        super().__init__(_("Logbook"))
        self._session = session
        self._only_mine = False

    def body(self) -> ComposeResult:
        """What can be turned back, the line to search in, the acts."""
        yield Static(id="turning")
        yield Input(placeholder=_("search in the logbook"), id="wanted")
        with VerticalScroll(id="acts"):
            yield Static(id="lines")

    def on_mount(self) -> None:
        """Show the acts."""
        self.query_one("#acts").focus()
        self._tell()

    def _tell(self) -> None:
        self._entries = self._session.project.journal.entries(limit=MOST_SHOWN)
        self._tell_turning()
        self._tell_waiting()

    def _tell_turning(self) -> None:
        project, coder = self._session.project, self._session.coder
        coder_id = coder.id if coder else None
        undo, redo = project.journal.to_undo(coder_id), project.journal.to_redo(coder_id)
        again = project.journal.entry(redo.undoes) if redo and redo.undoes else None
        lines = [
            styled(
                (_("Undo (u) takes back: "), "bold $here"),
                self._what(undo) if undo else _("there is nothing of yours to undo"),
            ),
            styled(
                (_("Redo (ctrl+r) does again: "), "bold $here"),
                self._what(again) if again else _("there is nothing to redo"),
            ),
        ]
        put(self, "#turning", Content("\n").join(lines))

    def _what(self, entry: JournalEntry) -> str:
        """What an act changed, and so what turning it back changes."""
        told = visible_chronicle(self._session.project, [entry])
        count = len(entry.changes)
        size = ngettext("{n} thing changes", "{n} things change", count).format(n=count)
        return f"{told[0].words if told else ''} ({date(entry.at, time=True)}; {size})"

    @on(Input.Changed)
    def _tell_waiting(self) -> None:
        wanted = self.query_one("#wanted", Input).value.casefold().split()
        me = self._session.coder.id if self._session.coder else None
        entries = [e for e in reversed(self._entries) if not self._only_mine or e.coder_id == me]
        told = [
            line
            for line in visible_chronicle(self._session.project, entries)
            if all(word in f"{line.who} {line.words} {date(line.at)}".casefold() for word in wanted)
        ]
        parts: list[Content] = []
        for day, lines in groupby(told, key=lambda line: date(line.at)):
            parts.append(Content.styled(day, "bold $primary"))
            for line in lines:
                clock = date(line.at, time=True).rpartition(" ")[2]
                parts.append(styled((f"  {clock}  ", "$ink-soft"), (line.who, "bold"), f" {line.words}"))
        if not parts:
            parts = [Content.styled(_("Nothing found."), "$ink-soft")]
        if len(self._entries) == MOST_SHOWN:
            words = _("Only the last {n} acts are shown. All of them: qualcode journal").format(n=MOST_SHOWN)
            parts.append(Content.styled(words, "$ink-soft"))
        put(self, "#lines", Content("\n").join(parts))

    @on(Input.Submitted)
    def _searched(self) -> None:
        self.query_one("#acts").focus()

    def action_search(self) -> None:
        """Type what to search for."""
        self.query_one("#wanted").focus()

    def action_whose(self) -> None:
        """Show only my own acts, or all."""
        self._only_mine = not self._only_mine
        self._tell_waiting()

    def action_scroll(self, by: int) -> None:
        """Scroll a line."""
        self.query_one("#acts").scroll_relative(y=by, animate=False)

    def action_turn(self, back: bool) -> None:
        """Undo or redo, and show what stands next."""
        with self.workbench.saying():
            if back:
                self._session.undo()
            else:
                self._session.redo()
            self._tell()


class ProjectActions:
    """The part of every step that does the actions `step.…` of the registry."""

    def __init__(self, screen: StepScreen) -> None:
        self._screen = screen
        self._session = screen.session
        self._workbench = screen.workbench

    def undo(self) -> None:
        """Undo my last act."""
        self._turn(back=True)

    def redo(self) -> None:
        """Do again what I undid last."""
        self._turn(back=False)

    def _turn(self, *, back: bool) -> None:
        try:
            entry = self._session.undo() if back else self._session.redo()
        except QualcodeError as error:
            self._workbench.notify(str(error), severity="warning")
            return
        words = _("Undone: {act}") if back else _("Done again: {act}")
        self._screen.refresh_all()
        self._screen.after_turning(entry)
        self._workbench.notify(words.format(act=action_in_words(entry.action)), timeout=3)

    def coder(self) -> None:
        """Ask who is coding."""
        ask_coder(self._workbench, self._session, self._coder_switched)

    def _coder_switched(self) -> None:
        self._screen.refresh_all()
        if self._session.coder is not None:
            words = _("{name} is coding now: only their own codings are shown.")
            self._workbench.notify(words.format(name=self._session.coder.name), timeout=3)

    def memos(self) -> None:
        """Read, search and write memos."""
        show_memos(self._workbench, self._session, self._screen.refresh_all)

    def journal(self) -> None:
        """See who did what; undo or redo from there."""
        self._workbench.push_screen(Logbook(self._session), lambda _answer: self._screen.refresh_all())

    def backups(self) -> None:
        """See the backups, make one, or put one back."""
        show_backups(self._workbench, self._session.project.path)

    def tour(self) -> None:
        """Walk through the first steps."""
        self._workbench.push_screen(Tour())

    def pair(self) -> None:
        """Rounds, sharing, PINs and settings: what two people do as a pair."""
        show_together(self._workbench, self._session, self._screen.refresh_all)

    def next(self) -> None:
        """Go to the next step."""
        self._go(+1)

    def previous(self) -> None:
        """Go to the step before."""
        self._go(-1)

    def _go(self, by: int) -> None:
        ids = [step.id for step in STEPS]
        place = ids.index(self._screen.STEP) + by
        if 0 <= place < len(ids):
            self._workbench.go_to_step(ids[place])
