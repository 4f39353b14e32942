"""What reports are made of: the nouns of a project, gathered once, and the sections a document has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from qualcode.analysis.facts import Fact
from qualcode.analysis.themes import ArrangedTheme, Fragment
from qualcode.i18n import _, date, ngettext
from qualcode.model import Case, Code, Coder, Coding, Informant, Transcript, now
from qualcode.reports.content import Contents, Document, Heading, PageBreak, Plain, Section

Naming = Literal["full", "short", "role"]


@dataclass(frozen=True, slots=True)
class DocumentOptions:
    """How a document is made.

    `quotes` is how many per cell (0: all), first those somebody starred; `chosen`: only the
    starred ones. `by`: a theme's quotes lie beside each other per informant role, or below each
    other per case. `question`: the interviewer's words before a quote. `longest`: characters a
    quote may have. `naming`: an informant as "case 04, teacher, turn 12", as "04-teacher", or as
    "teacher" without the case.
    """

    language: str = "nl"
    quotes: int = 2
    chosen: bool = False
    by: Literal["role", "case"] = "role"
    question: bool = False
    longest: int = 600
    naming: Naming = "full"


@dataclass(frozen=True, slots=True)
class Material:
    """A project as reports see it. `coders` are those whose codings count.

    `everyone` are all coders by id; `quoted` the fragments that theme texts refer to, by handle;
    `sealed` names the interviews in which what others coded may not be seen yet; `facts` are those about interviews.
    """

    title: str
    coders: tuple[Coder, ...]
    transcripts: tuple[Transcript, ...]
    codes: tuple[Code, ...]
    codings: tuple[Coding, ...]
    themes: tuple[ArrangedTheme, ...] = ()
    cases: tuple[Case, ...] = ()
    informants: tuple[Informant, ...] = ()
    everyone: Mapping[str, Coder] = field(default_factory=dict)
    quoted: Mapping[str, Fragment] = field(default_factory=dict)
    sealed: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def people(self) -> dict[str, Coder]:
        """The coders whose codings count, by id."""
        return {coder.id: coder for coder in self.coders}


@dataclass(frozen=True, slots=True)
class Part:
    """A report: its title and its sections."""

    title: str
    sections: Sequence[Section]
    landscape: bool = True
    keywords: tuple[str, ...] = ()


def as_document(part: Part, material: Material, language: str) -> Document:
    """A report as a document; the name of the study stands in its title or below it."""
    return Document(
        title=part.title,
        subtitle=subtitle(material, with_title=part.title != material.title),
        blocks=part.sections,
        language=language,
        landscape=part.landscape,
        author=", ".join(coder.name for coder in material.coders),
        subject=material.title,
        keywords=part.keywords,
    )


def as_book(parts: Sequence[Part], material: Material) -> Part:
    """All reports in one, each a chapter, with a table of contents."""
    sections = [Section("contents", (Heading(_("Contents")), Contents()))]
    for part in parts:
        first, *rest = part.sections
        opening = (PageBreak(), Heading(part.title), *map(_lowered, first.blocks))
        sections.append(Section(first.key, opening))
        sections += [Section(section.key, tuple(map(_lowered, section.blocks))) for section in rest]
    return Part(material.title, sections)


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
