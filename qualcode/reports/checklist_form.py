"""The checklist as an empty form for a meeting at school: to tick, and to write on."""

from __future__ import annotations

from qualcode.i18n import _
from qualcode.model import Checklist, Verdict
from qualcode.reports.content import Cell, Section, Table, cell, text
from qualcode.reports.parts import Part

_WIDTHS_MM = (70.0, 70.0, 38.0, 83.0)
_DIMENSION_FILL = "DCE6DC"
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
    table = Table(
        _("How does our collaboration go?"),
        (
            cell(_("Goes with good collaboration")),
            cell(_("Goes with poor collaboration")),
            cell(_("With us")),
            cell(_("What we see, and what we agree on")),
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
