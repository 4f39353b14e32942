"""The collaboration checklist: good against poor, with the evidence of each side, and case by case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.checklist import (
    CriterionEvidence,
    Sided,
    Verdicts,
    cells,
    named_sides,
    sided,
    verdicts_of,
)
from qualcode.analysis.quotes import Quote, choose
from qualcode.i18n import _, ngettext
from qualcode.model import SIDES, Case, Checklist, Rating, Verdict
from qualcode.reports.content import (
    GROUP,
    LEAD,
    Cell,
    Heading,
    Paragraph,
    Run,
    Section,
    TableBlock,
    cell,
    head,
    text,
)
from qualcode.reports.material import DocumentOptions, Material, Part
from qualcode.reports.quoting import quote_paragraph

_SIDES_MM = (98.0, 98.0, 65.0)
_LONGEST_QUOTE = 240
_SIGNS = {Verdict.GOOD: "+", Verdict.POOR: "−", Verdict.MIXED: "±", Verdict.SILENT: "○"}


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
    """Good | poor | the cases: each side with its own evidence, over all cases."""

    def row(found: CriterionEvidence) -> tuple[Cell, ...]:
        laid = sided(found, found.all_quotes, judged.ratings)
        held = cases_by_verdict(found, judged, material)
        sides = (_side(found, side, held, laid, material, options) for side in SIDES)
        return *sides, _beside(held, laid, material, options)

    table = TableBlock(
        _("Good against poor collaboration, with evidence from all cases"),
        (*_poles(), cell(_("Cases"))),
        _rows(judged, row, 3),
        _SIDES_MM,
        description=_(
            "Per dimension the good and the poor side, each with its cases and fragments as evidence."
        ),
    )
    opening = [text(words, style=LEAD) for words in (_how_to_read(), *judged.words)]
    overview = (Heading(_("Case by case"), 1), _grid(judged, material))
    return Part(_title(judged), (Section("checklist", (*opening, table)), Section("checklistGrid", overview)))


def checklist_cases(judged: Judged, material: Material, options: DocumentOptions) -> Part:
    """The list per case: each coder's verdict, and the evidence of each side."""
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


def checklist_table(judged: Judged) -> TableBlock:
    """Dimension | good | poor, and nothing else, as an article prints it."""
    rows = []
    for dimension in judged.checklist.dimensions:
        lines = [c for c in judged.checklist.criteria if c.dimension == dimension.slug]
        for n, criterion in enumerate(lines):
            name = "" if n else str(dimension.name)
            rows.append((cell(name, bold=True), cell(str(criterion.good)), cell(str(criterion.poor))))
    return TableBlock(
        _title(judged),
        head("", _("Good collaboration"), _("Poor collaboration")),
        rows,
        (30.0, 72.0, 72.0),
        description=_("Per dimension what goes with good and what with poor collaboration."),
        plain=True,
    )


def _title(judged: Judged) -> str:
    return str(judged.checklist.title) or _("Checklist")


def _how_to_read() -> str:
    return _(
        "Each line sets what goes with good collaboration against what goes with poor collaboration. Below either side "
        "stand the cases that were found so and the fragments that were named for it; where nobody named any, those "
        "whose code by itself speaks for that side."
    )


def _poles() -> tuple[Cell, Cell]:
    return cell(_("Goes with good collaboration")), cell(_("Goes with poor collaboration"))


def _rows(
    judged: Judged, row: Callable[[CriterionEvidence], tuple[Cell, ...]], columns: int
) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for dimension in judged.checklist.dimensions:
        rows.append((_dimension_cell(str(dimension.name), columns),))
        rows += [row(found) for found in judged.evidence if found.criterion.dimension == dimension.slug]
    return rows


def _dimension_cell(name: str, columns: int) -> Cell:
    return Cell((text(name, style=GROUP),), _DIMENSION_FILL, columns)


_DIMENSION_FILL = "DCE6DC"

Held = Mapping[Verdicts, Sequence[str]]


def cases_by_verdict(
    found: CriterionEvidence, judged: Judged, material: Material
) -> dict[Verdicts, list[str]]:
    """The cases (labels) in which each verdict holds, or raters differ in this way; `()`: nobody rated them."""
    rated = cells(judged.ratings)
    coders = [coder.id for coder in material.coders]
    held: dict[Verdicts, list[str]] = {}
    for case in material.cases:
        by_coder = rated.get((found.criterion.id, case.id), {})
        held.setdefault(verdicts_of(by_coder, coders, judged.settled), []).append(case.label)
    return held


def in_cases(labels: Sequence[str], material: Material) -> str:
    """In how many of all cases, and in which."""
    words = ngettext("in {n} of {all} case", "in {n} of {all} cases", len(material.cases))
    counted = words.format(n=len(labels), all=len(material.cases))
    return f"{counted}: {', '.join(labels)}" if labels else counted


def _side(
    found: CriterionEvidence,
    side: Verdict,
    held: Held,
    laid: Sided,
    material: Material,
    options: DocumentOptions,
) -> Cell:
    """One side of a criterion: what it says, in which cases it was found so, and the fragments that speak for it."""
    words = found.criterion.good if side is Verdict.GOOD else found.criterion.poor
    lines = [text(str(words), bold=True)]
    if found_so(held):
        lines.append(text(f"{_SIGNS[side]} {in_cases(held.get((side,), ()), material)}", quiet=True))
    most = min(options.quotes, 1) if options.brief else options.quotes
    return Cell((*lines, *_quoted(laid.of(side), most, material, options)))


def found_so(held: Held) -> bool:
    """Whether anybody rated anything here."""
    return any(verdicts for verdicts in held)


def _quoted(
    quotes: Sequence[Quote], most: int, material: Material, options: DocumentOptions
) -> list[Paragraph]:
    shown = choose(quotes, most) if most else quotes
    return [quote_paragraph(quote, material.people, _LONGEST_QUOTE, options.naming) for quote in shown]


def _beside(held: Held, laid: Sided, material: Material, options: DocumentOptions) -> Cell:
    """What belongs to neither side: cases found mixed or silent, raters who differ, fragments nobody laid to a side."""
    lines = [
        text(f"{_verdict_words(verdicts)}: {', '.join(labels)}")
        for verdicts, labels in held.items()
        if verdicts and verdicts not in ((Verdict.GOOD,), (Verdict.POOR,))
    ]
    if unrated := held.get((), ()):
        rated = found_so(held)
        lines.append(text(_("not rated") + (f": {', '.join(unrated)}" if rated else ""), quiet=True))
    if laid.apart:
        words = ngettext(
            "{n} fragment was named for the good side by one and for the poor side by another:",
            "{n} fragments were named for the good side by one and for the poor side by another:",
            len(laid.apart),
        )
        lines.append(text(words.format(n=len(laid.apart))))
        lines += _quoted(laid.apart, 1, material, options)
    if laid.unsaid:
        words = ngettext(
            "{n} fragment of which nobody said for which side it speaks",
            "{n} fragments of which nobody said for which side they speak",
            len(laid.unsaid),
        )
        shown = () if laid.good or laid.poor or options.brief else laid.unsaid
        end = ", " + _("such as:") if shown else ""
        lines.append(text(words.format(n=len(laid.unsaid)) + end, quiet=True))
        lines += _quoted(shown, 1, material, options)
    return Cell(tuple(lines))


def _verdict_words(verdicts: Verdicts) -> str:
    """A verdict with its sign; where raters differ both signs, and that they do."""
    signs = " / ".join(_SIGNS[verdict] for verdict in verdicts)
    if len(verdicts) > 1:
        return _("judged differently ({signs})").format(signs=signs)
    return f"{signs} {verdicts[0].label}"


def _grid(judged: Judged, material: Material) -> TableBlock:
    """Criteria by cases, with the sign of what holds; where raters differ, that of each."""
    rows: list[tuple[Cell, ...]] = []
    rated = cells(judged.ratings)
    coders = [coder.id for coder in material.coders]
    for found in judged.evidence:
        signs = []
        for case in material.cases:
            by_coder = rated.get((found.criterion.id, case.id), {})
            verdicts = verdicts_of(by_coder, coders, judged.settled)
            mark = "→" if judged.settled in by_coder else ""
            signs.append(cell(mark + "/".join(_SIGNS[verdict] for verdict in verdicts)))
        rows.append((cell(str(found.criterion.good)), *signs))
    legend = "   ".join(f"{_SIGNS[verdict]} {verdict.label}" for verdict in Verdict)
    room = 261.0 - 90.0
    width = min(22.0, room / max(1, len(material.cases)))
    return TableBlock(
        _("How each case was found"),
        head(_("Goes with good collaboration"), *(case.label for case in material.cases)),
        rows,
        (90.0, *(width for _case in material.cases)),
        note=_("{legend}   +/− judged differently   → settled together").format(legend=legend),
    )


def _of_case(case: Case, judged: Judged, material: Material, options: DocumentOptions) -> TableBlock:
    rated = cells(judged.ratings)

    def row(found: CriterionEvidence) -> tuple[Cell, ...]:
        by_coder = rated.get((found.criterion.id, case.id), {})
        laid = sided(found, found.quotes.get(case.label, ()), by_coder.values())
        sides = (
            Cell((text(str(words), bold=True), *_quoted(laid.of(side), options.quotes, material, options)))
            for words, side in ((found.criterion.good, Verdict.GOOD), (found.criterion.poor, Verdict.POOR))
        )
        return *sides, _verdicts(by_coder, judged.settled, material, laid)

    return TableBlock(
        _("Case {label}: evidence").format(label=case.label),
        (*_poles(), cell(_("Rated"))),
        _rows(judged, row, 3),
        _SIDES_MM,
        description=_(
            "Per dimension the good and the poor side with fragments as evidence, and how the case was rated."
        ),
    )


def _verdicts(by_coder: Mapping[str, Rating], settled: str, material: Material, laid: Sided) -> Cell:
    """What each found; what they settled, with the reason, stands last."""
    lines: list[Paragraph] = []
    for coder_id, rating in sorted(by_coder.items(), key=lambda each: each[0] == settled):
        person = material.everyone.get(coder_id)
        words = f"{_SIGNS[rating.verdict]} {rating.verdict.label}"
        who = f" ({person.name if person else '–'})"
        lines.append(Paragraph((Run(words, bold=coder_id == settled), Run(who, quiet=True))))
        if rating.note:
            lines.append(Paragraph((Run(rating.note, italic=True),)))
    for quote in laid.apart:
        sides = " / ".join(_SIGNS[side] for side in SIDES if side in named_sides(quote, by_coder.values()))
        words = _("named for different sides ({signs}): ").format(signs=sides)
        lines.append(Paragraph((Run(words, quiet=True), *quote_paragraph(quote, {}, _LONGEST_QUOTE).runs)))
    if laid.unsaid:
        words = ngettext(
            "{n} fragment of which nobody said for which side it speaks",
            "{n} fragments of which nobody said for which side they speak",
            len(laid.unsaid),
        )
        lines.append(text(words.format(n=len(laid.unsaid)), quiet=True))
    return Cell(tuple(lines)) if lines else cell("–")


_WIDTHS_MM = (70.0, 70.0, 38.0, 83.0)
_BOX = "☐"


def checklist_form(checklist: Checklist) -> Part:
    """Good | poor | boxes | room for notes."""
    rows: list[tuple[Cell, ...]] = []
    boxes = Cell(tuple(text(f"{_BOX} {verdict.label}") for verdict in Verdict))
    for dimension in checklist.dimensions:
        rows.append((_dimension_cell(str(dimension.name), 4),))
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
