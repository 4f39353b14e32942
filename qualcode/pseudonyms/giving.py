"""Giving pseudonyms (readable placeholders with a number, or invented names), and replacing names by them.

Every position is carried along exactly.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as changed
from functools import cache, cached_property
from importlib import import_module
from random import Random, SystemRandom
from typing import NamedTuple

from qualcode.model import Turn
from qualcode.pseudonyms.lists import name_lists, plain
from qualcode.pseudonyms.page import PLACEHOLDER
from qualcode.pseudonyms.proposals import KnownName, NameKind

_HOME = "nl_NL"
_BACKGROUNDS = ("tr_TR", "pl_PL", "fr_DZ")  # fr_DZ: Arabic names in Latin letters
_TRIES = 200
_SCHOOLS = ("De Zeshoek", "De Wolkenkrijter", "Het Krijtbordje", "De Inktvis", "De Kantlijn", "De Rekendraad")
_MORE_SCHOOLS = ("De Puntenslijper", "Het Leesbankje", "De Bladwijzer", "De Stoeprand", "De Gumfabriek")
_INSTITUTIONS = ("Stichting Ruggespraak", "Samenloop", "Kompaszorg", "De Tussenschakel", "Jeugdspoor Oost")
_PLACES = ("Oosterwolde aan Zee", "Nieuwveer", "Lindemeer", "Grotendam", "Klein Zonneveld", "Waterhuizen")


def invented_name(kind: NameKind, name: str, forbidden: Collection[str], random: Random) -> str:
    """A name for someone or something of `kind` that is really called `name`.

    None of its words is in `forbidden` (casefolded). "" for kinds that get no name, and
    when nothing is left to choose from.
    """
    if kind.is_person:
        return _person(kind, name, forbidden, random)
    choices = {
        NameKind.SCHOOL: (*_SCHOOLS, *_MORE_SCHOOLS),
        NameKind.INSTITUTION: _INSTITUTIONS,
        NameKind.PLACE: _PLACES,
    }.get(kind, ())
    free = [choice for choice in choices if _is_free(choice, forbidden)]
    return random.choice(free) if free else ""


def _is_free(choice: str, forbidden: Collection[str]) -> bool:
    """Whether the telling words are free: an article may come back, a noun may not."""
    return all(word.casefold() not in forbidden for word in choice.split() if len(word) > 3)


def _person(kind: NameKind, name: str, forbidden: Collection[str], random: Random) -> str:
    background = _background(name)
    words = name.split()
    lists = name_lists()
    only_surname = (len(words) == 1 and not lists.is_first_name(name)) or words[0][0].islower()
    first = "" if only_surname else _pick(_first_names(background), forbidden, random)
    wants_last = only_surname or len(words) > 1
    last = _pick(_surnames(background), forbidden, random) if wants_last else ""
    return " ".join(part for part in (first, last) if part)


def _pick(choices: Collection[str], forbidden: Collection[str], random: Random) -> str:
    ordered = sorted(choices)
    for _try in range(_TRIES):
        choice = random.choice(ordered)
        if choice.casefold() not in forbidden:
            return choice
    return ""


def _background(name: str) -> str:
    """The Faker locale whose first names or surnames hold a part of `name`; the Dutch one if none does."""
    parts = {plain(part) for part in name.split()}
    for locale in (_HOME, *_BACKGROUNDS):
        if any(plain(known) in parts for known in (*_first_names(locale), *_surnames(locale))):
            return locale
    return _HOME


@cache
def _first_names(locale: str) -> tuple[str, ...]:
    return _single_words(locale, ("first_names",))


@cache
def _surnames(locale: str) -> tuple[str, ...]:
    return _single_words(locale, ("last_names", "unisex_last_names"))


def _single_words(locale: str, names: tuple[str, ...]) -> tuple[str, ...]:
    provider = import_module(f"faker.providers.person.{locale}").Provider
    found = (str(word) for name in names for word in getattr(provider, name, ()))
    return tuple(word for word in dict.fromkeys(found) if word.isalpha() and len(word) > 2)


_NUMBERED = re.compile(r"\[([^\W\d_]+)-(\d+)\]")
_CASE = re.compile(r"\d+[a-z]?")


class Pseudonyms:
    """Hands out pseudonyms that nobody has yet.

    `taken` are those of the project. While there is a `case` with a number, people are called after their role and
    that case: `[vader-02]`, a second one `[vader-02-2]`. Other placeholders count on per word: after `[school-3]`
    comes `[school-4]`. With `invented`, people and schools get names made up to suit (the rest keeps
    placeholders, because nobody would take an invented phone number for what it is).
    """

    def __init__(
        self,
        taken: Iterable[str] = (),
        *,
        invented: bool = False,
        language: str = "nl",
        random: Random | None = None,
    ) -> None:
        self.invented = invented
        self.language = language
        self.case = ""
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}
        self._random = random or SystemRandom()
        for pseudonym in taken:
            self.take(pseudonym)

    def take(self, pseudonym: str) -> None:
        """Note that a pseudonym is in use."""
        self._taken.add(pseudonym)
        placeholder = _NUMBERED.fullmatch(pseudonym)
        if placeholder:
            word = placeholder[1]
            self._last[word] = max(self._last.get(word, 0), int(placeholder[2]))

    def take_from(self, text: str) -> None:
        """Note every placeholder that stands in a text."""
        for found in PLACEHOLDER.finditer(text):
            self.take(found[0])

    def new(self, kind: NameKind, name: str, avoid: Iterable[str] = (), role: str = "") -> str:
        """A pseudonym for someone called `name`; `avoid` are real names that must not come out.

        `role` is the word for a person's role where that says more than the kind does.
        """
        pseudonym = self._invent(kind, name, avoid) if self.invented else ""
        pseudonym = pseudonym or self._next(kind, role or kind.word(self.language))
        self.take(pseudonym)
        return pseudonym

    def _next(self, kind: NameKind, word: str) -> str:
        if kind.is_person and _CASE.fullmatch(self.case):
            numbers = ("", *(f"-{n}" for n in range(2, len(self._taken) + 3)))
            ways = (f"[{word}-{self.case}{number}]" for number in numbers)
            return next(way for way in ways if way not in self._taken)
        return f"[{word}-{self._last.get(word, 0) + 1}]"

    def _invent(self, kind: NameKind, name: str, avoid: Iterable[str]) -> str:
        forbidden = {word.casefold() for taken in (*self._taken, *avoid, name) for word in taken.split()}
        return invented_name(kind, name, forbidden, self._random)


def number_of(pseudonym: str) -> int:
    """The number in a placeholder; 0 for an invented name."""
    found = _NUMBERED.fullmatch(pseudonym)
    return int(found[2]) if found else 0


def is_placeholder(pseudonym: str) -> bool:
    """Whether a pseudonym is a placeholder such as `[leerling-4]`."""
    return PLACEHOLDER.fullmatch(pseudonym) is not None


def shown(pseudonym: str, words: str, names: Iterable[str]) -> str:
    """The pseudonym as it replaces `words`: of an invented "Lotte Bakker" the part that fits.

    `names` are the real names of the same person: for "Emma" of "Emma de Vries" it is
    "Lotte", for "de Vries" "Bakker". A placeholder is always whole.
    """
    if is_placeholder(pseudonym) or " " not in pseudonym or (" " in words and not _is_surname(words, names)):
        return pseudonym
    first, _space, last = pseudonym.partition(" ")
    return last if _is_surname(words, names) else first


def _is_surname(words: str, names: Iterable[str]) -> bool:
    lower = words.casefold()
    return any(
        " " in name and (name.casefold().partition(" ")[2] == lower or name.casefold().split()[-1] == lower)
        for name in names
    )


def known_as(names: Iterable[str], kind: NameKind, pseudonym: str) -> KnownName:
    """What the key file keeps of a decided name."""
    return KnownName(tuple(dict.fromkeys(names)), kind, pseudonym)


class Replacement(NamedTuple):
    """`text[start:end]` becomes `words`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class NameDecisions:
    """What was decided: stretches of the text, and names (any form) wherever else they stand."""

    replacements: tuple[Replacement, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        ordered = sorted((name for name in self.names if name), key=len, reverse=True)
        if not ordered:
            return None
        alternatives = "|".join(r"[\s_.-]+".join(map(re.escape, name.split())) for name in ordered)
        return re.compile(rf"(?<![^\W\d_])(?:{alternatives})(?![^\W\d_])", re.IGNORECASE)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {_loose(name): pseudonym for name, pseudonym in self.names.items()}

    def in_words(self, words: str) -> str:
        """A label, a title or the name of a file, with pseudonyms for the names in it."""
        if self._pattern is None:
            return words
        return self._pattern.sub(lambda found: self._folded[_loose(found[0])], words)


def _loose(name: str) -> str:
    return re.sub(r"[\s_.-]+", " ", name).casefold()


def replace(text: str, turns: Sequence[Turn], decisions: NameDecisions) -> tuple[str, tuple[Turn, ...]]:
    """The text and the turns with pseudonyms for names, in the words as well as in the speaker labels.

    A turn holds the same words as before, whatever their length. `ValueError` if replacements
    overlap, lie outside the text or across the edge of a turn.
    """
    ordered = sorted(decisions.replacements)
    _check(text, turns, ordered)
    pieces: list[str] = []
    place = 0
    for one in ordered:
        pieces += [text[place : one.start], one.words]
        place = one.end
    pieces.append(text[place:])
    moved = _Moved(ordered)
    return "".join(pieces), tuple(
        changed(turn, start=moved(turn.start), end=moved(turn.end), speaker=decisions.in_words(turn.speaker))
        for turn in turns
    )


class _Moved:
    """Where a position outside every replacement comes to lie."""

    def __init__(self, ordered: Sequence[Replacement]) -> None:
        self._ends = [one.end for one in ordered]
        self._shifts = [0]
        for one in ordered:
            self._shifts.append(self._shifts[-1] + len(one.words) - (one.end - one.start))

    def __call__(self, position: int) -> int:
        return position + self._shifts[bisect_right(self._ends, position)]


def _check(text: str, turns: Sequence[Turn], ordered: Sequence[Replacement]) -> None:
    end = 0
    for one in ordered:
        if one.start < end or one.start >= one.end or one.end > len(text):
            raise ValueError(f"replacement {one.start}–{one.end} overlaps another or lies outside the text")
        end = one.end
    for edge, one in _edges_inside(turns, ordered):
        raise ValueError(f"replacement {one.start}–{one.end} lies across the edge of a turn at {edge}")


def _edges_inside(turns: Sequence[Turn], ordered: Sequence[Replacement]) -> Iterable[tuple[int, Replacement]]:
    starts = [one.start for one in ordered]
    for edge in (edge for turn in turns for edge in (turn.start, turn.end)):
        index = bisect_right(starts, edge) - 1
        if index >= 0 and ordered[index].start < edge < ordered[index].end:
            yield edge, ordered[index]
