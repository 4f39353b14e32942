"""Codebooks as REFI-QDA .qdc (REFI-QDA 1.5, 2019, section 5.2; namespace codebook:1.0).

A Code of that format has a name, a colour and one description. What more we know stands in
the description under words that people understand, and is taken from there when it comes back.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from qualcode.errors import InputError, QualcodeError
from qualcode.exchange.codebooks.draft import (
    ALL_FIELDS,
    TEXTS,
    CodebookDraft,
    NamedCode,
    draft_of_names,
    in_order,
    lasting_id,
)
from qualcode.files.text import tidy
from qualcode.files.zipped import Element, first_child, local, parse_xml
from qualcode.i18n import Bilingual, _
from qualcode.model import Code, Codebook
from qualcode.text.code_marks import colour_fault, free_slug, mnemonic_fault
from qualcode.text.normal import printable

_NAMESPACE = "urn:QDA-XML:codebook:1.0"
_SCHEMA = "http://schema.qdasoftware.org/versions/Codebook/v1.0/Codebook.xsd"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_SHORT_COLOUR = re.compile("#([0-9A-Fa-f])([0-9A-Fa-f])([0-9A-Fa-f])")

_WORDS = {
    "name": Bilingual("Naam", "Name"),
    "definition": Bilingual("Omschrijving", "Definition"),
    "use": Bilingual("Wanneer wel", "When to use"),
    "not_use": Bilingual("Wanneer niet", "When not to use"),
    "example": Bilingual("Voorbeeld", "Example"),
}
"""The words before the parts of a description; a Dutch text has the Dutch word."""

_KEYS = {
    word: f"{field}_{tongue}"
    for field, pair in _WORDS.items()
    for tongue, word in (("nl", pair.nl), ("en", pair.en))
}
_KEYS |= {"Code": "slug", "Mnemonic": "mnemonic", "Source": "source"}
_PART = re.compile(rf"^({'|'.join(map(re.escape, _KEYS))}): ", re.MULTILINE)
_GUARD = "\u2060"  # word joiner before a line of a text that would else read as a part
_GUARDED = re.compile(f"^{_GUARD}(?={_PART.pattern[1:]})", re.MULTILINE)


def draft_of_qdc(data: bytes, about: Codebook, where: str, language: str) -> CodebookDraft:
    """The codes of a .qdc of any program; names and descriptions not made by us are in `language`.

    Ids of codes are kept where the file has them. Taguette's flat names are split at their dots.
    """
    root = parse_xml(data, where)
    listed = next((element for element in root.iter() if local(element) == "Codes"), None)
    elements = [] if listed is None else list(walk(listed))
    if not elements:
        raise InputError(_("{file} holds no codes.").format(file=where))
    if root.get("origin", "").casefold().startswith("taguette"):
        return draft_of_names(_dotted(elements), about, where, language)
    return CodeReader(about.name, where, language).draft(elements, about)


def walk(listed: Element) -> Iterator[tuple[Element, Element | None]]:
    """Each Code with the Code above it, in the order of the file."""
    waiting = [(element, None) for element in reversed(listed) if local(element) == "Code"]
    while waiting:
        element, above = waiting.pop()
        yield element, above
        waiting.extend((below, element) for below in reversed(element) if local(below) == "Code")


def description_of(element: Element) -> str:
    """The text of the Description of an element."""
    found = first_child(element, "Description")
    return "" if found is None else tidy("".join(found.itertext()))


def _dotted(elements: list[tuple[Element, Element | None]]) -> Iterator[NamedCode]:
    for element, _above in elements:
        yield NamedCode(
            element.sourceline or 1, tuple(element.get("name", "").split(".")), description_of(element)
        )


class CodeReader:
    """Makes codes of Code elements."""

    def __init__(self, book: str, where: str, language: str) -> None:
        self._book, self._where, self._language = book, where, language
        self._slugs: set[str] = set()
        self._mnemonics: set[str] = set()
        self._ids: set[str] = set()
        self._ours = False

    def draft(self, elements: list[tuple[Element, Element | None]], about: Codebook) -> CodebookDraft:
        problems = [
            _("line {line}: {what}").format(line=element.sourceline, what=_("a code without a name"))
            for element, _above in elements
            if not element.get("name", "").strip()
        ]
        codes = self.codes(elements)
        if problems:
            raise InputError(_("{file} cannot be used as a codebook:").format(file=self._where), problems)
        held = {f"name_{self._language}", f"definition_{self._language}", "parent", "colour"}
        fields = ALL_FIELDS - {"book"} if self._ours else frozenset(held)
        return CodebookDraft(replace(about, codes=tuple(codes.values())), fields)

    def codes(self, elements: list[tuple[Element, Element | None]]) -> dict[Element, Code]:
        """The code of each element, each under the one above it."""
        codes: dict[Element, Code] = {}
        for element, above in elements:
            parent_id = codes[above].id if above is not None else None
            codes[element] = replace(self._code(element), parent_id=parent_id, position=len(codes))
        return codes

    def _code(self, element: Element) -> Code:
        name = " ".join(tidy(element.get("name", "")).split())
        said = _parts(description_of(element), self._language)
        self._ours |= "slug" in said
        slug = free_slug(name, self._slugs) if said.get("slug", "") in {"", *self._slugs} else said["slug"]
        self._slugs.add(slug)
        texts: dict[str, Any] = {
            field: Bilingual(said.get(f"{field}_nl", ""), said.get(f"{field}_en", "")) for field in TEXTS
        }
        ours = (texts["name"].nl, texts["name"].en)
        if name not in (*ours, *(qualified(own, slug) for own in ours)):  # not ours, or renamed elsewhere
            texts["name"] = replace(texts["name"], **{self._language: name})
        return Code(
            id=self._id(element.get("guid", ""), slug),
            slug=slug,
            **texts,
            mnemonic=self._mnemonic(said.get("mnemonic", "")),
            colour=_colour(element.get("color", "")),
            source=said.get("source", ""),
            retired="slug" in said and element.get("isCodable") == "false",
        )

    def _id(self, guid: str, slug: str) -> str:
        """The guid of the file in lower case, or one made from the slug where it has none of its own."""
        try:
            made = str(uuid.UUID(guid.strip()))
        except ValueError:
            made = ""
        made = made if made and made not in self._ids else lasting_id("code", self._book, slug)
        self._ids.add(made)
        return made

    def _mnemonic(self, mnemonic: str) -> str:
        if mnemonic_fault(mnemonic) or mnemonic.casefold() in self._mnemonics:
            return ""
        self._mnemonics.add(mnemonic.casefold())
        return mnemonic


def _parts(description: str, language: str) -> dict[str, str]:
    """The parts of a description by field; one without our words is a definition."""
    found = list(_PART.finditer(description))
    ends = [*(match.start() for match in found[1:]), len(description)][: len(found)]
    said = {
        _KEYS[match[1]]: tidy(_GUARDED.sub("", description[match.end() : end]))
        for match, end in zip(found, ends, strict=True)
    }
    before = tidy(description[: found[0].start()] if found else description)
    return {f"definition_{language}": before, **said} if before else said


def _colour(text: str) -> str:
    colour = _SHORT_COLOUR.sub(r"#\1\1\2\2\3\3", text.strip()) if len(text.strip()) == 4 else text.strip()
    return "" if colour_fault(colour) else colour.upper()


def qdc_bytes(codebook: Codebook, language: str) -> bytes:
    """The codebook as .qdc, valid by the schema; names in `language`, the rest in the description.

    The format cannot hold a codebook without codes: `QualcodeError`.
    """
    from lxml import etree

    if not codebook.codes:
        raise QualcodeError(_("A codebook without codes cannot be written as .qdc. Add a code first."))
    root = etree.Element(f"{{{_NAMESPACE}}}CodeBook", nsmap={None: _NAMESPACE, "xsi": _INSTANCE})
    root.set(f"{{{_INSTANCE}}}schemaLocation", f"{_NAMESPACE} {_SCHEMA}")
    root.set("origin", "qualcode")
    above = [etree.SubElement(root, f"{{{_NAMESPACE}}}Codes")]
    for level, code in in_order(codebook.codes):
        element = etree.SubElement(above[level], f"{{{_NAMESPACE}}}Code")
        element.set("guid", guid_of(code.id))
        element.set("name", printable(code.name.in_language(language)))
        element.set("isCodable", "false" if code.retired else "true")
        if code.colour:
            element.set("color", code.colour)
        etree.SubElement(element, f"{{{_NAMESPACE}}}Description").text = printable(described(code))
        above[level + 1 :] = [element]
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def described(code: Code) -> str:
    """What we know of a code beside its name and colour, as a description people can read."""
    parts = [
        (getattr(pair, tongue), getattr(getattr(code, field), tongue))
        for tongue in ("nl", "en")
        for field, pair in _WORDS.items()
    ]
    parts += [("Source", code.source), ("Mnemonic", code.mnemonic), ("Code", code.slug)]
    return "\n".join(f"{word}: {_PART.sub(_guard, text)}" for word, text in parts if text)


def _guard(match: re.Match[str]) -> str:
    return _GUARD + match[0]


def qualified(name: str, slug: str) -> str:
    """The name of a code where another code has the same name."""
    return f"{name} ({slug})"


def guid_of(code_id: str) -> str:
    """An id as a GUID: as it is if it is one, else one that is always the same."""
    try:
        return str(uuid.UUID(code_id))
    except ValueError:
        return lasting_id("guid", "", code_id)
