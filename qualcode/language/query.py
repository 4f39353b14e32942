"""What a person types to search → a tree that says what to find.

afspraak            every form of the word, also a split verb (terugtrekken: trok … terug)
"zo is het"         these words, exactly so and in this order
*gesprek*           a star stands for any letters
hulp ~5 vragen      the two at most five words apart (also: hulp NEAR/5 vragen)
a en b · a of b · a niet b · ( )     in one turn (also: and, or, not)
informant: case: casus: speaker: spreker: code: uncoded ongecodeerd     where to look
schooltype:po       what is known of an interview or its case
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.language.words import folded, words

MOST_APART = 50
MOST_PARTS = 100

FILTER_WORDS = {
    "informant": "informant",
    "case": "case",
    "casus": "case",
    "speaker": "speaker",
    "spreker": "speaker",
    "code": "code",
}
FACT = "fact:"
_UNCODED = ("uncoded", "ongecodeerd")
_JOINING = {"en": "and", "and": "and", "of": "or", "or": "or", "niet": "not", "not": "not"}


@dataclass(frozen=True, slots=True)
class Word:
    """Every form of a word; with a star in it, every word that fits."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """These words in this order, exactly as written but for capitals; each may hold stars."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on the place: `kind` is informant, case, speaker, code, uncoded, or `FACT` and the key of a fact."""

    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """`left` and `right` in one turn, in either order, at most `distance` words apart."""

    left: Node
    right: Node
    distance: int


@dataclass(frozen=True, slots=True)
class Not:
    """Turns (or places) for which `part` does not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of these, in one turn."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of these."""

    parts: tuple[Node, ...]


Node = Word | Phrase | Filter | Near | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A question that can be searched for. `text` is what was typed."""

    text: str
    root: Node
    filters: tuple[Filter, ...] = field(default=())


class _Token(NamedTuple):
    kind: str
    text: str
    value: str = ""


_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<open>\() | (?P<close>\))
      | (?P<near>~\d*|NEAR(?:/\d*)?(?=[\s()"“”]|$))
      | (?P<filter>[^\W\d_]+):(?P<value>"[^"]*"|“[^”]*”|[^\s()"“”]*)
      | ["“”„](?P<phrase>[^"“”„]*)["“”]
      | (?P<quote>["“”„])
      | (?P<word>[^\s()"“”„]+)""",
    re.VERBOSE,
)


def fact_key(name: str) -> str:
    """The name of a fact as it stands before the colon of a condition: its letters alone."""
    return "".join(char for char in name.casefold() if char.isalpha())


def parse(text: str, facts: Collection[str] = ()) -> Query:
    """Read a question. `InputError`, in words, when it cannot be searched for.

    `facts` are what else can be asked about the place of a word ("schooltype:po"), by their `fact_key`.
    """
    tokens = list(_tokens(text, facts))
    if not tokens:
        raise InputError(_("Type a word to search for."))
    if len(tokens) > MOST_PARTS:
        raise InputError(_("This question has more than {n} parts; make it shorter.").format(n=MOST_PARTS))
    reader = _Reader(tokens)
    root = reader.either()
    if reader.left():
        raise InputError(_("There is a ) without a ( before it."))
    if next(_sought(root), None) is None:
        raise InputError(_("Name at least one word to find; the rest only says where to look."))
    return Query(text, root, tuple(filters_of(root)))


def filters_of(node: Node) -> Iterator[Filter]:
    """Every condition in a question."""
    if isinstance(node, Filter):
        yield node
    elif isinstance(node, Not):
        yield from filters_of(node.part)
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from filters_of(part)


def is_condition(node: Node) -> bool:
    """Whether the node says only where to look, and names no word."""
    if isinstance(node, Not):
        return is_condition(node.part)
    if isinstance(node, And | Or):
        return all(is_condition(part) for part in node.parts)
    return isinstance(node, Filter)


def _tokens(text: str, facts: Collection[str]) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "space":
            continue
        if kind == "quote":
            raise InputError(
                _('A quotation mark is missing: write "before and after" the words that belong together.')
            )
        if kind == "value":
            yield _filter(match["filter"], match["value"], facts)
        elif kind == "word":
            yield _bare(match[0])
        else:
            yield _Token(kind, match[0], match["phrase"] or "")


def _filter(name: str, value: str, facts: Collection[str]) -> _Token:
    kind = FILTER_WORDS.get(name.lower()) or (FACT + name.casefold() if name.casefold() in facts else None)
    if kind is None:
        known = ", ".join(f"{word}:" for word in (*FILTER_WORDS, *facts))
        raise InputError(
            _("“{name}:” is not something to search by. There are {known}").format(name=name, known=known)
        )
    plain = value.strip('"“”').strip()
    if not plain:
        raise InputError(
            _("After “{name}:” comes what to look for, without a space in between.").format(name=name)
        )
    return _Token("filter", kind, plain)


def _bare(text: str) -> _Token:
    lower = text.lower()
    if lower in _UNCODED:
        return _Token("filter", "uncoded")
    return _Token(_JOINING.get(lower, "word"), text, text)


class _Reader:
    """Reads tokens by the grammar: or < and < not < near < one word, phrase, condition or bracket."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def left(self) -> bool:
        """Whether tokens are left."""
        return self._at < len(self._tokens)

    def _is(self, *kinds: str) -> bool:
        return self.left() and self._tokens[self._at].kind in kinds

    def _take(self) -> _Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def either(self) -> Node:
        """One or more parts with "or" between."""
        parts = [self._all()]
        while self._is("or"):
            self._take()
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Node:
        parts = [self._unless()]
        while self.left() and not self._is("or", "close"):
            if self._is("and"):
                self._take()
            parts.append(self._unless())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _unless(self) -> Node:
        if not self._is("not"):
            return self._apart()
        self._take()
        return Not(self._unless())

    def _apart(self) -> Node:
        node = self._one()
        while self._is("near"):
            distance = _distance(self._take().text)
            right = self._one()
            if not all(isinstance(side, Word | Phrase | Near) for side in (node, right)):
                raise InputError(_("On both sides of ~ stands a word or a phrase in quotation marks."))
            node = Near(node, right, distance)
        return node

    def _one(self) -> Node:
        if not self._is("word", "phrase", "filter", "open"):
            raise InputError(self._missing())
        token = self._take()
        if token.kind == "filter":
            return Filter(token.text, token.value)
        if token.kind == "phrase":
            return Phrase(_phrase_words(token.value))
        if token.kind == "word":
            return _word(token.text)
        inside = self.either()
        if not self._is("close"):
            raise InputError(_("There is a ( without a ) behind it."))
        self._take()
        return inside

    def _missing(self) -> str:
        if self.left():
            said = self._tokens[self._at].text
            return _(
                'Before or after “{said}” a word is missing. To find the word itself, write "{said}".'
            ).format(said=said)
        before = self._tokens[self._at - 1].text
        return _("After “{said}” a word is missing.").format(said=before)


def _distance(token: str) -> int:
    digits = re.sub(r"\D", "", token)
    if not digits or not 1 <= int(digits) <= MOST_APART:
        raise InputError(_("Write how many words apart, from 1 to {n}: hulp ~5 vragen.").format(n=MOST_APART))
    return int(digits)


def _word(text: str) -> Node:
    if "*" in text:
        return Word(_wildcard(text))
    found = [match[0] for match in words(text)]
    if not found:
        raise InputError(_("“{text}” is not a word.").format(text=text))
    return Word(found[0]) if len(found) == 1 else Phrase(tuple(folded(word) for word in found))


def _phrase_words(text: str) -> tuple[str, ...]:
    found = tuple(
        _wildcard(part) if "*" in part else folded(word[0])
        for part in text.split()
        for word in (words(part) if "*" not in part else [part])
    )
    if not found:
        raise InputError(_("There is nothing between the quotation marks."))
    return found


def _wildcard(text: str) -> str:
    lower = re.sub(r"\*+", "*", folded(text).strip(".,;:?!"))
    if not any(letter.isalnum() for letter in lower):
        raise InputError(_("A star needs at least one letter beside it: afspra*."))
    return lower


def _sought(node: Node) -> Iterator[Word | Phrase]:
    """The words and phrases to be found, not those to be left out."""
    if isinstance(node, Word | Phrase):
        yield node
    elif isinstance(node, Near):
        yield from _sought(node.left)
        yield from _sought(node.right)
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from _sought(part)
