"""Taking interviews in, from choosing files to what is said at the end: one thing after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, Input, Select, Static, TextArea

from qualcode.errors import InputError, QualcodeError, StoppedError
from qualcode.i18n import N_, _, ngettext
from qualcode.model import Transcript
from qualcode.pseudonyms.keyfile import key_path
from qualcode.pseudonyms.proposals import KnownName
from qualcode.sources.registry import is_table
from qualcode.store.project import Project
from qualcode.store.records.cases import Roles
from qualcode.store.records.pseudonyms import NameState
from qualcode.tasks.transcripts.intake import Intake, NamePass, NamesInTurn, read_files, refused, store_files
from qualcode.tasks.transcripts.names import participants_in, replace_all
from qualcode.tasks.transcripts.speakers import rules_of
from qualcode.tasks.transcripts.survey_plan import SurveyPlan
from qualcode.tasks.transcripts.surveys import intakes_of, refuse_survey, take_in_survey
from qualcode.tui.common.dialog import DIALOG_STYLE, Choose, Dialog, buttons, field
from qualcode.tui.common.place import faces
from qualcode.tui.common.working import HowFar, working
from qualcode.tui.program import Program
from qualcode.tui.session import Session
from qualcode.tui.transcripts.names_review import NamesReview
from qualcode.tui.transcripts.speakers_table import SpeakersTable
from qualcode.tui.transcripts.survey_table import SurveyTable


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
    participants: tuple[KnownName, ...] = ()
    passphrase: str | None = None


class AskHowToTakeIn(Dialog[HowToTakeIn]):
    """A form. The names typed in it are kept in memory only, until the import is over."""

    CSS_PATH = [DIALOG_STYLE, "transcripts.tcss"]
    HELP_LINE = N_("Tab goes to the next field · ctrl+s goes on · Esc closes")

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
        yield from field(_("Names"), Select(ways, value=self._before.names, allow_blank=False, id="names"))
        looks = [(Content(_("[leerling-1], [school-2] …")), False), (Content(_("invented names")), True)]
        yield from field(
            _("Replaced by"), Select(looks, value=self._before.invented, allow_blank=False, id="invented")
        )
        yield Static(
            Content(_("Who is in them, a line each: name; leerling, ouder, leraar …; nicknames")), id="who"
        )
        yield TextArea(self._before.listed, tab_behavior="focus", id="listed")
        yield Static(
            Content.styled(
                _(
                    "You may leave it empty; the list is forgotten afterwards. People keep their pseudonym in later "
                    "interviews. Without a passphrase nobody can look up which name it stands for."
                ),
                "$ink-soft",
            )
        )
        yield from field(
            _("Passphrase"), Input(password=True, placeholder=self._about_key(), id="passphrase")
        )
        if not self._has_key:
            yield from field(_("Once more"), Input(password=True, id="again"))
        yield Static(Content.styled(self._problem, "$error"), id="problem")
        yield from buttons(go=_("Go on"), not_now=_("Not now"))

    def _about_key(self) -> str:
        if self._has_key:
            return _("of the key file, so that people keep their pseudonym")
        return _("keeps the names in a key file; else leave it empty")

    BINDINGS = [("ctrl+s", "go")]

    @on(Input.Submitted)
    @on(Button.Pressed, "#go")
    def action_go(self) -> None:
        """Check what was typed, and go on with it."""
        try:
            self.dismiss(self._answer())
        except InputError as error:
            self.say_problem(str(error))

    def _answer(self) -> HowToTakeIn:

        listed = self.query_one("#listed", TextArea).text
        names = Names(str(self.query_one("#names", Select).value))
        participants = tuple(participants_in(listed))
        passphrase = self.query_one("#passphrase", Input).value
        if passphrase and not self._has_key and passphrase != self.query_one("#again", Input).value:
            raise InputError(_("The two passphrases are not the same."))
        invented = self.query_one("#invented", Select).value is True
        return HowToTakeIn(names, invented, listed, participants, passphrase or None)


_MOST_SAID = 12


async def take_in(app: Program, session: Session, paths: Sequence[Path]) -> list[Transcript]:
    """Ask how to take files in; read them, decide on their names, store them. Call it from an async worker.

    Returns the interviews that were taken in; raises `QualcodeError` if it was stopped or cannot be done.
    """

    tables = [path for path in paths if is_table(path)]
    taken = [one for path in tables for one in await _take_survey(app, session, path)]
    files = [path for path in paths if path not in tables]
    return [*taken, *(await _take_files(app, session, files) if files else [])]


async def _take_survey(app: Program, session: Session, path: Path) -> Sequence[Transcript]:
    """Show what would become of a table of answers, and take it in if that is right."""
    plan = await working(app, _("Reading the files"), lambda _told: SurveyPlan(path))
    project = session.project
    while True:
        if not await app.push_screen_wait(SurveyTable(plan)):
            return []
        with app.saying():
            refuse_survey(project, plan)
            break
    intakes = intakes_of(plan)
    prepared = await _prepared(app, session, 1, plan.people()) if intakes else (HowToTakeIn(Names.KEEP), None)
    if prepared is None:
        return []
    how, names = prepared
    if names is not None and len(await _decide(app, names, how, intakes)) < len(intakes):
        return []  # a survey is taken in whole
    taken = await working(
        app,
        _("Storing the interviews"),
        lambda told: take_in_survey(project, plan, intakes, names, told=told),
        keep=True,
    )
    who = ngettext("{n} respondent taken in.", "{n} respondents taken in.", taken.respondents)
    app.notify(who.format(n=taken.respondents), title=taken.survey.name, timeout=6)
    return taken.interviews


async def _take_files(app: Program, session: Session, paths: Sequence[Path]) -> list[Transcript]:
    prepared = await _prepared(app, session, len(paths))
    if prepared is None:
        return []
    how, names = prepared
    intakes = await _read(app, session, paths)
    intakes = await _confirm_speakers(app, session.project.roles, intakes)
    if names is not None and intakes:
        intakes = await _decide(app, names, how, intakes)
    return await _store(app, session, intakes, names) if intakes else []


async def _prepared(
    app: Program, session: Session, files: int, people: Sequence[KnownName] = ()
) -> tuple[HowToTakeIn, NamePass | None] | None:
    """How it is to be done, and what replaces names; asked again while the passphrase is wrong."""

    how, problem = HowToTakeIn(), ""
    while True:
        has_key = key_path(session.project.path).exists()
        asked = AskHowToTakeIn(files, has_key=has_key, before=how, problem=problem)
        answer = await app.push_screen_wait(asked)
        if answer is None:
            return None
        how = answer
        if how.names is Names.KEEP:
            return how, None
        try:
            everyone = replace(how, participants=(*how.participants, *people))
            return how, await working(app, _("Getting ready"), partial(_name_pass, session.project, everyone))
        except StoppedError:
            return None
        except QualcodeError as error:
            problem = str(error)


def _name_pass(project: Project, how: HowToTakeIn, _told: HowFar) -> NamePass:

    state = NameState.REVIEWED if how.names is Names.REVIEW else NameState.REPLACED
    return NamePass(
        project, participants=how.participants, passphrase=how.passphrase, invented=how.invented, state=state
    )


async def _read(app: Program, session: Session, paths: Sequence[Path]) -> list[Intake]:
    """What the files hold; asks whether to go on if some cannot be used."""

    rules = rules_of(session.project)
    intakes, problems = await working(
        app, _("Reading the files"), lambda told: read_files(paths, rules, told)
    )
    usable = [(one, refused(session.project, [one])) for one in intakes]
    problems += [problem for _one, found in usable for problem in found]
    intakes = [one for one, found in usable if not found]
    if problems and not await _go_on(app, problems, len(intakes)):
        return []
    return intakes


async def _go_on(app: Program, problems: Sequence[str], good: int) -> bool:
    """Say what cannot be taken in; whether to take in the others."""
    said = "\n\n".join(_shown(problem) for problem in problems[:_MOST_SAID])
    if len(problems) > _MOST_SAID:
        said += "\n\n" + _("… and {n} more").format(n=len(problems) - _MOST_SAID)
    stop = (_("Take nothing in"), False)
    others = ngettext("Take in the other {n} file", "Take in the other {n} files", good).format(n=good)
    ways = [(others, True), stop] if good else [(_("Close"), False)]
    title = ngettext("{n} file cannot be taken in", "{n} files cannot be taken in", len(problems))
    return bool(await app.push_screen_wait(Choose(title.format(n=len(problems)), ways, about=said)))


async def _confirm_speakers(app: Program, roles: Roles, intakes: Sequence[Intake]) -> list[Intake]:
    """Ask who speaks in each file where that is more than an interviewer and another; those that are through."""
    through: list[Intake] = []
    for n, intake in enumerate(intakes, 1):
        title = intake.source if len(intakes) == 1 else f"{intake.source} ({n} / {len(intakes)})"
        while not intake.is_plain and not await app.push_screen_wait(SpeakersTable(intake, title, roles)):
            way = await _stop(app, _("Stop taking this file in?"), len(through))
            if way != "back":
                return through if way == "keep" else []
        through.append(intake)
        for later in intakes[n:]:
            later.know(intake.said)
    return through


async def _decide(app: Program, names: NamePass, how: HowToTakeIn, intakes: Sequence[Intake]) -> list[Intake]:
    """Decide on the names in each file; those that are through, when somebody stops."""

    turn = NamesInTurn(names, intakes, None if how.names is Names.REVIEW else replace_all)
    while True:
        review = await working(app, _("Looking for names"), lambda told: (turn.until_asked(told),))
        if review[0] is None:
            return turn.intakes
        intake = turn.intakes[turn.at]
        title = f"{intake.source} ({turn.at + 1} / {len(turn.intakes)})"
        while True:
            if await app.push_screen_wait(NamesReview(review[0], title)):
                turn.carry_out(review[0])
                break
            way = await _stop(app, _("Stop deciding on names?"), turn.at)
            if way != "back":
                return turn.intakes[: turn.at] if way == "keep" else []


async def _stop(app: Program, question: str, ready: int) -> str:
    ways = [(_("Go on deciding"), "back"), (_("Take nothing in"), "nothing")]
    if ready:
        words = ngettext("Take in the {n} file that is ready", "Take in the {n} files that are ready", ready)
        ways.insert(1, (words.format(n=ready), "keep"))
    return await app.push_screen_wait(Choose(question, ways)) or "back"


async def _store(
    app: Program, session: Session, intakes: Sequence[Intake], names: NamePass | None
) -> list[Transcript]:
    """Store them, and say what there is to say."""

    taken, problems = await working(
        app,
        _("Storing the interviews"),
        lambda told: store_files(session.project, intakes, names, told),
        keep=True,
    )
    for transcript, warnings in taken:
        for warning in warnings:
            app.notify(warning, title=transcript.name, severity="warning", timeout=12)
    for problem in problems:
        app.notify(problem, severity="error", timeout=12)
    count = ngettext("{n} interview taken in.", "{n} interviews taken in.", len(taken))
    app.notify(count.format(n=len(taken)), timeout=4)
    return [transcript for transcript, _warnings in taken]


def _shown(words: str) -> str:
    """Words about a file as a terminal shows them, line by line."""
    return "\n".join(map(faces, words.split("\n")))
