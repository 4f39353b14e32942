"""Agreement for an article: a methods paragraph, a picture, an appendix table."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.agreement import words
from qualcode.agreement.methods import Facts, appendix_table, methods_paragraph
from qualcode.agreement.result import State
from qualcode.i18n import _, date, speaking
from qualcode.model import now
from qualcode.reports.agreement_chart import agreement_chart
from qualcode.reports.content import Block, Cell, Document, Heading, Picture, Table, cell, text

_WIDTHS_MM = (46.0, 22.0, 17.0, 20.0, 20.0, 20.0, 36.0, 20.0, 14.0, 46.0)


def agreement_report(facts: Facts, *, title: str, language: str) -> Document:
    """The document: what was done and found in one paragraph, then per code."""
    with speaking(language):
        found = facts.agreement
        blocks: list[Block] = [
            text(words.provenance(found), style="Normal"),
            Heading(_("Methods")),
            text(methods_paragraph(facts, language)),
        ]
        if found.coefficients and any(code.state is not State.UNUSED for code in found.codes):
            blocks.append(_picture(facts))
        blocks += [Heading(_("Appendix: agreement per code")), _table(facts, language)]
        blocks += [text(note, quiet=True) for note in appendix_table(facts, language).notes]
        blocks += [Heading(_("In plain words")), *_plain(facts)]
        return Document(
            title=_("Agreement of two coders"),
            subtitle=" · ".join([title, " – ".join(found.coders), date(now())]),
            blocks=blocks,
            language=language,
            landscape=True,
            author=", ".join(found.coders),
            subject=title,
        )


def _picture(facts: Facts) -> Picture:
    caption = _("Shared text and Krippendorff's alpha per code")
    lines = [
        f"{facts.name(code.code)}: {words.value_text(code['alpha'])}"
        for code in facts.agreement.codes
        if code.state is not State.UNUSED
    ]
    return Picture(
        agreement_chart(facts.agreement, facts.names or {}), caption, f"{caption}. {'; '.join(lines)}.", 250.0
    )


def _table(facts: Facts, language: str) -> Table:
    table = appendix_table(facts, language)

    def cells(words_: Sequence[str]) -> tuple[Cell, ...]:
        return tuple(cell(word) for word in words_)

    return Table(table.caption, cells(table.header), [cells(row) for row in table.rows], _WIDTHS_MM)


def _plain(facts: Facts) -> list[Block]:
    blocks: list[Block] = []
    for code in facts.agreement.codes:
        if code.state is not State.UNUSED:
            blocks.append(Heading(facts.name(code.code), 2))
            blocks += [
                text(line) for line in words.code_lines(facts.name(code.code), code, facts.agreement.coders)
            ]
    return blocks
