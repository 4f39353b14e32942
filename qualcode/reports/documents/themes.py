"""Themes on paper: the theme table, the results as a chapter, and matrices of counts with heat maps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.analysis.matrices import Matrix
from qualcode.analysis.themes import ArrangedTheme, Fragment, pick, references, roles_in
from qualcode.i18n import _, ngettext
from qualcode.model import Role, wide
from qualcode.reports.charts import DPI, MOST_COUNTED, heat_map
from qualcode.reports.content import (
    LEAD,
    Cell,
    Heading,
    Paragraph,
    Picture,
    Plain,
    Run,
    Section,
    TableBlock,
    cell,
    fitted,
    head,
    number_cell,
    text,
)
from qualcode.reports.material import DocumentOptions, Material, Part
from qualcode.reports.quoting import fragment_lines, fragment_paragraphs, role_name, running_text

_PAGE_MM, _UPRIGHT_MM = 261.0, 174.0
_THEME_MM, _CASE_MM = 55.0, 34.0
_THEME_FILL = "DCE6DC"


def theme_table(material: Material, options: DocumentOptions) -> Part:
    """The table with quotes, then how often."""
    quotes = _by_case if options.by == "case" else _by_role
    return Part(
        _("Theme table"),
        (
            Section(
                "themeTable",
                (text(how_to_read(options, named=material.named), style=LEAD), quotes(material, options)),
            ),
            Section("themeCounts", (Heading(_("How often"), 1), counts_table(material))),
        ),
        keywords=tuple(theme.title for theme in material.themes),
    )


def how_to_read(options: DocumentOptions, *, named: bool = True) -> str:
    """Which quotes are shown, and what stands behind them."""
    if options.chosen:
        chosen = _("The quotes that were chosen (starred).")
    elif options.quotes:
        chosen = ngettext(
            "At most {n} quote per theme and kind of informant, first those that more coders marked, "
            "spread over the cases.",
            "At most {n} quotes per theme and kind of informant, first those that more coders marked, "
            "spread over the cases.",
            options.quotes,
        ).format(n=options.quotes)
    else:
        chosen = _("All quotes.")
    behind = (
        _("Behind each quote: case, informant, turn, and who marked it.")
        if named
        else _("Behind each quote: case, informant, turn.")
    )
    return " ".join((chosen, behind, _("Sub-codes count with their theme.")))


def _by_role(material: Material, options: DocumentOptions) -> TableBlock:
    roles = roles_in(material.transcripts, material.themes)
    width = (_PAGE_MM - _THEME_MM) / max(1, len(roles))
    return TableBlock(
        caption=_("Themes with quotes per informant"),
        header=head(_("Theme"), *map(role_name, roles)),
        rows=[
            (_theme_cell(theme, material), *(_role_cell(theme, role, material, options) for role in roles))
            for theme in material.themes
        ],
        widths_mm=(_THEME_MM, *(width for _role in roles)),
        description=_("For each theme its description and the chosen quotes of each kind of informant."),
    )


def _theme_cell(theme: ArrangedTheme, material: Material) -> Cell:
    paragraphs = [text(theme.title, bold=True)]
    if theme.definition:
        paragraphs.append(text(theme.definition))
    within = [*(theme.codes if theme.theme.title else ()), *theme.below]
    if within:
        names = "; ".join(str(code.name) for code in within)
        paragraphs.append(Paragraph((Run(_("Within it: ") + names, quiet=True),)))
    paragraphs.append(text(extent(theme, material), quiet=True))
    return Cell(tuple(paragraphs))


def extent(theme: ArrangedTheme, material: Material) -> str:
    """How many passages, how many codings of each coder, how many passages several marked, and in how many cases."""
    n = len(theme.fragments)
    total = ngettext("{n} passage", "{n} passages", n).format(n=n)
    cases = ngettext("{n} case", "{n} cases", len(theme.cases)).format(n=len(theme.cases))
    if not material.named:
        return f"{total}, {cases}"
    codings = ", ".join(f"{person.name} {theme.of_coder(person.id)}" for person in material.coders)
    if len(material.coders) > 1:
        codings += " · " + _("marked by several: {n}").format(n=theme.by_several)
    return f"{total} ({_('codings')}: {codings}), {cases}"


def _role_cell(theme: ArrangedTheme, role: Role | None, material: Material, options: DocumentOptions) -> Cell:
    fragments = [fragment for fragment in theme.fragments if wide(fragment.quote.role) == role]
    if not fragments:
        return cell("–")
    paragraphs = _shown(fragments, material, options)
    if material.named:
        counted = theme.counts()
        counts = ", ".join(f"{person.name} {counted[role, person.id]}" for person in material.coders)
        paragraphs.append(text(counts, quiet=True))
    return Cell(tuple(paragraphs))


def _shown(fragments: Sequence[Fragment], material: Material, options: DocumentOptions) -> list[Paragraph]:
    picked = pick(fragments, options.quotes, chosen=options.chosen)
    return fragment_paragraphs(picked, material.people, options)


def _by_case(material: Material, options: DocumentOptions) -> TableBlock:
    rows: list[tuple[Cell, ...]] = []
    for theme in material.themes:
        heading = Cell(
            (text(theme.title, bold=True), text(extent(theme, material), quiet=True)), _THEME_FILL, 2
        )
        rows.append((heading,))
        cases = dict.fromkeys(fragment.quote.transcript.case for fragment in theme.fragments)
        for case in cases:
            fragments = [f for f in theme.fragments if f.quote.transcript.case == case]
            shown = _shown(fragments, material, options)
            if shown:
                rows.append((cell(_("case {label}").format(label=case or "–")), Cell(tuple(shown))))
    return TableBlock(
        caption=_("Themes with quotes per case"),
        header=head(_("Case"), _("Quotes")),
        rows=rows,
        widths_mm=(_CASE_MM, _PAGE_MM - _CASE_MM),
        description=_("For each theme the chosen quotes, case by case."),
    )


def counts_table(material: Material) -> TableBlock:
    """Numbers of passages per theme and informant; with names, of codings of each coder."""
    roles = roles_in(material.transcripts, material.themes)
    if not material.named:
        return _passages_table(material, roles)
    columns = [(role, coder) for role in roles for coder in material.coders]
    header = [cell(_("Theme"))]
    header += [cell(f"{role_name(role)}: {coder.name}") for role, coder in columns]
    header += [cell(_("Passages"))]
    body = []
    for theme in material.themes:
        counted = theme.counts()
        counts = [number_cell(counted[role, coder.id]) for role, coder in columns]
        total = number_cell(len(theme.fragments), bold=True)
        body.append((cell(theme.title), *counts, total))
    return TableBlock(
        caption=_("Number of codings per theme, informant and coder"),
        header=tuple(header),
        rows=body,
        widths_mm=fitted(header, body, _PAGE_MM),
        description=_(
            "For each theme how many codings each coder made in the interviews with each informant, and how many "
            "different passages that are: what several marked at the same place counts once there."
        ),
    )


def _passages_table(material: Material, roles: Sequence[Role | None]) -> TableBlock:
    body = []
    for theme in material.themes:
        counted = Counter(wide(fragment.quote.role) for fragment in theme.fragments)
        cases = number_cell(len(theme.cases))
        counts = (number_cell(counted[role]) for role in roles)
        body.append((cell(theme.title), *counts, number_cell(len(theme.fragments), bold=True), cases))
    header = head(_("Theme"), *map(role_name, roles), _("Together"), _("Cases"))
    return TableBlock(
        caption=_("Number of passages per theme and informant"),
        header=header,
        rows=body,
        widths_mm=fitted(header, body, _UPRIGHT_MM),
        description=_(
            "For each theme how many different passages were marked in the interviews with each informant."
        ),
    )


def theme_chapter(material: Material, options: DocumentOptions) -> Part:
    """A section per theme, so that what people write between them is kept; the counts at the end."""
    sections = [
        Section(
            "theme" + theme.theme.id.replace("-", "")[-14:],
            tuple(theme_blocks(theme, material, options, level=1)),
        )
        for theme in material.themes
    ]
    counts = Section("chapterCounts", (Heading(_("How often"), 1), counts_table(material)))
    return Part(
        _("Themes"),
        [*sections, counts],
        landscape=False,
        keywords=tuple(theme.title for theme in material.themes),
    )


def theme_blocks(
    theme: ArrangedTheme, material: Material, options: DocumentOptions, *, level: int
) -> list[Plain]:
    """A theme below its heading: its text, how much was found, and quotes that do not stand in the text already."""
    blocks: list[Plain] = [Heading(theme.title, level)]
    blocks += running_text(theme.theme.text, material.quoted, options) or [text(theme.definition)]
    blocks.append(
        text(_found_in(theme, material)) if options.naming == "sentence" else text(_found(theme), quiet=True)
    )
    told = {
        f.held.id
        for handle in references(theme.theme.text)
        if (f := material.quoted.get(handle.lower())) and f.held
    }
    groups = dict.fromkeys(fragment.subgroup for fragment in theme.fragments)
    for group in groups:
        mine = [f for f in theme.fragments if f.subgroup == group]
        shown = pick(mine, options.quotes * (1 if options.brief else 2), chosen=options.chosen)
        new = [f for f in shown if f.held is None or f.held.id not in told]
        if new and len(groups) > 1:
            blocks.append(Heading(group or _("Other"), min(3, level + 1)))
        blocks += [line for fragment in new for line in fragment_lines(fragment, material.people, options)]
    return blocks


def _found_in(theme: ArrangedTheme, material: Material) -> str:
    """In how many cases, and who told of it, in a sentence."""
    roles = ", ".join(role.label for role in theme.roles if role)
    n = len(material.cases)
    words = ngettext("Found in {n} of {all} case", "Found in {n} of {all} cases", n)
    counted = words.format(n=len(theme.cases), all=n)
    return f"{counted}; {_('told by: {roles}').format(roles=roles)}." if roles else f"{counted}."


def _found(theme: ArrangedTheme) -> str:
    n = len(theme.fragments)
    codings = ngettext("{n} passage", "{n} passages", n).format(n=n)
    cases = ngettext("{n} case", "{n} cases", len(theme.cases)).format(n=len(theme.cases))
    roles = ", ".join(role.label if role else _("informant unknown") for role in theme.roles)
    words = ngettext("{n} word", "{n} words", theme.words).format(n=theme.words)
    return " · ".join(part for part in (codings, cases, roles, words) if part)


_MATRIX_PAGE_MM, _NAME_MM, _MOST_COLUMNS = 261.0, 62.0, 20


@dataclass(frozen=True, slots=True)
class NamedMatrix:
    """A matrix with the words that stand above it; `key` is that of its section."""

    key: str
    title: str
    matrix: Matrix
    words: str = ""


def matrix_report(
    matrices: Sequence[NamedMatrix],
    options: DocumentOptions,
    new_codes: Sequence[tuple[str, Sequence[str]]] = (),
    words: str = "",
) -> Part:
    """One section per matrix; before them where each code was first seen (`new_codes`, in `words`)."""
    sections = [Section(each.key, tuple(_blocks(each, options))) for each in matrices]
    if new_codes:
        sections.insert(
            0,
            Section(
                "saturation",
                (
                    Heading(_("New codes, interview by interview")),
                    text(words, style=LEAD),
                    _saturation(new_codes),
                ),
            ),
        )
    return Part(_("Matrices"), sections)


def _saturation(new_codes: Sequence[tuple[str, Sequence[str]]]) -> TableBlock:
    return TableBlock(
        _("In which interview each code was first seen"),
        head(_("Interview"), _("Number"), _("New codes")),
        [(cell(name), number_cell(len(codes)), cell(", ".join(codes) or "–")) for name, codes in new_codes],
        (_NAME_MM, 20.0, _MATRIX_PAGE_MM - _NAME_MM - 20.0),
    )


def _blocks(named: NamedMatrix, options: DocumentOptions) -> list[Plain]:
    matrix = named.matrix
    rows = [label for _key, label in matrix.rows]
    columns = [label for _key, label in matrix.columns]
    counts = [[matrix.count(row, column) for column, _c in matrix.columns] for row, _r in matrix.rows]
    blocks: list[Plain] = [Heading(named.title, 1)]
    words = text(" ".join(filter(None, (named.words, counted_words(matrix)))))
    if picture := matrix_picture(named, _MATRIX_PAGE_MM):
        blocks += [picture, words]
        # the picture has the counts in it, unless there are too many
        if not options.brief or len(columns) > MOST_COUNTED:
            blocks += _tables(named, rows, columns, counts)
    else:
        blocks.append(words)
    return blocks


def matrix_picture(named: NamedMatrix, room_mm: float) -> Picture | None:
    """The heat map of a matrix; `None` if nothing is counted in it."""
    matrix = named.matrix
    # a row or column without any count says nothing in a picture
    rows = [each for each in matrix.rows if any(matrix.count(each[0], c) for c, _label in matrix.columns)]
    columns = [each for each in matrix.columns if any(matrix.count(r, each[0]) for r, _label in rows)]
    if not rows or not columns:
        return None
    counts = [[matrix.count(row, column) for column, _c in columns] for row, _r in rows]
    names, heads = [label for _key, label in rows], [label for _key, label in columns]
    picture = heat_map(names, heads, counts)
    inches = int.from_bytes(picture[16:20], "big") / DPI  # its width (PNG specification, section 11.2.2)
    described = _described(named, names, heads, counts)
    return Picture(picture, named.title, described, min(room_mm, inches * 25.4))


def counted_words(matrix: Matrix) -> str:
    """What the counts of a matrix are of, and how many codings lie behind them."""
    made = {coding.id for cell in matrix.cells.values() for coding in cell}
    codings = ngettext("{n} coding", "{n} codings", len(made)).format(n=len(made))
    return _("Counted are passages: words that several coders marked count once ({codings}).").format(
        codings=codings
    )


def _tables(
    named: NamedMatrix, rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]
) -> list[TableBlock]:
    """The counts; a matrix of many columns is cut into tables that fit the page."""
    tables = []
    for first in range(0, len(columns), _MOST_COLUMNS):
        part = slice(first, first + _MOST_COLUMNS)
        shown = columns[part]
        of = f" ({first + 1}–{first + len(shown)})" if len(columns) > _MOST_COLUMNS else ""
        header = head(_("Code name"), *shown, _("Total"))
        body = [
            (cell(name), *(number_cell(n) for n in line[part]), number_cell(sum(line), bold=True))
            for name, line in zip(rows, counts, strict=True)
        ]
        widths = fitted(header, body, _MATRIX_PAGE_MM)
        tables.append(TableBlock(named.title + of, header, body, widths))
    return tables


def _described(
    named: NamedMatrix, rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]
) -> str:
    """The picture in words: how large, and where most was coded."""
    total = sum(map(sum, counts))
    cells = [
        (n, row, column)
        for row, line in zip(rows, counts, strict=True)
        for column, n in zip(columns, line, strict=True)
    ]
    most = sorted((each for each in cells if each[0]), key=lambda each: -each[0])[:3]
    highest = "; ".join(f"{row}, {column}: {n}" for n, row, column in most)
    size = ngettext("{n} passage in all.", "{n} passages in all.", total).format(n=total)
    return f"{named.title}. {size}" + (" " + _("Most in: {cells}.").format(cells=highest) if highest else "")
