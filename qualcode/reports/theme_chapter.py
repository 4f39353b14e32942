"""The results as a chapter: per theme its text with quotes, its quotes, and how often it was found."""

from __future__ import annotations

from qualcode.analysis.themes import ArrangedTheme, pick
from qualcode.i18n import _, ngettext
from qualcode.reports.content import Cell, Heading, Plain, Section, Table, cell, text
from qualcode.reports.material import Material, Options
from qualcode.reports.parts import Part
from qualcode.reports.quoting import fragment_lines, running_text
from qualcode.reports.theme_table import counts_table

_WIDTHS_MM = (34.0, 140.0)


def theme_chapter(material: Material, options: Options) -> Part:
    """A section per theme, so that what people write between them is kept; the counts at the end."""
    sections = [
        Section("theme" + theme.theme.id.replace("-", "")[-14:], tuple(_theme(theme, material, options)))
        for theme in material.themes
    ]
    counts = Section("chapterCounts", (Heading(_("How often"), 1), _narrow(counts_table(material))))
    return Part(
        _("Themes"),
        [*sections, counts],
        landscape=False,
        keywords=tuple(theme.title for theme in material.themes),
    )


def _narrow(table: Table) -> Table:
    """The same table as wide as a page that stands upright."""
    from dataclasses import replace

    factor = sum(_WIDTHS_MM) / sum(table.widths_mm)
    return replace(table, widths_mm=tuple(width * factor for width in table.widths_mm))


def _theme(theme: ArrangedTheme, material: Material, options: Options) -> list[Plain]:
    blocks: list[Plain] = [Heading(theme.title, 1)]
    blocks += running_text(theme.theme.text, material.quoted, options) or [text(theme.definition)]
    blocks.append(text(_found(theme), quiet=True))
    rows: list[tuple[Cell, ...]] = []
    groups = dict.fromkeys(fragment.subgroup for fragment in theme.fragments)
    for group in groups:
        mine = [fragment for fragment in theme.fragments if fragment.subgroup == group]
        shown = pick(mine, options.quotes * 2, chosen=options.chosen)
        lines = [line for fragment in shown for line in fragment_lines(fragment, material.people, options)]
        if lines:
            rows.append((cell(group or "–", bold=True), Cell(tuple(lines))))
    if rows:
        blocks.append(
            Table(
                _("Quotes: {theme}").format(theme=theme.title),
                (cell(_("Sub-group")), cell(_("Quotes"))),
                rows,
                _WIDTHS_MM,
                keep_rows_whole=False,
            )
        )
    return blocks


def _found(theme: ArrangedTheme) -> str:
    codings = ngettext("{n} coding", "{n} codings", len(theme.codings)).format(n=len(theme.codings))
    cases = ngettext("{n} case", "{n} cases", len(theme.cases)).format(n=len(theme.cases))
    roles = ", ".join(role.label if role else _("informant unknown") for role in theme.roles)
    words = ngettext("{n} word", "{n} words", theme.words).format(n=theme.words)
    return " · ".join(part for part in (codings, cases, roles, words) if part)
