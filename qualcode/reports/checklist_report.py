"""The collaboration checklist: good against poor, with the evidence from the interviews."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qualcode.analysis.evidence import CriterionEvidence
from qualcode.analysis.quotes import choose
from qualcode.i18n import _, date, ngettext, speaking
from qualcode.model import Checklist, Coder, now
from qualcode.reports.content import Block, Cell, Document, Heading, Table, cell, text
from qualcode.reports.theme_table import quote_paragraph

_DIMENSION_FILL = "DCE6DC"
_WIDTHS_MM = (72.0, 72.0, 117.0)
_LONGEST_QUOTE = 350
_QUOTES_IN_ALL, _QUOTES_PER_CASE = 3, 2


def checklist_report(
    checklist: Checklist,
    found: Sequence[CriterionEvidence],
    coders: Sequence[Coder],
    cases: Sequence[str],
    *,
    title: str,
    language: str,
) -> Document:
    """The checklist as a document: a table over all cases, then the evidence case by case."""
    with speaking(language):
        people = {coder.id: coder for coder in coders}
        blocks: list[Block] = [text(_how_to_read())]
        blocks.append(_overview(checklist, found, people))
        blocks.append(Heading(_("The evidence, case by case"), 1))
        for case in cases:
            blocks.append(Heading(_("Case {label}").format(label=case) if case else _("Without a case"), 2))
            blocks.append(_of_case(checklist, found, case, people))
        return Document(
            title=str(checklist.title) or _("Checklist"),
            subtitle=" · ".join([title, date(now())]),
            blocks=blocks,
            language=language,
            landscape=True,
            author=", ".join(coder.name for coder in coders),
            subject=title,
        )


def _how_to_read() -> str:
    return _(
        "Each line sets what goes with good collaboration against what goes with poor collaboration. "
        "Beside it stand fragments that were coded with the codes tied to the line: they are evidence to talk "
        "about, and may speak for either side."
    )


def _overview(checklist: Checklist, found: Sequence[CriterionEvidence], people: Mapping[str, Coder]) -> Table:
    def shown(evidence: CriterionEvidence) -> Cell:
        quotes = [quote for of_case in evidence.quotes.values() for quote in of_case]
        paragraphs = [text(_extent(evidence), quiet=True)]
        for quote in choose(quotes, _QUOTES_IN_ALL):
            paragraphs.append(quote_paragraph(quote, people, _LONGEST_QUOTE))
        return Cell(tuple(paragraphs))

    return _table(checklist, found, shown, _("Good against poor collaboration, with evidence from all cases"))


def _extent(evidence: CriterionEvidence) -> str:
    fragments = sum(map(len, evidence.quotes.values()))
    if not fragments:
        return _("Nothing was coded for this.")
    return (
        ngettext("{n} fragment", "{n} fragments", fragments).format(n=fragments)
        + " · "
        + ngettext("{n} case", "{n} cases", len(evidence.quotes)).format(n=len(evidence.quotes))
        + " · "
        + "; ".join(str(code.name) for code in evidence.codes)
    )


def _of_case(
    checklist: Checklist, found: Sequence[CriterionEvidence], case: str, people: Mapping[str, Coder]
) -> Table:
    def shown(evidence: CriterionEvidence) -> Cell:
        quotes = evidence.quotes.get(case, ())
        if not quotes:
            return cell(_("Not spoken of."), quiet=True)
        chosen = choose(quotes, _QUOTES_PER_CASE)
        return Cell(tuple(quote_paragraph(quote, people, _LONGEST_QUOTE) for quote in chosen))

    return _table(checklist, found, shown, _("Case {label}: evidence").format(label=case or "–"))


def _table(
    checklist: Checklist,
    found: Sequence[CriterionEvidence],
    shown: Callable[[CriterionEvidence], Cell],
    caption: str,
) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for dimension in checklist.dimensions:
        rows.append((cell(str(dimension.name), bold=True, fill=_DIMENSION_FILL, span=3),))
        for evidence in found:
            if evidence.criterion.dimension == dimension.slug:
                good, poor = evidence.criterion.good, evidence.criterion.poor
                rows.append((cell(str(good)), cell(str(poor)), shown(evidence)))
    return Table(
        caption=caption,
        header=(
            cell(_("Goes with good collaboration")),
            cell(_("Goes with poor collaboration")),
            cell(_("From the interviews")),
        ),
        rows=rows,
        widths_mm=_WIDTHS_MM,
        description=_("Per dimension the good and the poor side, and fragments as evidence."),
    )
