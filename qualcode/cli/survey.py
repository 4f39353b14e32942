"""`qualcode survey …`: take in a table of answers, and count its scales."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.names import invented_option, key_option, name_pass, names_option, participants_option
from qualcode.cli.terminal import tell_progress
from qualcode.cli.verbs import Told, Verb, as_option, file_argument, json_wanted, table, verb
from qualcode.errors import InputError
from qualcode.i18n import LANGUAGES, N_, _, ngettext, number
from qualcode.model import ColumnKind, SurveyColumn
from qualcode.tasks.transcripts.survey_plan import ColumnSaid, SurveyPlan
from qualcode.tasks.transcripts.survey_scales import ScaleSaid, columns_between, set_scales
from qualcode.tasks.transcripts.surveys import intakes_of, refuse_survey, take_in_survey
from qualcode.text.words import cut

if TYPE_CHECKING:
    from qualcode.analysis.scales import Spread
    from qualcode.store.project import Project
    from qualcode.tasks.transcripts.survey_results import ScaleDifference, ScaleResult, SurveyResults

_SHOWN, _FEW = 44, 10
_WHY = {
    "one item": N_("one item: no alpha"),
    "few respondents": N_("too few answered all items"),
    "no differences": N_("all answered alike"),
}
survey = click.Group("survey", help=_("Take in a table of survey answers; count scales and compare groups."))


range_option = click.option(
    "--range",
    "ends",
    metavar=_("LOW-HIGH"),
    help=_("The lowest and highest answer to the items of scales."),
)


def _plan_options(command: Verb) -> Verb:
    """The words that say what a table holds, for showing the plan and for taking in."""
    for option in (
        click.option(
            "--header-rows",
            type=click.IntRange(0, 9),
            default=0,
            help=_("How many rows stand above the answers; 0: it is recognised."),
        ),
        click.option(
            "--missing",
            multiple=True,
            metavar=_("CODE"),
            help=_(
                "A number that stands for no answer, such as 99; none: there is none. Else it is recognised."
            ),
        ),
        range_option,
        click.option(
            "--scale",
            multiple=True,
            metavar=_("NAME=ITEM,ITEM,-ITEM"),
            help=_(
                "Questions that measure one thing, by letter or name (C:F is a stretch); - turns one round."
            ),
        ),
        click.option(
            "--column",
            multiple=True,
            metavar=_("COLUMN=KIND[:NAME[:CHOICES]]"),
            help=_(
                "What a column holds: open, number, ordered, choice, several, date, respondent, case or out; what "
                "its fact is called; the choices from least to most, with | between."
            ),
        ),
        click.option("--name", default="", help=_("The name of the survey, if not that of the file.")),
    ):
        command = option(command)
    return command


@verb("plan", _("Say what would become of each column of FILE (.csv, .xlsx). Nothing is stored."), of=survey)
@file_argument
@_plan_options
def plan_(project: Project, file: Path, **asked: Any) -> Told:
    """Show the plan."""
    plan = _planned(file, asked)
    if any(one.name.casefold() == plan.name.casefold() for one in project.surveys.all()):
        plan.problems.append(
            _("There is a survey of this name already. Give the new one another name (--name).")
        )
    lines = [*_in_words(plan), _counted(len(plan.rows), len(plan.speaking))]
    return Told({**_about(plan), "taken": False}, lines, 1 if plan.problems else 0)


@verb(
    "import",
    _(
        "Take the answers in FILE (.csv, .xlsx) in: open questions as interviews, the others as facts. Columns with "
        "names and addresses stay out. In a terminal the plan is shown first."
    ),
    of=survey,
)
@file_argument
@_plan_options
@names_option
@participants_option
@key_option
@invented_option
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="nl", help=_("The language of the answers.")
)
@click.option("--yes", is_flag=True, help=_("Do not ask whether the plan is right."))
@as_option
def import_(
    project: Project,
    file: Path,
    names: str | None,
    participants: Path | None,
    key: bool,
    invented: bool,
    language: str,
    yes: bool,
    **asked: Any,
) -> Told | None:
    """Take a survey in, once the plan is right."""
    plan = _planned(file, asked)
    refuse_survey(project, plan)
    lines = _in_words(plan)
    if not yes and not json_wanted() and sys.stdin.isatty():
        click.echo("\n".join([*lines, _counted(len(plan.rows), len(plan.speaking))]))
        if not click.confirm(_("Take it in like this?")):
            return Told({**_about(plan), "taken": False}, [_("Nothing was taken in.")])
        lines = []
    deciding = name_pass(project, names, participants, key, invented, more=plan.people())
    intakes = intakes_of(plan)
    if deciding:
        for intake in intakes:
            deciding.treat(intake, language)
    taken = take_in_survey(project, plan, intakes, deciding, language=language, told=_count)
    lines.append(_("Taken in: {what}").format(what=_counted(taken.respondents, len(taken.interviews))))
    if taken.names_left:
        lines.append(
            _(
                "Names were left in the open answers. Look with: qualcode names scan. To take them out: undo, and "
                "import again with --names replace (or review)."
            )
        )
    data = {**_about(plan), "survey": taken.survey.name, "names_left": taken.names_left, "taken": True}
    return Told(data, lines)


@verb("scale", _("Say which questions of a survey in PROJECT measure one thing."), of=survey)
@click.argument("scales", nargs=-1, required=True, metavar=_("NAME=ITEM,ITEM,-ITEM"))
@click.option("--survey", "name", default="", help=_("Which survey, if there are several."))
@range_option
@as_option
def scale_(project: Project, scales: tuple[str, ...], name: str, ends: str | None) -> Told:
    """Give a survey scales, or change them."""
    surveys = project.surveys.all()
    if not name and len(surveys) > 1:
        known = ", ".join(each.name for each in surveys)
        raise InputError(
            _("There are several surveys ({known}). Say which: --survey NAME.").format(known=known)
        )
    chosen = project.surveys.get(name) if name or not surveys else surveys[0]
    low, high = _ends(ends)
    changed, remarks = set_scales(project, chosen, [_scale(words, low, high) for words in scales])
    told = [
        {
            "scale": each.name,
            "items": list(each.items),
            "reversed": sorted(each.reversed),
            "low": each.low,
            "high": each.high,
        }
        for each in changed.scales
    ]
    words = [
        _("{survey} has these scales: {known}.").format(
            survey=changed.name, known=", ".join(each.name for each in changed.scales)
        )
    ]
    return Told({"survey": changed.name, "scales": told, "remarks": remarks}, [*words, *remarks])


@verb(
    "show",
    _(
        "Count the scales and questions of the surveys in PROJECT: mean, spread and Cronbach's alpha; with --by group "
        "by group, with how the groups differ."
    ),
    of=survey,
)
@click.option("--survey", "name", default="", help=_("Only this survey."))
@click.option(
    "--by",
    default="",
    metavar=_("FACT"),
    help=_(
        "What makes the groups: a question or what is known of cases; age:8,12 cuts numbers; survey: each survey."
    ),
)
def show(project: Project, name: str, by: str) -> Told:
    """Show the results."""
    from qualcode.tasks.transcripts.survey_results import survey_results  # loads numpy and scipy

    found = survey_results(project, name, by)
    surveys = {each.survey.id for each in found.scales} | {each.survey.id for each in found.items}
    return Told(_results_data(found, by), _results_lines(found, len(surveys) > 1))


def _results_data(found: SurveyResults, by: str) -> dict[str, Any]:
    return {
        "by": by or None,
        "scales": [
            {
                "survey": each.survey.name,
                "scale": each.scale.name,
                "group": each.group or None,
                **_spread_data(each.spread),
                "alpha": each.consistency.alpha,
                "alpha_low": each.consistency.low,
                "alpha_high": each.consistency.high,
                "alpha_n": each.consistency.n,
                "alpha_undefined": each.consistency.why or None,
                "items": [
                    {
                        "item": item.column.name,
                        "question": item.column.words,
                        "reversed": item.turned,
                        **_spread_data(item.spread),
                        "item_rest": _at(each.consistency.item_rest, n),
                        "alpha_if_dropped": _at(each.consistency.dropped, n),
                    }
                    for n, item in enumerate(each.items)
                ],
            }
            for each in found.scales
        ],
        "items": [
            {
                "survey": each.survey.name,
                "item": each.column.name,
                "question": each.column.words,
                "group": each.group or None,
                **_spread_data(each.spread),
            }
            for each in found.items
        ],
        "differences": [
            {
                "scale": each.measure,
                **{field.name: getattr(each.found, field.name) for field in fields(each.found)},
            }
            for each in found.differences
        ],
    }


def _at(values: Sequence[float | None], n: int) -> float | None:
    return values[n] if n < len(values) else None


def _spread_data(spread: Spread) -> dict[str, Any]:
    return {
        "n": spread.n,
        "mean": spread.mean,
        "sd": spread.sd,
        "mean_low": spread.low,
        "mean_high": spread.high,
        "distribution": {f"{value:g}": count for value, count in spread.counts.items()},
    }


def _results_lines(found: SurveyResults, several: bool) -> Iterator[str]:
    head = ["", _("group"), "n", _("mean"), _("95% interval"), _("sd"), _("alpha"), _("95% interval")]
    rows: list[list[object]] = []
    for each in found.scales:
        called = f"{each.survey.name} · {each.scale.name}" if several else each.scale.name
        alpha = each.consistency
        ends = _between(alpha.low, alpha.high) or _(_WHY.get(alpha.why, ""))
        rows.append([called, each.group, *_spread_cells(each.spread), _figure(alpha.alpha), ends])
        if not each.group:
            rows += [
                [
                    ("  – " if item.turned else "    ") + cut(item.column.name, _SHOWN),
                    "",
                    *_spread_cells(item.spread),
                    _figure(_at(alpha.dropped, n)),
                    _("alpha without it") if alpha.dropped else "",
                ]
                for n, item in enumerate(each.items)
            ]
    for one in found.items:
        called = f"{one.survey.name} · {one.column.name}" if several else one.column.name
        rows.append([cut(called, _SHOWN), one.group, *_spread_cells(one.spread), "", ""])
    yield from table([head, *rows])
    yield from _items_by_group(found.scales)
    spreads = [*(each.spread for each in found.scales), *(each.spread for each in found.items)]
    if any(0 < each.n < _FEW for each in spreads):
        yield ""
        yield _("Groups of fewer than {n} say little: look at the intervals.").format(n=_FEW)
    for each_one in found.differences:
        yield ""
        yield from _difference_lines(each_one)
    if len(found.differences) > 1:
        yield ""
        yield _("p is corrected (Holm) for {n} differences looked at together.").format(
            n=len(found.differences)
        )


def _items_by_group(scales: Sequence[ScaleResult]) -> Iterator[str]:
    """The items of each scale, a column per group: mean (standard deviation)."""
    for scale in dict.fromkeys(each.scale for each in scales if each.group):
        groups = [each for each in scales if each.scale is scale]
        rows: list[list[object]] = [[scale.name, *(each.group for each in groups)]]
        for n, item in enumerate(groups[0].items):
            cells = (each.items[n].spread for each in groups)
            name = ("– " if item.turned else "") + cut(item.column.name, _SHOWN)
            rows.append([name, *(f"{_figure(cell.mean)} ({_figure(cell.sd)})" for cell in cells)])
        yield ""
        yield from table(rows)


def _difference_lines(told: ScaleDifference) -> Iterator[str]:
    found = told.found
    how = (
        _("the same {n} people twice").format(n=found.n_a)
        if found.paired
        else f"n = {found.n_a}, {found.n_b}"
    )
    yield _("{scale}: {a} − {b} = {difference} ({how}).").format(
        scale=told.measure, a=found.a, b=found.b, difference=_figure(found.difference), how=how
    )
    if found.low is None:
        yield "  " + _("The groups are too small, or do not differ among themselves, for an interval.")
        return
    yield "  " + _("95% interval {ends}; Hedges' g {g} ({g_ends}); p {p}").format(
        ends=_between(found.low, found.high),
        g=_figure(found.g),
        g_ends=_between(found.g_low, found.g_high),
        p="< " + _figure(0.001, 3) if (found.corrected or 0) < 0.001 else "= " + _figure(found.corrected, 3),
    )


def _spread_cells(spread: Spread) -> list[object]:
    return [spread.n, _figure(spread.mean), _between(spread.low, spread.high), _figure(spread.sd)]


def _figure(value: float | None, places: int = 2) -> str:
    return "–" if value is None else number(value, places)


def _between(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{_figure(low)} … {_figure(high)}"


def _planned(file: Path, asked: dict[str, Any]) -> SurveyPlan:
    plan = SurveyPlan(file, name=asked["name"], header_rows=asked["header_rows"], missing=asked["missing"])
    low, high = _ends(asked["ends"])
    scales = [_scale(words, low, high) for words in asked["scale"]]
    plan.say([_column(words) for words in asked["column"]], scales)
    return plan


def _column(words: str) -> ColumnSaid:
    column, sign, said = words.rpartition("=")
    kind, _colon, rest = said.partition(":")
    name, _colon, choices = rest.partition(":")
    known = {each.value: each for each in ColumnKind if each is not ColumnKind.EMPTY}
    if not sign or kind not in known:
        raise InputError(
            _("“{words}” must look like COLUMN=KIND, with one of these kinds: {known}.").format(
                words=words, known=", ".join(known)
            )
        )
    return ColumnSaid(
        column, known[kind], name, tuple(each.strip() for each in choices.split("|") if each.strip())
    )


def _scale(words: str, low: float | None, high: float | None) -> ScaleSaid:
    name, sign, items = words.partition("=")
    found: list[str] = []
    for item in filter(None, (each.strip() for each in items.split(","))):
        turned = item.startswith("-")
        found += [
            f"-{column}" if turned else column for column in columns_between(item.removeprefix("-"))
        ] or [item]
    if not sign or not name.strip() or not found:
        raise InputError(_("“{words}” must look like NAME=ITEM,ITEM,-ITEM.").format(words=words))
    return ScaleSaid(name.strip(), tuple(found), low, high)


def _ends(words: str | None) -> tuple[float | None, float | None]:
    if not words:
        return None, None
    low, _dash, high = words.strip().rpartition("-")
    try:
        ends = float(low.replace(",", ".")), float(high.replace(",", "."))
    except ValueError:
        ends = 1.0, 1.0
    if ends[0] >= ends[1]:
        raise InputError(_("“{words}” must look like LOW-HIGH, as in 1-5.").format(words=words))
    return ends


def _about(plan: SurveyPlan) -> dict[str, Any]:
    return {
        "survey": plan.name,
        "respondents": len(plan.rows),
        "interviews": len(plan.speaking),
        "columns": [
            {
                "letter": each.letter,
                "name": each.name,
                "question": each.words,
                "kind": each.kind.value,
                "answered": plan.answered(each),
                "choices": list(each.choices),
                "notes": plan.notes[each.letter],
            }
            for each in plan.columns
        ],
        "scales": [
            {
                "scale": each.name,
                "items": [("-" if item in each.reversed else "") + plan.at(item).name for item in each.items],
                "low": each.low,
                "high": each.high,
            }
            for each in plan.scales
        ],
        "remarks": plan.remarks,
        "problems": plan.problems,
    }


def _in_words(plan: SurveyPlan) -> list[str]:
    head = ["", _("question"), _("becomes"), _("answers"), ""]
    rows = [
        [each.letter, cut(_called(each), _SHOWN), each.kind.label, plan.answered(each), _beside(plan, each)]
        for each in plan.columns
    ]
    lines = [_("Survey {name}").format(name=plan.name), *table([head, *rows]), ""]
    lines += [
        _("Scale {name}: {items}; answers from {low} to {high}").format(
            name=each.name,
            items=", ".join(
                ("-" if item in each.reversed else "") + cut(plan.at(item).name, 20) for item in each.items
            ),
            low=f"{each.low:g}",
            high=f"{each.high:g}",
        )
        for each in plan.scales
    ]
    return [*lines, *plan.remarks, *plan.problems]


def _called(column: SurveyColumn) -> str:
    return column.name if column.name == column.words else f"{column.name}  {column.words}".strip()


def _beside(plan: SurveyPlan, column: SurveyColumn) -> str:
    """What stands beside a column in the plan: what to know of it, else its choices."""
    return "; ".join(plan.notes[column.letter]) or cut(" | ".join(column.choices), 60)


def _counted(respondents: int, interviews: int) -> str:
    who = ngettext("{n} respondent", "{n} respondents", respondents).format(n=respondents)
    what = ngettext("{n} interview", "{n} interviews", interviews).format(n=interviews)
    return _("{who}, {what} of open answers.").format(who=who, what=what)


def _count(n: int, total: int, label: str) -> bool:
    """Tell a person who waits how far it is."""
    if total > 200 and (n % 100 == 0 or n == total):
        tell_progress(f"{n}/{total}  {label}", done=n == total)
    return True
