"""The detector: every layer proposes, the proposals are merged.

Layer G stands here: names known already, in all the forms they take; and those found for sure earlier in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from qualcode.i18n import N_
from qualcode.pseudonyms.lists import NameLists, name_lists, plain
from qualcode.pseudonyms.page import INFIX, PLACEHOLDER, NamePage
from qualcode.pseudonyms.proposals import KnownName, NameKind, NameReason, Proposal, Tier
from qualcode.text.hidden_names import HiddenName, Hider

_GENITIVE = re.compile(r"(?:['’]s|['’])$")


def merged(page: NamePage, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Disjoint proposals in the order of the text, genitives left outside."""
    ordered = sorted((_without_genitive(page, one) for one in proposals), key=lambda p: (p.start, -p.end))
    result: list[Proposal] = []
    group: list[Proposal] = []
    end = -1
    for proposal in ordered:
        if group and proposal.start >= end:
            result.append(_one(page, group))
            group = []
            end = -1
        group.append(proposal)
        end = max(end, proposal.end)
    if group:
        result.append(_one(page, group))
    return result


def _one(page: NamePage, group: list[Proposal]) -> Proposal:
    start = min(one.start for one in group)
    end = max(one.end for one in group)
    best = min(group, key=lambda one: (one.kind.rank, one.tier.rank, one.start - one.end))
    reasons = dict.fromkeys(reason for one in group for reason in one.reasons)
    tier = min((one.tier for one in group), key=lambda tier: tier.rank)
    known = max((one for one in group if one.pseudonym), key=lambda one: one.end - one.start, default=None)
    if known is not None and not _is_same_person(known, start, end):
        # "Jan de Vries" where Emma de Vries is known: somebody else, or a question
        reasons = {NameReason(_SOMEBODY_ELSE): None, **reasons}
        known, tier = None, max(tier, Tier.LIKELY, key=lambda one: one.rank)
    pseudonym, whole = (known.pseudonym, known.known_whole) if known else ("", False)
    kind = known.kind if known else best.kind  # the kind that its pseudonym was given for
    return Proposal(start, end, page.original[start:end], kind, tier, tuple(reasons), pseudonym, whole)


def _is_same_person(known: Proposal, start: int, end: int) -> bool:
    """Whether a stretch with a known name in it is that person: the same words, or a first name and its surname."""
    return (known.start, known.end) == (start, end) or (known.start == start and not known.known_whole)


def _without_genitive(page: NamePage, proposal: Proposal) -> Proposal:
    """ "Emma's" and "Yusufs" are Emma and Yusuf with an ending; "Thijs" and "De Vries" keep their s."""
    if not (proposal.kind.is_person or proposal.kind.value in ("unknown", "place")):
        return proposal
    text = proposal.text
    cut = len(text)
    ending = _GENITIVE.search(text)
    if ending:
        cut = ending.start()
    elif _is_bare_genitive(page, text):
        cut -= 1
    if cut == len(text) or cut < 2:
        return proposal
    return replace(proposal, end=proposal.start + cut, text=text[:cut])


def _is_bare_genitive(page: NamePage, text: str) -> bool:
    last = text.split()[-1]
    lists = page.lists
    lower = plain(last)
    if not lower.endswith("s") or len(lower) < 4 or lower in lists.first or lower in lists.surnames:
        return False
    return lower[:-1] in lists.first


_SOMEBODY_ELSE = N_("a known name with another beside it: somebody else?")
_KNOWN = N_("a name that is known already")
_IN_CASE = N_("somebody who has a pseudonym in this case already")
_FORM = N_("a form of “{word}”, which is known already")
_SEVERAL = N_("goes for several people: {word}")
_SEEN = N_("the same name as elsewhere in this text")
_SHORTEST_PART = 2
_SHORTEST_SEED = 3
_GENITIVES = ("'s", "s")
_word = re.compile(r"[^\W\d_]+(?:[-'‑][^\W\d_]+)*")
_ends_name = re.compile(r"(?:['’]?s|['’])?(?![\w])")
_infix = re.compile(rf"(?:{INFIX})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Entry:
    known: KnownName
    is_full: bool


def forms(name: str, kind: NameKind) -> list[str]:
    """The forms a name takes: whole, first name, surname, diminutives; without genitives.

    Only people and unclear names come apart; "De Regenboog" stays whole, with and without its article.
    """
    whole = " ".join(name.split())
    if not (kind.is_person or kind is NameKind.UNKNOWN):
        bare = re.sub(r"^(?:de|het|'t|’t) ", "", whole, flags=re.IGNORECASE)
        return list(dict.fromkeys([whole, bare]))
    found = [whole]
    words = whole.split()
    if len(words) > 1:
        # a child goes by its first name; who goes by its surname is more likely a parent
        found += [words[0]] if kind is NameKind.CHILD else [words[0], surname(whole), words[-1]]
    found += [form for name in (words[0], whole) if " " not in name for form in diminutives(name)]
    return [
        form
        for form in dict.fromkeys(found)
        if len(form) >= _SHORTEST_PART and form[0].isalnum() and not _infix.match(form)
    ]


def has_first_name(name: str) -> bool:
    """Whether a name says who of a family it is: "Emma", "Jan de Vries"; not "de Vries", "Bakker"."""
    words = name.split()
    return not _infix.match(words[0]) and (len(words) > 1 or name_lists().is_first_name(words[0]))


def is_surname_of(words: str, names: Iterable[str]) -> bool:
    """Whether words are the surname, and nothing else, of somebody who goes by these names."""
    full = [plain(name) for name in names]
    return words not in full and any(
        words in (surname(name), name.split()[-1]) for name in full if " " in name
    )


def surname(name: str) -> str:
    """The surname with its infixes: "de Vries" of "Emma de Vries"; of a single word that word."""
    words = name.split()
    return " ".join(words[1:]) if len(words) > 1 else name


def diminutives(name: str) -> list[str]:
    """Emma: Emmaatje, Emmatje; Bram: Brammetje, Brampje, Bramke …"""
    lower = plain(name)
    found = [name + ending for ending in ("tje", "je", "pje", "etje", "ke", "ie")]
    if lower[-1] in "aou":
        found.append(name + lower[-1] + "tje")
    if lower[-1] not in "aeiouy":
        found += [name + lower[-1] + ending for ending in ("etje", "ie", "eke")]
    if lower.endswith("i"):
        found.append(name + "etje")
    return found


class Registry:
    """Finds the forms of known names in a text."""

    def __init__(self, known: Iterable[KnownName]) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        self._by_first: dict[str, list[str]] = {}
        for one in known:
            for n, name in enumerate(one.names):
                for form in forms(name, one.kind):
                    self._enter(plain(form), _Entry(one, n == 0 and form == name))
        for alternatives in self._by_first.values():
            alternatives.sort(key=len, reverse=True)

    def _enter(self, form: str, entry: _Entry) -> None:
        entries = self._entries.setdefault(form, [])
        if not entries:
            first = _word.search(form)
            self._by_first.setdefault(first[0] if first else form, []).append(form)
        if all(entry.known is not other.known for other in entries):
            entries.append(entry)

    def owners(self, form: str) -> list[KnownName]:
        """Those who go by `form` in any case: whole names before parts of names."""
        entries = self._entries.get(plain(form), [])
        full = [entry.known for entry in entries if entry.is_full]
        return full or [entry.known for entry in entries]

    def proposals(self, page: NamePage) -> Iterator[Proposal]:
        """Every form of a known name, whole words, in capitals or not."""
        if not self._entries:
            return
        end = 0
        for word in page.words():
            if word.start() < end:
                continue
            found = self._at(page.text, word)
            if found is None:
                continue
            end = word.start() + len(found)
            yield from self._judged(page, word.start(), end)

    def _at(self, text: str, word: re.Match[str]) -> str | None:
        """The longest form that begins with this word, whatever its case; a genitive ending is left out."""
        lower = plain(word[0])
        for first in (
            lower,
            *(lower.removesuffix(ending) for ending in _GENITIVES if lower.endswith(ending)),
        ):
            for form in self._by_first.get(first, ()):
                stop = word.start() + len(form)
                if plain(text[word.start() : stop].replace("\xa0", " ")) == form and _ends_name.match(
                    text, stop
                ):
                    return form
        return None

    def _judged(self, page: NamePage, start: int, end: int) -> Iterator[Proposal]:
        word = page.text[start:end]
        tier = Tier.SURE
        if word[0].islower() and " " not in word:
            if page.is_word(word) and not page.lacks_capitals(start):
                return
            tier = Tier.LOWER if page.is_word(word) else Tier.LIKELY
        elif page.opens_sentence(start) and page.is_word(word):
            tier = Tier.LIKELY
        yield _known_here(page, start, end, self.owners(word.replace("\xa0", " ")), tier)


def _known_here(page: NamePage, start: int, end: int, owners: Sequence[KnownName], tier: Tier) -> Proposal:
    owner = owners[0]
    words = plain(page.text[start:end])
    same = words == plain(owner.names[0])
    if tier is Tier.SURE and is_surname_of(words, owner.names):
        tier = Tier.LIKELY  # others of the family have it as well
    reason = NameReason(_KNOWN) if same else NameReason(_FORM, owner.names[0])
    if len(owners) > 1:
        reason = NameReason(_SEVERAL, ", ".join(one.names[0] for one in owners))
    pseudonym = owner.pseudonym if len({one.pseudonym for one in owners}) == 1 else ""
    whole = any(" " in name for name in owner.names)
    return Proposal(start, end, page.original[start:end], owner.kind, tier, (reason,), pseudonym, whole)


def seeds(page: NamePage, found: Iterable[Proposal]) -> list[KnownName]:
    """People found for sure, to look for in the rest of the text."""
    kinds: dict[str, Proposal] = {}
    for proposal in found:
        if proposal.tier is not Tier.SURE or not proposal.kind.is_person or PLACEHOLDER.search(proposal.text):
            continue
        before = kinds.get(proposal.text)
        if before is None or proposal.kind.rank < before.kind.rank:
            kinds[proposal.text] = proposal
    return [KnownName((name,), one.kind) for name, one in kinds.items() if len(name) >= _SHORTEST_SEED]


def seen_again(page: NamePage, known: Sequence[KnownName]) -> Iterator[Proposal]:
    """Where the seeds turn up again."""
    for proposal in Registry(known).proposals(page):
        lower = proposal.text[0].islower()
        if lower and (page.is_word(proposal.text) or not page.usable(proposal.text)):
            continue
        if not lower and not any(page.usable(word) for word in proposal.text.split()):
            continue
        tier = Tier.LIKELY if proposal.tier is Tier.SURE else proposal.tier
        yield replace(proposal, tier=tier, reasons=(NameReason(_SEEN),))


Layer = Callable[[str], Iterable[Proposal]]


def cast_layer(members: Iterable[tuple[NameKind, str, HiddenName]]) -> Layer:
    """Finds people whose names are kept as fingerprints: the kind, the pseudonym and the names of each."""
    people = list(members)
    owners: dict[tuple[str, str], list[int]] = {}
    for n, (_kind, _pseudonym, name) in enumerate(people):
        for form in name.forms:
            owners.setdefault((name.salt, form.mark), []).append(n)
    names = [
        HiddenName(
            "", name.salt, tuple(form._replace(replacement=f"{name.salt}:{form.mark}") for form in name.forms)
        )
        for _kind, _pseudonym, name in people
    ]
    hider = Hider(names)

    def layer(text: str) -> Iterator[Proposal]:
        for start, end, found in hider.places(text):
            salt, _colon, mark = found.partition(":")
            those = [people[n] for n in owners[salt, mark]]
            kind, pseudonym, _name = those[0]
            one = len({pseudonym for _kind, pseudonym, _name in those}) == 1
            reason = NameReason(_IN_CASE) if one else NameReason(_SEVERAL, text[start:end])
            whole = any(form.words > 1 for _kind, _pseudonym, name in those for form in name.forms)
            tier = Tier.SURE if one else Tier.LIKELY
            yield Proposal(
                start, end, text[start:end], kind, tier, (reason,), pseudonym if one else "", whole
            )

    return layer


_TAKEN = frozenset(
    {
        NameKind.EMAIL,
        NameKind.URL,
        NameKind.PHONE,
        NameKind.DATE,
        NameKind.ADDRESS,
        NameKind.SCHOOL,
        NameKind.INSTITUTION,
    }
)


def propose(
    text: str,
    *,
    known: Sequence[KnownName] = (),
    participants: Sequence[KnownName] = (),
    language: str = "nl",
    lists: NameLists | None = None,
    more_layers: Sequence[Layer] = (),
) -> list[Proposal]:
    """What in `text` may have to be replaced: disjoint proposals in the order of the text.

    `known` are names that have a pseudonym already, `participants` those that the pair
    wrote down; both are found in all their forms. `more_layers` are other detectors
    (deduce, the entities of a trained pipeline). Placeholders such as `[leerling-1]` are left alone.
    """
    # hundreds of patterns are compiled at once; most verbs only ask whether somebody looked at the names
    from qualcode.pseudonyms import capitals, patterns

    page = NamePage(text, lists or name_lists(), language)
    found = [*patterns.formed(page), *patterns.organisations(page)]
    taken = [proposal.span for proposal in found if proposal.kind in _TAKEN]
    found += patterns.titled(page)
    found += capitals.proposals(page, taken)
    found += Registry([*known, *participants]).proposals(page)
    found += chain.from_iterable(layer(text) for layer in more_layers)
    once = merged(page, found)
    again = seen_again(page, seeds(page, once))
    return merged(page, [*once, *again])
