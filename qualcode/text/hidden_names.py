"""Names that were hidden, known by a keyed fingerprint: they are found wherever they turn up, but stand nowhere.

The fingerprint keeps a name from being read in the file. Whoever has the file and a list of names can try them
one by one; no program that is to recognise a name can be without that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[^\w\n]{1,3}|_")
_SHORTEST_GENITIVE = 4


class HiddenForm(NamedTuple):
    """One form of a hidden name: its fingerprint, how many words it has, and what stands in its place.

    `capital`: it is an ordinary word as well, so only with a capital it is the name.
    """

    mark: str
    words: int
    replacement: str
    capital: bool = False


@dataclass(frozen=True, slots=True)
class HiddenName:
    """A name that was hidden, in its forms; `salt` is the key of its fingerprints, in hexadecimal digits."""

    id: str
    salt: str
    forms: tuple[HiddenForm, ...]


class HiddenPlace(NamedTuple):
    """Where a hidden name stands in a text, and what is to stand there."""

    start: int
    end: int
    replacement: str


def fingerprint(words: str, salt: str) -> tuple[str, int]:
    """The mark of a form of a name, and how many words it has. Case, hyphens and points make no difference."""
    found = _WORD.findall(words.casefold())
    return _mark(" ".join(found), bytes.fromhex(salt)), len(found)


def _mark(plain: str, salt: bytes) -> str:
    return blake2b(plain.encode(), key=salt, digest_size=16).hexdigest()


class Hider:
    """Finds hidden names in what people wrote. Of one name hidden twice the first one's replacement stands."""

    def __init__(self, names: Sequence[HiddenName]) -> None:
        self._forms: dict[bytes, dict[str, HiddenForm]] = {}
        for name in names:
            of_salt = self._forms.setdefault(bytes.fromhex(name.salt), {})
            for form in name.forms:
                of_salt.setdefault(form.mark, form)
        self._longest = max((form.words for name in names for form in name.forms), default=0)
        self._known: dict[str, HiddenForm | None] = {}

    def __bool__(self) -> bool:
        return bool(self._longest)

    def places(self, text: str) -> list[HiddenPlace]:
        """Every hidden name in a text, the longest form first, none inside another."""
        if not self._longest:
            return []
        words = list(_WORD.finditer(text))
        joined = [_BETWEEN.fullmatch(text, a.end(), b.start()) is not None for a, b in pairwise(words)]
        found: list[HiddenPlace] = []
        n = 0
        while n < len(words):
            place, used = self._at(text, words, joined, n)
            if place is not None:
                found.append(place)
            n += used
        return found

    def _at(
        self, text: str, words: Sequence[re.Match[str]], joined: Sequence[bool], n: int
    ) -> tuple[HiddenPlace | None, int]:
        most = 1
        while most < self._longest and n + most < len(words) and joined[n + most - 1]:
            most += 1
        for count in range(most, 0, -1):
            start, end = words[n].start(), words[n + count - 1].end()
            for stop in self._ends(text, end):
                plain = " ".join(_WORD.findall(text[start:stop].casefold()))
                form = self._form(plain)
                if form is not None and form.words == count and not (form.capital and text[start].islower()):
                    return HiddenPlace(start, stop, form.replacement), count
        return None, 1

    def _ends(self, text: str, end: int) -> Iterator[int]:
        yield end
        if end >= _SHORTEST_GENITIVE and text[end - 1] in "sS":
            yield end - 1

    def _form(self, plain: str) -> HiddenForm | None:
        if plain not in self._known:
            found = (forms.get(_mark(plain, salt)) for salt, forms in self._forms.items())
            self._known[plain] = next((form for form in found if form is not None), None)
        return self._known[plain]

    def cleaned(self, text: str) -> str:
        """The text with what stands for the names in their place."""
        return replaced(text, self.places(text))


def replaced(text: str, places: Iterable[HiddenPlace]) -> str:
    """The text with these places replaced, which stand in order."""
    pieces, last = [], 0
    for place in places:
        pieces += [text[last : place.start], place.replacement]
        last = place.end
    return "".join(pieces) + text[last:]
