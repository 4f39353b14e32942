"""Layers D, E and F: words with a capital where none is due, listed names, names in lower case."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from unicodedata import combining, normalize

from qualcode.i18n import N_
from qualcode.pseudonyms.lists import PARTS, SAFE, TITLES, plain, stems
from qualcode.pseudonyms.page import INFIX, NamePage
from qualcode.pseudonyms.proposals import NameKind, NameReason, Proposal, Tier
from qualcode.text.spans import Span, union

_LISTED = {
    NameKind.PERSON: N_("a listed name"),
    NameKind.PLACE: N_("a listed place"),
    NameKind.INSTITUTION: N_("a listed institution"),
}
_MIDDLE = N_("a capital in the middle of a sentence")
_WORD_AND_NAME = N_("a name that is an everyday word as well")
_NO_WORD = N_("begins a sentence and is no dictionary word")
_LOWER = N_("a listed name, written without a capital")
_UNKNOWN_LOWER = N_("no dictionary word, in text without capitals")
_ALL_CAPITALS = N_("a listed name, in capitals")
_GIVEN_AWAY = N_("a listed name that is an everyday word as well, where a name would stand; no capitals")
_LOWER_TITLE = N_("stands behind “{word}”, in text without capitals")
_SHORTEST_LOWER = 3
_LONGEST_COMPOUND = 40
_DOING = re.compile(
    r" (?:zei|zegt|vroeg|vraagt|riep|vond|vindt|dacht|denkt|wilde|wil|wou|heeft|had|moest|moet|mocht|kon|kan|ging|gaat"
    r"|kwam|komt|werd|wordt|zat|zit|stond|liep|huilde|lachte|sloeg|belde|mailde|schreef|werkt|werkte|woont|woonde|kreeg"
    r"|deed|doet)\b"
)


def proposals(page: NamePage, taken: Sequence[Span] = ()) -> Iterator[Proposal]:
    """Runs of capital words outside `taken` (schools and the like), and names in lower case."""
    spans = union(taken)
    for run in page.runs():
        for start, end in _outside(page, run.start(), run.end(), spans):
            trimmed = page.trimmed(start, end)
            if trimmed is not None:
                yield from _judged(page, *trimmed)
    yield from _lower_case(page)


def _outside(page: NamePage, start: int, end: int, taken: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The parts of a run that are not taken, without infixes left over at their edges."""
    pieces = []
    left = start
    for span in taken[bisect_right(taken, start, key=lambda span: span.end) :]:
        if span.start >= end:
            break
        pieces.append((left, span.start))
        left = span.end
    pieces.append((left, end))
    for left, right in pieces:
        if (left, right) != (start, end):
            left, right = _without_infixes(page.text, left, right)
        if left < right:
            yield left, right


def _without_infixes(text: str, left: int, right: int) -> tuple[int, int]:
    leading = re.compile(rf"\s*(?:(?:{INFIX})(?=\s)\s*)?").match(text, left, right)
    left = leading.end() if leading else left
    while left < right:
        part = text[left:right]
        found = re.search(rf"(?:^|\s)(?:{INFIX})?\s*$", part)
        if not found or not found[0]:
            break
        right = left + found.start()
    return left, right


def kind_by_lists(page: NamePage, words: str) -> NameKind:
    """The kind that the lists give to a run of words."""
    lists = page.lists
    parts = words.split()
    first = parts[0]
    known_first = lists.is_first_name(first)
    if plain(words) in lists.institutions and not known_first:
        return NameKind.INSTITUTION
    if not known_first and (lists.is_place(words) or lists.is_place(first)):
        return NameKind.PLACE
    if known_first or any(lists.is_surname(part) for part in parts):
        return NameKind.PERSON
    return NameKind.UNKNOWN


def _judged(page: NamePage, start: int, end: int) -> Iterator[Proposal]:
    words = page.text[start:end]
    if plain(words) in _COUNTED and _NUMBER.match(page.text, end):
        return
    kind = kind_by_lists(page, words)
    if not page.opens_sentence(start):
        tier = Tier.LIKELY if kind is NameKind.UNKNOWN else Tier.SURE
        listed = () if kind is NameKind.UNKNOWN else (NameReason(_LISTED[kind]),)
        yield page.proposal(start, end, kind, tier, *listed, NameReason(_MIDDLE))
        return
    tier_and_reason = _at_start(page, words, kind)
    if tier_and_reason is None and _does_something(page, words, end):
        tier_and_reason = (Tier.LOOK, _WORD_AND_NAME)
    if tier_and_reason is not None:
        yield page.proposal(start, end, kind, tier_and_reason[0], NameReason(tier_and_reason[1]))


def _at_start(page: NamePage, words: str, kind: NameKind) -> tuple[Tier, str] | None:
    """How sure a run at the start of a sentence is, and why; `None` if it is an ordinary word."""
    first = words.split()[0]
    ordinary = page.is_word(first)
    several = " " in words
    if several and kind is not NameKind.UNKNOWN and not ordinary:
        return Tier.SURE, _LISTED[kind]
    if several:
        return Tier.LIKELY, _LISTED.get(kind, _NO_WORD)
    if kind is NameKind.PERSON and page.lists.is_first_name(first):
        if not ordinary:
            return Tier.LIKELY, _LISTED[kind]
        return (Tier.LOOK, _WORD_AND_NAME) if _worth_a_look(page, first) else None
    if ordinary:
        return None
    if kind is not NameKind.UNKNOWN:
        return Tier.LIKELY, _LISTED[kind]
    return (
        (Tier.LIKELY, _NO_WORD) if len(first) >= _SHORTEST_LOWER and not _is_compound(page, first) else None
    )


def _does_something(page: NamePage, word: str, end: int) -> bool:
    """Whether a listed name that is an everyday word is followed by what a person does ("Bakker zei")."""
    listed = page.lists.is_first_name(word) or plain(word) in page.lists.surnames
    return listed and _DOING.match(page.text, end) is not None


def _worth_a_look(page: NamePage, word: str) -> bool:
    lower = plain(word)
    known = page.lists.curated | page.lists.word_names
    return lower in known or any(stem in known for stem in stems(lower) if not lower.endswith("s"))


def _is_compound(page: NamePage, word: str) -> bool:
    """Whether a word unknown to the dictionary is made of two that it knows ("Schoolgesprek")."""
    lower = plain(word).replace("-", "")
    if len(lower) > _LONGEST_COMPOUND:
        return True  # a run of letters, nobody's name
    for cut in range(len(lower) - 3, 2, -1):
        head, tail = lower[:cut], lower[cut:]
        if not page.is_word(tail):
            continue
        if page.is_word(head) or (head.endswith(("s", "e")) and len(head) > 3 and page.is_word(head[:-1])):
            return True
    return False


def _lower_case(page: NamePage) -> Iterator[Proposal]:
    """Listed names in lower case that are no dictionary words; more of them in text without capitals."""
    before = ""
    words = list(page.words())
    between = _Neighbours(page, words)
    for n, found in enumerate(words):
        word = found[0]
        if word[0].islower() and len(word) >= _SHORTEST_LOWER and page.usable(word):
            yield from _one_in_lower_case(page, found, before)
            if page.lacks_capitals(found.start()) and between.give_away(n):
                yield page.proposal(*found.span(), NameKind.PERSON, Tier.LOWER, NameReason(_GIVEN_AWAY))
        elif word.isupper() and _is_shouted_name(page, word):
            yield page.proposal(*found.span(), NameKind.PERSON, Tier.LOOK, NameReason(_ALL_CAPITALS))
        if word in TITLES and page.lacks_capitals(found.start()):
            yield from _behind_lower_title(page, words, n)
        before = word


def _is_shouted_name(page: NamePage, word: str) -> bool:
    lower = plain(word)
    return (
        len(word) >= _SHORTEST_LOWER
        and lower in page.lists.first
        and lower not in SAFE
        and not page.is_word(word)
    )


def _one_in_lower_case(page: NamePage, found: re.Match[str], before: str) -> Iterator[Proposal]:
    word = found[0]
    if page.is_word(word) or page.is_word(_without_stress(word)):
        return
    if page.lists.is_first_name(word):
        joined = any(page.is_word(part) for part in word.split("-"))  # "meta-perspectief"
        tier = Tier.LOWER if page.lacks_capitals(found.start()) and not joined else Tier.LOOK
        yield page.proposal(*found.span(), NameKind.PERSON, tier, NameReason(_LOWER))
    elif before in ("in", "naar", "uit", "bij", "van", "to", "from") and plain(word) in page.lists.places:
        yield page.proposal(*found.span(), NameKind.PLACE, Tier.LOOK, NameReason(_LOWER))
    elif page.lacks_capitals(found.start()) and not _is_compound(page, word) and "'" not in plain(word):
        yield page.proposal(*found.span(), NameKind.UNKNOWN, Tier.LOOK, NameReason(_UNKNOWN_LOWER))


def _without_stress(word: str) -> str:
    """ "níét" as it is in the dictionary."""
    return "".join(sign for sign in normalize("NFD", word) if not combining(sign))


def _behind_lower_title(page: NamePage, words: Sequence[re.Match[str]], n: int) -> Iterator[Proposal]:
    """ "meester vos", "mevrouw van dijk" in text without capitals."""
    title = words[n]
    after = n + 1
    infix = re.compile(rf"[ \xa0](?:{INFIX})[ \xa0]").match(page.text, title.end())
    start = infix.start() + 1 if infix else title.end() + 1
    if infix:
        while after < len(words) and words[after].start() < infix.end():
            after += 1
    if after >= len(words):
        return
    name = words[after]
    gap = page.text[infix.end() if infix else title.end() : name.start()]
    if gap != ("" if infix else " ") or not page.usable(name[0]):
        return
    listed = page.lists.is_first_name(name[0]) or page.lists.is_surname(name[0])
    if page.is_word(name[0]) and not (infix or (listed and title[0] in _ALWAYS_NAMED)):
        return
    tier = Tier.LIKELY if listed else Tier.LOOK if page.is_word(name[0]) else Tier.LOWER
    yield page.proposal(start, name.end(), TITLES[title[0]], tier, NameReason(_LOWER_TITLE, title[0]))


_ALWAYS_NAMED = PARTS["always_named"]


_COUNTED = PARTS["counted"]
_NUMBER = re.compile(r"[ \t\xa0]+\d")
_COUNTLESS, _WITH, _BESIDE = PARTS["countless"], PARTS["with_somebody"], PARTS["beside_somebody"]
_BEFORE_THINGS, _TURNED = PARTS["before_things"], PARTS["turned_round"]


class _Neighbours:
    """Names that are everyday words as well ("roos", "bas"), in text without capitals: the words around tell."""

    def __init__(self, page: NamePage, words: Sequence[re.Match[str]]) -> None:
        self._page = page
        self._words = words
        self._names = page.lists.curated | page.lists.word_names

    def give_away(self, n: int) -> bool:
        """Whether the word there may be a first name, is an everyday word, and stands where only a name would."""
        if not self._may_be_name(n) or not self._page.is_word(self._words[n][0]):
            return False
        before, one_more = self._word(n - 1), self._word(n - 2)
        if before in _BEFORE_THINGS or (before.endswith("e") and one_more in _BEFORE_THINGS):
            return False
        if before in _BESIDE or before in TITLES or self._is_listed_with_others(n):
            return True
        does = _DOING.match(self._page.text, self._words[n].end()) is not None
        return self._words[n][0] not in _COUNTLESS and (does or before in _WITH or before in _TURNED)

    def _is_listed_with_others(self, n: int) -> bool:
        """ "bas en daan en roos" """
        return any(self._word(n + step) == "en" and self._may_be_name(n + 2 * step) for step in (-1, 1))

    def _may_be_name(self, n: int) -> bool:
        word = self._word(n)
        return word in self._names and self._page.usable(word)

    def _word(self, n: int) -> str:
        """The word there, "" past the edges of the text."""
        return plain(self._words[n][0]) if 0 <= n < len(self._words) else ""
