"""Take files in step by step, as a screen does: read them all, decide on the names in each, then store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from qualcode.errors import QualcodeError
from qualcode.model import Transcript
from qualcode.pseudonyms.review import Review
from qualcode.store.project import Project
from qualcode.tasks.transcripts.intake import Intake, NamePass
from qualcode.tasks.transcripts.names import Decide, names_left, note_left
from qualcode.tasks.transcripts.speakers import SpeakerRule

Told = Callable[[int, int, str], bool]


def read_files(
    paths: Sequence[Path], rules: Sequence[SpeakerRule], told: Told
) -> tuple[list[Intake], list[str]]:
    """Read files without storing anything: what they hold, and why some cannot be read.

    `told(done, all, name)` is called before each file and ends the reading by answering `False`.
    """
    read: list[Intake] = []
    problems: list[str] = []
    for n, path in enumerate(paths):
        if not told(n, len(paths), path.name):
            break
        try:
            read.append(Intake(path, rules=rules))
        except QualcodeError as error:
            problems.append(str(error))
    return read, problems


def refused(project: Project, intakes: Sequence[Intake]) -> list[str]:
    """Why some of what was read cannot be stored (the project holds its name or its text already).

    Asked before anybody decides on names: afterwards it would be a pity of the work.
    """
    problems = []
    for intake in intakes:
        try:
            project.transcripts.check_new(intake.title, intake.text)
        except QualcodeError as error:
            problems.append(str(error))
    return problems


class NamesInTurn:
    """The names of files that were read, one file after another; `at` is the file at hand."""

    def __init__(self, names: NamePass, intakes: Sequence[Intake], decide: Decide | None = None) -> None:
        self._names = names
        self.intakes = list(intakes)
        self._decide = decide
        self.at = 0

    def until_asked(self, told: Told) -> Review | None:
        """Go on to the next file in which something is to be decided; `None` when all are through.

        With `decide` nothing is asked: it decides.
        """
        while self.at < len(self.intakes):
            intake = self.intakes[self.at]
            if not told(self.at, len(self.intakes), intake.source):
                return None
            review = self._names.review(intake, intake.spoken())
            if self._decide:
                self._decide(review)
            elif review.undecided:
                return review
            self.carry_out(review)
        return None

    def carry_out(self, review: Review) -> None:
        """Put pseudonyms in the place of names in the file at hand, and go on to the next."""
        self._names.carry_out(self.intakes[self.at], review)
        self.at += 1


def store_files(
    project: Project, intakes: Sequence[Intake], names: NamePass | None, told: Told
) -> tuple[list[tuple[Transcript, list[str]]], list[str]]:
    """Store what was read, as one act; the interviews with their readers' warnings, and why some were refused.

    Each is stored wholly or not at all; `told` ends the work by answering `False`, and what is in by then
    stays. With `names` their names were decided on (`NamePass.carry_out`); without, names are left in.
    """
    taken: list[tuple[Transcript, list[str]]] = []
    problems: list[str] = []
    with project.transaction("transcripts.import"):
        for n, intake in enumerate(intakes):
            if not told(n, len(intakes), intake.title):
                break
            try:
                with project.transaction("transcripts.import"):
                    taken.append((_stored(project, intake, names), intake.warnings))
            except QualcodeError as error:
                problems.append(str(error))
    if names:
        names.close()
    return taken, problems


def _stored(project: Project, intake: Intake, names: NamePass | None) -> Transcript:
    transcript = intake.store(project)
    if names:
        names.record(transcript, intake.name_state)
    else:
        note_left(project, transcript, names_left(project, intake.text, intake.turns, intake.spoken()))
    return transcript
