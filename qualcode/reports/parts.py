"""A report before it is a document: a title and sections, which stand alone or in a book of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualcode.i18n import _, date, ngettext
from qualcode.model import now
from qualcode.reports.content import Contents, Document, Heading, PageBreak, Plain, Section
from qualcode.reports.material import Material


@dataclass(frozen=True, slots=True)
class Part:
    """A report: its title and its sections."""

    title: str
    sections: Sequence[Section]
    landscape: bool = True
    keywords: tuple[str, ...] = ()


def as_document(part: Part, material: Material, language: str) -> Document:
    """One report as a document of its own."""
    return Document(
        title=part.title,
        subtitle=subtitle(material),
        blocks=part.sections,
        language=language,
        landscape=part.landscape,
        author=", ".join(coder.name for coder in material.coders),
        subject=material.title,
        keywords=part.keywords,
    )


def as_book(parts: Sequence[Part], material: Material, language: str) -> Document:
    """All reports in one document, each a chapter, with a table of contents."""
    sections = [Section("contents", (Heading(_("Contents")), Contents()))]
    for part in parts:
        first, *rest = part.sections
        opening = (PageBreak(), Heading(part.title), *map(_lowered, first.blocks))
        sections.append(Section(first.key, opening))
        sections += [Section(section.key, tuple(map(_lowered, section.blocks))) for section in rest]
    book = Part(material.title, sections)
    return replace(as_document(book, material, language), subtitle=subtitle(material, with_title=False))


def _lowered(block: Plain) -> Plain:
    return replace(block, level=min(3, block.level + 1)) if isinstance(block, Heading) else block


def subtitle(material: Material, *, with_title: bool = True) -> str:
    """The study, how much it holds, who coded it, and the day."""
    transcripts = material.transcripts
    size = ngettext("{n} interview", "{n} interviews", len(transcripts)).format(n=len(transcripts))
    cases = len({transcript.case for transcript in transcripts if transcript.case})
    groups = ngettext("{n} case", "{n} cases", cases).format(n=cases)
    names = _("coded by {names}").format(names=", ".join(coder.name for coder in material.coders))
    parts = [f"{size}, {groups}", names, date(now())]
    if material.sealed:
        sealed = _("sealed, so what others coded there is left out: {names}")
        parts.append(sealed.format(names=", ".join(material.sealed)))
    return " · ".join([material.title, *parts] if with_title else parts)
