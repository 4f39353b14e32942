"""A codebook as a file gives it, before it is made whole: not every kind of file holds everything."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from qualcode.errors import InputError
from qualcode.files.text import tidy
from qualcode.i18n import LANGUAGES, Bilingual, _
from qualcode.model import DEEPEST, Code, Codebook
from qualcode.text.code_marks import free_colour, free_mnemonic, free_slug

_NAMESPACE = uuid.UUID("6f2d9f0e-41a5-5c0b-9a3e-7d1c52b8e4f6")


def lasting_id(kind: str, book: str, slug: str) -> str:
    """The id of a code or criterion that comes from a file.

    A UUIDv5 of kind ("code" or "criterion"), name of the file's content and slug, so that
    two laptops that load the same file give the same thing the same id.
    """
    return str(uuid.uuid5(_NAMESPACE, f"{kind}/{book}/{slug}"))


def in_order(codes: Iterable[Code]) -> Iterator[tuple[int, Code]]:
    """Every code with its level (0 at the top), each before the codes under it, by position.

    A code whose parent is not among `codes` stands at the top. Codes that are each other's
    parent are a `ValueError`; more than `DEEPEST` levels an `InputError`.
    """
    book = sorted(codes, key=lambda code: (code.position, code.slug))
    known = {code.id for code in book}
    under: dict[str | None, list[Code]] = defaultdict(list)
    for code in book:
        under[code.parent_id if code.parent_id in known else None].append(code)
    waiting = [(0, code) for code in reversed(under[None])]
    seen = 0
    while waiting:
        level, code = waiting.pop()
        if level >= DEEPEST:
            raise InputError(
                _("The code {code} lies deeper than {n} levels. Move it up in the tree.").format(
                    code=code.slug, n=DEEPEST
                )
            )
        seen += 1
        yield level, code
        waiting.extend((level + 1, child) for child in reversed(under[code.id]))
    if seen < len(book):
        raise ValueError("codes that are each other's parent")


TEXTS = ("name", "definition", "use", "not_use", "example")
ALL_FIELDS = frozenset(
    [f"{text}_{language}" for text in TEXTS for language in LANGUAGES]
    + ["slug", "parent", "mnemonic", "colour", "source", "retired", "book"]
)


@dataclass(frozen=True, slots=True)
class CodebookDraft:
    """Codes from a file, and what the file could say about them.

    `fields` holds those of `ALL_FIELDS` that this file has a place for: fields of `Code`,
    texts by language ("use_nl"); "book" stands for name, title, description and source of
    the whole. Marks may still be empty.
    """

    book: Codebook
    fields: frozenset[str] = ALL_FIELDS


def finished(draft: CodebookDraft, like: Codebook | None = None) -> Codebook:
    """The whole codebook: marks filled in, positions counted from 0 in the order of the tree.

    With `like`, the codebook it is to be compared with or to replace, a code that is found
    there by id, by slug, or (in files without slugs) by name keeps that code's id and
    everything that the file has no place for; marks left open stay as they were.
    """
    book = draft.book if like is None else _fitted(draft, like)
    ordered = [replace(code, position=n) for n, (_level, code) in enumerate(in_order(book.codes))]
    return replace(book, codes=with_marks(ordered))


def with_marks(codes: Iterable[Code]) -> tuple[Code, ...]:
    """The codes, each with a mnemonic of its own and a colour; what they have stays as it is."""
    codes = list(codes)
    mnemonics = {code.mnemonic.casefold() for code in codes}
    colours = [code.colour for code in codes if code.colour]
    marked = []
    for code in codes:
        mnemonic = code.mnemonic or free_mnemonic(code.name.in_language("nl"), mnemonics)
        colour = code.colour or free_colour(colours)
        if not code.colour:
            colours.append(colour)
        mnemonics.add(mnemonic.casefold())
        marked.append(replace(code, mnemonic=mnemonic, colour=colour))
    return tuple(marked)


def _fitted(draft: CodebookDraft, like: Codebook) -> Codebook:
    """The draft with what `like` knows and the file does not say."""
    found = _counterparts(draft, like.codes)
    ids = {code.id: found[code.id].id if code.id in found else code.id for code in draft.book.codes}
    given = {code.mnemonic.casefold() for code in draft.book.codes}
    taken = {old.slug for old in found.values()}
    codes = []
    for code in draft.book.codes:
        old = found.get(code.id)
        fitted = code if old is None else _joined(code, old, draft.fields, given)
        if old is None and "slug" not in draft.fields:
            fitted = replace(code, slug=free_slug(code.slug, taken))
        if old is None or "parent" in draft.fields:
            fitted = replace(fitted, parent_id=ids.get(code.parent_id or ""))
        taken.add(fitted.slug)
        codes.append(fitted)
    return replace(draft.book if "book" in draft.fields else like, codes=tuple(codes))


def _counterparts(draft: CodebookDraft, codes: Iterable[Code]) -> dict[str, Code]:
    """For the id of each code of the draft the code that it is, as far as there is one; each once."""
    left = {code.id: code for code in codes}
    found: dict[str, Code] = {}
    keys: list[Callable[[Code], str]] = [lambda code: code.id, lambda code: code.slug]
    if "slug" not in draft.fields:
        language = _languages("name", draft.fields)[0]
        keys.insert(1, lambda code: code.name.in_language(language).casefold())
    for key in keys:
        known = {key(code): code for code in reversed(left.values())}
        for code in draft.book.codes:
            old = known.get(key(code))
            if code.id not in found and old is not None and old.id in left:
                found[code.id] = left.pop(old.id)
    return found


def _joined(code: Code, old: Code, fields: frozenset[str], given: set[str]) -> Code:
    """`old` with what the file says of it; an empty mark says nothing."""
    said: dict[str, Any] = {
        field: getattr(code, field) for field in ("slug", "source", "retired") if field in fields
    }
    for field in TEXTS:
        said[field] = _said(getattr(code, field), getattr(old, field), _languages(field, fields))
    mnemonic = code.mnemonic or ("" if old.mnemonic.casefold() in given else old.mnemonic)
    colour = code.colour or old.colour
    return replace(old, **said, mnemonic=mnemonic, colour=colour, position=code.position)


def _languages(text: str, fields: frozenset[str]) -> list[str]:
    """The languages in which the file holds this text."""
    return [language for language in LANGUAGES if f"{text}_{language}" in fields]


def _said(new: Bilingual, old: Bilingual, languages: list[str]) -> Bilingual:
    """`old` with the languages that the file holds taken from `new`."""
    if len(languages) == 1 and _same_words(new.in_language(*languages), old.in_language(*languages)):
        return old  # such a file shows the text in its language or else in the other, perhaps on one line
    return replace(old, **{language: getattr(new, language) for language in languages})


def _same_words(one: str, other: str) -> bool:
    return one.split() == other.split()


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


def draft_of_names(named: Iterable[NamedCode], about: Codebook, where: str, language: str) -> CodebookDraft:
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
    return CodebookDraft(replace(about, codes=tuple(codes.values())), fields)


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
