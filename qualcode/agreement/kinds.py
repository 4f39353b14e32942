"""Every coding of two coders, each in exactly one kind of agreement or difference.

Codings of the same code are paired one to one first; the pairs are those of span F1, so the counts add
up with it. A coding that lies within one of the same coder and code says nothing new and goes with it.
What is left joins the passage of the other that it is a part of, if half of the shorter one is shared. Then
it is laid over the other codes: the same passage if half of the longer one is shared, an extra code if
half of it lies in a passage of the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from qualcode.agreement.matching import iou, overlapping, pair_up
from qualcode.agreement.readings import Mark, TwoReadings
from qualcode.agreement.value import Reason, Value, ratio
from qualcode.i18n import N_, Labelled, _
from qualcode.model import lies_below
from qualcode.text.spans import Span

AGREED_FROM = 0.9
CLOSE_FROM = 0.5


class DifferenceKind(Labelled):
    """How two readings of a passage relate."""

    AGREED = "agreed", N_("agreed")
    EDGES = "edges", N_("other edges")
    SPLIT = "split", N_("split or joined")
    OTHER_CODE = "other-code", N_("other code")
    EXTRA_CODE = "extra-code", N_("extra code")
    ONLY_A = "only-a", N_("only A")
    ONLY_B = "only-b", N_("only B")

    def named(self, coders: Sequence[str]) -> str:
        """The kind with the name of the coder instead of A or B."""
        if self in (DifferenceKind.ONLY_A, DifferenceKind.ONLY_B):
            return _("only {coder}").format(coder=coders[0] if self is DifferenceKind.ONLY_A else coders[1])
        return self.label

    @property
    def words(self) -> str:
        """What it means, in one sentence."""
        return _(_WORDS[self])


_WORDS = {
    DifferenceKind.AGREED: N_("The same code on the same passage."),
    DifferenceKind.EDGES: N_("The same code, but the passage starts or ends elsewhere."),
    DifferenceKind.SPLIT: N_("The same code, one passage for the one and several for the other."),
    DifferenceKind.OTHER_CODE: N_("The same passage, another code."),
    DifferenceKind.EXTRA_CODE: N_("Words that both marked got one more code from one of them."),
    DifferenceKind.ONLY_A: N_("Only A marked this passage."),
    DifferenceKind.ONLY_B: N_("Only B marked this passage."),
}


@dataclass(frozen=True, slots=True)
class EdgeRule:
    """When other edges are taken as agreed: IoU of at least `iou`, or both ends within `characters`."""

    iou: float = AGREED_FROM
    characters: int = 0

    def agrees(self, a: Span, b: Span) -> bool:
        """Whether the two count as the same passage."""
        near = max(abs(a.start - b.start), abs(a.end - b.end)) <= self.characters
        return near or iou(a, b) >= self.iou


CUSTOMARY_RULE = EdgeRule()


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two readings meet: the marks of A and of B that belong to it.

    `iou` is that of the best pair in it (0 where one side is empty); `close` counts
    its same-code pairs with IoU ≥ .5, `paired` all of them. `related`: of two codes, one stands above the other in
    the codebook, or both under one. `beside`: for an extra code, what the other marked these words with.
    """

    kind: DifferenceKind
    document: str
    a: tuple[Mark, ...]
    b: tuple[Mark, ...]
    iou: float = 0.0
    close: int = 0
    paired: int = 0
    related: bool = False
    beside: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """From the first to the last character of it, in the compared text."""
        marks = self.a + self.b
        return Span(min(mark.start for mark in marks), max(mark.end for mark in marks))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes it is about, sorted: one, or the pair that keeps meeting."""
        return tuple(sorted({mark.code for mark in self.a + self.b} | set(self.beside)))

    @property
    def agreed(self) -> bool:
        """Whether there is nothing to talk about."""
        return self.kind is DifferenceKind.AGREED

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""

        def listed(marks: tuple[Mark, ...]) -> list[dict[str, Any]]:
            return [{"id": m.id, "code": m.code, "start": m.start, "end": m.end} for m in marks]

        return {
            "type": self.kind.value,
            "transcript": self.document,
            "a": listed(self.a),
            "b": listed(self.b),
            "iou": self.iou,
            "codes": list(self.codes),
            "related": self.related,
            "beside": list(self.beside),
        }


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The kinds counted, and how they add up to the codings and to span F1.

    `places[kind]` counts differences, `of_a` and `of_b` the codings in them.
    """

    codings_a: int
    codings_b: int
    places: Mapping[DifferenceKind, int]
    of_a: Mapping[DifferenceKind, int]
    of_b: Mapping[DifferenceKind, int]
    close: int
    paired: int

    @property
    def f1(self) -> Value:
        """Span F1 at IoU ≥ .5: 2·close / (codings of A + of B)."""
        return ratio(2 * self.close, self.codings_a + self.codings_b, Reason.UNUSED)

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return {
            "codings_a": self.codings_a,
            "codings_b": self.codings_b,
            "types": {
                kind.value: {"places": self.places[kind], "a": self.of_a[kind], "b": self.of_b[kind]}
                for kind in DifferenceKind
            },
            "matched": self.close,
            "f1": self.f1.value,
        }


def reconcile(differences: Iterable[Difference]) -> Reconciliation:
    """Count the kinds. Every coding stands in one difference, so the columns add up to all codings."""
    places: Counter[DifferenceKind] = Counter()
    of_a: Counter[DifferenceKind] = Counter()
    of_b: Counter[DifferenceKind] = Counter()
    close = paired = 0
    for difference in differences:
        places[difference.kind] += 1
        of_a[difference.kind] += len(difference.a)
        of_b[difference.kind] += len(difference.b)
        close += difference.close
        paired += difference.paired
    return Reconciliation(of_a.total(), of_b.total(), places, of_a, of_b, close, paired)


def differences(
    readings: Iterable[TwoReadings],
    parents: Mapping[str, str | None] | None = None,
    rule: EdgeRule = CUSTOMARY_RULE,
) -> list[Difference]:
    """All agreements and differences, in order of document and place.

    `parents` gives for a code the one above it in the codebook. `rule` says which other
    edges are taken as agreed. Raises `matching.TooDenseError` when too many codings lie over
    each other in one transcript.
    """
    found: list[Difference] = []
    for reading in readings:
        sorting = _Sorting(reading, parents or {}, rule)
        found += sorted(sorting.differences(), key=lambda difference: difference.span)
    return found


def related(first: str, second: str, parents: Mapping[str, str | None]) -> bool:
    """Whether one of two different codes stands, at any height, above the other, or both under one parent."""
    if first == second:
        return False
    siblings = parents.get(first) is not None and parents.get(first) == parents.get(second)
    return siblings or lies_below(second, first, parents) or lies_below(first, second, parents)


def shared(a: Span, b: Span) -> int:
    """How many characters two passages have in common."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


@dataclass(slots=True)
class _Place:
    """A same-code difference in the making: indices of marks, and the IoU of its pair."""

    a: list[int]
    b: list[int]
    iou: float


@dataclass(slots=True)
class _Sorting:
    """Sorts the marks of one document into kinds."""

    reading: TwoReadings
    parents: Mapping[str, str | None]
    rule: EdgeRule
    places: list[_Place] = field(default_factory=list)
    place_of: tuple[dict[int, int], dict[int, int]] = field(default_factory=lambda: ({}, {}))
    within: tuple[dict[int, int], dict[int, int]] = field(default_factory=lambda: ({}, {}))

    def differences(self) -> list[Difference]:
        for of_a, of_b in self._by_code():
            self._note_nested(0, of_a)
            self._note_nested(1, of_b)
            self._pair(of_a, of_b)
        found = [self._same_code(place) for place in self.places]
        left = [
            [i for i in range(len(marks)) if i not in self.place_of[side] and i not in self.within[side]]
            for side, marks in enumerate((self.reading.a, self.reading.b))
        ]
        return found + self._across_codes(left[0], left[1])

    def _marks(self, side: int) -> Sequence[Mark]:
        return self.reading.b if side else self.reading.a

    def _by_code(self) -> Iterable[tuple[list[int], list[int]]]:
        groups: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, marks in enumerate((self.reading.a, self.reading.b)):
            for i, mark in enumerate(marks):
                groups[mark.code][side].append(i)
        return groups.values()

    def _note_nested(self, side: int, of_code: list[int]) -> None:
        """Note which marks of a coder lie within another of the same code, and in which outermost one."""
        marks = self._marks(side)
        outer = -1
        for i in sorted(of_code, key=lambda i: (marks[i].start, -marks[i].end, i)):
            if outer >= 0 and marks[i].end <= marks[outer].end:
                self.within[side][i] = outer
            else:
                outer = i

    def _pair(self, of_a: list[int], of_b: list[int]) -> None:
        """Pair the marks of one code; what is left over may be a part of a pair."""
        spans_a = [self.reading.a[i].span for i in of_a]
        spans_b = [self.reading.b[j].span for j in of_b]
        if of_a and of_b:
            for score, i, j in pair_up(spans_a, spans_b):
                self._place(_Place([of_a[i]], [of_b[j]], score))
            self._join_nested(of_a, of_b)
            near: list[tuple[float, Span, Span, int, int]] = []
            for i, j in overlapping(spans_a, spans_b):
                one_is_free = (of_a[i] in self.place_of[0]) != (of_b[j] in self.place_of[1])
                common = shared(spans_a[i], spans_b[j])
                if one_is_free and 2 * common >= min(spans_a[i].length, spans_b[j].length):
                    low, high = sorted((spans_a[i], spans_b[j]))
                    near.append((-iou(spans_a[i], spans_b[j]), low, high, of_a[i], of_b[j]))
            for _minus, _low, _high, i, j in sorted(near):
                self._join(i, j)
            self._join_nested(of_a, of_b)

    def _join_nested(self, *of_code: list[int]) -> None:
        """A mark within one of the same coder and code goes where that one went."""
        for side, own in enumerate(of_code):
            for i in own:
                outer = self.within[side].get(i)
                if outer in self.place_of[side] and i not in self.place_of[side]:
                    self._add(side, i, self.place_of[side][outer])

    def _join(self, i: int, j: int) -> None:
        """Add the one of two overlapping marks that is still free to the place of the other."""
        of_a, of_b = self.place_of
        if i in of_a and j not in of_b:
            self._add(1, j, of_a[i])
        elif j in of_b and i not in of_a:
            self._add(0, i, of_b[j])

    def _add(self, side: int, i: int, at: int) -> None:
        place = self.places[at]
        (place.b if side else place.a).append(i)
        self.place_of[side][i] = at

    def _place(self, place: _Place) -> None:
        for side, marks in enumerate((place.a, place.b)):
            for i in marks:
                self.place_of[side][i] = len(self.places)
        self.places.append(place)

    def _same_code(self, place: _Place) -> Difference:
        a, b = (self._outermost(side, marks) for side, marks in enumerate((place.a, place.b)))
        kind = DifferenceKind.SPLIT
        if len(a) == len(b) == 1:
            agree = self.rule.agrees(a[0].span, b[0].span)
            kind = DifferenceKind.AGREED if agree else DifferenceKind.EDGES
        return Difference(
            kind=kind,
            document=self.reading.document,
            a=tuple(self.reading.a[i] for i in sorted(place.a)),
            b=tuple(self.reading.b[j] for j in sorted(place.b)),
            iou=place.iou,
            close=int(place.iou >= CLOSE_FROM),
            paired=1,
        )

    def _outermost(self, side: int, marks: list[int]) -> list[Mark]:
        """The marks that do not lie within another one of the same place."""
        here = set(marks)
        return [self._marks(side)[i] for i in marks if self.within[side].get(i) not in here]

    def _across_codes(self, left_a: list[int], left_b: list[int]) -> list[Difference]:
        """Left-overs: best overlap first, with another code across, or as one more code on words of the other."""
        free = ({i: self.reading.a[i] for i in left_a}, {j: self.reading.b[j] for j in left_b})
        across = []
        for i, j in overlapping([*free[0].values()], [*free[1].values()]):
            a, b = self.reading.a[left_a[i]].span, self.reading.b[left_b[j]].span
            if 2 * shared(a, b) >= max(a.length, b.length):
                across.append((-iou(a, b), 0, left_a[i], left_b[j]))
        extra = [entry for side in (0, 1) for entry in self._on_words_of_the_other(side, free[side])]
        found = []
        for minus, role, i, at in sorted(across + extra):
            if role == 0:
                if i in free[0] and at in free[1]:
                    del free[0][i], free[1][at]
                    found.append(self._other_code(i, at, -minus))
            elif i in free[role - 1]:
                del free[role - 1][i]
                found.append(self._extra_code(role - 1, i, self._marks(2 - role)[at].code))
        for side, kind in enumerate((DifferenceKind.ONLY_A, DifferenceKind.ONLY_B)):
            found += [self._single(kind, side, i) for i in free[side]]
        return found

    def _on_words_of_the_other(
        self, side: int, free: Mapping[int, Mark]
    ) -> list[tuple[float, int, int, int]]:
        """Free marks of which half lies in a passage of the other: (−IoU, 1 + side, mark, that of the other)."""
        own, other = [*free], self._marks(1 - side)
        found = []
        for i, j in overlapping([*free.values()], other):
            mark = free[own[i]]
            if mark.code != other[j].code and 2 * shared(mark.span, other[j].span) >= mark.end - mark.start:
                found.append((-iou(mark, other[j]), 1 + side, own[i], j))
        return found

    def _other_code(self, i: int, j: int, score: float) -> Difference:
        return Difference(
            DifferenceKind.OTHER_CODE,
            self.reading.document,
            self._with_nested(0, i),
            self._with_nested(1, j),
            iou=score,
            related=related(self.reading.a[i].code, self.reading.b[j].code, self.parents),
        )

    def _extra_code(self, side: int, i: int, beside: str) -> Difference:
        single = self._single(DifferenceKind.EXTRA_CODE, side, i)
        return replace(
            single, related=related(self._marks(side)[i].code, beside, self.parents), beside=(beside,)
        )

    def _single(self, kind: DifferenceKind, side: int, i: int) -> Difference:
        marks = self._with_nested(side, i)
        return Difference(kind, self.reading.document, () if side else marks, marks if side else ())

    def _with_nested(self, side: int, i: int) -> tuple[Mark, ...]:
        """A mark with those of the same coder and code that lie within it and went nowhere else."""
        nested = [n for n, outer in self.within[side].items() if outer == i and n not in self.place_of[side]]
        return tuple(self._marks(side)[n] for n in sorted([i, *nested]))
