"""Take a survey in as it was planned: an interview for each respondent with open answers, and their facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import ColumnKind, Survey, SurveyColumn, Transcript, Turn
from qualcode.sources import Draft, guess_from_name
from qualcode.sources.draft import DraftTurn, checked, words_of
from qualcode.sources.forms import QUESTION
from qualcode.tasks.transcripts.intake import Intake, NamePass
from qualcode.tasks.transcripts.names import state_of_text
from qualcode.tasks.transcripts.survey_plan import SurveyPlan, says_something
from qualcode.text.normal import one_line

if TYPE_CHECKING:
    from qualcode.store.project import Project

_ROLES = ("rol", "role", "functie", "informant", "beroep", "respondent")
_SHOWN = 40
Told = Callable[[int, int, str], bool]


def intakes_of(plan: SurveyPlan) -> list[AnswerIntake]:
    """The open answers as they are looked through for names: those of one case together."""
    cases: dict[str, list[int]] = {}
    for n in plan.speaking:
        cases.setdefault(plan.case_of(plan.rows[n]), []).append(n)
    kept = plan.kept
    return [AnswerIntake(plan, case, rows, () if n else kept) for n, (case, rows) in enumerate(cases.items())]


class AnswerIntake(Intake):
    """The open answers of respondents of one case, put one after the other so that their names are looked at once.

    The first one begins with the questions of the survey, for there may be names in these as well.
    """

    def __init__(
        self, plan: SurveyPlan, case: str, rows: Sequence[int], asked: Sequence[SurveyColumn] = ()
    ) -> None:
        self._asked = asked
        self._turns = [
            DraftTurn(QUESTION, words_of(words) or each.letter)
            for each in asked
            for words in (each.name, each.words or each.name)
        ]
        self.shares: list[tuple[int, int]] = []  # the row of each respondent, and how many turns are theirs
        for n in rows:
            found = list(_turns_of(plan, n))
            self._turns += found
            self.shares.append((n, len(found)))
        super().__init__(plan.path, interviewers=[QUESTION])
        self.title, self.guessed_case, self.guessed_informant = plan.name, case, None

    def _read(self, _rules: object) -> Draft:
        return checked(Draft(tuple(self._turns)))

    def questions(self) -> list[SurveyColumn]:
        """The questions of the survey, as they are now."""
        words = [self.text[turn.start : turn.end] for turn in self.turns[: 2 * len(self._asked)]]
        return [
            replace(each, name=one_line(words[2 * n]), words=words[2 * n + 1] if each.words else "")
            for n, each in enumerate(self._asked)
        ]

    def parted(self) -> Iterable[tuple[int, str, tuple[Turn, ...]]]:
        """For each respondent the row, the text and its turns, as they are now."""
        first = 2 * len(self._asked)
        for row, count in self.shares:
            turns = self.turns[first : first + count]
            start = turns[0].start
            moved = [
                replace(
                    turn,
                    n=n,
                    start=turn.start - start,
                    end=turn.end - start,
                    part=f"{self.title} · {turn.part}" if turn.part else "",
                )
                for n, turn in enumerate(turns, 1)
            ]
            yield row, self.text[start : turns[-1].end], tuple(moved)
            first += count


def _turns_of(plan: SurveyPlan, n: int) -> Iterable[DraftTurn]:
    """Who answers, then each open question that was answered with its answer."""
    yield DraftTurn(QUESTION, f"{plan.name} · {plan.labels[n]}")
    for number, column in enumerate(plan.open, 1):
        answer = plan.rows[n][column.letter]
        if says_something(answer):
            yield DraftTurn(QUESTION, column.words or column.name, part=str(number))
            yield DraftTurn("", answer, part=str(number))


@dataclass(frozen=True, slots=True)
class SurveyTaken:
    """What was taken in: the survey, how many filled it in, and the interviews made of open answers."""

    survey: Survey
    respondents: int
    interviews: Sequence[Transcript]
    names_left: bool


def refuse_survey(project: Project, plan: SurveyPlan) -> None:
    """Raise `InputError` if it cannot be taken in as it stands. Asked before anybody decides on names."""
    if plan.problems:
        raise InputError(
            _("{file}: nothing was taken in:").format(file=plan.path.name), plan.problems[:_SHOWN]
        )
    project.surveys.check_new(plan.name)


def take_in_survey(
    project: Project,
    plan: SurveyPlan,
    intakes: Sequence[AnswerIntake],
    names: NamePass | None,
    *,
    language: str = "nl",
    told: Told = lambda _n, _of, _what: True,
) -> SurveyTaken:
    """Store a survey as one act: all of it, or nothing if `told` answers `False`.

    With `names` the names in `intakes` were decided on (`NamePass.carry_out`); without, they are left in.
    """
    refuse_survey(project, plan)
    taken = _Taking(project, plan, names, language, told)
    with project.transaction("survey.import"):
        survey = taken.store(intakes)
    if names:
        names.close()
    return SurveyTaken(survey, len(plan.rows), list(taken.transcripts.values()), taken.names_left)


class _Taking:
    """A survey on its way into the project."""

    def __init__(
        self, project: Project, plan: SurveyPlan, names: NamePass | None, language: str, told: Told
    ) -> None:
        self._project, self._plan, self._names, self._told = project, plan, names, told
        self._language = language
        self._done = 0
        self._roles = next(
            (each for each in plan.of_kind(ColumnKind.CHOICE) if one_line(each.name).casefold() in _ROLES),
            None,
        )
        self.transcripts: dict[int, Transcript] = {}
        self.names_left = False

    def store(self, intakes: Sequence[AnswerIntake]) -> Survey:
        """Store all of it."""
        project, plan = self._project, self._plan
        for intake in intakes:
            self._interviews(intake)
        # names in these were decided on with those in the answers
        name, kept = (intakes[0].title, intakes[0].questions()) if intakes else (plan.name, plan.kept)
        survey = project.surveys.add(name, kept, plan.scales)
        facts = [each.letter for each in plan.facts]
        cases = {label: project.cases.ensure(label).id for label in {*map(plan.case_of, plan.rows)} if label}
        for n, (row, label) in enumerate(zip(plan.rows, plan.labels, strict=True)):
            project.surveys.add_respondent(
                survey,
                label,
                {letter: row[letter] for letter in facts if row[letter]},
                case_id=cases.get(plan.case_of(row)),
                transcript_id=self.transcripts[n].id if n in self.transcripts else None,
            )
        return survey

    def _interviews(self, intake: AnswerIntake) -> None:
        """Store the open answers of one case, an interview for each respondent."""
        project, plan, names = self._project, self._plan, self._names
        if names is None:
            intake.name_state = state_of_text(project, intake.text, self._language)
            self.names_left |= intake.name_state.value == "open"
        first = True
        for n, text, turns in intake.parted():
            self._done += 1
            if not self._told(self._done, len(plan.speaking), plan.labels[n]):
                raise InputError(_("Stopped: nothing was taken in."))
            role = guess_from_name(plan.rows[n][self._roles.letter])[1] if self._roles else None
            transcript = project.transcripts.add(
                f"{intake.title} {plan.labels[n]}",
                text,
                turns,
                case=intake.guessed_case or "",
                informant=role if intake.guessed_case else None,
                language=self._language,
                source=intake.source,
            )
            if names and first:
                names.record(transcript, intake.name_state)
                first = False
            else:
                project.names.set_state(transcript, intake.name_state)
            self.transcripts[n] = transcript
