"""Write a document again into an earlier Word file: our sections are made anew, people's words stay.

What stands outside our sections is not touched. A section in which people changed something by
hand is left as it is, and named. Sections that the new document no longer has go away, unless
people changed them.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from qualcode.errors import InputError
from qualcode.i18n import _, speaking
from qualcode.reports.content import Document, Heading, Section, TableBlock
from qualcode.reports.writers.blocks import Progress
from qualcode.reports.writers.word import WordWriter, set_properties
from qualcode.reports.writers.word_page import open_word, save_word
from qualcode.reports.writers.word_xml import ends_with_table, read_name, text_mark


@dataclass(frozen=True, slots=True)
class Again:
    """What came of writing a document again: the titles of the sections left as people had made them."""

    left: tuple[str, ...] = ()


@dataclass(slots=True)
class _Old:
    """A section as it stands in the earlier file."""

    elements: list[Any]
    changed: bool


def holds_sections(path: Path) -> bool:
    """Whether there is a Word file at `path` in which sections of ours can be found again."""
    try:
        return bool(_sections(open_word(path)))
    except InputError:
        return False


def write_word_again(document: Document, old: Path, new: Path, progress: Progress) -> Again:
    """Write `document` into a copy of the Word file `old`, saved at `new`.

    Raises `InputError`, with the reason, if `old` is no Word file of this document.
    """
    word = open_word(old)
    found = _sections(word)
    keys = {block.key for block in document.blocks if isinstance(block, Section)} | {"title"}
    if not (keys & found.keys()) - {"title"}:
        raise InputError(
            _(
                "{path} is not an earlier version of this document, or its marks were lost in another program, "
                "so what people wrote in it cannot be kept. Choose another name, or write it afresh."
            ).format(path=old.name)
        )
    _tidy_properties(word)
    set_properties(word, document)
    with speaking(document.language):
        made = WordWriter(word, document, progress).write()
    _put(word, made, found)
    save_word(word, new)
    titles = _titles(document)
    changed = [(key, section) for key, section in found.items() if section.changed]
    return Again(tuple(titles.get(key) or _first_words(section) for key, section in changed))


def _tidy_properties(word: Any) -> None:
    """Let go of properties that stand in the file in a way that python-docx does not know, as LibreOffice's do.

    It would add its own under the same name, and the file would hold two.
    """
    relations = word.part.package.rels
    for key in [
        key
        for key, relation in relations.items()
        if not relation.is_external
        and str(relation.target_part.partname) == "/docProps/core.xml"
        and relation.reltype != RELATIONSHIP_TYPE.CORE_PROPERTIES
    ]:
        del relations[key]


def _sections(word: Any) -> dict[str, _Old]:
    """Our sections in the file, by key, in their order; those whose end was lost are not known any more.

    LibreOffice writes a bookmark over several paragraphs as several of one name, of which only
    the last has its end: a section runs from the first beginning of its name to the last end.
    """
    main = word.element.body
    body = list(main)
    place = {id(element): n for n, element in enumerate(body)}
    ends = {end.get(qn("w:id")): place[id(_top(end, main))] for end in main.iter(qn("w:bookmarkEnd"))}
    ranges: dict[str, tuple[int, int | None]] = {}
    for start in main.iter(qn("w:bookmarkStart")):
        name = start.get(qn("w:name"), "")
        if read_name(name):
            first = ranges[name][0] if name in ranges else place[id(_top(start, main))]
            known = [
                at
                for at in (ranges.get(name, (0, None))[1], ends.get(start.get(qn("w:id"))))
                if at is not None
            ]
            ranges[name] = (first, max(known, default=None))
    found: dict[str, _Old] = {}
    for name, (first, last) in ranges.items():
        named = read_name(name)
        if named and last is not None and last >= first and named[0] not in found:
            elements = body[first : last + 1]
            found[named[0]] = _Old(elements, text_mark(elements) != named[1])
    return found


def _top(element: Any, body: Any) -> Any:
    """The child of the body in which an element stands."""
    while element.getparent() is not body:
        element = element.getparent()
    return element


def _put(word: Any, made: dict[str, list[Any]], found: dict[str, _Old]) -> None:
    """Put every new section in the place of the old one; those that were not there before the next that was."""
    keys = list(made)
    for n, key in enumerate(keys):
        old = found.get(key)
        if old is not None and old.changed:
            _drop(word, made[key])
        elif old is not None:
            _keep_last_words(old.elements)
            _move(word, made[key], old.elements[0])
            _drop(word, old.elements)
        else:
            # what people wrote behind the section before it belongs to that one
            following = next((found[later].elements[0] for later in keys[n + 1 :] if later in found), None)
            if following is not None:
                _move(word, made[key], following)
    for key, old in found.items():
        if key not in made and not old.changed:
            _keep_last_words(old.elements)
            _drop(word, old.elements)


def _move(word: Any, elements: list[Any], before: Any) -> None:
    for element in elements:
        word.element.body.remove(element)
        before.addprevious(element)


def _keep_last_words(elements: list[Any]) -> None:
    """What people wrote in the empty line behind a table becomes a paragraph of theirs."""
    if not ends_with_table(elements):
        return
    last = elements[-1]
    if any(node.tag in (qn("w:t"), qn("w:drawing")) for node in last.iter()):
        own = deepcopy(last)
        for name in ("w:bookmarkStart", "w:bookmarkEnd"):
            for mark in list(own.iter(qn(name))):
                mark.getparent().remove(mark)
        last.addnext(own)


def _drop(word: Any, elements: list[Any]) -> None:
    """Take elements out, with the pictures that only they show."""
    for element in elements:
        pictures = [blip.get(qn("r:embed")) for blip in element.iter(qn("a:blip"))]
        element.getparent().remove(element)
        for picture in pictures:
            if picture and not any(
                blip.get(qn("r:embed")) == picture for blip in word.element.body.iter(qn("a:blip"))
            ):
                word.part.drop_rel(picture)


def _first_words(section: _Old) -> str:
    return "".join(node.text or "" for node in section.elements[0].iter(qn("w:t")))


def _titles(document: Document) -> dict[str, str]:
    """What to call each section: its heading, else the caption of its table."""
    titles = {"title": document.title}
    for block in document.blocks:
        if isinstance(block, Section):
            named = [
                b.text if isinstance(b, Heading) else b.caption
                for b in block.blocks
                if isinstance(b, Heading | TableBlock)
            ]
            titles[block.key] = named[0] if named else block.key
    return titles
