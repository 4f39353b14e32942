"""Invented names that suit: a Turkish name for a Turkish one, and never the real one.

Faker makes those of people; schools, institutions and towns are put together from words
that no real one we know of carries.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from random import Random

from qualcode.pseudonyms.kinds import Kind
from qualcode.pseudonyms.lists import name_lists, plain

_HOME = "nl_NL"
_BACKGROUNDS = ("tr_TR", "pl_PL", "fr_DZ")  # fr_DZ: Arabic names in Latin letters
_TRIES = 200
_SCHOOLS = ("De Zeshoek", "De Wolkenkrijter", "Het Krijtbordje", "De Inktvis", "De Kantlijn", "De Rekendraad")
_MORE_SCHOOLS = ("De Puntenslijper", "Het Leesbankje", "De Bladwijzer", "De Stoeprand", "De Gumfabriek")
_INSTITUTIONS = ("Stichting Ruggespraak", "Samenloop", "Kompaszorg", "De Tussenschakel", "Jeugdspoor Oost")
_PLACES = ("Oosterwolde aan Zee", "Nieuwveer", "Lindemeer", "Grotendam", "Klein Zonneveld", "Waterhuizen")


def invented_name(kind: Kind, name: str, forbidden: Collection[str], random: Random) -> str:
    """A name for someone or something of `kind` that is really called `name`.

    None of its words is in `forbidden` (casefolded). "" for kinds that get no name, and
    when nothing is left to choose from.
    """
    if kind.is_person:
        return _person(kind, name, forbidden, random)
    choices = {
        Kind.SCHOOL: (*_SCHOOLS, *_MORE_SCHOOLS),
        Kind.INSTITUTION: _INSTITUTIONS,
        Kind.PLACE: _PLACES,
    }.get(kind, ())
    free = [choice for choice in choices if _is_free(choice, forbidden)]
    return random.choice(free) if free else ""


def _is_free(choice: str, forbidden: Collection[str]) -> bool:
    """Whether the telling words are free: an article may come back, a noun may not."""
    return all(word.casefold() not in forbidden for word in choice.split() if len(word) > 3)


def _person(kind: Kind, name: str, forbidden: Collection[str], random: Random) -> str:
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
    from importlib import import_module

    provider = import_module(f"faker.providers.person.{locale}").Provider
    found = (str(word) for name in names for word in getattr(provider, name, ()))
    return tuple(word for word in dict.fromkeys(found) if word.isalpha() and len(word) > 2)
