"""What reports are made of: the nouns of a project, gathered once, and the sections a document has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from qualcode.analysis.facts import Fact
from qualcode.analysis.themes import ArrangedTheme, Fragment
from qualcode.i18n import _, date, ngettext
from qualcode.model import Case, Code, Coder, CoderKind, Coding, Informant, Transcript, now
from qualcode.reports.content import Contents, Document, Heading, Plain, Section

Naming = Literal["full", "short", "role", "sentence"]


@dataclass(frozen=True, slots=True)
class DocumentOptions:
    """How a document is made.

    `quotes` is how many per cell (0: all), first those somebody starred; `chosen`: only the
    starred ones. `by`: a theme's quotes lie beside each other per informant role, or below each
    other per case. `question`: the interviewer's words before a quote. `longest`: characters a
    quote may have. `naming`: an informant as "case 04, teacher, turn 12", as "04-teacher", as
    "teacher" without the case, or in a sentence, "teacher in case 04: …". `names`: with the names
    of the coders, else they go by what they are. `brief`: as a chapter of one document that holds
    all, so without what another chapter has.
    """

    language: str = "nl"
    names: bool = False
    brief: bool = False
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
    `sealed` names the interviews in which what others coded may not be seen yet; `named`: the coders
    go by their names. `headings` are the project's own for columns of the table of respondents; `facts` are those
    about interviews.
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
    named: bool = True
    headings: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()

    @property
    def people(self) -> dict[str, Coder]:
        """The coders whose codings count, by id: those who are told behind what they marked. None without names."""
        return {coder.id: coder for coder in self.coders} if self.named else {}


def for_readers(material: Material, *, names: bool) -> Material:
    """The material as people outside the pair read it: coders without their names, unless `names`.

    What was settled together is nobody's in any case.
    """
    called = {coder.id: coder for coder in as_called(list(material.everyone.values()), names=names)}
    coders = tuple(called.get(coder.id, coder) for coder in material.coders)
    return replace(material, coders=coders, everyone=called, named=names)


def as_called(coders: Sequence[Coder], *, names: bool) -> list[Coder]:
    """Coders under the names that a document gives them: their own, or what they are, numbered among several."""
    found = []
    for coder in coders:
        alike = [other.id for other in coders if other.kind is coder.kind]
        if coder.kind is CoderKind.CONSENSUS:
            found.append(replace(coder, name=_("settled together")))
        elif names:
            found.append(coder)
        else:
            number = f" {alike.index(coder.id) + 1}" if len(alike) > 1 else ""
            found.append(replace(coder, name=coder.kind.label + number))
    return found


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
        author=", ".join(coder.name for coder in material.people.values()) or "qualcode",
        subject=material.title,
        keywords=part.keywords,
    )


def as_book(parts: Sequence[Part], material: Material) -> Part:
    """All reports in one, each a chapter, with a table of contents."""
    sections = [Section("contents", (Heading(_("Contents")), Contents()))]
    for part in parts:  # one below the other, so that no page stays half empty
        first, *rest = part.sections
        opening = (Heading(part.title), *map(_lowered, first.blocks))
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
    if all(coder.kind is CoderKind.CONSENSUS for coder in material.coders):
        names = _("as settled together")
    parts = [f"{size}, {groups}", names, date(now())]
    if material.sealed:
        sealed = _("sealed, so what others coded there is left out: {names}")
        parts.append(sealed.format(names=", ".join(material.sealed)))
    return " · ".join([material.title, *parts] if with_title else parts)
