"""The theme table: per theme its description, and per informant role the chosen quotes with counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.quotes import Quote, choose, coder_names
from qualcode.analysis.themes import ThemeRow, roles_in
from qualcode.i18n import _, date, ngettext, speaking
from qualcode.model import Coder, Role, Transcript, now
from qualcode.reports.content import Cell, Document, Heading, Paragraph, Run, Table, cell, text

_PAGE_MM = 261.0
_THEME_MM = 55.0
_COUNT_THEME_MM = 62.0


@dataclass(frozen=True, slots=True)
class ThemeTableOptions:
    """How the table is made: its language, how many quotes per cell (0: all), how long they may be."""

    language: str = "nl"
    quotes: int = 2
    longest: int = 600


def theme_table(
    rows: Sequence[ThemeRow],
    transcripts: Sequence[Transcript],
    coders: Sequence[Coder],
    *,
    title: str,
    options: ThemeTableOptions,
) -> Document:
    """The theme table of a project as a document: the table with quotes, then the counts."""
    with speaking(options.language):
        people = {coder.id: coder for coder in coders}
        roles = roles_in(transcripts)
        return Document(
            title=_("Theme table"),
            subtitle=_subtitle(title, transcripts, coders),
            blocks=[
                text(_how_to_read(options)),
                _quotes_table(rows, roles, people, options),
                Heading(_("How often"), 1),
                _counts_table(rows, roles, coders),
            ],
            language=options.language,
            landscape=True,
            author=", ".join(coder.name for coder in coders),
            subject=title,
            keywords=tuple(str(row.code.name) for row in rows),
        )


def _subtitle(title: str, transcripts: Sequence[Transcript], coders: Sequence[Coder]) -> str:
    size = ngettext("{n} interview", "{n} interviews", len(transcripts)).format(n=len(transcripts))
    cases = len({transcript.case for transcript in transcripts if transcript.case})
    groups = ngettext("{n} case", "{n} cases", cases).format(n=cases)
    names = _("coded by {names}").format(names=", ".join(coder.name for coder in coders))
    return " · ".join([title, f"{size}, {groups}", names, date(now())])


def _how_to_read(options: ThemeTableOptions) -> str:
    chosen = (
        ngettext(
            "At most {n} quote per theme and kind of informant, first those that more coders marked, "
            "spread over the cases.",
            "At most {n} quotes per theme and kind of informant, first those that more coders marked, "
            "spread over the cases.",
            options.quotes,
        ).format(n=options.quotes)
        if options.quotes
        else _("All quotes.")
    )
    return (
        chosen
        + " "
        + _("Behind each quote: case, informant, turn, and who marked it. Sub-codes count with their theme.")
    )


def _quotes_table(
    rows: Sequence[ThemeRow],
    roles: Sequence[Role | None],
    people: Mapping[str, Coder],
    options: ThemeTableOptions,
) -> Table:
    width = (_PAGE_MM - _THEME_MM) / max(1, len(roles))
    return Table(
        caption=_("Themes with quotes per informant"),
        header=(cell(_("Theme")), *(cell(role_name(role)) for role in roles)),
        rows=[
            (_theme_cell(row, people), *(_role_cell(row, role, people, options) for role in roles))
            for row in rows
        ],
        widths_mm=(_THEME_MM, *(width for _role in roles)),
        description=_("For each theme its description and the chosen quotes of each kind of informant."),
        keep_rows_whole=bool(options.quotes),
    )


def role_name(role: Role | None) -> str:
    """The heading of a role's column."""
    label = role.label if role else _("informant unknown")
    return label[:1].upper() + label[1:]


def _theme_cell(row: ThemeRow, people: Mapping[str, Coder]) -> Cell:
    paragraphs = [text(str(row.code.name), bold=True)]
    if row.code.definition:
        paragraphs.append(text(str(row.code.definition)))
    if row.below:
        names = "; ".join(str(code.name) for code in row.below)
        paragraphs.append(Paragraph((Run(_("Within it: ") + names, quiet=True),)))
    per_coder = ", ".join(f"{person.name} {row.of_coder(person.id)}" for person in people.values())
    total = ngettext("{n} coding", "{n} codings", row.total).format(n=row.total)
    cases = ngettext("{n} case", "{n} cases", len(row.cases)).format(n=len(row.cases))
    paragraphs.append(text(f"{total} ({per_coder}), {cases}", quiet=True))
    return Cell(tuple(paragraphs))


def _role_cell(
    row: ThemeRow, role: Role | None, people: Mapping[str, Coder], options: ThemeTableOptions
) -> Cell:
    quotes = row.quotes.get(role, ())
    if not quotes:
        return cell("–")
    shown = choose(quotes, options.quotes) if options.quotes else list(quotes)
    paragraphs = [quote_paragraph(quote, people, options.longest) for quote in shown]
    counts = ", ".join(f"{person.name} {row.counts.get((role, person.id), 0)}" for person in people.values())
    paragraphs.append(text(counts, quiet=True))
    return Cell(tuple(paragraphs))


def quote_paragraph(quote: Quote, people: Mapping[str, Coder], longest: int) -> Paragraph:
    """The words in quotation marks, and behind them where they come from and who marked them."""
    words = shorten(" ".join(quote.text.split()), longest)
    return Paragraph(
        (Run(f"“{words}” "), Run(f"({origin(quote)}; {coder_names(quote, people)})", quiet=True))
    )


def origin(quote: Quote) -> str:
    """Case, informant and turn of a quote, as in "case 04, teacher, turn 12"."""
    transcript = quote.transcript
    case = _("case {label}").format(label=transcript.case) if transcript.case else transcript.name
    parts = [case, transcript.informant.label if transcript.informant else ""]
    parts.append(_("turn {n}").format(n=quote.turn))
    return ", ".join(part for part in parts if part)


def shorten(words: str, longest: int) -> str:
    """`words` cut at a space to at most `longest` characters, with […] where something is left out."""
    if len(words) <= longest:
        return words
    cut = words.rfind(" ", 0, longest - 4)
    return words[: cut if cut > 0 else longest - 4] + " […]"


def _counts_table(rows: Sequence[ThemeRow], roles: Sequence[Role | None], coders: Sequence[Coder]) -> Table:
    columns = [(role, coder) for role in roles for coder in coders]
    width = (_PAGE_MM - _COUNT_THEME_MM) / max(1, len(columns) + 1)
    header = [cell(_("Theme"))]
    header += [cell(f"{role_name(role)}: {coder.name}") for role, coder in columns]
    header.append(cell(_("Total")))
    body = []
    for row in rows:
        counts = [str(row.counts.get((role, coder.id), 0) or "–") for role, coder in columns]
        body.append((cell(str(row.code.name)), *map(cell, counts), cell(str(row.total), bold=True)))
    return Table(
        caption=_("Number of codings per theme, informant and coder"),
        header=tuple(header),
        rows=body,
        widths_mm=(_COUNT_THEME_MM, *(width for _n in range(len(columns) + 1))),
        description=_(
            "For each theme how many codings each coder made in the interviews with each informant."
        ),
    )
