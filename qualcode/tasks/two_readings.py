"""Differences that remain, as two readings side by side: dissent is data, not something to drop."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from qualcode.exchange.formula_guard import guarded
from qualcode.i18n import _
from qualcode.model import Coding
from qualcode.store.decisions import Decision
from qualcode.store.project import Project
from qualcode.tasks.agenda import Agenda, Item


def two_readings_table(project: Project, agenda: Agenda) -> str:
    """A table (CSV) of what is not settled, or was agreed to differ on: one line per difference."""
    a, b = agenda.comparison.a, agenda.comparison.b
    codes = {code.id: code.slug for code in agenda.comparison.codes}
    notes: dict[str, list[str]] = {}
    for memo in project.memos.all():
        if memo.target_kind == "coding":
            notes.setdefault(memo.target_id, []).append(memo.text)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(
        ["transcript", "start", "end", "difference", a.name, b.name, "text", "outcome", "reason", "why"]
        + [f"memo {coder.name}" for coder in (a, b)]
    )
    for item, decision in agenda.left_apart():
        line = _line(item, decision, codes, notes)
        table.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in line])
    return out.getvalue()


def _line(
    item: Item, decision: Decision | None, codes: dict[str, str], notes: dict[str, list[str]]
) -> list[object]:
    def reading(codings: Iterable[Coding]) -> str:
        return "; ".join(f"{codes[c.code_id]} {c.start}-{c.end}" for c in codings)

    def said(codings: Iterable[Coding]) -> str:
        return "; ".join(text for c in codings for text in notes.get(c.id, []))

    return [
        item.transcript.name,
        item.span.start,
        item.span.end,
        str(item.difference.kind),
        reading(item.a),
        reading(item.b),
        item.span.of(item.transcript.text),
        decision.outcome.label if decision else _("not settled"),
        decision.reason.label if decision else "",
        decision.text if decision else "",
        said(item.a),
        said(item.b),
    ]
