"""Codes known by their names alone, each with the names above it: what flat lists and outlines hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from qualcode.errors import InputError
from qualcode.exchange.code_tree import in_order, lasting_id
from qualcode.exchange.codebook_draft import Draft
from qualcode.exchange.text_files import tidy
from qualcode.i18n import LANGUAGES, Bilingual, _
from qualcode.model import Code, Codebook
from qualcode.text.code_marks import free_slug

LONGEST_NAME = 200
"""Code points; a longer one is a sentence, and its file not a list of codes."""


@dataclass(frozen=True, slots=True)
class NamedCode:
    """A code on a line of a file: the names above it and its own, and its definition."""

    line: int
    names: tuple[str, ...]
    definition: str = ""


def in_one_language(text: str, language: str) -> Bilingual:
    """`text` as a text in `language` alone."""
    return Bilingual(*(text if language == known else "" for known in LANGUAGES))


def draft_of_names(named: Iterable[NamedCode], about: Codebook, where: str, language: str) -> Draft:
    """The codes as a tree, in a codebook named and described as `about`; all texts are in `language`.

    A name above a code that has no line of its own becomes a code too. Faults are listed in
    one `InputError`.
    """
    codes: dict[tuple[str, ...], Code] = {}
    given: set[tuple[str, ...]] = set()
    slugs: set[str] = set()
    problems: list[str] = []
    for code in named:
        names = tuple(" ".join(tidy(name).split()) for name in code.names)
        if fault := _fault(names, given):
            problems.append(_("line {line}: {what}").format(line=code.line, what=fault))
            continue
        given.add(names)
        for depth in range(1, len(names) + 1):
            if names[:depth] not in codes:
                above = codes.get(names[: depth - 1])
                made = _code(names[depth - 1], above, about.name, slugs, language)
                codes[names[:depth]] = replace(made, position=len(codes))
        definition = in_one_language(tidy(code.definition), language)
        codes[names] = replace(codes[names], definition=definition)
    if problems:
        raise InputError(_("{file} cannot be used as a codebook:").format(file=where), problems)
    fields = frozenset((f"name_{language}", f"definition_{language}", "parent"))
    return Draft(replace(about, codes=tuple(codes.values())), fields)


def _fault(names: tuple[str, ...], given: set[tuple[str, ...]]) -> str:
    if not all(names):
        return _("the name of a code is missing")
    if any(len(name) > LONGEST_NAME for name in names):
        return _("this is too long for the name of a code (at most {n} signs)").format(n=LONGEST_NAME)
    if names in given:
        return _("the code {code} stands there twice").format(code=names[-1])
    return ""


def _code(name: str, above: Code | None, book: str, slugs: set[str], language: str) -> Code:
    slug = free_slug(name, slugs)
    slugs.add(slug)
    parent_id = above.id if above else None
    made = lasting_id("code", book, slug)
    return Code(id=made, slug=slug, name=in_one_language(name, language), parent_id=parent_id)


def dotted_paths(codebook: Codebook, language: str) -> Iterator[tuple[str, Code]]:
    """Each code with the names from the top down to its own, joined by dots, each path once.

    A dot within a name becomes a raised dot; a second code of the same path gets its slug behind it.
    """
    path: list[str] = []
    seen: set[str] = set()
    for level, code in in_order(codebook.codes):
        name = code.name.in_language(language).replace(".", "·")
        if ".".join([*path[:level], name]) in seen:
            name = f"{name} ({code.slug})"
        path[level:] = [name]
        seen.add(".".join(path))
        yield ".".join(path), code
