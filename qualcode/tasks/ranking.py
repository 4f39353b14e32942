"""Put interviews in order, compare the orders of two, settle one, and see what goes with the best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import TYPE_CHECKING

from qualcode.agreement.comparison import code_agreements
from qualcode.agreement.result import CodeState
from qualcode.agreement.table import count_characters
from qualcode.analysis.checklist import cells, sided, verdicts_of
from qualcode.analysis.quotes import Quote, passages, quotes_of
from qualcode.analysis.ranking import (
    PairwiseQuestion,
    contradictions,
    contrast,
    mean_order,
    next_question,
    places,
    repeated_question,
    thirds,
)
from qualcode.errors import InputError
from qualcode.i18n import _, ngettext
from qualcode.model import Coder, Coding, Ranking, RankingOrder, Role, Transcript, Verdict
from qualcode.reports.documents.ranking import Contrasted, Ranked
from qualcode.reports.wording.sentences import alpha_text
from qualcode.tasks.comparing.comparison import compare
from qualcode.tasks.material import judged, layers_of

if TYPE_CHECKING:
    from qualcode.reports.material import Material
    from qualcode.store.project import Project

Ranks = Sequence[Sequence[str]]


def label_of(transcript: Transcript) -> str:
    """A transcript in a few words: its case and informant, else its name."""
    heard = transcript.heard
    return f"{transcript.case} {heard}" if transcript.case and heard else transcript.name


def has_role(transcript: Transcript, role: Role) -> bool:
    """Whether somebody with that role, or one under it, is heard in an interview."""
    return any(heard is not None and role in (heard, heard.wide) for heard in transcript.roles)


def begin_ranking(
    project: Project, name: str, *, role: Role | None = None, names: Sequence[str] = ()
) -> Ranking:
    """A new ranking of the interviews with one kind of informant, of those named, or of all."""
    if names:
        transcripts = [project.transcripts.get(each) for each in dict.fromkeys(names)]
    else:
        transcripts = [t for t in project.transcripts.all() if role is None or has_role(t, role)]
    return project.rankings.add(name or (role.label if role else _("all interviews")), transcripts)


def next_to_ask(project: Project, ranking: Ranking, coder: Coder) -> PairwiseQuestion | None:
    """The next pairwise question for a coder, or `None` when their answers give an order.

    The order is kept as soon as there is one; a few questions are asked once more after it.
    """
    present = {transcript.id for transcript in project.transcripts.all()}
    items = [one for one in ranking.transcripts if one in present]
    answers = _answers(project, ranking, coder)
    asked = next_question(items, answers)
    if isinstance(asked, PairwiseQuestion):
        return asked
    kept = project.rankings.order_of(ranking, coder)
    ranks = tuple(tuple(tied) for tied in asked)
    if kept is None or kept.ranks != ranks:
        project.rankings.set_order(ranking, coder, ranks)
    return repeated_question(asked, answers)


def _answers(project: Project, ranking: Ranking, coder: Coder) -> dict[tuple[str, str], int]:
    """The answers of a coder about interviews that are still there, in the order they were given."""
    present = {transcript.id for transcript in project.transcripts.all()} & set(ranking.transcripts)
    answers = project.rankings.answers(ranking, coder)
    return {pair: value for pair, value in answers.items() if present.issuperset(pair)}


def answer(project: Project, ranking: Ranking, coder: Coder, first: str, second: str, value: int) -> None:
    """Keep which of two went better (1: the first, −1: the second, 0: a tie); beside an earlier one if asked again."""
    asked = next_to_ask(project, ranking, coder)
    again = asked is not None and asked.again and (asked.first, asked.second) == (first, second)
    project.rankings.answer(ranking, coder, first, second, value, again=again)


def steadiness(project: Project, ranking: Ranking, coder: Coder) -> str:
    """How many questions asked twice a coder (called as given) answered alike, and about which two not.

    Empty if none was asked twice.
    """
    otherwise, twice = contradictions(_answers(project, ranking, coder))
    if not twice:
        return ""
    labels = {transcript.id: label_of(transcript) for transcript in project.transcripts.all()}
    words = ngettext(
        "Asked again, {name} answered {same} of {n} question alike.",
        "Asked again, {name} answered {same} of {n} questions alike.",
        twice,
    ).format(name=coder.name, same=twice - len(otherwise), n=twice)
    pairs = "; ".join(f"{labels.get(x, x)} – {labels.get(y, y)}" for x, y in otherwise)
    return f"{words} {_('Otherwise: {pairs}.').format(pairs=pairs)}" if otherwise else words


def moved_by(ranks: Ranks, item: str, by: int) -> list[list[str]]:
    """An order with one item a rank higher (−1) or lower (+1); it leaves those it tied with."""
    order = [list(tied) for tied in ranks]
    at = next(n for n, tied in enumerate(order) if item in tied)
    if len(order[at]) > 1:
        order[at].remove(item)
        order.insert(at if by < 0 else at + 1, [item])
    elif 0 <= at + by < len(order):
        order.insert(at + by, order.pop(at))
    return order


def tied_with_above(ranks: Ranks, item: str) -> list[list[str]]:
    """An order in which one item ties with the rank above it, or no longer ties if it did."""
    order = [list(tied) for tied in ranks]
    at = next(n for n, tied in enumerate(order) if item in tied)
    if len(order[at]) > 1:
        order[at].remove(item)
        order.insert(at + 1, [item])
    elif at > 0:
        order[at - 1].append(item)
        del order[at]
    return order


def readers_orders(project: Project, ranking: Ranking) -> list[RankingOrder]:
    """The orders of those who read independently, in the order of the coders."""
    place = {coder.id: n for n, coder in enumerate(project.coders.pair())}
    found = [order for order in project.rankings.orders(ranking) if order.coder_id in place]
    return sorted(found, key=lambda order: place[order.coder_id])


def settled(project: Project, ranking: Ranking) -> RankingOrder | None:
    """The order the pair settled on, if they did."""
    shared = {layer.id for layer in layers_of(project)}
    return next((order for order in project.rankings.orders(ranking) if order.coder_id in shared), None)


def proposal(project: Project, ranking: Ranking) -> list[list[str]]:
    """What to begin with when settling: the mean of the readers' orders; raises `InputError` without any."""
    orders = readers_orders(project, ranking)
    if not orders:
        raise InputError(_("Nobody has put these interviews in order yet."))
    labels = {transcript.id: label_of(transcript) for transcript in project.transcripts.all()}
    return mean_order([order.ranks for order in orders], key=lambda one: labels.get(one, one))


def settle(project: Project, ranking: Ranking, ranks: Ranks, reason: str) -> RankingOrder:
    """Keep a shared order with the reason for it; raises `InputError` without a reason."""
    if not reason.strip():
        raise InputError(_("Say in a few words why this is the order."))
    with project.transaction("ranking.settle", reason.strip()):
        return project.rankings.set_order(ranking, project.coders.consensus(), ranks, reason.strip())


def ranks_named(project: Project, ranking: Ranking, words: Iterable[str]) -> list[list[str]]:
    """Ranks from names or labels, best first; "a=b" ties. Raises `InputError` for one that is not in the ranking."""
    transcripts = [t for t in project.transcripts.all() if t.id in ranking.transcripts]
    known = {name: t.id for t in transcripts for name in (t.id, t.name, label_of(t))}
    ranks = []
    for word in words:
        tied = []
        for name in word.split("="):
            if name.strip() not in known:
                raise InputError(
                    _("“{name}” is not in the ranking (there is: {known}).").format(
                        name=name.strip(), known=", ".join(t.name for t in transcripts)
                    )
                )
            tied.append(known[name.strip()])
        ranks.append(tied)
    return ranks


def ranked(project: Project, material: Material, ranking: Ranking) -> Ranked:
    """A ranking as reports and screens show it; the contrast is of the settled order, else of the mean."""
    orders = readers_orders(project, ranking)
    shared = settled(project, ranking)
    labels = {t.id: label_of(t) for t in material.transcripts if t.id in ranking.transcripts}
    found = None
    if shared or orders:
        ranks = shared.ranks if shared else proposal(project, ranking)
        found = contrasted(project, material, ranks)
    pair = [material.everyone[coder.id] for coder in project.coders.pair()]
    steady = [said for coder in pair if (said := steadiness(project, ranking, coder))]
    return Ranked(ranking, orders, shared, labels, found, by_case(project, ranking), steady)


def by_case(project: Project, ranking: Ranking) -> dict[str, float]:
    """The place of each case (label) in the settled order, else in the mean of both; {} where nobody made one.

    Interviews without a case are left out; several interviews of a case share the mean of their places.
    """
    shared = settled(project, ranking)
    if shared is None and not readers_orders(project, ranking):
        return {}
    at = places(shared.ranks if shared else proposal(project, ranking))
    of_case: dict[str, list[float]] = {}
    for transcript in project.transcripts.all():
        if transcript.case and transcript.id in at:
            of_case.setdefault(transcript.case, []).append(at[transcript.id])
    mean = {case: fmean(found) for case, found in of_case.items()}
    return places([[case for case in mean if mean[case] == at] for at in sorted(set(mean.values()))])


def contrasted(project: Project, material: Material, ranks: Ranks) -> Contrasted:
    """What goes with the top third of an order against its bottom third: codes, and criteria where cases were rated."""
    top, bottom = thirds(ranks)
    per_code: dict[str, list[Coding]] = {}
    for coding in material.codings:
        per_code.setdefault(coding.code_id, []).append(coding)
    counts: dict[str, dict[str, int]] = {code: _per_transcript(codings) for code, codings in per_code.items()}
    names = {code.id: str(code.name) for code in material.codes}
    counts = {code: found for code, found in counts.items() if code in names}
    sources = dict(per_code)
    _add_criteria(project, material, counts, names, sources)
    features = contrast(top, bottom, counts)
    at = {transcript.id: transcript for transcript in material.transcripts}
    quotes = {
        each.feature: (
            _quotes(sources.get(each.feature, ()), at, top),
            _quotes(sources.get(each.feature, ()), at, bottom),
        )
        for each in features
    }
    return Contrasted(top, bottom, features, names, quotes, _alphas(project))


def _alphas(project: Project) -> dict[str, str]:
    """How repeatable each code is, with its interval, in the interviews that two coders finished; by code id."""
    pair = project.coders.pair()
    if len(pair) < 2 or not project.settings.get("coefficients"):
        return {}
    comparison = compare(project, *pair[:2])
    table = count_characters(comparison.readings, [code.id for code in comparison.codes])
    found = code_agreements(comparison.readings, table)
    return {each.code: alpha_text(each) for each in found if each.state is CodeState.COMPARED}


def _per_transcript(codings: Iterable[Coding]) -> Counter[str]:
    """How many passages each interview (id) has: what several marked at one place counts once."""
    return Counter(passage[0].transcript_id for passage in passages(codings))


def _quotes(codings: Iterable[Coding], at: Mapping[str, Transcript], among: Sequence[str]) -> list[Quote]:
    return quotes_of(codings, {one: at[one] for one in among if one in at})


def _add_criteria(
    project: Project,
    material: Material,
    counts: dict[str, dict[str, int]],
    names: dict[str, str],
    sources: dict[str, list[Coding]],
) -> None:
    """Each side of a criterion counts in the interviews of the cases that show it, with the passages named for it."""
    if not project.checklist.book().criteria:
        return
    found = judged(project, material)
    coders = [coder.id for coder in material.coders]
    case_of = {t.id: t.case_id for t in material.transcripts}
    evidence = {each.criterion.id: each for each in found.evidence}
    label_of_case = {case.id: case.label for case in material.cases}
    for (criterion_id, case_id), by_coder in cells(found.ratings).items():
        verdicts = verdicts_of(by_coder, coders, found.settled)
        each = evidence.get(criterion_id)
        if each is None or verdicts not in ((Verdict.GOOD,), (Verdict.POOR,)):
            continue
        (verdict,) = verdicts
        pole = each.criterion.good if verdict is Verdict.GOOD else each.criterion.poor
        key = f"{verdict}:{criterion_id}"
        names[key] = f"“{pole}”"
        quotes = each.quotes.get(label_of_case.get(case_id, ""), ())
        supporting = sided(each, quotes, by_coder.values()).of(verdict)
        sources.setdefault(key, []).extend(coding for quote in supporting for coding in quote.codings)
        for transcript, case in case_of.items():
            if case == case_id:
                counts.setdefault(key, {})[transcript] = 1
