"""The review: equal words together, decided once, with the sentence around each and a count.

Plain data that a screen and a verb drive alike; nothing here is ever stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from qualcode.language.sentences import sentence_at
from qualcode.model import Role
from qualcode.pseudonyms.detect import Layer, propose
from qualcode.pseudonyms.giving import NameDecisions, Pseudonyms, Replacement, known_as, shown
from qualcode.pseudonyms.lists import plain, stems
from qualcode.pseudonyms.page import is_mostly_bare
from qualcode.pseudonyms.proposals import KnownName, NameKind, NameReason, Proposal, Tier
from qualcode.text.spans import Span

_LABEL_BEFORE = "x "  # puts a label in the middle of a sentence, where a capital tells


class NameChoice(StrEnum):
    """What was decided about a name."""

    OPEN = "open"
    REPLACE = "replace"
    KEEP = "keep"


@dataclass(slots=True)
class NameGroup:
    """All places of one name, in whatever form.

    `name` is the form that stands for it; `places` are in the text, `outside` are the speaker
    labels and titles that hold it. `same_as` is the key of the fuller name it probably
    belongs to. `role` is the word for the role of a speaker who is called so. `always` remembers the
    decision for later files.
    """

    key: str
    name: str
    kind: NameKind
    tier: Tier
    reasons: tuple[NameReason, ...]
    places: tuple[Span, ...]
    outside: tuple[str, ...] = ()
    pseudonym: str = ""
    same_as: str = ""
    choice: NameChoice = NameChoice.OPEN
    always: bool = False
    forms: tuple[str, ...] = field(default=())
    role: str = ""

    @property
    def count(self) -> int:
        """How often it stands in the text and its labels."""
        return len(self.places) + len(self.outside)


class Review:
    """Decide on the names of one text. `outside` are words beside it: speaker labels, the file's name."""

    def __init__(
        self,
        text: str,
        *,
        known: Sequence[KnownName] = (),
        participants: Sequence[KnownName] = (),
        refused: Iterable[str] = (),
        outside: Sequence[str] = (),
        pseudonyms: Pseudonyms | None = None,
        language: str = "nl",
        more_layers: Sequence[Layer] = (),
        speakers: Mapping[str, Role] | None = None,
    ) -> None:
        self.text = text
        self.language = language
        self.pseudonyms = pseudonyms or Pseudonyms(language=language)
        self.pseudonyms.take_from(text)
        everyone = [*known, *participants]
        found = propose(text, known=everyone, language=language, more_layers=more_layers)
        no_names = {plain(word) for word in refused}
        self._groups = _grouped(found, _labelled(outside, everyone, language), no_names)
        _give_roles(self._groups.values(), speakers or {}, language)
        _point_to_fuller(self._groups)

    @property
    def lacks_capitals(self) -> bool:
        """Whether most of the text is written without capitals, so that no rule finds all names in it."""
        return is_mostly_bare(self.text)

    @property
    def groups(self) -> list[NameGroup]:
        """Every name, the surest first, then in the order of the text."""
        return sorted(self._groups.values(), key=lambda group: group.tier.rank)

    def group(self, key: str) -> NameGroup:
        """The group with that key; `KeyError` if there is none."""
        return self._groups[key]

    def accept(self, key: str, *, always: bool = False) -> NameGroup:
        """Replace this name; gives it a pseudonym if it has none. A probable short form takes that of the full one."""
        group = self._groups[key]
        if not group.pseudonym and group.same_as:
            group.pseudonym = self.accept(group.same_as).pseudonym
        if not group.pseudonym:
            real = [form for other in self._groups.values() for form in other.forms]
            group.pseudonym = self.pseudonyms.new(group.kind, group.name, real, group.role)
        group.choice = NameChoice.REPLACE
        group.always = always or group.always
        return group

    def refuse(self, key: str, *, always: bool = False) -> NameGroup:
        """Leave this word as it is, in later files as well if `always`."""
        group = self._groups[key]
        group.choice = NameChoice.KEEP
        group.always = always
        return group

    def change(self, key: str, *, kind: NameKind | None = None, pseudonym: str = "") -> NameGroup:
        """Give a name another kind, or a pseudonym of your own choice, and replace it by that.

        Short forms that were replaced with it go along.
        """
        group = self._groups[key]
        before = group.pseudonym
        if kind is not None and kind is not group.kind:
            group.kind, group.role = kind, ""
            group.pseudonym = ""
            group.same_as = ""
        if pseudonym:
            group.pseudonym = pseudonym
            self.pseudonyms.take(pseudonym)
        self.accept(key)
        for short in self._groups.values():
            if before and short.same_as == key and short.pseudonym == before:
                short.kind, short.pseudonym = group.kind, group.pseudonym
        return group

    def same(self, key: str, other: str) -> NameGroup:
        """Say that a name is the person or thing of another name, and replace both."""
        full, group = self.accept(other), self._groups[key]
        group.kind, group.pseudonym, group.same_as = full.kind, full.pseudonym, full.key
        return self.accept(key)

    def separate(self, key: str) -> NameGroup:
        """Say that a short form is not the person of the fuller name: two children can share a name."""
        group = self._groups[key]
        group.same_as = ""
        group.pseudonym = ""
        group.choice = NameChoice.OPEN
        return group

    def reopen(self, key: str) -> NameGroup:
        """Take back what was decided about this name; it keeps its pseudonym in case it is replaced after all."""
        group = self._groups[key]
        group.choice = NameChoice.OPEN
        group.always = False
        return group

    @property
    def undecided(self) -> list[NameGroup]:
        """The names nobody has decided about yet."""
        return [group for group in self.groups if group.choice is NameChoice.OPEN]

    def in_text_order(self) -> list[NameGroup]:
        """Every name in the order of the text, those in labels last: so are pseudonyms numbered."""
        last = Span(len(self.text), len(self.text))
        return sorted(self._groups.values(), key=lambda group: group.places[0] if group.places else last)

    def sentence(self, place: Span) -> tuple[str, str, str]:
        """What stands before a place in its sentence, the place itself, and what follows."""
        start = self.text.rfind("\n", 0, place.start) + 1
        end = self.text.find("\n", place.end)
        line = self.text[start : end if end >= 0 else len(self.text)]
        found = sentence_at(line, place.start - start, self.language)
        begin, stop = start + found.start, max(start + found.end, place.end)
        return self.text[begin : place.start], place.of(self.text), self.text[place.end : stop]

    def decisions(self) -> NameDecisions:
        """What is to be replaced; open names stay as they are."""
        chosen = [group for group in self._groups.values() if group.choice is NameChoice.REPLACE]
        names = _real_names(chosen)
        replacements = [
            Replacement(
                place.start, place.end, shown(group.pseudonym, place.of(self.text), names[group.pseudonym])
            )
            for group in chosen
            for place in group.places
        ]
        forms = {
            form: shown(group.pseudonym, form, names[group.pseudonym])
            for group in chosen
            for form in group.forms
        }
        return NameDecisions(tuple(sorted(replacements)), forms)

    def known(self) -> list[KnownName]:
        """The names that were replaced, with their pseudonyms: what a key file keeps."""
        chosen = [group for group in self._groups.values() if group.choice is NameChoice.REPLACE]
        kinds = {group.pseudonym: group.kind for group in reversed(chosen)}
        return [
            known_as(names, kinds[pseudonym], pseudonym) for pseudonym, names in _real_names(chosen).items()
        ]

    def always_refused(self) -> list[str]:
        """Words that are no names, in later files either."""
        return [group.name for group in self.groups if group.choice is NameChoice.KEEP and group.always]

    def as_data(self) -> list[dict[str, Any]]:
        """The groups as plain values, for JSON."""
        return [
            {
                "name": group.name,
                "kind": group.kind.value,
                "tier": group.tier.value,
                "count": group.count,
                "places": [list(place) for place in group.places],
                "reasons": [str(reason) for reason in group.reasons],
                "pseudonym": group.pseudonym,
                "choice": group.choice.value,
            }
            for group in self.groups
        ]


def _real_names(chosen: Iterable[NameGroup]) -> dict[str, list[str]]:
    """Per pseudonym the real names behind it, the fullest first."""
    found: dict[str, list[str]] = {}
    for group in chosen:
        found.setdefault(group.pseudonym, []).extend([group.name, *group.forms])
    return {
        pseudonym: sorted(dict.fromkeys(names), key=lambda name: -len(name.split()))
        for pseudonym, names in found.items()
    }


def _labelled(
    outside: Sequence[str], everyone: Sequence[KnownName], language: str
) -> list[tuple[str, Proposal]]:
    """Names in labels and titles."""
    found = []
    for label in dict.fromkeys(outside):
        for proposal in propose(_LABEL_BEFORE + label, known=everyone, language=language):
            if proposal.kind is not NameKind.UNKNOWN:
                found.append((label, replace(proposal, start=0, end=0)))
    return found


_KINDS = {
    Role.PARENT: NameKind.PARENT,
    Role.TEACHER: NameKind.TEACHER,
    Role("intern begeleider"): NameKind.TEACHER,
    Role("directeur"): NameKind.TEACHER,
    Role.CARE_WORKER: NameKind.PROFESSIONAL,
    Role.CHILD: NameKind.CHILD,
}


def _give_roles(groups: Iterable[NameGroup], speakers: Mapping[str, Role], language: str) -> None:
    """Let names that stand in the label of a speaker be of that speaker's role."""
    for group in groups:
        role = next((speakers[label] for label in group.outside if label in speakers), None)
        if role is not None and role.wide in _KINDS and not group.pseudonym and _may_be_person(group):
            group.kind = _KINDS[role.wide]
            group.role = "".join(filter(str.isalpha, role.names.in_language(language).lower()))


def _grouped(
    found: Iterable[Proposal], labelled: Iterable[tuple[str, Proposal]], refused: set[str]
) -> dict[str, NameGroup]:
    inside = [proposal for proposal in found if plain(proposal.text) not in refused]
    beside = [(label, one) for label, one in labelled if plain(one.text) not in refused]
    keys = {plain(proposal.text) for proposal in (*inside, *(one for _label, one in beside))}
    groups: dict[str, NameGroup] = {}
    for proposal in inside:
        _enter(groups, _key(proposal, keys), proposal, place=proposal.span)
    for label, proposal in beside:
        _enter(groups, _key(proposal, keys), proposal, label=label)
    return groups


def _key(proposal: Proposal, keys: set[str]) -> str:
    """Emmaatje goes with Emma if Emma is there; otherwise a word goes with its equals."""
    whole = plain(proposal.text)
    if proposal.kind.is_person or proposal.kind is NameKind.UNKNOWN:
        return next((stem for stem in stems(whole) if stem in keys), whole)
    bare = whole.removeprefix("de ").removeprefix("het ").removeprefix("'t ")
    return bare if bare in keys else whole


def _enter(
    groups: dict[str, NameGroup], key: str, proposal: Proposal, *, place: Span | None = None, label: str = ""
) -> None:
    places = (place,) if place else ()
    outside = (label,) if label else ()
    group = groups.get(key)
    if group is None:
        groups[key] = NameGroup(
            key,
            proposal.text,
            proposal.kind,
            proposal.tier,
            proposal.reasons,
            places,
            outside,
            proposal.pseudonym,
            forms=(proposal.text,),
        )
        return
    group.places += places
    group.outside += tuple(label for label in outside if label not in group.outside)
    group.forms = tuple(dict.fromkeys((*group.forms, proposal.text)))
    group.reasons = tuple(dict.fromkeys((*group.reasons, *proposal.reasons)))
    if proposal.pseudonym and not group.pseudonym:
        group.pseudonym, group.kind = proposal.pseudonym, proposal.kind
    if plain(proposal.text) == key and (plain(group.name) != key or group.name.islower()):
        group.name = proposal.text
    if proposal.tier.rank < group.tier.rank:
        group.tier = proposal.tier
    if proposal.kind.rank < group.kind.rank and not group.pseudonym:
        group.kind = proposal.kind


def _point_to_fuller(groups: dict[str, NameGroup]) -> None:
    """Point "Emma" and "de Vries" to "Emma de Vries", if only one fuller name could be meant.

    First names go first, for they tell the role: once Emma de Vries is a child, "mevrouw de Vries"
    is somebody else.
    """
    firsts: dict[str, set[str]] = {}
    lasts: dict[str, set[str]] = {}
    for group in groups.values():
        words = group.key.split()
        if len(words) > 1 and _may_be_person(group):
            firsts.setdefault(words[0], set()).add(group.key)
            for last in {" ".join(words[1:]), words[-1]}:
                lasts.setdefault(last, set()).add(group.key)
    for owners in (firsts, lasts):
        for group in groups.values():
            fuller = owners.get(group.key, set()) - {group.key}
            if len(fuller) == 1 and not group.same_as and _may_be_person(group):
                _join(group, groups[fuller.pop()], by_surname=owners is lasts)


def _may_be_person(group: NameGroup) -> bool:
    return group.kind.is_person or group.kind is NameKind.UNKNOWN


def _join(short: NameGroup, full: NameGroup, *, by_surname: bool) -> None:
    open_kinds = (NameKind.PERSON, NameKind.UNKNOWN)
    if by_surname and (full.kind is NameKind.CHILD or short.kind not in (*open_kinds, full.kind)):
        return  # "mevrouw de Vries" may be the mother of Emma de Vries
    if short.pseudonym and full.pseudonym and short.pseudonym != full.pseudonym:
        return
    short.same_as = full.key
    if full.pseudonym:
        return
    full.pseudonym = short.pseudonym
    if full.kind in open_kinds:
        full.kind = short.kind
    full.role = full.role or (short.role if full.kind is short.kind else "")
