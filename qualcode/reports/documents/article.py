"""A study as others read it: an article's tables and results, and a few pages for a board."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qualcode.analysis.quotes import choose
from qualcode.analysis.themes import REFERENCE, ArrangedTheme
from qualcode.i18n import _, ngettext
from qualcode.model import Criterion, Verdict
from qualcode.reports.content import Heading, Paragraph, Plain, Run, Section, TableBlock, cell, text
from qualcode.reports.documents.checklist import Judged, cases_by_verdict, checklist_table, in_cases
from qualcode.reports.documents.overview import respondents_table
from qualcode.reports.documents.themes import NamedMatrix, counts_table, matrix_picture, theme_blocks
from qualcode.reports.material import DocumentOptions, Material, Part
from qualcode.reports.quoting import fragment_lines, shorten
from qualcode.reports.wording.methods import Facts, methods_paragraph


def article(material: Material, judged: Judged | None, facts: Facts | None, options: DocumentOptions) -> Part:
    """Respondents and method, the themes below the questions they answer, and the checklist."""
    options = replace(options, naming="sentence" if options.naming == "full" else options.naming, brief=True)
    sections = []
    method: list[Plain] = []
    if facts:
        method.append(text(methods_paragraph(facts, options.language)))
    if material.cases:
        method.append(respondents_table(material))
    if method:
        sections.append(Section("articleMethod", (Heading(_("Method")), *method)))
    question = None
    for theme in material.themes:
        if not theme.fragments:
            continue
        blocks = theme_blocks(theme, material, options, level=2)
        if theme.theme.question != question:
            question = theme.theme.question
            blocks.insert(0, Heading(question or _("Results")))
        sections.append(Section("article" + theme.theme.id.replace("-", "")[-13:], tuple(blocks)))
    counted = replace(counts_table(material), plain=True)
    sections.append(Section("articleCounts", (counted,)))
    if judged:
        heading = Heading(_("What goes with good and with poor collaboration"))
        sections.append(Section("articleChecklist", (heading, checklist_table(judged))))
    return Part(material.title, sections, landscape=False)


_MOST_THEMES, _MOST_ASKED, _LONGEST_WORDS, _LONGEST_QUOTE = 12, 4, 320, 220


def board(material: Material, judged: Judged | None, matrix: NamedMatrix, options: DocumentOptions) -> Part:
    """At most six pages: what was found, a quote each, one picture, the checklist, and what is asked."""
    shown = sorted((t for t in material.themes if t.fragments), key=lambda theme: -len(theme.cases))[
        :_MOST_THEMES
    ]
    found: list[Plain] = [Heading(_("What we found"))]
    for theme in (theme for theme in material.themes if theme in shown):
        found += _in_short(theme, material, options)
    if left := len(material.themes) - len(shown):
        words = ngettext("{n} other theme is left out here.", "{n} other themes are left out here.", left)
        found.append(text(words.format(n=left), quiet=True))
    sections = [Section("boardFound", tuple(found))]
    if picture := matrix_picture(matrix, 174.0):
        sections.append(Section("boardPicture", (Heading(_("Where it was found")), picture)))
    if judged:
        heading = Heading(_("What goes with good and with poor collaboration"))
        sections.append(Section("boardChecklist", (heading, _counted_checklist(judged, material))))
    sections.append(Section("boardAsked", tuple(_asked(judged, material))))
    return Part(material.title, sections, landscape=False)


def _in_short(theme: ArrangedTheme, material: Material, options: DocumentOptions) -> list[Plain]:
    """A theme in a few sentences, and the one quote that was chosen first."""
    told = first_sentences(theme.theme.text or theme.definition)
    where = in_cases(theme.cases, material).partition(":")[0]
    best = next((f for f in theme.fragments if f.starred and not f.negative), None)
    if best is None:
        telling = choose([f.quote for f in theme.fragments if not f.negative], 1)
        best = next((f for f in theme.fragments if telling and f.quote is telling[0]), None)
    runs = [Run(theme.title, bold=True), Run(f" ({where}). {told}".rstrip())]
    options = replace(
        options, longest=min(options.longest, _LONGEST_QUOTE), naming="sentence", question=False
    )
    return [Paragraph(tuple(runs)), *(fragment_lines(best, {}, options) if best else [])]


def first_sentences(words: str) -> str:
    """The first sentences of a text, as many as fit in a few lines, without its references to quotes."""
    plain = " ".join(REFERENCE.sub("", words.strip().partition("\n")[0]).split())
    plain = re.sub(r"[\s:;,]+([.!?])", r"\1", plain)
    if len(plain) <= _LONGEST_WORDS:
        return plain
    end = max(plain.rfind(sign, 0, _LONGEST_WORDS) for sign in (". ", "! ", "? "))
    return plain[: end + 1] if end > 0 else shorten(plain, _LONGEST_WORDS)


def _counted_checklist(judged: Judged, material: Material) -> TableBlock:
    """Dimension | good | poor, each with in how many cases it was found so."""
    table = checklist_table(judged)
    if not judged.ratings:
        return table
    rows = []
    order = [
        c for d in judged.checklist.dimensions for c in judged.checklist.criteria if c.dimension == d.slug
    ]
    held = {found.criterion.id: cases_by_verdict(found, judged, material) for found in judged.evidence}
    for criterion, (dimension, good, poor) in zip(order, table.rows, strict=True):
        cells = []
        for side, words in ((Verdict.GOOD, good), (Verdict.POOR, poor)):
            n = len(held[criterion.id].get((side,), ()))
            counted = text(in_cases(["?"] * n, material).partition(":")[0], quiet=True)
            cells.append(replace(words, paragraphs=(*words.paragraphs, counted)))
        rows.append((dimension, *cells))
    note = _(
        "Cases in which raters differ, or found both, or in which it is not spoken of, count for neither side."
    )
    return replace(table, rows=rows, note=note)


def _asked(judged: Judged | None, material: Material) -> list[Plain]:
    """What goes poorly most often, and room to say what is asked."""
    blocks: list[Plain] = [Heading(_("What we ask of the board"))]
    worst = _most_often_poor(judged, material) if judged else []
    if worst:
        blocks.append(text(_("What we found to go poorly most often, and so what we would begin with:")))
        blocks += [text(f"{criterion.poor} ({where})", style="List Bullet") for criterion, where in worst]
    blocks.append(text(_("Write here what you ask, of whom, and by when:")))
    rows = [(cell(""), cell(""), cell("")) for _n in range(_MOST_ASKED)]
    header = (cell(_("What we ask")), cell(_("Of whom")), cell(_("By when")))
    return [*blocks, TableBlock(_("What we ask"), header, rows, (110.0, 34.0, 30.0), row_mm=12.0)]


def _most_often_poor(judged: Judged, material: Material) -> Sequence[tuple[Criterion, str]]:
    counted = [
        (found.criterion, labels)
        for found in judged.evidence
        if (labels := cases_by_verdict(found, judged, material).get((Verdict.POOR,), []))
    ]
    counted.sort(key=lambda pair: -len(pair[1]))
    return [
        (criterion, in_cases(labels, material).partition(":")[0])
        for criterion, labels in counted[:_MOST_ASKED]
    ]
