"""`qualcode rank …`: put interviews in order, compare, settle, and see what goes with the best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from qualcode.analysis.ranking import kendall_tau_b, most_moved, places, spearman_rho
from qualcode.cli.verbs import Told, as_option, coder_names, role_of, table, verb
from qualcode.errors import InputError
from qualcode.i18n import N_, _, number
from qualcode.tasks import ranking as tasks

if TYPE_CHECKING:
    from qualcode.model import Coder, Ranking
    from qualcode.store.project import Project

_PASSAGES = 3

ranking = click.Group(
    "rank", help=_("Put interviews in order of how well the collaboration went; compare; settle.")
)


@verb("list", _("List the rankings of PROJECT and who has made an order."), of=ranking)
def list_(project: Project) -> Told:
    """List the rankings."""
    names = coder_names(project)
    data = [
        {
            "name": each.name,
            "interviews": [project.transcripts.get(one).name for one in each.transcripts],
            "orders": [names[order.coder_id] for order in project.rankings.orders(each)],
        }
        for each in project.rankings.all()
    ]
    rows = [[d["name"], len(d["interviews"]), ", ".join(d["orders"]) or "–"] for d in data]
    head = [_("name"), _("interviews"), _("orders")]
    return Told({"rankings": data}, table([head, *rows]) if rows else [_("There is no ranking yet.")])


@verb("new", _("Begin a ranking in PROJECT, of all interviews or of some."), of=ranking)
@click.argument("name", required=False, default="")
@click.option("--informant", help=_("Only interviews with this informant, such as leraar or hulpverlener."))
@click.option("--transcript", "transcripts", multiple=True, help=_("Only this interview (may be repeated)."))
@as_option
def new(project: Project, name: str, informant: str | None, transcripts: tuple[str, ...]) -> Told:
    """Begin a ranking."""
    made = tasks.begin_ranking(project, name, role=role_of(project, informant), names=transcripts)
    count = len(made.transcripts)
    line = _("{name}: {n} interviews to put in order.").format(name=made.name, n=count)
    return Told({"name": made.name, "interviews": count}, [line])


@verb("remove", _("Take RANKING out of PROJECT, with its orders."), of=ranking)
@click.argument("ranking")
@as_option
def remove(project: Project, ranking: str) -> Told:
    """Take a ranking away."""
    project.rankings.remove(project.rankings.get(ranking))
    return Told({"removed": ranking}, [_("Taken out: {name}").format(name=ranking)])


@verb(
    "order",
    _("Give your order for RANKING in PROJECT: INTERVIEWS, the best first; a=b for a tie."),
    of=ranking,
)
@click.argument("ranking")
@click.argument("interviews", nargs=-1, required=True)
@click.option("--reason", default="", help=_("Why this order."))
@as_option
def order(project: Project, ranking: str, interviews: tuple[str, ...], reason: str) -> Told:
    """Keep a coder's order."""
    found, me = project.rankings.get(ranking), project.require_coder()
    project.rankings.set_order(found, me, tasks.ranks_named(project, found, interviews), reason)
    kept = _kept(project, found, me)
    return Told({"ranking": found.name, "coder": me.name, "order": kept}, _numbered(kept))


def _kept(project: Project, ranking: Ranking, coder: Coder) -> list[list[str]]:
    """The order a coder made, by name; what is tied stands together."""
    kept = project.rankings.order_of(ranking, coder)
    names = {t.id: t.name for t in project.transcripts.all()}
    return [[names[one] for one in tied] for tied in (kept.ranks if kept else ())]


def _numbered(order: list[list[str]]) -> list[str]:
    return [f"{n}. {' = '.join(tied)}" for n, tied in enumerate(order, 1)]


@verb("ask", _("Say which two of RANKING in PROJECT to compare next: which went better?"), of=ranking)
@click.argument("ranking")
@as_option
def ask(project: Project, ranking: str) -> Told:
    """The next pairwise question, or the order that the answers give."""
    found, me = project.rankings.get(ranking), project.require_coder()
    question = tasks.next_to_ask(project, found, me)
    if question is None:
        kept, steady = _kept(project, found, me), tasks.steadiness(project, found, me)
        return Told(
            {"question": None, "order": kept, "asked_again": steady},
            [*_numbered(kept), *filter(None, [steady])],
        )
    first, second = (project.transcripts.get(str(one)).name for one in (question.first, question.second))
    lines = [
        *([_("Once more, to see whether the answer stays:")] if question.again else []),
        _("Which went better: {first} or {second}?").format(first=first, second=second),
        _("Answer with: qualcode rank answer PROJECT RANKING FIRST SECOND first|second|tie"),
    ]
    return Told({"question": [first, second], "left": question.left, "again": question.again}, lines)


class _Answer(click.Choice[str]):
    """Words that are shown in the language in use, and understood in English as well."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        return _(str(choice))


@verb("answer", _("Answer which of FIRST and SECOND went better: first, second or tie."), of=ranking)
@click.argument("ranking")
@click.argument("first")
@click.argument("second")
@click.argument("answer", type=_Answer([N_("first"), N_("second"), N_("tie")]))
@as_option
def answer(project: Project, ranking: str, first: str, second: str, answer: str) -> Told:
    """Keep an answer; when nothing is left to ask the order is kept."""
    value = {"first": 1, "second": -1, "tie": 0}[answer]
    found, me = project.rankings.get(ranking), project.require_coder()
    (one,), (other,) = tasks.ranks_named(project, found, [first, second])
    if one == other:
        raise click.BadParameter(_("name two different interviews"))
    tasks.answer(project, found, me, one, other, value)
    question = tasks.next_to_ask(project, found, me)
    left = question.left if question else 0
    line = _("At most {n} questions left.") if question else _("That was the last one: see rank ask.")
    return Told({"left": left}, [line.format(n=left)])


@verb("compare", _("Compare the orders made for RANKING in PROJECT."), of=ranking)
@click.argument("ranking")
@click.option(
    "--with", "other", metavar="RANKING", help=_("Case by case with another ranking, of other informants.")
)
def compare(project: Project, ranking: str, other: str | None) -> Told:
    """Orders side by side, how alike they are, and where they part."""
    from qualcode.reports.documents.ranking import comparison_words  # brings all that documents are made of

    found = project.rankings.get(ranking)
    if other is not None:
        return _groups(project, found, project.rankings.get(other))
    orders, shared = tasks.readers_orders(project, found), tasks.settled(project, found)
    begin = tasks.proposal(project, found)
    names = coder_names(project)
    labels = {t.id: tasks.label_of(t) for t in project.transcripts.all() if t.id in found.transcripts}
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
    return Told(data, lines)


def _groups(project: Project, one: Ranking, other: Ranking) -> Told:
    """Two rankings of the same cases: the teachers' against the care workers', say."""
    from qualcode.reports.documents.ranking import FEWEST_CASES, group_words

    a, b = tasks.by_case(project, one), tasks.by_case(project, other)
    if len(a.keys() & b) < FEWEST_CASES:
        raise InputError(
            _("These two rankings have fewer than three cases in common that somebody put in order.")
        )
    data = {
        "rankings": [one.name, other.name],
        "cases": {case: [a[case], b[case]] for case in a if case in b},
    }
    figures = {"tau_b": kendall_tau_b(a, b), "rho": spearman_rho(a, b)}
    rows = [
        [case, number(a[case], 1), number(b[case], 1)] for case in sorted(data["cases"], key=a.__getitem__)
    ]
    return Told(
        {**data, **figures},
        [*table([[_("case"), one.name, other.name], *rows]), "", group_words((one.name, other.name), a, b)],
    )


@verb(
    "settle",
    _("Keep the order of RANKING in PROJECT that you settled together, with the reason."),
    of=ranking,
)
@click.argument("ranking")
@click.argument("interviews", nargs=-1)
@click.option("--reason", required=True, help=_("Why this is the order."))
@as_option
def settle(project: Project, ranking: str, interviews: tuple[str, ...], reason: str) -> Told:
    """Settle an order: the one given, else the mean of both."""
    found = project.rankings.get(ranking)
    given = tasks.ranks_named(project, found, interviews) if interviews else tasks.proposal(project, found)
    tasks.settle(project, found, given, reason)
    kept = _kept(project, found, project.coders.consensus())
    return Told({"ranking": found.name, "order": kept, "reason": reason}, _numbered(kept))


@verb(
    "contrast",
    _("Say what goes with the top third of RANKING in PROJECT against the bottom third."),
    of=ranking,
)
@click.argument("ranking")
def contrast(project: Project, ranking: str) -> Told:
    """Codes and criteria in the top against the bottom, with passages."""
    from qualcode.reports.documents.ranking import caution
    from qualcode.tasks.material import gather

    found = project.rankings.get(ranking)
    shared = tasks.settled(project, found)
    ranks = shared.ranks if shared else tasks.proposal(project, found)
    made = tasks.contrasted(project, gather(project), ranks)
    labels = {t.id: tasks.label_of(t) for t in project.transcripts.all()}
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
                "h": round(each.effect, 4) if made.measured else None,
                "p": round(each.p, 4) if made.measured else None,
                "p_holm": round(each.adjusted, 4) if made.measured else None,
                "alpha": made.alphas.get(each.feature),
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
            *([number(e.effect), number(e.p, 3), number(e.adjusted, 3)] if made.measured else ()),
            made.alphas.get(e.feature, "–"),
        ]
        for e in made.features
    ]
    figures = ["h", "p", _("p (Holm)")] if made.measured else []
    head = [_("code or criterion"), _("top"), _("bottom"), *figures, "alpha"]
    return Told(data, [caution(made), "", *table([head, *rows])])
