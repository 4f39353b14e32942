"""Quotes on paper: the words, and behind them where they come from and who marked them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.analysis.quotes import Quote, coder_names, question_before
from qualcode.analysis.themes import REFERENCE, Fragment
from qualcode.i18n import _
from qualcode.model import Coder, Role
from qualcode.reports.content import QUOTE, Paragraph, Run
from qualcode.reports.material import DocumentOptions, Naming


def fragment_paragraphs(
    fragments: Sequence[Fragment], people: Mapping[str, Coder], options: DocumentOptions
) -> list[Paragraph]:
    """Fragments below each other, under the names of their sub-groups."""
    paragraphs: list[Paragraph] = []
    group = ""
    for fragment in fragments:
        if fragment.subgroup != group:
            group = fragment.subgroup
            paragraphs.append(Paragraph((Run(group or _("Other"), bold=True, italic=True),)))
        paragraphs += fragment_lines(fragment, people, options)
    return paragraphs


def fragment_lines(
    fragment: Fragment, people: Mapping[str, Coder], options: DocumentOptions
) -> list[Paragraph]:
    """One fragment: the interviewer's question if asked for, and the quote."""
    lines = []
    question = question_before(fragment.quote) if options.question else ""
    if question:
        asked = shorten(" ".join(question.split()), options.longest)
        lines.append(Paragraph((Run(_("Asked: ") + asked, italic=True, quiet=True),)))
    words = shorten(" ".join(fragment.words.split()), options.longest)
    lines.append(_line(fragment.quote, words, people, options.naming, against=fragment.negative))
    return lines


def quote_paragraph(
    quote: Quote, people: Mapping[str, Coder], longest: int, naming: Naming = "full"
) -> Paragraph:
    """The words in quotation marks, and behind them where they come from and who marked them."""
    return _line(quote, shorten(" ".join(quote.text.split()), longest), people, naming)


def _line(
    quote: Quote, words: str, people: Mapping[str, Coder], naming: Naming, *, against: bool = False
) -> Paragraph:
    names = coder_names(quote, people)
    said = f"“{words}”"
    if naming == "sentence":
        who = origin(quote, naming)
        runs = [Run(f"{who[:1].upper()}{who[1:]}: "), Run(said, language=quote.transcript.language)]
    else:
        behind = "; ".join(part for part in (origin(quote, naming), names) if part)
        runs = [Run(f"{said} ", language=quote.transcript.language), Run(f"({behind})", quiet=True)]
    if against:
        runs.insert(0, Run(_("Speaks against: "), bold=True))
    return Paragraph(tuple(runs), QUOTE)


def origin(quote: Quote, naming: Naming = "full") -> str:
    """Case, informant and turn of a quote, as in "case 04, teacher, turn 12"."""
    transcript = quote.transcript
    role = quote.role.label if quote.role else ""
    if quote.person:
        role = f"{role} ({quote.person})" if role else quote.person
    if naming == "sentence" and transcript.case:
        return _("{informant} in case {label}").format(
            informant=role or _("informant"), label=transcript.case
        )
    if naming == "role":
        return role or _("informant")
    if naming == "short":
        return "-".join(part for part in (transcript.case, role) if part) or transcript.name
    case = _("case {label}").format(label=transcript.case) if transcript.case else transcript.name
    parts = [case, role, _("turn {n}").format(n=quote.turn)]
    return ", ".join(part for part in parts if part)


def shorten(words: str, longest: int) -> str:
    """`words` cut at a space to at most `longest` characters, with […] where something is left out."""
    if len(words) <= longest:
        return words
    cut = words.rfind(" ", 0, longest - 4)
    return words[: cut if cut > 0 else longest - 4] + " […]"


def role_name(role: Role | None) -> str:
    """The heading of a role's column."""
    label = role.label if role else _("informant unknown")
    return label[:1].upper() + label[1:]


def running_text(text: str, quoted: Mapping[str, Fragment], options: DocumentOptions) -> list[Paragraph]:
    """The text of a theme, a paragraph per line, with every reference replaced by the quote it names."""
    paragraphs = []
    for line in text.split("\n"):
        runs: list[Run] = []
        at = 0
        for found in REFERENCE.finditer(line):
            runs.append(Run(line[at : found.start()]))
            runs += _referred(found[1].lower(), quoted, options)
            at = found.end()
        runs.append(Run(line[at:]))
        if line.strip():
            paragraphs.append(Paragraph(tuple(run for run in runs if run.text)))
    return paragraphs


def _referred(handle: str, quoted: Mapping[str, Fragment], options: DocumentOptions) -> list[Run]:
    fragment = quoted.get(handle)
    if fragment is None:
        return [Run(_("[quote #{handle} is no longer there]").format(handle=handle), bold=True)]
    words = shorten(" ".join(fragment.words.split()), options.longest)
    said, where = f"“{words}”", origin(fragment.quote, options.naming)
    own = fragment.quote.transcript.language
    if options.naming == "sentence":
        return [Run(said, language=own), Run(f" ({where})")]
    return [Run(said, italic=True, language=own), Run(f" ({where})", quiet=True)]
