"""Proposals: stretches of text that may have to be replaced, what they are about, how sure that is, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from qualcode.i18n import N_, Labelled, _
from qualcode.resources import grouped_words
from qualcode.text.spans import HasSpan


class NameKind(StrEnum):
    """Whose or what name it is. `PERSON` is a person whose role is not clear."""

    EMAIL = "email"
    URL = "url"
    PHONE = "phone"
    ID_NUMBER = "id"
    DATE = "date"
    ADDRESS = "address"
    SCHOOL = "school"
    INSTITUTION = "institution"
    TEACHER = "teacher"
    PROFESSIONAL = "professional"
    PARENT = "parent"
    CHILD = "child"
    PERSON = "person"
    PLACE = "place"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The kind in the language in use."""
        return _(_ABOUT[self].label)

    @property
    def rank(self) -> int:
        """The lower, the more a kind tells: of two overlapping proposals the lower one wins."""
        return _ABOUT[self].rank

    @property
    def is_person(self) -> bool:
        """Whether it names a person."""
        return self in PERSONS

    def word(self, language: str = "nl") -> str:
        """The word in a placeholder of this kind: "leerling" in `[leerling-4]`."""
        return _ABOUT[self].nl if language == "nl" else _ABOUT[self].en


PERSONS = frozenset(
    {NameKind.TEACHER, NameKind.PROFESSIONAL, NameKind.PARENT, NameKind.CHILD, NameKind.PERSON}
)


class _About(NamedTuple):
    """What is known of a kind: its rank, what it is called, and its word in a Dutch or English placeholder."""

    rank: int
    label: str
    nl: str
    en: str


_ABOUT = {
    NameKind.EMAIL: _About(0, N_("e-mail address"), "email", "email"),
    NameKind.URL: _About(1, N_("web address"), "website", "website"),
    NameKind.PHONE: _About(1, N_("phone number"), "telefoon", "phone"),
    NameKind.ID_NUMBER: _About(1, N_("citizen service number"), "nummer", "number"),
    NameKind.DATE: _About(1, N_("date"), "datum", "date"),
    NameKind.ADDRESS: _About(2, N_("address"), "adres", "address"),
    NameKind.SCHOOL: _About(3, N_("school"), "school", "school"),
    NameKind.INSTITUTION: _About(3, N_("institution"), "instelling", "institution"),
    NameKind.TEACHER: _About(4, N_("teacher"), "leraar", "teacher"),
    NameKind.PROFESSIONAL: _About(4, N_("care worker"), "hulpverlener", "professional"),
    NameKind.PARENT: _About(4, N_("parent or family"), "ouder", "parent"),
    NameKind.CHILD: _About(4, N_("child"), "leerling", "child"),
    NameKind.PERSON: _About(5, N_("person"), "persoon", "person"),
    NameKind.PLACE: _About(6, N_("place"), "plaats", "place"),
    NameKind.UNKNOWN: _About(7, N_("unknown"), "naam", "name"),
}

LISTS = Path(__file__).parent / "data"
_CALLED = {
    word: NameKind(kind) for kind, words in grouped_words(LISTS / "called.txt").items() for word in words
}


def kind_called(word: str) -> NameKind | None:
    """The kind that `word` names, in Dutch or English ("leraar", "teacher"); `None` if none."""
    word = word.strip().lower()
    for kind in NameKind:
        if word in (kind.value, _ABOUT[kind].nl, _ABOUT[kind].en):
            return kind
    return _CALLED.get(word)


class Tier(Labelled):
    """How sure a proposal is."""

    SURE = "sure", N_("sure")
    LIKELY = "likely", N_("likely")
    LOWER = "lower", N_("in lower case")
    LOOK = "look", N_("have a look")

    @property
    def rank(self) -> int:
        """0 for the surest."""
        return list(Tier).index(self)


@dataclass(frozen=True, slots=True)
class NameReason:
    """Why: a sentence of the catalogue, with the word that it is about."""

    message: str
    word: str = ""

    def __str__(self) -> str:
        return _(self.message).format(word=self.word)


@dataclass(frozen=True, slots=True)
class Proposal(HasSpan):
    """`text[start:end]` may be a name.

    `pseudonym` is filled in for a name known already; `known_whole`: with more than a first name.
    """

    start: int
    end: int
    text: str
    kind: NameKind
    tier: Tier
    reasons: tuple[NameReason, ...] = ()
    pseudonym: str = ""
    known_whole: bool = False


@dataclass(frozen=True, slots=True)
class KnownName:
    """Someone or something whose names are known: from the key file or a list of participants.

    The first of `names` is the full one; the others are short forms and nicknames.
    `pseudonym` is empty for a participant who has none yet. `case` is the case it is known in, "" for all.
    """

    names: tuple[str, ...]
    kind: NameKind = NameKind.PERSON
    pseudonym: str = ""
    case: str = ""
