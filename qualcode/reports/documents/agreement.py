"""Agreement for an article, and the differences passage by passage."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.agreement.result import CodeState
from qualcode.i18n import _, number
from qualcode.reports.charts import agreement_chart, heat_map
from qualcode.reports.content import (
    Heading,
    Picture,
    Plain,
    Section,
    TableBlock,
    cell,
    fitted,
    text,
)
from qualcode.reports.material import Part
from qualcode.reports.wording import sentences
from qualcode.reports.wording.methods import Facts, methods_paragraph
from qualcode.reports.wording.summary import by_verdict, pair_matrix
from qualcode.reports.wording.tables import appendix_table, rounds_tables

_ROOM_MM = 250.0


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
    if not facts.agreement.coefficients:
        return _as_table(table.caption, table.header, table.rows)
    # what each figure says stands in words behind the table
    return _as_table(table.caption, table.header[:-1], [row[:-1] for row in table.rows])


def _as_table(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> TableBlock:
    heads, body = tuple(map(cell, header)), [tuple(map(cell, row)) for row in rows]
    return TableBlock(caption, heads, body, fitted(heads, body, _ROOM_MM))


def _through_rounds(facts: Facts, language: str) -> list[Plain]:
    """Every round, before talking and after it, each series in a table of its own."""
    blocks = [_as_table(table.caption, table.header, table.rows) for table in rounds_tables(facts, language)]
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
                _as_table(_("Alpha of all coders"), (_("code"), "alpha", _("95 %")), rows),
                Picture(heat_map(names, names, cells, number), caption, f"{caption}. {told}.", 120.0),
            ),
        )
    ]


def _plain(facts: Facts) -> list[Plain]:
    """One paragraph per verdict, so that it stays on a page however many codes there are."""
    blocks: list[Plain] = []
    for heading, said in by_verdict(facts.agreement.codes, facts.name):
        blocks += [Heading(heading, 2), text(said)]
    return blocks
