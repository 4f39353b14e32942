"""What people mark in a Word document: comments and highlights, each with its place in the words.

Reads what Word, Word online and LibreOffice write. Words are those that stand once tracked
changes are accepted. Positions are code points of `MarkedText.text`: paragraphs joined by LF.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from pathlib import Path

from qualcode.errors import InputError
from qualcode.exchange.word.walk import Walker
from qualcode.files.zipped import (
    Archive,
    Element,
    attribute,
    first_child,
    local,
    main_part,
    value_of,
)
from qualcode.i18n import _
from qualcode.text.spans import Span

LABEL_STYLE = "qualcode label"
NOTE_STYLE = "qualcode note"
LEGEND_STYLE = "qualcode legend"
"""Names of the styles in our own documents of words that are not the interview's."""

_KINDS = {LABEL_STYLE: "label", NOTE_STYLE: "note", LEGEND_STYLE: "legend"}


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment and its words; `span` is `None` if it stands nowhere in the text.

    `answers` is the id of the comment that it is a reply to. An empty span stands at a point.
    """

    id: str
    author: str
    text: str
    span: Span | None
    date: str = ""
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words under one colour (see `word_colours.colour_key`)."""

    span: Span
    colour: str


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The words of a document and the marks on them.

    `legend` holds the words beside each colour of a legend in the document, `numbers` the code
    words by number. `notices` say what was left out.
    """

    text: str
    comments: tuple[Comment, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    legend: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


def read_marks(path: Path) -> MarkedText:
    """The words and marks of a .docx; `InputError` if it is none, damaged, or hostile."""
    with Archive(path) as archive:
        main = main_part(archive)
        if not main:
            raise InputError(_("{file} is not a Word document (.docx).").format(file=archive.where))
        folder = posixpath.dirname(main)
        walker = Walker(_styles(archive, f"{folder}/styles.xml"))
        body = first_child(archive.xml(main), "body")
        if body is None:
            raise InputError(_("{file} holds no text.").format(file=path.name))
        walker.walk(body)
        comments = _comments(archive, folder, walker)
    return MarkedText(
        walker.text,
        tuple(comments),
        tuple(Highlight(span, colour) for span, colour in walker.highlights()),
        walker.legend,
        walker.numbers,
        tuple(walker.notices()),
    )


def _styles(archive: Archive, name: str) -> dict[str, str]:
    """For the id of each of our own styles what its words are; programs may change the ids."""
    if name not in archive.names:
        return {}
    found = {}
    for style in archive.xml(name):
        called = value_of(style, "name")
        kind = _KINDS.get(" ".join(called.casefold().split()))
        if kind:
            found[attribute(style, "styleId")] = kind
    return found


def _comments(archive: Archive, folder: str, walker: Walker) -> list[Comment]:
    name = next((n for n in archive.names if n.casefold() == f"{folder}/comments.xml"), None)
    if name is None:
        return []
    answers = _answers(archive, folder)
    found: list[Comment] = []
    ids: dict[str, str] = {}
    for element in archive.xml(name):
        if local(element) != "comment":
            continue
        paragraphs = [child for child in element.iter() if local(child) == "p"]
        paragraph_ids = [attribute(p, "paraId") for p in paragraphs]
        comment_id = attribute(element, "id")
        ids |= {paragraph_id: comment_id for paragraph_id in paragraph_ids if paragraph_id}
        found.append(
            Comment(
                comment_id,
                " ".join(attribute(element, "author").split()),
                _words(paragraphs),
                walker.span_of(comment_id),
                attribute(element, "date"),
                answers.get(paragraph_ids[-1], "") if paragraph_ids else "",
            )
        )
    return [_resolved(comment, ids) for comment in found]


def _resolved(comment: Comment, ids: dict[str, str]) -> Comment:
    """The comment with the id of the one it answers in place of that one's paragraph."""
    return Comment(
        comment.id, comment.author, comment.text, comment.span, comment.date, ids.get(comment.answers, "")
    )


def _answers(archive: Archive, folder: str) -> dict[str, str]:
    """For the last paragraph of each reply a paragraph of the comment that it answers."""
    name = f"{folder}/commentsExtended.xml"
    if name not in archive.names:
        return {}
    return {
        attribute(element, "paraId"): attribute(element, "paraIdParent")
        for element in archive.xml(name)
        if attribute(element, "paraIdParent")
    }


def _words(paragraphs: list[Element]) -> str:
    lines = []
    for paragraph in paragraphs:
        inner = Walker({})
        inner.walk_words(paragraph)
        lines.append(inner.text.strip())
    return "\n".join(lines).strip()
