"""`qualcode compare|sample|plan`: where two coders differ, which interviews they both code, what more would bring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import click

from qualcode.agreement.agenda import Order, WhatIf
from qualcode.agreement.kinds import DifferenceKind, reconcile
from qualcode.agreement.table import count_characters
from qualcode.agreement.value import Reason
from qualcode.cli.verbs import Told, as_option, json_wanted, table, verb
from qualcode.errors import InputError
from qualcode.i18n import _, number, percent
from qualcode.reports.wording.planning import (
    caution,
    gain_lines,
    hours_sentences,
    prospect_head,
    prospect_row,
)
from qualcode.reports.wording.sentences import provenance, sample_chances, sample_warnings
from qualcode.tasks.comparing.agenda import Agenda, AgendaItem, agenda
from qualcode.tasks.comparing.comparison import Comparison, draw_sample, two_coders
from qualcode.tasks.comparing.comparison import compare as compare_two
from qualcode.tasks.comparing.planning import MORE, planned
from qualcode.tasks.comparing.rounds import round_comparison
from qualcode.text.words import short

if TYPE_CHECKING:
    from qualcode.model import Coding
    from qualcode.store.project import Project

_QUOTE_LENGTH = 70


@verb(
    "compare",
    _(
        "List where coders A and B differ in PROJECT, passage by passage: in those interviews "
        "that both have marked done."
    ),
)
@click.argument("a", required=False)
@click.argument("b", required=False)
@click.option("--transcript", help=_("Only in this interview."))
@click.option("--all", "everything", is_flag=True, help=_("Take all interviews, done or not."))
@click.option("--agreed", is_flag=True, help=_("List what is agreed as well."))
@click.option(
    "--by",
    type=click.Choice(["place", "effect", "size", "codes"]),
    default="place",
    show_default=True,
    help=_(
        "In the order of the texts; of the effect on alpha; of the text read differently; of codes that meet most."
    ),
)
@click.option("--round", "round_name", metavar=_("ROUND"), help=_("As both had it in this round."))
@as_option
def compare(
    project: Project,
    a: str | None,
    b: str | None,
    transcript: str | None,
    everything: bool,
    agreed: bool,
    by: Order,
    round_name: str | None,
) -> Told:
    """List typed differences."""
    first, second = two_coders(project, a, b)
    only = [project.transcripts.get(transcript)] if transcript else None
    if round_name is None:
        found = compare_two(project, first, second, everything=everything, transcripts=only)
    else:
        found = round_comparison(project, project.rounds.get(round_name), first, second, only)
    counted = count_characters(found.readings)
    plan = agenda(project, found, table=counted)
    answers = WhatIf(found.readings, counted) if project.settings.get("coefficients") else None
    listed = _in_order(plan, by, agreed=agreed or json_wanted())
    data = {
        "coders": [first.name, second.name],
        "documents": len(found.readings),
        "not_done": [t.name for t in found.left_out],
        "by": by,
        "differences": [_data(plan, item, answers) for item in listed],
        "summary": _summary(plan, figures=answers is not None),
    }
    return Told(data, _lines(plan, listed, answers))


def _in_order(plan: Agenda, by: Order, *, agreed: bool) -> list[AgendaItem]:
    """The differences in that order; what is agreed stands in its place, else at the end."""
    if not agreed:
        return plan.ordered(by)
    if by != "place":
        return [*plan.ordered(by), *plan.agreed]
    order = {t.id: n for n, t in enumerate(plan.comparison.transcripts)}
    return sorted([*plan.items, *plan.agreed], key=lambda item: (order[item.transcript.id], item.span))


def _summary(plan: Agenda, *, figures: bool) -> dict[str, Any]:
    counted = reconcile(item.difference for item in (*plan.items, *plan.agreed)).to_dict()
    return counted if figures else {**counted, "f1": None}


def _data(plan: Agenda, item: AgendaItem, answers: WhatIf | None) -> dict[str, Any]:
    slug = {code.id: code.slug for code in plan.comparison.codes}
    difference, decision = item.difference, plan.decision_on(item)

    def listed(codings: Sequence[Coding]) -> list[dict[str, Any]]:
        return [{"id": c.id, "code": slug[c.code_id], "start": c.start, "end": c.end} for c in codings]

    effects = answers.effects(difference) if answers else []
    return {
        "key": item.key,
        "type": difference.kind.value,
        "transcript": item.transcript.name,
        "a": listed(item.a),
        "b": listed(item.b),
        "codes": [slug[code] for code in difference.codes],
        "iou": difference.iou,
        "related": difference.related,
        "beside": [slug[code] for code in difference.beside],
        "size": item.point.size,
        "meetings": item.point.meetings,
        "effect": [{**effect.to_dict(), "code": slug[effect.code]} for effect in effects],
        "decision": {"id": decision.id, "outcome": str(decision.outcome)} if decision else None,
    }


def _lines(plan: Agenda, listed: Sequence[AgendaItem], answers: WhatIf | None) -> list[str]:
    comparison = plan.comparison
    lines = [_line(plan, item, answers) for item in listed]
    places = reconcile(item.difference for item in (*plan.items, *plan.agreed)).places
    coders = (comparison.a.name, comparison.b.name)
    lines.append(", ".join(f"{kind.named(coders)} {places[kind]}" for kind in DifferenceKind))
    if comparison.left_out:
        lines.append(_("Not marked done by both: {n}.").format(n=len(comparison.left_out)))
    return lines


def _line(plan: Agenda, item: AgendaItem, answers: WhatIf | None) -> str:
    comparison, difference = plan.comparison, item.difference
    sides = " | ".join(
        f"{coder.name}: {_names(comparison, codings)}"
        for coder, codings in ((comparison.a, item.a), (comparison.b, item.b))
    )
    parts = [
        f"{item.transcript.name} {item.span.start}–{item.span.end}",
        difference.kind.named((comparison.a.name, comparison.b.name)),
        sides,
        f"“{short(item.span.of(item.transcript.text), _QUOTE_LENGTH)}”",
    ]
    if answers and not difference.agreed:
        largest = answers.effect_size(difference)
        parts.append(_("alpha ±{change}").format(change=number(largest, 3)))
    decision = plan.decision_on(item)
    if decision:
        parts.append(decision.outcome.label)
    return " · ".join(parts)


def _names(comparison: Comparison, codings: Sequence[Coding]) -> str:
    names = {code.id: str(code.name) or code.slug for code in comparison.codes}
    return ", ".join(dict.fromkeys(names[coding.code_id] for coding in codings)) or "–"


@verb("sample", _("Draw by lot which interviews of PROJECT two people will both code."))
@click.option(
    "--share", type=click.FloatRange(1, 100), default=20, show_default=True, help=_("How many, in per cent.")
)
@click.option(
    "--method",
    type=click.Choice(["stratified", "random"]),
    default="stratified",
    show_default=True,
    help=_("Stratified: each kind of informant gets its part, spread over the cases."),
)
@click.option("--seed", type=int, help=_("To draw the same again."))
def sample(project: Project, share: float, method: Literal["random", "stratified"], seed: int | None) -> Told:
    """Draw a sample and keep it with its seed."""
    lot = draw_sample(project, share / 100, method=method, seed=seed)
    names = {transcript.id: transcript.name for transcript in project.transcripts.all()}
    drawn = [names[transcript] for transcript in lot.drawn]
    warnings = sample_warnings(lot)
    data = {**lot.to_dict(), "drawn": drawn, "warnings": warnings}
    head = _("Drawn {n} of {all} ({share}, seed {seed}):").format(
        n=len(drawn), all=lot.available, share=percent(len(drawn) / lot.available), seed=lot.seed
    )
    return Told(data, [head, *(f"  {name}" for name in drawn), sample_chances(lot), *warnings])


@verb("plan", _("Say what coding more interviews of PROJECT twice would bring, and what it costs."))
@click.argument("a", required=False)
@click.argument("b", required=False)
@click.option(
    "--more", type=click.IntRange(1, 1000), multiple=True, help=_("After so many more (may be repeated).")
)
@click.option(
    "--hours",
    type=click.FloatRange(0, 1000, min_open=True),
    help=_("How many hours coding one interview takes; else your pace is read from the logbook."),
)
@as_option
def plan(project: Project, a: str | None, b: str | None, more: tuple[int, ...], hours: float | None) -> Told:
    """Per code the interval to be expected; which interviews narrow most; the hours."""
    comparison = compare_two(project, *two_coders(project, a, b))
    made = planned(project, comparison, sorted(set(more)) or MORE, hours)
    names = {code.id: str(code.name) or code.slug for code in comparison.codes}
    names |= {t.id: t.name for t in comparison.left_out}
    if not made.found.coefficients:
        raise InputError(Reason.SWITCHED_OFF.words)
    if not made.prospects:
        return Told(
            made.to_dict(comparison), [provenance(made.found), "", _("There is nothing to compare here yet.")]
        )
    rows = [prospect_row(each, names[each.code]) for each in made.prospects]
    lines = [provenance(made.found), "", *table([prospect_head(made.more), *rows]), "", caution()]
    lines += ["", *gain_lines(made.gains, names), "", *hours_sentences(made.hours, made.paced, made.more)]
    return Told(made.to_dict(comparison), lines)
