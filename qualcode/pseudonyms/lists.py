"""Lists of first names, surnames, places and institutions.

Our own lists always; on top of them those of deduce when it is installed (its text files
are read, deduce itself is not started), else those of Faker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from qualcode.pseudonyms.proposals import LISTS, NameKind
from qualcode.resources import grouped_words, listed_lines, listed_words


def lines_of(name: str) -> list[str]:
    """The lines of `data/{name}.txt`, without remarks and empty ones."""
    return listed_lines(LISTS / f"{name}.txt")


def words_of(name: str) -> frozenset[str]:
    """The words of `data/{name}.txt`."""
    return listed_words(LISTS / f"{name}.txt")


def _kinds_of(name: str) -> dict[str, NameKind]:
    groups = grouped_words(LISTS / f"{name}.txt")
    return {word: NameKind(kind) for kind, words in groups.items() for word in words}


SAFE = words_of("safe")
SAFE_PHRASES = tuple(lines_of("safe_phrases"))
STOP = words_of("stop")
STOP_ENGLISH = words_of("stop_english")
TITLES = _kinds_of("titles")
TITLES_WITH_COMMA = words_of("titles_with_comma")
ROLES_AFTER = _kinds_of("roles_after")
EVERYDAY_HEADS = words_of("everyday_heads")
PARTS = grouped_words(LISTS / "parts.txt")
"""Small sets of words by what they are for."""

_DEDUCE_FOLDER = Path("data", "lookup", "src")
# Faker writes these in Latin letters, as they stand in Dutch transcripts; fr_DZ gives Arabic names
_FAKER_NAMES = ("nl_NL", "nl_BE", "tr_TR", "pl_PL", "fr_DZ", "hr_HR", "en_KE", "tw_GH", "en_IN", "pt_PT")
_FAKER_PLACES = ("nl_NL", "nl_BE", "pl_PL", "fr_DZ")
_LONGEST_INSTITUTION_WORDS = 3
_SHORTEST_INSTITUTION = 5


@dataclass(frozen=True, slots=True)
class NameLists:
    """What is listed, in lower case with straight apostrophes. `source` names whose lists they are.

    `word_names` are first names that are everyday words too and yet worth a look at the
    start of a sentence; `curated` the first names of our own list.
    """

    first: frozenset[str]
    surnames: frozenset[str]
    places: frozenset[str]
    institutions: frozenset[str]
    word_names: frozenset[str]
    curated: frozenset[str]
    source: str

    def is_first_name(self, word: str) -> bool:
        """Whether `word`, or the name it is a diminutive or genitive of, is a listed first name."""
        lower = plain(word)
        if lower in self.first or any(stem in self.first for stem in stems(lower)):
            return True
        parts = re.split(r"[-‑]", lower)
        return len(parts) > 1 and any(len(part) > 2 and part in self.first for part in parts)

    def is_surname(self, word: str) -> bool:
        """Whether `word` is a listed surname."""
        lower = plain(word)
        return lower in self.surnames or (lower.endswith("s") and lower[:-1] in self.surnames)

    def is_place(self, words: str) -> bool:
        """Whether `words`, or a part of four letters or more between hyphens, is a listed place."""
        lower = plain(words)
        return lower in self.places or any(
            len(part) > 3 and part in self.places for part in re.split(r"[-‑]", lower)
        )


def plain(word: str) -> str:
    """`word` as the lists hold it."""
    return word.lower().replace("\u0307", "").replace("’", "'").replace("‘", "'")


def stems(lower: str) -> Iterator[str]:
    """What a name in lower case may be the genitive or diminutive of: "emmaatje" → "emma"."""
    for ending in ("'s", "s", "'", "etje", "tje", "pje", "je", "ke"):
        if lower.endswith(ending) and len(lower) - len(ending) >= 2:
            stem = lower.removesuffix(ending)
            yield stem
            if ending == "tje" and stem[-2:] in ("aa", "oo", "ee", "uu"):
                yield stem[:-1]


@cache
def name_lists() -> NameLists:
    """The lists at hand, read once."""
    curated = _set(words_of("first_names"))
    word_names = _set(words_of("word_names"))
    surnames = _set(words_of("surnames"))
    places = _set([*words_of("places"), *lines_of("places")])
    institutions = _set(lines_of("institutions"))
    folder = _deduce_folder()
    if folder is not None:
        more, source = _deduce_lists(folder), "deduce"
    else:
        more, source = _faker_lists(), "Faker"
    return NameLists(
        first=curated | word_names | more[0],
        surnames=surnames | more[1],
        places=places | more[2],
        institutions=institutions | more[3],
        word_names=word_names,
        curated=curated,
        source=source,
    )


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(plain(word) for word in words)


def _deduce_folder() -> Path | None:
    spec = find_spec("deduce")  # finds it without running it: running it starts logging on stdout
    places = list(spec.submodule_search_locations or ()) if spec else []
    folder = Path(places[0]) / _DEDUCE_FOLDER if places else None
    return folder if folder is not None and folder.is_dir() else None


_Lists = tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]


def _deduce_lists(folder: Path) -> _Lists:
    institutions = _items(folder / "institutions" / "lst_healthcare_institution")
    hospitals = _items(folder / "institutions" / "lst_hospital")
    short = (
        name
        for name in institutions
        if len(name) >= _SHORTEST_INSTITUTION
        and "," not in name
        and len(name.split()) <= _LONGEST_INSTITUTION_WORDS
    )
    return (
        _set(_items(folder / "names" / "lst_first_name")),
        _set(_items(folder / "names" / "lst_surname")),
        _set(
            place
            for kind in ("residence", "municipality")
            for place in _items(folder / "locations" / "lst_placename" / f"lst_{kind}")
        ),
        _set([*short, *hospitals]),
    )


def _items(folder: Path) -> list[str]:
    file = folder / "items.txt"
    if not file.is_file():
        return []
    return [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _faker_lists() -> _Lists:
    people = [_faker_values("person", locale) for locale in _FAKER_NAMES]
    places = [_faker_values("address", locale) for locale in _FAKER_PLACES]
    return (
        _set(word for found in people for word in found.get("first_names", ())),
        _set(
            word
            for found in people
            for name in ("last_names", "male_last_names", "unisex_last_names")
            for word in found.get(name, ())
        ),
        _set(word for found in places for word in found.get("cities", ())),
        frozenset(),
    )


def _faker_values(provider: str, locale: str) -> dict[str, list[str]]:
    """The word lists of one Faker provider; some are dicts of weights, whose keys are the words."""
    found = import_module(f"faker.providers.{provider}.{locale}").Provider
    return {
        name: [str(word) for word in getattr(found, name)]
        for name in ("first_names", "last_names", "male_last_names", "unisex_last_names", "cities")
        if hasattr(found, name)
    }
