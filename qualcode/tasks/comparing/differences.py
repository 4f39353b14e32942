"""Differences as people read them: as two readings side by side, and as rows of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from qualcode.files.tables import Cell, csv_of
from qualcode.i18n import _, date
from qualcode.reports.documents.differences import DifferenceRow, FoundDifferences, marked_words
from qualcode.store.records.decisions import Decision, Outcome

if TYPE_CHECKING:
    from qualcode.agreement.kinds import Difference
    from qualcode.model import Coding
    from qualcode.reports.material import Material
    from qualcode.store.project import Project
    from qualcode.tasks.comparing.agenda import Agenda, AgendaItem
    from qualcode.tasks.comparing.comparison import Comparison


def two_readings_table(project: Project, agenda: Agenda) -> str:
    """A table (CSV) of what is not settled, or was agreed to differ on: one line per difference."""
    a, b = agenda.comparison.a, agenda.comparison.b
    codes = {code.id: code.slug for code in agenda.comparison.codes}
    notes: dict[str, list[str]] = {}
    for memo in project.memos.all():
        if memo.target_kind == "coding":
            notes.setdefault(memo.target_id, []).append(memo.text)
    head = ["transcript", "start", "end", "difference", a.name, b.name, "text", "outcome", "reason", "why"]
    head += [f"memo {coder.name}" for coder in (a, b)]
    return csv_of([head, *(_line(item, decision, codes, notes) for item, decision in agenda.left_apart())])


def _line(
    item: AgendaItem, decision: Decision | None, codes: dict[str, str], notes: dict[str, list[str]]
) -> list[Cell]:
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


def differences_on_paper(
    found: Comparison, material: Material, decided: Mapping[str, Decision]
) -> FoundDifferences:
    """The differences in words; `decided` are decisions by the id of a coding they are about."""
    a, b = (material.everyone[coder.id].name for coder in (found.a, found.b))
    everything = found.differences()
    rows = [_row(each, found, material, decided) for each in everything if not each.agreed]
    kinds = Counter(difference.kind.named((a, b)) for difference in everything)
    return FoundDifferences((a, b), rows, kinds, [each.name for each in found.left_out])


def _row(
    difference: Difference, found: Comparison, material: Material, decided: Mapping[str, Decision]
) -> DifferenceRow:
    names = {code.id: str(code.name) for code in material.codes}
    transcript = next(t for t in found.transcripts if t.id == difference.document)
    sides = [[found.codings[mark.id] for mark in marks] for marks in (difference.a, difference.b)]
    codings = [*sides[0], *sides[1]]
    turn = transcript.turn_at(min(coding.start for coding in codings))
    coders = [material.everyone[coder.id].name for coder in (found.a, found.b)]
    # an extra code: what the other gave these words already
    beside = [names.get(code, "") for code in difference.beside]
    a, b = (", ".join(dict.fromkeys(names.get(c.code_id, "") for c in side) or beside) for side in sides)
    words = marked_words(transcript.text, *([coding.span for coding in side] for side in sides))
    place = _("{name}, turn {n}").format(name=transcript.name, n=turn.n if turn else "–")
    made = next((decided[coding.id] for coding in codings if coding.id in decided), None)
    kind = difference.kind.named(coders)
    return DifferenceRow(place, kind, a, b, words, _decided(made, material) if made else "")


def _decided(decision: Decision, material: Material) -> str:
    """What was decided, where the difference came from, why, and by whom."""
    sides = {Outcome.A: decision.coder_a, Outcome.B: decision.coder_b}
    outcome = decision.outcome.label
    if decision.outcome in sides and (person := material.everyone.get(sides[decision.outcome])):
        outcome = _("as {name} read it").format(name=person.name)
    who = material.everyone.get(decision.coder_id)
    behind = f"({', '.join(part for part in (who.name if who else '', date(decision.at)) if part)})"
    return " · ".join(part for part in (outcome, decision.reason.label, decision.text, behind) if part)
