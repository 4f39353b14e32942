"""Agreement for an article, and the differences passage by passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.agreement.result import CodeState
from qualcode.i18n import _, ngettext, number
from qualcode.reports.charts import agreement_chart, heat_map
from qualcode.reports.content import (
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
from qualcode.reports.material import Part
from qualcode.reports.wording import sentences
from qualcode.reports.wording.methods import Facts, methods_paragraph
from qualcode.reports.wording.summary import by_verdict, pair_matrix
from qualcode.reports.wording.tables import appendix_table, rounds_tables

_WIDTHS_MM = (46.0, 22.0, 17.0, 20.0, 20.0, 20.0, 36.0, 20.0, 14.0, 46.0)
_WIDTHS_OF_COUNTS_MM = (80.0, 40.0, 40.0, 40.0, 40.0)
_ROOM_MM, _NAME_MM = 250.0, 70.0


def agreement_part(facts: Facts, language: str) -> Part:
    """What was done and found in one paragraph, then per code."""
    found = facts.agreement
    opening: list[Plain] = [
        text(sentences.provenance(found), style="Normal"),
        Heading(_("Methods")),
        text(methods_paragraph(facts, language)),
    ]
    if found.coefficients and any(code.state is not CodeState.UNUSED for code in found.codes):
        opening.append(_picture(facts))
    appendix: list[Plain] = [Heading(_("Appendix: agreement per code")), _table(facts, language)]
    appendix += [text(note, quiet=True) for note in appendix_table(facts, language).notes]
    appendix += _through_rounds(facts, language)
    return Part(
        _("Agreement of two coders"),
        (
            Section("methods", tuple(opening)),
            Section("agreementTable", tuple(appendix)),
            *_several(facts),
            Section("agreementWords", (Heading(_("In plain words")), *_plain(facts))),
        ),
    )


def _picture(facts: Facts) -> Picture:
    caption = _("Shared text and Krippendorff's alpha per code")
    lines = [
        f"{facts.name(code.code)}: {sentences.judged_text(code)}"
        for code in facts.agreement.codes
        if code.state is not CodeState.UNUSED
    ]
    return Picture(
        agreement_chart(facts.agreement, facts.names or {}), caption, f"{caption}. {'; '.join(lines)}.", 250.0
    )


def _table(facts: Facts, language: str) -> TableBlock:
    table = appendix_table(facts, language)
    widths = _WIDTHS_MM if facts.agreement.coefficients else _WIDTHS_OF_COUNTS_MM
    return _as_table(table.caption, table.header, table.rows, widths)


def _as_table(
    caption: str, header: Sequence[str], rows: Sequence[Sequence[str]], widths: tuple[float, ...]
) -> TableBlock:
    def cells(words_: Sequence[str]) -> tuple[Cell, ...]:
        return tuple(cell(word) for word in words_)

    return TableBlock(caption, cells(header), [cells(row) for row in rows], widths)


def _through_rounds(facts: Facts, language: str) -> list[Plain]:
    """Every round, before talking and after it, each series in a table of its own."""
    blocks: list[Plain] = []
    for table in rounds_tables(facts, language):
        width = (_ROOM_MM - _NAME_MM) / (len(table.header) - 1)
        blocks.append(
            _as_table(table.caption, table.header, table.rows, (_NAME_MM, *[width] * (len(table.header) - 1)))
        )
    return [Heading(_("Round by round")), *blocks] if blocks else []


def _several(facts: Facts) -> list[Section]:
    """With more than two coders: alpha of all together, and a heat map of every two."""
    if len(facts.pairs) < 2 or not facts.agreement.coefficients:
        return []
    matrix = pair_matrix(facts.pairs)
    names = matrix[0][1:]
    kappas = {pair.coders: pair.overall.pooled_kappa.value or 0.0 for pair in facts.pairs}
    cells = [[max(0.0, kappas.get((a, b), kappas.get((b, a), 0.0))) for b in names] for a in names]
    caption = _("Pooled kappa of every two coders")
    told = "; ".join(f"{a} – {b} {number(kappa)}" for (a, b), kappa in kappas.items())
    rows = [
        (name, sentences.value_text(alpha), sentences.interval_text(spread))
        for name, alpha, spread in facts.together
    ]
    return [
        Section(
            "agreementSeveral",
            (
                Heading(_("All coders together, and two by two")),
                _as_table(_("Alpha of all coders"), (_("code"), "alpha", _("95 %")), rows, _SEVERAL_MM),
                Picture(heat_map(names, names, cells, number), caption, f"{caption}. {told}.", 120.0),
            ),
        )
    ]


_SEVERAL_MM = (120.0, 40.0, 60.0)


def _plain(facts: Facts) -> list[Plain]:
    """One paragraph per verdict, so that it stays on a page however many codes there are."""
    blocks: list[Plain] = []
    for heading, said in by_verdict(facts.agreement.codes, facts.name):
        blocks += [Heading(heading, 2), text(said)]
    return blocks


_DIFFERENCES_WIDTHS_MM = (30.0, 34.0, 46.0, 46.0, 60.0, 45.0)
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
    counted = TableBlock(
        _("Agreements and differences by kind"),
        head(_("Kind"), _("Number")),
        [(cell(kind), number_cell(n)) for kind, n in kinds.items()],
        _KIND_MM,
    )
    words = ngettext("{n} difference.", "{n} differences.", len(rows)).format(n=len(rows))
    if left_out:
        words += " " + _("Not compared, because not both have finished: {names}.").format(
            names=", ".join(left_out)
        )
    table = TableBlock(
        _("The differences, in the order of the interviews"),
        head(_("Where"), _("Kind"), *coders, _("Words"), _("Decided")),
        [tuple(map(cell, (r.place, r.kind, r.a, r.b, r.words, r.decision or "–"))) for r in rows],
        _DIFFERENCES_WIDTHS_MM,
        description=_("Per passage what each coder did, its words, and what was decided with the reason."),
    )
    return Part(
        _("Decisions and differences"),
        (
            Section("diffKinds", (text(words), counted)),
            Section("differences", (Heading(_("Passage by passage"), 1), table)),
        ),
    )
