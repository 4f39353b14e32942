"""The tables on agreement for an article, as text and rows: code by code, and through the rounds.

Both come in Dutch or English; Word, CSV and JSON are made of them elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qualcode.agreement.change import change
from qualcode.agreement.result import (
    Agreement,
    CodeAgreement,
    CodeState,
    CodeThroughRounds,
    Series,
    through_rounds,
)
from qualcode.i18n import _, percent, speaking
from qualcode.reports.wording.methods import Facts, with_thousands
from qualcode.reports.wording.sentences import (
    change_text,
    interval_text,
    judged_text,
    measure_name,
    unit_name,
    value_text,
    verdict,
)


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table as text: caption, header, rows, and notes to stand below it."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return {
            "caption": self.caption,
            "header": list(self.header),
            "rows": [list(row) for row in self.rows],
            "notes": list(self.notes),
        }


def rounds_tables(facts: Facts, language: str | None = None) -> list[TextTable]:
    """Alpha per code through the rounds: one table per series, so that the two never stand in one."""
    with speaking(language):
        tables = []
        for series in Series:
            found = [one for one in facts.through if one.series is series and one.coefficients]
            lines = [line for line in through_rounds(found) if any(p.shared.defined for p in line.points)]
            if lines:
                tables.append(
                    TextTable(
                        caption=_("Alpha per code and round: {series}").format(series=series.label),
                        header=(_("code").capitalize(), *round_heads(found)),
                        rows=tuple((facts.name(line.code), *round_cells(line, found)) for line in lines),
                        notes=(),
                    )
                )
        return tables


def round_heads(found: Sequence[Agreement]) -> list[str]:
    """The heads of the columns of rounds: each round, and from the second on the change since the one before."""
    heads = []
    for n, one in enumerate(found):
        heads.append(f"{one.label or _('all done')} ({len(one.documents)})")
        if n:
            heads.append(_("change"))
    return heads


def round_cells(line: CodeThroughRounds, found: Sequence[Agreement]) -> list[str]:
    """Alpha of a code in each round with its interval, and from the second on the change."""
    cells = []
    for n, (point, one) in enumerate(zip(line.points, found, strict=True)):
        spread = f" [{interval_text(point.interval)}]" if point.interval.ends else ""
        cells.append(value_text(point.alpha) + spread)
        if n:
            cells.append(change_text(*change(found[n - 1], one, line.code)))
    return cells


def appendix_table(facts: Facts, language: str | None = None) -> TextTable:
    """One row per code, rare and undefined ones included, with what they rest on."""
    with speaking(language):
        found = facts.agreement
        counts = (
            _("code").capitalize(),
            _("Codings {a} / {b}").format(a=found.coders[0], b=found.coders[1]),
            _("Both"),
            *(_("Only {coder}").format(coder=coder) for coder in found.coders),
        )
        figures = (
            (measure_name("shared"), _("Alpha [95 %]"), measure_name("kappa"), "F1", _("What it says"))
            if found.coefficients
            else ()
        )
        return TextTable(
            caption=_("Agreement of two coders per code: {series}").format(series=found.series.label),
            header=(*counts, *figures),
            rows=tuple(_row(facts, code) for code in found.codes),
            notes=tuple(_notes(facts)),
        )


def _row(facts: Facts, code: CodeAgreement) -> tuple[str, ...]:
    matches, counts = code.matches, code.counts
    alpha, kappa = judged_text(code), judged_text(code, "kappa")
    if code.interval.ends is not None and code.state is CodeState.COMPARED:
        alpha += f" [{interval_text(code.interval)}]"
    counted = (
        facts.name(code.code),
        f"{matches.codings_a} / {matches.codings_b}" if matches else "–",
        str(counts.both),
        str(counts.only_a),
        str(counts.only_b),
    )
    if not facts.agreement.coefficients:
        return counted
    return (
        *counted,
        percent(code.values["shared"].value),
        alpha,
        kappa,
        value_text(code.values["f1"]),
        verdict(code, facts.agreement.coders),
    )


def _notes(facts: Facts) -> Sequence[str]:
    found = facts.agreement
    notes = [
        _("Unit: {unit}. N = {n} transcripts, {length} units.").format(
            unit=unit_name(found), n=len(found.documents), length=with_thousands(found.length)
        )
    ]
    if found.coefficients:
        notes.append(
            _(
                "Alpha: Krippendorff, nominal. F1: codings matched one to one, at least half of the text in common."
            )
        )
    if found.left_out:
        names = ", ".join(facts.name(transcript) for transcript in found.left_out)
        notes.append(_("Not yet done by both and left out: {names}.").format(names=names))
    return notes
