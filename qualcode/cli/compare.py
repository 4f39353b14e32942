"""`qualcode compare`: where two coders differ."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from qualcode.agreement.agenda import Order, WhatIf
from qualcode.agreement.kinds import DifferenceKind, reconcile
from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly
from qualcode.i18n import _, number
from qualcode.model import Coding
from qualcode.tasks.comparing.agenda import Agenda, AgendaItem
from qualcode.tasks.comparing.comparison import Comparison, compare, two_coders

_QUOTE_LENGTH = 70


@click.command(
    "compare",
    help=_(
        "List where coders A and B differ in PROJECT, passage by passage: in those interviews "
        "that both have marked done."
    ),
)
@project_argument
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
@json_option
@said_plainly
def command(
    project: Path,
    a: str | None,
    b: str | None,
    transcript: str | None,
    everything: bool,
    agreed: bool,
    by: Order,
    round_name: str | None,
    coder: str | None,
    as_json: bool,
) -> None:
    """List typed differences."""
    from qualcode.agreement.table import count_characters
    from qualcode.store.project import open_project
    from qualcode.tasks.comparing.agenda import agenda
    from qualcode.tasks.comparing.rounds import round_comparison

    with open_project(project, coder) as opened:
        first, second = two_coders(opened, a, b)
        only = [opened.transcripts.get(transcript)] if transcript else None
        if round_name is None:
            found = compare(opened, first, second, everything=everything, transcripts=only)
        else:
            found = round_comparison(opened, opened.rounds.get(round_name), first, second, only)
        table = count_characters(found.readings)
        plan = agenda(opened, found, table=table)
        answers = WhatIf(found.readings, table) if opened.settings.get("coefficients") else None
    listed = _in_order(plan, by, agreed=agreed or as_json)
    data = {
        "coders": [first.name, second.name],
        "documents": len(found.readings),
        "not_done": [t.name for t in found.left_out],
        "by": by,
        "differences": [_data(plan, item, answers) for item in listed],
        "summary": _summary(plan, figures=answers is not None),
    }
    emit(as_json, data, _lines(plan, listed, answers))


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
    words = " ".join(item.span.of(item.transcript.text).split())
    short = words if len(words) <= _QUOTE_LENGTH else words[: _QUOTE_LENGTH - 1] + "…"
    sides = " | ".join(
        f"{coder.name}: {_names(comparison, codings)}"
        for coder, codings in ((comparison.a, item.a), (comparison.b, item.b))
    )
    parts = [
        f"{item.transcript.name} {item.span.start}–{item.span.end}",
        difference.kind.named((comparison.a.name, comparison.b.name)),
        sides,
        f"“{short}”",
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
