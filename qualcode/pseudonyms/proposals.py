"""Proposals: stretches of text that may have to be replaced, what they are about, how sure that is, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qualcode.i18n import N_, _
from qualcode.text.spans import Span


class Kind(StrEnum):
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
        return _(_LABELS[self])

    @property
    def rank(self) -> int:
        """The lower, the more a kind tells: of two overlapping proposals the lower one wins."""
        return _RANKS[self]

    @property
    def is_person(self) -> bool:
        """Whether it names a person."""
        return self in PERSONS

    def word(self, language: str = "nl") -> str:
        """The word in a placeholder of this kind: "leerling" in `[leerling-4]`."""
        return _WORDS[self][0 if language == "nl" else 1]


PERSONS = frozenset({Kind.TEACHER, Kind.PROFESSIONAL, Kind.PARENT, Kind.CHILD, Kind.PERSON})

_RANKS = {
    Kind.EMAIL: 0,
    Kind.URL: 1,
    Kind.PHONE: 1,
    Kind.DATE: 1,
    Kind.ID_NUMBER: 1,
    Kind.ADDRESS: 2,
    Kind.SCHOOL: 3,
    Kind.INSTITUTION: 3,
    Kind.TEACHER: 4,
    Kind.PROFESSIONAL: 4,
    Kind.PARENT: 4,
    Kind.CHILD: 4,
    Kind.PERSON: 5,
    Kind.PLACE: 6,
    Kind.UNKNOWN: 7,
}

_LABELS = {
    Kind.EMAIL: N_("e-mail address"),
    Kind.URL: N_("web address"),
    Kind.PHONE: N_("phone number"),
    Kind.ID_NUMBER: N_("citizen service number"),
    Kind.DATE: N_("date"),
    Kind.ADDRESS: N_("address"),
    Kind.SCHOOL: N_("school"),
    Kind.INSTITUTION: N_("institution"),
    Kind.TEACHER: N_("teacher"),
    Kind.PROFESSIONAL: N_("care worker"),
    Kind.PARENT: N_("parent or family"),
    Kind.CHILD: N_("child"),
    Kind.PERSON: N_("person"),
    Kind.PLACE: N_("place"),
    Kind.UNKNOWN: N_("unknown"),
}

_WORDS = {
    Kind.EMAIL: ("email", "email"),
    Kind.URL: ("website", "website"),
    Kind.PHONE: ("telefoon", "phone"),
    Kind.ID_NUMBER: ("nummer", "number"),
    Kind.DATE: ("datum", "date"),
    Kind.ADDRESS: ("adres", "address"),
    Kind.SCHOOL: ("school", "school"),
    Kind.INSTITUTION: ("instelling", "institution"),
    Kind.TEACHER: ("leraar", "teacher"),
    Kind.PROFESSIONAL: ("hulpverlener", "professional"),
    Kind.PARENT: ("ouder", "parent"),
    Kind.CHILD: ("leerling", "child"),
    Kind.PERSON: ("persoon", "person"),
    Kind.PLACE: ("plaats", "place"),
    Kind.UNKNOWN: ("naam", "name"),
}

# further words by which people call a kind in a list of participants
_CALLED = {
    "kind": Kind.CHILD,
    "pupil": Kind.CHILD,
    "student": Kind.CHILD,
    "moeder": Kind.PARENT,
    "vader": Kind.PARENT,
    "familie": Kind.PARENT,
    "family": Kind.PARENT,
    "leerkracht": Kind.TEACHER,
    "docent": Kind.TEACHER,
    "juf": Kind.TEACHER,
    "meester": Kind.TEACHER,
    "zorg": Kind.PROFESSIONAL,
    "stad": Kind.PLACE,
    "dorp": Kind.PLACE,
    "town": Kind.PLACE,
    "bijnaam": Kind.PERSON,
}


def kind_called(word: str) -> Kind | None:
    """The kind that `word` names, in Dutch or English ("leraar", "teacher"); `None` if none."""
    word = word.strip().lower()
    for kind in Kind:
        if word in {kind.value, *_WORDS[kind]}:
            return kind
    return _CALLED.get(word)


class Tier(StrEnum):
    """How sure a proposal is."""

    SURE = "sure"
    LIKELY = "likely"
    LOOK = "look"

    @property
    def label(self) -> str:
        """The tier in the language in use."""
        return _(_TIERS[self])

    @property
    def rank(self) -> int:
        """0 for the surest."""
        return list(Tier).index(self)


_TIERS = {Tier.SURE: N_("sure"), Tier.LIKELY: N_("likely"), Tier.LOOK: N_("have a look")}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a sentence of the catalogue, with the word that it is about."""

    message: str
    word: str = ""

    def __str__(self) -> str:
        return _(self.message).format(word=self.word)


@dataclass(frozen=True, slots=True)
class Proposal:
    """`text[start:end]` may be a name. `pseudonym` is filled in for a name known already."""

    start: int
    end: int
    text: str
    kind: Kind
    tier: Tier
    reasons: tuple[Reason, ...] = ()
    pseudonym: str = ""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Known:
    """Someone or something whose names are known: from the key file or a list of participants.

    The first of `names` is the full one; the others are short forms and nicknames.
    `pseudonym` is empty for a participant who has none yet.
    """

    names: tuple[str, ...]
    kind: Kind = Kind.PERSON
    pseudonym: str = ""
