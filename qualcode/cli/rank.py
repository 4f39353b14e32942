"""`qualcode rank …`: put interviews in order, compare, settle, and see what goes with the best."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, role_of, said_plainly, table
from qualcode.i18n import _, number

_PASSAGES = 3


@click.group("rank", help=_("Put interviews in order of how well the collaboration went; compare; settle."))
def command() -> None:
    """Group of verbs on rankings."""


@command.command("list", help=_("List the rankings of PROJECT and who has made an order."))
@project_argument
@json_option
@said_plainly
def list_(project: Path, as_json: bool) -> None:
    """List the rankings."""
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        names = {coder.id: coder.name for coder in opened.coders.all()}
        data = [
            {
                "name": ranking.name,
                "interviews": [opened.transcripts.get(one).name for one in ranking.transcripts],
                "orders": [names[order.coder_id] for order in opened.rankings.orders(ranking)],
            }
            for ranking in opened.rankings.all()
        ]
    rows = [[d["name"], len(d["interviews"]), ", ".join(d["orders"]) or "–"] for d in data]
    lines = (
        table([[_("name"), _("interviews"), _("orders")], *rows]) if rows else [_("There is no ranking yet.")]
    )
    emit(as_json, {"rankings": data}, lines)


@command.command("new", help=_("Begin a ranking in PROJECT, of all interviews or of some."))
@project_argument
@click.argument("name", required=False, default="")
@click.option("--informant", help=_("Only interviews with this informant, such as leraar or hulpverlener."))
@click.option("--transcript", "transcripts", multiple=True, help=_("Only this interview (may be repeated)."))
@as_option
@json_option
@said_plainly
def new(
    project: Path,
    name: str,
    informant: str | None,
    transcripts: tuple[str, ...],
    coder: str | None,
    as_json: bool,
) -> None:
    """Begin a ranking."""
    from qualcode.store.project import open_project
    from qualcode.tasks.ranking import begin_ranking

    role = role_of(informant)
    with open_project(project, coder) as opened:
        made = begin_ranking(opened, name, role=role, names=transcripts)
    data = {"name": made.name, "interviews": len(made.transcripts)}
    emit(
        as_json,
        data,
        [_("{name}: {n} interviews to put in order.").format(name=made.name, n=len(made.transcripts))],
    )


@command.command("remove", help=_("Take RANKING out of PROJECT, with its orders."))
@project_argument
@click.argument("ranking")
@as_option
@json_option
@said_plainly
def remove(project: Path, ranking: str, coder: str | None, as_json: bool) -> None:
    """Take a ranking away."""
    from qualcode.store.project import open_project

    with open_project(project, coder) as opened:
        opened.rankings.remove(opened.rankings.get(ranking))
    emit(as_json, {"removed": ranking}, [_("Taken out: {name}").format(name=ranking)])


@command.command(
    "order", help=_("Give your order for RANKING in PROJECT: INTERVIEWS, the best first; a=b for a tie.")
)
@project_argument
@click.argument("ranking")
@click.argument("interviews", nargs=-1, required=True)
@click.option("--reason", default="", help=_("Why this order."))
@as_option
@json_option
@said_plainly
def order(
    project: Path, ranking: str, interviews: tuple[str, ...], reason: str, coder: str | None, as_json: bool
) -> None:
    """Keep a coder's order."""
    from qualcode.store.project import open_project
    from qualcode.tasks.ranking import ranks_named

    with open_project(project, coder) as opened:
        found, me = opened.rankings.get(ranking), opened.require_coder()
        opened.rankings.set_order(found, me, ranks_named(opened, found, interviews), reason)
        data = {"ranking": found.name, "coder": me.name, "order": _named(opened, found, me)}
    emit(as_json, data, [f"{n}. {' = '.join(tied)}" for n, tied in enumerate(data["order"], 1)])


def _named(project: Any, ranking: Any, coder: Any) -> list[list[str]]:
    kept = project.rankings.order_of(ranking, coder)
    names = {t.id: t.name for t in project.transcripts.all()}
    return [[names[one] for one in tied] for tied in (kept.ranks if kept else ())]


@command.command("ask", help=_("Say which two of RANKING in PROJECT to compare next: which went better?"))
@project_argument
@click.argument("ranking")
@as_option
@json_option
@said_plainly
def ask(project: Path, ranking: str, coder: str | None, as_json: bool) -> None:
    """The next pairwise question, or the order that the answers give."""
    from qualcode.store.project import open_project
    from qualcode.tasks.ranking import next_to_ask

    with open_project(project, coder) as opened:
        found, me = opened.rankings.get(ranking), opened.require_coder()
        question = next_to_ask(opened, found, me)
        if question is None:
            data: dict[str, Any] = {"question": None, "order": _named(opened, found, me)}
            lines = [f"{n}. {' = '.join(tied)}" for n, tied in enumerate(data["order"], 1)]
        else:
            first, second = (
                opened.transcripts.get(str(one)).name for one in (question.first, question.second)
            )
            data = {"question": [first, second], "left": question.left}
            lines = [_("Which went better: {first} or {second}?").format(first=first, second=second)]
            lines.append(_("Answer with: qualcode rank answer PROJECT RANKING FIRST SECOND first|second|tie"))
    emit(as_json, data, lines)


@command.command("answer", help=_("Answer which of FIRST and SECOND went better: first, second or tie."))
@project_argument
@click.argument("ranking")
@click.argument("first")
@click.argument("second")
@click.argument("answer", type=click.Choice(["first", "second", "tie"]))
@as_option
@json_option
@said_plainly
def answer(
    project: Path, ranking: str, first: str, second: str, answer: str, coder: str | None, as_json: bool
) -> None:
    """Keep an answer; when nothing is left to ask the order is kept."""
    from qualcode.store.project import open_project
    from qualcode.tasks.ranking import next_to_ask, ranks_named

    value = {"first": 1, "second": -1, "tie": 0}[answer]
    with open_project(project, coder) as opened:
        found, me = opened.rankings.get(ranking), opened.require_coder()
        (one,), (other,) = ranks_named(opened, found, [first, second])
        if one == other:
            raise click.BadParameter(_("name two different interviews"))
        opened.rankings.answer(found, me, one, other, value)
        left = next_to_ask(opened, found, me)
    data = {"left": left.left if left else 0}
    line = (
        _("At most {n} questions left.").format(n=left.left)
        if left
        else _("That was the last one: see rank ask.")
    )
    emit(as_json, data, [line])


@command.command("compare", help=_("Compare the orders made for RANKING in PROJECT."))
@project_argument
@click.argument("ranking")
@json_option
@said_plainly
def compare(project: Path, ranking: str, as_json: bool) -> None:
    """Orders side by side, how alike they are, and where they part."""
    from qualcode.analysis.ranking import kendall_tau_b, most_moved, places, spearman_rho
    from qualcode.reports.documents.ranking import comparison_words
    from qualcode.store.project import open_project
    from qualcode.tasks.ranking import label_of, proposal, readers_orders, settled

    with open_project(project) as opened:
        found = opened.rankings.get(ranking)
        orders, shared = readers_orders(opened, found), settled(opened, found)
        begin = proposal(opened, found)
        names = {coder.id: coder.name for coder in opened.coders.all()}
        labels = {t.id: label_of(t) for t in opened.transcripts.all() if t.id in found.transcripts}
    at = {names[each.coder_id]: places(each.ranks) for each in (*orders, *([shared] if shared else []))}
    data: dict[str, Any] = {
        "ranking": found.name,
        "places": {coder: {labels[t]: place for t, place in found.items()} for coder, found in at.items()},
        "settled": names[shared.coder_id] if shared else None,
        "reason": shared.reason if shared else None,
        "proposal": [[labels[one] for one in tied] for tied in begin],
    }
    rows = [
        [labels[t], *(number(each[t], 1) for each in at.values())]
        for t in sorted(labels, key=labels.__getitem__)
    ]
    lines = table([[_("interview"), *at], *rows])
    if len(orders) > 1:
        a, b = (places(each.ranks) for each in orders[:2])
        data["tau_b"], data["rho"] = kendall_tau_b(a, b), spearman_rho(a, b)
        data["moved"] = [{"interview": labels[t], "by": step} for t, step in most_moved(a, b)]
        lines += ["", comparison_words((names[orders[0].coder_id], names[orders[1].coder_id]), a, b)]
    emit(as_json, data, lines)


@command.command(
    "settle", help=_("Keep the order of RANKING in PROJECT that you settled together, with the reason.")
)
@project_argument
@click.argument("ranking")
@click.argument("interviews", nargs=-1)
@click.option("--reason", required=True, help=_("Why this is the order."))
@as_option
@json_option
@said_plainly
def settle_(
    project: Path, ranking: str, interviews: tuple[str, ...], reason: str, coder: str | None, as_json: bool
) -> None:
    """Settle an order: the one given, else the mean of both."""
    from qualcode.store.project import open_project
    from qualcode.tasks.ranking import proposal, ranks_named, settle

    with open_project(project, coder) as opened:
        found = opened.rankings.get(ranking)
        ranks = ranks_named(opened, found, interviews) if interviews else proposal(opened, found)
        settle(opened, found, ranks, reason)
        data = {
            "ranking": found.name,
            "order": _named(opened, found, opened.coders.consensus()),
            "reason": reason,
        }
    emit(as_json, data, [f"{n}. {' = '.join(tied)}" for n, tied in enumerate(data["order"], 1)])


@command.command(
    "contrast", help=_("Say what goes with the top third of RANKING in PROJECT against the bottom third.")
)
@project_argument
@click.argument("ranking")
@json_option
@said_plainly
def contrast(project: Path, ranking: str, as_json: bool) -> None:
    """Codes and criteria in the top against the bottom, with passages."""
    from qualcode.reports.documents.ranking import caution
    from qualcode.store.project import open_project
    from qualcode.tasks.material import gather
    from qualcode.tasks.ranking import contrasted, label_of, proposal, settled

    with open_project(project) as opened:
        found = opened.rankings.get(ranking)
        shared = settled(opened, found)
        ranks = shared.ranks if shared else proposal(opened, found)
        made = contrasted(opened, gather(opened), ranks)
        labels = {t.id: label_of(t) for t in opened.transcripts.all()}
    data = {
        "top": [labels[one] for one in made.top],
        "bottom": [labels[one] for one in made.bottom],
        "caution": caution(made),
        "features": [
            {
                "feature": made.names[each.feature],
                "top": each.top,
                "bottom": each.bottom,
                "top_fragments": each.top_count,
                "bottom_fragments": each.bottom_count,
                "h": round(each.effect, 4),
                "p": round(each.p, 4),
                "passages": {
                    side: [quote.text for quote in quotes[:_PASSAGES]]
                    for side, quotes in zip(("top", "bottom"), made.quotes[each.feature], strict=True)
                },
            }
            for each in made.features
        ],
    }
    rows = [
        [
            made.names[e.feature],
            f"{e.top}/{e.of_top}",
            f"{e.bottom}/{e.of_bottom}",
            number(e.effect),
            number(e.p),
        ]
        for e in made.features
    ]
    head = [_("code or criterion"), _("top"), _("bottom"), "h", "p"]
    emit(as_json, data, [caution(made), "", *table([head, *rows])])
