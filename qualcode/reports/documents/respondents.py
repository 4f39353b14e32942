"""The table of respondents: per case who the child is, and which informants were heard."""

from __future__ import annotations

from qualcode.i18n import _
from qualcode.model import Case, Role
from qualcode.reports.content import Cell, Section, TableBlock, cell, text
from qualcode.reports.material import DocumentOptions, Material, Part

KNOWN = ("group", "age", "sex", "parents")
HEARD = (Role.TEACHER, Role.CARE_WORKER, Role.CHILD, Role.FILE)
_CROSS, _NONE = "x", "-"
_PAGE_MM = 174.0


def respondents(material: Material, options: DocumentOptions) -> Part:
    """The study's table of respondents, from what the project knows of its cases."""
    del options
    own = own_columns(material)
    header = [_("Case"), _("Year group"), _("Age"), _("Sex"), _("Parents"), _("Teacher"), _("Care worker")]
    header += [_("Child"), Role.FILE.label.capitalize(), *own]
    weights = [max(8, len(words)) for words in header]
    table = TableBlock(
        caption=_("Respondents"),
        header=tuple(cell(words) for words in header),
        rows=[_row(case, material, own) for case in material.cases],
        widths_mm=tuple(_PAGE_MM * weight / sum(weights) for weight in weights),
        description=_(
            "Per case year group, age and sex of the child, and which informants were interviewed."
        ),
    )
    words = _("x: was interviewed, or the file was read. Parents: V is the father, M the mother.")
    return Part(_("Respondents"), (Section("respondents", (text(words), table)),), landscape=False)


def own_columns(material: Material) -> list[str]:
    """What the pair noted of its cases besides the columns of the study, in order of first use."""
    names = (name for case in material.cases for name in case.attributes)
    return [name for name in dict.fromkeys(names) if name not in KNOWN]


def respondent_cells(case: Case, material: Material, own: list[str]) -> list[str]:
    """One row of the table in words."""
    heard = {informant.role for informant in material.informants if informant.case_id == case.id}
    known = [case.attributes.get(name, "") for name in KNOWN]
    if not known[-1] and Role.PARENT in heard:
        known[-1] = _CROSS
    crosses = [_CROSS if role in heard else _NONE for role in HEARD]
    return [
        case.label,
        *(word or _NONE for word in known),
        *crosses,
        *(case.attributes.get(n, "") for n in own),
    ]


def _row(case: Case, material: Material, own: list[str]) -> tuple[Cell, ...]:
    return tuple(cell(words) for words in respondent_cells(case, material, own))
