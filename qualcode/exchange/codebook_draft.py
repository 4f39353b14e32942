"""A codebook as a file gives it, before it is made whole: not every kind of file holds everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from qualcode.exchange.code_tree import in_order
from qualcode.i18n import LANGUAGES, Bilingual
from qualcode.model import Code, Codebook
from qualcode.text.code_marks import free_colour, free_mnemonic, free_slug

TEXTS = ("name", "definition", "use", "not_use", "example")
ALL_FIELDS = frozenset(
    [f"{text}_{language}" for text in TEXTS for language in LANGUAGES]
    + ["slug", "parent", "mnemonic", "colour", "source", "retired", "book"]
)


@dataclass(frozen=True, slots=True)
class Draft:
    """Codes from a file, and what the file could say about them.

    `fields` holds those of `ALL_FIELDS` that this file has a place for: fields of `Code`,
    texts by language ("use_nl"); "book" stands for name, title, description and source of
    the whole. Marks may still be empty.
    """

    book: Codebook
    fields: frozenset[str] = ALL_FIELDS


def finished(draft: Draft, like: Codebook | None = None) -> Codebook:
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


def _fitted(draft: Draft, like: Codebook) -> Codebook:
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


def _counterparts(draft: Draft, codes: Iterable[Code]) -> dict[str, Code]:
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
