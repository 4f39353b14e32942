"""What readers said in a Word document of ours: comments, and changes they tracked, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from docx.oxml.ns import qn

from qualcode.files.zipped import local
from qualcode.reports.writers.word_words import is_own
from qualcode.text.words import short

_HEADINGS = ("heading", "kop", "title", "titel", "caption", "bijschrift")


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment (`words`), or a change: `before` would become `after`.

    `at` are the words it hangs on, `line` the paragraph as we wrote it, `label` the first cell of its row and
    `heading` what stands above it.
    """

    author: str
    words: str = ""
    before: str = ""
    after: str = ""
    at: str = ""
    line: str = ""
    label: str = ""
    heading: str = ""


def remarks_of(word: Any) -> list[Remark]:
    """The remarks in a document, in the order of their places; our own marks are none."""
    said = {str(each.comment_id): each for each in word.comments}
    names = {style.style_id: (style.name or "").casefold() for style in word.styles}
    found: list[Remark] = []
    open_: dict[str, tuple[Remark, list[str]]] = {}
    heading = ""
    for paragraph in word.element.body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        line = _written(paragraph)
        if names.get("" if style is None else style.get(qn("w:val")), "").startswith(_HEADINGS) and line:
            heading = line
        about = Remark("", line=line, label=_label(paragraph), heading=heading)
        for node in paragraph.iter():
            name, key = local(node), node.get(qn("w:id"))
            if name == "commentRangeStart" and key in said:
                comment = said[key]
                open_[key] = (replace(about, author=comment.author or "", words=comment.text.strip()), [])
            elif name == "t" and not _within(node, "del"):
                for _remark, words in open_.values():
                    words.append(node.text or "")
            elif name == "commentRangeEnd" and key in open_:
                remark, words = open_.pop(key)
                found.append(replace(remark, at="".join(words).strip()))
        found += _changes(paragraph, about)
    return [each for each in found if each.words or each.before.strip() or each.after.strip()]


def _changes(paragraph: Any, about: Remark) -> Iterator[Remark]:
    """What was deleted and what was put in right beside it, by the same person, is one change."""
    waiting: Remark | None = None
    last: Any = None
    for node in paragraph.iter(qn("w:ins"), qn("w:del")):
        words = "".join(t.text or "" for t in node.iter(qn("w:t"), qn("w:delText")))
        if is_own(node) or not words:
            continue
        author = " ".join((node.get(qn("w:author")) or "").split())
        beside = last is not None and last.getnext() is node
        if waiting is None or not beside or waiting.author != author:
            if waiting is not None:
                yield waiting
            waiting = replace(about, author=author)
        if local(node) == "del":
            waiting = replace(waiting, before=waiting.before + words)
        else:
            waiting = replace(waiting, after=waiting.after + words)
        last = node
    if waiting is not None:
        yield waiting


def _written(paragraph: Any) -> str:
    """The words of a paragraph without what people inserted, and with what they deleted."""
    texts = paragraph.iter(qn("w:t"), qn("w:delText"))
    return "".join(each.text or "" for each in texts if not _within(each, "ins")).strip()


def _within(node: Any, name: str) -> bool:
    return any(local(above) == name for above in node.iterancestors())


def _label(paragraph: Any) -> str:
    row = next(paragraph.iterancestors(qn("w:tr")), None)
    if row is None:
        return ""
    first = next(row.iter(qn("w:tc")), None)
    lines = [] if first is None else [_written(each) for each in first.iter(qn("w:p"))]
    return short(next(filter(None, lines), ""), 200)
