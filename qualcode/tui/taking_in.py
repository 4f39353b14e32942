"""Taking interviews in, from choosing files to what is said at the end: one thing after another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import QualcodeError, StoppedError
from qualcode.i18n import _, ngettext
from qualcode.tui.dialogs.choose import Choose
from qualcode.tui.dialogs.files import ChooseFile
from qualcode.tui.dialogs.how_to_take_in import AskHowToTakeIn, HowToTakeIn, Names
from qualcode.tui.dialogs.working import Told, working
from qualcode.tui.widgets.search_place import faces

if TYPE_CHECKING:
    from qualcode.model import Transcript
    from qualcode.store.project import Project
    from qualcode.tasks.intake import Intake
    from qualcode.tasks.name_pass import NamePass
    from qualcode.tui.app import Workbench
    from qualcode.tui.session import Session

_MOST_SAID = 12


async def take_in(app: Workbench, session: Session) -> list[Transcript]:
    """Ask which files, and how; read them, decide on their names, store them. Call it from an async worker.

    Returns the interviews that were taken in; raises `QualcodeError` if it was stopped or cannot be done.
    """
    from qualcode.sources.registry import endings

    paths = await app.push_screen_wait(ChooseFile(_("Take interviews in"), endings(), several=True))
    if not paths:
        return []
    prepared = await _prepared(app, session, len(paths))
    if prepared is None:
        return []
    how, names = prepared
    intakes = await _read(app, session, paths)
    if names is not None and intakes:
        intakes = await _decide(app, names, how, intakes)
    return await _store(app, session, intakes, names) if intakes else []


async def _prepared(
    app: Workbench, session: Session, files: int
) -> tuple[HowToTakeIn, NamePass | None] | None:
    """How it is to be done, and what replaces names; asked again while the passphrase is wrong."""
    from qualcode.pseudonyms.keyfile import key_path

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
            return how, await working(app, _("Getting ready"), partial(_name_pass, session.project, how))
        except StoppedError:
            return None
        except QualcodeError as error:
            problem = str(error)


def _name_pass(project: Project, how: HowToTakeIn, _told: Told) -> NamePass:
    from qualcode.store.pseudonyms import NameState
    from qualcode.tasks.name_pass import NamePass

    state = NameState.REVIEWED if how.names is Names.REVIEW else NameState.REPLACED
    return NamePass(
        project,
        participants=how.participants,
        passphrase=how.passphrase,
        invented=how.invented,
        state=state,
    )


async def _read(app: Workbench, session: Session, paths: Sequence[Path]) -> list[Intake]:
    """What the files hold; asks whether to go on if some cannot be used."""
    from qualcode.tasks.intake_steps import read_files, refused
    from qualcode.tasks.speakers import rules_of

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


async def _go_on(app: Workbench, problems: Sequence[str], good: int) -> bool:
    """Say what cannot be taken in; whether to take in the others."""
    said = "\n\n".join(_shown(problem) for problem in problems[:_MOST_SAID])
    if len(problems) > _MOST_SAID:
        said += "\n\n" + _("… and {n} more").format(n=len(problems) - _MOST_SAID)
    stop = (_("Take nothing in"), False)
    others = ngettext("Take in the other {n} file", "Take in the other {n} files", good).format(n=good)
    ways = [(others, True), stop] if good else [(_("Close"), False)]
    title = ngettext("{n} file cannot be taken in", "{n} files cannot be taken in", len(problems))
    return bool(await app.push_screen_wait(Choose(title.format(n=len(problems)), ways, about=said)))


async def _decide(
    app: Workbench, names: NamePass, how: HowToTakeIn, intakes: Sequence[Intake]
) -> list[Intake]:
    """Decide on the names in each file; those that are through, when somebody stops."""
    from qualcode.tasks.intake_steps import NamesInTurn
    from qualcode.tasks.names import replace_all
    from qualcode.tui.screens.names_review import NamesReview

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
            way = await _stop(app, turn.at)
            if way != "back":
                return turn.intakes[: turn.at] if way == "keep" else []


async def _stop(app: Workbench, ready: int) -> str:
    ways = [(_("Go on deciding"), "back"), (_("Take nothing in"), "nothing")]
    if ready:
        words = ngettext("Take in the {n} file that is ready", "Take in the {n} files that are ready", ready)
        ways.insert(1, (words.format(n=ready), "keep"))
    return await app.push_screen_wait(Choose(_("Stop deciding on names?"), ways)) or "back"


async def _store(
    app: Workbench, session: Session, intakes: Sequence[Intake], names: NamePass | None
) -> list[Transcript]:
    """Store them, and say what there is to say."""
    from qualcode.tasks.intake_steps import store_files

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
