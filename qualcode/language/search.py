"""A question and an index → the places that answer it.

"and" and "not" look at one turn: `hulp niet school` finds "hulp" in turns without
"school". Conditions (`code:`, `informant:`) look at the place found.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.language.index import Form, Occurrence, WordIndex
from qualcode.language.query import And, Filter, Near, Node, Not, Or, Phrase, Query, Word, is_condition
from qualcode.language.reading import NOUN, WordKeys, asked
from qualcode.language.split import split_places, split_verbs
from qualcode.language.words import folded
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
        keys = WordKeys(*(frozenset[str]().union(*some) for some in zip(*wanted, strict=True)))
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
