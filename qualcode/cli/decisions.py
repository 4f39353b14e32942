"""`qualcode decide`: the agenda of differences, and settling them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.verbs import A_PATH, Told, as_option, coder_names, saved, verb
from qualcode.errors import NotFoundError
from qualcode.files.saving import save_text
from qualcode.i18n import _
from qualcode.store.records.decisions import Outcome, Why
from qualcode.tasks.comparing.agenda import Agenda, AgendaItem, agenda, balance, reopen, take_agreed
from qualcode.tasks.comparing.agenda import decide as settle
from qualcode.tasks.comparing.comparison import compare, two_coders
from qualcode.tasks.comparing.differences import two_readings_table
from qualcode.tasks.comparing.rounds import round_comparison
from qualcode.text.spans import Span
from qualcode.text.words import short

if TYPE_CHECKING:
    from qualcode.agreement.agenda import Order
    from qualcode.model import Coding
    from qualcode.store.project import Project

_KEY_LENGTH = 8
_QUOTE_LENGTH = 60


@verb(
    "decide",
    _(
        "Show the differences between two coders of PROJECT in the order in which talking pays; with --outcome "
        "settle those with the given KEYS (or all in which --codes meet) in the same way."
    ),
)
@click.argument("keys", nargs=-1)
@click.option("--between", nargs=2, metavar="A B", help=_("The two coders; needed if there are more."))
@click.option("--round", "round_", metavar=_("ROUND"), help=_("As they were when this round froze."))
@click.option(
    "--codes", metavar="CODE[,CODE]", help=_("All open differences in which just these codes meet.")
)
@click.option(
    "--order", type=click.Choice(["effect", "size", "codes", "place"]), default="effect", show_default=True
)
@click.option("--outcome", type=click.Choice([str(one) for one in Outcome]), help=_("How it is settled."))
@click.option("--reason", type=click.Choice([str(one) for one in Why if one]), help=_("What it came from."))
@click.option("--text", default="", help=_("Why, in a line."))
@click.option("--edges", metavar="widest|shared|START-END", help=_("The edges that stand (edges, new-code)."))
@click.option("--code", "new_code", help=_("The code that stands (new-code)."))
@click.option("--agreed", is_flag=True, help=_("Put what both agree on in the layer of decisions."))
@click.option("--reopen", metavar=_("DECISION"), help=_("Take a decision up again; --text says why."))
@click.option("--my-line", help=_("Write your own reading of the difference, before seeing the other's."))
@click.option("--apart", type=A_PATH, help=_("Write what stays two readings to this table (CSV)."))
@as_option
def decide(project: Project, **options: Any) -> Told:
    """Show the agenda, or change something on it."""
    plan, round_id = _agenda(project, options["between"], options["round_"])
    done = _done(project, plan, round_id, options)
    items = _chosen(project, plan, options, options["order"])
    data = {
        "coders": [plan.comparison.a.name, plan.comparison.b.name],
        "done": done,
        "open": len(plan.open_items()),
        "agreed": len(plan.agreed),
        "items": [_data(project, plan, item) for item in items],
        "groups": _groups(plan),
        "balance": _balance(project, plan),
    }
    return Told(data, _lines(data))


def _agenda(
    project: Project, between: tuple[str, str] | None, round_: str | None
) -> tuple[Agenda, str | None]:
    a, b = two_coders(project, *(between or (None, None)))
    if round_ is None:
        return agenda(project, compare(project, a, b)), None
    one = project.rounds.get(round_)
    return agenda(project, round_comparison(project, one, a, b)), one.id


def _done(project: Project, plan: Agenda, round_id: str | None, options: dict[str, Any]) -> list[str]:
    """Do what is asked; returns what was done, in words."""
    done = []
    items = _chosen(project, plan, options, "place")
    if options["reopen"]:
        found = [d for d in project.decisions.all() if d.id.startswith(options["reopen"])]
        found = found or [project.decisions.get(options["reopen"])]
        reopen(project, plan, found[:1], options["text"])
        done.append(_("Reopened."))
    if options["my_line"]:
        for item in items:
            project.own_reasons.write(item.key, item.transcript, options["my_line"])
        done.append(_("Your line is kept; the other's shows when both have written."))
    if options["agreed"]:
        made = take_agreed(project, plan, round_id)
        done.append(_("{n} agreed codings now stand in the layer of decisions.").format(n=len(made)))
    if options["outcome"]:
        if not items or not (options["keys"] or options["codes"]):
            raise click.UsageError(_("Say which differences: their keys, or --codes."))
        settle(
            project,
            plan,
            items,
            Outcome(options["outcome"]),
            reason=Why(options["reason"] or ""),
            text=options["text"],
            edges=_edges(options["edges"]),
            code=project.codebook.get(options["new_code"]) if options["new_code"] else None,
            round_id=round_id,
        )
        done.append(_("Settled: {n}.").format(n=len(items)))
    if options["apart"]:
        save_text(options["apart"], two_readings_table(project, plan))
        done.append(saved(options["apart"]))
    return done


def _chosen(project: Project, plan: Agenda, options: dict[str, Any], order: Order) -> list[AgendaItem]:
    items = plan.ordered(order)
    if options["codes"]:
        wanted = tuple(sorted(project.codebook.get(name.strip()).id for name in options["codes"].split(",")))
        items = [item for item in plan.open_items() if item.difference.codes == wanted]
    if options["keys"]:
        for key in options["keys"]:
            if not any(item.key.startswith(key) for item in items):
                raise NotFoundError(_("There is no difference {key} on the agenda.").format(key=key))
        items = [item for item in items if item.key.startswith(options["keys"])]
    return items


def _edges(words: str | None) -> Any:
    if words in (None, "widest", "shared"):
        return words
    start, dash, end = words.partition("-")
    if not (dash and start.strip().isdecimal() and end.strip().isdecimal()):
        raise click.BadParameter(_("edges are widest, shared or START-END"))
    return Span(int(start), int(end))


def _data(project: Project, plan: Agenda, item: AgendaItem) -> dict[str, Any]:
    slug = {code.id: code.slug for code in plan.comparison.codes}
    names = coder_names(project)
    decision = plan.decision_on(item)
    lines = project.own_reasons.of(item.key, (plan.comparison.a, plan.comparison.b))

    def side(codings: Sequence[Coding]) -> list[dict[str, Any]]:
        return [{"id": c.id, "code": slug[c.code_id], "start": c.start, "end": c.end} for c in codings]

    return {
        "key": item.key[:_KEY_LENGTH],
        "type": item.difference.kind.value,
        "type_label": item.difference.kind.label,
        "transcript": item.transcript.name,
        "start": item.span.start,
        "end": item.span.end,
        "text": item.span.of(item.transcript.text),
        "a": side(item.a),
        "b": side(item.b),
        "codes": [slug[code] for code in item.difference.codes],
        "effect": item.point.effect,
        "size": item.point.size,
        "meetings": item.point.meetings,
        "reasons": {names[who]: line.text for who, line in lines.items()},
        "decision": None
        if decision is None
        else {
            "id": decision.id,
            "outcome": str(decision.outcome),
            "outcome_label": decision.outcome.label,
            "reason": str(decision.reason),
            "text": decision.text,
            "coder": names[decision.coder_id],
            "at": decision.at,
        },
    }


def _groups(plan: Agenda) -> list[dict[str, Any]]:
    slug = {code.id: code.slug for code in plan.comparison.codes}
    return [{"codes": [slug[code] for code in codes], "open": len(items)} for codes, items in plan.groups()]


def _balance(project: Project, plan: Agenda) -> dict[str, Any]:
    a, b = plan.comparison.a, plan.comparison.b
    found = balance(project.decisions.all(), a, b)
    return {**asdict(found), "question": found.question(a, b)}


def _lines(data: dict[str, Any]) -> list[str]:
    lines = list(data["done"])
    for item in data["items"]:
        sides = " | ".join(
            f"{name}: {', '.join(dict.fromkeys(c['code'] for c in side)) or '–'}"
            for name, side in zip(data["coders"], (item["a"], item["b"]), strict=True)
        )
        settled = f" → {item['decision']['outcome_label']}" if item["decision"] else ""
        place = f"{item['transcript']} {item['start']}–{item['end']}"
        quote = short(item["text"], _QUOTE_LENGTH)
        lines.append(f"{item['key']} · {place} · {item['type_label']} · {sides} · “{quote}”{settled}")
    lines += [
        _("{codes}: {n} times. Settle the definitions once.").format(
            codes=" ↔ ".join(group["codes"]), n=group["open"]
        )
        for group in data["groups"]
        if group["open"] > 1 and len(group["codes"]) > 1
    ]
    lines.append(_("To talk about: {n}. Agreed: {agreed}.").format(n=data["open"], agreed=data["agreed"]))
    return lines + ([data["balance"]["question"]] if data["balance"]["question"] else [])
