"""The codebook on paper: every code with its definition, when to use it, and quotes from the interviews."""

from __future__ import annotations

from qualcode.analysis.quotes import choose, quotes_of
from qualcode.i18n import _, ngettext
from qualcode.model import Code, Coding
from qualcode.reports.content import Cell, Paragraph, Run, Section, TableBlock, cell, text
from qualcode.reports.material import DocumentOptions, Material, Part
from qualcode.reports.quoting import quote_paragraph

_WIDTHS_MM = (52.0, 92.0, 117.0)
_THEME_FILL = "DCE6DC"


def codebook_report(material: Material, options: DocumentOptions) -> Part:
    """One row per code, in the order of the tree."""
    depth: dict[str, int] = {}
    rows = []
    for code in material.codes:
        depth[code.id] = depth.get(code.parent_id or "", -1) + 1
        rows.append(_row(code, depth[code.id], material, options))
    table = TableBlock(
        caption=_("The codes, with what they mean and what was coded with them"),
        header=(cell(_("Code name")), cell(_("What it is about")), cell(_("Quotes"))),
        rows=rows,
        widths_mm=_WIDTHS_MM,
        description=_("Per code its definition, when to use it and when not, and quotes."),
        keep_rows_whole=False,
    )
    return Part(_("Codebook"), (Section("codebook", (text(_how_to_read()), table)),))


def _how_to_read() -> str:
    return _("Sub-codes stand below their theme. Quotes are only those coded with the code itself.")


def _row(code: Code, depth: int, material: Material, options: DocumentOptions) -> tuple[Cell, ...]:
    mine = [coding for coding in material.codings if coding.code_id == code.id]
    return (
        Cell(tuple(_name(code, depth, mine)), "" if depth else _THEME_FILL),
        Cell(tuple(_meaning(code))),
        Cell(tuple(_quotes(mine, material, options))),
    )


def _name(code: Code, depth: int, codings: list[Coding]) -> list[Paragraph]:
    indent = "\u2003" * depth
    count = ngettext("{n} coding", "{n} codings", len(codings)).format(n=len(codings))
    return [
        Paragraph((Run(indent), Run(str(code.name) or code.slug, bold=True))),
        text(f"{indent}{code.mnemonic} · {count}", quiet=True),
    ]


def _meaning(code: Code) -> list[Paragraph]:
    paragraphs = [text(str(code.definition))] if code.definition else []
    for label, words in (
        (_("Use it for: "), code.use),
        (_("Not for: "), code.not_use),
        (_("For example: "), code.example),
    ):
        if words:
            paragraphs.append(Paragraph((Run(label, italic=True), Run(str(words)))))
    if code.source:
        paragraphs.append(text(code.source, quiet=True))
    return paragraphs or [text("–")]


def _quotes(codings: list[Coding], material: Material, options: DocumentOptions) -> list[Paragraph]:
    quotes = quotes_of(codings, {transcript.id: transcript for transcript in material.transcripts})
    shown = choose(quotes, options.quotes) if options.quotes else quotes
    return [quote_paragraph(quote, material.people, options.longest, options.naming) for quote in shown] or [
        text("–")
    ]
