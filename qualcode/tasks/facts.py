"""What is known of interviews: of the case they are about, and what whoever speaks answered in a survey."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode.analysis.facts import Fact, Grouping, as_number, grouped
from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import _
from qualcode.model import ColumnKind, Respondent, Survey, SurveyColumn

if TYPE_CHECKING:
    from qualcode.store.project import Project


def facts_of_interviews(project: Project) -> list[Fact]:
    """Every fact about interviews, by their ids: those of their case, then those of surveys."""
    found: dict[str, Fact] = {}
    cases = {case.id: case for case in project.cases.all()}
    where = project.transcripts.whose()
    for case_id, interviews in where.items():
        for name, value in cases[case_id].attributes.items() if case_id in cases else ():
            fact = found.setdefault(name.casefold(), Fact(name, ColumnKind.CHOICE, {}))
            found[name.casefold()] = _with(fact, dict.fromkeys(interviews, (value,)))
    respondents = project.surveys.respondents()
    for survey in project.surveys.all():
        mine = [each for each in respondents if each.survey_id == survey.id and each.transcript_id]
        for column in survey.columns:
            if column.kind.is_fact:
                given = {
                    str(each.transcript_id): values_of(column, each)
                    for each in mine
                    if column.letter in each.answers
                }
                fact = found.get(column.name.casefold()) or Fact(column.name, column.kind, {}, column.choices)
                found[column.name.casefold()] = _with(fact, given)
    return list(found.values())


def _with(fact: Fact, more: dict[str, tuple[str, ...]]) -> Fact:
    return Fact(fact.name, fact.kind, {**fact.values, **more}, fact.choices)


def values_of(column: SurveyColumn, respondent: Respondent) -> tuple[str, ...]:
    """What somebody answered to a question: more than one of several choices."""
    answer = respondent.answers.get(column.letter, "")
    return (
        tuple(filter(None, answer.split("; ")))
        if column.kind is ColumnKind.SEVERAL
        else (answer,) * bool(answer)
    )


def fact_of_respondents(
    project: Project, survey: Survey, respondents: Sequence[Respondent], name: str
) -> Fact | None:
    """A fact about who filled in a survey, by their ids: an answer of theirs, or of the case they are about."""
    plain = name.casefold()
    for column in survey.columns:
        if column.kind.is_fact and plain in (column.name.casefold(), column.words.casefold()):
            values = {each.id: values_of(column, each) for each in respondents}
            return Fact(column.name, column.kind, values, column.choices)
    for column in survey.columns:
        if column.kind.is_fact and plain == column.letter.casefold():
            values = {each.id: values_of(column, each) for each in respondents}
            return Fact(column.name, column.kind, values, column.choices)
    cases = {case.id: case for case in project.cases.all()}
    values = {
        each.id: (value,)
        for each in respondents
        if each.case_id in cases
        for known, value in cases[each.case_id].attributes.items()
        if known.casefold() == plain
    }
    return Fact(name, ColumnKind.CHOICE, values) if values else None


def grouping_by(facts: Sequence[Fact], words: str) -> tuple[Fact, Grouping]:
    """The fact that words name and its groups: "schooltype", or with where ranges begin, "age:8,12"."""
    fact, cuts = named(facts, words)
    return fact, grouped(fact, cuts)


def named(facts: Sequence[Fact], words: str) -> tuple[Fact, list[float]]:
    """The fact that words name, and where ranges of it begin; raises `NotFoundError` with those that there are."""
    by_name = {fact.name.casefold(): fact for fact in facts}
    name, cuts = cuts_in(words) if words.casefold() not in by_name else (words, [])
    fact = by_name.get(name.casefold())
    if fact is None:
        known = ", ".join(fact.name for fact in facts) or _("none yet")
        raise NotFoundError(
            _("Nothing called “{name}” is known of the interviews (known is: {known}).").format(
                name=name, known=known
            )
        )
    return fact, cuts


def cuts_in(words: str) -> tuple[str, list[float]]:
    """A name, and where ranges of it begin: "age:8,12" → "age", [8, 12]."""
    name, colon, said = words.rpartition(":")
    if not colon:
        return words, []
    cuts = [as_number(cut.strip()) for cut in said.split(",")]
    if not said.strip() or any(cut is None for cut in cuts):
        raise InputError(_("“{words}” must look like NAME:NUMBER,NUMBER.").format(words=words))
    return name, [cut for cut in cuts if cut is not None]
