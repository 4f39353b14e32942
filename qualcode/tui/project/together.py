"""What two people do as a pair: rounds, sharing, PINs, settings, and what both changed apart, from one short list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from qualcode.errors import InputError, NewKeyError
from qualcode.i18n import N_, _
from qualcode.model import Coder
from qualcode.reports.wording.sentences import sample_chances, sample_warnings
from qualcode.store.file.files import SHARE_SUFFIX
from qualcode.store.file.files import SUFFIX as PROJECT_SUFFIX
from qualcode.store.journal.conflicts import Conflict, ConflictKind
from qualcode.store.journal.merge import met_before
from qualcode.store.project import Project
from qualcode.tasks.comparing.comparison import draw_sample
from qualcode.tasks.comparing.independence import next_in_rounds
from qualcode.tasks.project.invitations import invite
from qualcode.tasks.project.settings import CHOICES, choose, value_of
from qualcode.tasks.project.settings import in_words as value_in_words
from qualcode.tasks.project.sharing import advice, in_words, share_file, share_place, take
from qualcode.tui.actions import unseen
from qualcode.tui.common.dialog import Choose, Dialog, OneLine, TextPage
from qualcode.tui.common.files import at_hand, choose_at_hand
from qualcode.tui.common.lists import QuietList
from qualcode.tui.comparing.rounds import RoundWindows
from qualcode.tui.program import SENT, Program, Then
from qualcode.tui.project.people import change_pin, choose_person
from qualcode.tui.session import Session

_AROUND = 40  # characters of an interview on each side of what two people corrected


class SettingsForm(Dialog[None]):
    """A list of settings with their values and what they mean."""

    BINDINGS = unseen({"space": "turn"})
    HELP_LINE = N_("Enter turns it on or off, or lets you type · Esc closes · every change can be undone")

    def __init__(self, project: Project) -> None:
        super().__init__(_("Settings of this project"))
        self._project = project

    def body(self) -> ComposeResult:
        """The list."""
        yield QuietList(id="settings")

    def on_mount(self) -> None:
        """Fill the list."""
        self._fill()

    def _fill(self) -> None:
        options = []
        for one in CHOICES:
            value: Any = value_of(self._project, one)
            sign = ("■ " if value else "□ ") if one.is_switch else "  "
            shown = "" if one.is_switch else f" {value_in_words(value)} "
            words = [Content.styled(sign, "$here"), Content(_(one.does)), Content.styled(shown, "bold $here")]
            options.append(Option(Content.assemble(*words)))
        self.query_one(QuietList).refill(options)

    @on(OptionList.OptionSelected)
    def action_turn(self) -> None:
        """Change the setting under the cursor."""
        at = self.query_one("#settings", OptionList).highlighted
        if at is None:
            return
        one = CHOICES[at]
        value = value_of(self._project, one)
        if one.is_switch:
            self._choose(one.name, "off" if value else "on")
            return
        line = OneLine(_(one.does), value_in_words(value))
        self.ask(line, lambda words: self._choose(one.name, words))

    def _choose(self, name: str, words: str) -> None:
        with self.workbench.saying():
            choose(self._project, name, words)
        self._fill()


def show_together(app: Program, session: Session, then: Then) -> None:
    """Ask what to do; `then` is called when something may have changed."""

    def closed(_answer: None) -> None:
        then()

    rounds = RoundWindows(app, session, then)
    choices: list[tuple[str, Then]] = [
        (_("Start a round: code independently, sealed until all have finished"), rounds.start),
        (_("How far the rounds are"), rounds.show),
        (_("Close a round"), rounds.close),
        (_("Open a seal, with a reason"), rounds.open_seal),
        (_("Look back on a round: five questions"), rounds.look_back),
        (_("Invite the other: begin on their laptop"), lambda: invite_other(app, session, then)),
        (_("Share my work: one small file for the other laptop"), lambda: share(app, session, then)),
        (_("Take in the work of the other"), lambda: take_in(app, session, then)),
        (_("Decide what both changed apart"), Deciding(app, session, then).go_on),
        (
            _("My PIN on this laptop"),
            lambda: change_pin(app, session.project, session.project.require_coder()),
        ),
        (_("Draw by lot which interviews both will code"), lambda: draw(app, session)),
        (_("Settings of this project"), lambda: app.push_screen(SettingsForm(session.project), closed)),
    ]
    app.ask(Choose(_("Together"), choices), lambda do: do())


def invite_other(app: Program, session: Session, then: Then) -> None:
    """Write an invitation for somebody who codes here too, or is going to, and say what each of the two does now."""
    me = session.project.require_coder()

    def chosen(invited: Coder) -> None:
        then()
        path = invite(session.project, invited).absolute()
        words = _(
            "The invitation for {name} is the file {file} in {folder}.\n\n"
            "What you do: send it to {name}, by mail or on a stick. The interviews are in it, and your work: "
            "send it as carefully as you would send those.\n\n"
            "What {name} does: install qualcode on their own laptop, type qualcode, choose “I was invited” and "
            "then this file. From then on that laptop knows who sits there.\n\n"
            "After that you both share your work from this list (@)."
        ).format(name=invited.name, file=path.name, folder=path.parent)
        app.push_screen(TextPage(_("Invitation for {name}").format(name=invited.name), Content(words)))

    choose_person(app, session, _("Whom do you invite?"), chosen, but=me)


def share(app: Program, session: Session, then: Then) -> None:
    """Write the share file of the person at work; the first time offer an invitation, without which it is of no use."""
    path = share_file(session.project, session.project.require_coder()).absolute()
    said = advice(session.project.path)
    saved = _("Saved: {path}").format(path=path)
    if met_before(session.project):
        words = _("Send it: the other takes it in from the same list (@).")
        sealed = next_in_rounds(session.project, session.project.require_coder())
        page = "\n\n".join(filter(None, [saved, words, *sealed, said]))
        app.push_screen(TextPage(_("Share my work"), Content(page)))
        return
    first = _(
        "Nothing came from another laptop yet. The first time goes by an invitation: with it the other begins "
        "on their laptop. After that they take in what you share from the same list (@)."
    )
    options: list[tuple[str, Then]] = [
        (_("Invite the other now"), lambda: invite_other(app, session, then)),
        (_("They have begun already: I send them this file"), lambda: None),
    ]
    about = "\n\n".join(filter(None, [saved, first, said]))
    app.ask(Choose(_("Share my work"), options, about=about), lambda do: do())


def take_in(app: Program, session: Session, then: Then) -> None:
    """Choose a file, show what it would bring, and take it in if that is agreed."""
    mine = share_place(session.project, session.project.require_coder()).absolute()
    found = [path for path in at_hand((SHARE_SUFFIX,), mine.parent) if path != mine]
    title, endings = _("Take in the work of the other"), (*SENT, PROJECT_SUFFIX)
    choose_at_hand(app, title, found, endings, lambda path: look_first(app, session, path, then))


def look_first(app: Program, session: Session, path: Path, then: Then) -> None:
    """Show what a file would bring, and take it in if that is agreed; ask first about a new key of the other."""

    def confirmed(key: str) -> None:
        _look(app, session, path, then, trust=key)

    try:
        confirmed("")
    except NewKeyError as error:
        key, name = error.key_id, error.name
        about = _(
            "{name} signed this with a key that is new here ({key}): with another laptop than before. Ask {name} "
            "whether that is so, not by answering this mail."
        ).format(name=name, key=error.shown)
        options: list[tuple[str, Then]] = [
            (_("{name} has another laptop: I confirm it").format(name=name), lambda: confirmed(key)),
            (_("I do not know that: leave it"), lambda: None),
        ]
        app.ask(Choose(_("A new laptop?"), options, about=about), lambda do: do())


def _look(app: Program, session: Session, path: Path, then: Then, *, trust: str) -> None:
    project = session.project
    brought = "\n".join(in_words(take(project, path, preview=True, trust=trust)))

    def agreed() -> None:
        merged = take(project, path, trust=trust)
        session.reload()
        then()
        said = "\n".join([*in_words(merged), "", *next_in_rounds(project, project.require_coder())]).rstrip()

        def read(_answer: None) -> None:
            if project.conflicts.all():
                Deciding(app, session, then).go_on()

        app.push_screen(TextPage(_("Taken in"), Content(said)), read)

    options: list[tuple[str, Then]] = [(_("Take it in"), agreed), (_("Leave it"), lambda: None)]
    app.ask(Choose(_("This is what it brings"), options, about=brought), lambda do: do())


def draw(app: Program, session: Session) -> None:
    """Draw a sample to code twice, spread over informants and cases; a round then begins with it ticked."""

    def typed(words: str) -> None:
        sample = draw_sample(session.project, share_in(words))
        names = {transcript.id: transcript.name for transcript in session.transcripts}
        lines = [_("Seed {seed}; kept in the project.").format(seed=sample.seed), ""]
        lines += [names[key] for key in sample.drawn]
        page = "\n".join([*lines, "", sample_chances(sample), *sample_warnings(sample)]).rstrip()
        app.push_screen(TextPage(_("Drawn to be coded twice"), Content(page)))

    app.ask(OneLine(_("How many, in per cent? (10 to 25 is usual)"), "20"), typed)


def share_in(words: str) -> float:
    """A percentage that was typed, as a share; raises `InputError` if it is none."""
    try:
        return float(words.replace(",", ".").removesuffix("%")) / 100
    except ValueError as error:
        raise InputError(_("Give a number of per cent, such as 20.")) from error


Choice = Callable[[], object]


class Deciding:
    """Goes through the conflicts; those that are left for later come back another time."""

    def __init__(self, app: Program, session: Session, then: Choice) -> None:
        self._app = app
        self._session = session
        self._project = session.project
        self._then = then
        self._left: set[str] = set()

    def go_on(self) -> None:
        """Ask about the next conflict; say so when there is none (left)."""
        waiting = [one for one in self._project.conflicts.all() if one.id not in self._left]
        if not waiting:
            self._session.reload()
            self._then()
            self._app.notify(_("There is nothing (more) that both changed."), timeout=4)
            return
        one = waiting[0]
        ways = Choose(one.kind.label, self._options(one), about=self._about(one))
        self._app.ask(ways, lambda way: way())

    def _about(self, one: Conflict) -> str:
        if one.kind is ConflictKind.CORRECTED:
            text = self._project.transcripts.get(one.row_id).text
            before, after = text[: one.place[0]], text[one.place[1] :]
            return f"… {before[-_AROUND:]}[{one.value}]{after[:_AROUND]} …"
        if one.table != "codes":
            return ""
        code = self._session.codes_by_id.get(one.row_id)
        return f"{code.name or code.slug} · {one.field}" if code else one.field

    def _options(self, one: Conflict) -> list[tuple[str, Choice]]:
        later = (_("Later"), lambda: self._leave(one))
        if one.kind is ConflictKind.TWIN:
            return [(_("Take the second one away"), lambda: self._remove_second(one)), later]
        if one.kind is ConflictKind.DECIDED_TWICE:
            return [*(self._reopening(key) for key in one.ids), later]
        names = {coder.id: coder.name for coder in self._project.coders.all()}
        keep = _("Keep what {name} wrote: {words}").format(name=names.get(one.by or "", "?"), words=one.value)
        other = _("Take what {name} wrote: {words}").format(
            name=names.get(one.other_by or "", "?"), words=one.other_value
        )
        return [
            (keep, lambda: self._choose(one)),
            (other, lambda: self._choose(one, other=True)),
            (_("Write something else"), lambda: self._write(one)),
            later,
        ]

    def _reopening(self, key: str) -> tuple[str, Choice]:
        decision = self._project.decisions.get(key)
        told = " · ".join(part for part in (decision.outcome.label, decision.text) if part)

        def reopen() -> None:
            self._project.decisions.reopen(decision)
            self.go_on()

        return _("Reopen: {decision}").format(decision=told), reopen

    def _leave(self, one: Conflict) -> None:
        self._left.add(one.id)
        self.go_on()

    def _choose(self, one: Conflict, *, other: bool = False, value: str | None = None) -> None:
        self._project.conflicts.choose(one, other, value=value)
        self._session.reload()
        self.go_on()

    def _write(self, one: Conflict) -> None:
        line = OneLine(self._about(one) or one.kind.label, str(one.value or ""))
        self._app.ask(line, lambda words: self._choose(one, value=words))

    def _remove_second(self, one: Conflict) -> None:
        self._project.conflicts.remove_doubles([one])
        self.go_on()
