"""Giving pseudonyms: readable placeholders with a number, or invented names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random, SystemRandom

from qualcode.pseudonyms.invented import invented_name
from qualcode.pseudonyms.kinds import Kind
from qualcode.pseudonyms.page import PLACEHOLDER
from qualcode.pseudonyms.proposal import Known

_NUMBERED = re.compile(r"\[([^\W\d_]+)-(\d+)\]")


class Pseudonyms:
    """Hands out pseudonyms that nobody has yet.

    `taken` are those of the project. Placeholders count on per word: after `[leerling-3]` comes
    `[leerling-4]`. With `invented`, people and schools get names made up to suit (the rest keeps
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

    def new(self, kind: Kind, name: str, avoid: Iterable[str] = ()) -> str:
        """A pseudonym for someone called `name`; `avoid` are real names that must not come out."""
        pseudonym = self._invent(kind, name, avoid) if self.invented else ""
        pseudonym = pseudonym or self._next(kind)
        self.take(pseudonym)
        return pseudonym

    def _next(self, kind: Kind) -> str:
        word = kind.word(self.language)
        return f"[{word}-{self._last.get(word, 0) + 1}]"

    def _invent(self, kind: Kind, name: str, avoid: Iterable[str]) -> str:
        forbidden = {word.casefold() for taken in (*self._taken, *avoid, name) for word in taken.split()}
        return invented_name(kind, name, forbidden, self._random)


def number_of(pseudonym: str) -> int:
    """The number in a placeholder; 0 for an invented name."""
    found = _NUMBERED.fullmatch(pseudonym)
    return int(found[2]) if found else 0


def is_placeholder(pseudonym: str) -> bool:
    """Whether a pseudonym is a placeholder such as `[leerling-4]`."""
    return _NUMBERED.fullmatch(pseudonym) is not None


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


def known_as(names: Iterable[str], kind: Kind, pseudonym: str) -> Known:
    """What the key file keeps of a decided name."""
    return Known(tuple(dict.fromkeys(names)), kind, pseudonym)
