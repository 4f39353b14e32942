"""The collaboration checklist: good against poor, summed up over the cases, and case by case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.checklist import VERDICTS, CriterionEvidence, Verdicts, cells, tally
from qualcode.analysis.quotes import Quote, choose
from qualcode.i18n import _, ngettext
from qualcode.model import Case, Checklist, Rating, Verdict
from qualcode.reports.content import Cell, Heading, Paragraph, Run, Section, TableBlock, cell, head, text
from qualcode.reports.material import DocumentOptions, Material, Part
from qualcode.reports.quoting import quote_paragraph

_DIMENSION_FILL = "DCE6DC"
_SUMMARY_MM = (66.0, 66.0, 36.0, 93.0)
_CASE_MM = (62.0, 62.0, 40.0, 97.0)
_LONGEST_QUOTE = 240
_QUOTES_IN_ALL, _QUOTES_PER_CASE = 3, 2
_MARKS = {Verdict.GOOD: "+", Verdict.POOR: "−", Verdict.MIXED: "±", Verdict.SILENT: "·"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A checklist with what was coded for each criterion and how the cases were rated.

    `settled` is the id of the consensus layer, whose verdicts hold where it gave any.
    """

    checklist: Checklist
    evidence: Sequence[CriterionEvidence]
    ratings: Sequence[Rating] = ()
    settled: str = ""
    words: Sequence[str] = ()


def checklist_summary(judged: Judged, material: Material, options: DocumentOptions) -> Part:
    """Good | poor | in how many cases | quotes, over all cases."""
    tallies = tally(judged.ratings, [coder.id for coder in material.coders], judged.settled)
    together = Counter(r.criterion_id for r in judged.ratings if r.coder_id == judged.settled)

    def row(found: CriterionEvidence) -> tuple[Cell, ...]:
        quotes = [quote for of_case in found.quotes.values() for quote in of_case]
        counted = tallies.get(found.criterion.id, Counter())
        most = _QUOTES_IN_ALL if options.quotes else len(quotes)
        shown = choose(_first_chosen(quotes, found, judged), most)
        paragraphs = [quote_paragraph(q, material.people, _LONGEST_QUOTE, options.naming) for q in shown]
        return _in_cases(counted, found, together[found.criterion.id]), Cell(
            tuple(paragraphs) or (text(_("Nothing was coded for this.")),)
        )

    table = TableBlock(
        _("Good against poor collaboration, with evidence from all cases"),
        (*_poles(), cell(_("In how many cases")), cell(_("From the interviews"))),
        _rows(judged, row, 4),
        _SUMMARY_MM,
        description=_(
            "Per dimension the good and the poor side, in how many cases, and fragments as evidence."
        ),
    )
    section = Section("checklist", (text(_how_to_read()), *(text(words) for words in judged.words), table))
    return Part(_title(judged), (section,))


def checklist_cases(judged: Judged, material: Material, options: DocumentOptions) -> Part:
    """The list per case: each coder's verdict, and the evidence."""
    sections = [
        Section(
            "case" + "".join(char for char in case.id if char.isalnum())[-14:],
            (
                Heading(_("Case {label}").format(label=case.label), 1),
                _of_case(case, judged, material, options),
            ),
        )
        for case in material.cases
    ]
    first = Section("checklistCases", (text(_how_to_read()),))
    return Part(_("Checklist, case by case"), (first, *sections))


def _title(judged: Judged) -> str:
    return str(judged.checklist.title) or _("Checklist")


def _how_to_read() -> str:
    return _(
        "Each line sets what goes with good collaboration against what goes with poor collaboration. "
        "Beside it stand fragments that were coded with the codes tied to the line: they are evidence to talk "
        "about, and may speak for either side."
    )


def _poles() -> tuple[Cell, Cell]:
    return cell(_("Goes with good collaboration")), cell(_("Goes with poor collaboration"))


def _rows(
    judged: Judged, row: Callable[[CriterionEvidence], tuple[Cell, ...]], columns: int
) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for dimension in judged.checklist.dimensions:
        rows.append((cell(str(dimension.name), bold=True, fill=_DIMENSION_FILL, span=columns),))
        for found in judged.evidence:
            if found.criterion.dimension == dimension.slug:
                poles = cell(str(found.criterion.good)), cell(str(found.criterion.poor))
                rows.append((*poles, *row(found)))
    return rows


def _first_chosen(quotes: Sequence[Quote], found: CriterionEvidence, judged: Judged) -> list[Quote]:
    """The quotes that somebody named as evidence if there are any, else all."""
    named = {one for r in judged.ratings if r.criterion_id == found.criterion.id for one in r.evidence}
    chosen = [quote for quote in quotes if any(coding.id in named for coding in quote.codings)]
    return chosen or list(quotes)


def _verdict_words(verdicts: Verdicts) -> str:
    """A verdict with its sign; where raters differ both signs, and that they do."""
    signs = " / ".join(_MARKS[verdict] for verdict in verdicts)
    if len(verdicts) > 1:
        return _("judged differently ({signs})").format(signs=signs)
    return f"{signs} {verdicts[0].label}"


def _in_cases(counted: Mapping[Verdicts, int], found: CriterionEvidence, together: int) -> Cell:
    order = sorted(counted, key=lambda verdicts: (len(verdicts), [*map(VERDICTS.index, verdicts)]))
    lines = [text(f"{_verdict_words(verdicts)}: {counted[verdicts]}") for verdicts in order]
    if not lines:
        lines = [text(_("not rated yet"), quiet=True)]
    if together:
        lines.append(text(_("settled together: {n}").format(n=together), quiet=True))
    return Cell((*lines, text(_extent(found), quiet=True)))


def _extent(found: CriterionEvidence) -> str:
    fragments = sum(map(len, found.quotes.values()))
    if not fragments:
        return _("no fragments")
    return (
        ngettext("{n} fragment", "{n} fragments", fragments).format(n=fragments)
        + " · "
        + ngettext("{n} case", "{n} cases", len(found.quotes)).format(n=len(found.quotes))
    )


def _of_case(case: Case, judged: Judged, material: Material, options: DocumentOptions) -> TableBlock:
    rated = cells(judged.ratings)

    def row(found: CriterionEvidence) -> tuple[Cell, ...]:
        by_coder = rated.get((found.criterion.id, case.id), {})
        quotes = found.quotes.get(case.label, ())
        chosen = _first_chosen(quotes, found, judged)
        shown = choose(chosen, _QUOTES_PER_CASE) if options.quotes else chosen
        paragraphs = [quote_paragraph(q, material.people, _LONGEST_QUOTE, options.naming) for q in shown]
        return _verdicts(by_coder, judged.settled, material), Cell(
            tuple(paragraphs) or (text(_("Not spoken of."), quiet=True),)
        )

    return TableBlock(
        _("Case {label}: evidence").format(label=case.label),
        (*_poles(), cell(_("Rated")), cell(_("From the interviews"))),
        _rows(judged, row, 4),
        _CASE_MM,
        description=_(
            "Per dimension the good and the poor side, how the case was rated, and fragments as evidence."
        ),
    )


def _verdicts(by_coder: Mapping[str, Rating], settled: str, material: Material) -> Cell:
    """What each found; what they settled, with the reason, stands last."""
    lines: list[Paragraph] = []
    for coder_id, rating in sorted(by_coder.items(), key=lambda each: each[0] == settled):
        person = material.everyone.get(coder_id)
        who = _("settled together") if coder_id == settled else person.name if person else "–"
        words = f"{_MARKS[rating.verdict]} {rating.verdict.label}"
        lines.append(Paragraph((Run(words, bold=coder_id == settled), Run(f" ({who})", quiet=True))))
        if rating.note:
            lines.append(Paragraph((Run(rating.note, italic=True),)))
    return Cell(tuple(lines)) if lines else cell("–")


_WIDTHS_MM = (70.0, 70.0, 38.0, 83.0)
_BOX = "☐"


def checklist_form(checklist: Checklist) -> Part:
    """Good | poor | boxes | room for notes."""
    rows: list[tuple[Cell, ...]] = []
    boxes = Cell(tuple(text(f"{_BOX} {verdict.label}") for verdict in Verdict))
    for dimension in checklist.dimensions:
        rows.append((cell(str(dimension.name), bold=True, fill=_DIMENSION_FILL, span=4),))
        for criterion in checklist.criteria:
            if criterion.dimension == dimension.slug:
                rows.append((cell(str(criterion.good)), cell(str(criterion.poor)), boxes, cell("")))
    table = TableBlock(
        _("How does our collaboration go?"),
        head(
            _("Goes with good collaboration"),
            _("Goes with poor collaboration"),
            _("With us"),
            _("What we see, and what we agree on"),
        ),
        rows,
        _WIDTHS_MM,
        description=_("Per line boxes to tick and room to write."),
    )
    lines = [
        text(_("Date: ……………………   Case (no names): ……………………   Present: …………………………………………………………")),
        text(
            _(
                "Go through the lines together. Tick what fits best, also where you see it differently: write down "
                "who sees what. Choose two lines at most to work on, and agree when you will look again."
            )
        ),
    ]
    closing = [
        text(_("We will work on: ………………………………………………………………………………………………………………")),
        text(_("We will look again on: ……………………   Who asks whom: …………………………………………………………")),
    ]
    title = str(checklist.title) or _("Checklist")
    return Part(title, (Section("form", (*lines, table)), Section("formEnd", tuple(closing))))
