"""The words of a paragraph of Word as they are read, each with its place, and words put in that place.

Read is what stands there once all tracked changes are accepted, without what a program fills in by itself
(numbers of tables, pages). Whatever else a person put there (comments, footnotes, pictures, looks) stays where
it is: only the words change.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from functools import cached_property
from typing import Any, NamedTuple

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from qualcode.files.zipped import local
from qualcode.model import now
from qualcode.reports.writers.word_xml import W, words_xml
from qualcode.text.threeway import NUMBER, SIGN, WordsChange

AUTHOR = "qualcode"
"""In whose name stand the tracked changes that mark what is no longer true in words that a person changed."""

DATE = re.compile(r"\d{1,2} [^\W\d]+ \d{4}")
_WORD = re.compile(DATE.pattern + r"|[+-]?\d+(?:[.,:]\d+)*|[^\W\d]+|\s+|.", re.DOTALL)
_FIXED = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_DELETED = frozenset({"del", "moveFrom"})
_INSERTED = frozenset({"ins", "moveTo"})
_PASSED_OVER = _DELETED | {"pPr", "rPr", "fldSimple", "Fallback", "txbxContent", "drawing", "pict", "object"}
_COUNTED = re.compile(r"\s*(?:SEQ|PAGE|NUMPAGES|PAGEREF|TOC)\b")  # fields with what Word counts by itself
# what only people put into our documents
_THEIRS = frozenset(
    {
        *(
            "commentRangeStart",
            "commentRangeEnd",
            "commentReference",
            "footnoteReference",
            "endnoteReference",
        ),
        *("ins", "del", "moveFrom", "moveTo", "highlight", "object", "pict", "sdt", "sectPr", "u", "strike"),
        *("hyperlink", "AlternateContent", "oMath"),
    }
)

MARK_LETTERS = 6
Mark = Callable[[str], str]


def marker(key: bytes) -> Mark:
    """What makes of a word a mark that tells nothing without the key, but what kind it is of (blake2b, 24 bits)."""
    known: dict[str, str] = {}

    def mark(word: str) -> str:
        if word not in known:
            digest = hashlib.blake2b(word.encode(), key=key[:64], digest_size=MARK_LETTERS // 2).hexdigest()
            kind = (
                NUMBER
                if word[-1:].isdecimal() and not DATE.fullmatch(word)
                else "w"
                if word[-1:].isalpha()
                else SIGN
            )
            known[word] = kind + digest
        return known[word]

    return mark


class _Sign(NamedTuple):
    """A character, the element in which it stands, and where in its text."""

    sign: str
    element: Any
    at: int


class Line:
    """A paragraph as words. `picture` is what a picture alone on its line shows, if it is one."""

    def __init__(self, paragraph: Any, picture_of: Callable[[Any], str] = lambda _drawing: "") -> None:
        self.paragraph = paragraph
        self._texts = list(_texts(paragraph))
        self.text = "".join(text for _element, text in self._texts)
        found = list(_WORD.finditer(self.text))
        self.words = [match[0] for match in found]
        self._starts = [*(match.start() for match in found), len(self.text)]
        drawings = () if self.text.strip() else paragraph.iter(qn("w:drawing"))
        self.picture = next(filter(None, map(picture_of, drawings)), "")

    @cached_property
    def _signs(self) -> list[_Sign]:
        return [_Sign(sign, element, at) for element, text in self._texts for at, sign in enumerate(text)]

    def marks(self, mark: Mark) -> tuple[str, ...]:
        """Its words as marks; blanks of any kind are the same."""
        if self.picture:
            return (mark(self.picture),)
        return tuple(mark(" " if word.isspace() and "\n" not in word else word) for word in self.words)

    @property
    def is_theirs(self) -> bool:
        """Whether a person put something into it that is no words."""
        theirs = (each for each in self.paragraph.iter() if local(each) in _THEIRS and not _is_ours(each))
        pictures = len(list(self.paragraph.iter(qn("w:drawing"))))
        return pictures > bool(self.picture) or next(theirs, None) is not None

    def put(self, change: WordsChange, new: Line | None, *, tracked: bool) -> None:
        """Put words of `new` in the place of some of these; changes must be put from the last to the first.

        `tracked`: as a change that somebody may accept or reject. Of words that somebody changed as well
        nothing is taken away. A figure keeps the look of the one it replaces.
        """
        end = self._starts[change.end]
        old = [] if change.theirs else self._cut(self._starts[change.start], end)
        before = old[-1] if old else self._run_before(end)
        made = new.copies(change.new_start, change.new_end) if new else []
        if old and made and new:
            made = [_run("".join(new.words[change.new_start : change.new_end]), old[0])]
        if not tracked:
            _put_behind(before, made, self.paragraph)
            for run in old:
                run.getparent().remove(run)
            return
        if change.theirs and made and end and not self.text[end - 1].isspace():
            made.insert(0, _run(" ", made[0]))
        if made:
            if before is not None and not change.theirs and is_own(before.getparent()):
                _put_behind(before, made, self.paragraph)
            else:
                _put_behind(_outside(before), [_tracked("ins", made)], self.paragraph)
        for run in old:
            _take_back_or_strike(run)

    def copies(self, start: int, end: int) -> list[Any]:
        """Runs with the words from `start` to `end`, in their looks."""
        found: list[tuple[Any, list[str]]] = []
        for sign, element, _at in self._signs[self._starts[start] : self._starts[end]]:
            run = element.getparent()
            if not found or found[-1][0] is not run:
                found.append((run, []))
            found[-1][1].append(sign)
        return [_run("".join(signs), run) for run, signs in found]

    def _cut(self, start: int, end: int) -> list[Any]:
        """Runs that hold just the characters from `start` to `end`, cut out of those in which they stood."""
        stretches: list[tuple[Any, int, int]] = []
        for _sign, element, at in self._signs[start:end]:
            if stretches and stretches[-1][0] is element:
                stretches[-1] = (element, stretches[-1][1], at + 1)
            else:
                stretches.append((element, at, at + 1))
        runs = []
        for element, first, last in reversed(stretches):
            _split(element, last)
            runs.append(_split(element, first))
        return runs[::-1]

    def _run_before(self, at: int) -> Any | None:
        """A run that ends where something is put in; `None` at the beginning."""
        if not at:
            return None
        _word, element, place = self._signs[at - 1]
        run = element.getparent()
        _split(element, place + 1)
        return run


def _texts(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """The elements of a paragraph that are read, each with what it says."""
    fields: list[str] = []  # instructions of the fields that are open

    def walk(element: Any) -> Iterator[tuple[Any, str]]:
        for child in element:
            name = local(child)
            if name == "fldChar":
                kind = child.get(qn("w:fldCharType"))
                if kind == "begin":
                    fields.append("")
                elif kind == "end" and fields:
                    fields.pop()
            elif name == "instrText":
                if fields:
                    fields[-1] += child.text or ""
            elif name in ("t", *_FIXED):
                if local(element) == "r" and not any(_COUNTED.match(words) for words in fields):
                    yield child, (child.text or "") if name == "t" else _FIXED[name]
            elif name not in _PASSED_OVER:
                yield from walk(child)

    yield from walk(paragraph)


def _run(text: str, like: Any) -> Any:
    """A run of words that looks like another."""
    made = parse_xml(f"<w:r {W}>{words_xml(text)}</w:r>")
    look = like.find(qn("w:rPr"))
    if look is not None:
        made.insert(0, deepcopy(look))
    return made


def _split(element: Any, at: int) -> Any:
    """Let what stands from a place in an element of a run on be a run of its own; returns that run."""
    run = element.getparent()
    text = element.text or ""
    following = list(element.itersiblings())
    if local(element) == "t" and 0 < at < len(text):
        rest = deepcopy(element)
        element.text, rest.text = text[:at], text[at:]
        for part in (element, rest):
            part.set(qn("xml:space"), "preserve")
        following.insert(0, rest)
    elif at == 0:
        if not any(local(each) != "rPr" for each in element.itersiblings(preceding=True)):
            return run
        following.insert(0, element)
    if not following:
        return run
    tail = _run("", run)
    for empty in tail.findall(qn("w:t")):
        tail.remove(empty)
    tail.extend(following)
    run.addnext(tail)
    return tail


def _put_behind(before: Any | None, made: Sequence[Any], paragraph: Any) -> None:
    if before is None:
        properties = paragraph.find(qn("w:pPr"))
        for element in reversed(made):
            if properties is None:
                paragraph.insert(0, element)
            else:
                properties.addnext(element)
        return
    for element in reversed(made):
        before.addnext(element)


def _outside(run: Any | None) -> Any | None:
    """The element behind which a tracked change may begin: a run in none, or the change that ends with it."""
    while run is not None and local(run.getparent()) in _INSERTED:
        change = run.getparent()
        following = list(run.itersiblings())
        if following:
            rest = change.makeelement(change.tag, dict(change.attrib), change.nsmap)
            rest.extend(following)
            change.addnext(rest)
        run = change
    return run


def is_own(element: Any) -> bool:
    """Whether a tracked change is one of ours, which nobody accepted or rejected yet."""
    return local(element) in ("ins", "del") and element.get(qn("w:author")) == AUTHOR


def _is_ours(element: Any) -> bool:
    """Whether what people put into documents is ours here: a mark, or a link of the contents."""
    return is_own(element) or element.get(qn("w:anchor"), "").startswith("_Toc")


def _tracked(name: str, runs: Sequence[Any]) -> Any:
    made = parse_xml(f'<w:{name} {W} w:id="0" w:author="{AUTHOR}" w:date="{now()[:19]}Z"/>')
    made.extend(runs)
    return made


def _take_back_or_strike(run: Any) -> None:
    """Mark words as deleted; of our own that were only put forward nothing has to stay."""
    above = run.getparent()
    if is_own(above):
        above.remove(run)
        if not len(above):
            above.getparent().remove(above)
        return
    for text in run.findall(qn("w:t")):
        text.tag = qn("w:delText")
    at = above.index(run)
    above.insert(at, _tracked("del", [run]))


def number_changes(root: Any) -> None:
    """Give our tracked changes ids that no other mark in the document has."""
    used = {
        element.get(qn("w:id")) for element in root.iter() if element.get(qn("w:id")) and not is_own(element)
    }
    free = (str(n) for n in range(90_000, 10_000_000) if str(n) not in used)
    for element in root.iter(qn("w:ins"), qn("w:del")):
        if is_own(element):
            element.set(qn("w:id"), next(free))
