"""What Word counts by itself, set right in a document that was brought together from two: contents, numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from qualcode.reports.writers.word_styles import add_styles
from qualcode.reports.writers.word_words import Line
from qualcode.reports.writers.word_xml import W, bookmark_end, bookmark_start, contents_xml

_HEADING = re.compile(r"(?:heading|kop) ?([12])")
_SEQUENCE = re.compile(r"\s*SEQ\s+(\S+)")


def refresh_contents(word: Any, old: Sequence[Any]) -> None:
    """Make the contents, which are the elements `old`, anew if the headings are no longer those.

    Where people put something of theirs, they stay: Word renews them.
    """
    lines = [Line(each) for element in old for each in element.iter(qn("w:p"))]
    if any(line.is_theirs or next(line.paragraph.iter(qn("w:drawing")), None) is not None for line in lines):
        return
    names = {style.style_id: style.name.casefold() for style in word.styles}
    headings: list[tuple[int, Any, str]] = []
    for paragraph in word.element.body.iterchildren(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        level = _HEADING.fullmatch(names.get("" if style is None else style.get(qn("w:val")), ""))
        words = Line(paragraph).text.strip()
        if level and words and paragraph not in old and not _follows(paragraph, old):
            headings.append((int(level[1]), paragraph, words))
    told = ["".join(line.paragraph.itertext(qn("w:t"))) for line in lines]
    if [each.rstrip("0123456789 ") for each in told if each.strip()] == [
        words.rstrip("0123456789 ") for _level, _paragraph, words in headings
    ]:
        return
    entries = [(level, words, _bookmark(paragraph, word)) for level, paragraph, words in headings]
    for line in contents_xml(entries, add_styles(word)):
        old[0].addprevious(parse_xml(line))
    for element in old:
        element.getparent().remove(element)


def _follows(paragraph: Any, contents: Sequence[Any]) -> bool:
    """Whether it is the heading right above the contents, which is not in them."""
    return paragraph.getnext() is contents[0]


def _bookmark(heading: Any, word: Any) -> str:
    """The name by which a heading is found."""
    for start in heading.iter(qn("w:bookmarkStart")):
        if start.get(qn("w:name"), "").startswith("_Toc"):
            return str(start.get(qn("w:name")))
    numbers = [int(each.get(qn("w:id")) or 0) for each in word.element.body.iter(qn("w:bookmarkStart"))]
    number = max(numbers, default=0) + 1
    name = f"_Toc{990_000_000 + number}"
    for xml in (bookmark_start(number, name), bookmark_end(number)):
        heading.append(parse_xml(xml.replace(" ", f" {W} ", 1)))
    return name


def number_captions(word: Any) -> None:
    """Number tables and figures in the order in which they now stand, as Word does when it renews its fields."""
    counted: Counter[str] = Counter()
    for paragraph in word.element.body.iter(qn("w:p")):
        open_, shown = "", False
        for element in paragraph.iter(qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
            if element.tag == qn("w:fldSimple"):
                open_, shown = element.get(qn("w:instr")) or "", True
            elif element.tag == qn("w:instrText"):
                open_ += element.text or ""
            elif element.tag == qn("w:fldChar"):
                kind = element.get(qn("w:fldCharType"))
                shown = kind == "separate"
                open_ = open_ if shown else ""
            elif shown and (sequence := _SEQUENCE.match(open_)):
                counted[sequence[1]] += 1
                element.text = str(counted[sequence[1]])
                open_ = ""
