"""A ranking on paper: the orders beside each other, how alike they are, and what goes with the best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from qualcode.analysis.quotes import Quote, choose
from qualcode.analysis.ranking import (
    FEW,
    Contrast,
    could_be_chance,
    kendall_tau_b,
    most_moved,
    places,
    spearman_rho,
)
from qualcode.i18n import _, ngettext, number
from qualcode.model import Ranking, RankingOrder
from qualcode.reports.charts import slope_chart
from qualcode.reports.content import (
    GROUP,
    LEAD,
    Cell,
    Heading,
    Picture,
    Plain,
    Section,
    TableBlock,
    cell,
    head,
    number_cell,
    text,
)
from qualcode.reports.material import DocumentOptions, Material, Part
from qualcode.reports.quoting import quote_paragraph

_ORDER_MM = (16.0, 78.0)
_CONTRAST_MM, _MEASURED_MM = (61.0, 100.0, 100.0), (55.0, 86.0, 86.0, 34.0)
_GROUP_FILL, _LONGEST_QUOTE = "DCE6DC", 200
_MOVED, _MOST = 5, 20
FEWEST_CASES = 3  # in common, to say how alike two groups put them in order


@dataclass(frozen=True, slots=True)
class Contrasted:
    """What goes with the top of an order against its bottom.

    `names` and `quotes` are by feature: what it is called, and passages from the top and from
    the bottom; `alphas` how repeatable a code is, with its interval, where two coded the same interviews.
    """

    top: Sequence[str]
    bottom: Sequence[str]
    features: Sequence[Contrast]
    names: Mapping[str, str]
    quotes: Mapping[str, tuple[Sequence[Quote], Sequence[Quote]]]
    alphas: Mapping[str, str] = field(default_factory=dict)

    @property
    def measured(self) -> bool:
        """Whether there are interviews enough on both sides for an effect size and a probability."""
        return not could_be_chance(len(self.top), len(self.bottom))

    @property
    def differing(self) -> list[Contrast]:
        """The features that do not occur in the same share of both sides."""
        return [each for each in self.features if each.effect]

    def sure(self, each: Contrast) -> str:
        """How likely it is by chance, corrected for all that was looked at, and how repeatable the code is."""
        alpha = self.alphas.get(each.feature)
        told = [f"alpha {alpha}"] if alpha else []
        if self.measured:
            words = _("p {p}, corrected {adjusted}")
            told.insert(0, words.format(p=number(each.p, 3), adjusted=number(each.adjusted, 3)))
        return "; ".join(told)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A ranking with its orders (the settled one last), the labels of its transcripts, and its contrast.

    `by_case` gives the place of each case, `steady` says how coders answered questions that were asked twice.
    """

    ranking: Ranking
    orders: Sequence[RankingOrder]
    settled: RankingOrder | None
    labels: Mapping[str, str]
    contrast: Contrasted | None = None
    by_case: Mapping[str, float] = field(default_factory=dict)
    steady: Sequence[str] = ()


def ranking_report(rankings: Sequence[Ranked], material: Material, options: DocumentOptions) -> Part:
    """Per ranking the orders, their comparison, and the contrast."""
    sections = []
    for ranked in rankings:
        key = "".join(char for char in ranked.ranking.id if char.isalnum())[-14:]
        sections.append(Section("rank" + key, tuple(_orders(ranked, material))))
        if ranked.contrast:
            sections.append(
                Section("contr" + key, tuple(_contrast(ranked.contrast, ranked.labels, material, options)))
            )
    if groups := _groups(rankings):
        sections.append(
            Section("rankGroups", (Heading(_("Groups against each other"), 1), *map(text, groups)))
        )
    return Part(_("Ranking"), sections)


def _groups(rankings: Sequence[Ranked]) -> list[str]:
    """How alike the rankings put the cases in order, two by two, in words."""
    ordered = [(each.ranking.name, each.by_case) for each in rankings if each.by_case]
    return [
        group_words((a[0], b[0]), a[1], b[1])
        for a, b in combinations(ordered, 2)
        if len(a[1].keys() & b[1]) >= FEWEST_CASES
    ]


def group_words(names: tuple[str, str], a: Mapping[str, float], b: Mapping[str, float]) -> str:
    """How alike two groups of interviews, the teachers' and the care workers' say, put the same cases in order."""
    moved = [
        _("case {label}: {a} with {first}, {b} with {second}").format(
            label=case, a=_shown(a[case]), b=_shown(b[case]), first=names[0], second=names[1]
        )
        for case, _step in most_moved(a, b)[:_MOVED]
    ]
    words = comparison_words(names, a, b, cases=True)
    return f"{words} {_('Furthest apart: ')}{'; '.join(moved)}." if moved else words


def _orders(ranked: Ranked, material: Material) -> list[Plain]:
    blocks: list[Plain] = [Heading(ranked.ranking.name, 1)]
    if len(ranked.orders) >= 2:
        blocks += _compared(ranked, material)
    shown = [*ranked.orders, *([ranked.settled] if ranked.settled else [])]
    if not shown:
        return [*blocks, text(_("Nobody has put these interviews in order yet."))]
    where = [places(order.ranks) for order in shown]
    by_last = sorted(ranked.labels, key=lambda one: (where[-1].get(one, 0), ranked.labels[one]))
    names = [_whose(order, ranked, material) for order in shown]
    width = min(40.0, (261.0 - _ORDER_MM[1]) / len(shown))
    blocks.append(
        TableBlock(
            _("The order of the interviews, 1 is where collaboration went best"),
            head(_("Interview"), *names),
            [(cell(ranked.labels[one]), *(_place(each.get(one)) for each in where)) for one in by_last],
            (_ORDER_MM[1], *(width for _order in shown)),
        )
    )
    if ranked.settled and ranked.settled.reason:
        blocks.append(text(_("Why this order: ") + ranked.settled.reason))
    return [*blocks, *map(text, ranked.steady)]


def _place(place: float | None) -> Cell:
    return (
        cell("–")
        if place is None
        else number_cell(place, shown=number(place, 0 if place == int(place) else 1))
    )


def _whose(order: RankingOrder, ranked: Ranked, material: Material) -> str:
    if ranked.settled and order.id == ranked.settled.id:
        return _("settled together")
    person = material.everyone.get(order.coder_id)
    return person.name if person else "–"


def _compared(ranked: Ranked, material: Material) -> list[Plain]:
    first, second = ranked.orders[:2]
    names = (_whose(first, ranked, material), _whose(second, ranked, material))
    a, b = places(first.ranks), places(second.ranks)
    blocks: list[Plain] = [text(comparison_words(names, a, b))]
    moved = [
        _("{label}: {a} with {first}, {b} with {second}").format(
            label=ranked.labels.get(one, one),
            a=_shown(a[one]),
            b=_shown(b[one]),
            first=names[0],
            second=names[1],
        )
        for one, _step in most_moved(a, b)[:_MOVED]
    ]
    if moved:
        blocks.append(text(_("Furthest apart: ") + "; ".join(moved) + "."))
    labelled = tuple({ranked.labels.get(one, one): at for one, at in each.items()} for each in (a, b))
    picture = slope_chart(names, (labelled[0], labelled[1]))
    caption = _("Two orders of {name}").format(name=ranked.ranking.name)
    described = "; ".join(
        f"{label} {_shown(at)}–{_shown(labelled[1][label])}" for label, at in labelled[0].items()
    )
    blocks.append(Picture(picture, caption, f"{caption}. {described}.", 150.0))
    return blocks


def _shown(place: float) -> str:
    return number(place, 0 if place == int(place) else 1)


def comparison_words(
    names: tuple[str, str], a: Mapping[str, float], b: Mapping[str, float], *, cases: bool = False
) -> str:
    """How alike two orders, of interviews or of `cases`, are, in a sentence with its numbers."""
    tau, rho = kendall_tau_b(a, b), spearman_rho(a, b)
    if tau is None or rho is None:
        return _("The orders of {a} and {b} cannot be compared: one of them ties everything.").format(
            a=names[0], b=names[1]
        )
    if tau >= 0.8:
        words = (
            _("{a} and {b}: almost the same order")
            if cases
            else _("{a} and {b} put the interviews in almost the same order")
        )
    elif tau >= 0.4:
        words = (
            _("{a} and {b}: much the same order")
            if cases
            else _("{a} and {b} put the interviews in much the same order")
        )
    elif tau > -0.2:
        words = _("The orders of {a} and {b} have little in common")
    else:
        words = _("{a} and {b} see it the other way round")
    shown = _("Kendall's tau-b {tau}, Spearman's rho {rho}, {n} interviews")
    if cases:
        shown = _("Kendall's tau-b {tau}, Spearman's rho {rho}, {n} cases")
    figures = shown.format(tau=number(tau), rho=number(rho), n=len([one for one in a if one in b]))
    return f"{words.format(a=names[0], b=names[1])} ({figures})."


def caution(found: Contrasted) -> str:
    """What a reader has to keep in mind: how few interviews there are."""
    few = min(len(found.top), len(found.bottom))
    if not few:
        return _("There are too few interviews apart from each other to set a top against a bottom.")
    if not found.measured:
        return _(
            "This sets {top} against {bottom}: so few that even a complete difference could be chance. What follows "
            "tells what differs between just these interviews, and no more."
        ).format(top=_interviews(len(found.top)), bottom=_interviews(len(found.bottom)))
    if few < FEW:
        return _(
            "This sets {top} against {bottom} interviews. That is few: read it as something to look into, not as a "
            "finding."
        ).format(top=len(found.top), bottom=len(found.bottom))
    return _(
        "This sets {top} against {bottom} interviews. Many things were looked at, so some will differ by chance: go by "
        "the corrected p."
    ).format(top=len(found.top), bottom=len(found.bottom))


def _interviews(n: int) -> str:
    return ngettext("{n} interview", "{n} interviews", n).format(n=n)


def _contrast(
    found: Contrasted, labels: Mapping[str, str], material: Material, options: DocumentOptions
) -> list[Plain]:
    blocks: list[Plain] = [
        Heading(_("What goes with the best and with the poorest"), 2),
        text(caution(found), style=LEAD),
    ]
    shown = found.differing[:_MOST]
    if not shown:
        return blocks
    tops = [_feature(each, found, material, options) for each in shown if each.effect > 0]
    bottoms = [_feature(each, found, material, options) for each in shown if each.effect < 0]
    header = [_("Code or criterion"), _("Top: {names}"), _("Bottom: {names}")]
    names = [", ".join(labels[one] for one in side) for side in (found.top, found.bottom)]
    header[1:] = [words.format(names=name) for words, name in zip(header[1:], names, strict=True)]
    widths: tuple[float, ...] = _CONTRAST_MM
    if found.measured:
        header, widths = [*header, _("Cohen's h; by chance")], _MEASURED_MM
    rows: list[tuple[Cell, ...]] = []
    for group, features in ((_("More with the top"), tops), (_("More with the bottom"), bottoms)):
        if features:
            rows += [(Cell((text(group, style=GROUP),), _GROUP_FILL, len(header)),), *features]
    left = len(found.features) - len(shown)
    words = ngettext(
        "{n} other code or criterion differs less, or not at all.",
        "{n} other codes and criteria differ less, or not at all.",
        left,
    )
    notes = [_how_counted(found), *([words.format(n=left)] if left else [])]
    caption = _("Top third against bottom third")
    return [*blocks, TableBlock(caption, head(*header), rows, widths, note=" ".join(notes))]


def _feature(
    each: Contrast, found: Contrasted, material: Material, options: DocumentOptions
) -> tuple[Cell, ...]:
    """A row: on either side the count, and only passages that it counts."""
    top, bottom = found.quotes.get(each.feature, ((), ()))
    name, alpha = found.names.get(each.feature, each.feature), found.alphas.get(each.feature)
    told = [text(name)] + ([text(f"alpha {alpha}", quiet=True)] if alpha else [])
    cells = [
        Cell(tuple(told)),
        _passages(each.top, each.of_top, top, material, options),
        _passages(each.bottom, each.of_bottom, bottom, material, options),
    ]
    if found.measured:
        chance = text(
            _("p {p}, corrected {adjusted}").format(p=number(each.p, 3), adjusted=number(each.adjusted, 3))
        )
        cells.append(Cell((text(_signed(each.effect)), chance), value=round(each.effect, 4)))
    return tuple(cells)


def _passages(n: int, of: int, quotes: Sequence[Quote], material: Material, options: DocumentOptions) -> Cell:
    if not n:
        return cell(_("in none of {of}").format(of=of))
    counted = text(_("in {n} of {of}").format(n=n, of=of))
    shown = choose(quotes, max(1, options.quotes // 2)) if options.quotes else quotes
    longest = min(_LONGEST_QUOTE, options.longest) if options.quotes else options.longest
    return Cell(
        (counted, *(quote_paragraph(quote, material.people, longest, options.naming) for quote in shown))
    )


def _how_counted(found: Contrasted) -> str:
    words = _(
        "Counted are interviews; a criterion counts in the interviews of the cases that were found so, with the "
        "fragments named for that side."
    )
    if not found.measured:
        return words
    return f"{words} " + _(
        "Cohen's h compares two shares: 0 is no difference, about 0.5 a middling and 0.8 a large one; above 0 it goes "
        "with the top, below 0 with the bottom. p is Fisher's exact probability, corrected by Holm's method for all "
        "codes and criteria that were looked at; alpha says how repeatable the code itself is."
    )


def _signed(effect: float) -> str:
    return ("+" if effect > 0 else "") + number(effect)
