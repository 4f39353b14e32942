"""What people mark in a Word document: comments and highlights, each with its place in the words.

Reads what Word, Word online and LibreOffice write. Words are those that stand once tracked
changes are accepted. Positions are code points of `MarkedText.text`: paragraphs joined by LF.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from qualcode.errors import InputError
from qualcode.exchange.word_colours import colour_behind, colour_key, is_marker
from qualcode.files.zipped import (
    Archive,
    Element,
    ShownFields,
    attribute,
    children,
    first_child,
    local,
    main_part,
    value_of,
)
from qualcode.i18n import _, ngettext
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


class Highlight(NamedTuple):
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
        tuple(walker.highlights()),
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
    # what a comment answers is known by its paragraph until all are read
    return [replace(comment, answers=ids.get(comment.answers, "")) for comment in found]


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
        inner.inline(paragraph)
        lines.append(inner.text.strip())
    return "\n".join(lines).strip()


_LEFT_OUT = frozenset(
    [
        "del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback", "rt", "rPr", "tblPr", "tblGrid",
        "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr", "annotationRef", "footnoteRef", "endnoteRef", "separator",
        "continuationSeparator", "proofErr", "txbxContent",
    ]
)  # fmt: skip
_FIXED = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_INVISIBLE = str.maketrans("", "", "\ufeff\u00ad")
_EDGES = ("commentRangeStart", "commentRangeEnd", "commentReference")
_LEGEND_LINE = re.compile(r"(?P<colour>[\w ]{3,20}|#[0-9A-Fa-f]{6})\s*[=:]\s*(?P<code>\S.{0,80})")


class Walker:
    """Takes words in; `styles` tells which of our own styles mark labels, notes and the legend."""

    def __init__(self, styles: Mapping[str, str]) -> None:
        self._styles = styles
        self._pieces: list[str] = []
        self._length = 0
        self._starts: dict[str, int] = {}
        self._ends: dict[str, int] = {}
        self._points: dict[str, int] = {}
        self._colours: list[tuple[Span, str, bool]] = []
        self._ours = False
        self._broken = True
        self._fields = ShownFields()
        self._aside: list[str] | None = None
        self._aside_colours: list[str] = []
        self._left_out: dict[str, int] = {}
        self.legend: dict[str, str] = {}
        self.numbers: dict[str, str] = {}

    @property
    def text(self) -> str:
        """The words so far; each paragraph ends in LF."""
        return "".join(self._pieces)

    def walk(self, container: Element) -> None:
        """Take in paragraphs, tables and whatever holds them."""
        for child in container:
            name = local(child)
            if name == "p":
                self._paragraph(child)
            elif not self._passed(name, child, self.walk) and name not in _LEFT_OUT and name != "pPr":
                self.walk(child)

    def _passed(self, name: str, element: Element, walk: Callable[[Element], None]) -> bool:
        """Take in what may stand anywhere, by `walk` within; whether it was that."""
        if name in _EDGES:
            self._edge(name, element)
        elif name == "AlternateContent":
            for choice in children(element, "Choice"):
                walk(choice)
        return name in _EDGES or name == "AlternateContent"

    def span_of(self, comment: str) -> Span | None:
        """The place of a comment; `None` if it has none."""
        places = [self._starts.get(comment), self._ends.get(comment)]
        known = [place for place in places if place is not None]
        if len(known) < 2 and comment in self._points:
            known.append(self._points[comment])
        return Span(min(known), max(known)) if known else None

    def highlights(self) -> Iterator[Highlight]:
        """Words under one colour, without the shades that our own documents give to codings.

        In a document with our legend a shade counts only if it is exactly the colour of a marker.
        """
        text = self.text
        for span, colour, shade in self._colours:
            if shade and self._ours and not is_marker(colour):
                continue
            key = colour_key(colour)
            if key and span.of(text).strip():
                yield Highlight(span, key)

    def notices(self) -> Iterator[str]:
        """What was left out of the words, in sentences."""
        deleted = self._left_out.get("del", 0) + self._left_out.get("moveFrom", 0)
        if deleted:
            yield ngettext(
                "{n} tracked deletion was taken as done.",
                "{n} tracked deletions were taken as done.",
                deleted,
            ).format(n=deleted)
        if self._left_out.get("txbxContent"):
            yield _("Words in text boxes were left out.")

    def _paragraph(self, paragraph: Element) -> None:
        properties = first_child(paragraph, "pPr")
        kind = self._styles.get(value_of(properties, "pStyle"), "")
        if kind in ("note", "legend"):
            self._beside(paragraph, kind)
            return
        begin = self._length
        self.inline(paragraph)
        self._fields = ShownFields()
        self._typed_legend(self._since(begin))
        if not _mark_deleted(properties):
            self._add("\n")

    def _since(self, begin: int) -> str:
        """The words from position `begin` on."""
        found: list[str] = []
        missing = self._length - begin
        for piece in reversed(self._pieces):
            if missing <= 0:
                break
            found.append(piece[-missing:] if len(piece) > missing else piece)
            missing -= len(piece)
        return "".join(reversed(found))

    def _typed_legend(self, line: str) -> None:
        """A line such as "geel = tijd", typed by somebody, is a legend too."""
        found = _LEGEND_LINE.fullmatch(line.strip())
        if found and (key := colour_key(found["colour"])):
            self.legend.setdefault(key, found["code"].strip())

    def _beside(self, paragraph: Element, kind: str) -> None:
        """A paragraph of our own that is not the interview's: the legend is kept, a note is not."""
        self._aside, self._aside_colours = [], []
        self.inline(paragraph)
        words, self._aside = "".join(self._aside), None
        if kind == "legend":
            self._ours = True
            number, _letters, name, *_marker = [*(part.strip() for part in words.split("\t")), "", "", ""]
            if number.isdigit() and name:
                self.numbers[number] = name
            for colour in self._aside_colours:
                self.legend.setdefault(colour, name)

    def inline(self, element: Element) -> None:
        """Take in the words of one paragraph, without a line end."""
        for child in element:
            name = local(child)
            if name == "r":
                self._run(child)
            elif self._passed(name, child, self.inline):
                continue
            elif name in _LEFT_OUT:
                self._note_left_out(child)
                self._edges_within(child)
            elif name != "pPr":
                self.inline(child)

    def _note_left_out(self, element: Element) -> None:
        name = local(element)
        if name in ("del", "moveFrom", "txbxContent"):
            self._left_out[name] = self._left_out.get(name, 0) + 1

    def _edges_within(self, element: Element) -> None:
        """A comment may begin or end within deleted words."""
        for inner in element.iter():
            if local(inner) in _EDGES:
                self._edge(local(inner), inner)

    def _run(self, run: Element) -> None:
        properties = first_child(run, "rPr")
        label = self._styles.get(value_of(properties, "rStyle"), "") == "label"
        colour, shade = colour_behind(properties)
        start = self._length
        for child in run:
            name = local(child)
            if name == "t":
                if self._fields.shown and not label:
                    self._add(unicodedata.normalize("NFC", (child.text or "").translate(_INVISIBLE)))
            elif name in _FIXED:
                if self._fields.shown and not label:
                    self._add(_FIXED[name])
            elif name == "fldChar":
                self._fields.pass_by(child)
            elif name in _EDGES:
                self._edge(name, child)
            elif name == "AlternateContent":
                self.inline(run)
            elif name in ("del", "moveFrom", "txbxContent"):
                self._note_left_out(child)
        if self._aside is not None:
            self._aside_run(colour, shade)
        elif label:
            self._broken = self._broken or not self._continues(colour)
        elif self._length > start:
            self._colour_words(Span(start, self._length), colour, shade)

    def _aside_run(self, colour: str, shade: bool) -> None:
        if colour and not shade and (key := colour_key(colour)):
            self._aside_colours.append(key)

    def _colour_words(self, span: Span, colour: str, shade: bool) -> None:
        if not colour:
            self._broken = True
            return
        if self._continues(colour):
            last = self._colours[-1]
            self._colours[-1] = (Span(last[0].start, span.end), colour, shade)
        else:
            self._colours.append((span, colour, shade))
        self._broken = False

    def _continues(self, colour: str) -> bool:
        return bool(not self._broken and self._colours and self._colours[-1][1] == colour)

    def _edge(self, name: str, element: Element) -> None:
        comment = attribute(element, "id")
        places = {"commentRangeStart": self._starts, "commentRangeEnd": self._ends}.get(name, self._points)
        places.setdefault(comment, self._length)

    def _add(self, words: str) -> None:
        if self._aside is not None:
            self._aside.append(words)
        else:
            self._pieces.append(words)
            self._length += len(words)


def _mark_deleted(properties: Element | None) -> bool:
    """Whether the end of the paragraph was deleted, so that it goes on in the next."""
    mark = first_child(properties, "rPr")
    return mark is not None and any(local(change) in ("del", "moveFrom") for change in mark)
