"""The results of surveys: each scale and question, as a whole or group by group, and how groups differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.analysis.facts import UNKNOWN, grouped
from qualcode.analysis.scales import (
    Consistency,
    MeanDifference,
    Spread,
    consistency,
    corrected,
    differences,
    scale_means,
    scores,
    spread,
)
from qualcode.errors import NotFoundError
from qualcode.i18n import _
from qualcode.model import ColumnKind, Respondent, Survey, SurveyColumn, SurveyScale
from qualcode.sources.answers import step_of
from qualcode.tasks.facts import cuts_in, fact_of_respondents

if TYPE_CHECKING:
    from qualcode.store.project import Project

BY_SURVEY = "survey"
_Groups = Mapping[str, Sequence[Respondent]]


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What a group answered to one question that counts."""

    survey: Survey
    column: SurveyColumn
    group: str
    spread: Spread
    turned: bool = False


@dataclass(frozen=True, slots=True)
class ScaleResult:
    """What a group answered on one scale; `group` is "" for everybody."""

    survey: Survey
    scale: SurveyScale
    group: str
    spread: Spread
    consistency: Consistency
    items: tuple[ItemResult, ...]


@dataclass(frozen=True, slots=True)
class ScaleDifference:
    """How two groups differ on a scale or question."""

    measure: str
    found: MeanDifference


@dataclass(frozen=True, slots=True)
class SurveyResults:
    """All of it; `items` are questions that count and belong to no scale."""

    scales: tuple[ScaleResult, ...]
    items: tuple[ItemResult, ...]
    differences: tuple[ScaleDifference, ...]


def survey_results(project: Project, name: str = "", by: str = "") -> SurveyResults:
    """The results of one survey, or of all. `by` is a fact that makes groups, or "survey": each survey a group.

    Raises `NotFoundError` if there is no such survey or fact.
    """
    surveys = [project.surveys.get(name)] if name else project.surveys.all()
    if not surveys:
        raise NotFoundError(
            _("There is no survey in this project yet. Take one in with: qualcode survey import.")
        )
    scales: list[ScaleResult] = []
    items: list[ItemResult] = []
    means: dict[str, dict[str, dict[str, float]]] = {}  # measure → group → who → mean
    known = False
    for survey in surveys:
        groups = _groups(project, survey, by)
        known = known or groups is not None
        for scale in survey.scales:
            for group, members in (groups or {}).items():
                result, own = _scale(survey, scale, group, members)
                scales.append(result)
                means.setdefault(scale.name, {}).setdefault(group, {}).update(own)
        used = {letter for scale in survey.scales for letter in scale.items}
        for column in survey.columns:
            if column.kind in (ColumnKind.NUMBER, ColumnKind.ORDERED) and column.letter not in used:
                for group, members in (groups or {}).items():
                    answers = [step_of(each.answers.get(column.letter, ""), column) for each in members]
                    items.append(ItemResult(survey, column, group, spread(answers)))
    if not known:
        raise NotFoundError(
            _("Nothing called “{name}” is known of who filled in the survey (known is: {known}).").format(
                name=by, known=", ".join(_known(project, surveys))
            )
        )
    twice = by.casefold() == BY_SURVEY
    return SurveyResults(
        tuple(scales), tuple(items), tuple(_differing(means, same_people=twice)) if by else ()
    )


def _differing(
    means: Mapping[str, Mapping[str, Mapping[str, float]]], *, same_people: bool
) -> list[ScaleDifference]:
    """All differences between groups, corrected for their number together; none between groups that share people."""
    measures, found = [], []
    for measure, groups in means.items():
        told = {group: own for group, own in groups.items() if group != UNKNOWN and own}
        everybody = [who for own in told.values() for who in own]
        if len(set(everybody)) < len(everybody) and not same_people:
            continue
        for each in differences(told, same_people=same_people):
            measures.append(measure)
            found.append(each)
    return [ScaleDifference(measure, each) for measure, each in zip(measures, corrected(found), strict=True)]


def _known(project: Project, surveys: Sequence[Survey]) -> list[str]:
    names = [each.name for survey in surveys for each in survey.columns if each.kind.is_fact]
    cases = [name for case in project.cases.all() for name in case.attributes]
    return list(dict.fromkeys([*names, *cases, BY_SURVEY]))


def _groups(project: Project, survey: Survey, by: str) -> _Groups | None:
    """Who filled in a survey, in groups; `None` if nothing of that name is known of them."""
    everybody = project.surveys.respondents(survey)
    if not by:
        return {"": everybody}
    if by.casefold() == BY_SURVEY:
        return {survey.name: everybody}
    fact = fact_of_respondents(project, survey, everybody, by)
    cuts: list[float] = []
    if fact is None and ":" in by:
        name, cuts = cuts_in(by)
        fact = fact_of_respondents(project, survey, everybody, name)
    if fact is None:
        return None
    grouping = grouped(fact, cuts)
    groups: dict[str, list[Respondent]] = {label: [] for label in grouping.labels}
    for each in everybody:
        for label in grouping.of(each.id):
            groups.setdefault(label, []).append(each)
    return groups


def _scale(
    survey: Survey, scale: SurveyScale, group: str, members: Sequence[Respondent]
) -> tuple[ScaleResult, dict[str, float]]:
    """A scale in one group, and the mean of each who answered enough of it, by who they are."""
    columns = {each.letter: each for each in survey.columns}
    asked = [columns[letter] for letter in scale.items if letter in columns]
    turned = [each.letter in scale.reversed for each in asked]
    answers = [[step_of(each.answers.get(column.letter, ""), column) for column in asked] for each in members]
    table = scores(answers, turned, scale.low, scale.high)
    means = scale_means(table)
    items = tuple(
        ItemResult(
            survey, column, group, spread([None if x != x else float(x) for x in table[:, n]]), turned[n]
        )
        for n, column in enumerate(asked)
    )
    own = {each.label: mean for each, mean in zip(members, means, strict=True) if mean is not None}
    return ScaleResult(survey, scale, group, spread(means), consistency(table), items), own
