"""Where two coders differ, passage by passage, with what the pair decided and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.i18n import _, ngettext
from qualcode.reports.content import Heading, Section, Table, cell, number_cell, text
from qualcode.reports.parts import Part

_WIDTHS_MM = (30.0, 34.0, 46.0, 46.0, 60.0, 45.0)
_KIND_MM = (80.0, 30.0)


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One difference in words: where, of what kind, what each coder did, and what was decided ("": nothing yet)."""

    place: str
    kind: str
    a: str
    b: str
    words: str
    decision: str = ""


def differences_report(
    coders: tuple[str, str], rows: Sequence[DifferenceRow], kinds: Counter[str], left_out: Sequence[str]
) -> Part:
    """How many of each kind, then each difference. `left_out` names interviews that were not compared."""
    counted = Table(
        _("Agreements and differences by kind"),
        (cell(_("Kind")), cell(_("Number"))),
        [(cell(kind), number_cell(n)) for kind, n in kinds.items()],
        _KIND_MM,
    )
    words = ngettext("{n} difference.", "{n} differences.", len(rows)).format(n=len(rows))
    if left_out:
        words += " " + _("Not compared, because not both have finished: {names}.").format(
            names=", ".join(left_out)
        )
    table = Table(
        _("The differences, in the order of the interviews"),
        (
            cell(_("Where")),
            cell(_("Kind")),
            *map(cell, coders),
            cell(_("Words")),
            cell(_("Decided")),
        ),
        [tuple(map(cell, (r.place, r.kind, r.a, r.b, r.words, r.decision or "–"))) for r in rows],
        _WIDTHS_MM,
        description=_("Per passage what each coder did, its words, and what was decided with the reason."),
    )
    return Part(
        _("Decisions and differences"),
        (
            Section("diffKinds", (text(words), counted)),
            Section("differences", (Heading(_("Passage by passage"), 1), table)),
        ),
    )
