"""Scales as people say them: which questions belong together, by letter, name or question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import ColumnKind, Survey, SurveyColumn, SurveyScale
from qualcode.sources.answers import letter_of, place_of, step_of
from qualcode.text.normal import one_line
from qualcode.text.words import cut

if TYPE_CHECKING:
    from qualcode.store.project import Project

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ScaleSaid:
    """A scale as somebody said it: a name, and items by their letter, name or question; "-" before one turns it."""

    name: str
    items: tuple[str, ...]
    low: float | None = None
    high: float | None = None


def by_letter(letter: str) -> str:
    """How a column is named by its letter, whatever others are called."""
    return f"§{letter}"


def columns_between(words: str) -> list[str]:
    """A stretch of columns as spreadsheets write it, "C:F", named by their letters; empty if these words are none."""
    first, colon, last = words.strip().upper().partition(":")
    if not colon or not (first.isalpha() and last.isalpha() and first.isascii() and last.isascii()):
        return []
    return [by_letter(letter_of(place)) for place in range(place_of(first), place_of(last) + 1)]


def find_column(word: str, columns: Sequence[SurveyColumn]) -> SurveyColumn:
    """The column with this letter, name or question; raises `InputError` with those that there are."""
    plain = one_line(word).casefold()
    for found in (
        [each for each in columns if by_letter(each.letter) == word],
        [each for each in columns if each.name.casefold() == plain],
        [each for each in columns if each.words.casefold() == plain],
        [each for each in columns if each.letter.casefold() == plain],
    ):
        if len(found) == 1:
            return found[0]
    known = ", ".join(f"{each.letter} {cut(each.name, _SHOWN)}" for each in columns[:_SHOWN])
    raise InputError(
        _("There is no column “{word}”; there is: {known}.").format(word=word.removeprefix("§"), known=known)
    )


def scales_from(
    said: Iterable[ScaleSaid], columns: Sequence[SurveyColumn], rows: Sequence[Mapping[str, str]]
) -> list[tuple[SurveyScale, list[str]]]:
    """The scales, each with what somebody should know of it; `rows` are answers by letter.

    Raises `InputError` for an item that is not there, cannot be counted, or stands twice.
    """
    said = list(said)
    twice = [
        name for name, count in Counter(one_line(each.name).casefold() for each in said).items() if count > 1
    ]
    if twice:
        raise InputError(_("Two scales cannot both be called “{name}”.").format(name=twice[0]))
    return [_scale(each, columns, rows) for each in said]


def set_scales(project: Project, survey: Survey, said: Iterable[ScaleSaid]) -> tuple[Survey, list[str]]:
    """Say what scales a survey that was taken in has; one of a known name takes the place of that one."""
    answers = [each.answers for each in project.surveys.respondents(survey)]
    made = scales_from(said, survey.columns, answers)
    new = {scale.name.casefold() for scale, _remarks in made}
    kept = [scale for scale in survey.scales if scale.name.casefold() not in new]
    changed = project.surveys.set_scales(survey, [*kept, *(scale for scale, _remarks in made)])
    return changed, [remark for _scale, remarks in made for remark in remarks]


def _scale(
    said: ScaleSaid, columns: Sequence[SurveyColumn], rows: Sequence[Mapping[str, str]]
) -> tuple[SurveyScale, list[str]]:
    items: list[SurveyColumn] = []
    turned = set()
    for word in said.items:
        column = find_column(word.removeprefix("-"), columns)
        if column.kind not in (ColumnKind.NUMBER, ColumnKind.ORDERED):
            message = _("“{item}” cannot be an item of {scale}: it is no number and has no order ({kind}).")
            raise InputError(message.format(item=column.name, scale=said.name, kind=column.kind.label))
        if column in items:
            message = _("“{item}” stands twice in the scale {scale}.")
            raise InputError(message.format(item=column.name, scale=said.name))
        items.append(column)
        if word.startswith("-"):
            turned.add(column.letter)
    low, high = _ends(items, rows)
    ends = (low if said.low is None else said.low, high if said.high is None else said.high)
    letters = tuple(each.letter for each in items)
    scale = SurveyScale(one_line(said.name), letters, frozenset(turned), *ends)
    return scale, _remarks(scale, items, is_said=said.low is not None)


def _remarks(scale: SurveyScale, items: Sequence[SurveyColumn], *, is_said: bool) -> list[str]:
    """What somebody should know of a scale before believing its mean."""
    found = []
    if len({len(each.choices) if each.kind is ColumnKind.ORDERED else 0 for each in items}) > 1:
        words = _(
            "The items of {scale} do not all have the same choices; look whether one mean of them says anything."
        )
        found.append(words.format(scale=scale.name))
    if scale.reversed and not is_said and any(each.kind is ColumnKind.NUMBER for each in items):
        words = _(
            "{scale} is turned round as {low} to {high}, the answers that were given. If it is wider, say so (--range)."
        )
        found.append(words.format(scale=scale.name, low=f"{scale.low:g}", high=f"{scale.high:g}"))
    return found


def _ends(columns: Sequence[SurveyColumn], rows: Sequence[Mapping[str, str]]) -> tuple[float, float]:
    """The ends of what can be answered to items: the steps of their choices, or the numbers that were given."""
    given = [
        step
        for column in columns
        for row in rows
        if (step := step_of(row.get(column.letter, ""), column)) is not None
    ]
    steps = [float(len(each.choices)) for each in columns if each.kind is ColumnKind.ORDERED and each.choices]
    return min([*given, 1.0]) if steps else min(given, default=1.0), max([*given, *steps], default=5.0)
