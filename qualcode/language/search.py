"""A question and an index → the places that answer it.

"and" and "not" look at one turn: `hulp niet school` finds "hulp" in turns without
"school". Conditions (`code:`, `informant:`) look at the place found.

A question for a separable verb ("terugtrekken") also finds "trok zich … terug". Nothing in the words joins
the two halves for certain, so the rules stay narrow: a finite form of the verb, then the particle within a
few words in the same sentence; or the particle right before the verb, or with "te" or an auxiliary between
("terug te trekken"). A particle that is a preposition as well must close its clause ("bel ik hem op.").
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.language.index import Form, Occurrence, WordIndex
from qualcode.language.query import And, Filter, Near, Node, Not, Or, Phrase, Query, Word, is_condition
from qualcode.language.reading import NOUN, Keys, asked, both
from qualcode.language.words import (
    LITTLE_WORDS,
    SplitVerb,
    folded,
    irregular_forms,
    irregular_verbs,
    lemma_set,
    split_verbs,
    stem,
)
from qualcode.text.spans import Span


class Hit(NamedTuple):
    """A place found: `text[start:end]` of a document, words `first` to `last`.

    `form` is the word as found, in lower case; `parts` are the words that matched. `reading` says of a word that
    can be a noun or a verb which it is here; a hit is not `sure` if what was asked for fits another reading better.
    """

    document: str
    start: int
    end: int
    turn: int
    sentence: int
    first: int
    last: int
    form: str
    parts: tuple[Span, ...]
    reading: str = ""
    sure: bool = True

    @property
    def label(self) -> str:
        """The form with its reading, as forms are counted and left out: "zorgen (verb)"."""
        return labelled(self.form, self.reading)


def labelled(form: str, reading: str) -> str:
    """A form with its reading in words, if it has one."""
    if not reading:
        return form
    return (_("{word} (noun)") if reading == NOUN else _("{word} (verb)")).format(word=form)


Admits = Callable[[Filter, Hit], bool]


def search(
    index: WordIndex,
    query: Query,
    *,
    languages: Sequence[str] = ("nl",),
    admits: Admits | None = None,
    also: bool = False,
) -> list[Hit]:
    """The places that answer `query`, by document and place.

    `admits` decides a condition for a place (`Scope.admits`). With `also` come those that are not sure as well,
    and what is to be left out ("hulp niet zorgen") is left out where it is not sure either.
    """
    return [hit for hit in every_place(index, query, languages, admits, also) if hit.sure or also]


def every_place(
    index: WordIndex, query: Query, languages: Sequence[str], admits: Admits | None, also: bool
) -> list[Hit]:
    """As `search`, with the hits that are not sure also where they are not asked for."""
    if query.filters and admits is None:
        raise ValueError("a question with conditions needs someone to decide them")
    return sorted(_Search(index, tuple(languages), admits, also).find(query.root))


class _Search:
    """One search: an index, languages, who decides conditions, and whether what is not sure counts."""

    def __init__(
        self, index: WordIndex, languages: tuple[str, ...], admits: Admits | None, also: bool
    ) -> None:
        self._index = index
        self._languages = languages
        self._admits = admits
        self._also = also

    def find(self, node: Node) -> list[Hit]:
        """The places for a node that names words."""
        if isinstance(node, Word):
            return self._word(node)
        if isinstance(node, Phrase):
            return list(self._phrase(node))
        if isinstance(node, Near):
            return _near(self.find(node.left), self.find(node.right), node.distance)
        if isinstance(node, And):
            return self._all_of(node.parts)
        if isinstance(node, Or):
            return _distinct(hit for part in node.parts for hit in self._alternative(part))
        raise InputError(_("What to leave out needs something to take it from: write “hulp niet school”."))

    def _alternative(self, node: Node) -> list[Hit]:
        if is_condition(node):
            raise InputError(
                _("A condition such as code: cannot be an alternative to a word; leave out “or”.")
            )
        return self.find(node)

    def _word(self, node: Word) -> list[Hit]:
        word = folded(node.text)
        if "*" in word:
            return self._single(self._index.like(word))
        wanted = [asked(node.text, language) for language in self._languages]
        keys = Keys(*(frozenset[str]().union(*some) for some in zip(*wanted, strict=True)))
        sure = [form for form in self._index.with_keys(keys.sure) if form.sure]
        known = {form.id for form in sure}
        rest = [form for form in self._index.with_keys(keys.sure | keys.beside) if form.id not in known]
        hits = [*self._single(sure), *self._single(rest, sure=False)]
        return _distinct([*hits, *self._split(keys.sure)]) if "nl" in self._languages else hits

    def _single(self, forms: Iterable[Form], sure: bool = True) -> list[Hit]:
        shown = {form.id: (folded(form.surface), form.reading) for form in forms}
        return [
            Hit(
                place.document,
                place.start,
                place.end,
                place.turn,
                place.sentence,
                place.n,
                place.n,
                shown[place.form][0],
                (Span(place.start, place.end),),
                shown[place.form][1],
                sure,
            )
            for place in self._index.occurrences(shown)
        ]

    def _split(self, keys: Collection[str]) -> Iterator[Hit]:
        for split in split_verbs(keys):
            for pair in split_places(self._index, split):
                yield self._stretch(pair, " … " if pair.second.n - pair.first.n > 1 else " ")

    def _stretch(self, places: Sequence[Occurrence], joint: str) -> Hit:
        first, last = places[0], places[-1]
        return Hit(
            first.document,
            first.start,
            last.end,
            first.turn,
            first.sentence,
            first.n,
            last.n,
            joint.join(folded(self._index.surface(place.form)) for place in places),
            tuple(Span(place.start, place.end) for place in places),
        )

    def _phrase(self, node: Phrase) -> Iterator[Hit]:
        """Look where its rarest word stands, and check the words around."""
        found = [self._index.like(word) if "*" in word else self._index.spelled(word) for word in node.words]
        rarest = min(range(len(found)), key=lambda place: sum(form.times for form in found[place]))
        wanted = [{form.id for form in forms} for forms in found]
        if not all(wanted):
            return
        for place in self._index.occurrences(wanted[rarest]):
            begin = place.n - rarest
            if begin < 0:
                continue
            around = self._index.window(place.document, begin, begin + len(wanted) - 1)
            if len(around) == len(wanted) and _fits(around, wanted):
                yield self._stretch(around, " ")

    def _all_of(self, parts: tuple[Node, ...]) -> list[Hit]:
        conditions = [part for part in parts if is_condition(part)]
        refused = [part.part for part in parts if isinstance(part, Not) and not is_condition(part)]
        sought = [part for part in parts if not is_condition(part) and not isinstance(part, Not)]
        if not sought:
            raise InputError(
                _("What to leave out needs something to take it from: write “hulp niet school”.")
            )
        found = [
            [hit for hit in self.find(part) if all(self._holds(condition, hit) for condition in conditions)]
            for part in sought
        ]
        left_out = {
            (hit.document, hit.turn) for part in refused for hit in self.find(part) if hit.sure or self._also
        }
        every = _turns_with_all(found) - left_out
        surely = _turns_with_all([[hit for hit in hits if hit.sure] for hits in found])
        return _distinct(
            hit._replace(sure=hit.sure and (hit.document, hit.turn) in surely)
            for hits in found
            for hit in hits
            if (hit.document, hit.turn) in every
        )

    def _holds(self, condition: Node, hit: Hit) -> bool:
        if isinstance(condition, Filter):
            return self._admits is not None and self._admits(condition, hit)
        if isinstance(condition, Not):
            return not self._holds(condition.part, hit)
        if isinstance(condition, And):
            return all(self._holds(part, hit) for part in condition.parts)
        if isinstance(condition, Or):
            return any(self._holds(part, hit) for part in condition.parts)
        raise ValueError(f"not a condition: {condition!r}")


def _fits(around: Sequence[Occurrence], wanted: Sequence[Collection[int]]) -> bool:
    same_turn = around[0].turn == around[-1].turn
    return same_turn and all(place.form in forms for place, forms in zip(around, wanted, strict=True))


def _turns_with_all(found: Iterable[Iterable[Hit]]) -> set[tuple[str, int]]:
    """The turns in which each of the questions found something."""
    return set.intersection(*({(hit.document, hit.turn) for hit in hits} for hits in found))


def _distinct(hits: Iterable[Hit]) -> list[Hit]:
    """Each place once, as sure as it was found anywhere."""
    return list(
        {(hit.document, hit.start, hit.end): hit for hit in sorted(hits, key=lambda hit: hit.sure)}.values()
    )


def _near(left: Sequence[Hit], right: Sequence[Hit], distance: int) -> list[Hit]:
    """Pairs of which both are sure, and what else there is."""
    sure = _pairs([hit for hit in left if hit.sure], [hit for hit in right if hit.sure], distance)
    return _distinct([*sure, *(hit._replace(sure=False) for hit in _pairs(left, right, distance))])


def _pairs(left: Iterable[Hit], right: Iterable[Hit], distance: int) -> Iterator[Hit]:
    """Each hit on the left with the nearest on the right, before and behind it, in the same turn."""
    others: defaultdict[tuple[str, int], list[Hit]] = defaultdict(list)
    for hit in sorted(right):
        others[hit.document, hit.turn].append(hit)
    seen = set()
    for hit in left:
        candidates = others.get((hit.document, hit.turn), [])
        at = bisect_left(candidates, hit.first, key=lambda other: other.first)
        for other in [*candidates[max(at - 1, 0) : at], *(_behind(candidates, at, hit))]:
            one, two = sorted((hit, other))
            if one.last < two.first <= one.last + distance and (one, two) not in seen:
                seen.add((one, two))
                yield _joined(one, two)


def _behind(candidates: Sequence[Hit], at: int, hit: Hit) -> list[Hit]:
    """The first candidate that begins behind `hit`."""
    while at < len(candidates) and candidates[at].first <= hit.last:
        at += 1
    return list(candidates[at : at + 1])


def _joined(one: Hit, two: Hit) -> Hit:
    return Hit(
        one.document,
        one.start,
        two.end,
        one.turn,
        one.sentence,
        one.first,
        two.last,
        f"{one.form} … {two.form}",
        one.parts + two.parts,
    )


_LINE_ENDS = str.maketrans("\n\t", "  ")


class Order(StrEnum):
    """By what the lines are sorted."""

    PLACE = "place"
    LEFT = "left"
    RIGHT = "right"
    FORM = "form"


class ContextLine(NamedTuple):
    """A hit in its context. `left` ends where the keyword begins; `right` begins where it ends."""

    hit: Hit
    left: str
    keyword: str
    right: str


def lines(index: WordIndex, hits: Sequence[Hit], width: int = 60) -> list[ContextLine]:
    """A line for each hit, with at most `width` characters on either side."""
    return [_line(index, hit, width) for hit in hits]


def arrange(
    index: WordIndex, hits: Sequence[Hit], order: Order = Order.PLACE, documents: Sequence[str] = ()
) -> list[Hit]:
    """The hits sorted; places follow `documents` in that order, others after them by name.

    Left sorts by the words before the hit, the nearest first; right by those behind it.
    """
    rank = {document: place for place, document in enumerate(documents)}
    by_place = sorted(hits, key=lambda hit: (rank.get(hit.document, len(rank)), hit.document, hit.start))
    if order is Order.LEFT:
        return sorted(by_place, key=lambda hit: _words(index, hit, hit.first - 3, hit.first - 1)[::-1])
    if order is Order.RIGHT:
        return sorted(by_place, key=lambda hit: _words(index, hit, hit.last + 1, hit.last + 3))
    if order is Order.FORM:
        return sorted(by_place, key=lambda hit: hit.form)
    return by_place


def forms_found(hits: Sequence[Hit]) -> list[tuple[str, int]]:
    """The forms that were found, with their reading and their number, the commonest first."""
    return sorted(Counter(hit.label for hit in hits).items(), key=lambda found: (-found[1], found[0]))


def _line(index: WordIndex, hit: Hit, width: int) -> ContextLine:
    begin = max(hit.start - width, 0)
    text = index.excerpt(hit.document, begin, hit.end + width).translate(_LINE_ENDS)
    keyword, behind = hit.start - begin, hit.end - begin
    return ContextLine(hit, text[:keyword], text[keyword:behind], text[behind:])


def _words(index: WordIndex, hit: Hit, first: int, last: int) -> list[str]:
    if last < 0:
        return []
    return [folded(index.surface(place.form)) for place in index.window(hit.document, first, last)]


REACH = 9
_ALSO_OTHERWISE = LITTLE_WORDS["prepositions"] | LITTLE_WORDS["otherwise"]
_BETWEEN = LITTLE_WORDS["between"]
_PLACES = frozenset(("er", "daar", "waar"))
_JOINS = frozenset(("en", "maar", "want"))


class Pair(NamedTuple):
    """The two halves where they stand, in the order of the text."""

    first: Occurrence
    second: Occurrence


def split_places(index: WordIndex, split: SplitVerb) -> Iterator[Pair]:
    """Where the verb stands in two parts, in the order of the index."""
    forms = {form.id: form.surface for form in index.with_keys([split.verb])}
    forms |= {form.id: form.surface for half in _finite(split.verb) for form in index.spelled(half)}
    particles = [form.id for form in index.spelled(split.particle)]
    sentences: defaultdict[tuple[str, int], list[Occurrence]] = defaultdict(list)
    if not particles:
        return
    for place in index.occurrences(forms):
        sentences[place.document, place.sentence].append(place)
    for particle in index.occurrences(particles):
        halves = sentences.get((particle.document, particle.sentence))
        found = _partner(index, split, particle, halves, forms) if halves else None
        if found:
            yield Pair(*sorted((found, particle), key=lambda place: place.n))


def _finite(verb: str) -> list[str]:
    first = stem(verb)
    return [] if verb in irregular_verbs() else [first, first if first.endswith("t") else first + "t"]


def _partner(
    index: WordIndex, split: SplitVerb, particle: Occurrence, halves: list[Occurrence], forms: dict[int, str]
) -> Occurrence | None:
    """The verb that belongs to `particle`: the nearest before it, else one right behind it."""
    at = bisect_left(halves, particle.n, key=lambda half: half.n)
    behind = halves[at] if at < len(halves) else None
    if behind and _written_apart(index, particle, behind):
        return behind
    if not particle.closes and split.particle in _ALSO_OTHERWISE:
        return None
    for half in reversed(halves[max(at - REACH, 0) : at]):
        if particle.n - half.n <= REACH and _may_be_finite(forms[half.form], split):
            return half if _belongs(index, half, particle, split) else None
    return None


def _belongs(index: WordIndex, half: Occurrence, particle: Occurrence, split: SplitVerb) -> bool:
    """Whether nothing between verb and particle claims the particle: "belde en stond op", "doet er niks mee"."""
    window = index.window(particle.document, half.n - 1, particle.n - 1)
    said = [folded(index.surface(place.form)) for place in window]
    between = said[half.n - window[0].n + 1 :]
    if split.particle == "mee" and _PLACES & set(said):
        return False
    return not any(
        word in _JOINS and any(map(_is_finite, between[place + 1 : place + 3]))
        for place, word in enumerate(between)
    )


@lru_cache(maxsize=20_000)
def _is_finite(word: str) -> bool:
    """Whether a word is a verb and neither its infinitive nor its participle; words that may be nouns are none."""
    if word in LITTLE_WORDS["subjects"] or word.startswith("ge") or both(word):
        return False
    known = irregular_forms().get(word)
    if known:
        return not known.others and word not in known.verbs
    return any(
        lemma != word and lemma.endswith("en") and lemma.startswith(word[:2]) for lemma in lemma_set(word)
    ) and (word.endswith(("te", "de", "t", "ten", "den")))


def _written_apart(index: WordIndex, particle: Occurrence, verb: Occurrence) -> bool:
    """Whether the particle stands right before the verb; "om te lopen" is a purpose and no omlopen."""
    gap = verb.n - particle.n - 1
    if particle.closes and gap == 0:
        return False
    if gap == 0:
        return True
    if gap > 1:
        return False
    between = index.window(particle.document, particle.n + 1, particle.n + 1)
    word = folded(index.surface(between[0].form))
    return word in _BETWEEN and not (word == "te" and folded(index.surface(particle.form)) == "om")


def _may_be_finite(surface: str, split: SplitVerb) -> bool:
    """Not a participle: "getrokken … terug" is none of ours."""
    lower = folded(surface)
    return not lower.startswith("ge") or lower.startswith(stem(split.verb)) or lower == split.verb
